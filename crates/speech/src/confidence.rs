//! How sure the best sentence is: a probability from what the search saw.

use serde::Serialize;

use crate::candidate::Free;
use crate::first_pass::FirstPass;
use crate::meaning::Meant;

/// What a confidence is computed from. All log probabilities are natural.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Evidence {
    /// Whether there is a sentence at all.
    pub found: bool,
    /// Log probability of the best sentence, without its end.
    pub best: f32,
    /// Number of its tokens.
    pub best_tokens: usize,
    /// Log probability that it ends where it does.
    pub end: f32,
    /// Letters that saying it takes, a digit counted as four.
    pub letters: usize,
    /// Those of them that the grammar vouches for: all but an open slot's.
    pub closed_letters: usize,
    /// Log probability of its tokens where nothing is heard: what the wording alone makes likely.
    pub wording: f32,
    /// Log probability of the unbound transcription, without its end.
    pub free: f32,
    /// Number of its tokens.
    pub free_tokens: usize,
    /// Letters that saying it takes.
    pub free_letters: usize,
    /// Log probability of its tokens where nothing is heard.
    pub free_wording: f32,
    /// Letters to insert, delete or replace to make one text of the other, digits aside.
    pub edits: usize,
    /// Score of the best sentence less that of the next with another meaning; 20 without one.
    pub margin: f32,
    /// The probability of its language among those asked for.
    pub language: f32,
    /// The model's probability that there is no speech.
    pub no_speech: f32,
    /// Length of the utterance in seconds.
    pub seconds: f32,
    /// Whether the CTC head was asked; the three below are 0 otherwise.
    pub spelled: bool,
    /// Log probability of the best sentence by the CTC head.
    pub ctc: f32,
    /// The same of the text that the head hears when no grammar binds it: its likeliest alignment.
    pub ctc_free: f32,
    /// Letters to insert, delete or replace to make that text of the best sentence, digits aside.
    pub ctc_edits: usize,
}

impl Evidence {
    /// What the search found; the caller adds what it knows of the audio.
    pub(crate) fn of(
        meant: &[Meant],
        free: &Free,
        free_text: &str,
        first: Option<&FirstPass<'_>>,
    ) -> Self {
        let common = Self {
            spelled: first.is_some(),
            ctc_free: first.map_or(0.0, |f| f.greedy_log_prob),
            free: free.log_probs.iter().sum(),
            free_tokens: free.tokens.len(),
            free_letters: letters(free_text),
            free_wording: free.wording,
            ..Self::default()
        };
        let Some(Meant {
            candidate: best,
            reading,
            score,
            ctc,
            ..
        }) = meant.first()
        else {
            return common;
        };
        let open = reading.slots.iter().filter(|slot| slot.open);
        let open_letters: usize = open.map(|slot| letters(&slot.text)).sum();
        Self {
            found: true,
            best: best.log_probs.iter().sum(),
            best_tokens: best.tokens.len(),
            end: best.end,
            wording: best.wording,
            letters: letters(&best.text),
            closed_letters: letters(&best.text).saturating_sub(open_letters),
            edits: edits(&best.text, free_text),
            ctc: *ctc,
            ctc_edits: first.map_or(0, |f| edits(&best.text, &f.greedy)),
            margin: meant.get(1).map_or(20.0, |second| score - second.score),
            ..common
        }
    }
}

/// Levenshtein's distance between the letters of two texts, without regard to case.
pub(crate) fn edits(a: &str, b: &str) -> usize {
    let letters = |text: &str| -> Vec<char> {
        text.chars()
            .filter(|c| c.is_alphabetic())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let (a, b) = (letters(a), letters(b));
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

fn letters(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '0'..='9' => 4,
            c if c.is_alphabetic() => 1,
            _ => 0,
        })
        .sum()
}

/// How much of the wording's own probability is taken off before two texts are compared; the
/// weights below were fitted with it.
const PRIOR_WEIGHT: f32 = 0.4;
/// Letters in a second between which people speak, in both languages.
const SLOW: f32 = 7.0;
const HURRIED: f32 = 20.0;

/// Number of [`doubts`].
const DOUBTS: usize = 13;

/// A logistic regression: the logit without any doubt, and what each of [`doubts`] takes from it.
struct Fit {
    sure: f32,
    weights: [f32; DOUBTS],
}

/// For a model with a CTC head. Fitted by `models/training/zahlwort_training/confidence/fit.py` to synthetic German and
/// English commands, clean and in noise at 8 dB, to digits and strings of digits by people, and to what is
/// none of what was listened for: single digits where several are, words, a German reading, synthetic talk
/// about money; every other line of each, never to the coffee benchmark. How much what was left out and
/// what was spelled otherwise count at least is set by hand: nothing that was said may be dropped, and few
/// of these recordings try.
const JOINT: Fit = Fit {
    sure: 11.828,
    weights: [
        0.082, 0.0, 5.0, 6.85, 0.377, 7.074, 8.112, 1.813, 0.0, 4.38, 1.003, 2.695, 1.5,
    ],
};

/// For one without: the same, fitted to Whisper base.
const ATTENTION: Fit = Fit {
    sure: 5.875,
    weights: [
        0.142, 0.628, 0.0, 2.691, 0.581, 4.546, 3.869, 1.577, 0.644, 0.526, 3.471, 0.0, 0.0,
    ],
};

/// What speaks against the best sentence, each at least 0; as `features` of the script has them.
fn doubts(evidence: &Evidence) -> [f32; DOUBTS] {
    // How much likelier the unbound transcription is.
    let heard = |log_prob: f32, wording: f32| log_prob - PRIOR_WEIGHT * wording;
    let behind =
        heard(evidence.free, evidence.free_wording) - heard(evidence.best, evidence.wording);
    let closed = evidence.closed_letters as f32 + 3.0;
    let letters = evidence.letters as f32 + 3.0;
    // How much more the unbound transcription says, or less: the log ratio of letters, three added to
    // spare short answers.
    let more = ((evidence.free_letters as f32 + 3.0) / letters).ln();
    let open = evidence.closed_letters < evidence.letters;
    let rate = evidence.letters as f32 / evidence.seconds.max(0.1);
    [
        behind.clamp(0.0, 40.0),
        // How differently it is spelled, for each letter that the grammar vouches for.
        (evidence.edits as f32 / closed).min(3.0),
        more.clamp(0.0, 3.0),
        (-more).clamp(0.0, 3.0),
        (-evidence.end).clamp(0.0, 10.0),
        1.0 / (1.0 + evidence.margin.max(0.0)),
        if open { 1.0 } else { 0.0 },
        // A model that is surprised by its own words does not hear them.
        (-evidence.best / evidence.best_tokens.max(1) as f32).min(3.0),
        1.0 - evidence.language,
        (SLOW - rate).max(0.0) / SLOW,
        (rate - HURRIED).max(0.0) / HURRIED,
        // How much less likely its letters are than the likeliest, and how many of those it has.
        ((evidence.ctc_free - evidence.ctc) / letters).clamp(0.0, 5.0),
        (evidence.ctc_edits as f32 / closed).min(3.0),
    ]
}

/// The probability that the best sentence is what was said.
pub(crate) fn confidence(evidence: &Evidence) -> f32 {
    if !evidence.found {
        return 0.0;
    }
    let fit = if evidence.spelled { JOINT } else { ATTENTION };
    let doubts = doubts(evidence);
    let doubt: f32 = doubts.iter().zip(fit.weights).map(|(d, w)| d * w).sum();
    1.0 / (1.0 + (doubt - fit.sure).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard() -> Evidence {
        Evidence {
            found: true,
            best: -2.0,
            best_tokens: 8,
            end: -0.2,
            letters: 30,
            closed_letters: 30,
            wording: -30.0,
            free: -2.0,
            free_tokens: 8,
            free_letters: 30,
            free_wording: -30.0,
            edits: 0,
            margin: 2.0,
            language: 1.0,
            no_speech: 0.0,
            seconds: 2.0,
            spelled: false,
            ctc: 0.0,
            ctc_free: 0.0,
            ctc_edits: 0,
        }
    }

    #[test]
    fn agreement_is_confidence_and_each_doubt_lowers_it() {
        let sure = confidence(&heard());
        assert!(sure > 0.9, "{sure}");
        let doubts = [
            Evidence {
                free: 18.0,
                ..heard()
            },
            Evidence {
                edits: 90,
                ..heard()
            },
            Evidence {
                free_letters: 8,
                ..heard()
            },
            Evidence {
                end: -5.0,
                ..heard()
            },
            Evidence {
                margin: 0.0,
                ..heard()
            },
            Evidence {
                closed_letters: 20,
                ..heard()
            },
            Evidence {
                best: -20.0,
                ..heard()
            },
            Evidence {
                seconds: 0.9,
                ..heard()
            },
        ];
        for doubt in doubts {
            assert!(confidence(&doubt) < sure - 0.05, "{doubt:?}");
        }
        assert_eq!(confidence(&Evidence::default()), 0.0);
    }

    #[test]
    fn edits_are_counted_in_letters() {
        assert_eq!(edits("light roast", "Light Rose."), 2);
        assert_eq!(edits("", "Anna"), 4);
        assert_eq!(edits("50 €", "50 euro"), 4);
    }

    #[test]
    fn digits_take_long_to_say() {
        assert_eq!(letters("50 Euro"), 12);
    }
}
