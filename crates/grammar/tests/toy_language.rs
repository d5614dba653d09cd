//! A language of one's own, from a folder and without a line anywhere else: `docs/add-a-language.md`.

mod toy;

use std::collections::BTreeMap;
use std::path::Path;

use iso_currency::Currency;
use rust_decimal::Decimal;
use zahlwort_grammar::builtin::{speak_money, speak_number, spoken_numbers, written_money};
use zahlwort_grammar::source::LoadOptions;
use zahlwort_grammar::{
    Automaton, Builtin, CompileError, Grammar, Language, Match, MatchOptions, Money, Objection,
    Sampler, Value, takes_back,
};

const PACK: &str = include_str!("toy/pack.yaml");

fn lume() -> Language {
    toy::lume().expect("a language")
}

fn compile(yaml: &str) -> Result<Automaton, CompileError> {
    let language = lume();
    let grammar = Grammar::from_yaml("pack.yaml", yaml, &LoadOptions::default()).expect("it loads");
    assert_eq!(grammar.language, language);
    Automaton::compile(&grammar, &BTreeMap::new())
}

fn sentences(sentence: &str) -> Automaton {
    let yaml =
        format!("language: qlu\nintents: {{I: {{data: [{{sentences: ['{sentence}']}}]}}}}\n");
    compile(&yaml).expect("it compiles")
}

/// The one reading of a text.
fn read(automaton: &Automaton, text: &str) -> Match {
    let mut found = automaton.parse(text, &MatchOptions::default());
    assert_eq!(found.len(), 1, "{text:?}: {found:?}");
    found.remove(0)
}

fn value(found: &Match, slot: &str) -> Value {
    let slot = found.slot(slot).expect("a slot");
    slot.value.clone().expect("a value")
}

fn glini(cents: i64) -> Money {
    Money {
        amount: Decimal::new(cents, 2),
        currency: Currency::XTS,
    }
}

#[test]
fn three_intents_are_understood() {
    let pack = compile(PACK).expect("it compiles");
    let found = read(&pack, "Dona Mila fohun glini!");
    assert_eq!(found.intent, "SendMoney");
    assert_eq!(value(&found, "recipient"), Value::Text("Mila".into()));
    assert_eq!(value(&found, "amount"), Value::Money(glini(20_000)));
    let found = read(&pack, "dona bite dek fo glini e lu dek pipi a Sil Obo");
    assert_eq!(value(&found, "recipient"), Value::Text("Sil Obo".into()));
    assert_eq!(value(&found, "amount"), Value::Money(glini(12_50)));
    let found = read(&pack, "toma ti pan");
    assert_eq!(found.intent, "BuyProduct");
    assert_eq!(value(&found, "quantity"), Value::Number(3.into()));
    assert_eq!(value(&found, "product"), Value::Text("pan".into()));
    let found = read(&pack, "koda zo pa fo ti");
    assert_eq!(value(&found, "pin"), Value::Digits("0123".into()));
}

#[test]
fn every_number_is_spoken_and_read_back() {
    let numbers = sentences("su {@number:n}");
    let language = lume();
    assert_eq!(speak_number(234, language), "fohun tidek ka");
    for n in 0..=999_u32 {
        let forms = spoken_numbers(n.into(), language);
        for said in forms.into_iter().chain([n.to_string()]) {
            let found = read(&numbers, &format!("su {said}"));
            assert_eq!(value(&found, "n"), Value::Number(n.into()), "{said}");
        }
    }
    let found = read(&numbers, "su lu punt zo fo");
    assert_eq!(value(&found, "n"), Value::Number(Decimal::new(502, 2)));
    let found = read(&numbers, "su 1,200.5");
    assert_eq!(value(&found, "n"), Value::Number(Decimal::new(12005, 1)));
    assert_eq!(speak_number(1000, language), "1000");
}

#[test]
fn every_amount_is_spoken_written_and_read_back() {
    let amounts = sentences("su {@money:amount}");
    let language = lume();
    assert_eq!(
        speak_money(&glini(12_50), language),
        [
            "dek fo glini ludek",
            "dek fo glini e ludek pipi",
            "dek fo glini ludek pipi",
            "dek fo punt lu zo glini"
        ]
    );
    for cents in (0..10_000).chain([99_999]) {
        let money = glini(cents);
        let forms = speak_money(&money, language);
        assert!(!forms.is_empty());
        for said in forms.into_iter().chain(written_money(&money, language)) {
            let found = read(&amounts, &format!("su {said}"));
            assert_eq!(value(&found, "amount"), Value::Money(money), "{said}");
        }
    }
    assert_eq!(speak_money(&glini(100_000), language), [""; 0]);
}

#[test]
fn names_hold_no_word_that_changes_the_sentence() {
    let pack = compile(PACK).expect("it compiles");
    let read = |text: &str| pack.parse(text, &MatchOptions::default());
    assert_eq!(read("dona Mila ti glini").len(), 1);
    for text in [
        "dona Mila nai ti glini",
        "dona Mila e Obo ti glini",
        "dona la Mila ti glini",
        "dona Mila fodek Obo ti glini",
        "dona Mila glu ti glini",
        "dona oya Mila ti glini",
        "toma pan dona",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
    let objection = |text: &str| pack.objection(text, &MatchOptions::default(), |_| true);
    assert_eq!(
        objection("nai dona Mila ti glini"),
        Some(Objection::Negated)
    );
    assert_eq!(
        objection("dona Mila e Obo ti glini"),
        Some(Objection::Several)
    );
    assert!(takes_back("dona oya Mila", lume()));
    assert!(!takes_back("dona Mila", lume()));
}

#[test]
fn ranges_are_said_in_the_language() {
    let range = sentences("su {-3..30:n}");
    for (text, n) in [("su sub ti", -3), ("su fodek pa", 21), ("su -2", -2)] {
        assert_eq!(value(&read(&range, text), "n"), Value::Number(n.into()));
    }
}

#[test]
fn what_is_sampled_is_understood() {
    let pack = compile(PACK).expect("it compiles");
    for text in Sampler::new(&pack, 7).take(200) {
        assert!(
            !pack.parse(&text, &MatchOptions::default()).is_empty(),
            "{text}"
        );
    }
}

#[test]
fn a_type_without_words_is_refused() {
    let yaml = "language: qlu\nintents: {I: {data: [{sentences: ['su {@date:d}']}]}}\n";
    let error = compile(yaml).expect_err("no calendar");
    assert_eq!(
        error,
        CompileError::NotInLanguage {
            builtin: Builtin::Date,
            language: lume()
        }
    );
    assert_eq!(
        error.to_string(),
        "the language `qlu` has no `@date`; add it to the language's definition"
    );
}

/// Each piece of code in the document stands so in this folder.
#[test]
fn the_document_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = std::fs::read_to_string(root.join("../../docs/add-a-language.md"));
    let document = document.expect("the document");
    let mut pieces = 0;
    for block in document.split("\n```").skip(1).step_by(2) {
        let (kind, code) = block.split_once('\n').expect("a block");
        let file = match kind {
            "rust" => include_str!("toy/mod.rs"),
            "yaml" => PACK,
            _ => continue,
        };
        assert!(file.contains(code.trim()), "not so in the folder: {code}");
        pieces += 1;
    }
    assert!(pieces >= 6, "{pieces}");
}
