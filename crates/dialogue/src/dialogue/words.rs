//! The words: one table of sentences for each language, `words/de.toml` and `words/en.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use zahlwort_grammar::Language;

use crate::dialogue::Address;

/// Sentences by name: `[ask]` and `amount` are "ask.amount".
pub(super) type Table = BTreeMap<String, Sentence>;

/// A sentence, in both forms where it speaks to the listener.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Sentence {
    Same(String),
    Addressed(Addressed),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Addressed {
    du: String,
    sie: String,
}

impl Sentence {
    pub(super) fn to(&self, address: Address) -> &str {
        match (self, address) {
            (Sentence::Same(sentence), _) => sentence,
            (Sentence::Addressed(forms), Address::Familiar) => &forms.du,
            (Sentence::Addressed(forms), Address::Formal) => &forms.sie,
        }
    }
}

/// Reads a table.
pub(super) fn parse(toml: &str) -> Result<Table, toml::de::Error> {
    let sections: BTreeMap<String, Table> = toml::from_str(toml)?;
    let named = |(section, sentences): (String, Table)| {
        let name = move |(key, sentence)| (format!("{section}.{key}"), sentence);
        sentences.into_iter().map(name)
    };
    Ok(sections.into_iter().flat_map(named).collect())
}

macro_rules! tables {
    ($($code:literal),*) => {
        [$(($code, LazyLock::new(|| {
            parse(include_str!(concat!("../../words/", $code, ".toml"))).unwrap_or_default()
        }))),*]
    };
}

/// The tables that ship, each read once, by the codes of their languages. The tests read all; there is
/// nothing in them to fail later.
static SHIPPED: [(&str, LazyLock<Table>); 2] = tables!["de", "en"];

/// The table that ships; an empty one in a language that does not come with the library.
pub(super) fn shipped(language: Language) -> &'static Table {
    static NONE: Table = Table::new();
    let known = SHIPPED.iter().find(|(code, _)| *code == language.code());
    known.map_or(&NONE, |(_, table)| table)
}

/// Every sentence that there is, with its placeholders, in some language.
pub(super) fn all() -> &'static Table {
    &SHIPPED[0].1
}

/// The name of a kind as it stands in JSON, which is its key in the table: "too_much".
pub(super) fn kind(kind: &impl Serialize) -> String {
    use serde_json::Value::{Object, String};
    match serde_json::to_value(kind) {
        Ok(String(name)) => name,
        Ok(Object(fields)) => match fields.get("reason") {
            Some(String(name)) => name.clone(),
            _ => Default::default(),
        },
        _ => Default::default(),
    }
}

/// What stands between braces; a brace that is never closed counts to the end.
pub(super) fn placeholders(sentence: &str) -> Vec<&str> {
    let parts = sentence.split('{').skip(1);
    parts
        .map(|part| part.split_once('}').map_or(part, |(name, _)| name))
        .collect()
}

/// Puts values in. Values are not searched for placeholders, so a name that looks like one is harmless.
pub(super) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut parts = sentence.split('{');
    filled.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or((part, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        filled.push_str(value.map_or("", |(_, value)| value));
        filled.push_str(rest);
    }
    filled
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails may panic")]
    use super::*;

    #[test]
    fn both_tables_are_read_and_have_the_same_sentences_with_the_same_values() {
        for toml in [
            include_str!("../../words/de.toml"),
            include_str!("../../words/en.toml"),
        ] {
            assert!(!parse(toml).unwrap().is_empty());
        }
        let [german, english] = [Language::DE, Language::EN].map(shipped);
        assert!(german.keys().eq(english.keys()));
        for (name, sentence) in german {
            let forms = [
                sentence.to(Address::Familiar),
                sentence.to(Address::Formal),
                english[name].to(Address::Familiar),
            ];
            let [du, sie, english] = forms.map(|form| {
                let mut names = placeholders(form);
                names.sort_unstable();
                names
            });
            assert!(du == sie && du == english, "{name}");
        }
    }

    #[test]
    fn a_table_that_is_none_is_refused() {
        for wrong in [
            "[ask]\namount = 3",
            "[ask]\namount = {du = \"Wie viel?\"}",
            "amount = \"Wie viel?\"",
            "[ask",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
