//! How an engine is put together.

use std::collections::BTreeMap;
use std::path::PathBuf;

use iso_currency::Currency;
use jiff::civil::Date;
use zahlwort_audio::Limits;
use zahlwort_audio::vad::VadConfig;
use zahlwort_commands::{Catalog, Expectation, Pack};
use zahlwort_grammar::Grammar;
use zahlwort_speech::{DecodeOptions, Recogniser, Search};

use crate::grammars::{self, Languages, Source, load_catalog};
use crate::{Engine, Error, Interpreter, find_model};

/// More threads than this do not make a short utterance faster.
const MAX_DEFAULT_THREADS: usize = 4;

/// Settings of an [`Engine`]. Without any: both packs with the example catalog, both languages,
/// orders and no answers, the default model, today as the computer has it, euro.
#[derive(Clone, Debug)]
#[must_use]
pub struct EngineBuilder {
    model: Option<PathBuf>,
    languages: Languages,
    sources: Vec<Source>,
    catalog: Option<CatalogSource>,
    context: BTreeMap<String, serde_json::Value>,
    expected: Expectation,
    threads: Option<usize>,
    today: Option<Date>,
    currency: Currency,
    limits: Limits,
    decode: DecodeOptions,
}

#[derive(Clone, Debug)]
enum CatalogSource {
    File(PathBuf),
    Parsed(Box<Catalog>),
}

impl Default for EngineBuilder {
    fn default() -> Self {
        Self {
            model: None,
            languages: Languages::Auto,
            sources: Vec::new(),
            catalog: None,
            context: BTreeMap::new(),
            expected: Expectation::default(),
            threads: None,
            today: None,
            currency: Currency::EUR,
            limits: Limits::default(),
            decode: DecodeOptions::default(),
        }
    }
}

impl EngineBuilder {
    /// The model's directory; see [`find_model`] for where it is looked for otherwise.
    pub fn model(mut self, directory: impl Into<PathBuf>) -> Self {
        self.model = Some(directory.into());
        self
    }

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
    /// expects as it asks ([`Engine::recognize_expecting`], [`Session::expect`](crate::Session::expect)); this
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

    /// Threads to compute with; as many as there are cores, at most four, if not set.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// The day that "heute" and "next Friday" count from. If not set, the day of each utterance
    /// by the computer's clock and time zone (UTC where the system tells none).
    pub fn reference_date(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }

    /// The currency where none is said; euro if not set.
    pub fn currency(mut self, currency: Currency) -> Self {
        self.currency = currency;
        self
    }

    /// The longest audio that is accepted.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The confidence from which a sentence counts as understood, 0 … 1. Higher rejects more.
    pub fn strictness(mut self, strictness: f32) -> Self {
        self.decode.strictness = strictness.clamp(0.0, 1.0);
        self
    }

    /// Which parts of the model search; both if not set.
    pub fn search(mut self, search: Search) -> Self {
        self.decode.search = search;
        self
    }

    /// How far the search looks and what it reports. Sets the strictness and what searches as well.
    pub fn decode_options(mut self, options: DecodeOptions) -> Self {
        self.decode = options;
        self
    }

    /// Compiles the grammars alone: all that reading texts needs. No model is loaded.
    ///
    /// # Errors
    /// If a grammar or catalog cannot be loaded or compiled, or none is in the language asked for.
    pub fn interpreter(self) -> Result<Interpreter, Error> {
        let catalog = match self.catalog {
            None => None,
            Some(CatalogSource::Parsed(catalog)) => Some(*catalog),
            Some(CatalogSource::File(path)) => Some(load_catalog(&path)?),
        };
        let compiled = grammars::compile(
            &self.sources,
            self.languages,
            catalog.as_ref(),
            &self.expected,
        )?;
        Ok(Interpreter::new(
            compiled,
            self.context,
            self.expected,
            self.today,
            self.currency,
        ))
    }

    /// Compiles the grammars and loads the model.
    ///
    /// # Errors
    /// Those of [`EngineBuilder::interpreter`], and if the model is not found or cannot be used.
    pub fn build(self) -> Result<Engine, Error> {
        let cores = || {
            std::thread::available_parallelism()
                .map_or(1, usize::from)
                .min(MAX_DEFAULT_THREADS)
        };
        let threads = self.threads.unwrap_or_else(cores);
        let model = find_model(self.model.as_deref())?;
        let (limits, decode) = (self.limits, self.decode);
        // Neither needs the other, and both take a while.
        let (interpreter, recogniser) = std::thread::scope(|scope| {
            let interpreter = scope.spawn(|| self.interpreter());
            let recogniser = Recogniser::load(&model, threads);
            (
                interpreter
                    .join()
                    .unwrap_or_else(|e| std::panic::resume_unwind(e)),
                recogniser,
            )
        });
        let (interpreter, recogniser) = (interpreter?, recogniser?);
        Ok(Engine {
            interpreter,
            recogniser,
            limits,
            decode,
            vad: VadConfig::default(),
        })
    }
}
