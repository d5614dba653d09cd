//! What the policy decides.

use serde::{Deserialize, Serialize};

/// What it takes before a command may be carried out, the strictest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    /// Nothing.
    RunAtOnce,
    /// It is read back and confirmed.
    ReadBack,
    /// It is read back and the PIN is said.
    AskPin,
    /// It is refused, whatever is said.
    Refuse,
}

/// The policy's decision about one command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It may be carried out.
    RunAtOnce,
    /// It is read back and confirmed first.
    ReadBack,
    /// It is read back and the PIN is said first.
    AskPin,
    /// It may not be carried out.
    Refuse(Refusal),
}

/// Why a command may not be carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Refusal {
    /// The policy forbids the command.
    #[error("the policy forbids \"{command}\"; allow it under [commands]")]
    Forbidden {
        /// Its name.
        command: String,
    },
    /// The recogniser is not sure enough.
    #[error("too uncertain; ask the speaker to say it again")]
    Uncertain,
    /// The currency has no rules, so that no limit could hold.
    #[error("no rules for {currency}; add [currencies.{currency}] to the policy")]
    UnknownCurrency {
        /// Its code.
        currency: String,
    },
    /// More than one payment may be.
    #[error("more than the {limit} {currency} that one payment may be")]
    TooMuch {
        /// The largest payment, a decimal string.
        limit: String,
        /// Its currency.
        currency: String,
    },
    /// More than may be paid in a day.
    #[error("more than the {limit} {currency} of a day")]
    DailyLimit {
        /// The limit, a decimal string.
        limit: String,
        /// Its currency.
        currency: String,
    },
    /// More than one payee may get in a day.
    #[error("more than the {limit} {currency} that one payee may get in a day")]
    PayeeLimit {
        /// The limit, a decimal string.
        limit: String,
        /// Its currency.
        currency: String,
    },
    /// New payees are not allowed.
    #[error("the policy forbids new payees; trust this one first")]
    NewPayee,
    /// Unknown voices are not allowed.
    #[error("the policy forbids payments by a voice that is not recognised")]
    UnknownSpeaker,
    /// A PIN is needed and none is set up.
    #[error("a PIN is needed and none was set up; set one in the app")]
    NoPin,
    /// The system gave no randomness for the idempotency key.
    #[error("the system gave no random numbers; try again")]
    NoRandomness,
}
