//! The grammar of answers: what is listened for only where a question asks for it.

use zahlwort_grammar::source::{GrammarError, List, LoadOptions};
use zahlwort_grammar::{Grammar, Language};

use crate::dialogue::Expectation;
use crate::policy::Effect;
use crate::{Catalog, Descriptor};

/// The intents that answer with a name, and the list that it is from.
const NAMES: [(&str, &str); 5] = [
    ("NameContact", "payees"),
    ("NameBill", "bills"),
    ("NameProduct", "products"),
    ("NameTarget", "topup_targets"),
    ("NameMethod", "payment_methods"),
];
/// A name that is to replace another.
const CORRECTION: &str = "CorrectContact";
/// What may be said whether a question is open or not.
const ALWAYS: [&str; 3] = ["Cancel", "Repeat", "Help"];

/// Whether an intent of the grammar of answers is a name ([`crate::dialogue::Input::Name`]), which
/// stands in its slot `name`.
pub fn is_name(intent: &str) -> bool {
    intent == CORRECTION || NAMES.iter().any(|(name, _)| *name == intent)
}

/// Whether an intent answers a question, and means nothing where none is open.
fn is_answer(intent: &str) -> bool {
    let command = Descriptor::of_intent(intent);
    let is_answer = command.is_some_and(|command| command.effect == Effect::Answer);
    is_answer && !ALWAYS.contains(&intent) || is_name(intent)
}

/// The grammar of answers, to merge with the grammar of commands before it is narrowed
/// ([`narrowed`]).
///
/// # Errors
/// None in a released version; the tests load it.
pub fn answers(language: Language) -> Result<Grammar, GrammarError> {
    let (file, yaml) = match language {
        Language::De => (
            "answers.de.yaml",
            include_str!("../../packs/answers.de.yaml"),
        ),
        Language::En => (
            "answers.en.yaml",
            include_str!("../../packs/answers.en.yaml"),
        ),
    };
    let options = LoadOptions::with_lists(Catalog::list_names());
    Grammar::from_yaml(file, yaml, &options)
}

/// The grammar of commands and answers, cut down to what is expected.
///
/// # Errors
/// If the grammar defines a list of the answers' grammar differently.
pub fn narrowed(commands: Grammar, expected: &Expectation) -> Result<Grammar, GrammarError> {
    let mut answers = answers(commands.language)?;
    // The lists of a pack, where it is used.
    answers.lists.retain(|name, list| {
        let is_empty = matches!(list, List::Values(entries) if entries.is_empty());
        !(is_empty && commands.lists.contains_key(name))
    });
    let mut all = commands.merge(answers)?;
    all.intents.retain(|intent| expected.accepts(&intent.name));
    Ok(all)
}

impl Expectation {
    /// Whether a sentence of this intent is listened for. Where no question is open
    /// ([`Expectation::default`]), everything is but answers.
    pub fn accepts(&self, intent: &str) -> bool {
        if *self == Self::default() {
            return !is_answer(intent);
        }
        let mut lists = NAMES.iter().filter(|(name, _)| *name == intent);
        self.intents.contains(&intent) || lists.any(|(_, list)| self.names_of.contains(list))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails may panic")]
    use super::*;
    use crate::Pack;
    use crate::dialogue::{Ask, Missing};

    #[test]
    fn only_what_was_asked_is_left() {
        for language in Language::ALL {
            let all = || Pack::Payments.load(language).unwrap();
            let names = |expected: &Expectation| -> Vec<String> {
                let grammar = narrowed(all(), expected).unwrap();
                grammar
                    .intents
                    .into_iter()
                    .map(|intent| intent.name)
                    .collect()
            };
            let mut who = names(&Expectation::of(&Ask::Slot(Missing::Recipient)));
            who.sort_unstable();
            assert_eq!(who, ["Cancel", "Help", "NameContact", "Repeat"]);
            let idle = names(&Expectation::default());
            assert!(idle.iter().any(|name| name == "SendMoney"));
            for answer in [
                "Confirm",
                "ProvideInterval",
                "NameContact",
                "CorrectContact",
            ] {
                assert!(!idle.iter().any(|name| name == answer), "{answer}");
            }
        }
    }
}
