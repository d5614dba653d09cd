//! Texts to outcomes: the half of an engine that needs no model.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::civil::Date;
use zahlwort_commerce::Catalog;
use zahlwort_commerce::catalog::{changing_with, complete};
use zahlwort_commerce::dialogue::{Expectation, narrowed};
use zahlwort_grammar::source::List;
use zahlwort_grammar::{Automaton, Grammar, Language, Match, MatchOptions, ValueContext};

use crate::grammars::Compiled;
use crate::understand::{add_alternatives, alternative, parsed, understood};
use crate::{Error, Outcome, Reason, Rejected};

/// Reads texts against compiled grammars. It can be shared between threads; lists and context may
/// be replaced while others read, who go on with what they began with.
#[derive(Debug)]
pub struct Interpreter {
    current: RwLock<Arc<Grammars>>,
    /// Held by whoever replaces `current`, so that compiling a list keeps no reader waiting.
    writer: Mutex<()>,
    pub(crate) today: Option<Date>,
    pub(crate) currency: iso_currency::Currency,
}

/// The grammars at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Grammars {
    pub(crate) automata: Vec<Automaton>,
    context: BTreeMap<String, serde_json::Value>,
    /// What the automata were compiled from, to compile narrower ones.
    sources: Arc<Vec<Grammar>>,
    lists: Vec<BTreeMap<String, List>>,
    /// Each expectation's grammars, compiled when it is first listened for; a change of names or
    /// context begins anew.
    narrowed: Arc<Mutex<BTreeMap<Expectation, Arc<Grammars>>>>,
}

impl Interpreter {
    pub(crate) fn new(
        compiled: Compiled,
        context: BTreeMap<String, serde_json::Value>,
        today: Option<Date>,
        currency: iso_currency::Currency,
    ) -> Self {
        let current = RwLock::new(Arc::new(Grammars {
            automata: compiled.automata,
            context,
            sources: Arc::new(compiled.sources),
            lists: compiled.lists,
            narrowed: Arc::default(),
        }));
        Self {
            current,
            writer: Mutex::new(()),
            today,
            currency,
        }
    }

    /// What a text means: the same outcome as if it had been said. Case, punctuation, numbers in
    /// digits and small misspellings of names are understood; a misspelling lowers the confidence.
    /// Where several languages are possible, the one in which the text fits better counts.
    ///
    /// ```
    /// use zahlwort::{Command, Engine};
    /// let interpreter = Engine::builder().interpreter()?;
    /// let outcome = interpreter.parse("Überweise 50 € an Anna");
    /// let Some(Command::SendMoney { amount, .. }) = outcome.command() else { panic!("{outcome:?}") };
    /// assert_eq!(amount.to_string(), "50.00 EUR");
    /// # Ok::<(), zahlwort::Error>(())
    /// ```
    pub fn parse(&self, text: &str) -> Outcome {
        self.parse_in(text, &self.grammars())
    }

    /// As [`Interpreter::parse`], where only what is expected counts: the answers to a question,
    /// and cancelling, repeating and help. [`Expectation::default`] stands for no question: all
    /// commands, complete or to be asked about, and no answers.
    ///
    /// ```
    /// use zahlwort::{Engine, commerce::dialogue::{Ask, Expectation, Missing}};
    /// let interpreter = Engine::builder().interpreter()?;
    /// let who = Expectation::of(&Ask::Slot(Missing::Recipient));
    /// let outcome = interpreter.parse_expecting("an Anna", &who)?;
    /// assert_eq!(outcome.understood().map(|u| u.intent.as_str()), Some("NameContact"));
    /// assert!(interpreter.parse_expecting("überweise Anna fünfzig Euro", &who)?.command().is_none());
    /// # Ok::<(), zahlwort::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the grammar of answers cannot be compiled with the engine's own.
    pub fn parse_expecting(&self, text: &str, expected: &Expectation) -> Result<Outcome, Error> {
        Ok(self.parse_in(text, &*self.expecting(expected)?))
    }

    /// The grammars for an expectation: compiled once, then kept.
    pub(crate) fn expecting(&self, expected: &Expectation) -> Result<Arc<Grammars>, Error> {
        let all = self.grammars();
        let mut kept = all.narrowed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.get(expected) {
            return Ok(Arc::clone(known));
        }
        let mut automata = Vec::new();
        for (source, lists) in all.sources.iter().zip(&all.lists) {
            let grammar = narrowed(source.clone(), expected)?;
            if grammar.intents.is_empty() {
                continue;
            }
            let compiled = Automaton::compile(&grammar, lists);
            automata.push(compiled.map_err(|source| Error::Compile {
                name: format!("answers ({})", grammar.language),
                source,
            })?);
        }
        let next = Arc::new(Grammars {
            automata,
            narrowed: Arc::default(),
            ..Grammars::clone(&all)
        });
        kept.insert(*expected, Arc::clone(&next));
        Ok(next)
    }

    fn parse_in(&self, text: &str, grammars: &Grammars) -> Outcome {
        let options = self.options(grammars, true);
        let mut found: Vec<(Match, Language)> = Vec::new();
        for automaton in &grammars.automata {
            found.extend(
                automaton
                    .parse(text, &options)
                    .into_iter()
                    .map(|m| (m, automaton.language())),
            );
        }
        // Stable, so that the readings of a language stay in the matcher's order.
        found.sort_by_key(|(reading, _)| reading_order(reading));
        let mut readings = found.into_iter();
        let Some((best, language)) = readings.next() else {
            return rejected(Reason::NotInGrammar, text);
        };
        match understood(&best, language, text) {
            Ok(mut first) => {
                let (namesakes, others): (Vec<_>, Vec<_>) = readings
                    .map(|(reading, _)| reading)
                    .partition(|reading| best.is_namesake(reading));
                let others = others.iter().filter_map(|m| alternative(m, text, m.score));
                add_alternatives(&mut first, namesakes.iter(), others);
                Outcome::Understood(Box::new(first))
            }
            Err(problem) => rejected(parsed(&best, text, problem), text),
        }
    }

    /// Replaces the entries of a list, such as `contacts`, in every language, without compiling
    /// anything else again. Readers see either the old or the new list.
    ///
    /// # Errors
    /// If no sentence uses the list, or it cannot be compiled; then nothing has changed.
    pub fn set_list(&self, name: &str, list: &List) -> Result<(), Error> {
        self.set_lists([(name, list)], true)
    }

    /// Replaces every list of the catalog that a sentence uses.
    ///
    /// # Errors
    /// If a list cannot be compiled; then nothing has changed.
    pub fn set_catalog(&self, catalog: &Catalog) -> Result<(), Error> {
        let lists = catalog.lists();
        self.set_lists(
            lists.iter().map(|(name, list)| (name.as_str(), list)),
            false,
        )
    }

    /// Replaces the context that sentences may require or exclude.
    pub fn set_context(&self, context: BTreeMap<String, serde_json::Value>) {
        let _writing = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = Grammars::clone(&self.grammars());
        next.context = context;
        next.narrowed = Arc::default();
        self.replace(next);
    }

    /// The compiled grammars as they are now, one for each language: to draw sentences from, or to
    /// look at their size.
    pub fn automata(&self) -> Vec<Automaton> {
        self.grammars().automata.clone()
    }

    fn set_lists<'a>(
        &self,
        lists: impl IntoIterator<Item = (&'a str, &'a List)>,
        must_be_used: bool,
    ) -> Result<(), Error> {
        let _writing = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = Grammars::clone(&self.grammars());
        next.narrowed = Arc::default();
        let lists: Vec<(&str, &List)> = lists.into_iter().collect();
        // With what follows from them, each once.
        let changing = lists.iter().flat_map(|(name, _)| changing_with(name));
        let changing: BTreeSet<&str> = changing.collect();
        let mut used = false;
        let grammars = next.lists.iter_mut().zip(next.sources.iter());
        for ((known, source), automaton) in grammars.zip(&mut next.automata) {
            for (name, list) in &lists {
                known.insert((*name).to_owned(), (*list).clone());
            }
            complete(known, &source.lists);
            for name in &changing {
                let is_used = automaton.list_names().any(|n| n == *name);
                let Some(list) = known.get(*name).filter(|_| is_used) else {
                    continue;
                };
                let replaced = automaton.with_list(name, list);
                *automaton = replaced.map_err(|source| Error::Compile {
                    name: format!("list `{name}`"),
                    source,
                })?;
                used = true;
            }
        }
        if let (true, false, Some((name, _))) = (must_be_used, used, lists.first()) {
            let names = next
                .automata
                .iter()
                .flat_map(Automaton::list_names)
                .map(str::to_owned);
            let known: BTreeSet<String> = names.collect();
            let known = known.into_iter().collect::<Vec<_>>().join(", ");
            return Err(Error::UnknownList {
                list: (*name).to_owned(),
                known,
            });
        }
        self.replace(next);
        Ok(())
    }

    fn replace(&self, next: Grammars) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
    }

    pub(crate) fn grammars(&self) -> Arc<Grammars> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn options(&self, grammars: &Grammars, fuzzy: bool) -> MatchOptions {
        let today = self
            .today
            .unwrap_or_else(|| jiff::ZonedDateTime::now().date());
        MatchOptions {
            values: ValueContext {
                today,
                default_currency: self.currency,
            },
            context: grammars.context.clone(),
            fuzzy,
        }
    }
}

/// Fewer misspellings first, then fewer slots that nothing vouches for.
fn reading_order(found: &Match) -> (u32, usize) {
    let misspelt = ((1.0 - found.score).max(0.0) * 1e6) as u32;
    (misspelt, found.slots.iter().filter(|s| s.open).count())
}

fn rejected(reason: Reason, text: &str) -> Outcome {
    Outcome::Rejected(Box::new(Rejected {
        reason,
        heard: text.to_owned(),
        timing: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Command, Engine, Languages};
    use zahlwort_commerce::CatalogEntry;
    use zahlwort_commerce::catalog::list_of;

    #[test]
    fn who_can_be_paid_changes_with_the_contacts() {
        let builder = Engine::builder().languages(Languages::Only(Language::De));
        let interpreter = builder.interpreter().unwrap();
        let is_known = |name: &str| {
            let outcome = interpreter.parse(&format!("Überweise 50 Euro an {name}"));
            match outcome.command() {
                Some(Command::SendMoney { recipient, .. }) => !recipient.open,
                other => panic!("{other:?}"),
            }
        };
        assert!(is_known("die Stadtwerke") && is_known("Anna") && !is_known("Quentin"));
        let contacts = list_of(&[CatalogEntry::named("Quentin")]);
        interpreter.set_list("contacts", &contacts).unwrap();
        assert!(is_known("die Stadtwerke") && !is_known("Anna") && is_known("Quentin"));
    }
}
