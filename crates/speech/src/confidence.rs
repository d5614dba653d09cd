//! How sure the best sentence is: a probability from what the search saw.

use serde::Serialize;

use crate::DecodeOptions;
use crate::calibration::{Calibration, DOUBTS, SearchWeights};
use crate::candidate::Free;
use crate::first_pass::FirstPass;
use crate::letters::{edits, letters};
use crate::meaning::Meant;

/// What a confidence is computed from. All log probabilities are natural.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(serde::Deserialize))]
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
        options: &DecodeOptions,
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
        let edits_of_free = edits(&best.text, free_text);
        let counts = |rival: &&Meant| {
            options.doubt_agreed_spellings
                || edits_of_free > 0
                || !rival.reading.is_spelling_of(reading)
        };
        let second = meant.iter().skip(1).find(counts);
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
            edits: edits_of_free,
            ctc: *ctc,
            ctc_edits: first.map_or(0, |f| edits(&best.text, &f.greedy)),
            margin: second.map_or(20.0, |second| score - second.score),
            ..common
        }
    }
}

/// What speaks against the best sentence, each at least 0; `features` in
/// `models/training/zahlwort_training/confidence/fit.py` computes the same.
fn doubts(evidence: &Evidence, search: &SearchWeights) -> [f32; DOUBTS.len()] {
    // How much likelier the unbound transcription is.
    let heard = |log_prob: f32, wording: f32| log_prob - search.prior_weight * wording;
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
        // If the model finds its own words unlikely, it did not hear them clearly.
        (-evidence.best / evidence.best_tokens.max(1) as f32).min(3.0),
        1.0 - evidence.language,
        (search.slow - rate).max(0.0) / search.slow,
        (rate - search.hurried).max(0.0) / search.hurried,
        // How much less likely its letters are than the likeliest, and how many of those it has.
        ((evidence.ctc_free - evidence.ctc) / letters).clamp(0.0, 5.0),
        (evidence.ctc_edits as f32 / closed).min(3.0),
    ]
}

/// The probability that the best sentence is what was said: a logistic regression on the doubts.
pub(crate) fn confidence(evidence: &Evidence, calibration: &Calibration) -> f32 {
    if !evidence.found {
        return 0.0;
    }
    let doubts = doubts(evidence, &calibration.search);
    let weighed = doubts.iter().zip(calibration.weights);
    let doubt: f32 = weighed.map(|(d, w)| d * w).sum();
    1.0 / (1.0 + (doubt - calibration.sure).exp())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde::Deserialize;

    use super::*;
    use crate::calibration::{Calibrations, WHISPER_BASE};

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
        let confidence = |evidence: &Evidence| confidence(evidence, &WHISPER_BASE);
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

    /// What the search saw in one of the recordings in `tests/audio`, and what came of it.
    #[derive(Deserialize)]
    struct Golden {
        file: String,
        evidence: Evidence,
        /// By `fit.py`, in the order of [`DOUBTS`].
        doubts: [f32; DOUBTS.len()],
        confidence: f32,
    }

    /// The golden file was written by `models/training/zahlwort_training/golden/confidence.py`.
    #[test]
    fn the_shipped_calibration_gives_the_recordings_the_confidence_that_the_fit_gave_them() {
        let golden = include_str!("../tests/golden/confidence.json");
        let golden: Vec<Golden> = serde_json::from_str(golden).unwrap();
        let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/default");
        let tensors = crate::model::Weights::open(&model).unwrap();
        let found = Calibrations::read(&model, true, tensors.checksum()).unwrap();
        assert!(golden.iter().any(|g| g.confidence > 0.9));
        assert!(golden.iter().any(|g| g.confidence < 0.1));
        for Golden {
            file,
            evidence,
            doubts: expected,
            confidence: sure,
        } in golden
        {
            let calibration = found.of(evidence.spelled);
            let doubts = doubts(&evidence, &calibration.search);
            for ((doubt, expected), name) in doubts.iter().zip(expected).zip(DOUBTS) {
                assert!((doubt - expected).abs() < 1e-4, "{file}: {name} is {doubt}");
            }
            let found = confidence(&evidence, calibration);
            assert!(
                (found - sure).abs() < 1e-5,
                "{file}: {found}, expected {sure}"
            );
        }
    }
}
