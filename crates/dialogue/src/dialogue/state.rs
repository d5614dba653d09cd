//! Where a dialogue stands.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zahlwort_commands::{Command, Draft, Held, Money, Role};

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
        options: Vec<Command>,
        context: Context,
        asked_at: Timestamp,
    },
    /// A confirmation or the PIN is asked for.
    Confirming { question: Question },
    /// The speaker said no and may say what should be different.
    Correcting {
        command: Command,
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

/// What tells each option from the others: the first name in which they differ, or else whom or
/// what they are about.
pub(super) fn option_names(options: &[Command]) -> Vec<String> {
    let name = |command: &Command, slot: &str| {
        let name = command.held(slot).and_then(Held::name);
        name.map(str::to_owned)
    };
    let slots = options
        .first()
        .map_or(&[][..], |first| first.descriptor().slots);
    let telling = slots.iter().find(|slot| {
        let mut names = options.iter().map(|command| name(command, slot.name));
        let first = names.next().flatten();
        first.is_some() && names.all(|other| other.is_some() && other != first)
    });
    let about = |command: &Command| {
        let descriptor = command.descriptor();
        let roles = [Role::Payee, Role::Thing].into_iter();
        let mut slots = roles.filter_map(|role| descriptor.slot(role));
        slots.find_map(|slot| name(command, slot.name))
    };
    options
        .iter()
        .map(|command| {
            telling
                .and_then(|slot| name(command, slot.name))
                .or_else(|| about(command))
                .unwrap_or_else(|| command.descriptor().name.replace('_', " "))
        })
        .collect()
}
