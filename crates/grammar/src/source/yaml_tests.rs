#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use serde_json::json;

use super::*;
use crate::Open;
use crate::source::{MAX_FILE_BYTES, print_template};

/// A file as a Home Assistant user would have it: nothing in it is written for this crate.
const HOME: &str = r#"---
language: de
settings:
  ignore_whitespace: false
  filter_with_regex: true
intents:
  LichtAn:
    data:
      - sentences:
          - "<schalte> <artikel> {area}[-]Licht[er] (an|ein)"
          - (mach;[bitte];{farbe:color}) das Licht
        slots:
          domain: light
          name: all
        response: licht_an
        required_keywords: [licht, lichter]
        requires_context:
          area:
            slot: true
      - sentences: >-
          dimme das Licht
          auf {helligkeit:brightness}[%| Prozent]
        excludes_context:
          domain: [cover, fan]
        expansion_rules:
          artikel: "[dem|der]"
        metadata: {importance: 2, beta: false}
  Notiz:
    data:
      - sentences: ["notiere {notiz}"]
        lists:
          notiz:
            wildcard: true
lists:
  farbe:
    values:
      - rot
      - in: "grün|gruen"
        out: green
        context: {palette: basic}
        metadata: {hue: 120}
      - {in: "(hell|dunkel)blau"}
      - 3000
  helligkeit:
    range: {type: percentage, from: 0, to: 100, step: 5, multiplier: 0.01, fractions: halves}
expansion_rules:
  schalte: "(schalt[e]|mach[e])"
  artikel: "[das|die|den]"
skip_words:
  - bitte
  - "würdest du"
responses:
  intents:
    LichtAn:
      licht_an: "Licht {{ slots.area }} ist an"
"#;

fn load(text: &str) -> Result<Grammar, GrammarError> {
    Grammar::from_yaml("test.yaml", text, &LoadOptions::default())
}

/// Where the text cannot be loaded and why: `line:column message | hint`.
fn refused(text: &str) -> String {
    let error = load(text).expect_err(text);
    format!(
        "{}:{} {} | {}",
        error.line, error.column, error.message, error.hint
    )
}

fn sentences(text: &str) -> Vec<String> {
    let grammar = load(text).unwrap_or_else(|e| panic!("{e}"));
    grammar.intents[0]
        .data
        .iter()
        .flat_map(|d| &d.sentences)
        .map(print_template)
        .collect()
}

#[test]
fn a_home_assistant_file_loads_unchanged() {
    let options = LoadOptions::with_lists(["area", "name"]);
    let (grammar, notes) = Grammar::check_yaml("home.yaml", HOME, &options).unwrap();
    assert_eq!(grammar.language, Language::DE);
    assert_eq!(
        grammar.intents.iter().map(|i| &*i.name).collect::<Vec<_>>(),
        ["LichtAn", "Notiz"]
    );
    let [an, dimmen] = &grammar.intents[0].data[..] else {
        panic!()
    };
    assert_eq!(
        print_template(&an.sentences[0]),
        "(schalt[e]|mach[e]) [das|die|den] {area}[-]Licht[er] (an|ein)"
    );
    assert_eq!(
        print_template(&an.sentences[1]),
        "(mach;[bitte];{farbe:color}) das Licht"
    );
    assert_eq!(an.slots["domain"], json!("light"));
    assert_eq!(an.requires_context["area"], json!({"slot": true}));
    assert_eq!(an.response.as_deref(), Some("licht_an"));
    assert_eq!(
        print_template(&dimmen.sentences[0]),
        "dimme das Licht auf {helligkeit:brightness}[%|\\ Prozent]"
    );
    assert_eq!(dimmen.excludes_context["domain"], json!(["cover", "fan"]));
    assert_eq!(dimmen.metadata["importance"], json!(2));
    assert_eq!(grammar.lists["notiz"], List::Wildcard(Open::Text));
    assert_eq!(
        grammar.lists["helligkeit"],
        List::Range {
            from: 0,
            to: 100,
            step: 5,
            multiplier: Some("0.01".parse().unwrap())
        }
    );
    let List::Values(colours) = &grammar.lists["farbe"] else {
        panic!()
    };
    let outs: Vec<_> = colours.iter().map(|e| e.out.clone()).collect();
    assert_eq!(
        outs,
        [
            json!("rot"),
            json!("green"),
            json!("hellblau"),
            json!("dunkelblau"),
            json!(3000)
        ]
    );
    assert_eq!(colours[1].metadata["hue"], json!(120));
    assert_eq!(colours[1].context["palette"], json!("basic"));
    assert_eq!(grammar.skip_words.len(), 2);
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].message.contains("fractions"));
    assert_eq!(
        Grammar::from_yaml("again", &grammar.to_yaml(), &options).unwrap(),
        grammar
    );
}

#[test]
fn rules_stand_in_place_and_local_ones_go_first_also_inside_others() {
    let text = "
language: de
expansion_rules: {wer: anna, satz: 'hallo <wer>'}
intents:
  Gruss:
    data:
      - sentences: [<satz>]
      - sentences: [<satz>]
        expansion_rules: {wer: bert}
";
    assert_eq!(sentences(text), ["hallo anna", "hallo bert"]);
}

#[test]
fn a_rule_may_offer_a_list_and_an_open_slot_for_the_same_thing() {
    let text = "
language: en
intents: {Buy: {data: [{sentences: ['buy <product>']}]}}
expansion_rules: {product: '({products:product}|{any_product:product})'}
lists: {products: {values: [{in: tea, out: Tea, id: 7}]}, any_product: {wildcard: true}}
";
    assert_eq!(
        sentences(text),
        ["buy ({products:product}|{any_product:product})"]
    );
    let List::Values(entries) = &load(text).unwrap().lists["products"] else {
        panic!()
    };
    assert_eq!(entries[0].id.as_deref(), Some("7"));
}

#[test]
fn a_groups_own_list_hides_one_of_the_same_name() {
    let text = "
language: de
lists: {x: {values: [a]}}
intents:
  I:
    data:
      - sentences: ['{x}']
      - sentences: ['{x}']
        lists: {x: {values: [b]}}
";
    assert_eq!(sentences(text), ["{x}", "{I.1.x:x}"]);
}

#[test]
fn inline_ranges_become_lists() {
    let grammar =
        load("language: de\nintents: {I: {data: [{sentences: ['auf {0..100,5:n}']}]}}").unwrap();
    assert_eq!(
        grammar.lists["0..100,5"],
        List::Range {
            from: 0,
            to: 100,
            step: 5,
            multiplier: None
        }
    );
}

#[test]
fn anchors_and_merge_keys_work() {
    let text = "
language: de
intents:
  A: {data: [&a {sentences: [eins], slots: {x: 1}}]}
  B: {data: [{<<: *a, sentences: [zwei]}]}
";
    let grammar = load(text).unwrap();
    assert_eq!(grammar.intents[1].data[0].slots["x"], json!(1));
    assert_eq!(
        print_template(&grammar.intents[1].data[0].sentences[0]),
        "zwei"
    );
}

#[test]
fn errors_stand_where_the_mistake_is() {
    let at = |sentence: &str| {
        refused(&format!(
            "language: de\nintents:\n  I:\n    data:\n      - sentences:\n          - {sentence}\n"
        ))
    };
    assert!(
        at("an (b").starts_with("6:16 this ( is never closed"),
        "{}",
        at("an (b")
    );
    // In quotes the column counts the quote, and escapes count as they are written.
    assert!(at("\"an (b\"").starts_with("6:17 "), "{}", at("\"an (b\""));
    assert!(
        at(r#""\u00e4\\n (b""#).starts_with("6:24 "),
        "{}",
        at(r#""\u00e4\\n (b""#)
    );
    assert!(
        at("'geht''s (b'").starts_with("6:22 "),
        "{}",
        at("'geht''s (b'")
    );
    // Columns are characters, not bytes.
    assert!(at("äöü (b").starts_with("6:17 "), "{}", at("äöü (b"));
    assert!(at("nimm {produkt}").starts_with("6:18 the list {produkt} is not defined"));
    assert!(at("nimm <produkt>").starts_with("6:18 the rule <produkt> is not defined"));
    assert!(
        at("'{@mony:x}'").contains("did you mean {@money}?"),
        "{}",
        at("'{@mony:x}'")
    );
    // Without quotes this is YAML's own syntax.
    assert!(at("{betrag}").contains("in quotes"), "{}", at("{betrag}"));
    assert!(
        at("{@money} zahlen").contains("put quotes around"),
        "{}",
        at("{@money} zahlen")
    );
}

#[test]
fn misspelt_names_are_corrected() {
    assert!(refused("lanugage: de").contains("did you mean `language`?"));
    let text = "language: de\nintents: {I: {data: [{sentences: ['{farben} <satzz>']}]}}\nlists: {farbe: {values: [rot]}}";
    assert!(
        refused(text).contains("did you mean {farbe}?"),
        "{}",
        refused(text)
    );
    assert!(refused("language: de\nintents: {I: {data: [{sentence: [a]}]}}").starts_with("2:23"));
    assert!(refused("language: de\nlists: {x: {valeus: [a]}}").contains("did you mean `values`?"));
}

#[test]
fn structural_mistakes_are_told() {
    for (text, message) in [
        ("", "empty"),
        ("- a", "not a mapping"),
        ("intents: {}", "does not say its language"),
        ("language: fr", "the language fr is not known"),
        (
            "language: de\nlanguage: en",
            "2:1 the key `language` stands here twice",
        ),
        ("language: de\n---\nlanguage: en", "second document"),
        ("language: de\nintents: {I: {data: [{}]}}", "no sentences"),
        ("language: de\nintents: {I: {}}", "no sentences"),
        (
            "language: de\nintents: {I: {data: [{sentences: [{a: b}]}]}}",
            "a sentence is a mapping",
        ),
        (
            "language: de\nintents: {I: {data: [{sentences: ['?!']}]}}",
            "nothing of the template",
        ),
        ("language: de\nlists: {x: {}}", "does not say what is in it"),
        (
            "language: de\nlists: {x: {values: [a], wildcard: true}}",
            "both",
        ),
        (
            "language: de\nlists: {x: {wildcard: false}}",
            "switched off",
        ),
        ("language: de\nlists: {x: {range: {from: 1}}}", "no `to`"),
        (
            "language: de\nlists: {x: {range: {from: 1, to: z}}}",
            "no whole number",
        ),
        (
            "language: de\nlists: {x: {range: {from: 2, to: 1}}}",
            "ends before",
        ),
        (
            "language: de\nlists: {x: {values: ['{y}']}}",
            "refers to a list",
        ),
        ("language: de\nlists: {x: {values: [{out: y}]}}", "no `in`"),
        (
            "language: de\nlists: {'0..5': {values: [a]}}",
            "cannot be the name",
        ),
        ("language: de\nintents: {I: {data: [", "not YAML"),
        (
            "language: de\nintents: &a {I: *a}",
            "inside what it refers to",
        ),
    ] {
        assert!(refused(text).contains(message), "{text}: {}", refused(text));
    }
}

#[test]
fn a_cycle_of_rules_is_shown() {
    let text = "language: de\nexpansion_rules: {a: 'x <b>', b: '[y] <c>', c: <a>}";
    assert!(
        refused(text).contains("<a> → <b> → <c> → <a>"),
        "{}",
        refused(text)
    );
    assert!(refused("language: de\nexpansion_rules: {a: <a>}").starts_with("2:22 "));
}

#[test]
fn rules_that_are_not_used_may_wait_for_their_lists() {
    let text = "language: de\nexpansion_rules: {a: 'im {area}'}";
    let (_, notes) = Grammar::check_yaml("t", text, &LoadOptions::default()).unwrap();
    assert_eq!((notes[0].line, notes[0].column), (2, 26));
}

#[test]
fn rules_cannot_explode() {
    let mut text = String::from(
        "language: de\nintents: {I: {data: [{sentences: [<r40>]}]}}\nexpansion_rules:\n  r0: (a|b)\n",
    );
    for i in 1..=40 {
        let _ = writeln!(text, "  r{i}: '<r{0}> <r{0}>'", i - 1);
    }
    assert!(refused(&text).contains("grow beyond"), "{}", refused(&text));
    let mut chain = String::from("language: de\nexpansion_rules:\n  r0: a\n");
    for i in 1..=100 {
        let _ = writeln!(chain, "  r{:03}: <r{:03}>", 200 - i, 201 - i);
    }
    assert!(
        refused(&chain).contains("in a chain"),
        "{}",
        refused(&chain)
    );
    // Many mistakes cost no more than one.
    let mut chain = String::from("language: de\nexpansion_rules:\n");
    for i in 0..20_000 {
        let _ = writeln!(chain, "  r{i:05}: <r{:05}>", i + 1);
    }
    assert!(
        refused(&chain).contains("in a chain"),
        "{}",
        refused(&chain)
    );
}

#[test]
fn yaml_cannot_explode_either() {
    let mut bomb = String::from("a0: &a0 [x, x]\n");
    for i in 1..30 {
        let _ = writeln!(bomb, "a{i}: &a{i} [*a{0}, *a{0}]", i - 1);
    }
    assert!(
        refused(&bomb).contains("aliases repeat"),
        "{}",
        refused(&bomb)
    );
    assert!(refused(&"- ".repeat(20_000)).contains("deeper"));
    assert!(refused(&"[".repeat(200)).contains("deeper"));
    let long = format!("language: de\n#{}", "x".repeat(MAX_FILE_BYTES));
    assert!(refused(&long).contains("bytes long"));
}

#[test]
fn files_are_read_and_their_troubles_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("g.yaml");
    let error = Grammar::load(&path, &LoadOptions::default()).unwrap_err();
    assert!(error.message.contains("cannot be read"), "{error}");
    std::fs::write(
        &path,
        "language: de\nintents: {I: {data: [{sentences: [ja]}]}}",
    )
    .unwrap();
    assert_eq!(
        Grammar::load(&path, &LoadOptions::default())
            .unwrap()
            .intents
            .len(),
        1
    );
    std::fs::write(&path, b"language: de\nx: \xff\xfe").unwrap();
    let error = Grammar::load(&path, &LoadOptions::default()).unwrap_err();
    assert_eq!((error.line, error.column), (2, 4), "{error}");
}
