//! What a text means to what the caller sees of it.

use std::collections::BTreeMap;

use zahlwort_commands::{Command, Draft, Meaning, Reading, Rejection, value_json};
use zahlwort_grammar::{Language, Match, SlotMatch, Value};

use crate::{Alternative, Incomplete, Outcome, ReadBy, Reason, Slot, Understood};

/// Other commands less likely than this are not told of.
const LEAST: f32 = 0.001;

/// A text with all its readings.
pub(crate) struct Text<'a> {
    pub(crate) text: &'a str,
    pub(crate) readings: &'a [Match],
    /// The language of each reading.
    pub(crate) languages: &'a [Language],
    /// The probability that this is the text.
    pub(crate) confidence: f32,
    /// What made the readings.
    pub(crate) read_by: ReadBy,
}

impl<'a> Text<'a> {
    /// What the text comes to, and the reading that this is; or why it is no command. `None`: it has no readings.
    pub(crate) fn outcome(&self) -> Option<Result<(Outcome, &'a Match), Reason>> {
        Some(match Meaning::of(self.readings)? {
            Meaning::Commands(commands) => Ok(self.understood(commands)?),
            Meaning::Incomplete(drafts) => Ok(self.incomplete(drafts)?),
            Meaning::Invalid { at, rejection } => {
                Err(invalid(self.readings.get(at)?, self.text, rejection))
            }
        })
    }

    /// All commands that the text may mean.
    #[cfg(feature = "speech")]
    pub(crate) fn alternatives(&self) -> Vec<Alternative> {
        match Meaning::of(self.readings) {
            Some(Meaning::Commands(commands)) => commands
                .into_iter()
                .filter_map(|command| self.alternative(command))
                .collect(),
            _ => Vec::new(),
        }
    }

    fn understood(&self, commands: Vec<Reading<Command>>) -> Option<(Outcome, &'a Match)> {
        let mut commands = commands.into_iter();
        let first = commands.next()?;
        let found = self.readings.get(first.at)?;
        let understood = Understood {
            intent: found.intent.clone(),
            confidence: self.confidence_of(found, first.share),
            language: *self.languages.get(first.at)?,
            reading: self.read_by,
            transcript: self.text.to_owned(),
            slots: slots(found),
            command: first.meaning,
            alternatives: commands
                .filter_map(|command| self.alternative(command))
                .filter(|other| other.confidence >= LEAST)
                .collect(),
            timing: None,
        };
        Some((Outcome::Understood(Box::new(understood)), found))
    }

    fn incomplete(&self, drafts: Vec<Reading<Draft>>) -> Option<(Outcome, &'a Match)> {
        let (first, others) = drafts.split_first()?;
        let found = self.readings.get(first.at)?;
        // Of two people of one name it is one or the other; which is asked once all else is known.
        let namesakes: Vec<&Reading<Draft>> = others
            .iter()
            .filter(|other| {
                let theirs = self.readings.get(other.at);
                theirs.is_some_and(|theirs| found.is_namesake(theirs))
            })
            .collect();
        let share = namesakes.iter().fold(first.share, |sum, n| sum + n.share);
        let draft = namesakes
            .iter()
            .fold(first.meaning.clone(), |draft, other| {
                draft.or(&other.meaning)
            });
        let incomplete = Incomplete {
            intent: found.intent.clone(),
            confidence: self.confidence_of(found, share),
            language: *self.languages.get(first.at)?,
            reading: self.read_by,
            transcript: self.text.to_owned(),
            slots: slots(found),
            missing: draft.missing().iter().map(|m| m.slot().into()).collect(),
            draft,
            timing: None,
        };
        Some((Outcome::Incomplete(Box::new(incomplete)), found))
    }

    fn alternative(&self, command: Reading<Command>) -> Option<Alternative> {
        let found = self.readings.get(command.at)?;
        Some(Alternative {
            intent: found.intent.clone(),
            transcript: self.text.to_owned(),
            confidence: self.confidence_of(found, command.share),
            slots: slots(found),
            command: command.meaning,
        })
    }

    fn confidence_of(&self, found: &Match, share: f32) -> f32 {
        self.confidence * found.score * share
    }
}

pub(crate) fn slots(found: &Match) -> BTreeMap<String, Slot> {
    let mut slots: BTreeMap<String, Slot> = BTreeMap::new();
    for said in &found.slots {
        // Had it no value, there would be no command.
        if let Ok(value) = &said.value {
            slots
                .entry(said.name.clone())
                .or_insert_with(|| slot(said, value));
        }
    }
    for (name, value) in &found.fixed {
        let unsaid = Slot {
            text: None,
            value: value.clone(),
            id: None,
            open: None,
            start_ms: None,
            end_ms: None,
            confidence: None,
        };
        slots.entry(name.clone()).or_insert(unsaid);
    }
    slots
}

fn slot(said: &SlotMatch, value: &Value) -> Slot {
    let (id, open) = match value {
        Value::Name(name) => (name.id.clone(), Some(said.open)),
        Value::Text(_) => (None, Some(said.open)),
        _ => (None, None),
    };
    Slot {
        text: Some(said.text.clone()),
        value: value_json(value),
        id,
        open,
        start_ms: None,
        end_ms: None,
        confidence: Some(said.score),
    }
}

/// The reason why a sentence of the grammar is no command.
fn invalid(found: &Match, text: &str, problem: Rejection) -> Reason {
    Reason::Invalid {
        intent: found.intent.clone(),
        transcript: text.to_owned(),
        message: problem.to_string(),
        problem,
    }
}
