//! What was said: an order, or an answer to a question.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema, schema_for};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value as Json;
use zahlwort_grammar::Match;

use crate::{Answer, Order, Rejection};

/// What a sentence says: something to carry out, or an answer to a question. Both have one form in JSON, an
/// object whose `type` says which of all it is.
///
/// ```
/// use zahlwort_commands::{Answer, Command, Order};
/// let said = |json: &str| serde_json::from_str::<Command>(json);
/// assert_eq!(said(r#"{"type":"show_cart"}"#)?, Command::Order(Order::ShowCart));
/// assert_eq!(said(r#"{"type":"confirm"}"#)?, Command::Answer(Answer::Confirm));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "there is one for each utterance")]
pub enum Command {
    /// Something to carry out.
    Order(Order),
    /// What replies to a question.
    Answer(Answer),
}

impl Command {
    /// The command that a match stands for.
    ///
    /// Slots that the sentence fixes without their being said count like said ones; a said one
    /// wins. Slots that the intent does not have are ignored. An intent that the default packs do
    /// not have becomes [`Order::Custom`], so a host matches on one type whatever the grammar.
    ///
    /// # Errors
    /// A [`Rejection`] if a slot is missing, contradicts itself, holds a value that does not exist
    /// or that no payment can have, or is of the wrong type for the intent.
    pub fn from_match(found: &Match) -> Result<Command, Rejection> {
        match Answer::from_match(found)? {
            Some(answer) => Ok(answer.into()),
            None => Order::from_match(found).map(Command::Order),
        }
    }

    /// The order, if it is one.
    pub fn order(&self) -> Option<&Order> {
        match self {
            Command::Order(order) => Some(order),
            Command::Answer(_) => None,
        }
    }

    /// The answer, if it is one.
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Command::Order(_) => None,
            Command::Answer(answer) => Some(answer),
        }
    }

    /// Its `type` in JSON; of an answer that is a name, its intent.
    pub fn name(&self) -> &'static str {
        match self {
            Command::Order(order) => order.descriptor().name,
            Command::Answer(answer) => answer.name(),
        }
    }
}

impl From<Order> for Command {
    fn from(order: Order) -> Self {
        Command::Order(order)
    }
}

impl From<Answer> for Command {
    fn from(answer: Answer) -> Self {
        Command::Answer(answer)
    }
}

impl<'de> Deserialize<'de> for Command {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        // Which of both it is shows first, so that an error speaks of what is wrong with it.
        let command = if Answer::is_json(&json) {
            serde_json::from_value(json).map(Command::Answer)
        } else {
            serde_json::from_value(json).map(Command::Order)
        };
        command.map_err(D::Error::custom)
    }
}

/// The order before which the answers stand in the published schema.
const AFTER_ANSWERS: &str = "play_music";

impl JsonSchema for Command {
    fn schema_name() -> Cow<'static, str> {
        "Command".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut variants = one_of(Order::json_schema(generator));
        let is_next = |variant: &Json| variant["properties"]["type"]["const"] == AFTER_ANSWERS;
        let at = variants.iter().position(is_next).unwrap_or(variants.len());
        variants.splice(at..at, one_of(Answer::json_schema(generator)));
        json_schema!({
            "description": DESCRIPTION,
            "oneOf": variants,
        })
    }
}

const DESCRIPTION: &str = "A command. In JSON, `type` is the variant in snake case and slots that were not said are left\nout: `{\"type\":\"send_money\",\"amount\":{\"amount\":\"50.00\",\"currency\":\"EUR\"},\"recipient\":{\"name\":\"Anna Schmidt\"}}`.\n\nReading it back validates it again, so a command is valid wherever it comes from. That a\ncommand is valid does not mean that it should be carried out: an open name, a large amount or a\nlow confidence are for the host's policy to weigh.";

fn one_of(mut schema: Schema) -> Vec<Json> {
    match schema.remove("oneOf") {
        Some(Json::Array(variants)) => variants,
        _ => Vec::new(),
    }
}

/// The JSON Schema (draft 2020-12) of [`Command`].
pub fn command_schema() -> Schema {
    schema_for!(Command)
}
