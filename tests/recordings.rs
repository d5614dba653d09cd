//! The recordings in `tests/audio`, through the library: what is said there, and when.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::{Value, json};
use zahlwort::commands::Expectation;
use zahlwort::{Body, Command, Engine, Language, Limits, Outcome, Pcm, Report};

/// Loaded once: it is what takes time.
static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/default");
    Engine::builder()
        .model(model)
        .reference_date(zahlwort::Date::constant(2026, 11, 23))
        .build()
        .unwrap()
});

fn audio(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/audio")
        .join(name)
}

/// The labels, one for each recording.
fn labels() -> Vec<Value> {
    let manifest = std::fs::read_to_string(audio("manifest.jsonl")).unwrap();
    manifest
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn hear(name: &str) -> Outcome {
    ENGINE.recognize_file(audio(name)).unwrap()
}

#[test]
fn the_same_payment_is_understood_in_both_languages() {
    for (name, language) in [
        ("ueberweise-fuenfzig-euro-an-anna.wav", Language::DE),
        ("send-fifty-euros-to-anna.wav", Language::EN),
    ] {
        let outcome = hear(name);
        let said = outcome
            .understood()
            .unwrap_or_else(|| panic!("{name}: {outcome:?}"));
        assert_eq!(said.language, language, "{name}");
        let Command::SendMoney {
            recipient, amount, ..
        } = &said.command
        else {
            panic!("{name}: {said:?}")
        };
        assert_eq!(amount.to_string(), "50.00 EUR", "{name}");
        assert_eq!(
            (recipient.name.as_str(), recipient.open),
            ("Anna Schmidt", false),
            "{name}"
        );
    }
}

#[test]
fn slots_have_times_inside_the_recording_and_in_the_order_said() {
    let outcome = hear("ueberweise-fuenfzig-euro-an-anna.wav");
    let said = outcome.understood().unwrap();
    let audio_ms = outcome.timing().unwrap().audio_ms;
    let times = |slot: &str| {
        (
            said.slots[slot].start_ms.unwrap(),
            said.slots[slot].end_ms.unwrap(),
        )
    };
    let (amount, recipient) = (times("amount"), times("recipient"));
    assert!(0 < amount.0 && amount.0 < amount.1, "{amount:?}");
    assert!(
        amount.1 <= recipient.0 && recipient.0 < recipient.1,
        "{amount:?} {recipient:?}"
    );
    assert!(recipient.1 <= audio_ms, "{recipient:?} of {audio_ms}");
    for slot in said.slots.values() {
        assert!(
            slot.confidence.is_some_and(|c| (0.0..=1.0).contains(&c)),
            "{slot:?}"
        );
    }
}

#[test]
fn the_json_has_what_the_contract_says() {
    let name = "send-fifty-euros-to-anna.wav";
    let report = Report::new(Some(name.to_owned()), Ok(hear(name)));
    assert!(matches!(report.body, Body::Outcome(_)));
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["file"], name);
    assert_eq!(json["status"], "understood");
    assert_eq!(
        json["slots"]["amount"]["value"],
        json!({"amount": "50.00", "currency": "EUR"})
    );
    assert_eq!(json["command"]["type"], "send_money");
    for stage in ["features_ms", "encoder_ms", "decoder_ms", "total_ms"] {
        assert!(json["timing"][stage].as_f64().unwrap() > 0.0, "{json}");
    }
}

#[test]
fn an_answer_is_heard_where_it_was_asked_for_and_nowhere_else() {
    let labels = labels();
    let answers: Vec<&Value> = labels.iter().filter(|l| l["expect"].is_string()).collect();
    assert_eq!(answers.len(), 5);
    for label in answers {
        let name = label["audio"].as_str().unwrap();
        let intent = |outcome: &Outcome| outcome.understood().map(|u| u.intent.clone());
        let unasked = intent(&hear(name));
        assert_eq!(unasked, None, "{name}");
        let expected = match label["expect"].as_str().unwrap() {
            "yes-no" => Expectation::yes_no(),
            "pin" => Expectation::pin(),
            "option" => Expectation::option(),
            other => panic!("{other}"),
        };
        let pcm = Pcm::read_wav(audio(name), &Limits::default()).unwrap();
        let heard = ENGINE.recognize_expecting(&pcm, &expected).unwrap();
        assert_eq!(
            intent(&heard).as_deref(),
            label["intent"].as_str(),
            "{name}"
        );
    }
}

#[test]
fn what_is_no_command_never_moves_money() {
    let mut heard = 0;
    for label in labels().iter().filter(|l| l["intent"].is_null()) {
        let name = label["audio"].as_str().unwrap();
        // The library itself reads WAV; other formats are the command line's.
        if !name.ends_with(".wav") {
            continue;
        }
        heard += 1;
        let outcome = hear(name);
        let payment = outcome.command().filter(|c| {
            let json = serde_json::to_value(c).unwrap();
            json.pointer("/amount").is_some()
                || matches!(
                    c,
                    Command::BuyProduct { .. } | Command::Checkout { .. } | Command::Reorder { .. }
                )
                || matches!(c, Command::PayMerchant { .. } | Command::PayBill { .. })
        });
        assert_eq!(payment, None, "{name}: {}", label["text"]);
    }
    assert!(heard >= 3, "only {heard} recordings of non-commands");
}

#[test]
fn where_nobody_speaks_there_is_no_speech() {
    let labels = labels();
    let silent: Vec<&str> = labels
        .iter()
        .filter(|l| l["status"] == "no_speech")
        .filter_map(|l| l["audio"].as_str())
        .filter(|name| !name.contains("tone") && name.ends_with(".wav"))
        .collect();
    assert!(!silent.is_empty());
    for name in silent {
        let outcome = hear(name);
        assert!(
            matches!(outcome, Outcome::NoSpeech(_)),
            "{name}: {outcome:?}"
        );
    }
}
