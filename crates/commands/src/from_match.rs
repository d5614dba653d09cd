//! Intent and slots to an [`Order`], and slots to what they hold.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zahlwort_grammar::{Match, SlotMatch, Value};

use crate::catalog::CANDIDATES;
use crate::money::MoneyError;
use crate::quantity::QuantityError;
use crate::{
    Iban, Instrument, Interval, Money, Order, Party, Period, Pin, Position, Product, Quantity,
    Rejection, value_json,
};

impl Order {
    /// The order that a match stands for, as [`Command::from_match`](crate::Command::from_match) says.
    pub(crate) fn from_match(found: &Match) -> Result<Order, Rejection> {
        let order = Order::from_slots(&found.intent, &Slots::Heard(found))?;
        order.map_or_else(|| custom(found), Ok)
    }
}

fn custom(found: &Match) -> Result<Order, Rejection> {
    let mut slots: BTreeMap<String, Vec<serde_json::Value>> = BTreeMap::new();
    let mut open = BTreeSet::new();
    for said in &found.slots {
        if candidates(said).is_some() {
            return Err(missing(&found.intent, &said.name));
        }
        slots
            .entry(said.name.clone())
            .or_default()
            .push(value_json(value_of(said)?));
        if said.open {
            open.insert(said.name.clone());
        }
    }
    let mut slots: BTreeMap<String, serde_json::Value> = slots
        .into_iter()
        .map(
            |(name, mut values)| match (values.pop(), values.is_empty()) {
                (Some(only), true) => (name, only),
                (last, _) => {
                    values.extend(last);
                    (name, values.into())
                }
            },
        )
        .collect();
    for (name, value) in &found.fixed {
        slots.entry(name.clone()).or_insert_with(|| value.clone());
    }
    Ok(Order::Custom {
        intent: found.intent.clone(),
        slots,
        open,
    })
}

fn missing(intent: &str, slot: &str) -> Rejection {
    Rejection::MissingSlot {
        intent: intent.to_owned(),
        slot: slot.to_owned(),
    }
}

fn value_of(said: &SlotMatch) -> Result<&Value, Rejection> {
    said.value
        .as_ref()
        .map_err(|error| Rejection::from_value_error(&said.name, error))
}

/// What a general word such as "Karte" may stand for, where there are two cards or none: see
/// [`crate::catalog`]. `None` for a name.
fn candidates(said: &SlotMatch) -> Option<&[serde_json::Value]> {
    let candidates = said.metadata.get(CANDIDATES)?.as_array()?;
    Some(candidates)
}

/// Where the slots of a command come from.
pub(crate) enum Slots<'a> {
    /// They were said.
    Heard(&'a Match),
    /// They were kept as JSON.
    Kept(&'a BTreeMap<String, serde_json::Value>),
}

impl Slots<'_> {
    pub(crate) fn get<T: SlotType>(&self, slot: &str) -> Result<Option<T>, Rejection> {
        let found = match self {
            Slots::Heard(found) => found,
            Slots::Kept(values) => {
                let value = values.get(slot);
                return value.map(|value| T::from_fixed(slot, value)).transpose();
            }
        };
        let mut said = found.slots.iter().filter(|s| s.name == slot);
        let Some(first) = said.next() else {
            let fixed = found.fixed.get(slot).filter(|value| !value.is_null());
            return fixed.map(|value| T::from_fixed(slot, value)).transpose();
        };
        let value = value_of(first)?;
        // "fünfzig Euro an Anna, sechzig Euro": with money at stake neither may win silently.
        for other in said {
            if value_of(other)? != value {
                return Err(Rejection::Contradiction {
                    slot: slot.to_owned(),
                    first: first.text.clone(),
                    second: other.text.clone(),
                });
            }
        }
        // It was said, and still must be asked for: nothing else may stand in for it.
        if candidates(first).is_some() {
            return Err(missing(&found.intent, slot));
        }
        T::from_said(slot, value, first.open).map(Some)
    }

    pub(crate) fn need<T: SlotType>(&self, slot: &str) -> Result<T, Rejection> {
        let intent = match self {
            Slots::Heard(found) => found.intent.as_str(),
            Slots::Kept(_) => "",
        };
        self.get(slot)?.ok_or_else(|| missing(intent, slot))
    }

    /// What a slot may mean that was filled by a general word.
    pub(crate) fn candidates(&self, slot: &str) -> Option<Vec<serde_json::Value>> {
        let Slots::Heard(found) = self else {
            return None;
        };
        found.slot(slot).and_then(candidates).map(<[_]>::to_vec)
    }
}

/// What a slot of a command may be.
pub(crate) trait SlotType: DeserializeOwned + Serialize {
    fn from_said(slot: &str, value: &Value, open: bool) -> Result<Self, Rejection>;

    /// From a value in the grammar file, in the form that it has in the command's JSON.
    fn from_fixed(slot: &str, value: &serde_json::Value) -> Result<Self, Rejection> {
        serde_json::from_value(value.clone()).map_err(|error| Rejection::InvalidValue {
            slot: slot.to_owned(),
            message: format!(
                "{value} in the grammar does not fit: {error}; mend its `slots` entry"
            ),
        })
    }
}

fn wrong_type(slot: &str, expected: &str, value: &Value) -> Rejection {
    let found = match value {
        Value::Text(_) => "text",
        Value::Name(_) => "a name",
        Value::Number(_) => "a number",
        Value::Ordinal(_) => "an ordinal",
        Value::Money(_) => "money",
        Value::Percentage(_) => "a percentage",
        Value::Quantity(_) => "a quantity",
        Value::Date(_) => "a date",
        Value::Period(_) => "a period",
        Value::Time(_) => "a time",
        Value::Duration(_) => "a duration",
        Value::Interval(_) => "an interval",
        Value::Digits(_) => "digits",
        Value::Iban(_) => "an IBAN",
    };
    Rejection::WrongType {
        slot: slot.into(),
        expected: expected.into(),
        found: found.into(),
    }
}

impl SlotType for Money {
    fn from_said(slot: &str, value: &Value, _: bool) -> Result<Self, Rejection> {
        let Value::Money(said) = value else {
            return Err(wrong_type(slot, "@money", value));
        };
        Money::try_from(*said).map_err(|error| match error {
            MoneyError::NotPositive(amount) => Rejection::AmountNotPositive {
                slot: slot.to_owned(),
                amount: format!("{amount} {}", said.currency.code()),
            },
            other => Rejection::InvalidAmount {
                slot: slot.to_owned(),
                message: other.to_string(),
            },
        })
    }
}

impl SlotType for Quantity {
    fn from_said(slot: &str, value: &Value, _: bool) -> Result<Self, Rejection> {
        let said = match value {
            Value::Quantity(said) => *said,
            // A host may count with a plain number range.
            Value::Number(amount) => zahlwort_grammar::Quantity {
                amount: *amount,
                unit: zahlwort_grammar::Unit::Piece,
            },
            _ => return Err(wrong_type(slot, "@quantity", value)),
        };
        Quantity::try_from(said).map_err(|error| match error {
            QuantityError::NotPositive(amount) => Rejection::QuantityNotPositive {
                slot: slot.to_owned(),
                amount: amount.to_string(),
            },
            other => Rejection::InvalidValue {
                slot: slot.to_owned(),
                message: other.to_string(),
            },
        })
    }
}

impl SlotType for Date {
    fn from_said(slot: &str, value: &Value, _: bool) -> Result<Self, Rejection> {
        match value {
            Value::Date(date) => Ok(*date),
            _ => Err(wrong_type(slot, "@date", value)),
        }
    }
}

impl SlotType for Interval {
    fn from_said(slot: &str, value: &Value, _: bool) -> Result<Self, Rejection> {
        let Value::Interval(said) = value else {
            return Err(wrong_type(slot, "@interval", value));
        };
        Interval::try_from(*said).map_err(|error| Rejection::InvalidValue {
            slot: slot.to_owned(),
            message: error.to_string(),
        })
    }
}

impl SlotType for Position {
    fn from_said(slot: &str, value: &Value, _: bool) -> Result<Self, Rejection> {
        // "die zweite" is an ordinal, "Nummer zwei" a number.
        let position = match value {
            Value::Ordinal(said) => Some(*said),
            Value::Number(said) if said.is_integer() => said.to_i32(),
            Value::Number(_) => None,
            _ => return Err(wrong_type(slot, "@ordinal", value)),
        };
        position
            .and_then(|position| Position::new(position).ok())
            .ok_or_else(|| Rejection::OutOfRange {
                slot: slot.to_owned(),
                value: value_json(value).to_string(),
            })
    }
}

impl SlotType for Pin {
    fn from_said(slot: &str, value: &Value, _: bool) -> Result<Self, Rejection> {
        let Value::Digits(said) = value else {
            return Err(wrong_type(slot, "@digits", value));
        };
        Pin::new(said.clone()).map_err(|_| Rejection::InvalidPin {
            slot: slot.to_owned(),
        })
    }

    fn from_fixed(slot: &str, _: &serde_json::Value) -> Result<Self, Rejection> {
        // A PIN in a grammar file is no secret, and its text must not reach an error message.
        Err(Rejection::InvalidPin {
            slot: slot.to_owned(),
        })
    }
}

impl SlotType for Period {
    fn from_said(slot: &str, value: &Value, _: bool) -> Result<Self, Rejection> {
        match value {
            Value::Name(name) => Self::from_fixed(slot, &name.name.clone().into()),
            Value::Period(said) => Ok((*said).into()),
            _ => Err(wrong_type(slot, "@period", value)),
        }
    }
}

impl SlotType for String {
    fn from_said(slot: &str, value: &Value, open: bool) -> Result<Self, Rejection> {
        label(slot, value, open).map(|label| label.name)
    }
}

/// A name, where it comes from, and whether anything vouches for it.
struct Label {
    name: String,
    id: Option<String>,
    open: bool,
}

fn label(slot: &str, value: &Value, open: bool) -> Result<Label, Rejection> {
    let (name, id, open) = match value {
        Value::Text(text) => (text.as_str(), None, true),
        Value::Name(name) => (name.name.as_str(), name.id.clone(), open),
        _ => return Err(wrong_type(slot, "a list of names", value)),
    };
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Rejection::EmptyName {
            slot: slot.to_owned(),
        });
    }
    Ok(Label { name, id, open })
}

/// A fixed name may be a plain string or the object that the command's JSON has.
fn fixed_name<T: DeserializeOwned>(slot: &str, value: &serde_json::Value) -> Result<T, Rejection> {
    let object = match value {
        serde_json::Value::String(name) => serde_json::json!({ "name": name }),
        other => other.clone(),
    };
    serde_json::from_value(object).map_err(|error| Rejection::InvalidValue {
        slot: slot.to_owned(),
        message: format!("{value} in the grammar is no name: {error}; write a plain string"),
    })
}

impl SlotType for Party {
    fn from_said(slot: &str, value: &Value, open: bool) -> Result<Self, Rejection> {
        if let Value::Iban(said) = value {
            let iban = Iban::new(said).map_err(|_| Rejection::InvalidIban {
                slot: slot.to_owned(),
            })?;
            let name = iban.as_str().to_owned();
            return Ok(Party {
                name,
                id: None,
                open: false,
                iban: Some(iban),
            });
        }
        let Label { name, id, open } = label(slot, value, open)?;
        Ok(Party {
            name,
            id,
            open,
            iban: None,
        })
    }

    fn from_fixed(slot: &str, value: &serde_json::Value) -> Result<Self, Rejection> {
        fixed_name(slot, value)
    }
}

impl SlotType for Product {
    fn from_said(slot: &str, value: &Value, open: bool) -> Result<Self, Rejection> {
        let Label { name, id, open } = label(slot, value, open)?;
        Ok(Product { name, id, open })
    }

    fn from_fixed(slot: &str, value: &serde_json::Value) -> Result<Self, Rejection> {
        fixed_name(slot, value)
    }
}

impl SlotType for Instrument {
    fn from_said(slot: &str, value: &Value, open: bool) -> Result<Self, Rejection> {
        let Label { name, id, open } = label(slot, value, open)?;
        Ok(Instrument { name, id, open })
    }

    fn from_fixed(slot: &str, value: &serde_json::Value) -> Result<Self, Rejection> {
        fixed_name(slot, value)
    }
}
