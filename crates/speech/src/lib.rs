//! The acoustic model and the decoders that walk a compiled grammar: samples in, sentences out.

mod align;
mod beam;
mod calibration;
mod candidate;
mod confidence;
mod ctc;
mod error;
mod first_pass;
mod forms;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod kernel;
mod letters;
mod meaning;
pub mod model;
mod options;
mod partial;
mod recognise;
mod recognition;
mod texts;
mod trie;
mod words;

pub use confidence::Evidence;
pub use error::SpeechError;
pub use kernel::ProductError;
pub use model::ModelError;
pub use options::{DecodeOptions, Search};
pub use partial::Partial;
pub use recognise::Recogniser;
pub use recognition::{Hypothesis, Recognition, TimedWord, Timing};
