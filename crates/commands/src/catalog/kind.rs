//! What kind of payment method an entry is, and the words that people say for a kind.

use serde::{Deserialize, Serialize};

use MethodKind::{Account, CreditCard, DebitCard, Wallet};

/// What kind of payment method an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MethodKind {
    /// A credit card.
    CreditCard,
    /// A card that takes the money from an account at once.
    DebitCard,
    /// A bank account.
    Account,
    /// An app or web service that pays.
    Wallet,
}

/// Words that stand for whatever method of these kinds there is.
pub(super) struct General {
    pub(super) words: &'static [&'static str],
    pub(super) kinds: &'static [MethodKind],
}

/// What people say for a kind, in whatever language.
const GENERAL: &[General] = &[
    General {
        words: &["Karte"],
        kinds: &[CreditCard, DebitCard],
    },
    General {
        words: &["Kreditkarte"],
        kinds: &[CreditCard],
    },
    General {
        words: &[
            "Bankkarte",
            "EC-Karte",
            "Debitkarte",
            "Girocard",
            "Girokarte",
            "Bankomatkarte",
        ],
        kinds: &[DebitCard],
    },
    General {
        words: &["Girokonto", "Konto"],
        kinds: &[Account],
    },
    General {
        words: &["card"],
        kinds: &[CreditCard, DebitCard],
    },
    General {
        words: &["credit card"],
        kinds: &[CreditCard],
    },
    General {
        words: &["debit card", "bank card"],
        kinds: &[DebitCard],
    },
    General {
        words: &["checking account", "current account", "bank account"],
        kinds: &[Account],
    },
];

/// Names that are of one kind wherever they are used.
const KNOWN: &[(&str, MethodKind)] = &[
    ("visa", CreditCard),
    ("mastercard", CreditCard),
    ("american express", CreditCard),
    ("amex", CreditCard),
    ("diners club", CreditCard),
    ("maestro", DebitCard),
    ("v pay", DebitCard),
    ("paypal", Wallet),
    ("apple pay", Wallet),
    ("google pay", Wallet),
    ("samsung pay", Wallet),
    ("amazon pay", Wallet),
    ("klarna", Wallet),
];

pub(super) fn general_words() -> impl Iterator<Item = &'static General> {
    GENERAL.iter()
}

impl MethodKind {
    /// The kinds, by the names that a catalog file has for them.
    pub(super) const NAMES: [(&'static str, MethodKind); 4] = [
        ("credit_card", CreditCard),
        ("debit_card", DebitCard),
        ("account", Account),
        ("wallet", Wallet),
    ];

    pub(super) fn name(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(_, kind)| *kind == self);
        known.map_or("", |(name, _)| name)
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        let known = Self::NAMES.iter().find(|(known, _)| *known == name);
        known.map(|(_, kind)| *kind)
    }

    /// The kind that a name gives away: a brand, or a general word at its end ("Sparkassen-Girokonto",
    /// "Debit Mastercard" by its first word).
    pub(super) fn of_name(name: &str) -> Option<Self> {
        let name = super::spoken(name);
        if name.split(' ').any(|word| word == "debit") {
            return Some(DebitCard);
        }
        let known = KNOWN.iter().find(|(brand, _)| {
            let padded = format!(" {name} ");
            padded.contains(&format!(" {brand} "))
        });
        let general = || {
            let of_one = general_words().filter(|general| general.kinds.len() == 1);
            let mut said = of_one.flat_map(|g| g.words.iter().map(|word| (*word, g.kinds)));
            let ends = said.find(|(word, _)| name.ends_with(&super::spoken(word)));
            ends.and_then(|(_, kinds)| kinds.first().copied())
        };
        known.map(|(_, kind)| *kind).or_else(general)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_their_kind_away() {
        for (name, kind) in [
            ("Visa", Some(CreditCard)),
            ("Visa Gold", Some(CreditCard)),
            ("Debit Mastercard", Some(DebitCard)),
            ("girocard", Some(DebitCard)),
            ("EC-Karte", Some(DebitCard)),
            ("Sparkassen-Girokonto", Some(Account)),
            ("Tagesgeldkonto", Some(Account)),
            ("Joint bank account", Some(Account)),
            ("Firmenkreditkarte", Some(CreditCard)),
            ("Apple Pay", Some(Wallet)),
            ("Gutschein", None),
            ("Visagistin", None),
        ] {
            assert_eq!(MethodKind::of_name(name), kind, "{name}");
        }
    }
}
