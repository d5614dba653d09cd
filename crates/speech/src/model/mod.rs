//! The acoustic model: Whisper on the CPU, for utterances of any length.
//!
//! ```text
//! log-mel frames → Encoder → EncoderStates → Decoder::start → CrossKv
//!                                             ├─ state/prompt/step/reorder   search
//!                                             └─ score                       rescoring, alignment
//! ```
//!
//! A model is a directory of `config.json`, `model.safetensors` and
//! `tokenizer.json`: the int8 one that ships with this project, or any Whisper
//! checkpoint in Hugging Face's layout. Ours is sealed: its metadata have a format
//! version and a checksum of each file, compared while loading. A checksum finds
//! damage; it does not protect from someone who changes the model on purpose.
//!
//! # Threads
//!
//! All heavy work, loading included, runs on the current [`rayon`] pool. To use
//! `n` threads, build a pool once and call the model inside it:
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use zahlwort_speech::model::Model;
//!
//! let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build()?;
//! let model = pool.install(|| Model::load("models/default".as_ref()))?;
//! # Ok(())
//! # }
//! ```
//!
//! Otherwise rayon's global pool serves, of `RAYON_NUM_THREADS` threads or one
//! per processor.

mod attention;
mod config;
mod ctc;
mod decoder;
mod embedding;
mod encoder;
mod error;
mod linear;
mod map;
mod score;
mod seal;
mod state;

mod vocabulary;
mod weights;

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod tiny;

use std::path::Path;

pub use crate::kernel::ops::{arg_max, log_softmax, log_sum_exp};
pub use config::Config;
pub use ctc::{CtcHead, CtcLogProbs};
pub use decoder::{Decoder, Hidden, Logits};
pub use encoder::{Encoder, EncoderStates};
pub use error::ModelError;
pub use map::Bytes;
pub use score::{Alignment, SequenceScore, TokenScore};
pub(crate) use seal::checksum;
pub use state::{CrossKv, DecoderState};
pub use vocabulary::Vocabulary;
pub use weights::{Matrix, Weights};

/// A loaded Whisper model. Immutable; share it between threads behind an `Arc`.
#[derive(Debug)]
pub struct Model {
    /// Its sizes.
    pub config: Config,
    /// Its tokens.
    pub vocabulary: Vocabulary,
    /// Audio to states.
    pub encoder: Encoder,
    /// States and tokens to logits.
    pub decoder: Decoder,
    /// States to characters, if the model file has such a head.
    pub ctc: Option<CtcHead>,
    /// The checksum of its tensors, if it is sealed.
    pub(crate) checksum: Option<String>,
}

impl Model {
    /// Loads a model directory, on the threads of the current rayon pool.
    ///
    /// The weights are mapped, not copied, where they are used as they are: replace a
    /// model by renaming, do not write into its files while it is in use.
    ///
    /// # Errors
    /// A [`ModelError`] that names the file, field or tensor that is missing,
    /// damaged or does not fit the others.
    pub fn load(directory: &Path) -> Result<Self, ModelError> {
        Self::read(directory, |weights| weights)
    }

    /// Loads a model as [`Model::load`] does, but widens all weights to `f32` and computes
    /// with them as they are, activations never quantised: slower and four times the memory. It
    /// is what the int8 path is measured against.
    ///
    /// # Errors
    /// As [`Model::load`].
    pub fn load_reference(directory: &Path) -> Result<Self, ModelError> {
        Self::read(directory, Weights::widened)
    }

    fn read(directory: &Path, prepare: fn(Weights) -> Weights) -> Result<Self, ModelError> {
        let config = Config::read(directory)?;
        let weights = prepare(Weights::open(directory)?);
        let (vocabulary, (encoder, decoder)) = rayon::join(
            || Vocabulary::read(directory, config.vocab_size),
            || {
                rayon::join(
                    || Encoder::read(&weights, &config),
                    || Decoder::read(&weights, &config),
                )
            },
        );
        let model = Self {
            vocabulary: vocabulary?,
            encoder: encoder?,
            decoder: decoder?,
            ctc: CtcHead::read(&weights, &config)?,
            checksum: weights.checksum().map(str::to_owned),
            config,
        };
        // Most of what was read has been converted and is not looked at again.
        weights.release();
        Ok(model)
    }
}
