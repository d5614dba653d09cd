//! Sentences that are not valid where a text is said do not stand in the way of those that are.

use std::collections::BTreeMap;

use serde_json::json;
use zahlwort_grammar::source::LoadOptions;
use zahlwort_grammar::{Automaton, Grammar, MatchOptions};

const NOTES: &str = "
language: en
intents:
  Note:
    data:
      - sentences: ['{anything}']
        requires_context: {app: notes}
  Move:
    data:
      - sentences: ['move {what} to {where}']
  Paint:
    data:
      - sentences: ['{colour} {anything}']
        requires_context: {warm: true}
lists:
  anything: {wildcard: true}
  what: {wildcard: true}
  where: {wildcard: true}
  colour: {values: [{in: red, out: red, context: {warm: true}}, blue]}
";

fn intents(text: &str, app: Option<&str>) -> Vec<String> {
    let grammar = Grammar::from_yaml("notes.yaml", NOTES, &LoadOptions::default());
    let automaton = Automaton::compile(&grammar.expect("it loads"), &BTreeMap::new());
    let options = MatchOptions {
        context: app
            .map(|app| ("app".to_owned(), json!(app)))
            .into_iter()
            .collect(),
        ..MatchOptions::default()
    };
    let found = automaton.expect("it compiles").parse(text, &options);
    found.into_iter().map(|reading| reading.intent).collect()
}

#[test]
fn what_the_context_forbids_hides_nothing() {
    // One open slot is likelier than two, but not where it is no sentence at all.
    let text = "move the red box to the hall";
    assert_eq!(intents(text, None), ["Move"]);
    assert_eq!(intents(text, Some("mail")), ["Move"]);
    assert_eq!(intents(text, Some("notes"))[0], "Note");
}

#[test]
fn entries_decide_by_what_they_add() {
    assert_eq!(intents("red house", None), ["Paint"]);
    assert!(intents("blue house", None).is_empty());
}
