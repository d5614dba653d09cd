//! `zahlwort parse`: text in, commands out.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use common::{lines, run, run_with_stdin, stderr, stdout, zahlwort};
use serde_json::json;

#[test]
fn a_german_and_an_english_payment_come_out_as_the_contract_says() {
    let output = run(&[
        "parse",
        "überweise fünfzig Euro an Anna",
        "send Anna twelve euros fifty",
    ]);
    assert!(output.status.success());
    let lines = lines(&output);
    let expected = json!({
        "status": "understood",
        "intent": "SendMoney",
        "confidence": 1.0,
        "language": "de",
        "reading": "grammar",
        "transcript": "überweise fünfzig Euro an Anna",
        "slots": {
            "amount": {"text": "fünfzig Euro", "value": {"amount": "50.00", "currency": "EUR"}, "confidence": 1.0},
            "recipient": {"text": "Anna", "value": "Anna Schmidt", "open": false, "confidence": 1.0}
        },
        "command": {
            "type": "send_money",
            "amount": {"amount": "50.00", "currency": "EUR"},
            "recipient": {"name": "Anna Schmidt"}
        }
    });
    assert_eq!(lines[0], expected);
    assert_eq!(lines[1]["language"], "en");
    assert_eq!(
        lines[1]["command"]["amount"],
        json!({"amount": "12.50", "currency": "EUR"})
    );
}

#[test]
fn what_is_no_command_holds_no_command() {
    let output = run(&[
        "parse",
        "die Sonne scheint über Berlin",
        "zahle null Euro an Anna",
    ]);
    assert!(
        output.status.success(),
        "not to be understood is no failure"
    );
    let lines = lines(&output);
    assert_eq!(lines[0]["status"], "rejected");
    assert_eq!(lines[0]["reason"], "not_in_grammar");
    assert_eq!(lines[1]["reason"], "invalid");
    assert_eq!(lines[1]["problem"]["kind"], "amount_not_positive");
    for line in &lines {
        assert!(
            line.get("command").is_none() && line.get("slots").is_none(),
            "{line}"
        );
    }
}

#[test]
fn answers_are_heard_where_they_are_expected() {
    let output = run(&["parse", "ja", "zwölf fünfzig", "Stopp"]);
    let statuses: Vec<_> = lines(&output).iter().map(|l| l["status"].clone()).collect();
    assert_eq!(statuses, ["rejected", "rejected", "understood"]);
    for (answer, text, intent) in [
        ("yes-no", "ja", "Confirm"),
        ("amount", "zwölf fünfzig", "ProvideAmount"),
        ("quantity", "drei Stück", "ProvideQuantity"),
        ("pin", "vier sieben eins eins", "ProvidePin"),
        ("name", "an Lukas", "NameContact"),
        ("option", "die zweite bitte", "ChooseOption"),
        ("interval", "jeden Monat", "ProvideInterval"),
        ("any", "nein", "Deny"),
        ("any", "stopp die Musik", "StopMusic"),
        ("pin", "Hilfe", "Help"),
    ] {
        let output = run(&["parse", "--lang", "de", "--expect", answer, text]);
        assert_eq!(lines(&output)[0]["intent"], intent, "{answer}: {text}");
    }
    let output = run(&["parse", "--expect", "yes-no", "stopp die Musik"]);
    assert_eq!(lines(&output)[0]["status"], "rejected");
    let output = run(&["parse", "--expect", "maybe", "ja"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("yes-no"), "{}", stderr(&output));
}

#[test]
fn what_is_missing_is_told() {
    let text = "überweise fünfzig Euro";
    let line = &lines(&run(&["parse", text]))[0];
    assert_eq!(line["status"], "incomplete");
    assert_eq!(line["missing"], json!(["recipient"]));
    assert!(line.get("command").is_none(), "{line}");
    let shown = stdout(&run(&["parse", "--format", "text", text]));
    assert_eq!(
        shown,
        "incomplete, SendMoney (de, 100 %): überweise fünfzig Euro\n    amount = 50.00 EUR\n    missing: recipient\n"
    );
}

#[test]
fn an_unknown_name_is_marked_open_and_never_replaced() {
    let output = run(&[
        "parse",
        "--lang",
        "de",
        "überweise zehn Euro an Kunigunde Zwirbel",
    ]);
    let line = &lines(&output)[0];
    assert_eq!(line["slots"]["recipient"]["value"], "Kunigunde Zwirbel");
    assert_eq!(line["slots"]["recipient"]["open"], true);
    assert_eq!(
        line["command"]["recipient"],
        json!({"name": "Kunigunde Zwirbel", "open": true})
    );
}

#[test]
fn dates_currency_and_names_are_the_callers() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = folder.path().join("names.yaml");
    std::fs::write(
        &catalog,
        "contacts: [{name: Zoë Kravitz, id: c-9, say: [Zoë]}]\n",
    )
    .unwrap();
    let catalog = catalog.to_str().unwrap();
    let text = "überweise morgen zwölf fünfzig an Zoë";
    let output = run(&[
        "parse",
        "--date",
        "2027-12-31",
        "--currency",
        "chf",
        "--catalog",
        catalog,
        text,
    ]);
    let line = &lines(&output)[0];
    assert_eq!(
        line["command"]["amount"],
        json!({"amount": "12.50", "currency": "CHF"}),
        "{line}"
    );
    assert_eq!(line["command"]["execution_date"], "2028-01-01");
    assert_eq!(
        line["command"]["recipient"],
        json!({"name": "Zoë Kravitz", "id": "c-9"})
    );
    assert_eq!(line["slots"]["recipient"]["id"], "c-9");
}

#[test]
fn standard_input_is_read_line_by_line() {
    let input = b"stopp die Musik\n\n\xff\xfe\nlights on in the kitchen\r\n";
    let output = run_with_stdin(&["parse", "-"], input);
    let lines = lines(&output);
    assert_eq!(lines.len(), 3, "empty lines are left out");
    assert_eq!(lines[0]["intent"], "StopMusic");
    assert_eq!(lines[1]["error"]["kind"], "not_utf8");
    assert_eq!(lines[2]["intent"], "LightOn");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn each_answer_comes_before_the_next_question() {
    let mut child = zahlwort()
        .args(["parse", "--lang", "en", "--grammar", "home", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..2 {
        stdin.write_all(b"stop the music\n").unwrap();
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        assert!(line.contains("StopMusic"), "{line}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_closed_pipe_ends_the_program_quietly() {
    let mut child = zahlwort()
        .args(["parse", "--lang", "en", "--grammar", "home", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    // The program may be gone before all is written.
    let _ = child
        .stdin
        .take()
        .unwrap()
        .write_all(&b"stop the music\n".repeat(1000));
    let mut complaints = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut complaints)
        .unwrap();
    assert_eq!(complaints, "");
    assert!(child.wait().unwrap().success());
}

#[test]
fn the_readable_form_names_intent_and_slots() {
    let output = run(&[
        "parse",
        "--format",
        "text",
        "überweise fünfzig Euro an Anna",
    ]);
    let text = stdout(&output);
    assert!(
        text.starts_with("SendMoney (de, 100 %): überweise fünfzig Euro an Anna\n"),
        "{text}"
    );
    assert!(
        text.contains("amount = 50.00 EUR") && text.contains("recipient = Anna Schmidt"),
        "{text}"
    );
}

#[test]
fn wrong_arguments_say_what_would_be_right() {
    for (args, wanted) in [
        (["parse", "--lang", "fr", "x"], "de, en or auto"),
        (["parse", "--date", "2026-02-30", "x"], "YYYY-MM-DD"),
        (["parse", "--currency", "XYZ", "x"], "ISO 4217"),
    ] {
        let output = run(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            stderr(&output).contains(wanted),
            "{args:?}: {}",
            stderr(&output)
        );
    }
    for (flag, wanted) in [
        ("--grammar", "no-such-file.yaml"),
        ("--catalog", "no-such-file.yaml"),
    ] {
        let output = run(&["parse", flag, "no-such-file.yaml", "x"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains(wanted), "{}", stderr(&output));
    }
}

#[test]
fn every_task_has_help_with_an_example() {
    for task in [
        vec!["recognize"],
        vec!["parse"],
        vec!["eval"],
        vec!["grammar", "check"],
        vec!["grammar", "sample"],
        vec!["grammar", "import"],
        vec!["schema"],
    ] {
        let output = zahlwort().args(&task).arg("--help").output().unwrap();
        let help = stdout(&output);
        let example = format!("zahlwort {}", task.join(" "));
        assert!(
            help.contains("Example") && help.matches(&example).count() >= 2,
            "{task:?}: {help}"
        );
    }
}
