//! What read a sentence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What read a sentence: a policy may ask more of what is an estimate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadBy {
    /// It is a sentence of the grammar.
    #[default]
    Grammar,
    /// The learned reading understood somebody's own words: the values are checked as ever, but what the sentence asks
    /// for is an estimate. Read back what it would spend, cancel or block.
    Learned,
}
