//! How an engine hears: the settings that need the model.

use zahlwort_audio::Limits;
use zahlwort_audio::vad::VadConfig;
use zahlwort_speech::{DecodeOptions, Recogniser, Search};

use crate::{Engine, EngineBuilder, Error, find_model};

/// More threads than this do not make a short utterance faster.
const MAX_DEFAULT_THREADS: usize = 4;

/// The settings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hearing {
    threads: Option<usize>,
    limits: Limits,
    decode: DecodeOptions,
}

impl EngineBuilder {
    /// Threads to compute with; as many as there are cores, at most four, if not set.
    pub fn threads(mut self, threads: usize) -> Self {
        self.hearing.threads = Some(threads);
        self
    }

    /// The longest audio that is accepted.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.hearing.limits = limits;
        self
    }

    /// The confidence from which a sentence counts as understood, 0 … 1. Higher rejects more.
    pub fn strictness(mut self, strictness: f32) -> Self {
        self.hearing.decode.strictness = strictness.clamp(0.0, 1.0);
        self
    }

    /// Which parts of the model search; both if not set.
    pub fn search(mut self, search: Search) -> Self {
        self.hearing.decode.search = search;
        self
    }

    /// How far the search looks and what it reports. Sets the strictness and what searches as well.
    pub fn decode_options(mut self, options: DecodeOptions) -> Self {
        self.hearing.decode = options;
        self
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
        let threads = self.hearing.threads.unwrap_or_else(cores);
        let model = find_model(self.model.as_deref())?;
        let (limits, decode) = (self.hearing.limits, self.hearing.decode);
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
