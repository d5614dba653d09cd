//! From a free sentence to what it asks for: a small learned reader.
//!
//! Grammars read the sentences that somebody thought of. This crate reads the others: it says which intent a text
//! has, which of its words fill which slot, and how sure that is. It only marks words; what they are worth is for
//! others to find out and to check. The crate is one short pipeline:
//!
//! ```text
//! text ──► words ──► features ──► network ──► intents, scores of tags ──► best paths ──► Readings
//!          ≤ 64     n-grams,     bidirectional                          conditional
//!                   flags        LSTM                                   random field
//! ```
//!
//! ```
//! use zahlwort_reading::{Reader, Vocabulary, testing};
//!
//! # fn main() -> Result<(), zahlwort_reading::ReadingError> {
//! // What ships lies in a model directory: `Reader::load(directory)`. This one has learnt nothing.
//! let model = testing::model(&testing::Sizes::TINY, 1);
//! let reader = Reader::from_parts(&model.config, &model.tensors)?;
//!
//! // The names that the household knows, each in its list.
//! let known = Vocabulary::new([("contacts", "Anna Schmidt"), ("products", "oat milk")]);
//! let text = "Send Anna twenty euros, no, thirty.";
//! let found = reader.read(text, Some("en"), &known);
//!
//! assert!((0.0..=1.0).contains(&found.none));
//! for reading in &found.readings {
//!     assert!(reader.intents().any(|intent| intent == reading.intent));
//!     for span in &reading.spans {
//!         println!("{}: {}", span.slot, &text[span.range.clone()]);
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Nothing here trusts its input: every size in a model's files is limited and checked against what is there, and
//! what does not fit is a [`ReadingError`] that names the file and the field. No text makes reading fail; one without
//! words, or with more than [`MAX_WORDS`], has no reading.

mod config;
mod crf;
mod error;
mod features;
mod linear;
mod lstm;
mod network;
mod reader;
mod readings;
mod tensors;
pub mod testing;
mod vector;
mod vocabulary;
mod words;

pub use error::ReadingError;
pub use reader::Reader;
pub use readings::{Marked, Readings, Span};
pub use vocabulary::Vocabulary;
pub use words::MAX_WORDS;
