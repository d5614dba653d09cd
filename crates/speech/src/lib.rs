//! From an utterance to the sentences of a grammar that it may be.
//!
//! ```text
//! Utterance ──► log-mel ──► encoder ──► CTC head: which sentences may it be ──► decoder: which is likeliest
//!                                                                          ──► confidence ──► Recognition
//! ```
//!
//! [`Recogniser::recognise`] does all of it. [`model`] has the parts alone.
//!
//! ```no_run
//! use std::{collections::BTreeMap, path::Path};
//! use zahlwort_audio::{Limits, Pcm};
//! use zahlwort_grammar::{Automaton, Grammar, MatchOptions, source::LoadOptions};
//! use zahlwort_speech::{DecodeOptions, Recogniser};
//!
//! let yaml = std::fs::read_to_string("pay.yaml")?;
//! let grammar = Grammar::from_yaml("pay.yaml", &yaml, &LoadOptions::default())?;
//! let automaton = Automaton::compile(&grammar, &BTreeMap::new())?;
//! let recogniser = Recogniser::load(Path::new("models/default"), 2)?;
//! let limits = Limits::default();
//! let utterance = Pcm::read_wav("command.wav", &limits)?.to_utterance(&limits)?;
//! let heard = recogniser.recognise(&utterance, &[&automaton], &MatchOptions::default(), &DecodeOptions::default())?;
//! if let Some(best) = heard.hypotheses.first() {
//!     println!("{} ({:.2})", best.text, best.confidence);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A confidence is a probability, computed with the numbers of the model's `calibration.json`. They hold for one
//! model and one way of weighing, so that [`DecodeOptions`] say how far the search looks and not how it weighs.

mod align;
mod beam;
mod calibration;
mod candidate;
mod confidence;
mod ctc;
mod encoded;
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
mod transcribe;
mod trie;
mod words;

pub use confidence::Evidence;
pub use encoded::Encoded;
pub use error::SpeechError;
pub use kernel::ProductError;
pub use model::ModelError;
pub use options::{DecodeOptions, Search};
pub use partial::Partial;
pub use recognise::Recogniser;
pub use recognition::{Hypothesis, Recognition, TimedWord, Timing};
pub use transcribe::Transcript;
