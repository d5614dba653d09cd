//! What can be said, and what can be answered.

use zahlwort_commands::Descriptor;

use super::words::kind;
use crate::dialogue::{Ask, Templates};

/// How many sentences are named; nobody remembers more.
const NAMED: usize = 3;

impl Templates {
    /// Three things that can be said, of those that the host can do.
    pub(super) fn offer(&self, can: impl Fn(&str) -> bool) -> String {
        let quoted = |example: &str| self.sentence("word.quoted", &[("name", example)]);
        let mut offered: Vec<&Descriptor> = Descriptor::ALL.to_vec();
        offered.retain(|order| order.offered.is_some() && can(order.name));
        offered.sort_by_key(|order| order.offered);
        let names = offered.into_iter().map(|order| order.name);
        let options: Vec<String> = names
            .filter_map(|command| self.find(&format!("help.{command}")).map(quoted))
            .take(NAMED)
            .collect();
        if options.is_empty() {
            return self.get("help.nothing").to_owned();
        }
        self.sentence("help.can", &[("options", &self.one_of(&options))])
    }

    /// What answers a question.
    pub(super) fn hint(&self, ask: &Ask) -> Option<&str> {
        let name = match ask {
            Ask::Slot(missing) => format!("hint.{}", kind(missing)),
            Ask::Choose(_) => "hint.choose".to_owned(),
            Ask::ReadBack(_) => "hint.confirm".to_owned(),
            Ask::Pin(_) => "hint.pin".to_owned(),
            Ask::Correction(_) => "hint.correction".to_owned(),
            Ask::Anything => return None,
        };
        self.find(&name)
    }
}
