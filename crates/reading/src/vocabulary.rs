//! The names that a household knows, by list.

use std::collections::{BTreeMap, HashSet};

use crate::words;

/// The fewest letters of a word that says something: `an`, `of` and `&` are in names too.
const LETTERS: usize = 3;

/// Which words occur in which lists of names, whatever their case.
///
/// A reader looks up the lists that its model was trained with, such as `contacts` or `products`, and ignores others.
///
/// ```
/// use zahlwort_reading::Vocabulary;
///
/// let known = Vocabulary::new([
///     ("contacts", "Anna Schmidt"),
///     ("billers", "Schmidt & Co. KG"),
/// ]);
/// assert_eq!(known.lists("anna").collect::<Vec<_>>(), ["contacts"]);
/// assert_eq!(known.lists("SCHMIDT").collect::<Vec<_>>(), ["billers", "contacts"]);
/// // Words of fewer than three letters say nothing.
/// assert_eq!(known.lists("co").count(), 0);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    lists: BTreeMap<String, HashSet<String>>,
}

impl Vocabulary {
    /// Of pairs of a list's name and the text of one of its entries.
    pub fn new<L: AsRef<str>, T: AsRef<str>>(entries: impl IntoIterator<Item = (L, T)>) -> Self {
        let mut lists: BTreeMap<String, HashSet<String>> = BTreeMap::new();
        for (list, entry) in entries {
            let list = list.as_ref();
            let words = match lists.get_mut(list) {
                Some(words) => words,
                None => lists.entry(list.to_owned()).or_default(),
            };
            let says = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() >= LETTERS;
            words.extend(
                words::written(entry.as_ref())
                    .filter(says)
                    .map(str::to_lowercase),
            );
        }
        Self { lists }
    }

    /// The names of the lists that have `word` in an entry, in alphabetical order.
    pub fn lists(&self, word: &str) -> impl Iterator<Item = &str> {
        let word = word.to_lowercase();
        self.lists
            .iter()
            .filter(move |(_, words)| words.contains(&word))
            .map(|(list, _)| list.as_str())
    }

    /// The words of a list, in lower case; `None` if no entry is in it.
    pub(crate) fn words(&self, list: &str) -> Option<&HashSet<String>> {
        self.lists.get(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_split_like_texts() {
        let known = Vocabulary::new([
            ("merchants", "Café „Zur Ähre“ (Köln), 24h"),
            ("products", "H&M"),
        ]);
        for word in ["café", "CAFÉ", "zur", "ähre", "köln"] {
            assert_eq!(known.lists(word).collect::<Vec<_>>(), ["merchants"]);
        }
        for word in ["24h", "h&m", "köln)", ""] {
            assert_eq!(known.lists(word).count(), 0, "{word}");
        }
    }
}
