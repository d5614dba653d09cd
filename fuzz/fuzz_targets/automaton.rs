//! Grammar files and what is said in them: compiled, and a text matched.
#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use zahlwort_grammar::source::LoadOptions;
use zahlwort_grammar::{Automaton, Grammar, Sampler};

fuzz_target!(|text: &str| {
    let (grammar, said) = text.split_once('\0').unwrap_or((text, "turn on the light"));
    let Ok(grammar) = Grammar::from_yaml("fuzz.yaml", grammar, &LoadOptions::default()) else {
        return;
    };
    let Ok(automaton) = Automaton::compile(&grammar, &BTreeMap::new()) else {
        return;
    };
    for found in automaton.parse(said, &Default::default()) {
        assert!((0.0..=1.0).contains(&found.score), "{found:?}");
    }
    if let Some(sentence) = Sampler::new(&automaton, 1).next() {
        let _ = automaton.parse(&sentence, &Default::default());
    }
});
