//! One grammar out of several.

use std::collections::btree_map::Entry as Slot;

use super::{Grammar, GrammarError};

impl Grammar {
    /// This grammar and another: intents of the same name get the sentences of both, lists of the
    /// same name must be equal.
    ///
    /// # Errors
    /// Where the languages differ, or a list is defined in both and differs.
    pub fn merge(mut self, other: Grammar) -> Result<Grammar, GrammarError> {
        if self.language != other.language {
            return Err(nowhere(
                format!(
                    "a grammar in “{}” cannot be merged with one in “{}”",
                    self.language, other.language
                ),
                "compile one grammar per language",
            ));
        }
        for (name, list) in other.lists {
            match self.lists.entry(name) {
                Slot::Vacant(vacant) => {
                    vacant.insert(list);
                }
                Slot::Occupied(known) if *known.get() == list => {}
                Slot::Occupied(known) => {
                    return Err(nowhere(
                        format!(
                            "the list `{}` is defined in both grammars, differently",
                            known.key()
                        ),
                        "rename one of the two, or let both come from the catalog",
                    ));
                }
            }
        }
        for intent in other.intents {
            match self
                .intents
                .iter_mut()
                .find(|known| known.name == intent.name)
            {
                Some(known) => known.data.extend(intent.data),
                None => self.intents.push(intent),
            }
        }
        for words in other.skip_words {
            if !self.skip_words.contains(&words) {
                self.skip_words.push(words);
            }
        }
        Ok(self)
    }
}

fn nowhere(message: String, hint: &str) -> GrammarError {
    GrammarError {
        file: String::new(),
        line: 0,
        column: 0,
        message,
        hint: hint.into(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::Grammar;
    use crate::source::LoadOptions;

    fn load(text: &str) -> Grammar {
        Grammar::from_yaml("test", text, &LoadOptions::default()).unwrap()
    }

    #[test]
    fn intents_of_the_same_name_get_the_sentences_of_both() {
        let one =
            load("language: de\nintents: {Ja: {data: [{sentences: [ja]}]}}\nskip_words: [bitte]\n");
        let two = load(
            "language: de\nintents: {Ja: {data: [{sentences: [genau]}]}, Nein: {data: [{sentences: [nein]}]}}\nskip_words: [bitte, mal]\n",
        );
        let both = one.merge(two).unwrap();
        assert_eq!(both.intents.len(), 2);
        assert_eq!(both.intents[0].data.len(), 2);
        assert_eq!(both.skip_words.len(), 2);
    }

    #[test]
    fn lists_of_the_same_name_must_be_equal() {
        let one = load("language: de\nlists: {farbe: {values: [rot]}}\n");
        assert_eq!(one.clone().merge(one.clone()).unwrap(), one);
        let two = load("language: de\nlists: {farbe: {values: [blau]}}\n");
        let error = one.merge(two).unwrap_err();
        assert!(error.message.contains("`farbe`"), "{error}");
    }

    #[test]
    fn languages_do_not_mix() {
        let error = load("language: de\n")
            .merge(load("language: en\n"))
            .unwrap_err();
        assert!(error.to_string().contains("“de”"), "{error}");
    }
}
