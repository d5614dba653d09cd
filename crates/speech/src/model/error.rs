//! What can go wrong between a model directory and its answers.

use std::path::PathBuf;

use crate::kernel::ProductError;

/// Why a model could not be loaded or run.
///
/// Every message says what is wrong and what to do about it. No file content,
/// however damaged, makes this crate panic: it ends in one of these.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// A file of the model directory is absent or cannot be read.
    #[error(
        "cannot read {}: {source}; a model directory holds config.json, model.safetensors and tokenizer.json", path.display()
    )]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// `model.safetensors` does not begin with a valid header, or is cut short.
    #[error(
        "{} is not a complete safetensors file: {reason}; copy or convert the model again", path.display()
    )]
    Header {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A file is not the one that the model was sealed with.
    #[error(
        "{} is damaged: its checksum is {found}, expected {expected}; copy the model directory again", path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The CRC-32 that was recorded when the model was made.
        expected: String,
        /// The CRC-32 of what is there.
        found: String,
    },
    /// The model was made for a later release of this crate.
    #[error(
        "{} has format version {found:?}, this release reads up to {newest}; update zahlwort or take an older model", path.display()
    )]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: String,
        /// The newest version that can be read.
        newest: u32,
    },
    /// `calibration.json` is missing, does not parse, makes no sense or belongs to another model.
    #[error("{} cannot be used: {reason}; copy the model directory again, or make it with zahlwort_training.confidence.fit (models/README.md)", path.display())]
    Calibration {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A JSON file does not parse or lacks what a Whisper model needs.
    #[error("{} is not usable: {reason}; take the file from the same Whisper checkpoint as the weights", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A configuration value is outside what this implementation supports.
    #[error("config.json: {field} is {value}, but {limit}; use a Whisper checkpoint")]
    Config {
        /// The field's name.
        field: &'static str,
        /// Its value.
        value: String,
        /// What it has to be.
        limit: String,
    },
    /// A tensor that the configuration calls for is not in the file.
    #[error(
        "tensor {name} is missing from the weights; check that config.json belongs to this model.safetensors"
    )]
    MissingTensor {
        /// Its Hugging Face name, without the `model.` prefix.
        name: String,
    },
    /// A tensor has another shape than the configuration calls for.
    #[error(
        "tensor {name} has shape {found:?}, expected {expected:?}; check that config.json belongs to this model.safetensors"
    )]
    Shape {
        /// Its Hugging Face name, without the `model.` prefix.
        name: String,
        /// The shape in the file.
        found: Vec<usize>,
        /// The shape that the configuration calls for.
        expected: Vec<usize>,
    },
    /// A tensor is stored as a type that is not supported for it.
    #[error(
        "tensor {name} is stored as {dtype}; convert it to F32, F16, BF16, or I8 with a .scale"
    )]
    Dtype {
        /// Its Hugging Face name, without the `model.` prefix.
        name: String,
        /// The type in the file.
        dtype: String,
    },
    /// The caller passed input that the model cannot take.
    #[error("{0}")]
    Input(String),
    /// A matrix product failed.
    #[error("computing the model failed: {0}; please report this with the model's config.json")]
    Product(#[from] ProductError),
}
