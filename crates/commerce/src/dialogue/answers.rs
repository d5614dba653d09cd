//! The grammar of answers: what is listened for only where a question asks for it.

use zahlwort_grammar::source::{GrammarError, LoadOptions};
use zahlwort_grammar::{Grammar, Language};

use crate::Catalog;
use crate::dialogue::Expectation;

/// Its intents that are payments with parts still to ask for: [`crate::dialogue::Input::Draft`].
pub const BEGINNINGS: [&str; 2] = ["BeginSendMoney", "BeginStandingOrder"];
/// What answers a question, and means nothing where none is open.
const ANSWERS: [&str; 10] = [
    "Confirm",
    "Deny",
    "ProvideAmount",
    "ProvideQuantity",
    "ProvidePin",
    "ProvideInterval",
    "ChooseOption",
    "NameContact",
    "CorrectContact",
    "NameMethod",
];

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
    Grammar::from_yaml(file, yaml, &LoadOptions::with_lists(Catalog::LISTS))
}

/// The grammar of commands and answers, cut down to what is expected.
///
/// # Errors
/// If the grammar defines a list of the answers' grammar differently.
pub fn narrowed(commands: Grammar, expected: &Expectation) -> Result<Grammar, GrammarError> {
    let answers = answers(commands.language)?;
    let mut all = commands.merge(answers)?;
    all.intents.retain(|intent| expected.accepts(&intent.name));
    Ok(all)
}

impl Expectation {
    /// Whether a sentence of this intent is listened for. Where no question is open
    /// ([`Expectation::default`]), everything is but answers.
    pub fn accepts(&self, intent: &str) -> bool {
        if *self == Self::default() {
            return !ANSWERS.contains(&intent);
        }
        let list = match intent {
            "NameContact" => Some("contacts"),
            "NameMethod" => Some("payment_methods"),
            _ => None,
        };
        self.intents.contains(&intent) || list.is_some_and(|list| self.names_of.contains(&list))
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
            assert!(idle.iter().any(|name| name == "BeginSendMoney"));
            assert!(!idle.iter().any(|name| name == "Confirm"));
        }
    }
}
