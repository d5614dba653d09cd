//! Text, as somebody types it or another recogniser writes it, in all packs and both languages.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use zahlwort::{Date, Engine, Interpreter, Outcome, Report};

static INTERPRETER: LazyLock<Interpreter> = LazyLock::new(|| {
    Engine::builder()
        .reference_date(Date::constant(2026, 12, 24))
        .interpreter()
        .expect("the packs")
});

fuzz_target!(|text: &str| {
    let outcome = INTERPRETER.parse(text);
    if let Outcome::Understood(said) = &outcome {
        let json = serde_json::to_string(&said.command).expect("a command is written");
        let again: zahlwort::Command = serde_json::from_str(&json).expect("and read");
        assert_eq!(again, said.command);
    }
    serde_json::to_string(&Report::new(None, Ok(outcome))).expect("an outcome is written");
});
