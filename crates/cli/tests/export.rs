//! `zahlwort export`: understood commands in the formats of banks, shops and assistants.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

mod common;

use std::process::Output;

use common::{lines, run, run_with_stdin, stderr, stdout};
use serde_json::json;

const ANNA: &str = "AT611904300234573201";

const CONTEXT: &str = r#"
[account]
name = "Erika Müller"
iban = "DE89 3704 0044 0532 0130 00"
payment_methods = ["Girokonto"]
[payees."Anna Schmidt"]
iban = "AT611904300234573201"
[payees.m-7]
name = "Bäckerei Müller GmbH"
iban = "CH9300762011623852957"
bic = "UBSWCHZH80A"
reference = "Kunde 12"
[amazon_pay]
charge_permission_id = "B01-1234567-1234567"
"#;

/// What `parse` prints for these texts.
fn parsed(texts: &[&str]) -> Vec<u8> {
    run(&[&["parse", "--lang", "de"], texts].concat()).stdout
}

fn export(format: &str, more: &[&str], input: &[u8]) -> Output {
    let args = [&["export", "--unconfirmed", "--format", format], more].concat();
    run_with_stdin(&args, input)
}

fn context() -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), CONTEXT).unwrap();
    file
}

#[test]
fn without_unconfirmed_nothing_is_exported() {
    let input = parsed(&["überweise fünfzig Euro an Anna"]);
    let output = run_with_stdin(&["export", "--format", "json"], &input);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "");
    assert!(
        stderr(&output).contains("--unconfirmed"),
        "{}",
        stderr(&output)
    );
    let output = export("json", &[], &input);
    assert_eq!(
        lines(&output),
        [json!({
            "status": "unconfirmed", "version": 1,
            "command": {
                "type": "send_money", "recipient": {"name": "Anna Schmidt"},
                "amount": {"amount": "50.00", "currency": "EUR"},
            },
        })]
    );
}

#[test]
fn a_recognised_transfer_becomes_an_xml_and_a_code() {
    let input = parsed(&["überweise fünfzig Euro an Anna"]);
    let file = context();
    let file = file.path().to_str().unwrap();
    let output = export(
        "pain001",
        &["--context", file, "--date", "2027-01-15"],
        &input,
    );
    let xml = stdout(&output);
    assert!(output.status.success(), "{}", stderr(&output));
    for part in [
        "<!-- UNCONFIRMED",
        "<MsgId>UNCONFIRMED</MsgId>",
        "<Nm>Erika Mueller</Nm>",
        "<InstdAmt Ccy=\"EUR\">50.00</InstdAmt>",
        &format!("<IBAN>{ANNA}</IBAN>"),
        "<Dt>2027-01-15</Dt>",
    ] {
        assert!(xml.contains(part), "{part} is not in {xml}");
    }
    let flags = ["--payee-name", "Anna Schmidt", "--payee-iban", ANNA];
    let code = stdout(&export("epc-qr", &flags, &input));
    assert!(
        code.starts_with(&format!(
            "BCD\n002\n1\nSCT\n\nAnna Schmidt\n{ANNA}\nEUR50.00\n"
        )),
        "{code}"
    );
    assert!(
        code.trim_end()
            .ends_with("UNCONFIRMED - check before you pay")
    );
    let action = &lines(&export("schema-org", &["--context", file], &input))[0];
    assert_eq!(action["@type"], "MoneyTransfer");
    assert_eq!(action["agent"]["name"], "Erika Müller");
    assert_eq!(
        action["actionStatus"],
        "https://schema.org/PotentialActionStatus"
    );
}

#[test]
fn payees_are_found_by_identifier_and_shops_charge() {
    let understood = |command| format!("{}\n", json!({"status": "understood", "command": command}));
    let euros = json!({"amount": "7.20", "currency": "EUR"});
    let pay = understood(json!({
        "type": "pay_merchant", "merchant": {"name": "Bäckerei Müller", "id": "m-7"}, "amount": euros,
    }));
    let file = context();
    let file = file.path().to_str().unwrap();
    let code = stdout(&export("epc-qr", &["--context", file], pay.as_bytes()));
    assert!(
        code.contains(
            "UBSWCHZH80A\nBäckerei Müller GmbH\nCH9300762011623852957\nEUR7.20\n\n\nKunde 12\n"
        ),
        "{code}"
    );
    let charge = &lines(&export("amazon-pay", &["--context", file], pay.as_bytes()))[0];
    assert_eq!(
        charge["payload"]["chargeAmount"],
        json!({"amount": "7.20", "currencyCode": "EUR"})
    );
    assert_eq!(charge["unconfirmed"], true);
    // A money request is paid to the speaker's own account.
    let ask =
        understood(json!({"type": "request_money", "recipient": {"name": "Ben"}, "amount": euros}));
    let code = stdout(&export("epc-qr", &["--context", file], ask.as_bytes()));
    assert!(
        code.contains("\nErika Müller\nDE89370400440532013000\n"),
        "{code}"
    );
}

#[test]
fn every_line_is_tried_and_errors_name_line_and_flag() {
    let mut input = parsed(&[
        "überweise fünfzig Euro an Anna",
        "die Sonne scheint",
        "stop die Musik",
    ]);
    input.extend(b"{\"event\":\"speech_started\",\"at_ms\":1}\nno json\n");
    let output = export("schema-org", &[], &input);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(lines(&output).len(), 1, "{}", stdout(&output));
    let told = stderr(&output);
    for part in [
        "standard input:2: `status` is rejected",
        "standard input:5: no JSON",
    ] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    let transfers = parsed(&["überweise fünfzig Euro an Anna", "überweise 5 Euro an Ben"]);
    let own = [
        "--own-name",
        "Erika",
        "--own-iban",
        "DE89370400440532013000",
    ];
    for (format, more, part) in [
        ("pain001", &[][..], "--own-iban"),
        ("pain001", &own[..], "--payee-iban"),
        (
            "epc-qr",
            &["--payee-name", "A", "--payee-iban", ANNA][..],
            "--line",
        ),
        ("amazon-pay", &[][..], "charge_permission_id"),
        (
            "json",
            &["--payee-name", "A", "--payee-iban", ANNA][..],
            "leave it out",
        ),
        ("json", &["--line", "7"][..], "no command in line 7"),
    ] {
        let output = export(format, more, &transfers);
        assert_eq!(output.status.code(), Some(1), "{format}");
        assert!(
            stderr(&output).contains(part),
            "{format}: {}",
            stderr(&output)
        );
        assert_eq!(stdout(&output), "", "{format}");
    }
    let second = ["--payee-name", "Ben B", "--payee-iban", ANNA, "--line", "2"];
    let code = stdout(&export("epc-qr", &second, &transfers));
    assert!(
        code.contains("\nBen B\n") && code.contains("EUR5.00"),
        "{code}"
    );
    let wrong = ["--payee-name", "A", "--payee-iban", "AT611904300234573202"];
    let output = export("epc-qr", &wrong, &transfers);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("check digits"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_context_with_a_mistake_is_named_with_its_key() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let path = file.path().to_str().unwrap();
    for (toml, part) in [
        ("[acount]\n", "acount"),
        ("[account]\nname = \"x\"\niban = \"DE1\"\n", "check digits"),
        (
            "[payees.Anna]\niban = \"AT611904300234573201\"\nbic = \"X\"\n",
            "payees.\"Anna\".bic",
        ),
        (
            "[amazon_pay]\ncharge_permission_id = \"x\"\nsoft_descriptor = \"y\"\n",
            "capture_now",
        ),
    ] {
        std::fs::write(file.path(), toml).unwrap();
        let output = export("json", &["--context", path], b"");
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains(part), "{}", stderr(&output));
    }
    let output = export("json", &["--context", "no-such.toml"], b"");
    assert!(stderr(&output).contains("--context"), "{}", stderr(&output));
}
