//! What is known around a command.

use serde::{Deserialize, Serialize};

use zahlwort_commands::{Money, ReadBy};

/// How sure the recogniser is, 0 to 1. What is not a number counts as 0.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(from = "f64", into = "f64")]
pub struct Confidence(f64);

impl Confidence {
    /// Certain, such as what was typed.
    pub const CERTAIN: Confidence = Confidence(1.0);

    /// A confidence, clamped to 0 to 1.
    pub fn new(confidence: f64) -> Self {
        if confidence.is_nan() {
            return Self(0.0);
        }
        Self(confidence.clamp(0.0, 1.0))
    }

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl From<f64> for Confidence {
    fn from(confidence: f64) -> Self {
        Self::new(confidence)
    }
}

impl From<Confidence> for f64 {
    fn from(confidence: Confidence) -> Self {
        confidence.0
    }
}

/// Whose voice it is, if the host can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// The host does not tell speakers apart.
    #[default]
    NotChecked,
    /// The account's owner.
    Recognised,
    /// Somebody else.
    Unknown,
}

/// What is known around a command.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// How sure the recogniser is.
    pub confidence: Confidence,
    /// Whose voice it is.
    #[serde(default)]
    pub speaker: Speaker,
    /// What read the sentence.
    #[serde(default)]
    pub reading: ReadBy,
    /// What a command without an amount will cost, if the host knows: the cart's total, the bill.
    #[serde(default)]
    pub total: Option<Money>,
}

impl Context {
    /// Only a confidence, of a sentence of the grammar.
    pub fn new(confidence: Confidence) -> Self {
        Self {
            confidence,
            speaker: Speaker::NotChecked,
            reading: ReadBy::Grammar,
            total: None,
        }
    }
}
