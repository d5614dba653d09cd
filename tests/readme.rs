//! What the README shows works as it says.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::collections::BTreeMap;

use zahlwort::dialogue::policy::Policy;
use zahlwort::grammar::source::LoadOptions;
use zahlwort::{Catalog, Engine, Grammar, Order, Outcome};

const README: &str = include_str!("../README.md");

/// The README's code block of this language that contains `mark`.
fn block(language: &str, mark: &str) -> &'static str {
    README
        .split("```")
        .skip(1)
        .step_by(2)
        .find(|b| b.starts_with(&format!("{language}\n")) && b.contains(mark))
        .and_then(|b| b.split_once('\n'))
        .unwrap_or_else(|| panic!("no {language} block with {mark}"))
        .1
}

#[test]
fn the_grammar_compiles_and_reads_what_it_says() {
    let yaml = block("yaml", "intents:");
    let grammar = Grammar::from_yaml("README.md", yaml, &LoadOptions::default()).unwrap();
    let interpreter = Engine::builder()
        .grammar(grammar)
        .context(BTreeMap::from([("area".to_owned(), "travel".into())]))
        .interpreter()
        .unwrap();
    let outcome =
        interpreter.parse("Please buy me two tickets to Munich on Friday at half past seven");
    let Outcome::Understood(said) = &outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(said.slots["count"].value, 2);
    assert_eq!(said.slots["city"].value, "MUC");
    assert_eq!(said.slots["kind"].value, "train");
    assert_eq!(said.slots["hour"].value, "07:30");
}

#[test]
fn the_catalog_loads() {
    let catalog = Catalog::parse("README.md", block("yaml", "contacts:")).unwrap();
    let interpreter = Engine::builder().catalog(catalog).interpreter().unwrap();
    let outcome = interpreter.parse("leg zwei Haferdrink in den Warenkorb");
    let Some(Order::AddToCart { product, .. }) = outcome.order() else {
        panic!("{outcome:?}")
    };
    assert_eq!(product.id.as_deref(), Some("sku-123"));
}

#[test]
fn the_policy_loads() {
    let policy = Policy::from_toml(block("toml", "new_payee")).unwrap();
    assert_eq!(policy.confirmation_seconds(), 30);
}
