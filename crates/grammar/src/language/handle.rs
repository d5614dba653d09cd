//! The languages whose spoken forms are known.

use serde::{Deserialize, Serialize};

use super::definition::Definition;
use super::{de, en};

/// A language that commands can be spoken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// German.
    De,
    /// English.
    En,
}

impl Language {
    /// Every known language, in the order in which they are tried.
    pub const ALL: [Language; 2] = [Language::De, Language::En];

    /// What the language consists of.
    pub fn definition(self) -> &'static Definition {
        match self {
            Language::De => &de::GERMAN,
            Language::En => &en::ENGLISH,
        }
    }

    /// The ISO 639-1 code, `"de"` or `"en"`.
    pub fn code(self) -> &'static str {
        self.definition().code
    }

    /// The language of an ISO 639-1 code or a BCP 47 tag that starts with it (`de-AT`).
    pub fn from_code(code: &str) -> Option<Language> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Language::ALL
            .into_iter()
            .find(|l| l.code().eq_ignore_ascii_case(primary))
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}
