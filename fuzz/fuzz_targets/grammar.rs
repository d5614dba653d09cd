//! Grammar files, one or several read as one (lines of `---` are between them): what loads is written and loads
//! again as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zahlwort_commands::Catalog;
use zahlwort_grammar::Grammar;
use zahlwort_grammar::source::LoadOptions;

fuzz_target!(|text: &str| {
    let options = LoadOptions::with_lists(Catalog::list_names());
    let files: Vec<(&str, &str)> = text.split("\n---\n").map(|file| ("fuzz.yaml", file)).collect();
    let Ok((grammar, _)) = Grammar::check_files(&files, &options) else {
        return;
    };
    let written = grammar.to_yaml();
    match Grammar::from_yaml("again.yaml", &written, &options) {
        Ok(again) => assert_eq!(again.to_yaml(), written),
        // A file that is as long as it may be can become longer.
        Err(error) => assert!(
            written.len() > text.len() && error.to_string().contains("than"),
            "{error}\n{written}"
        ),
    }
});
