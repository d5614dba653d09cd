//! What fuzz targets share with the tests of the crates: what holds for whole grammars made at random.

#[path = "../../crates/grammar/tests/generate/mod.rs"]
pub mod generate;
#[cfg(feature = "speech")]
#[path = "../../crates/speech/tests/heard/mod.rs"]
pub mod heard;
