//! Sentences in people's own words, which no grammar has.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::path::Path;

use serde_json::{Value, json};
use zahlwort::{
    Catalog, Date, Engine, EngineBuilder, Language, Languages, ReadBy, ReadWith, Report,
};

const NAMES: &str = "
contacts: [Jonas, {name: Grandma, say: [grandma]}]
billers: [Stadtwerke]
payment_methods: [PayPal]
";

fn engine(language: Language) -> EngineBuilder {
    Engine::builder()
        .model(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/default"))
        .languages(Languages::Only(language))
        .catalog(Catalog::parse("names.yaml", NAMES).unwrap())
        .reference_date(Date::constant(2026, 11, 23))
}

/// The slots of a report, as text or amount and currency.
fn values(report: &Value) -> Value {
    let slots = report["slots"].as_object().unwrap();
    let value = |slot: &Value| slot["value"].clone();
    slots
        .iter()
        .map(|(name, slot)| (name.clone(), value(slot)))
        .collect()
}

#[test]
fn what_no_sentence_of_the_grammar_says_is_read_all_the_same() {
    let euro = |amount: &str| json!({"amount": amount, "currency": "EUR"});
    for (language, text, intent, slots) in [
        (
            Language::DE,
            "Opa hat keine Hustenbonbons mehr, bestell ihm zwei Packungen",
            "BuyProduct",
            json!({"product": "Hustenbonbons", "quantity": {"amount": "2", "unit": "pack"}}),
        ),
        (
            Language::DE,
            "Ich schulde Jonas noch Geld, schick ihm zwölf Euro fünfzig",
            "SendMoney",
            json!({"recipient": "Jonas", "amount": euro("12.50")}),
        ),
        (
            Language::DE,
            "Überweis Jonas fünfzig, ach nein, sechzig Euro",
            "SendMoney",
            json!({"recipient": "Jonas", "amount": euro("60.00")}),
        ),
        (
            Language::EN,
            "Send grandma forty, no, fifty euros",
            "SendMoney",
            json!({"recipient": "Grandma", "amount": euro("50.00")}),
        ),
    ] {
        let own = engine(language).interpreter().unwrap().parse(text);
        let report = serde_json::to_value(Report::new(None, Ok(own))).unwrap();
        assert_eq!(
            report["reading"],
            json!(ReadBy::Learned),
            "{text}: {report}"
        );
        assert_eq!(report["intent"], intent, "{text}");
        assert_eq!(values(&report), slots, "{text}");
        let bound = engine(language).read_with(ReadWith::Grammar);
        let bound = bound.interpreter().unwrap().parse(text);
        assert!(bound.understood().is_none(), "{text}: {bound:?}");
    }
}

#[test]
fn what_only_sounds_like_an_order_is_none() {
    for (language, text) in [
        (
            Language::DE,
            "Opa hat keine Hustenbonbons mehr, aber er hustet auch nicht",
        ),
        (
            Language::DE,
            "Gestern habe ich Jonas fünfzig Euro überwiesen",
        ),
        (
            Language::DE,
            "Wenn mein Gehalt da ist, überweis Jonas fünfzig Euro",
        ),
        (Language::DE, "Sag Jonas, er soll die Stadtwerke bezahlen"),
        (
            Language::EN,
            "I still owe Jonas fifty euros, he keeps reminding me",
        ),
        (Language::EN, "How do I send somebody fifty euros"),
        (Language::EN, "Don't send grandma fifty euros"),
    ] {
        let read = engine(language).interpreter().unwrap().parse(text);
        assert_eq!(read.status(), "rejected", "{text}: {read:?}");
    }
}

#[test]
fn the_grammar_reads_first() {
    let text = "Überweise Jonas fünfzig Euro";
    for (with, by) in [
        (ReadWith::Both, ReadBy::Grammar),
        (ReadWith::Learned, ReadBy::Learned),
    ] {
        let engine = engine(Language::DE).read_with(with).interpreter().unwrap();
        let read = engine.parse(text);
        assert_eq!(read.understood().unwrap().reading, by);
    }
}
