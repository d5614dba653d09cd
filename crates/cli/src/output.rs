//! Writing results: line by line, so that nothing is lost when the program is interrupted.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, StdoutLock, Write};

use serde::Serialize;
use zahlwort::{Body, Language, Outcome, Reason, Report, Slot};

use crate::values::Format;

/// Why the program ends early, or does not end well.
#[derive(Debug)]
pub enum Stop {
    /// Nobody reads the output any more.
    BrokenPipe,
    /// Everything was tried, something failed, and the output says what.
    SomeFailed,
    /// Nothing more can be done.
    Failed(String),
}

impl From<zahlwort::Error> for Stop {
    fn from(error: zahlwort::Error) -> Self {
        Stop::Failed(with_option(error.kind(), error.to_string()))
    }
}

/// An error's message, with the option of this program that mends it, if there is one. The library's
/// messages name what a program calls.
pub fn with_option(kind: &str, message: String) -> String {
    let option = match kind {
        "model_not_found" => "--model DIR",
        "audio_too_long" => "--max-seconds S",
        "language_unknown" => "--lang de or --lang en",
        _ => return message,
    };
    format!("{message}; on the command line: {option}")
}

/// Standard output.
pub struct Out {
    to: StdoutLock<'static>,
}

impl Out {
    pub fn stdout() -> Self {
        Self {
            to: io::stdout().lock(),
        }
    }

    /// Writes a line, or several, and passes it on at once.
    pub fn line(&mut self, text: &str) -> Result<(), Stop> {
        writeln!(self.to, "{text}")
            .and_then(|()| self.to.flush())
            .map_err(|error| match error.kind() {
                ErrorKind::BrokenPipe => Stop::BrokenPipe,
                _ => Stop::Failed(format!(
                    "cannot write to standard output: {error}; check the disk it goes to"
                )),
            })
    }

    pub fn report(&mut self, report: &Report, format: Format) -> Result<(), Stop> {
        match format {
            Format::Json => self.line(&json(report)?),
            Format::Text => self.line(&readable(report)),
        }
    }
}

/// A value as one line of JSON.
pub fn json(value: &impl Serialize) -> Result<String, Stop> {
    serde_json::to_string(value)
        .map_err(|e| Stop::Failed(format!("cannot write the result as JSON: {e}")))
}

/// A value as indented JSON.
pub fn pretty(value: &impl Serialize) -> Result<String, Stop> {
    serde_json::to_string_pretty(value)
        .map_err(|e| Stop::Failed(format!("cannot write the result as JSON: {e}")))
}

/// A report for people.
fn readable(report: &Report) -> String {
    let mut text = report
        .file
        .as_ref()
        .map(|file| format!("{file}: "))
        .unwrap_or_default();
    match &report.body {
        Body::Failed { error } => text += &format!("ERROR {}", error.message),
        Body::Outcome(outcome) => text += &readable_outcome(outcome),
    }
    text
}

fn readable_outcome(outcome: &Outcome) -> String {
    let mut text = match outcome {
        Outcome::Understood(said) => {
            let head = (said.language, said.confidence, said.transcript.as_str());
            let mut text = sentence(&said.intent, head, &said.slots);
            for other in &said.alternatives {
                text += &format!(
                    "\n    or {} ({:.0} %): {}",
                    other.intent,
                    other.confidence * 100.0,
                    other.transcript
                );
                for (name, slot) in &other.slots {
                    let same = said.slots.get(name).is_some_and(|s| s.value == slot.value);
                    if !same {
                        text += &format!("\n        {name} = {}", plain(&slot.value));
                    }
                }
            }
            text
        }
        Outcome::Incomplete(begun) => {
            let head = (begun.language, begun.confidence, begun.transcript.as_str());
            let text = sentence(&begun.intent, head, &begun.slots);
            format!(
                "incomplete, {text}\n    missing: {}",
                begun.missing.join(", ")
            )
        }
        Outcome::Rejected(rejected) => match &rejected.reason {
            Reason::NotInGrammar => format!("rejected, not in the grammar: {}", rejected.heard),
            Reason::Uncertain { guess } => format!(
                "rejected, uncertain: perhaps “{}” ({:.0} %); heard: {}",
                guess.transcript,
                guess.confidence * 100.0,
                rejected.heard
            ),
            Reason::Invalid {
                transcript,
                message,
                ..
            } => format!("rejected, “{transcript}”: {message}"),
            other => format!("rejected, {}: {}", other.name(), rejected.heard),
        },
        Outcome::NoSpeech(_) => "no speech".to_owned(),
    };
    if let Some(timing) = outcome.timing() {
        text += &format!(
            "\n    {:.1} ms for {:.1} s",
            timing.total_ms,
            f64::from(timing.audio_ms) / 1e3
        );
    }
    text
}

/// Intent, language, confidence and words, and a line for each slot.
fn sentence(
    intent: &str,
    (language, confidence, transcript): (Language, f32, &str),
    slots: &BTreeMap<String, Slot>,
) -> String {
    let mut text = format!(
        "{intent} ({language}, {:.0} %): {transcript}",
        confidence * 100.0
    );
    for (name, slot) in slots {
        text += &format!("\n    {name} = {}", plain(&slot.value));
        if slot.open == Some(true) {
            text += " (heard freely, in no list)";
        }
        if let (Some(start), Some(end)) = (slot.start_ms, slot.end_ms) {
            text += &format!(
                "  [{:.2}–{:.2} s]",
                f64::from(start) / 1e3,
                f64::from(end) / 1e3
            );
        }
    }
    text
}

/// A slot's value without quotes and braces, where it is simple.
fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Object(map) => {
            match (map.get("amount"), map.get("currency").or(map.get("unit"))) {
                (Some(amount), Some(of)) => format!("{} {}", plain(amount), plain(of)),
                _ => value.to_string(),
            }
        }
        other => other.to_string(),
    }
}
