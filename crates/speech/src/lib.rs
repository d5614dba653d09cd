//! The acoustic model and the decoders that walk a compiled grammar: samples in, sentences out.

mod align;
mod beam;
mod confidence;
pub mod model;
mod recognise;
mod trie;

pub use confidence::Evidence;
pub use model::ModelError;
pub use recognise::*;
