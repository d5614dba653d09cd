//! Why a model cannot be used.

use std::path::PathBuf;

/// The file of names and sizes.
pub(crate) const CONFIG: &str = "reading.json";
/// The file of weights.
pub(crate) const TENSORS: &str = "reading.safetensors";

/// Why a reader could not be made of a model's two files.
///
/// Every message says what is wrong and what to do about it. No file content, however damaged, makes this crate
/// panic: it ends in one of these.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadingError {
    /// A file is there but cannot be read, or `reading.json` is there without `reading.safetensors`.
    #[error(
        "cannot read {}: {source}; a model directory holds both {CONFIG} and {TENSORS}, or neither", path.display()
    )]
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A file is larger than any reader's.
    #[error("{file} is longer than {limit} bytes; take a smaller model")]
    Large {
        /// The file's name.
        file: &'static str,
        /// The most bytes that are read.
        limit: u64,
    },
    /// `reading.json` does not parse, or a field is missing or of another type.
    #[error("{CONFIG} is not usable: {0}; copy the model directory again")]
    Json(#[from] serde_json::Error),
    /// The model was made for a later release of this crate.
    #[error(
        "{CONFIG}: format_version is {found}, this release reads {known}; update zahlwort or take an older model"
    )]
    Version {
        /// The file's version.
        found: u64,
        /// The version that can be read.
        known: u64,
    },
    /// A value in `reading.json` is outside of what is supported, or does not fit another.
    #[error("{CONFIG}: {field} {problem}; copy the model directory again, or export it anew")]
    Field {
        /// Where in the file, such as `intents[2].slots[0]`.
        field: String,
        /// What it is and what it has to be.
        problem: String,
    },
    /// `reading.safetensors` is not the file that the model was sealed with.
    #[error(
        "{TENSORS} is damaged: its checksum is {found}, crc32.tensors in {CONFIG} says {expected}; copy both files again"
    )]
    Damaged {
        /// The CRC-32 that was recorded when the model was made.
        expected: String,
        /// The CRC-32 of what is there.
        found: String,
    },
    /// `reading.safetensors` is sealed but no complete safetensors file.
    #[error("{TENSORS} is not a complete safetensors file: {0}; export the model again")]
    Header(#[from] safetensors::SafeTensorError),
    /// A tensor is missing, or is not what `reading.json` calls for.
    #[error(
        "{TENSORS}: {name} {problem}; check that {CONFIG} belongs to it, or export the model again"
    )]
    Tensor {
        /// The tensor's name.
        name: String,
        /// What is wrong with it.
        problem: String,
    },
}

impl ReadingError {
    pub(crate) fn field(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Field {
            field: field.into(),
            problem: problem.into(),
        }
    }

    pub(crate) fn tensor(name: &str, problem: impl Into<String>) -> Self {
        Self::Tensor {
            name: name.to_owned(),
            problem: problem.into(),
        }
    }
}
