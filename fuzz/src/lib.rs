//! What fuzz targets share with the tests of the crates: what holds for whole grammars made at random.

#[path = "../../crates/grammar/tests/generate/mod.rs"]
pub mod generate;
#[path = "../../crates/speech/tests/heard/mod.rs"]
pub mod heard;
