//! The grammar of answers: what is heard only where a question asks for it.

use zahlwort_grammar::source::{GrammarError, List};
use zahlwort_grammar::{Grammar, Language};

use crate::expectation::ALWAYS;
use crate::{Expectation, Pack};

/// The grammar of answers: all that a question may be answered with. Words that may be passed over
/// ("bitte") are those of the grammar that it is merged with.
///
/// # Errors
/// None in a released version; the tests load it.
pub fn answers(language: Language) -> Result<Grammar, GrammarError> {
    Pack::ANSWERS.load(language)
}

/// What is listened for where this is expected: of the orders, the expected ones, and the expected answers. For
/// orders alone ([`Expectation::default`]) the grammar is returned unchanged, whatever its intents are called:
/// a program that brings its own grammar wants all of it.
///
/// # Errors
/// If the grammar of orders defines a list of the answers' grammar differently.
pub fn narrowed(mut orders: Grammar, expected: &Expectation) -> Result<Grammar, GrammarError> {
    let language = orders.language;
    if !expected.orders {
        orders.intents.retain(|i| expected.accepts(&i.name));
    }
    let mut answers = answers(language)?;
    answers.intents.retain(|i| expected.asks_for(&i.name));
    // The lists of a pack, where it is used.
    answers.lists.retain(|name, list| {
        let is_empty = matches!(list, List::Values(entries) if entries.is_empty());
        !(is_empty && orders.lists.contains_key(name))
    });
    if answers.intents.is_empty() {
        return Ok(orders);
    }
    // A question can be ended whatever else the program listens for.
    let missing = |name: &&str| !orders.intents.iter().any(|i| i.name == **name);
    let missing: Vec<&str> = ALWAYS.iter().copied().filter(missing).collect();
    if !missing.is_empty() {
        let mut pack = Pack::PAYMENTS.load(language)?;
        pack.intents.retain(|i| missing.contains(&i.name.as_str()));
        answers.intents.append(&mut pack.intents);
    }
    orders.merge(answers)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails may panic")]
    use super::*;
    use zahlwort_grammar::source::LoadOptions;

    fn names(orders: Grammar, expected: &Expectation) -> Vec<String> {
        let grammar = narrowed(orders, expected).unwrap();
        let mut names: Vec<String> = grammar.intents.into_iter().map(|i| i.name).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn only_what_was_asked_is_left() {
        for language in Language::ALL {
            let all = || Pack::PAYMENTS.load(language).unwrap();
            let who = Expectation {
                names_of: &["payees"],
                ..Expectation::name()
            };
            assert_eq!(
                names(all(), &who),
                ["Cancel", "Help", "NameContact", "Repeat"]
            );
            let yes_no = ["Cancel", "Confirm", "Deny", "Help", "Repeat"];
            assert_eq!(names(all(), &Expectation::yes_no()), yes_no);
            // Also where the program's own grammar knows nothing of cancelling.
            let home = Pack::HOME.load(language).unwrap();
            assert_eq!(names(home, &Expectation::yes_no()), yes_no);
            assert_eq!(
                narrowed(all(), &Expectation::default()).unwrap(),
                Pack::PAYMENTS.load(language).unwrap()
            );
        }
    }

    #[test]
    fn anything_is_every_order_and_every_answer() {
        for language in Language::ALL {
            let mut all: Vec<String> = Pack::PAYMENTS
                .intents()
                .iter()
                .map(|i| (*i).into())
                .collect();
            let answers = answers(language).unwrap();
            all.extend(answers.intents.into_iter().map(|i| i.name));
            all.sort_unstable();
            let orders = Pack::PAYMENTS.load(language).unwrap();
            assert_eq!(names(orders, &Expectation::any()), all);
        }
    }

    #[test]
    fn what_a_program_calls_its_orders_is_its_own_affair() {
        let yaml = "language: en\nintents: {Confirm: {data: [{sentences: [aye aye]}]}}\n";
        let own = Grammar::from_yaml("own.yaml", yaml, &LoadOptions::default()).unwrap();
        assert_eq!(narrowed(own.clone(), &Expectation::default()).unwrap(), own);
        let with_ours = narrowed(own, &Expectation::yes_no()).unwrap();
        let confirm = with_ours.intents.iter().find(|i| i.name == "Confirm");
        assert!(confirm.unwrap().data.len() > 1);
    }
}
