//! A folder of files that are read as one grammar.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::path::Path;

use zahlwort_grammar::source::{GrammarError, LoadOptions};
use zahlwort_grammar::{Automaton, Grammar, MatchOptions};

const COMMON: &str = "\
language: en
expansion_rules:
  polite: \"(please|kindly)\"
lists:
  place: {values: [Munich, Berlin]}
skip_words: [now]
";
const GO: &str = "\
language: en
intents:
  Go:
    data:
      - sentences: ['[<polite>] <go> to {place}']
expansion_rules: {go: '(go|travel)'}
";
const STAY: &str = "\
language: en
intents:
  Stay: {data: [{sentences: ['stay in {place}']}]}
  Go: {data: [{sentences: ['off to {place}']}]}
skip_words: [then]
";

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

fn load(files: &[(&str, &str)]) -> Result<Grammar, GrammarError> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    Grammar::load(folder.path(), &LoadOptions::default())
}

#[test]
fn rules_lists_and_skip_words_of_each_file_hold_in_all() {
    let files = [
        ("_common.yaml", COMMON),
        ("Go.yaml", GO),
        ("Stay.yml", STAY),
    ];
    let grammar = load(&files).unwrap();
    let names: Vec<&str> = grammar.intents.iter().map(|i| i.name.as_str()).collect();
    assert_eq!(names, ["Go", "Stay"]);
    assert_eq!(grammar.skip_words.len(), 2);
    let automaton = Automaton::compile(&grammar, &Default::default()).unwrap();
    let intent = |text: &str| {
        let found = automaton.parse(text, &MatchOptions::default());
        found.first().map(|m| m.intent.clone())
    };
    assert_eq!(intent("kindly travel now to Munich").as_deref(), Some("Go"));
    assert_eq!(intent("off to Berlin then").as_deref(), Some("Go"));
    assert_eq!(intent("stay in Berlin").as_deref(), Some("Stay"));
    assert_eq!(intent("stay at home"), None);
}

#[test]
fn what_is_no_grammar_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write(path, &[("_common.yaml", COMMON), ("Go.yaml", GO)]);
    let alone = Grammar::load(path, &LoadOptions::default()).unwrap();
    write(
        path,
        &[("Go.tests.tsv", "go home\tGo\t"), ("notes.txt", "{")],
    );
    std::fs::create_dir(path.join("more.yaml")).unwrap();
    write(&path.join("more.yaml"), &[("Bad.yaml", "{")]);
    assert_eq!(Grammar::load(path, &LoadOptions::default()).unwrap(), alone);
}

#[test]
fn errors_and_notes_name_the_file_and_its_line() {
    let wrong = GO.replace("{place}", "{plaace}");
    let error = load(&[("_common.yaml", COMMON), ("Go.yaml", &wrong)]).unwrap_err();
    assert!(error.file.ends_with("Go.yaml"), "{error}");
    assert_eq!((error.line, error.column), (5, 41), "{error}");
    assert!(error.hint.contains("{place}"), "{error}");

    let wrong = COMMON.replace("kindly)", "kindly");
    let error = load(&[("Go.yaml", GO), ("_common.yaml", &wrong)]).unwrap_err();
    assert!(error.file.ends_with("_common.yaml"), "{error}");
    assert_eq!(error.line, 3, "{error}");

    let error = load(&[("Go.yaml", GO), ("Umlaut.yaml", "language: de\näö: [\n")]).unwrap_err();
    assert!(
        error.file.ends_with("Umlaut.yaml") && error.line == 3,
        "{error}"
    );

    let unused = format!("{COMMON}  # äöü\n").replace("lists:", "  unused: '{nowhere}'\nlists:");
    let files = [("Go.yaml", GO), ("_common.yaml", unused.as_str())];
    let (_, notes) = Grammar::check_files(&files, &LoadOptions::default()).unwrap();
    let places: Vec<(&str, usize)> = notes.iter().map(|n| (n.file.as_str(), n.line)).collect();
    assert_eq!(places, [("_common.yaml", 4)]);
}

#[test]
fn what_two_files_define_is_refused() {
    let again = "language: en\nexpansion_rules: {go: run}\n";
    let error = load(&[
        ("Go.yaml", GO),
        ("_common.yaml", COMMON),
        ("run.yaml", again),
    ])
    .unwrap_err();
    assert!(
        error.file.ends_with("run.yaml") && error.line == 2,
        "{error}"
    );
    assert!(
        error.message.contains("`go`") && error.message.contains("Go.yaml, line 6"),
        "{error}"
    );

    let again = "language: en\nlists: {place: {values: [Rome]}}\n";
    let error = load(&[("_common.yaml", COMMON), ("rome.yaml", again)]).unwrap_err();
    assert!(error.file.ends_with("rome.yaml"), "{error}");
    assert!(error.message.contains("the list `place`"), "{error}");
}

#[test]
fn a_folder_has_one_language_and_at_least_one_file() {
    let error = load(&[("_common.yaml", COMMON), ("de.yaml", "language: de\n")]).unwrap_err();
    assert!(
        error.message.contains("“de”") && error.message.contains("“en”"),
        "{error}"
    );
    let error = load(&[("_common.yaml", COMMON), ("none.yaml", "intents: {}\n")]).unwrap_err();
    assert!(error.file.ends_with("none.yaml"), "{error}");
    assert!(
        error.message.contains("does not say its language"),
        "{error}"
    );
    assert!(load(&[]).unwrap_err().message.contains("no grammar file"));
    let none: [(&str, &str); 0] = [];
    assert!(Grammar::check_files(&none, &LoadOptions::default()).is_err());
}
