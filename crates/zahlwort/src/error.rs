//! What can keep an engine from being built or from answering.

use std::path::PathBuf;

#[cfg(feature = "speech")]
use zahlwort_audio::AudioError;
use zahlwort_commands::CatalogError;
use zahlwort_grammar::source::GrammarError;
use zahlwort_grammar::{CompileError, Language};
use zahlwort_reading::ReadingError;
#[cfg(feature = "speech")]
use zahlwort_speech::{ModelError, SpeechError};

/// Why an engine could not be built, or could not answer. Every message says what to do.
///
/// Speech that is not understood is no error but an [`Outcome`](crate::Outcome).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The audio cannot be used.
    #[cfg(feature = "speech")]
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// No directory with a model was found.
    #[error(
        "there is no model at {}; name its directory with `EngineBuilder::model` or the environment variable ZAHLWORT_MODEL (it holds config.json, model.safetensors, tokenizer.json and calibration.json)",
        list(searched)
    )]
    ModelNotFound {
        /// Where it was looked for, in this order.
        searched: Vec<PathBuf>,
    },
    /// The model cannot be used.
    #[cfg(feature = "speech")]
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The utterance could not be searched.
    #[cfg(feature = "speech")]
    #[error(transparent)]
    Speech(SpeechError),
    /// A grammar file cannot be loaded.
    #[error(transparent)]
    Grammar(#[from] GrammarError),
    /// A grammar was loaded but cannot be compiled.
    #[error("{name}: {source}")]
    Compile {
        /// The grammar, list or file.
        name: String,
        /// Why.
        source: CompileError,
    },
    /// The learned reading in the model's directory cannot be used.
    #[error(transparent)]
    Reading(Box<ReadingError>),
    /// A learned reading was asked for, and the model has none.
    #[error(
        "the model in {} has no learned reading (reading.json and reading.safetensors); let the grammar read alone, or train one as models/training/README.md says",
        directory.display()
    )]
    NoReading {
        /// The model's directory.
        directory: PathBuf,
    },
    /// A catalog cannot be loaded.
    #[error(transparent)]
    Catalog(Box<CatalogError>),
    /// A file cannot be read.
    #[error("cannot read {}: {source}; check the path and its permissions", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A Rhino context does not say which language it is in.
    #[error(
        "{file} is a Rhino context, which does not name its language; say it with `EngineBuilder::languages`"
    )]
    LanguageUnknown {
        /// The file.
        file: String,
    },
    /// No grammar is in the language asked for.
    #[error(
        "no grammar is in the language asked for ({wanted}), only in: {have}; ask for that language or `auto`, or give a grammar whose `language:` is {wanted}"
    )]
    NoGrammar {
        /// The language asked for.
        wanted: Language,
        /// The languages that there are grammars for.
        have: String,
    },
    /// A list was set that no sentence uses.
    #[error("no sentence uses a list named `{list}`; the lists in use are: {known}")]
    UnknownList {
        /// The list.
        list: String,
        /// The names that exist.
        known: String,
    },
}

impl Error {
    /// A short stable name of the variant, as it stands in the `kind` of an error's JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            #[cfg(feature = "speech")]
            Error::Audio(e) | Error::Speech(SpeechError::Audio(e)) => e.kind(),
            Error::Reading(_) => "reading",
            Error::NoReading { .. } => "no_reading",
            Error::ModelNotFound { .. } => "model_not_found",
            #[cfg(feature = "speech")]
            Error::Model(_) | Error::Speech(SpeechError::Model(_)) => "model",
            #[cfg(feature = "speech")]
            Error::Speech(_) => "speech",
            Error::Grammar(_) => "grammar",
            Error::Compile { .. } => "grammar_too_complex",
            Error::Catalog(_) => "catalog",
            Error::Read { .. } => "cannot_open",
            Error::LanguageUnknown { .. } => "language_unknown",
            Error::NoGrammar { .. } => "no_grammar",
            Error::UnknownList { .. } => "unknown_list",
        }
    }
}

impl From<CatalogError> for Error {
    fn from(error: CatalogError) -> Self {
        Error::Catalog(Box::new(error))
    }
}

#[cfg(feature = "speech")]
impl From<SpeechError> for Error {
    fn from(error: SpeechError) -> Self {
        match error {
            SpeechError::Audio(e) => Error::Audio(e),
            SpeechError::Model(e) => Error::Model(e),
            other => Error::Speech(other),
        }
    }
}

fn list(paths: &[PathBuf]) -> String {
    let paths: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
    paths.join(", ")
}
