//! An order that is not complete yet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use zahlwort_grammar::Match;

use crate::from_match::Slots;
use crate::{Descriptor, Order, Party, Rejection, Role};

/// What a draft lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Who gets or is asked for the money.
    Recipient,
    /// What is loaded.
    Target,
    /// How much.
    Amount,
    /// How often.
    Interval,
    /// What is bought, or looked for.
    Product,
    /// Which shop is paid.
    Merchant,
    /// Whose bill is paid.
    Biller,
    /// With what is paid, or which card.
    PaymentMethod,
}

impl Missing {
    /// Everything that can be asked for.
    pub const ALL: [Missing; 8] = [
        Missing::Recipient,
        Missing::Target,
        Missing::Amount,
        Missing::Interval,
        Missing::Product,
        Missing::Merchant,
        Missing::Biller,
        Missing::PaymentMethod,
    ];

    /// The slot that is asked for.
    pub fn slot(self) -> &'static str {
        match self {
            Missing::Recipient => "recipient",
            Missing::Target => "target",
            Missing::Amount => "amount",
            Missing::Interval => "interval",
            Missing::Product => "product",
            Missing::Merchant => "merchant",
            Missing::Biller => "biller",
            Missing::PaymentMethod => "payment_method",
        }
    }

    /// What is asked for to fill a slot.
    pub fn of_slot(slot: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|missing| missing.slot() == slot)
    }
}

/// An order of which some slots were said. [`Draft::complete`] makes it a command once it has what
/// a command must have.
///
/// ```
/// use zahlwort_commands::{Draft, Missing, Party};
/// let draft = Draft::new("SendMoney").ok_or("an order")?;
/// assert_eq!(draft.complete(), Err(Missing::Recipient));
/// let draft = draft.with("recipient", &Party::named("Anna")).ok_or("a slot of it")?;
/// assert_eq!(draft.complete(), Err(Missing::Amount));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Saved", into = "Saved")]
pub struct Draft {
    kind: &'static Descriptor,
    /// The slots that were said, each as the command's JSON has it.
    said: BTreeMap<String, Json>,
    /// Other values that a slot may hold just as well, such as a second contact called Anna. If such a slot is
    /// not in `said`, the speaker used a general word that fits several entries or none; it is then asked for
    /// even if it is optional.
    others: BTreeMap<String, Vec<Json>>,
}

/// A draft as it is saved.
#[derive(Clone, Serialize, Deserialize)]
struct Saved {
    kind: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    others: BTreeMap<String, Vec<Json>>,
    #[serde(flatten)]
    said: BTreeMap<String, Json>,
}

/// The saved value is not a draft.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum NoDraft {
    #[error("no order is called \"{0}\"")]
    Kind(String),
    #[error("\"{0}\" is no slot of the order, or cannot hold this")]
    Slot(String),
}

impl From<Draft> for Saved {
    fn from(draft: Draft) -> Self {
        Self {
            kind: draft.kind.name.to_owned(),
            others: draft.others,
            said: draft.said,
        }
    }
}

impl TryFrom<Saved> for Draft {
    type Error = NoDraft;

    fn try_from(saved: Saved) -> Result<Self, NoDraft> {
        let kind = Descriptor::of_name(&saved.kind);
        let draft = kind.and_then(Draft::of_kind);
        let mut draft = draft.ok_or(NoDraft::Kind(saved.kind))?;
        for (slot, value) in saved.said {
            let value = draft.checked(&slot, &value);
            let value = value.ok_or_else(|| NoDraft::Slot(slot.clone()))?;
            draft.said.insert(slot, value);
        }
        for (slot, values) in saved.others {
            let is_asked = !values.is_empty() || Missing::of_slot(&slot).is_some();
            let is_slot = draft.kind.slot_named(&slot).is_some();
            let checked: Option<Vec<Json>> =
                values.iter().map(|v| draft.checked(&slot, v)).collect();
            let checked = checked.filter(|_| is_asked && is_slot);
            let checked = checked.ok_or_else(|| NoDraft::Slot(slot.clone()))?;
            draft.others.insert(slot, checked);
        }
        Ok(draft)
    }
}

impl Draft {
    /// A draft of which nothing is known, by its intent; `None` if that is no order of the packs.
    pub fn new(intent: &str) -> Option<Self> {
        Self::of_kind(Descriptor::of_intent(intent)?)
    }

    fn of_kind(kind: &'static Descriptor) -> Option<Self> {
        (!kind.intent.is_empty()).then(|| Self {
            kind,
            said: BTreeMap::new(),
            others: BTreeMap::new(),
        })
    }

    /// The draft of a sentence that [`Command::from_match`](crate::Command::from_match) rejects for a missing slot. `None` if
    /// its intent is an answer, or a host's own.
    ///
    /// # Errors
    /// If a slot that was said cannot be what it must be, as there.
    pub fn from_match(found: &Match) -> Result<Option<Self>, Rejection> {
        let Some(mut draft) = Self::new(&found.intent) else {
            return Ok(None);
        };
        let slots = Slots::Heard(found);
        for slot in draft.kind.slots {
            let Some(candidates) = slots.candidates(slot.name) else {
                let said = (slot.read)(&slots, slot.name)?;
                draft
                    .said
                    .extend(said.map(|value| (slot.name.to_owned(), value)));
                continue;
            };
            let mut candidates = candidates.iter().filter_map(slot.checked);
            let first = candidates.next();
            let others = candidates.collect();
            draft
                .said
                .extend(first.map(|value| (slot.name.to_owned(), value)));
            draft.others.insert(slot.name.to_owned(), others);
        }
        Ok(Some(draft))
    }

    /// The draft that an order was; `None` for a host's own.
    pub fn of(command: &Order) -> Option<Self> {
        let mut draft = Self::of_kind(command.descriptor())?;
        if let Ok(Json::Object(mut fields)) = serde_json::to_value(command) {
            fields.remove("type");
            draft.said.extend(fields);
        }
        Some(draft)
    }

    /// Which order it is to become.
    pub fn kind(&self) -> &'static Descriptor {
        self.kind
    }

    /// A slot that was said; `None` too if it holds something else than what is asked for.
    pub fn get<T: serde::de::DeserializeOwned>(&self, slot: &str) -> Option<T> {
        serde_json::from_value(self.said.get(slot)?.clone()).ok()
    }

    /// The draft with a slot filled; `None` if it has no such slot, or one of another type.
    pub fn with<T: Serialize>(mut self, slot: &str, value: &T) -> Option<Self> {
        let value = self.checked(slot, &serde_json::to_value(value).ok()?)?;
        self.said.insert(slot.to_owned(), value);
        self.others.remove(slot);
        Some(self)
    }

    /// The draft with a name, and others that were as likely meant, in the slot that is missing, or
    /// else in that of its payee. `None` if it is no name that is missing, and no payee is needed.
    pub fn with_names(self, name: &Party, namesakes: &[Party]) -> Option<Self> {
        let payee = || self.kind.slot(Role::Payee).filter(|slot| slot.is_needed);
        let slot = match self.missing().first() {
            Some(missing) => self.kind.slot_named(missing.slot())?,
            None => payee()?,
        };
        let others = namesakes.iter().filter_map(value);
        let others: Vec<Json> = others.filter_map(|name| (slot.checked)(&name)).collect();
        let mut named = self.with(slot.name, name)?;
        if !others.is_empty() {
            named.others.insert(slot.name.to_owned(), others);
        }
        Some(named)
    }

    /// The draft together with another one that was just as likely meant, such as for a second contact called
    /// Anna. Where they differ is asked about once everything else is known.
    #[must_use]
    pub fn or(mut self, other: &Draft) -> Self {
        for (slot, value) in &other.said {
            let said = self.said.get(slot);
            if said.is_some_and(|said| said != value) {
                let others = self.others.entry(slot.clone()).or_default();
                if !others.contains(value) {
                    others.push(value.clone());
                }
            }
        }
        self
    }

    /// The draft with the slots of a later one. Slots that the later one leaves out stay as they are.
    #[must_use]
    pub fn corrected_by(mut self, later: Draft) -> Self {
        for slot in later.said.keys().chain(later.others.keys()) {
            self.said.remove(slot);
            self.others.remove(slot);
        }
        self.kind = later.kind;
        self.said.extend(later.said);
        self.others.extend(later.others);
        self
    }

    /// All that must still be said, in the order in which it is asked for; empty if it is complete.
    pub fn missing(&self) -> Vec<Missing> {
        let lacks = |slot: &&crate::SlotDescriptor| {
            let is_asked = slot.is_needed || self.others.contains_key(slot.name);
            is_asked && !self.said.contains_key(slot.name)
        };
        let lacking = self.kind.slots.iter().filter(lacks);
        lacking
            .filter_map(|slot| Missing::of_slot(slot.name))
            .collect()
    }

    /// The command, and what it would be with each of the others that were as likely meant.
    ///
    /// ```
    /// use zahlwort_commands::{Draft, Money, Party};
    /// let money: Money = serde_json::from_str(r#"{"amount":"20.00","currency":"EUR"}"#)?;
    /// let draft = Draft::new("SendMoney").and_then(|draft| draft.with("amount", &money));
    /// let names = [Party::named("Anna Schmidt"), Party::named("Anna Weber")];
    /// let draft = draft.and_then(|draft| draft.with_names(&names[0], &names[1..]));
    /// assert_eq!(draft.and_then(|draft| draft.choices().ok()).map(|all| all.len()), Some(2));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// # Errors
    /// What is missing.
    pub fn choices(&self) -> Result<Vec<Order>, Missing> {
        let mut all = vec![self.clone()];
        for (slot, others) in &self.others {
            for draft in all.clone() {
                for other in others {
                    let mut draft = draft.clone();
                    draft.said.insert(slot.clone(), other.clone());
                    all.push(draft);
                }
            }
        }
        all.iter().map(Draft::complete).collect()
    }

    /// The command, or what is asked for first.
    ///
    /// # Errors
    /// What is missing.
    pub fn complete(&self) -> Result<Order, Missing> {
        if let Some(&missing) = self.missing().first() {
            return Err(missing);
        }
        let command = Order::from_slots(self.kind.intent, &Slots::Kept(&self.said));
        // Every slot is there and was checked; were one not, to ask for it would be right.
        let asked = |slot: &str| Missing::of_slot(slot).unwrap_or(Missing::Amount);
        match command {
            Ok(Some(command)) => Ok(command),
            Ok(None) => Err(Missing::Amount),
            Err(rejection) => Err(asked(rejection.slot())),
        }
    }

    fn checked(&self, slot: &str, value: &Json) -> Option<Json> {
        (self.kind.slot_named(slot)?.checked)(value)
    }
}

fn value(name: &Party) -> Option<Json> {
    serde_json::to_value(name).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails may panic")]
    use super::*;
    use serde_json::json;

    #[test]
    fn whatever_an_order_needs_can_be_asked_for() {
        for kind in Descriptor::ALL {
            let Some(draft) = Draft::new(kind.intent) else {
                assert!(kind.intent.is_empty());
                continue;
            };
            let mut needed = kind.slots.iter().filter(|slot| slot.is_needed);
            assert!(
                needed
                    .clone()
                    .all(|slot| Missing::of_slot(slot.name).is_some())
            );
            let first = needed.next().and_then(|slot| Missing::of_slot(slot.name));
            assert_eq!(draft.missing().first().copied(), first, "{kind:?}");
        }
        for missing in Missing::ALL {
            assert_eq!(serde_json::to_value(missing).unwrap(), missing.slot());
        }
    }

    #[test]
    fn only_a_draft_is_read_back_as_one() {
        let read = |json: Json| serde_json::from_value::<Draft>(json);
        let good = json!({"kind": "send_money", "recipient": {"name": "Anna"},
                          "others": {"recipient": [{"name": "Anna Weber"}], "payment_method": []}});
        let draft = read(good.clone()).unwrap();
        assert_eq!(serde_json::to_value(&draft).unwrap(), good);
        for wrong in [
            json!({"kind": "fly"}),
            json!({"kind": "confirm"}),
            json!({"kind": "custom"}),
            json!({"kind": "send_money", "product": {"name": "x"}}),
            json!({"kind": "send_money", "amount": {"amount": "-1", "currency": "EUR"}}),
            json!({"kind": "send_money", "others": {"product": []}}),
            json!({"kind": "send_money", "others": {"reference": []}}),
            json!({"kind": "send_money", "others": {"recipient": [7]}}),
            json!({"recipient": {"name": "Anna"}}),
        ] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
