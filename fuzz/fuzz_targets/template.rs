//! Sentence templates: what parses is printed and parses again as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zahlwort_grammar::source::{parse_phrase, print_template};

fuzz_target!(|text: &str| {
    if let Ok(phrase) = parse_phrase(text) {
        let printed = print_template(&phrase);
        let again = parse_phrase(&printed).expect("what is printed is a template");
        assert_eq!(print_template(&again), printed, "{text:?}");
    }
});
