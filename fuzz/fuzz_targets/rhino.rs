//! Rhino contexts: what is imported is a grammar that loads.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zahlwort_grammar::source::LoadOptions;
use zahlwort_grammar::{Grammar, Language};

fuzz_target!(|text: &str| {
    let _ = zahlwort::is_rhino(text);
    let Ok(grammar) = Grammar::from_rhino("fuzz.yaml", text, Language::EN) else {
        return;
    };
    let written = grammar.to_yaml();
    let _ = Grammar::from_yaml("again.yaml", &written, &LoadOptions::default());
});
