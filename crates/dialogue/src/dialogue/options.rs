//! The options of a question: what tells them apart, to say and to hear.

use zahlwort_commands::{Held, Order, Role};

/// What tells each option from the others: the first name in which they differ, or else whom or what it is about,
/// if it says so. By this an option is read out, and by this it is chosen.
pub(super) fn names(options: &[Order]) -> Vec<Option<String>> {
    let name = |command: &Order, slot: &str| {
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
    let about = |command: &Order| {
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
        })
        .collect()
}

/// Whether what was said names an option: all of it, or some of its words ("Schmidt").
pub(super) fn is_named_by(option: &str, said: &str) -> bool {
    let (option, said) = (option.to_lowercase(), said.to_lowercase());
    let mut words = said.split_whitespace().peekable();
    words.peek().is_some() && words.all(|word| option.split_whitespace().any(|o| o == word))
}
