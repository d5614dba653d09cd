//! An answer merged into the command it is about.

use serde::Serialize;
use zahlwort_commands::{Draft, Money, Order, Party, ReadBy, Role};

use crate::policy::{Context, Declared, Speaker};

/// The command with another amount. `declared` is what the host said about one of its own.
pub(super) fn with_amount(
    command: Order,
    new: Money,
    declared: Option<&Declared>,
) -> Option<Order> {
    match command {
        Order::Custom {
            intent,
            mut slots,
            open,
        } => {
            let slot = declared?.amount.clone()?;
            slots.insert(slot, serde_json::to_value(new).ok()?);
            Some(Order::Custom {
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
pub(super) fn with_slot(command: &Order, slot: &str, new: &impl Serialize) -> Option<Order> {
    Draft::of(command)?.with(slot, new)?.complete().ok()
}

/// The command with another payee, once for each that is as likely meant.
pub(super) fn with_names(command: &Order, name: &Party, namesakes: &[Party]) -> Vec<Order> {
    let draft = Draft::of(command).and_then(|draft| draft.with_names(name, namesakes));
    draft
        .and_then(|draft| draft.choices().ok())
        .unwrap_or_default()
}

/// The more careful of what was known before and what is known now.
pub(super) fn least(before: &Context, now: &Context) -> Context {
    let confidence = if now.confidence < before.confidence {
        now.confidence
    } else {
        before.confidence
    };
    let estimates = [before.reading, now.reading].contains(&ReadBy::Learned);
    let strange = [before.speaker, now.speaker].contains(&Speaker::Unknown);
    Context {
        confidence,
        speaker: if strange {
            Speaker::Unknown
        } else {
            now.speaker
        },
        reading: if estimates {
            ReadBy::Learned
        } else {
            ReadBy::Grammar
        },
        // What it costs, the host says anew.
        total: None,
    }
}
