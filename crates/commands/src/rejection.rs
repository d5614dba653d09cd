//! Why a sentence that was understood is not a command.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use zahlwort_grammar::ValueError;

/// The sentence was understood, but what it asks for cannot be done by anyone. `Display` gives a
/// sentence for the developer; in JSON, `kind` says which it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Rejection {
    /// The intent needs a slot that the sentence did not fill.
    #[error("{intent} needs the slot \"{slot}\"; ask for it, or give the template a {{…:{slot}}}")]
    MissingSlot {
        /// The intent.
        intent: String,
        /// The slot.
        slot: String,
    },
    /// One slot was given two different values.
    #[error(
        "\"{slot}\" was said twice, as \"{first}\" and as \"{second}\"; ask which one is meant"
    )]
    Contradiction {
        /// The slot.
        slot: String,
        /// What was said first.
        first: String,
        /// What was said after it.
        second: String,
    },
    /// Zero or negative money.
    #[error("\"{slot}\" is {amount}, but money must be more than nothing; ask for another amount")]
    AmountNotPositive {
        /// The slot.
        slot: String,
        /// The amount as a decimal string and a currency code.
        amount: String,
    },
    /// Money with fractions of its smallest unit, or in no currency.
    #[error("\"{slot}\" is no amount that can be paid: {message}")]
    InvalidAmount {
        /// The slot.
        slot: String,
        /// What is wrong.
        message: String,
    },
    /// Zero or negative quantity.
    #[error("\"{slot}\" is {amount}, but a quantity must be more than nothing; ask for another")]
    QuantityNotPositive {
        /// The slot.
        slot: String,
        /// The quantity as a decimal string.
        amount: String,
    },
    /// A day that the calendar does not have.
    #[error("\"{slot}\": there is no such day as {day}; ask for another day")]
    NoSuchDay {
        /// The slot.
        slot: String,
        /// The day as it was said or would be written.
        day: String,
    },
    /// A time that the clock does not have.
    #[error("\"{slot}\": there is no such time as {time}; ask for another time")]
    NoSuchTime {
        /// The slot.
        slot: String,
        /// The time as it was said or would be written.
        time: String,
    },
    /// An IBAN of a wrong form or with wrong check digits.
    #[error("\"{slot}\": the IBAN's length or check digits are wrong; ask for it again")]
    InvalidIban {
        /// The slot.
        slot: String,
    },
    /// A number that its type cannot hold, or that makes no sense there.
    #[error("\"{slot}\": {value} is out of range; ask for another number")]
    OutOfRange {
        /// The slot.
        slot: String,
        /// The number.
        value: String,
    },
    /// Digits that no PIN has. They are not repeated here.
    #[error("\"{slot}\": a PIN has 4 to 12 digits; ask for it again, digit by digit")]
    InvalidPin {
        /// The slot.
        slot: String,
    },
    /// A name that is empty.
    #[error("\"{slot}\" is an empty name; check the list that fills it")]
    EmptyName {
        /// The slot.
        slot: String,
    },
    /// A slot whose list gives another type of value than the intent needs. The grammar is wrong,
    /// not the speaker.
    #[error(
        "\"{slot}\" holds {found} but must hold {expected}; fill it from {expected} in the template, or rename the intent to keep it out of the default packs"
    )]
    WrongType {
        /// The slot.
        slot: String,
        /// What the intent needs.
        expected: String,
        /// What the grammar gave.
        found: String,
    },
    /// A value that was understood but stands for nothing, of a kind that has no variant here.
    #[error("\"{slot}\": {message}")]
    InvalidValue {
        /// The slot.
        slot: String,
        /// What is wrong.
        message: String,
    },
}

impl Rejection {
    /// The slot that is to blame.
    pub fn slot(&self) -> &str {
        match self {
            Rejection::MissingSlot { slot, .. }
            | Rejection::Contradiction { slot, .. }
            | Rejection::AmountNotPositive { slot, .. }
            | Rejection::InvalidAmount { slot, .. }
            | Rejection::QuantityNotPositive { slot, .. }
            | Rejection::NoSuchDay { slot, .. }
            | Rejection::NoSuchTime { slot, .. }
            | Rejection::InvalidIban { slot }
            | Rejection::OutOfRange { slot, .. }
            | Rejection::InvalidPin { slot }
            | Rejection::EmptyName { slot }
            | Rejection::WrongType { slot, .. }
            | Rejection::InvalidValue { slot, .. } => slot,
        }
    }

    /// The rejection for a slot that the grammar could not give a value.
    pub fn from_value_error(slot: &str, error: &ValueError) -> Self {
        let slot = slot.to_owned();
        match error {
            ValueError::NoSuchDay(day) => Rejection::NoSuchDay {
                slot,
                day: day.clone(),
            },
            ValueError::NoSuchTime(time) => Rejection::NoSuchTime {
                slot,
                time: time.clone(),
            },
            ValueError::InvalidIban => Rejection::InvalidIban { slot },
            ValueError::OutOfRange(value) => Rejection::OutOfRange {
                slot,
                value: value.clone(),
            },
            other => Rejection::InvalidValue {
                slot,
                message: other.to_string(),
            },
        }
    }
}
