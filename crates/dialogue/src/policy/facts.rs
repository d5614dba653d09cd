//! What the policy weighs about a command.

use serde::{Deserialize, Serialize};

use crate::descriptor::Held;
use crate::policy::PayeeKey;
use crate::{Command, Money, Role};

/// What carrying a command out can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It answers a dialogue and is never carried out itself.
    Answer,
    /// It only looks, plays or switches.
    Harmless,
    /// It changes the shopping cart, which is easily undone.
    Cart,
    /// It changes an order, a card or how later payments are made, or is an intent of a host that
    /// says nothing about it ([`crate::policy::Declared`]).
    Change,
    /// It asks somebody else for money.
    Request,
    /// It spends money.
    Spend,
}

/// What the policy weighs about one command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The command's name, as its `type` in JSON.
    pub name: &'static str,
    /// What it can do.
    pub effect: Effect,
    /// How much, where the command says so. A price limit counts as spent in full.
    pub amount: Option<Money>,
    /// To whom, where the command says so.
    pub payee: Option<PayeeKey>,
}

impl Facts {
    /// The facts of a command. An intent of a host's own is a mere change here; what the host
    /// declared about it, [`crate::policy::Policy::facts`] knows.
    ///
    /// ```
    /// use zahlwort_commerce::{Command, policy::{Effect, Facts}};
    /// assert_eq!(Facts::of(&Command::ShowCart).effect, Effect::Harmless);
    /// ```
    pub fn of(command: &Command) -> Facts {
        let descriptor = command.descriptor();
        let held = |role| command.held(descriptor.slot(role)?.name);
        let amount = match held(Role::Amount) {
            Some(Held::Money(amount)) => Some(amount),
            _ => None,
        };
        let payee = match held(Role::Payee) {
            Some(Held::Party(party)) => Some(PayeeKey::party(party)),
            Some(Held::Instrument(target)) => Some(PayeeKey::instrument(target)),
            _ => None,
        };
        Facts {
            name: descriptor.name,
            effect: descriptor.effect,
            amount,
            payee,
        }
    }
}
