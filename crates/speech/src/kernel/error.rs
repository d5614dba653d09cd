//! Why a product could not be computed.

use std::fmt::Display;

/// Sizes that do not fit each other. The model checks what comes from outside before it multiplies, so this
/// is a fault of the program.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ProductError(String);

impl ProductError {
    pub(crate) fn new(reason: impl Display) -> Self {
        Self(reason.to_string())
    }
}
