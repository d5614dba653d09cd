//! What is listened for: orders, the answers to a question, or both.

use crate::{Answer, NameOf};

/// The intents of the grammar of answers that stand for themselves.
const ANSWERS: [&str; 9] = [
    "Confirm",
    "Deny",
    "Repeat",
    "ProvideAmount",
    "ProvideQuantity",
    "ProvidePin",
    "ProvideInterval",
    "ChooseOption",
    NameOf::OtherPayee.intent(),
];
/// The lists whose names are an answer.
const NAMED: [&str; 5] = [
    "payees",
    "bills",
    "products",
    "topup_targets",
    "payment_methods",
];
/// What ends or explains every question. The packs hear it always.
pub(crate) const ALWAYS: [&str; 2] = ["Cancel", "Help"];

/// What is listened for. [`Expectation::default`] is orders alone: everything that the program's
/// grammar has, and no answer to a question that nobody asked.
///
/// ```
/// use zahlwort_commands::Expectation;
/// assert!(Expectation::default().accepts("SendMoney") && !Expectation::default().accepts("Confirm"));
/// assert!(Expectation::yes_no().accepts("Confirm") && !Expectation::yes_no().accepts("SendMoney"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Expectation {
    /// Whether every order is listened for.
    pub orders: bool,
    /// Answers, by their intents, and single orders.
    pub intents: &'static [&'static str],
    /// The lists whose names alone are an answer.
    pub names_of: &'static [&'static str],
}

impl Default for Expectation {
    /// Orders alone.
    fn default() -> Self {
        Self {
            orders: true,
            intents: &[],
            names_of: &[],
        }
    }
}

impl Expectation {
    /// Yes or no.
    pub const fn yes_no() -> Self {
        Self::only(&["Confirm", "Deny", "Cancel", "Repeat", "Help"])
    }

    /// An amount of money.
    pub const fn amount() -> Self {
        Self::only(&["ProvideAmount", "Cancel", "Repeat", "Help"])
    }

    /// How many or how much of something.
    pub const fn quantity() -> Self {
        Self::only(&["ProvideQuantity", "Cancel", "Repeat", "Help"])
    }

    /// A PIN.
    pub const fn pin() -> Self {
        Self::only(&["ProvidePin", "Cancel", "Repeat", "Help"])
    }

    /// How often: "jeden Monat".
    pub const fn interval() -> Self {
        Self::only(&["ProvideInterval", "Cancel", "Repeat", "Help"])
    }

    /// A name: whom to pay, a product, a bill, what to load, a payment method.
    pub const fn name() -> Self {
        Self {
            names_of: &NAMED,
            ..Self::only(&["Cancel", "Repeat", "Help"])
        }
    }

    /// One of several that were offered: "die zweite".
    pub const fn option() -> Self {
        Self::only(&["ChooseOption", "Cancel", "Repeat", "Help"])
    }

    /// Orders and every answer, for programs that do not know what was asked.
    pub const fn any() -> Self {
        Self {
            orders: true,
            intents: &ANSWERS,
            names_of: &NAMED,
        }
    }

    /// Every answer and no order.
    pub const fn answers() -> Self {
        Self {
            orders: false,
            ..Self::any()
        }
    }

    const fn only(intents: &'static [&'static str]) -> Self {
        Self {
            orders: false,
            intents,
            names_of: &[],
        }
    }

    /// Whether a sentence of this intent is listened for, where the names of intents are ours.
    pub fn accepts(&self, intent: &str) -> bool {
        self.asks_for(intent)
            || self.orders && (ALWAYS.contains(&intent) || !Answer::is_name(intent))
    }

    /// Whether this intent is named, or its list is.
    pub(crate) fn asks_for(&self, intent: &str) -> bool {
        let is_named = |of: &NameOf| {
            let is_listed = |list| self.names_of.contains(&list);
            of.intent() == intent && of.list().is_some_and(is_listed)
        };
        NameOf::ALL.iter().any(is_named) || self.intents.contains(&intent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_names_is_listened_for_where_any_name_is() {
        let lists: Vec<&str> = NameOf::ALL.into_iter().filter_map(NameOf::list).collect();
        assert_eq!(lists, NAMED);
        assert!(
            ANSWERS
                .iter()
                .chain(&ALWAYS)
                .all(|name| Answer::is_name(name))
        );
    }
}
