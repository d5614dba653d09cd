//! What is exported, and what stands behind it.

use jiff::Timestamp;
use zahlwort_commands::{Money, Order};
use zahlwort_dialogue::gate::{Authorised, IdempotencyKey};
use zahlwort_dialogue::policy::Moment;

use crate::ExportError;

/// A command to export, with what stands behind it: an authorisation, or nothing yet.
#[derive(Clone, Copy, Debug)]
pub struct Instruction<'a> {
    command: &'a Order,
    authorisation: Option<Authorisation>,
    now: Moment,
}

/// What only an authorised command has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Authorisation {
    pub key: IdempotencyKey,
    pub amount: Option<Money>,
    pub at: Timestamp,
    pub expires_at: Timestamp,
}

impl<'a> Instruction<'a> {
    /// A command that may be carried out. It may be exported as often as it is needed, in whatever
    /// formats: the key stays the same. Send it in one of them.
    ///
    /// # Errors
    /// [`ExportError::Expired`].
    pub fn authorised(authorised: &'a Authorised, now: Moment) -> Result<Self, ExportError> {
        authorised.check(now)?;
        Ok(Self {
            command: authorised.command(),
            authorisation: Some(Authorisation {
                key: authorised.key(),
                amount: authorised.amount(),
                at: authorised.authorised_at(),
                expires_at: authorised.expires_at(),
            }),
            now,
        })
    }

    /// A command that nobody has confirmed. Every export of it says so.
    /// What answers a question, and with it every PIN, is no order and so never exported.
    pub fn unconfirmed(command: &'a Order, now: Moment) -> Self {
        Self {
            command,
            authorisation: None,
            now,
        }
    }

    /// The command.
    pub fn command(&self) -> &'a Order {
        self.command
    }

    /// The key of the authorisation, if there is one.
    pub fn key(&self) -> Option<IdempotencyKey> {
        self.authorisation.map(|authorisation| authorisation.key)
    }

    /// Whether somebody has confirmed it.
    pub fn is_authorised(&self) -> bool {
        self.authorisation.is_some()
    }

    pub(super) fn authorisation(&self) -> Option<Authorisation> {
        self.authorisation
    }

    pub(super) fn now(&self) -> Moment {
        self.now
    }

    /// The command's `type`.
    pub(super) fn name(&self) -> &'static str {
        self.command.descriptor().name
    }
}
