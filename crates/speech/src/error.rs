//! Why speech could not be searched.

use zahlwort_audio::AudioError;

use crate::model::ModelError;

/// Why an utterance could not be searched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SpeechError {
    /// The audio cannot be analysed.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// The model refused its input.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// No grammar was given.
    #[error("there is no grammar to recognise against; pass at least one")]
    NoGrammar,
    /// The threads could not be started.
    #[error("cannot start {threads} threads: {reason}; ask for fewer")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// What the system said.
        reason: String,
    },
}
