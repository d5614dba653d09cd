//! Words between those of a sentence that the grammar does not know.

use std::collections::BTreeMap;

use zahlwort_grammar::source::LoadOptions;
use zahlwort_grammar::{Automaton, Grammar, Match, MatchOptions};

const COFFEE: &str = "
language: en
intents:
  Brew:
    data:
      - sentences:
          - '[(could you|please)] (start|make) [a] {size} coffee [with {topping}]'
          - 'set [the] timer to {@duration:length}'
lists:
  size: {values: [small, large]}
  topping: {values: [milk, brown sugar]}
";

fn automaton(yaml: &str) -> Automaton {
    let grammar =
        Grammar::from_yaml("coffee.yaml", yaml, &LoadOptions::default()).expect("it is one");
    Automaton::compile(&grammar, &BTreeMap::new()).expect("it compiles")
}

fn parse(automaton: &Automaton, text: &str, most: u8) -> Option<Match> {
    let options = MatchOptions {
        unknown_words: most,
        ..MatchOptions::default()
    };
    automaton.parse(text, &options).into_iter().next()
}

fn size(found: &Match) -> &str {
    &found.slot("size").expect("a size").text
}

#[test]
fn one_or_two_unknown_words_cost_a_tenth_each() {
    let coffee = automaton(COFFEE);
    for (text, score) in [
        ("could you make a small coffee", 1.0),
        ("could you maybe make a small coffee", 0.9),
        ("Could you maybe, like, make a small coffee?", 0.81),
        ("make me a nice large coffee", 0.81),
        ("make a small hot coffee with some milk", 0.81),
        ("set the egg timer to five minutes", 0.9),
    ] {
        let found = parse(&coffee, text, 2).unwrap_or_else(|| panic!("{text}"));
        assert!(
            (found.score - score).abs() < 1e-4,
            "{text}: {}",
            found.score
        );
    }
    let found = parse(&coffee, "make me a nice large coffee", 2).unwrap();
    assert_eq!(size(&found), "large");
    assert_eq!(found.slots[0].span, 15..20);
}

#[test]
fn no_more_than_were_asked_for() {
    let coffee = automaton(COFFEE);
    let (one, two) = (
        "could you maybe make a small coffee",
        "could you maybe like make a small coffee",
    );
    assert!(parse(&coffee, one, 0).is_none());
    assert!(parse(&coffee, one, 1).is_some());
    assert!(parse(&coffee, two, 1).is_none());
    assert!(parse(&coffee, two, 2).is_some());
    assert!(parse(&coffee, "could you maybe just like make a small coffee", 2).is_none());
    // More than two are never passed over.
    assert!(parse(&coffee, "could you maybe just like make a small coffee", 9).is_none());
}

#[test]
fn none_at_the_ends_and_none_inside_of_a_value() {
    let coffee = automaton(COFFEE);
    for text in [
        "today make a small coffee",
        "make a small coffee today",
        "make a small coffee with brown cane sugar",
        "set the timer to five long minutes",
    ] {
        assert!(parse(&coffee, text, 2).is_none(), "{text}");
    }
}

#[test]
fn what_changes_the_meaning_is_never_passed_over() {
    let coffee = automaton(COFFEE);
    for text in [
        "could you not make a small coffee",
        "make no small coffee",
        "never make a small coffee",
        "make a small no wait large coffee",
        "make a large and small coffee",
        "make a small or large coffee",
        "make two small coffee",
        "make 2 small coffee",
        "make a small euro coffee",
        "set the timer to ten to five minutes",
        "make a small large coffee",
        "make a small I mean large coffee",
        "please unless late make a small coffee",
        "set the timer to minus five minutes",
    ] {
        assert!(parse(&coffee, text, 2).is_none(), "{text}");
    }
    let german = automaton(
        "
language: de
intents:
  Brew: {data: [{sentences: ['[bitte] mach [mir] einen {size} Kaffee']}]}
lists:
  size: {values: [kleinen, großen]}
",
    );
    assert!(parse(&german, "mach mir schnell einen kleinen Kaffee", 2).is_some());
    for text in [
        "mach mir nicht einen kleinen Kaffee",
        "mach mir doch nicht einen kleinen Kaffee",
        "mach mir zwei einen kleinen Kaffee",
        "mach mir einen kleinen und großen Kaffee",
        "mach mir einen kleinen nein großen Kaffee",
    ] {
        assert!(parse(&german, text, 2).is_none(), "{text}");
    }
}
