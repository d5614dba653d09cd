//! The languages whose spoken forms are known.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::definition::Definition;

/// A language that commands can be spoken in: a handle to its [`Definition`], as cheap to copy as a
/// number. Two are the same if their codes are.
#[derive(Clone, Copy)]
pub struct Language(&'static Definition);

/// The languages that a program has added.
static ADDED: RwLock<Vec<Language>> = RwLock::new(Vec::new());

impl Language {
    /// The handle to a definition, for the list of those that come with the library.
    pub(super) const fn to(definition: &'static Definition) -> Language {
        Language(definition)
    }

    /// Adds a language, which files and [`Language::from_code`] know from then on by its code. Adding
    /// one again changes nothing.
    ///
    /// # Errors
    /// [`LanguageError`] if the code is no code or another language's, or a digit has no word.
    ///
    /// ```
    /// use zahlwort_grammar::Language;
    /// use zahlwort_grammar::language::{Definition, Numbers, Numeral};
    ///
    /// static WORDS: [Numeral; 10] = [
    ///     Numeral::new(0, "no"), Numeral::new(1, "pe"), Numeral::new(2, "fo"), Numeral::new(3, "ti"),
    ///     Numeral::new(4, "ka"), Numeral::new(5, "lu"), Numeral::new(6, "se"), Numeral::new(7, "ra"),
    ///     Numeral::new(8, "bi"), Numeral::new(9, "mu"),
    /// ];
    /// static DIGITS: Definition =
    ///     Definition::new("zz", Numbers::new(&WORDS, 9, |n, value, _| n.word(value as u32).to_owned()));
    ///
    /// let language = Language::add(&DIGITS)?;
    /// assert_eq!(Language::from_code("zz"), Some(language));
    /// assert_eq!(zahlwort_grammar::builtin::speak_number(7, language), "ra");
    /// # Ok::<(), zahlwort_grammar::language::LanguageError>(())
    /// ```
    pub fn add(definition: &'static Definition) -> Result<Language, LanguageError> {
        let language = Language(definition);
        let code = definition.code;
        if code.is_empty() || !code.bytes().all(|c| c.is_ascii_lowercase()) {
            return Err(LanguageError::NoCode(code.to_owned()));
        }
        if let Some(digit) = (0..10).find(|digit| definition.numbers.word(*digit).is_empty()) {
            return Err(LanguageError::NoWord { digit });
        }
        let mut added = ADDED.write().unwrap_or_else(PoisonError::into_inner);
        let known = Language::ALL.iter().chain(added.iter());
        match known.into_iter().find(|known| **known == language) {
            Some(known) if std::ptr::eq(known.0, definition) => {}
            Some(_) => return Err(LanguageError::Taken(code.to_owned())),
            None => added.push(language),
        }
        Ok(language)
    }

    /// Every known language: those that come with the library, and those that were added.
    pub fn known() -> Vec<Language> {
        let added = ADDED.read().unwrap_or_else(PoisonError::into_inner);
        Language::ALL
            .into_iter()
            .chain(added.iter().copied())
            .collect()
    }

    /// What the language consists of.
    pub fn definition(self) -> &'static Definition {
        self.0
    }

    /// The ISO 639-1 code, such as `"de"`.
    pub fn code(self) -> &'static str {
        self.0.code
    }

    /// The language of an ISO 639-1 code or a BCP 47 tag that starts with it (`de-AT`).
    pub fn from_code(code: &str) -> Option<Language> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Language::known()
            .into_iter()
            .find(|l| l.code().eq_ignore_ascii_case(primary))
    }

    /// How a file says which language it is in, for the error of one that does not.
    pub(crate) fn hint() -> String {
        let lines: Vec<String> = Language::known()
            .iter()
            .map(|language| format!("`language: {language}`"))
            .collect();
        lines.join(" or ")
    }
}

/// Why a language cannot be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LanguageError {
    /// The code is not made of the letters a to z.
    #[error("`{0}` is no language code; use the lower-case letters of ISO 639")]
    NoCode(String),
    /// There is another language of this code.
    #[error("there is another language with the code `{0}`")]
    Taken(String),
    /// One of the digits has no word.
    #[error("the digit {digit} has no word; the table of number words needs 0 to 9")]
    NoWord {
        /// The digit.
        digit: u32,
    },
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Language {}

impl PartialOrd for Language {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Language {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.code().cmp(other.code())
    }
}

impl Hash for Language {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.code().hash(state);
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.code())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        let mut known = Language::known().into_iter();
        known.find(|l| l.code() == code).ok_or_else(|| {
            serde::de::Error::custom(format!("`{code}` is the code of no known language"))
        })
    }
}

/// Something that is made once for each language, when it is first asked for.
#[derive(Debug)]
pub struct PerLanguage<T> {
    made: Mutex<BTreeMap<Language, Slot<T>>>,
}

type Slot<T> = Arc<OnceLock<Arc<T>>>;

impl<T> PerLanguage<T> {
    /// Of which nothing has been made.
    pub const fn new() -> Self {
        Self {
            made: Mutex::new(BTreeMap::new()),
        }
    }

    /// What was made for the language, or is made now. Other languages do not wait for it.
    pub fn get(&self, language: Language, make: impl FnOnce() -> T) -> Arc<T> {
        let slot = {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(made.entry(language).or_default())
        };
        Arc::clone(slot.get_or_init(|| Arc::new(make())))
    }
}

impl<T> Default for PerLanguage<T> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart_by_their_codes() {
        assert_eq!(Language::from_code("de-AT"), Some(Language::DE));
        assert_eq!(Language::from_code("EN_us"), Some(Language::EN));
        assert_eq!(Language::from_code("deutsch"), None);
        assert_eq!(serde_json::to_string(&Language::DE).unwrap(), "\"de\"");
        let read = |text: &str| serde_json::from_str::<Language>(text);
        assert_eq!(read("\"en\"").unwrap(), Language::EN);
        assert!(read("\"EN\"").is_err() && read("\"xx\"").is_err());
    }

    #[test]
    fn a_code_belongs_to_one_language() {
        let of = |code| Definition::new(code, Language::EN.definition().numbers);
        let leaked = |code| -> &'static Definition { Box::leak(Box::new(of(code))) };
        let error = Language::add(leaked("de")).unwrap_err();
        assert_eq!(error, LanguageError::Taken("de".into()));
        assert!(matches!(
            Language::add(leaked("De")),
            Err(LanguageError::NoCode(_))
        ));
        assert_eq!(Language::add(Language::DE.definition()), Ok(Language::DE));
        assert!(Language::known().starts_with(&Language::ALL));
    }
}
