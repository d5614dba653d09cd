//! This library's own JSON: the command and what stands behind it.

use jiff::Timestamp;
use schemars::{JsonSchema, Schema, schema_for};
use serde::{Deserialize, Serialize};
use zahlwort_commands::{Command, Money, Order};
use zahlwort_dialogue::gate::IdempotencyKey;

use crate::Instruction;

/// The version of [`Envelope`]: it changes when a consumer has to. Fields may be added to a version.
pub const ENVELOPE_VERSION: u32 = 1;

/// A command as it is handed over:
/// `{"status":"authorised","version":1,"command":{…},"idempotency_key":"…","expires_at":"…",…}`.
///
/// Reading one back validates the command. It does not make it an authorised one: whoever receives it must know
/// the sender, since the text itself proves nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Envelope {
    /// It may be carried out, once and before it expires.
    Authorised {
        /// [`ENVELOPE_VERSION`].
        version: u32,
        /// What to carry out.
        #[schemars(with = "Command")]
        command: Order,
        /// Carry out only one command of each key.
        #[schemars(with = "String", regex(pattern = "^[0-9a-f]{32}$"))]
        idempotency_key: IdempotencyKey,
        /// What it may cost at most; left out if nobody knew, or if it spends nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<Money>,
        /// When it was authorised.
        #[schemars(with = "String", extend("format" = "date-time"))]
        authorised_at: Timestamp,
        /// The first instant at which it may no longer be carried out.
        #[schemars(with = "String", extend("format" = "date-time"))]
        expires_at: Timestamp,
    },
    /// Nobody has confirmed it: do not carry it out.
    Unconfirmed {
        /// [`ENVELOPE_VERSION`].
        version: u32,
        /// What was understood.
        #[schemars(with = "Command")]
        command: Order,
    },
}

/// The envelope of an instruction. Every command has one.
pub fn envelope(instruction: &Instruction<'_>) -> Envelope {
    let version = ENVELOPE_VERSION;
    let command = instruction.command().clone();
    match instruction.authorisation() {
        Some(by) => Envelope::Authorised {
            version,
            command,
            idempotency_key: by.key,
            amount: by.amount,
            authorised_at: by.at,
            expires_at: by.expires_at,
        },
        None => Envelope::Unconfirmed { version, command },
    }
}

/// The JSON Schema (draft 2020-12) of [`Envelope`].
pub fn schema() -> Schema {
    let mut schema = schema_for!(Envelope);
    schema.insert(
        "$id".to_owned(),
        format!("urn:zahlwort:export:{ENVELOPE_VERSION}").into(),
    );
    schema
}
