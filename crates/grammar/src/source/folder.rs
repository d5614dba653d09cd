//! The texts of a grammar on disk: of a file, or of all files in a folder.

use std::path::{Path, PathBuf};

use super::error::GrammarError;
use super::node::{MAX_FILE_BYTES, Source};

/// How the names of grammar files end.
const ENDINGS: [&str; 2] = ["yaml", "yml"];

/// The files of a grammar by their names and texts: the file at the path, or those in the folder.
pub(super) fn texts(path: &Path) -> Result<Vec<(String, String)>, GrammarError> {
    let files = if path.is_dir() {
        files(path)?
    } else {
        vec![path.to_owned()]
    };
    if files.is_empty() {
        return Err(nothing(&path.display().to_string()));
    }
    let read = |path: &PathBuf| {
        let name = path.display().to_string();
        read(path, &name).map(|text| (name, text))
    };
    files.iter().map(read).collect()
}

/// The error of a folder without a grammar.
pub(super) fn nothing(folder: &str) -> GrammarError {
    about(
        folder,
        "the folder holds no grammar file",
        "put files whose names end in .yaml into it; folders in it are not looked into",
    )
}

/// The grammar files in a folder, in the order of their names regardless of case: `_common.yaml` comes first.
fn files(folder: &Path) -> Result<Vec<PathBuf>, GrammarError> {
    let cannot = |e: std::io::Error| {
        about(
            &folder.display().to_string(),
            format!("the folder cannot be read: {e}"),
            "check the path and its permissions",
        )
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if ending.is_some_and(|ending| ENDINGS.contains(&ending)) && path.is_file() {
            files.push(path);
        }
    }
    files.sort_by_key(|path| path.file_name().map(|name| name.to_ascii_lowercase()));
    Ok(files)
}

/// The text of a file, if it is one and not too long.
fn read(path: &Path, name: &str) -> Result<String, GrammarError> {
    let cannot = |e: std::io::Error| {
        about(
            name,
            format!("the file cannot be read: {e}"),
            "check the path and its permissions",
        )
    };
    let length = std::fs::metadata(path).map_err(cannot)?.len();
    if length > MAX_FILE_BYTES as u64 {
        return Err(about(
            name,
            format!("the file is {length} bytes long; {MAX_FILE_BYTES} are allowed"),
            "split it, or give long lists through a catalog",
        ));
    }
    let bytes = std::fs::read(path).map_err(cannot)?;
    String::from_utf8(bytes).map_err(|e| {
        let valid = String::from_utf8_lossy(
            e.as_bytes()
                .get(..e.utf8_error().valid_up_to())
                .unwrap_or_default(),
        )
        .into_owned();
        let hint = "save the file as UTF-8";
        match Source::new(name, &valid) {
            Ok(source) => source.error(valid.len(), "the file is not UTF-8 from here on", hint),
            Err(error) => error,
        }
    })
}

fn about(file: &str, message: impl Into<String>, hint: &str) -> GrammarError {
    GrammarError {
        file: file.to_owned(),
        line: 0,
        column: 0,
        message: message.into(),
        hint: hint.into(),
    }
}
