//! Where the model is.

use std::path::{Path, PathBuf};

use crate::Error;

/// The environment variable that names the model's directory.
pub const MODEL_VARIABLE: &str = "ZAHLWORT_MODEL";

/// The model that is used where none is named, below the directories that are searched.
const DEFAULT: &str = "models/default";

/// How far above the executable a `models` directory may be: `target/release/deps/program`.
const LEVELS_ABOVE: usize = 4;

/// Finds the model's directory: the one named, else the one that the environment variable
/// `ZAHLWORT_MODEL` names, else `models/default` next to the executable or above it, else
/// `models/default` in the current directory.
///
/// # Errors
/// [`Error::ModelNotFound`] with the places that were looked at. One that was named is never
/// replaced by another.
pub fn find_model(named: Option<&Path>) -> Result<PathBuf, Error> {
    let variable = std::env::var_os(MODEL_VARIABLE)
        .filter(|v| !v.is_empty())
        .map(PathBuf::from);
    let candidates = match named.map(Path::to_owned).or(variable) {
        Some(path) => vec![path],
        None => {
            let executable = std::env::current_exe().unwrap_or_default();
            let beside = executable
                .ancestors()
                .skip(1)
                .take(LEVELS_ABOVE)
                .map(|dir| dir.join(DEFAULT));
            beside.chain([PathBuf::from(DEFAULT)]).collect()
        }
    };
    match candidates
        .iter()
        .find(|path| path.join("config.json").is_file())
    {
        Some(path) => Ok(path.clone()),
        None => Err(Error::ModelNotFound {
            searched: candidates,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_that_was_named_is_never_replaced_by_another() {
        let error = find_model(Some(Path::new("no/such/model"))).unwrap_err();
        assert_eq!(error.kind(), "model_not_found");
        let message = error.to_string();
        assert!(
            message.contains("no/such/model") && message.contains("EngineBuilder::model"),
            "{message}"
        );
        assert!(!message.contains(DEFAULT), "{message}");
    }
}
