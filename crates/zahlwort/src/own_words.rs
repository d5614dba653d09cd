//! What people say in their own words: the learned reading, beside the grammar.

use std::collections::BTreeMap;
use std::path::Path;

use zahlwort_commands::catalog::words_of;
use zahlwort_commands::{marked_objection, marked_readings};
#[cfg(feature = "speech")]
use zahlwort_commands::{marked_options, marked_sentences};
#[cfg(feature = "speech")]
use zahlwort_grammar::SlotMatch;
use zahlwort_grammar::source::{Grammar, List};
use zahlwort_grammar::{Automaton, Language, Match, MatchOptions, Objection};
#[cfg(feature = "speech")]
use zahlwort_reading::Span;
use zahlwort_reading::{Marked, Reader, Vocabulary};

#[cfg(feature = "speech")]
use crate::ReadBy;
use crate::{Error, Guess, Reason};

/// What reads a text: the grammar, which knows each of its sentences exactly, the learned reading, which knows
/// many others roughly, or the grammar first and the learned reading where that is at a loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadWith {
    /// Only sentences of the grammar.
    Grammar,
    /// Only the learned reading.
    Learned,
    /// The grammar, and where it reads nothing, the learned reading.
    #[default]
    Both,
}

/// The confidence from which a learned reading counts.
pub(crate) const SURE: f32 = 0.7;
/// Below it it is not worth asking whether that was meant.
const LEAST: f32 = 0.1;

/// What reads: whether the grammar does, and the learned reading, if it is wanted and there.
#[derive(Debug)]
pub(crate) struct OwnWords {
    pub(crate) grammar: bool,
    pub(crate) reader: Option<Reader>,
}

impl OwnWords {
    pub(crate) fn new(with: ReadWith, reader: Option<Reader>) -> Self {
        Self {
            grammar: with != ReadWith::Learned,
            reader,
        }
    }

    /// The words of the names of each grammar; of none where nobody asks for them.
    pub(crate) fn vocabularies(
        &self,
        grammars: &[Grammar],
        lists: &[BTreeMap<String, List>],
    ) -> Vec<Vocabulary> {
        let wanted = grammars.iter().zip(lists).filter(|_| self.reader.is_some());
        wanted
            .map(|(grammar, lists)| vocabulary(lists, grammar))
            .collect()
    }
}

/// A text that has been marked.
pub(crate) struct Marking<'a> {
    pub(crate) automaton: &'a Automaton,
    pub(crate) marked: Marked,
    /// What marked it.
    #[cfg(feature = "speech")]
    pub(crate) read_by: ReadBy,
    /// What it means as far as the text goes; empty where a span holds nothing that may stand there.
    pub(crate) readings: Vec<Match>,
    /// What its values are resolved against; `None` where its currency is not certain.
    #[cfg(feature = "speech")]
    pub(crate) options: Option<MatchOptions>,
}

impl Marking<'_> {
    pub(crate) fn language(&self) -> Language {
        self.automaton.language()
    }

    /// What it is compared by with the reading in another language: one that finds values for all slots goes before.
    pub(crate) fn weight(&self) -> f32 {
        let found = if self.readings.is_empty() { 0.0 } else { 1.0 };
        self.marked.probability + found
    }

    /// Whether it is not worth following up.
    #[cfg(feature = "speech")]
    pub(crate) fn is_unlikely(&self) -> bool {
        self.marked.confidence < LEAST
    }

    /// What speaks against it though it looks like an order about money.
    pub(crate) fn objection(&self, text: &str) -> Option<Reason> {
        let objection = marked_objection(self.automaton, text, &self.marked)?;
        Some(match objection {
            Objection::Negated => Reason::Negated,
            Objection::Several => Reason::Several,
        })
    }

    /// What may have been meant.
    pub(crate) fn guess(&self, text: &str) -> Reason {
        if self.marked.confidence < LEAST {
            return Reason::NotInGrammar;
        }
        Reason::Uncertain {
            guess: Guess {
                intent: self.marked.intent.clone(),
                transcript: text.to_owned(),
                confidence: self.marked.confidence,
            },
        }
    }

    /// Whether its best reading means the same.
    #[cfg(feature = "speech")]
    pub(crate) fn means(&self, other: &Match) -> bool {
        let best = self.readings.first();
        best.is_some_and(|best| best.means_the_same(other))
    }
}

/// Texts that were marked alike, as sentences to be listened for; `None` where they cannot be any.
#[cfg(feature = "speech")]
pub(crate) fn sentences(
    marked: &[(&str, &Marking<'_>)],
    options: &MatchOptions,
) -> Option<Automaton> {
    let (_, first) = marked.first()?;
    let alike = marked
        .iter()
        .map(|(text, marking)| (*text, &marking.marked));
    marked_sentences(first.automaton, &first.marked.intent, alike, options).ok()?
}

/// The learned reading of a model's directory.
pub(crate) fn load(directory: &Path) -> Result<Reader, Error> {
    find(directory)?.ok_or_else(|| Error::NoReading {
        directory: directory.to_owned(),
    })
}

/// The learned reading of a model's directory, if it has one.
pub(crate) fn find(directory: &Path) -> Result<Option<Reader>, Error> {
    Reader::load(directory).map_err(|error| Error::Reading(Box::new(error)))
}

/// The words of the names that a grammar and a catalog have.
fn vocabulary(lists: &BTreeMap<String, List>, grammar: &Grammar) -> Vocabulary {
    let own = grammar
        .lists
        .iter()
        .filter(|(name, _)| !lists.contains_key(*name));
    let all: Vec<(&str, Vec<String>)> = lists
        .iter()
        .chain(own)
        .map(|(name, list)| (name.as_str(), words_of(list)))
        .collect();
    Vocabulary::new(
        all.iter()
            .flat_map(|(name, said)| said.iter().map(move |said| (*name, said.as_str()))),
    )
}

/// The best reading of a text that a grammar can have: of its intents, with the slots that its sentences fill.
pub(crate) fn mark<'a>(
    reader: &Reader,
    text: &str,
    automaton: &'a Automaton,
    vocabulary: &Vocabulary,
    options: &MatchOptions,
) -> Option<Marking<'a>> {
    let found = reader.read(text, Some(automaton.language().code()), vocabulary);
    let marked = found.readings.into_iter().next()?;
    if !automaton.intents().any(|intent| intent == marked.intent) {
        return None;
    }
    let readings = marked_readings(automaton, text, &marked, options);
    #[cfg(feature = "speech")]
    let options = marked_options(automaton, text, &marked, options);
    Some(Marking {
        automaton,
        marked,
        #[cfg(feature = "speech")]
        read_by: ReadBy::Learned,
        readings,
        #[cfg(feature = "speech")]
        options,
    })
}

/// A sentence of the grammar with words between its own that it does not know, as if it had been marked; nothing where
/// the text is a sentence of the grammar without them.
#[cfg(feature = "speech")]
pub(crate) fn mark_unknown<'a>(
    text: &str,
    automaton: &'a Automaton,
    options: &MatchOptions,
) -> Option<Marking<'a>> {
    let strict = MatchOptions {
        unknown_words: 0,
        ..options.clone()
    };
    if options.unknown_words == 0 || !automaton.parse(text, &strict).is_empty() {
        return None;
    }
    let readings = automaton.parse(text, options);
    let found = readings.first()?;
    let span = |slot: &SlotMatch| Span {
        slot: slot.name.clone(),
        range: slot.span.clone(),
        confidence: found.score,
    };
    let marked = Marked {
        intent: found.intent.clone(),
        spans: found.slots.iter().map(span).collect(),
        taken_back: Vec::new(),
        probability: found.score,
        confidence: found.score,
    };
    Some(Marking {
        automaton,
        marked,
        read_by: ReadBy::Grammar,
        readings,
        options: Some(strict),
    })
}
