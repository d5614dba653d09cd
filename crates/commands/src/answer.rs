//! What replies to a question.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use zahlwort_grammar::Match;

use crate::from_match::Slots;
use crate::{Interval, Money, Party, Pin, Position, Quantity, Rejection};

/// An answer to a question. It means nothing where no question is open, and there is nothing to carry out.
///
/// In JSON, `type` is the variant in snake case; a [name](Said) is written as an intent of a host's own is
/// ([`Order::Custom`](crate::Order::Custom)).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Answer {
    /// Yes.
    Confirm,
    /// No.
    Deny,
    /// Stop what was begun.
    Cancel,
    /// Say that again.
    Repeat,
    /// Say what can be said.
    Help,
    /// The PIN that was asked for.
    ProvidePin {
        /// The PIN.
        pin: Pin,
    },
    /// The amount that was asked for.
    ProvideAmount {
        /// How much.
        amount: Money,
    },
    /// The quantity that was asked for.
    ProvideQuantity {
        /// How much.
        quantity: Quantity,
    },
    /// How often, as it was asked for.
    ProvideInterval {
        /// How often.
        interval: Interval,
    },
    /// One of the options that were offered.
    ChooseOption {
        /// Which one.
        position: Position,
    },
    /// A name on its own.
    #[serde(rename = "custom")]
    #[schemars(skip)]
    Name(Said),
}

/// A name on its own: the answer to "An wen?", one of several that were offered, or what corrects another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "SaidJson", into = "SaidJson")]
pub struct Said {
    /// What is named.
    pub of: NameOf,
    /// The name. Payees, products and payment methods alike: what it names, the question tells.
    pub name: Party,
    /// The name that it replaces, where that was said: "nein, an Anna, nicht an Ben".
    pub instead_of: Option<Party>,
}

/// What an answer names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameOf {
    /// Who is paid.
    Payee,
    /// A bill.
    Bill,
    /// Something to buy.
    Product,
    /// What is loaded.
    TopUpTarget,
    /// With what is paid.
    PaymentMethod,
    /// Another payee than before.
    OtherPayee,
}

impl NameOf {
    /// All of them.
    pub const ALL: [NameOf; 6] = [
        NameOf::Payee,
        NameOf::Bill,
        NameOf::Product,
        NameOf::TopUpTarget,
        NameOf::PaymentMethod,
        NameOf::OtherPayee,
    ];

    /// The intent in the grammar of answers.
    pub const fn intent(self) -> &'static str {
        match self {
            NameOf::Payee => "NameContact",
            NameOf::Bill => "NameBill",
            NameOf::Product => "NameProduct",
            NameOf::TopUpTarget => "NameTarget",
            NameOf::PaymentMethod => "NameMethod",
            NameOf::OtherPayee => "CorrectContact",
        }
    }

    /// The list that the name is from, where naming is listened for by its list.
    pub const fn list(self) -> Option<&'static str> {
        match self {
            NameOf::Payee => Some("payees"),
            NameOf::Bill => Some("bills"),
            NameOf::Product => Some("products"),
            NameOf::TopUpTarget => Some("topup_targets"),
            NameOf::PaymentMethod => Some("payment_methods"),
            NameOf::OtherPayee => None,
        }
    }

    fn of_intent(intent: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|of| of.intent() == intent)
    }
}

type Read = fn(&Slots<'_>) -> Result<Answer, Rejection>;

/// The intents of the answers that are no names, with their `type` in JSON.
const ANSWERS: [(&str, &str, Read); 10] = [
    ("Confirm", "confirm", |_| Ok(Answer::Confirm)),
    ("Deny", "deny", |_| Ok(Answer::Deny)),
    ("Cancel", "cancel", |_| Ok(Answer::Cancel)),
    ("Repeat", "repeat", |_| Ok(Answer::Repeat)),
    ("Help", "help", |_| Ok(Answer::Help)),
    ("ProvidePin", "provide_pin", |slots| {
        let pin = slots.need("pin")?;
        Ok(Answer::ProvidePin { pin })
    }),
    ("ProvideAmount", "provide_amount", |slots| {
        let amount = slots.need("amount")?;
        Ok(Answer::ProvideAmount { amount })
    }),
    ("ProvideQuantity", "provide_quantity", |slots| {
        let quantity = slots.need("quantity")?;
        Ok(Answer::ProvideQuantity { quantity })
    }),
    ("ProvideInterval", "provide_interval", |slots| {
        let interval = slots.need("interval")?;
        Ok(Answer::ProvideInterval { interval })
    }),
    ("ChooseOption", "choose_option", |slots| {
        let position = slots.need("position")?;
        Ok(Answer::ChooseOption { position })
    }),
];

impl Answer {
    /// The answer that a match stands for; `None` if its intent is none.
    pub(crate) fn from_match(found: &Match) -> Result<Option<Answer>, Rejection> {
        let slots = Slots::Heard(found);
        if let Some(of) = NameOf::of_intent(&found.intent) {
            return Ok(Some(Answer::Name(Said {
                of,
                name: slots.need("name")?,
                instead_of: slots.get("instead_of")?,
            })));
        }
        let known = ANSWERS.iter().find(|(intent, ..)| *intent == found.intent);
        known.map(|(.., read)| read(&slots)).transpose()
    }

    /// Whether an intent, or a `type` in JSON, is one of an answer.
    ///
    /// ```
    /// use zahlwort_commands::Answer;
    /// assert!(Answer::is_name("Confirm") && Answer::is_name("confirm") && !Answer::is_name("SendMoney"));
    /// ```
    pub fn is_name(name: &str) -> bool {
        let of_ours = |(intent, kind, _): &(&str, &str, Read)| *intent == name || *kind == name;
        NameOf::of_intent(name).is_some() || ANSWERS.iter().any(of_ours)
    }

    /// Whether a command in JSON is an answer.
    pub(crate) fn is_json(json: &Json) -> bool {
        let name = match json.get("type").and_then(Json::as_str) {
            Some("custom") => json.get("intent").and_then(Json::as_str),
            kind => kind,
        };
        name.is_some_and(Self::is_name)
    }

    /// Its `type` in JSON; of a name, its intent.
    pub fn name(&self) -> &'static str {
        match self {
            Answer::Confirm => "confirm",
            Answer::Deny => "deny",
            Answer::Cancel => "cancel",
            Answer::Repeat => "repeat",
            Answer::Help => "help",
            Answer::ProvidePin { .. } => "provide_pin",
            Answer::ProvideAmount { .. } => "provide_amount",
            Answer::ProvideQuantity { .. } => "provide_quantity",
            Answer::ProvideInterval { .. } => "provide_interval",
            Answer::ChooseOption { .. } => "choose_option",
            Answer::Name(said) => said.of.intent(),
        }
    }
}

/// A name as it is written, in the form of a host's own intent.
#[derive(Clone, Serialize, Deserialize)]
struct SaidJson {
    intent: String,
    slots: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    open: BTreeSet<String>,
}

/// What was read is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a name that answers a question")]
struct NoName;

impl From<Said> for SaidJson {
    fn from(said: Said) -> Self {
        let parties = [("name", Some(said.name)), ("instead_of", said.instead_of)];
        let mut json = SaidJson {
            intent: said.of.intent().to_owned(),
            slots: BTreeMap::new(),
            open: BTreeSet::new(),
        };
        for (slot, party) in parties {
            let Some(party) = party else { continue };
            if party.open {
                json.open.insert(slot.to_owned());
            }
            json.slots.insert(slot.to_owned(), party.name);
        }
        json
    }
}

impl TryFrom<SaidJson> for Said {
    type Error = NoName;

    fn try_from(json: SaidJson) -> Result<Self, NoName> {
        let party = |slot: &str| {
            json.slots.get(slot).map(|name| Party {
                open: json.open.contains(slot),
                ..Party::named(name.as_str())
            })
        };
        Ok(Said {
            of: NameOf::of_intent(&json.intent).ok_or(NoName)?,
            name: party("name").ok_or(NoName)?,
            instead_of: party("instead_of"),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails may panic")]
    use super::*;
    use crate::{Command, Order};
    use serde_json::json;

    #[test]
    fn a_name_is_written_as_a_hosts_own_intent_and_read_back_as_an_answer() {
        let said = Answer::Name(Said {
            of: NameOf::OtherPayee,
            name: Party::named("Anna Schmidt"),
            instead_of: Some(Party {
                open: true,
                ..Party::named("Ben")
            }),
        });
        let json = json!({"type": "custom", "intent": "CorrectContact", "open": ["instead_of"],
                          "slots": {"name": "Anna Schmidt", "instead_of": "Ben"}});
        assert_eq!(
            serde_json::to_value(Command::from(said.clone())).unwrap(),
            json
        );
        assert_eq!(
            serde_json::from_value::<Command>(json).unwrap(),
            said.into()
        );
        let own = json!({"type": "custom", "intent": "OrderTicket", "slots": {"name": "Anna"}});
        let own = serde_json::from_value::<Command>(own).unwrap();
        assert!(matches!(own, Command::Order(Order::Custom { .. })));
        for wrong in [
            json!({"type": "custom", "intent": "NameContact", "slots": {}}),
            json!({"type": "custom", "intent": "NameContact", "slots": {"name": 7}}),
        ] {
            assert!(
                serde_json::from_value::<Command>(wrong.clone()).is_err(),
                "{wrong}"
            );
        }
    }

    #[test]
    fn the_table_calls_answers_what_their_json_calls_them() {
        for (intent, kind, _) in ANSWERS {
            let slots = match kind {
                "provide_pin" => json!({"type": kind, "pin": "0471"}),
                "provide_amount" => {
                    json!({"type": kind, "amount": {"amount": "5.00", "currency": "EUR"}})
                }
                "provide_quantity" => {
                    json!({"type": kind, "quantity": {"amount": "2", "unit": "piece"}})
                }
                "provide_interval" => {
                    json!({"type": kind, "interval": {"frequency": "daily", "every": 1}})
                }
                "choose_option" => json!({"type": kind, "position": 2}),
                _ => json!({"type": kind}),
            };
            let answer: Answer = serde_json::from_value(slots).unwrap();
            assert_eq!(answer.name(), kind);
            assert!(Answer::is_name(intent) && Answer::is_name(kind));
        }
    }
}
