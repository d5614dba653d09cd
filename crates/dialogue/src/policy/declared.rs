//! What a host says about its own intents.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use zahlwort_commands::{Effect, Money, Order, Party};

use crate::policy::{Facts, PayeeKey};

/// What an intent of a host's own does: with it a [`Order::Custom`] has limits, PIN and read-back
/// as the commands of the packs have.
///
/// ```
/// use zahlwort_commands::Effect;
/// use zahlwort_dialogue::policy::{Declared, Policy};
/// let ticket = Declared {
///     amount: Some("price".into()),
///     payee: Some("seller".into()),
///     ..Declared::new(Effect::Spend)
/// };
/// let policy = Policy::default().with_intent("OrderTicket", ticket)?;
/// # Ok::<(), zahlwort_dialogue::policy::PolicyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// What carrying it out can do.
    pub effect: Effect,
    /// The slot that says how much, filled by `@money`. Where it was not said, or there is none, an
    /// intent that spends costs what the host quotes, or an amount that nobody knows: the PIN is
    /// asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// The slot that says to whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payee: Option<String>,
    /// What it is called when it is read back; the intent's name where this is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<String>,
}

/// A slot holds what it was not declared to hold, such as two amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unclear;

impl Declared {
    /// An intent of this effect, of which no slot says how much or to whom.
    pub fn new(effect: Effect) -> Self {
        Self {
            effect,
            amount: None,
            payee: None,
            say: None,
        }
    }

    /// What the policy weighs. Any other command than [`Order::Custom`] has its own facts.
    pub(crate) fn facts(&self, command: &Order) -> Result<Facts, Unclear> {
        let plain = Facts::of(command);
        let Order::Custom { slots, open, .. } = command else {
            return Ok(plain);
        };
        let slot = |name: &Option<String>| {
            let name = name.as_deref()?;
            slots.get(name).filter(|value| !value.is_null())
        };
        let amount = slot(&self.amount).map(object::<Money>).transpose()?;
        let payee = slot(&self.payee).map(|value| {
            let mut party = party(value)?;
            party.open |= self.payee.as_ref().is_some_and(|name| open.contains(name));
            Ok(PayeeKey::party(&party))
        });
        Ok(Facts {
            effect: self.effect,
            amount,
            payee: payee.transpose()?,
            ..plain
        })
    }
}

/// A name, or an object as a command's JSON has it.
fn party(value: &Json) -> Result<Party, Unclear> {
    let party = match value {
        Json::String(name) => Party::named(name),
        other => object(other)?,
    };
    Some(party)
        .filter(|party| !party.name.trim().is_empty())
        .ok_or(Unclear)
}

/// A value that JSON has as an object. An array is what was said several times, and no value.
fn object<T: DeserializeOwned>(value: &Json) -> Result<T, Unclear> {
    if !value.is_object() {
        return Err(Unclear);
    }
    serde_json::from_value(value.clone()).map_err(|_| Unclear)
}
