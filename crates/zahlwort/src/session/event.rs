//! What a session tells.

use schemars::JsonSchema;
use serde::Serialize;

use zahlwort_grammar::Language;

use crate::Outcome;
use crate::outcome::LanguageCode;

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
    /// What the utterance under way begins with, if [`SessionOptions::partials`](crate::SessionOptions) asks
    /// for it and it has changed: something to show while somebody speaks. The outcome may differ, so do not
    /// act on it. There is none while a PIN is expected.
    Partial {
        /// How far the utterance had been heard.
        at_ms: u64,
        /// The language of the grammar that the words are of.
        #[schemars(with = "LanguageCode")]
        language: Language,
        /// The words so far, whole ones, lower case, numbers in words.
        text: String,
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
