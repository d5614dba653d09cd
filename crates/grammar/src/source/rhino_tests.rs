#![allow(clippy::unwrap_used)]

use super::*;
use crate::source::{LoadOptions, print_template};

const TEA: &str = r#"
context:
  expressions:
    brewTea:
      - "[make, brew] (me) (a, one) $tea:tea (please)"
      - "@polite [@want [a cup of, some], pour] $tea:tea for $pv.TwoDigitInteger:minutes minutes"
    setHeat:
      - "heat to $pv.Percent:level, "
  slots:
    tea:
      - "earl grey"
      - "St. John's wort"
  macros:
    polite: ["please"]
    want:
      - I want
      - I'd like
"#;

fn refused(text: &str) -> String {
    let error = Grammar::from_rhino("t.yaml", text, Language::EN).expect_err(text);
    format!(
        "{}:{} {} | {}",
        error.line, error.column, error.message, error.hint
    )
}

fn expression(text: &str) -> String {
    format!("context:\n  expressions:\n    I:\n      - \"{text}\"\n  slots: {{color: [red]}}\n")
}

#[test]
fn a_context_becomes_a_grammar() {
    let text = TEA.replace("level, ", "level");
    let grammar = Grammar::from_rhino("tea.yaml", &text, Language::EN).unwrap();
    let [brew, heat] = &grammar.intents[..] else {
        panic!()
    };
    assert_eq!(brew.name, "brewTea");
    let templates: Vec<_> = brew.data[0].sentences.iter().map(print_template).collect();
    assert_eq!(templates[0], "(make|brew) [me] [a|one] {tea} [please]");
    assert_eq!(
        templates[1],
        "please ((I want|I'd like) (a cup of|some)|pour) {tea} for {0..99:minutes} minutes"
    );
    assert_eq!(
        print_template(&heat.data[0].sentences[0]),
        "heat to {@percentage:level}"
    );
    let List::Values(teas) = &grammar.lists["tea"] else {
        panic!()
    };
    assert_eq!(teas[1].out, "St. John's wort");
    assert_eq!(teas[1].say, crate::lit("St John's wort"));
    assert!(grammar.lists.contains_key("0..99"));
}

#[test]
fn an_import_can_be_written_out_and_loaded() {
    let text = TEA.replace("level, ", "level");
    let grammar = Grammar::from_rhino("tea.yaml", &text, Language::EN).unwrap();
    let again = Grammar::from_yaml("out", &grammar.to_yaml(), &LoadOptions::default());
    assert_eq!(
        again.unwrap_or_else(|e| panic!("{e}\n{}", grammar.to_yaml())),
        grammar
    );
}

#[test]
fn letters_and_digits_have_lists_of_their_own() {
    let text = expression("row $pv.Alphabetic:row code $pv.Alphanumeric:code");
    let grammar = Grammar::from_rhino("t", &text, Language::DE).unwrap();
    let sizes: Vec<usize> = ["pv.Alphabetic", "pv.Alphanumeric"]
        .iter()
        .map(|name| match &grammar.lists[*name] {
            List::Values(entries) => entries.len(),
            _ => 0,
        })
        .collect();
    assert_eq!(sizes, [26, 36]);
}

#[test]
fn errors_say_where_and_how_to_mend() {
    for (text, place, message) in [
        ("turn [on, off", "4:15", "never closed"),
        ("turn on]", "4:17", "closes nothing"),
        ("turn on, off", "4:17", "comma"),
        ("turn [on,]", "4:19", "empty"),
        ("turn $colour:color", "4:15", "did you mean $color?"),
        ("turn $color", "4:15", "lacks"),
        ("turn @it", "4:15", "the rule @it is not defined"),
        ("turn $pv.Date:d", "4:15", "not known"),
        ("", "4:9", "an intent holds nothing"),
    ] {
        let text = expression(text);
        let text = if text.contains("\"\"") {
            text.replace("\"\"", "")
        } else {
            text
        };
        let refused = refused(&text);
        assert!(
            refused.starts_with(place) && refused.contains(message),
            "{text}: {refused}"
        );
    }
    assert!(refused("language: de").contains("no key `language`"));
    assert!(refused(TEA).contains("comma"), "{}", refused(TEA));
    assert!(refused("context: {slots: {a: ['x [y]']}}").contains("holds ["));
    let cycle = "context: {macros: {a: ['@b'], b: ['@a']}, expressions: {I: ['x @a']}}";
    assert!(
        refused(cycle).contains("@a → @b → @a"),
        "{}",
        refused(cycle)
    );
}
