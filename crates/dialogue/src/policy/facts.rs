//! What the policy weighs about a command.

use zahlwort_commands::{Effect, Held, Money, Order, Role};

use crate::policy::PayeeKey;

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
    /// use zahlwort_commands::{Order, Effect};
    /// use zahlwort_dialogue::policy::Facts;
    /// assert_eq!(Facts::of(&Order::ShowCart).effect, Effect::Harmless);
    /// ```
    pub fn of(command: &Order) -> Facts {
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
