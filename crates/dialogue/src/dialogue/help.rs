//! What can be said, and what can be answered.

use super::words::kind;
use crate::dialogue::{Ask, Templates};

/// How many sentences are named; nobody remembers more.
const NAMED: usize = 3;

/// The commands in the order in which they are named: first one of each kind, so that three show what
/// there is.
const OFFERED: [&str; 25] = [
    "send_money",
    "check_balance",
    "buy_product",
    "play_music",
    "light_on",
    "read_messages",
    "pay_bill",
    "add_to_cart",
    "list_transactions",
    "pay_merchant",
    "create_standing_order",
    "checkout",
    "track_order",
    "book_rental_car",
    "search_product",
    "request_money",
    "top_up",
    "block_card",
    "show_cart",
    "reorder",
    "set_payment_method",
    "cancel_order",
    "remove_from_cart",
    "light_off",
    "stop_music",
];

impl Templates {
    /// Three things that can be said, of those that the host can do.
    pub(super) fn offer(&self, can: impl Fn(&str) -> bool) -> String {
        let quoted = |example: &str| self.sentence("word.quoted", &[("name", example)]);
        let examples = OFFERED.iter().filter(|command| can(command));
        let options: Vec<String> = examples
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
