//! What goes into a dialogue and what comes out.

use serde::{Deserialize, Serialize};
use zahlwort_commands::{Answer, Draft, Expectation, Missing, Money, Order, Party};

use crate::PinRefused;
use crate::gate::Authorised;
use crate::host::HostError;
use crate::policy::{Context, Declared, Refusal};

/// What the recogniser heard.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// An order.
    Order {
        /// What was understood best.
        order: Order,
        /// What was understood nearly as well and needs a choice, best first: the other Anna.
        alternatives: Vec<Order>,
        /// How sure the recogniser is, and whose voice it is. What it costs, the host is asked.
        context: Context,
    },
    /// An answer to the question that is open.
    Answer {
        /// What was understood best.
        answer: Answer,
        /// Who else is as likely meant, best first, where it is a name: the other Anna.
        namesakes: Vec<Party>,
        /// As with an order.
        context: Context,
    },
    /// An order that lacks a slot ([`zahlwort_commands::Meaning::Incomplete`]).
    Draft(Draft, Context),
    /// Speech that was not understood.
    Rejected,
    /// An order that is not to be carried out, in so many words: "überweise Anna nicht 50 Euro".
    Negated,
    /// Several orders at once, or one with two payees or amounts.
    Several,
    /// Nothing was said.
    NoSpeech,
    /// The host has waited long enough.
    Timeout,
}

/// What the host is to do.
#[derive(Debug, PartialEq)]
pub enum Turn {
    /// Say this and listen.
    Prompt(Prompt),
    /// Carry this out.
    Authorised(Authorised),
    /// The dialogue has ended and nothing was done.
    Cancelled(CancelReason),
    /// The dialogue has ended because the command may not be carried out.
    Refused(Refused),
}

/// Why a dialogue ended without a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// The speaker said so.
    BySpeaker,
    /// Nobody answered in time.
    TimedOut,
    /// Too many answers were not understood.
    NotUnderstood,
}

/// Who refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The policy.
    #[error(transparent)]
    Policy(Refusal),
    /// The PIN's keeper.
    #[error(transparent)]
    Pin(PinRefused),
    /// The host, which was asked before the speaker: it could not carry the command out.
    #[error(transparent)]
    Host(HostError),
}

/// What to say, and what to listen for after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// What is asked.
    pub ask: Ask,
    /// Why it is said before the question, if at all.
    pub note: Option<Note>,
    /// What a command without an amount costs, as far as the host said.
    pub total: Option<Money>,
    /// What the host declared about the command, if it is an intent of its own.
    pub declared: Option<Declared>,
    /// What to listen for.
    pub expect: Expectation,
}

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// A slot is missing.
    Slot(Missing),
    /// One of these.
    Choose(Vec<Order>),
    /// Is this right?
    ReadBack(Order),
    /// Is this right, and what is the PIN?
    Pin(Order),
    /// What should be different?
    Correction(Order),
    /// What can be said, with no question open.
    Anything,
}

/// What is said before a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// What was said last was not understood.
    NotUnderstood,
    /// It was said that something is not to be done.
    Negated,
    /// Several commands were said at once.
    Several,
    /// The PIN was wrong.
    WrongPin,
    /// A yes is not enough; the PIN is needed.
    PinNeeded,
    /// What can be said now.
    Help,
}

impl Ask {
    /// What answers it.
    pub fn expects(&self) -> Expectation {
        let intents = |intents| Expectation {
            orders: false,
            intents,
            names_of: &[],
        };
        match self {
            Ask::Slot(Missing::Amount) => Expectation::amount(),
            Ask::Slot(Missing::Interval) => Expectation::interval(),
            Ask::Slot(missing) => Expectation {
                orders: false,
                intents: &["Cancel", "Repeat", "Help"],
                names_of: names_of(*missing),
            },
            Ask::Choose(_) => Expectation {
                orders: false,
                intents: &["ChooseOption", "Cancel", "Deny", "Repeat", "Help"],
                names_of: &["payees", "payment_methods"],
            },
            Ask::ReadBack(_) => intents(&[
                "Confirm",
                "Deny",
                "Cancel",
                "ProvideAmount",
                "ProvideQuantity",
                "CorrectContact",
                "SendMoney",
                "Repeat",
                "Help",
            ]),
            Ask::Pin(_) => intents(&[
                "ProvidePin",
                // A yes is not enough, and is told so.
                "Confirm",
                "Deny",
                "Cancel",
                "ProvideAmount",
                "Repeat",
                "Help",
            ]),
            Ask::Correction(_) => Expectation {
                orders: false,
                intents: &[
                    "ProvideAmount",
                    "ProvideQuantity",
                    "CorrectContact",
                    "SendMoney",
                    "Deny",
                    "Cancel",
                    "Repeat",
                    "Help",
                ],
                names_of: &["payees"],
            },
            Ask::Anything => Expectation::default(),
        }
    }
}

/// The lists whose names answer what is missing.
fn names_of(missing: Missing) -> &'static [&'static str] {
    match missing {
        Missing::Recipient | Missing::Merchant => &["payees"],
        Missing::Biller => &["payees", "bills"],
        Missing::Product => &["products"],
        Missing::Target => &["topup_targets", "payment_methods"],
        Missing::PaymentMethod => &["payment_methods"],
        Missing::Amount | Missing::Interval => &[],
    }
}
