//! What an order is. Whoever has to know whether an order spends, what it is called, who is paid or what must be
//! said asks here. The table is in `order.rs`.

use serde::Serialize;
use serde_json::Value as Json;

use crate::from_match::{SlotType, Slots};
use crate::{Effect, Pack, Rejection};

/// What an order is. There is one for each variant of [`Order`](crate::Order): the compiler sees to it.
///
/// ```
/// use zahlwort_commands::{Descriptor, Effect, Role};
/// let send = Descriptor::of_intent("SendMoney").ok_or("an intent of the packs")?;
/// assert_eq!((send.name, send.effect), ("send_money", Effect::Spend));
/// assert_eq!(send.slot(Role::Payee).map(|slot| slot.name), Some("recipient"));
/// # Ok::<(), &str>(())
/// ```
///
/// Written as JSON it tells other programs what an order is.
#[derive(Debug, Serialize)]
pub struct Descriptor {
    /// The intent's name in a grammar: `SendMoney`. Empty for [`Order::Custom`](crate::Order::Custom).
    pub intent: &'static str,
    /// The command's `type` in JSON: `send_money`.
    #[serde(rename = "type")]
    pub name: &'static str,
    /// The pack whose grammar has it.
    #[serde(skip)]
    pub pack: Option<Pack>,
    /// What carrying it out can do.
    pub effect: Effect,
    /// In which place it is offered to who asks what can be said; of several in one place the first of the table
    /// comes first. Small numbers are for one of each kind, so that a few show what there is.
    #[serde(skip)]
    pub offered: Option<u8>,
    /// Its slots, in the order in which what is missing is asked for.
    pub slots: &'static [SlotDescriptor],
}

/// What a slot of a command is.
#[derive(Debug, Serialize)]
pub struct SlotDescriptor {
    /// Its name, in the grammar and in JSON.
    pub name: &'static str,
    /// What it is to the command.
    pub role: Role,
    /// Whether there is no command without it.
    #[serde(rename = "needed")]
    pub is_needed: bool,
    /// The word that it is said with where the order is read back, in the order's details. Without one, a payee or
    /// a thing is what the sentence is about, and an amount or a quantity stands with it.
    #[serde(skip)]
    pub word: Option<Word>,
    /// The key of what is said of a thing that was not said: "das Letzte".
    #[serde(skip)]
    pub unsaid: Option<&'static str>,
    /// The slot of a match as JSON.
    #[serde(skip)]
    pub(crate) read: fn(&Slots<'_>, &str) -> Result<Option<Json>, Rejection>,
    /// A value from elsewhere as it is written here; `None` if the slot cannot hold it.
    #[serde(skip)]
    pub(crate) checked: fn(&Json) -> Option<Json>,
}

/// What a slot is to its command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// How much money it is about, or the most that it may be.
    Amount,
    /// Who or what gets the money, or is asked for it.
    Payee,
    /// What else the command is about.
    Thing,
    /// Something about how.
    Detail,
}

/// The word with which a detail is said, in the order in which details are said. The words themselves are
/// in the tables of what is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// "Konto: Girokonto".
    Account,
    /// None: "monatlich".
    Plain,
    /// "in Berlin".
    In,
    /// "Raum: Küche".
    Place,
    /// "am Montag".
    On,
    /// "ab Montag".
    From,
    /// "Verwendungszweck: Miete".
    Reference,
    /// "mit PayPal".
    With,
}

impl PartialEq for Descriptor {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Descriptor {}

impl Descriptor {
    /// The command of an intent; `None` for an intent of a host's own.
    pub fn of_intent(intent: &str) -> Option<&'static Self> {
        let ours = Self::ALL.iter().filter(|known| !known.intent.is_empty());
        ours.copied().find(|known| known.intent == intent)
    }

    /// The command of a `type` in JSON.
    pub fn of_name(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().copied().find(|known| known.name == name)
    }

    /// The names of all orders, as a policy knows them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|descriptor| descriptor.name)
    }

    /// The slot of a role. No command has two for amount, payee or thing.
    pub fn slot(&self, role: Role) -> Option<&'static SlotDescriptor> {
        self.slots.iter().find(|slot| slot.role == role)
    }

    /// The slot of a name.
    pub fn slot_named(&self, name: &str) -> Option<&'static SlotDescriptor> {
        self.slots.iter().find(|slot| slot.name == name)
    }
}

pub(crate) fn read<T: SlotType>(slots: &Slots<'_>, slot: &str) -> Result<Option<Json>, Rejection> {
    Ok(slots.get::<T>(slot)?.and_then(|value| json(&value)))
}

pub(crate) fn checked<T: SlotType>(value: &Json) -> Option<Json> {
    json(&serde_json::from_value::<T>(value.clone()).ok()?)
}

fn json(value: &impl serde::Serialize) -> Option<Json> {
    serde_json::to_value(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The types check that every row fits its variant; that JSON calls them alike is checked here.
    #[test]
    fn the_table_says_what_the_schema_says() {
        let schema = serde_json::to_value(schemars::schema_for!(crate::Order)).expect("JSON");
        let variants = schema["oneOf"].as_array().expect("variants");
        assert_eq!(variants.len(), Descriptor::ALL.len());
        for variant in variants {
            let properties = variant["properties"].as_object().expect("properties");
            let name = properties["type"]["const"].as_str().expect("a type");
            let descriptor = Descriptor::of_name(name).expect(name);
            if name == "custom" {
                continue;
            }
            let mut slots: Vec<&str> = descriptor.slots.iter().map(|slot| slot.name).collect();
            let mut known: Vec<&str> = properties.keys().map(String::as_str).collect();
            known.retain(|key| *key != "type");
            slots.sort_unstable();
            known.sort_unstable();
            assert_eq!(slots, known, "{name}");
            for slot in descriptor.slots {
                let required = variant["required"].as_array().expect("required");
                assert_eq!(
                    required.contains(&slot.name.into()),
                    slot.is_needed,
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn no_command_has_two_slots_for_one_role_and_names_follow_from_intents() {
        for descriptor in Descriptor::ALL {
            for role in [Role::Amount, Role::Payee, Role::Thing] {
                let of_role = descriptor.slots.iter().filter(|slot| slot.role == role);
                assert!(of_role.count() <= 1, "{descriptor:?}");
            }
            let words = descriptor.name.split('_').map(|word| {
                let (first, rest) = word.split_at(1);
                first.to_uppercase() + rest
            });
            let intent: String = words.collect();
            assert!(intent == descriptor.intent || descriptor.name == "custom");
        }
    }
}
