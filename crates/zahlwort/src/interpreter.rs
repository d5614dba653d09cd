//! Texts to outcomes: the half of an engine that needs no model.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::civil::Date;
use zahlwort_commands::catalog::{changing_with, complete};
use zahlwort_commands::{Catalog, Expectation, Meaning};
use zahlwort_grammar::source::List;
use zahlwort_grammar::{
    Automaton, Grammar, Language, Match, MatchOptions, Objection, ValueContext,
};
use zahlwort_reading::Vocabulary;

use crate::grammars::{Compiled, compile_expected};
use crate::own_words::{self, Marking, OwnWords, SURE};
use crate::understand::Text;
use crate::{Error, Outcome, ReadBy, Reason, Rejected};

/// Reads texts against compiled grammars. It can be shared between threads; lists and context may be replaced
/// while others read; those go on with the old ones.
#[derive(Debug)]
pub struct Interpreter {
    current: RwLock<Arc<Grammars>>,
    /// Held by whoever replaces `current`, so that compiling a list keeps no reader waiting.
    writer: Mutex<()>,
    /// What `current` listens for.
    expected: Expectation,
    pub(crate) today: Option<Date>,
    pub(crate) currency: iso_currency::Currency,
    own_words: OwnWords,
    unknown_words: u8,
}

/// The grammars at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Grammars {
    /// Of what is expected by default.
    pub(crate) automata: Vec<Automaton>,
    context: BTreeMap<String, serde_json::Value>,
    /// All orders, to compile what else may be expected.
    sources: Arc<Vec<Grammar>>,
    lists: Vec<BTreeMap<String, List>>,
    /// The words of these lists and of the grammars' own, for the learned reading.
    vocabularies: Vec<Vocabulary>,
    /// Whether orders are listened for, so that they may be said in one's own words.
    orders: bool,
    /// Each expectation's grammars, compiled when it is first listened for; a change of names or
    /// context begins anew.
    narrowed: Arc<Mutex<BTreeMap<Expectation, Arc<Narrowed>>>>,
}

/// The grammars of one expectation; empty until somebody has listened for it.
type Narrowed = Mutex<Option<Arc<Grammars>>>;

impl Interpreter {
    /// Starts to build an interpreter: both packs and languages, the example catalog. The settings are those of an
    /// engine; [`EngineBuilder::interpreter`](crate::EngineBuilder::interpreter) ends them.
    ///
    /// ```
    /// let interpreter = zahlwort::Interpreter::builder().interpreter()?;
    /// assert_eq!(interpreter.parse("send Anna 20 euros").status(), "understood");
    /// # Ok::<(), zahlwort::Error>(())
    /// ```
    pub fn builder() -> crate::EngineBuilder {
        crate::EngineBuilder::default()
    }

    pub(crate) fn new(
        compiled: Compiled,
        context: BTreeMap<String, serde_json::Value>,
        expected: Expectation,
        today: Option<Date>,
        currency: iso_currency::Currency,
        own_words: OwnWords,
        unknown_words: u8,
    ) -> Self {
        let vocabularies = own_words.vocabularies(&compiled.sources, &compiled.lists);
        let current = RwLock::new(Arc::new(Grammars {
            automata: compiled.automata,
            context,
            sources: Arc::new(compiled.sources),
            lists: compiled.lists,
            vocabularies,
            orders: expected.orders,
            narrowed: Arc::default(),
        }));
        Self {
            current,
            writer: Mutex::new(()),
            expected,
            today,
            currency,
            own_words,
            unknown_words,
        }
    }

    /// What a text means: the same outcome as if it had been said. Case, punctuation, numbers in
    /// digits and small misspellings of names are understood; a misspelling lowers the confidence.
    /// Where several languages are possible, the one in which the text fits better counts. Orders are
    /// understood, and answers only where [`EngineBuilder::expect`](crate::EngineBuilder::expect) says so.
    ///
    /// ```
    /// use zahlwort::{Engine, Order};
    /// let interpreter = Engine::builder().interpreter()?;
    /// let outcome = interpreter.parse("Überweise 50 € an Anna");
    /// let Some(Order::SendMoney { amount, .. }) = outcome.order() else { panic!("{outcome:?}") };
    /// assert_eq!(amount.to_string(), "50.00 EUR");
    /// # Ok::<(), zahlwort::Error>(())
    /// ```
    pub fn parse(&self, text: &str) -> Outcome {
        self.parse_in(text, &self.grammars())
    }

    /// As [`Interpreter::parse`], where only what is expected counts: the answers to a question,
    /// and cancelling, repeating and help. [`Expectation::default`] stands for no question: all
    /// orders and no answers.
    ///
    /// ```
    /// use zahlwort::{Engine, commands::Missing, dialogue::Ask};
    /// let interpreter = Engine::builder().interpreter()?;
    /// let who = Ask::Slot(Missing::Recipient).expects();
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

    /// What is listened for by default.
    #[cfg(feature = "speech")]
    pub(crate) fn expected(&self) -> Expectation {
        self.expected
    }

    /// The grammars for an expectation: compiled once, then kept.
    pub(crate) fn expecting(&self, expected: &Expectation) -> Result<Arc<Grammars>, Error> {
        let all = self.grammars();
        if *expected == self.expected {
            return Ok(all);
        }
        let place = {
            let mut kept = all.narrowed.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(kept.entry(*expected).or_default())
        };
        // While this is compiled, only those wait who need it as well.
        let mut kept = place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.as_ref() {
            return Ok(Arc::clone(known));
        }
        let mut automata = Vec::new();
        for (source, lists) in all.sources.iter().zip(&all.lists) {
            automata.extend(compile_expected(source, lists, expected)?);
        }
        let next = Arc::new(Grammars {
            automata,
            orders: expected.orders,
            narrowed: Arc::default(),
            ..Grammars::clone(&all)
        });
        *kept = Some(Arc::clone(&next));
        Ok(next)
    }

    fn parse_in(&self, text: &str, grammars: &Grammars) -> Outcome {
        let options = self.options(grammars, true);
        let tolerant = self.tolerant(grammars, &options);
        let mut readings: Vec<Match> = Vec::new();
        let mut languages: Vec<Language> = Vec::new();
        // Answers are sentences of the grammar alone.
        let exact = self.own_words.grammar || !grammars.orders;
        for automaton in grammars.automata.iter().filter(|_| exact) {
            readings.extend(automaton.parse(text, &tolerant));
            languages.resize(readings.len(), automaton.language());
        }
        let said = Text {
            text,
            readings: &readings,
            languages: &languages,
            confidence: 1.0,
            read_by: ReadBy::Grammar,
        };
        match said.outcome() {
            Some(Ok((outcome, _))) => outcome,
            Some(Err(reason)) => rejected(reason, text),
            None => self.parse_own_words(text, grammars, &options),
        }
    }

    /// What a text means that is no sentence of the grammar.
    fn parse_own_words(&self, text: &str, grammars: &Grammars, options: &MatchOptions) -> Outcome {
        let refusal = self.refusal(text, &grammars.automata, options);
        let not_understood = |reason| rejected(reason, text);
        let Some(marking) = self.mark(text, grammars, None, options) else {
            return not_understood(refusal.unwrap_or(Reason::NotInGrammar));
        };
        // What the grammar finds negated is not, if all of that was taken back.
        if refusal == Some(Reason::Negated) && marking.marked.taken_back.is_empty() {
            return not_understood(Reason::Negated);
        }
        if let Some(reason) = marking.objection(text) {
            return not_understood(reason);
        }
        let languages = vec![marking.language(); marking.readings.len()];
        let said = Text {
            text,
            readings: &marking.readings,
            languages: &languages,
            confidence: marking.marked.confidence,
            read_by: ReadBy::Learned,
        };
        match said.outcome() {
            Some(Ok((outcome, _))) if marking.marked.confidence >= SURE => outcome,
            Some(Ok(_)) => not_understood(refusal.unwrap_or_else(|| marking.guess(text))),
            Some(Err(reason)) if marking.marked.confidence >= SURE => not_understood(reason),
            _ => not_understood(refusal.unwrap_or(Reason::NotInGrammar)),
        }
    }

    /// The best learned reading of a text, if orders are listened for: in this language, or in any. What answers a
    /// question ("mein Girokonto") is no order, in nobody's words.
    pub(crate) fn mark<'a>(
        &self,
        text: &str,
        grammars: &'a Grammars,
        language: Option<Language>,
        options: &MatchOptions,
    ) -> Option<Marking<'a>> {
        let reader = self.own_words.reader.as_ref().filter(|_| grammars.orders)?;
        if self.is_answer(text, options) {
            return None;
        }
        grammars
            .automata
            .iter()
            .filter(|automaton| language.is_none_or(|only| automaton.language() == only))
            .filter_map(|automaton| {
                let language = automaton.language();
                let mut sources = grammars.sources.iter();
                let at = sources.position(|source| source.language == language)?;
                let vocabulary = grammars.vocabularies.get(at)?;
                own_words::mark(reader, text, automaton, vocabulary, options)
            })
            .max_by(|a, b| a.weight().total_cmp(&b.weight()))
    }

    /// Whether any order of this language may be said in one's own words.
    #[cfg(feature = "speech")]
    pub(crate) fn knows_own_words(&self, grammars: &Grammars, language: Language) -> bool {
        let reader = self.own_words.reader.as_ref().filter(|_| grammars.orders);
        let mut spoken = grammars
            .automata
            .iter()
            .filter(|automaton| automaton.language() == language)
            .flat_map(Automaton::intents);
        reader.is_some_and(|reader| {
            spoken.any(|intent| reader.intents().any(|known| known == intent))
        })
    }

    /// Whether a text is an answer, to the letter.
    fn is_answer(&self, text: &str, options: &MatchOptions) -> bool {
        let Ok(answers) = self.expecting(&Expectation::answers()) else {
            return false;
        };
        let read = |automaton: &Automaton| automaton.parse(text, options);
        let mut readings = answers.automata.iter().flat_map(read);
        readings.any(|reading| reading.score >= 1.0)
    }

    /// The options under which words that the grammar does not know are passed over, if orders are listened for.
    fn tolerant(&self, grammars: &Grammars, options: &MatchOptions) -> MatchOptions {
        MatchOptions {
            unknown_words: if grammars.orders {
                self.unknown_words
            } else {
                0
            },
            ..options.clone()
        }
    }

    /// What was heard as a sentence with unknown words in between.
    #[cfg(feature = "speech")]
    pub(crate) fn mark_unknown<'a>(
        &self,
        text: &str,
        grammars: &'a Grammars,
        language: Language,
    ) -> Option<Marking<'a>> {
        let options = self.tolerant(grammars, &self.options(grammars, true));
        let mut automata = grammars.automata.iter();
        let spoken = automata.find(|automaton| automaton.language() == language)?;
        own_words::mark_unknown(text, spoken, &options)
    }

    /// Why a text that is nearly an order is none.
    pub(crate) fn refusal(
        &self,
        text: &str,
        automata: &[Automaton],
        options: &MatchOptions,
    ) -> Option<Reason> {
        let is_order = |found: &Match| match Meaning::of(std::slice::from_ref(found)) {
            Some(Meaning::Commands(commands)) => commands
                .iter()
                .any(|command| command.meaning.order().is_some()),
            Some(Meaning::Incomplete(_)) => true,
            Some(Meaning::Invalid { .. }) | None => false,
        };
        automata
            .iter()
            .find_map(|automaton| automaton.objection(text, options, is_order))
            .map(|objection| match objection {
                Objection::Negated => Reason::Negated,
                Objection::Several => Reason::Several,
            })
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
        // Orders that are not expected now may be so later, and use lists of the catalog.
        let mut used = self.expected != Expectation::default()
            && lists
                .iter()
                .any(|(name, _)| next.lists.iter().any(|known| known.contains_key(*name)));
        for (known, source) in next.lists.iter_mut().zip(next.sources.iter()) {
            for (name, list) in &lists {
                known.insert((*name).to_owned(), (*list).clone());
            }
            complete(known, &source.lists);
            // Where nothing of a language is expected, it has no automaton now.
            let mut automata = next.automata.iter_mut();
            let Some(automaton) = automata.find(|a| a.language() == source.language) else {
                continue;
            };
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
        next.vocabularies = self.own_words.vocabularies(&next.sources, &next.lists);
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
            unknown_words: 0,
        }
    }
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
    use crate::{Engine, Languages, Order};
    use zahlwort_commands::CatalogEntry;
    use zahlwort_commands::catalog::list_of;

    #[test]
    fn who_can_be_paid_changes_with_the_contacts() {
        let builder = Engine::builder().languages(Languages::Only(Language::DE));
        let interpreter = builder.interpreter().unwrap();
        let is_known = |name: &str| {
            let outcome = interpreter.parse(&format!("Überweise 50 Euro an {name}"));
            match outcome.order() {
                Some(Order::SendMoney { recipient, .. }) => !recipient.open,
                other => panic!("{other:?}"),
            }
        };
        assert!(is_known("die Stadtwerke") && is_known("Anna") && !is_known("Quentin"));
        let contacts = list_of(&[CatalogEntry::named("Quentin")]);
        interpreter.set_list("contacts", &contacts).unwrap();
        assert!(is_known("die Stadtwerke") && !is_known("Anna") && is_known("Quentin"));
    }
}
