//! A command that waits for an answer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zahlwort_commands::Order;

use crate::gate::IdempotencyKey;
use crate::policy::{Context, Declared, Moment};

/// What the question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    /// Yes or no.
    Confirmation,
    /// The PIN.
    Pin,
}

/// A command that waits for its confirmation. It may be saved over a restart: what it takes is
/// decided again when it is answered, and its age counts from when it was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub(super) command: Order,
    pub(super) context: Context,
    pub(super) asks: Asks,
    pub(super) key: IdempotencyKey,
    pub(super) asked_at: Timestamp,
    /// Counts the gate's questions, from 1. One saved without it cannot be answered.
    #[serde(default)]
    pub(super) number: u64,
    /// What the host had declared about the command, to read it back by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) declared: Option<Declared>,
}

impl Question {
    /// The command to read back.
    pub fn command(&self) -> &Order {
        &self.command
    }

    /// What was known around it.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// What the host declared about the command, if it is one of its own.
    pub fn declared(&self) -> Option<&Declared> {
        self.declared.as_ref()
    }

    /// What is asked for.
    pub fn asks(&self) -> Asks {
        self.asks
    }

    /// When it was asked.
    pub fn asked_at(&self) -> Timestamp {
        self.asked_at
    }

    /// The key that the authorised command will have.
    pub fn key(&self) -> IdempotencyKey {
        self.key
    }

    pub(super) fn is_open(&self, now: Moment, seconds: u32) -> bool {
        is_open(self.asked_at, now, seconds)
    }
}

/// Whether a question may still be answered. With a clock that was set back nobody can tell how
/// old it is, so it may not.
pub(crate) fn is_open(asked_at: Timestamp, now: Moment, seconds: u32) -> bool {
    now.seconds_since(asked_at)
        .is_some_and(|age| age < u64::from(seconds))
}
