//! How sure the best sentence is: a probability from what the search saw.

use crate::beam::Found;

/// What a confidence is computed from. All log probabilities are natural.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
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
    /// Log probability of the unbound transcription, without its end.
    pub free: f32,
    /// Number of its tokens.
    pub free_tokens: usize,
    /// Letters that saying it takes.
    pub free_letters: usize,
    /// Score of the best sentence less that of the second; 20 without a second.
    pub margin: f32,
    /// The probability of its language among those asked for.
    pub language: f32,
    /// The model's probability that there is no speech.
    pub no_speech: f32,
    /// Length of the utterance in seconds.
    pub seconds: f32,
}

impl Evidence {
    pub(crate) fn of(
        found: &Found,
        free_text: &str,
        language: f32,
        no_speech: f32,
        seconds: f32,
    ) -> Self {
        let common = Self {
            free: found.free.log_probs.iter().sum(),
            free_tokens: found.free.tokens.len(),
            free_letters: letters(free_text),
            language,
            no_speech,
            seconds,
            ..Self::default()
        };
        let Some(best) = found.candidates.first() else {
            return common;
        };
        let margin = found
            .candidates
            .get(1)
            .map_or(20.0, |second| best.score() - second.score());
        Self {
            found: true,
            best: best.log_probs.iter().sum(),
            best_tokens: best.tokens.len(),
            end: best.end,
            letters: letters(&best.text),
            margin,
            ..common
        }
    }
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

/// The probability that the best sentence is what was said: a logistic regression.
///
/// Fitted on 193 synthetic German and English commands and every twelfth sentence of a German reading
/// (no commands); never on the coffee benchmark. The weights are those of that fit.
pub(crate) fn confidence(evidence: &Evidence) -> f32 {
    if !evidence.found {
        return 0.0;
    }
    // How much likelier the unbound transcription is.
    let behind = (evidence.free - evidence.best).max(0.0);
    // How much more, or less, it says: the log ratio of letters, three added to spare short answers.
    let more = ((evidence.free_letters as f32 + 3.0) / (evidence.letters as f32 + 3.0)).ln();
    let (left_out, made_up) = (more.clamp(0.0, 3.0), (-more).clamp(0.0, 3.0));
    let cut_short = -evidence.end;
    let contested = 1.0 / (1.0 + evidence.margin.max(0.0));
    let logit = 3.519
        - 0.537 * behind
        - 2.226 * left_out
        - 2.047 * made_up
        - 0.555 * cut_short
        - 1.639 * contested;
    1.0 / (1.0 + (-logit).exp())
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
            free: -2.0,
            free_tokens: 8,
            free_letters: 30,
            margin: 8.0,
            language: 1.0,
            no_speech: 0.0,
            seconds: 2.0,
        }
    }

    #[test]
    fn agreement_is_confidence_and_each_doubt_lowers_it() {
        let sure = confidence(&heard());
        assert!(sure > 0.9, "{sure}");
        let doubts = [
            Evidence {
                free: 4.0,
                ..heard()
            },
            Evidence {
                free_letters: 90,
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
        ];
        for doubt in doubts {
            assert!(confidence(&doubt) < sure - 0.05, "{doubt:?}");
        }
        assert_eq!(confidence(&Evidence::default()), 0.0);
    }

    #[test]
    fn digits_take_long_to_say() {
        assert_eq!(letters("50 Euro"), 12);
    }
}
