//! One line of output, and the published schema of it.

use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;

#[cfg(feature = "speech")]
use crate::Event;
use crate::{Error, Outcome};

/// The version of the output format: it changes when a consumer has to. Fields may be added to a
/// version, so consumers ignore the ones they do not know.
pub const SCHEMA_VERSION: u32 = 2;

/// One line of `zahlwort recognize` and `zahlwort parse`: what became of one file or text.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Report {
    /// The file, as it was named; left out for text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// What became of it.
    #[serde(flatten)]
    pub body: Body,
}

/// What became of a file or text.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Body {
    /// It was processed.
    Outcome(Outcome),
    /// It could not be processed.
    Failed {
        /// Why.
        error: Failure,
    },
}

/// Why a file could not be processed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Failure {
    /// A short stable name, such as `truncated_audio`.
    pub kind: String,
    /// What is wrong and what to do about it.
    pub message: String,
}

impl Report {
    /// The report for a result; `file` as the caller named it.
    pub fn new(file: Option<String>, result: Result<Outcome, Error>) -> Self {
        let body = match result {
            Ok(outcome) => Body::Outcome(outcome),
            Err(error) => Body::Failed {
                error: Failure {
                    kind: error.kind().to_owned(),
                    message: error.to_string(),
                },
            },
        };
        Self { file, body }
    }
}

/// What a line of output is.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(
    dead_code,
    reason = "describes lines of output, which are written one kind at a time"
)]
enum Line {
    /// A line of `zahlwort recognize` and `zahlwort parse`.
    Report(Report),
    /// A line of `zahlwort listen`.
    #[cfg(feature = "speech")]
    Event(Event),
}

/// The JSON Schema (draft 2020-12) of a line of output: a [`Report`] or an [`Event`](crate::Event), with the
/// [`Outcome`] and the command in it.
/// Its `$id` and `version` carry [`SCHEMA_VERSION`].
pub fn schema() -> Schema {
    let mut schema = schema_for!(Line);
    schema.insert(
        "$id".to_owned(),
        format!("urn:zahlwort:report:{SCHEMA_VERSION}").into(),
    );
    schema.insert("version".to_owned(), SCHEMA_VERSION.into());
    schema
}
