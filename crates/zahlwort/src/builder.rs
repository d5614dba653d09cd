//! How an engine is put together.

use std::collections::BTreeMap;
use std::path::PathBuf;

use iso_currency::Currency;
use jiff::civil::Date;
use zahlwort_commands::{Catalog, Expectation, Pack};
use zahlwort_grammar::{Grammar, MAX_UNKNOWN_WORDS};

use crate::grammars::{self, Languages, Source, load_catalog};
#[cfg(feature = "speech")]
use crate::hearing::Hearing;
use crate::own_words::{self, OwnWords};
use crate::{Error, Interpreter, ReadWith, find_model};

/// Settings of an [`Engine`](crate::Engine) or an [`Interpreter`]. Without any: both packs with the example catalog, both languages,
/// orders and no answers, the default model, today as the computer has it, euro.
#[derive(Clone, Debug)]
#[must_use]
pub struct EngineBuilder {
    languages: Languages,
    sources: Vec<Source>,
    catalog: Option<CatalogSource>,
    context: BTreeMap<String, serde_json::Value>,
    expected: Expectation,
    today: Option<Date>,
    currency: Currency,
    #[cfg(feature = "speech")]
    pub(crate) hearing: Hearing,
    pub(crate) model: Option<PathBuf>,
    read_with: Option<ReadWith>,
    unknown_words: Option<u8>,
}

#[derive(Clone, Debug)]
enum CatalogSource {
    File(PathBuf),
    Parsed(Box<Catalog>),
}

impl Default for EngineBuilder {
    fn default() -> Self {
        Self {
            languages: Languages::Auto,
            sources: Vec::new(),
            catalog: None,
            context: BTreeMap::new(),
            expected: Expectation::default(),
            today: None,
            currency: Currency::EUR,
            #[cfg(feature = "speech")]
            hearing: Hearing::default(),
            model: None,
            read_with: None,
            unknown_words: None,
        }
    }
}

impl EngineBuilder {
    /// The languages that may be spoken.
    pub fn languages(mut self, languages: Languages) -> Self {
        self.languages = languages;
        self
    }

    /// Adds a pack, built in or in a folder ([`Pack::in_folder`]), in every language asked for. Without any pack or
    /// grammar, all packs that are built in are used.
    pub fn pack(mut self, pack: Pack) -> Self {
        self.sources.push(Source::Pack(pack));
        self
    }

    /// Adds a grammar. Several of one language are merged.
    pub fn grammar(mut self, grammar: Grammar) -> Self {
        self.sources.push(Source::Grammar(Box::new(grammar)));
        self
    }

    /// Adds a grammar file, ours or a Rhino context, or a folder of files; see [`load_grammar`](crate::load_grammar).
    pub fn grammar_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.sources.push(Source::File(path.into()));
        self
    }

    /// The names that fill the packs' slots.
    pub fn catalog(mut self, catalog: Catalog) -> Self {
        self.catalog = Some(CatalogSource::Parsed(Box::new(catalog)));
        self
    }

    /// The catalog from a YAML file.
    pub fn catalog_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.catalog = Some(CatalogSource::File(path.into()));
        self
    }

    /// The context that sentences may require or exclude (`requires_context` in a grammar).
    pub fn context(mut self, context: BTreeMap<String, serde_json::Value>) -> Self {
        self.context = context;
        self
    }

    /// What is listened for by default: orders alone, if not set. A program that asks questions says what it
    /// expects as it asks ([`Engine::recognize_expecting`](crate::Engine::recognize_expecting), [`Session::expect`](crate::Session::expect)); this
    /// is for engines that hear nothing else.
    ///
    /// ```
    /// use zahlwort::{Answer, Engine, commands::Expectation};
    /// let orders = Engine::builder().interpreter()?;
    /// assert_eq!(orders.parse("ja").command(), None);
    /// let answers = Engine::builder().expect(Expectation::yes_no()).interpreter()?;
    /// assert_eq!(answers.parse("ja").answer(), Some(&Answer::Confirm));
    /// # Ok::<(), zahlwort::Error>(())
    /// ```
    pub fn expect(mut self, expected: Expectation) -> Self {
        self.expected = expected;
        self
    }

    /// The day that "heute" and "next Friday" count from. If not set, the day of each utterance
    /// by the computer's clock and time zone (UTC where the system tells none).
    pub fn reference_date(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }

    /// The model's directory; see [`find_model`] for where it is looked for otherwise.
    pub fn model(mut self, directory: impl Into<PathBuf>) -> Self {
        self.model = Some(directory.into());
        self
    }

    /// What reads what is said. If not set, the grammar and then the learned reading, where the model's directory has
    /// one, and else the grammar alone. The learned reading understands many sentences that no grammar has, and now and
    /// then takes one for an order that is none: a [policy](crate::dialogue::policy::Policy::with_learned) has what it
    /// would spend read back; so should you, without one ([`Understood::reading`](crate::Understood::reading)).
    ///
    /// ```
    /// use zahlwort::{Engine, ReadBy, ReadWith, Outcome};
    /// let text = "Our cat needs new cat litter, so please order some";
    /// let bound = Engine::builder().read_with(ReadWith::Grammar).interpreter()?;
    /// assert_eq!(bound.parse(text).command(), None);
    /// if let Outcome::Understood(said) = Engine::builder().interpreter()?.parse(text) {
    ///     assert_eq!((said.reading, said.intent.as_str()), (ReadBy::Learned, "BuyProduct"));
    /// }
    /// # Ok::<(), zahlwort::Error>(())
    /// ```
    pub fn read_with(mut self, readers: ReadWith) -> Self {
        self.read_with = Some(readers);
        self
    }

    /// So many words between those of a sentence may be unknown, at the price of some confidence: "could you maybe *like*
    /// start the coffee". At most [`MAX_UNKNOWN_WORDS`](crate::grammar::MAX_UNKNOWN_WORDS), which is the default where all grammars
    /// are the host's own; 0 where packs are among them, since orders about money are read to the letter or by the
    /// learned reading. Words that negate, correct, count or join are never passed over.
    ///
    /// ```
    /// use zahlwort::{Engine, grammar::{Grammar, source::LoadOptions}};
    /// let yaml = "{language: en, intents: {Brew: {data: [{sentences: ['[could you] (start|make) the coffee']}]}}}";
    /// let grammar = Grammar::from_yaml("coffee.yaml", yaml, &LoadOptions::default())?;
    /// let builder = Engine::builder().grammar(grammar);
    /// let text = "Could you maybe start the coffee";
    /// assert_eq!(builder.clone().interpreter()?.parse(text).status(), "understood");
    /// assert_eq!(builder.unknown_words(0).interpreter()?.parse(text).status(), "rejected");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn unknown_words(mut self, most: u8) -> Self {
        self.unknown_words = Some(most);
        self
    }

    /// The currency where none is said; euro if not set.
    pub fn currency(mut self, currency: Currency) -> Self {
        self.currency = currency;
        self
    }

    /// Compiles the grammars alone, all that reading texts needs; no model is loaded but the learned reading.
    ///
    /// # Errors
    /// If a grammar or catalog cannot be loaded or compiled, or none is in the language asked for; if the learned reading
    /// of the model's directory cannot be used, or it is asked for and there is none.
    pub fn interpreter(self) -> Result<Interpreter, Error> {
        let catalog = match self.catalog {
            None => None,
            Some(CatalogSource::Parsed(catalog)) => Some(*catalog),
            Some(CatalogSource::File(path)) => Some(load_catalog(&path)?),
        };
        let reader = match self.read_with {
            Some(ReadWith::Grammar) => None,
            Some(ReadWith::Learned | ReadWith::Both) => {
                Some(own_words::load(&find_model(self.model.as_deref())?)?)
            }
            // Texts are read without any model, too.
            None => match find_model(self.model.as_deref()) {
                Ok(directory) => own_words::find(&directory)?,
                Err(_) => None,
            },
        };
        let compiled = grammars::compile(
            &self.sources,
            self.languages,
            catalog.as_ref(),
            &self.expected,
        )?;
        let own = |source: &Source| !matches!(source, Source::Pack(_));
        let all_own = !self.sources.is_empty() && self.sources.iter().all(own);
        let unknown_words = if all_own { MAX_UNKNOWN_WORDS } else { 0 };
        Ok(Interpreter::new(
            compiled,
            self.context,
            self.expected,
            self.today,
            self.currency,
            OwnWords::new(self.read_with.unwrap_or_default(), reader),
            self.unknown_words.unwrap_or(unknown_words),
        ))
    }
}
