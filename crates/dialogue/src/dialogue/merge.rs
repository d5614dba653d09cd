//! An answer merged into the command it is about.

use serde::Serialize;
use zahlwort_commands::{Command, Draft, Money, Party, Role};

use crate::policy::{Context, Declared, Speaker};

/// The command with another amount. `declared` is what the host said about one of its own.
pub(super) fn with_amount(
    command: Command,
    new: Money,
    declared: Option<&Declared>,
) -> Option<Command> {
    match command {
        Command::Custom {
            intent,
            mut slots,
            open,
        } => {
            let slot = declared?.amount.clone()?;
            slots.insert(slot, serde_json::to_value(new).ok()?);
            Some(Command::Custom {
                intent,
                slots,
                open,
            })
        }
        command => {
            let slot = command.descriptor().slot(Role::Amount)?.name;
            with_slot(&command, slot, &new)
        }
    }
}

/// The command with another value in a slot that it has.
pub(super) fn with_slot(command: &Command, slot: &str, new: &impl Serialize) -> Option<Command> {
    Draft::of(command)?.with(slot, new)?.complete().ok()
}

/// The command with another payee, once for each that is as likely meant.
pub(super) fn with_names(command: &Command, name: &Party, namesakes: &[Party]) -> Vec<Command> {
    let draft = Draft::of(command).and_then(|draft| draft.with_names(name, namesakes));
    draft
        .and_then(|draft| draft.choices().ok())
        .unwrap_or_default()
}

/// Whether what was said names an option: all of it, or some of its words ("Schmidt").
pub(super) fn matches_name(option: &str, said: &str) -> bool {
    let (option, said) = (option.to_lowercase(), said.to_lowercase());
    let mut words = said.split_whitespace().peekable();
    words.peek().is_some() && words.all(|word| option.split_whitespace().any(|o| o == word))
}

pub(super) fn least(before: &Context, now: &Context) -> Context {
    let confidence = if now.confidence < before.confidence {
        now.confidence
    } else {
        before.confidence
    };
    let strange = [before.speaker, now.speaker].contains(&Speaker::Unknown);
    Context {
        confidence,
        speaker: if strange {
            Speaker::Unknown
        } else {
            now.speaker
        },
        // What it costs, the host says anew.
        total: None,
    }
}
