use std::collections::BTreeMap;

use crate::source::{Entry, Intent, IntentData, List};
use crate::{Automaton, Expr, Grammar, Language, MatchOptions, Open, Value, lit, opt, seq, words};

fn slot(list: &str) -> Expr {
    Expr::Slot {
        list: list.to_owned(),
        slot: list.trim_start_matches("any_").to_owned(),
    }
}

fn automaton() -> Automaton {
    let names = [
        "Anna Schmidt",
        "Bäckerei Müller",
        "Girokonto",
        "Oma",
        "Apple Pay",
    ];
    let pay = seq([
        lit("bezahle "),
        crate::alt([slot("name"), slot("any_name")]),
        opt(lit(" sofort")),
    ]);
    let tell = seq([lit("sag "), slot("any_name"), lit(" don't")]);
    let grammar = Grammar {
        language: Language::DE,
        intents: vec![
            Intent {
                name: "Pay".into(),
                data: vec![IntentData {
                    sentences: vec![pay],
                    ..Default::default()
                }],
            },
            Intent {
                name: "Tell".into(),
                data: vec![IntentData {
                    sentences: vec![tell],
                    ..Default::default()
                }],
            },
        ],
        lists: BTreeMap::from([
            (
                "name".to_owned(),
                List::Values(names.map(Entry::from).into()),
            ),
            ("any_name".to_owned(), List::Wildcard(Open::Text)),
        ]),
        skip_words: vec![words(["bitte", "hey Alexa"])],
    };
    Automaton::compile(&grammar, &BTreeMap::new()).unwrap()
}

/// Intent, the slot's words, its value or "open", and the score in percent.
fn best(text: &str) -> Option<(String, String, String, i32)> {
    let found = automaton().parse(text, &MatchOptions::default());
    let m = found.first()?;
    let s = &m.slots[0];
    let value = match s.value.as_ref().unwrap() {
        Value::Name(n) => n.name.clone(),
        Value::Text(_) if s.open => "open".to_owned(),
        other => panic!("{other:?}"),
    };
    Some((
        m.intent.clone(),
        s.text.clone(),
        value,
        (s.score * 100.0).round() as i32,
    ))
}

fn is(text: &str, said: &str, value: &str, score: i32) {
    let expected = ("Pay".to_owned(), said.to_owned(), value.to_owned(), score);
    assert_eq!(best(text), Some(expected), "{text}");
}

#[test]
fn case_punctuation_and_spelling_do_not_matter() {
    is("Bezahle Anna Schmidt!", "Anna Schmidt", "Anna Schmidt", 100);
    is(
        "bezahle  baeckerei  MUELLER",
        "baeckerei  MUELLER",
        "Bäckerei Müller",
        100,
    );
    is(
        "Bezahle Bäckerei-Müller",
        "Bäckerei-Müller",
        "Bäckerei Müller",
        100,
    );
    is("Bezahle Giro-Konto", "Giro-Konto", "Girokonto", 100);
    is("bezahle giro konto", "giro konto", "Girokonto", 100);
    is("bezahle applepay", "applepay", "Apple Pay", 100);
}

#[test]
fn skip_words_stand_between_words() {
    is(
        "Hey Alexa, bitte bezahle bitte Oma, bitte.",
        "Oma",
        "Oma",
        100,
    );
}

#[test]
fn small_misspellings_of_long_names_are_forgiven_and_told() {
    is("bezahle Anna Schmit", "Anna Schmit", "Anna Schmidt", 90);
    is(
        "bezahle Backerei Müller sofort",
        "Backerei Müller",
        "Bäckerei Müller",
        93,
    );
}

#[test]
fn other_names_stay_open() {
    is("bezahle Omar", "Omar", "open", 100);
    is("bezahle Hanna Schmidt", "Hanna Schmidt", "open", 100);
    is("bezahle Peter Pan sofort", "Peter Pan", "open", 100);
}

#[test]
fn words_of_the_sentence_must_be_right() {
    assert_eq!(best("bezahl Oma"), None);
    assert_eq!(best("bezahle"), None);
    assert_eq!(best(""), None);
}

#[test]
fn apostrophes_in_any_form() {
    for text in ["sag Oma don't", "sag Oma dont", "sag Oma don’t"] {
        assert_eq!(best(text).map(|b| b.0), Some("Tell".to_owned()), "{text}");
    }
}

#[test]
fn a_walker_reads_what_parsing_reads() {
    let automaton = automaton();
    let mut walker = crate::Walker::new(&automaton);
    let mut walk = |text: &str| {
        let mut at = Some(walker.start());
        for c in text.chars() {
            at = at.and_then(|s| walker.step(s, c));
        }
        at.map(|s| (walker.is_complete(s), walker.is_open(s)))
    };
    assert_eq!(walk(" Bezahle Oma"), Some((true, false)));
    assert_eq!(walk(" bezahle Omar"), Some((true, true)));
    assert_eq!(
        walk(" bitte bezahle Apple Pay sofort bitte"),
        Some((true, false))
    );
    assert_eq!(walk(" bezahle"), Some((false, false)));
    assert_eq!(walk(" bezahlt"), None);
}

#[test]
fn a_list_is_swapped_alone() {
    let before = automaton();
    let after = before
        .with_list("name", &List::Values(vec!["Zoe Zander".into()]))
        .unwrap();
    let found = after.parse("bezahle zoe zander", &MatchOptions::default());
    assert!(!found[0].slots[0].open);
    let found = before.parse("bezahle zoe zander", &MatchOptions::default());
    assert!(found[0].slots[0].open);
    let error = before
        .with_list("nmae", &List::Wildcard(Open::Text))
        .unwrap_err();
    assert!(error.to_string().contains("any_name, name"), "{error}");
}
