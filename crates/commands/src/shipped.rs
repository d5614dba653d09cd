//! The grammar files that come with the library.

use std::collections::BTreeMap;

use zahlwort_grammar::source::{GrammarError, LoadOptions};
use zahlwort_grammar::{Grammar, Language};

use crate::Catalog;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../packs/", $name)))),*]
    };
}

/// The files of each pack in each language, with their texts.
const FILES: &[(&str, &str)] = files![
    "answers.de.yaml",
    "home.de.yaml",
    "payments.de.yaml",
    "answers.en.yaml",
    "home.en.yaml",
    "payments.en.yaml",
];

/// What a pack's file in a language is called.
pub(crate) fn file_name(pack: &str, language: Language) -> String {
    format!("{pack}.{language}.yaml")
}

/// The text of a pack's file; `None` in a language that does not come with the library.
pub(crate) fn yaml(pack: &str, language: Language) -> Option<&'static str> {
    let name = file_name(pack, language);
    let known = FILES.iter().find(|(known, _)| *known == name);
    known.map(|(_, text)| *text)
}

/// A pack's grammar; one without intents in a language that does not come with the library.
///
/// # Errors
/// None in a released version; the tests load every file.
pub(crate) fn load(pack: &str, language: Language) -> Result<Grammar, GrammarError> {
    match yaml(pack, language) {
        Some(text) => {
            let options = LoadOptions::with_lists(Catalog::list_names());
            Grammar::from_yaml(&file_name(pack, language), text, &options)
        }
        None => Ok(Grammar {
            language,
            intents: Vec::new(),
            lists: BTreeMap::new(),
            skip_words: Vec::new(),
        }),
    }
}
