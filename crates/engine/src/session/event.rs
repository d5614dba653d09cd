//! What a session tells.

use schemars::JsonSchema;
use serde::Serialize;

use crate::Outcome;

/// Something that happened in a stream. Times are milliseconds of the stream, as are those of the
/// slots in an outcome. In JSON, `event` says which it is.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// Somebody began to speak.
    SpeechStarted {
        /// When the first sound began.
        at_ms: u64,
    },
    /// An utterance is over, and this is what it came to.
    Outcome {
        /// When its first sound began.
        start_ms: u64,
        /// When its last sound ended; the pause that ended it comes after.
        end_ms: u64,
        /// What was said.
        #[serde(flatten)]
        outcome: Outcome,
    },
    /// Nobody has spoken for as long as the session was to wait. It goes on listening.
    NoSpeech {
        /// When the wait was over.
        at_ms: u64,
    },
    /// An utterance was longer than the limit: it is dropped, and so is what follows until a pause.
    Overflow {
        /// When its first sound began.
        start_ms: u64,
        /// When the limit was reached.
        end_ms: u64,
    },
}

impl Event {
    /// The outcome, if this is one.
    pub fn outcome(&self) -> Option<&Outcome> {
        match self {
            Event::Outcome { outcome, .. } => Some(outcome),
            _ => None,
        }
    }
}
