//! Every kind of everything that is said, in each language and address.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::collections::BTreeSet;
use std::iter::successors;

use serde_json::json;
use zahlwort_commands::{Command, Missing};
use zahlwort_grammar::Language;

use super::words::{kind, shipped};
use super::*;
use crate::PinRefused;
use crate::host::{Answer, HostError, Line};
use crate::policy::Refusal;

const VOICES: [(Language, Address); 3] = [
    (Language::DE, Address::Familiar),
    (Language::DE, Address::Formal),
    (Language::EN, Address::Familiar),
];

fn voices() -> impl Iterator<Item = Templates> {
    VOICES.into_iter().map(|(l, a)| Templates::new(l, a))
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphabetic());
    words
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Words that only one of the languages has.
const ENGLISH: &str = "the a is are you your not and of to it i again needed set up app please done for \
    that this have with my no yes wait seconds ask what which how cannot back on from";
const GERMAN: &str = "der das und oder nicht ist sind ich du sie bitte kein mit für auf zu von einen eine \
    dein ihre wie dafür wurde";

/// A whole sentence in its own language, with nothing in it that is written for developers.
fn is_fit_to_be_said(text: &str, language: Language) -> Result<(), String> {
    let fault = |what: &str| Err(format!("{what}: {text}"));
    let foreign = words(match language.code() {
        "de" => ENGLISH,
        _ => GERMAN,
    });
    if text.trim().is_empty() || !text.ends_with(['.', '?', '!']) {
        return fault("no sentence");
    }
    if text.contains(['(', ')', '_', '{', '}', '[', ']', '"', '`', ';', '/']) || text.contains("..")
    {
        return fault("marks that nobody says");
    }
    if let Some(word) = words(text).intersection(&foreign).next() {
        return fault(&format!("\"{word}\" is of the other language"));
    }
    Ok(())
}

/// Says a kind with each voice; `error` is its text for developers.
fn check(key: &str, error: &str, say: impl Fn(&Templates) -> Spoken) {
    for templates in voices() {
        assert!(templates.find(key).is_some(), "{key} is not in the table");
        let text = say(&templates).text;
        let language = templates.language();
        is_fit_to_be_said(&text, language).unwrap_or_else(|fault| panic!("{key}: {fault}"));
        assert!(!text.contains(error), "{key} says the error's text: {text}");
        if language == Language::DE {
            let known = words("PIN limit Euro Anna");
            let debris: Vec<_> = words(error)
                .intersection(&words(&text))
                .filter(|word| word.len() > 3 && !known.contains(*word))
                .cloned()
                .collect();
            assert!(
                debris.is_empty(),
                "{key}: {debris:?} of the error in {text}"
            );
        }
    }
}

#[test]
fn every_refusal_has_a_sentence() {
    let money = || ("1000".to_owned(), "EUR".to_owned());
    // From one kind to the next, so that a new one cannot be forgotten here.
    let next = |refusal: &Refusal| {
        let (limit, currency) = money();
        Some(match refusal {
            Refusal::Forbidden { .. } => Refusal::Uncertain,
            Refusal::Uncertain => Refusal::UnknownCurrency {
                currency: "JPY".into(),
            },
            Refusal::UnknownCurrency { .. } => Refusal::TooMuch { limit, currency },
            Refusal::TooMuch { .. } => Refusal::DailyLimit { limit, currency },
            Refusal::DailyLimit { .. } => Refusal::PayeeLimit { limit, currency },
            Refusal::PayeeLimit { .. } => Refusal::NewPayee,
            Refusal::NewPayee => Refusal::UnknownSpeaker,
            Refusal::UnknownSpeaker => Refusal::NoPin,
            Refusal::NoPin => Refusal::NotACommand,
            Refusal::NotACommand => Refusal::NoRandomness,
            Refusal::NoRandomness => return None,
        })
    };
    let first = Refusal::Forbidden {
        command: "send_money".into(),
    };
    let all: Vec<Refusal> = successors(Some(first), next).collect();
    assert_eq!(all.len(), 11);
    for refusal in all {
        let key = format!("refused.{}", kind(&refusal));
        let error = refusal.to_string();
        check(&key, &error, |t| {
            t.refused(&Refused::Policy(refusal.clone()))
        });
        let german = Templates::new(Language::DE, Address::Familiar);
        let text = german.refused(&Refused::Policy(refusal.clone())).text;
        if error.contains("1000") {
            assert!(text.contains("tausend Euro"), "{text}");
        }
    }
}

#[test]
fn every_refused_pin_has_a_sentence() {
    let next = |refused: &PinRefused| {
        Some(match refused {
            PinRefused::Wrong => PinRefused::Wait { seconds: 30 },
            PinRefused::Wait { seconds: 30 } => PinRefused::Wait { seconds: 1 },
            PinRefused::Wait { seconds: 1 } => PinRefused::Wait { seconds: 3601 },
            PinRefused::Wait { .. } => PinRefused::Blocked,
            PinRefused::Blocked => return None,
        })
    };
    for refused in successors(Some(PinRefused::Wrong), next) {
        let key = format!("pin.{}", kind(&refused));
        check(&key, &refused.to_string(), |t| {
            t.refused(&Refused::Pin(refused))
        });
    }
    let wait = |seconds| {
        let refused = Refused::Pin(PinRefused::Wait { seconds });
        Templates::new(Language::DE, Address::Familiar)
            .refused(&refused)
            .text
    };
    assert!(wait(30).contains("in dreißig Sekunden"));
    assert!(wait(1).contains("in einer Sekunde"));
    assert!(wait(3601).contains("in einundsechzig Minuten"));
}

#[test]
fn every_host_error_has_a_sentence_and_what_is_for_developers_is_not_said() {
    let anna = || "Anna".to_owned();
    let next = |error: &HostError| {
        Some(match error {
            HostError::NotFound(_) => HostError::InsufficientFunds,
            HostError::InsufficientFunds => HostError::OutOfStock(anna()),
            HostError::OutOfStock(_) => HostError::Blocked(anna()),
            HostError::Blocked(_) => HostError::PriceChanged,
            HostError::PriceChanged => HostError::Expired,
            HostError::Expired => HostError::Unsupported,
            HostError::Unsupported => HostError::Unavailable("database is locked".into()),
            HostError::Unavailable(_) => HostError::Words("Am Sonntag ruht alles.".into()),
            HostError::Words(_) => return None,
        })
    };
    let key = |error: &HostError, stage| match (error, stage) {
        (HostError::NotFound(_), _) => "not_found",
        (HostError::InsufficientFunds, _) => "insufficient_funds",
        (HostError::OutOfStock(_), _) => "out_of_stock",
        (HostError::Blocked(_), _) => "blocked",
        (HostError::PriceChanged, _) => "price_changed",
        (HostError::Expired, _) => "expired",
        (HostError::Unavailable(_), Stage::Asking) => "unavailable",
        (HostError::Unavailable(_), Stage::Doing) => "unclear",
        (HostError::Unsupported | HostError::Words(_), _) => "unsupported",
    };
    for error in successors(Some(HostError::NotFound(anna())), next) {
        for stage in [Stage::Asking, Stage::Doing] {
            if let HostError::Words(words) = &error {
                let said = Templates::new(Language::DE, Address::Formal).failed(&error, stage);
                assert_eq!(&said.text, words);
                continue;
            }
            let key = format!("failed.{}", key(&error, stage));
            check(&key, &error.to_string(), |t| {
                let said = t.failed(&error, stage);
                assert!(!said.text.contains("database"), "{said:?}");
                assert_eq!(said.text, expected(t, &key));
                if stage == Stage::Asking {
                    assert_eq!(said, t.refused(&Refused::Host(error.clone())));
                }
                said
            });
        }
    }
    fn expected(templates: &Templates, key: &str) -> String {
        templates.sentence(key, &[("name", "Anna")])
    }
}

#[test]
fn every_end_note_and_answer_has_a_sentence() {
    let next = |reason: &CancelReason| {
        Some(match reason {
            CancelReason::BySpeaker => CancelReason::TimedOut,
            CancelReason::TimedOut => CancelReason::NotUnderstood,
            CancelReason::NotUnderstood => return None,
        })
    };
    for reason in successors(Some(CancelReason::BySpeaker), next) {
        let key = format!("cancelled.{}", kind(&reason));
        check(&key, "#", |t| t.cancelled(reason));
    }
    let next = |note: &Note| {
        Some(match note {
            Note::NotUnderstood => Note::Negated,
            Note::Negated => Note::Several,
            Note::Several => Note::WrongPin,
            Note::WrongPin => Note::PinNeeded,
            Note::PinNeeded => Note::Help,
            Note::Help => return None,
        })
    };
    let mut said = BTreeSet::new();
    for note in successors(Some(Note::NotUnderstood), next) {
        check("ask.anything", "#", |t| {
            t.render(&prompt(Ask::Anything, Some(note)))
        });
        let german = Templates::new(Language::DE, Address::Familiar);
        said.insert(german.render(&prompt(Ask::Anything, Some(note))).text);
    }
    assert_eq!(said.len(), 6, "two notes sound the same: {said:?}");
    let line = |amount: Option<&str>, is_outgoing| Line {
        name: "Anna".into(),
        amount: amount.map(euros),
        is_outgoing,
    };
    let lines = vec![
        line(None, false),
        line(Some("20"), true),
        line(Some("20"), false),
    ];
    for (key, answer) in [
        ("answered.done", Answer::Done),
        ("answered.done_before", Answer::DoneBefore),
        ("answered.balance", Answer::Balance(euros("5000"))),
        ("answered.nothing", Answer::Lines(Vec::new())),
        ("answered.line_out", Answer::Lines(lines)),
    ] {
        check(key, "#", |t| t.answered(&answer));
    }
}

fn euros(amount: &str) -> zahlwort_commands::Money {
    serde_json::from_value(json!({"amount": amount, "currency": "EUR"})).unwrap()
}

fn prompt(ask: Ask, note: Option<Note>) -> Prompt {
    let expect = ask.expects();
    Prompt {
        declared: None,
        ask,
        note,
        total: None,
        expect,
    }
}

fn command(json: serde_json::Value) -> Command {
    serde_json::from_value(json).unwrap()
}

#[test]
fn every_question_has_a_sentence_and_a_hint_that_says_what_answers_it() {
    let send = command(json!({"type": "send_money", "recipient": {"name": "Anna"},
        "amount": {"amount": "20", "currency": "EUR"}}));
    let slots = [
        Missing::Recipient,
        Missing::Target,
        Missing::Amount,
        Missing::Interval,
    ];
    let others = [
        Ask::Choose(vec![Command::ShowCart, send.clone()]),
        Ask::ReadBack(send.clone()),
        Ask::Pin(send.clone()),
        Ask::Correction(send),
    ];
    for ask in slots.into_iter().map(Ask::Slot).chain(others) {
        for templates in voices() {
            let plain = templates.render(&prompt(ask.clone(), None)).text;
            let helped = templates
                .render(&prompt(ask.clone(), Some(Note::Help)))
                .text;
            for text in [&plain, &helped] {
                is_fit_to_be_said(text, templates.language()).unwrap();
            }
            let hint = helped.strip_suffix(&plain).unwrap_or_default();
            assert!(hint.len() > 10, "no help for {ask:?}: {helped}");
        }
    }
    // Those that only drafts of other commands will ask for are there as well.
    for slot in ["product", "merchant", "biller", "payment_method"] {
        for section in ["ask", "hint"] {
            let name = format!("{section}.{slot}");
            assert!(shipped(Language::DE).contains_key(&name), "{name}");
        }
    }
}

#[test]
fn sentences_of_the_table_are_of_their_language_and_address() {
    for (language, address) in VOICES {
        for (name, sentence) in shipped(language) {
            let sentence = sentence.to(address);
            let foreign = words(match language.code() {
                "de" => ENGLISH,
                _ => GERMAN,
            });
            let placeholders: String = words::placeholders(sentence).join(" ");
            let found = words(sentence);
            let mut debris: Vec<_> = found.intersection(&foreign).collect();
            debris.retain(|word| !words(&placeholders).contains(*word));
            assert!(debris.is_empty(), "{name}: {debris:?} in {sentence}");
            let is_said_to_us = |form: &str| sentence.split(' ').any(|word| word == form);
            let wrong = match address {
                Address::Familiar => ["Sie", "Ihre", "Ihren", "Ihrer"],
                Address::Formal => ["du", "dich", "deine", "deiner"],
            };
            let wrong = wrong.into_iter().find(|form| is_said_to_us(form));
            assert!(
                language == Language::EN || wrong.is_none(),
                "{name}: {wrong:?}"
            );
        }
    }
}

fn read(templates: &Templates, json: serde_json::Value) -> String {
    templates
        .render(&prompt(Ask::ReadBack(command(json)), None))
        .text
}

#[test]
fn what_is_read_back_says_all_that_will_be_done() {
    let [german, _, english] = VOICES.map(|(l, a)| Templates::new(l, a));
    let kilos = json!({"type": "buy_product", "product": {"name": "Kaffee"},
        "quantity": {"amount": "1.5", "unit": "kilogram"}, "merchant": {"name": "Rewe"},
        "max_price": {"amount": "12.50", "currency": "EUR"}});
    assert_eq!(
        read(&german, kilos.clone()),
        "1,5 Kilo Kaffee kaufen, Preis: höchstens zwölf Euro fünfzig, Rewe. Stimmt das?"
    );
    assert_eq!(
        read(&english, kilos),
        "Buy 1.5 kilos of Kaffee, price: at most twelve euros fifty, Rewe. Is that right?"
    );
    let rent = |interval| {
        json!({"type": "create_standing_order", "recipient": {"name": "Anna"},
            "amount": {"amount": "500", "currency": "EUR"}, "interval": interval})
    };
    for (interval, often, german_often) in [
        (
            json!({"frequency": "monthly", "every": 1, "month_day": 3}),
            "every month on the third",
            "monatlich am dritten",
        ),
        (
            json!({"frequency": "monthly", "every": 3, "month_day": 31}),
            "every three months on the last day of the month",
            "alle drei Monate am Monatsletzten",
        ),
        (
            json!({"frequency": "weekly", "every": 2, "weekday": 1}),
            "every two weeks on Mondays",
            "alle zwei Wochen montags",
        ),
        (
            json!({"frequency": "yearly", "every": 1}),
            "every year",
            "jährlich",
        ),
    ] {
        let said = read(&english, rent(interval.clone()));
        assert_eq!(
            said,
            format!("Standing order of five hundred euros to Anna, {often}. Is that right?")
        );
        let said = read(&german, rent(interval));
        assert_eq!(
            said,
            format!("Dauerauftrag über fünfhundert Euro an Anna, {german_often}. Stimmt das?")
        );
    }
    // An intent of the host's own: its name in the host's words, and every value.
    let mut german = german;
    german
        .set("intent.OrderTicket", "Fahrkarte kaufen")
        .unwrap();
    let ticket = json!({"type": "custom", "intent": "OrderTicket", "slots": {
        "city": "Berlin", "count": {"amount": "2", "unit": "piece"}, "day": "2026-11-24",
        "limit": {"amount": "40.00", "currency": "EUR"}}});
    assert_eq!(
        read(&german, ticket),
        "Auftrag: Fahrkarte kaufen, Berlin, zwei, Dienstag, 24. November 2026, vierzig Euro. Stimmt das?"
    );
}

#[test]
fn options_are_told_apart_by_names_by_what_is_done_or_by_all_of_it() {
    let german = Templates::new(Language::DE, Address::Familiar);
    let ask = |options: &[serde_json::Value]| {
        let options = options.iter().cloned().map(command).collect();
        german.render(&prompt(Ask::Choose(options), None)).text
    };
    let send = |name: &str, amount: &str| {
        json!({"type": "send_money", "recipient": {"name": name},
            "amount": {"amount": amount, "currency": "EUR"}})
    };
    assert_eq!(
        ask(&[send("Anna", "5"), send("Lukas", "5"), send("Oma", "5")]),
        "Was meinst du: Anna, Lukas oder Oma?"
    );
    let coffee = |kind: &str| json!({"type": kind, "product": {"name": "Kaffee"}});
    assert_eq!(
        ask(&[coffee("buy_product"), coffee("reorder")]),
        "Was meinst du: Kaffee kaufen oder Kaffee noch einmal bestellen?"
    );
    assert_eq!(
        ask(&[send("Anna", "15"), send("Anna", "50")]),
        "Was meinst du: fünfzehn Euro an Anna überweisen oder fünfzig Euro an Anna überweisen?"
    );
}

#[test]
fn help_names_three_things_that_the_host_can_do() {
    let help = prompt(Ask::Anything, Some(Note::Help));
    let german = Templates::new(Language::DE, Address::Formal);
    let all = german.render(&help).text;
    assert_eq!(
        all,
        "Sie können zum Beispiel sagen: „Überweisen Sie Anna zwanzig Euro“, „Wie ist mein Kontostand“ \
         oder „Kaufen Sie eine Packung Kaffee“."
    );
    let lamp = |command: &str| command.starts_with("light_");
    assert_eq!(
        german.render_for(&help, lamp).text,
        "Sie können zum Beispiel sagen: „Machen Sie das Licht in der Küche an“ oder \
         „Machen Sie das Licht in der Küche aus“."
    );
    assert_eq!(
        german.render_for(&help, |_| false).text,
        "Im Moment kann ich nichts tun."
    );
}

#[test]
fn a_host_replaces_single_sentences_and_whole_files_and_nothing_that_must_be_heard() {
    let mut templates = Templates::new(Language::DE, Address::Formal);
    templates
        .set("cancelled.by_speaker", "Gut, dann nicht.")
        .unwrap();
    assert_eq!(
        templates.cancelled(CancelReason::BySpeaker).text,
        "Gut, dann nicht."
    );
    let before = templates.clone();
    for wrong in [
        "[ask]\namount = \"Wie viel?\"\n[read]\nsend_money = \"Los.\"",
        "[asks]\namount = \"Wie viel?\"",
        "[ask]\nchoose = {du = \"{options}?\", sie = \"Was?\"}",
        "[intent]\nTicket = \"Fahrkarte nach {city}\"",
        "nothing",
    ] {
        assert!(templates.set_all(wrong).is_err(), "{wrong}");
        assert_eq!(templates, before);
    }
    // The file that ships is one that a host could give.
    templates
        .set_all(include_str!("../../words/de.toml"))
        .unwrap();
    for name in Templates::names() {
        assert_eq!(
            templates.get(name),
            Templates::new(Language::DE, Address::Formal).get(name)
        );
    }
}
