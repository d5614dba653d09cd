//! How sure the best sentence is: a probability from what the search saw.

use crate::beam::Found;

/// What a confidence is computed from. All log probabilities are natural.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Whether there is a sentence at all.
    pub found: bool,
    /// Log probability of the best sentence, with its end.
    pub best: f32,
    /// Number of its tokens, the end included.
    pub best_tokens: usize,
    /// Log probability of the unbound transcription, with its end.
    pub free: f32,
    /// Number of its tokens, the end included.
    pub free_tokens: usize,
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
    pub(crate) fn of(found: &Found, language: f32, no_speech: f32, seconds: f32) -> Self {
        let common = Self {
            free: found.free.log_prob(),
            free_tokens: found.free.tokens.len() + 1,
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
            best: best.log_prob(),
            best_tokens: best.tokens.len() + 1,
            margin,
            ..common
        }
    }
}

/// The probability that the best sentence is what was said.
pub(crate) fn confidence(evidence: &Evidence) -> f32 {
    if !evidence.found {
        return 0.0;
    }
    let behind = (evidence.free - evidence.best).max(0.0)
        / evidence.free_tokens.max(evidence.best_tokens) as f32;
    1.0 / (1.0 + ((behind - 0.8) * 5.0).exp())
}
