//! Sentences that are changed so that they do not mean the command that they resemble: none may be understood
//! as it.
//!
//! `sentences/said.dev.jsonl` and `said-again.dev.jsonl` were written by people who had not seen the packs: written numbers,
//! negations, two payees, words taken back, words that belong to no name, answers that nobody asked for,
//! orders that lack something, and ordinary orders beside them. They were looked into since, hence `dev`.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::collections::BTreeMap;

use serde::Deserialize;
use zahlwort::{Engine, Interpreter, Language, Languages, Outcome, ReadBy, ReadWith, Understood};

#[derive(Debug, Deserialize)]
struct Said {
    lang: String,
    kind: String,
    text: String,
    /// `order`, `reject` or `incomplete`.
    expect: String,
    /// What is right as well.
    #[serde(default)]
    also_ok: Vec<String>,
    intent: Option<String>,
    #[serde(default)]
    slots: BTreeMap<String, String>,
    /// Why it is rejected, where a reason of its own says so.
    reason: Option<String>,
}

fn interpreter(language: Language) -> Interpreter {
    reading(language, ReadWith::Grammar)
}

fn reading(language: Language, with: ReadWith) -> Interpreter {
    Engine::builder()
        .languages(Languages::Only(language))
        .read_with(with)
        .reference_date(zahlwort::Date::constant(2026, 11, 23))
        .interpreter()
        .unwrap()
}

/// The slots as they are written in the file.
fn slots(outcome: &Outcome) -> BTreeMap<String, String> {
    let slots = match outcome {
        Outcome::Understood(said) => &said.slots,
        Outcome::Incomplete(begun) => &begun.slots,
        _ => return BTreeMap::new(),
    };
    let text = |value: &serde_json::Value| match (&value["amount"], &value["currency"]) {
        (serde_json::Value::String(amount), serde_json::Value::String(currency)) => {
            format!("{amount} {currency}")
        }
        (serde_json::Value::String(amount), _) => amount.clone(),
        _ => value.as_str().map_or_else(|| value.to_string(), Into::into),
    };
    slots
        .iter()
        .map(|(name, slot)| (name.clone(), text(&slot.value)))
        .collect()
}

/// What is wrong with an outcome, if anything is.
fn problem(said: &Said, outcome: &Outcome) -> Option<String> {
    let got = match outcome {
        Outcome::Understood(_) => "order",
        Outcome::Incomplete(_) => "incomplete",
        Outcome::Rejected(_) | Outcome::NoSpeech(_) => "reject",
    };
    if got != said.expect && !said.also_ok.iter().any(|also| also == got) {
        return Some(format!("is {got}, not {}: {outcome:?}", said.expect));
    }
    let Outcome::Understood(understood) = outcome else {
        return None;
    };
    let held = slots(outcome);
    let is_right = |(name, wanted): (&String, &String)| {
        let found = held.get(name).map(|value| value.to_lowercase());
        let wanted = wanted.to_lowercase();
        // Names come out as the catalog has them, "Anna Schmidt" for "Anna".
        found.is_some_and(|found| {
            if name == "amount" {
                found == wanted
            } else {
                found.contains(&wanted)
            }
        })
    };
    let intent = said.intent.as_deref().unwrap_or(&understood.intent);
    let is_same = understood.intent == intent && said.slots.iter().all(is_right);
    (!is_same).then(|| format!("is {} {held:?}, not {:?}", understood.intent, said.slots))
}

#[test]
fn nothing_is_dropped_swallowed_or_made_up() {
    let first = include_str!("sentences/said.dev.jsonl").lines();
    let again = include_str!("sentences/said-again.dev.jsonl").lines();
    let lines = first.chain(again);
    let all: Vec<Said> = lines.map(|l| serde_json::from_str(l).unwrap()).collect();
    let interpreters = Language::ALL.map(|l| (l.code(), interpreter(l)));
    let mut wrong = Vec::new();
    let (mut reasons, mut named) = (0, 0);
    for said in &all {
        let of_language = interpreters.iter().find(|(code, _)| *code == said.lang);
        let outcome = of_language.unwrap().1.parse(&said.text);
        if let Some(problem) = problem(said, &outcome) {
            wrong.push(format!("{}: {}: {problem}", said.kind, said.text));
        }
        if let (Some(reason), Outcome::Rejected(rejected)) = (&said.reason, &outcome) {
            reasons += 1;
            named += usize::from(rejected.reason.name() == reason);
        }
    }
    assert!(all.len() > 600);
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    // Of those that are negated or several orders most are told so; the others are in no grammar at all.
    assert!(
        5 * named >= 3 * reasons,
        "{named} of {reasons} with their reason"
    );
}

#[test]
fn in_own_words_hardly_anything_negated_or_double_is_read_as_an_order() {
    let first = include_str!("sentences/said.dev.jsonl").lines();
    let again = include_str!("sentences/said-again.dev.jsonl").lines();
    let lines = first.chain(again);
    let all: Vec<Said> = lines.map(|l| serde_json::from_str(l).unwrap()).collect();
    let interpreters = Language::ALL.map(|l| (l.code(), reading(l, ReadWith::Both)));
    let mut wrong = Vec::new();
    let guarded = ["negated", "several", "written-numbers"];
    for said in all
        .iter()
        .filter(|said| guarded.contains(&said.kind.as_str()))
    {
        let of_language = interpreters.iter().find(|(code, _)| *code == said.lang);
        let outcome = of_language.unwrap().1.parse(&said.text);
        let learned = |said: &Understood| said.reading == ReadBy::Learned;
        if said.expect == "reject" && outcome.understood().is_some_and(learned) {
            wrong.push(format!("{}: {}: {outcome:?}", said.kind, said.text));
        }
    }
    // "Hör auf, der Telekom 40 Euro zu zahlen": what is left takes sense, not words, and is read back.
    assert!(
        wrong.len() <= 4,
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn negated_and_double_orders_say_so() {
    let (german, english) = (interpreter(Language::DE), interpreter(Language::EN));
    let reason = |interpreter: &Interpreter, text: &str| match interpreter.parse(text) {
        Outcome::Rejected(rejected) => rejected.reason.name(),
        other => panic!("{text}: {other:?}"),
    };
    for text in [
        "überweise Anna nicht 50 Euro",
        "überweise 50 Euro an Anna doch nicht",
        "bitte auf keinen Fall 50 Euro an Anna überweisen",
        "kauf keine Milch",
    ] {
        assert_eq!(reason(&german, text), "negated", "{text}");
    }
    assert_eq!(reason(&english, "don't send Anna 50 dollars"), "negated");
    for text in [
        "überweise 50 Euro an Anna und 20 an Lukas",
        "überweise 50 Euro an Anna und Lukas",
        "überweise Jonas dreißig, nee warte, fünfunddreißig Euro",
        "Bezahl bei Lieferando einunddreißig, nein, zweiunddreißig Euro",
    ] {
        assert_eq!(reason(&german, text), "several", "{text}");
    }
    assert_eq!(
        reason(&english, "send 20 euros to Anna and 30 to John"),
        "several"
    );
    // Other words that are in the way are no reason of their own.
    assert_eq!(
        reason(
            &german,
            "bestell eine Kiste Mineralwasser, wenn es geht mit PayPal"
        ),
        "not_in_grammar"
    );
    // "Not" may belong to a sentence.
    let cap = german.parse("kauf zwei Flaschen Milch, aber nicht mehr als fünf Euro");
    assert!(cap.understood().is_some(), "{cap:?}");
}
