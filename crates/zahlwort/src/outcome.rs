//! What an utterance came to: a command, a part of one, or the reason why there is none.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use zahlwort_commands::{Answer, Command, Draft, Order, ReadBy, Rejection};
use zahlwort_grammar::Language;

/// What an utterance came to. Only [`Outcome::Understood`] holds a command, so that nobody can pay
/// what was not understood.
///
/// In JSON, `status` says which it is; [`crate::schema`] is the JSON Schema.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Outcome {
    /// A command was said.
    Understood(Box<Understood>),
    /// An order was begun, and something is missing from it: to be asked for.
    Incomplete(Box<Incomplete>),
    /// Something was said that is no command, or not surely one.
    Rejected(Box<Rejected>),
    /// Nobody spoke.
    NoSpeech(NoSpeech),
}

impl Outcome {
    /// What was understood, if anything was.
    pub fn understood(&self) -> Option<&Understood> {
        match self {
            Outcome::Understood(understood) => Some(understood),
            _ => None,
        }
    }

    /// The command, if one was understood: an order or an answer.
    pub fn command(&self) -> Option<&Command> {
        self.understood().map(|u| &u.command)
    }

    /// The order, if one was understood: something to carry out.
    pub fn order(&self) -> Option<&Order> {
        self.command().and_then(Command::order)
    }

    /// The answer to a question, if one was understood.
    pub fn answer(&self) -> Option<&Answer> {
        self.command().and_then(Command::answer)
    }

    /// Where the time went; `None` for text.
    pub fn timing(&self) -> Option<&Timing> {
        match self {
            Outcome::Understood(u) => u.timing.as_ref(),
            Outcome::Incomplete(i) => i.timing.as_ref(),
            Outcome::Rejected(r) => r.timing.as_ref(),
            Outcome::NoSpeech(n) => n.timing.as_ref(),
        }
    }

    #[cfg(feature = "speech")]
    pub(crate) fn timing_mut(&mut self) -> &mut Option<Timing> {
        match self {
            Outcome::Understood(u) => &mut u.timing,
            Outcome::Incomplete(i) => &mut i.timing,
            Outcome::Rejected(r) => &mut r.timing,
            Outcome::NoSpeech(n) => &mut n.timing,
        }
    }

    /// `understood`, `incomplete`, `rejected` or `no_speech`, as in JSON.
    pub fn status(&self) -> &'static str {
        match self {
            Outcome::Understood(_) => "understood",
            Outcome::Incomplete(_) => "incomplete",
            Outcome::Rejected(_) => "rejected",
            Outcome::NoSpeech(_) => "no_speech",
        }
    }
}

/// A command and how it was said.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Understood {
    /// The intent's name, such as `SendMoney`.
    pub intent: String,
    /// The probability that this is what was said, 0 … 1; for text, how well it fits the grammar. Commands that
    /// the same words may mean divide it among them.
    #[serde(serialize_with = "thousandths")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub confidence: f32,
    /// The language it was said in.
    #[schemars(with = "LanguageCode")]
    pub language: Language,
    /// What read it.
    pub reading: ReadBy,
    /// The sentence of the grammar that was heard, or the text that was given.
    pub transcript: String,
    /// The slots by name. Of a slot that was said more than once this is the first.
    pub slots: BTreeMap<String, Slot>,
    /// The typed, validated command.
    pub command: Command,
    /// Other commands that it may have been, the likeliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
    /// Where the time went; left out for text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timing: Option<Timing>,
}

/// An order of which a slot that it needs was not said. It has no command, so nobody can carry it out.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Incomplete {
    /// The intent's name, such as `CreateStandingOrder`.
    pub intent: String,
    /// As [`Understood::confidence`].
    #[serde(serialize_with = "thousandths")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub confidence: f32,
    /// The language it was said in.
    #[schemars(with = "LanguageCode")]
    pub language: Language,
    /// What read it.
    pub reading: ReadBy,
    /// The sentence of the grammar that was heard, or the text that was given.
    pub transcript: String,
    /// The slots that were said, by name.
    pub slots: BTreeMap<String, Slot>,
    /// The slots that are missing, in the order in which they are best asked for.
    pub missing: Vec<String>,
    /// What was said so far, typed, for a dialogue to complete; left out of the JSON, where the slots have it.
    #[serde(skip)]
    pub draft: Draft,
    /// Where the time went; left out for text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timing: Option<Timing>,
}

/// What fills a slot.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Slot {
    /// The words that fill it; left out if the sentence sets the slot without its being said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The typed value; for a name of a list, the name as the list writes it. Never a float:
    /// amounts are decimal strings.
    pub value: serde_json::Value,
    /// The host's identifier for a name of a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Names only: true if the words were heard freely and no list vouches for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// When its first word begins, in milliseconds of the original audio; left out for text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_ms: Option<u32>,
    /// When its last word ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_ms: Option<u32>,
    /// The least certain of its words, 0 … 1; for text, how well it is spelled. Left out if the
    /// slot was not said.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "optional_thousandths"
    )]
    pub confidence: Option<f32>,
}

/// Another command that was possibly meant.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Alternative {
    /// The intent's name.
    pub intent: String,
    /// The sentence.
    pub transcript: String,
    /// As [`Understood::confidence`].
    #[serde(serialize_with = "thousandths")]
    pub confidence: f32,
    /// The slots by name, without times; left out of the JSON, where the command has their values.
    #[serde(skip)]
    pub slots: BTreeMap<String, Slot>,
    /// The command.
    pub command: Command,
}

/// Speech, or text, that did not become a command.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Rejected {
    /// Why.
    #[serde(flatten)]
    pub reason: Reason,
    /// What was heard when no grammar binds the transcription; the text itself where text was
    /// given. For people to read, not to act on.
    pub heard: String,
    /// Where the time went; left out for text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timing: Option<Timing>,
}

/// Why there is no command.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "reason", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// What was said is no sentence of the grammar.
    NotInGrammar,
    /// It is an order that was negated or taken back: "überweise Anna nicht 50 Euro".
    Negated,
    /// It asks for several things at once: two payees, two amounts, two orders.
    Several,
    /// A sentence of the grammar may have been said, but not surely enough.
    Uncertain {
        /// The sentence, to ask whether it was meant.
        guess: Guess,
    },
    /// A sentence of the grammar was said, but what it asks for cannot be: no money, a day that
    /// does not exist, a wrong IBAN.
    Invalid {
        /// The intent's name.
        intent: String,
        /// The sentence.
        transcript: String,
        /// What is wrong, for programs.
        problem: Rejection,
        /// What is wrong, in words.
        message: String,
    },
}

impl Reason {
    /// `not_in_grammar`, `negated`, `several`, `uncertain` or `invalid`, as in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Reason::NotInGrammar => "not_in_grammar",
            Reason::Negated => "negated",
            Reason::Several => "several",
            Reason::Uncertain { .. } => "uncertain",
            Reason::Invalid { .. } => "invalid",
        }
    }
}

/// A sentence that was possibly said. It deliberately has no command.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Guess {
    /// The intent's name.
    pub intent: String,
    /// The sentence.
    pub transcript: String,
    /// As [`Understood::confidence`].
    #[serde(serialize_with = "thousandths")]
    pub confidence: f32,
}

/// An utterance without speech.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct NoSpeech {
    /// Where the time went; left out for text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timing: Option<Timing>,
}

/// Wall-clock milliseconds of each stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Timing {
    /// Length of the audio as it came in.
    pub audio_ms: u32,
    /// Log-mel features.
    #[serde(serialize_with = "tenths")]
    pub features_ms: f32,
    /// Encoder.
    #[serde(serialize_with = "tenths")]
    pub encoder_ms: f32,
    /// Search through the grammar.
    #[serde(serialize_with = "tenths")]
    pub decoder_ms: f32,
    /// All of it, from samples to command, with resampling and finding the speech.
    #[serde(serialize_with = "tenths")]
    pub total_ms: f32,
}

/// ISO 639-1.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
#[allow(
    dead_code,
    reason = "describes the grammar crate's language, which knows nothing of JSON Schema"
)]
pub(crate) enum LanguageCode {
    De,
    En,
}

fn tenths<S: Serializer>(value: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f32((value * 10.0).round() / 10.0)
}

fn thousandths<S: Serializer>(value: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f32((value * 1000.0).round() / 1000.0)
}

fn optional_thousandths<S: Serializer>(
    value: &Option<f32>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => thousandths(value, serializer),
        None => serializer.serialize_none(),
    }
}
