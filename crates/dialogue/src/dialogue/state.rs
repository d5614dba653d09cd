//! Where a dialogue stands.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zahlwort_commands::{Draft, Money, Order};

use crate::dialogue::Ask;
use crate::gate::{Asks, Question};
use crate::policy::{Context, Declared};

/// Where a dialogue stands: saved and read back over a restart. No variant has room for a PIN.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(super) enum State {
    /// No question is open.
    #[default]
    Idle,
    /// A slot is asked for.
    Filling {
        draft: Draft,
        context: Context,
        asked_at: Timestamp,
    },
    /// One of several is asked for.
    Choosing {
        options: Vec<Order>,
        context: Context,
        asked_at: Timestamp,
    },
    /// A confirmation or the PIN is asked for.
    Confirming { question: Question },
    /// The speaker said no and may say what should be different.
    Correcting {
        command: Order,
        context: Context,
        asked_at: Timestamp,
    },
}

impl State {
    pub(super) fn asked_at(&self) -> Option<Timestamp> {
        match self {
            State::Idle => None,
            State::Filling { asked_at, .. }
            | State::Choosing { asked_at, .. }
            | State::Correcting { asked_at, .. } => Some(*asked_at),
            State::Confirming { question } => Some(question.asked_at()),
        }
    }

    pub(super) fn total(&self) -> Option<Money> {
        match self {
            State::Confirming { question } => question.context().total,
            _ => None,
        }
    }

    /// What the host declared about the command that is being confirmed.
    pub(super) fn declared(&self) -> Option<&Declared> {
        match self {
            State::Confirming { question } => question.declared(),
            _ => None,
        }
    }

    /// The open question, if there is one.
    pub(super) fn ask(&self) -> Option<Ask> {
        match self {
            State::Idle => None,
            State::Filling { draft, .. } => draft.missing().first().copied().map(Ask::Slot),
            State::Choosing { options, .. } => Some(Ask::Choose(options.clone())),
            State::Confirming { question } => {
                let command = question.command().clone();
                Some(match question.asks() {
                    Asks::Confirmation => Ask::ReadBack(command),
                    Asks::Pin => Ask::Pin(command),
                })
            }
            State::Correcting { command, .. } => Some(Ask::Correction(command.clone())),
        }
    }
}
