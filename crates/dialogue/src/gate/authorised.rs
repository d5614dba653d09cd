//! A command that may be carried out.

use jiff::Timestamp;
use serde::Serialize;
use zahlwort_commands::{Money, Order};

use crate::gate::IdempotencyKey;
use crate::policy::Moment;

/// A command that may be carried out, once and soon. Only a [`crate::gate::Gate`] makes one: it can
/// be neither built, cloned nor read from a file. A host that takes `Authorised` where it moves
/// money cannot move any without the policy's consent.
///
/// ```compile_fail,E0451
/// # use zahlwort_commands::Order;
/// # use zahlwort_dialogue::gate::Authorised;
/// let forged = Authorised { command: Order::ShowCart };
/// ```
#[derive(Debug, PartialEq, Serialize)]
#[must_use = "an authorised command is only counted, not carried out, until the host does"]
pub struct Authorised {
    command: Order,
    amount: Option<Money>,
    key: IdempotencyKey,
    at: Timestamp,
    seconds: u32,
}

/// It came too late, or the clock was set back. It must be asked for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the authorisation has expired; ask the speaker again")]
pub struct Expired;

impl Authorised {
    pub(super) fn new(
        command: Order,
        amount: Option<Money>,
        key: IdempotencyKey,
        now: Moment,
        seconds: u32,
    ) -> Self {
        Self {
            command,
            amount,
            key,
            at: now.at,
            seconds,
        }
    }

    /// The command, to look at.
    pub fn command(&self) -> &Order {
        &self.command
    }

    /// What it may cost at most, as it was counted towards the limits: what the command says, else
    /// what the host said that it would cost. `None` if nobody knew, or if it spends nothing.
    pub fn amount(&self) -> Option<Money> {
        self.amount
    }

    /// The key to send along.
    pub fn key(&self) -> IdempotencyKey {
        self.key
    }

    /// When it was authorised.
    pub fn authorised_at(&self) -> Timestamp {
        self.at
    }

    /// The first instant at which it may no longer be carried out.
    pub fn expires_at(&self) -> Timestamp {
        self.at
            .checked_add(jiff::SignedDuration::from_secs(i64::from(self.seconds)))
            .unwrap_or(self.at)
    }

    /// Takes the command and its key out, to carry it out now.
    ///
    /// # Errors
    /// If it has expired. It still counts towards the limits, since nobody can tell what a host
    /// did with it before.
    pub fn redeem(self, now: Moment) -> Result<(Order, IdempotencyKey), Expired> {
        self.check(now)?;
        Ok((self.command, self.key))
    }

    /// Whether it may still be carried out.
    ///
    /// # Errors
    /// If it has expired.
    pub fn check(&self, now: Moment) -> Result<(), Expired> {
        match now.seconds_since(self.at) {
            Some(age) if age < u64::from(self.seconds) => Ok(()),
            _ => Err(Expired),
        }
    }
}
