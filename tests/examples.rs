//! The examples run and say what their first lines promise.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::path::PathBuf;
use std::process::Command;

const SPOKEN: &str = "tests/audio/ueberweise-fuenfzig-euro-an-anna.wav";

/// What an example prints. Cargo builds the examples before it runs tests.
fn run(example: &str, arguments: &[&str]) -> String {
    // target/PROFILE/deps/THIS_TEST
    let test = std::env::current_exe().unwrap();
    let built: PathBuf = test.ancestors().nth(2).unwrap().join("examples");
    let output = Command::new(built.join(example))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap_or_else(|e| panic!("{example}: {e}"));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{example}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_file_is_recognised() {
    let said = run("recognize_file", &[SPOKEN]);
    assert!(said.contains("50.00 EUR to Anna Schmidt"), "{said}");
}

#[test]
fn a_stream_is_heard() {
    let said = run("live_session", &[SPOKEN]);
    assert!(
        said.contains("somebody speaks") && said.contains("SendMoney"),
        "{said}"
    );
}

#[test]
fn a_grammar_of_ones_own_is_read() {
    let said = run("own_grammar", &[]);
    let lines: Vec<&str> = said.lines().collect();
    assert!(
        lines[0].contains("OrderTicket") && lines[0].contains("MUC"),
        "{said}"
    );
    assert!(lines[1].contains("12-24"), "{said}");
    assert!(lines[2].contains("is no sentence of the grammar"), "{said}");
}

#[test]
fn names_are_swapped() {
    let said = run("swap_catalog", &[]);
    let lines: Vec<&str> = said.lines().collect();
    assert!(
        !lines[0].contains("Novak") && lines[1].contains("Kim Novak"),
        "{said}"
    );
}

#[test]
fn nothing_is_paid_before_a_yes() {
    let said = run("dialogue", &[]);
    let at = |text: &str| said.find(text).unwrap_or_else(|| panic!("{text}: {said}"));
    assert!(at("you: yes") < at("bank: SendMoney"), "{said}");
    assert_eq!(said.matches("bank:").count(), 1, "{said}");
}
