//! The program as it is started from a terminal.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What the program writes for what is typed.
fn talk(database: &Path, options: &[&str], typed: &[&str]) -> String {
    let mut speaker = Command::new(env!("CARGO_BIN_EXE_zahlwort-speaker"))
        .args(["--text", "--database"])
        .arg(database)
        .args(options)
        .env("ZAHLWORT_PIN", PIN)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = speaker.stdin.take().unwrap();
    for line in typed {
        writeln!(input, "{line}").unwrap();
    }
    drop(input);
    let output = speaker.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

const PIN: &str = "83059264";
const SILENT: [&str; 2] = ["--speak", ""];
const ENGLISH: [&str; 4] = ["--speak", "", "--lang", "en"];

/// The example of the README.
#[test]
fn a_new_household_tells_its_pin_once_and_pays() {
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("household.db");
    let typed = ["überweise Anna zwanzig Euro", "ja"];
    let first = talk(&database, &SILENT, &typed);
    let lines: Vec<&str> = first.lines().collect();
    let pin = lines[0]
        .strip_prefix("* Deine PIN ist ")
        .and_then(|rest| rest.split_once('.'))
        .map(|(pin, _)| pin)
        .unwrap();
    assert!(
        pin.len() == 4 && pin.bytes().all(|b| b.is_ascii_digit()),
        "{first}"
    );
    assert_eq!(
        lines[1..],
        [
            "> überweise Anna zwanzig Euro",
            "< Zwanzig Euro an Anna Schmidt überweisen. Stimmt das?",
            "> ja",
            "< Erledigt.",
        ]
    );
    // More than fifty euros take the PIN, which is not shown again.
    let more = [
        "überweise Anna achtzig Euro",
        "ja",
        pin,
        "Wie ist mein Kontostand",
    ];
    let second = talk(&database, &SILENT, &more);
    assert!(
        !second.contains(pin) && !second.contains("PIN ist"),
        "{second}"
    );
    assert!(second.contains("< Dafür brauche ich die PIN."), "{second}");
    assert!(second.contains("> ****\n< Erledigt."), "{second}");
    assert!(
        second.ends_with("< Du hast tausendvierhundert Euro auf dem Konto.\n"),
        "{second}"
    );
}

#[test]
fn another_pin_can_be_set_and_is_nowhere_in_clear() {
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("household.db");
    talk(&database, &SILENT, &[]);
    let options = [&SILENT[..], &["--new-pin"]].concat();
    let said = talk(&database, &options, &["überweise Anna achtzig Euro", PIN]);
    assert!(said.starts_with("* Die neue PIN gilt.\n"), "{said}");
    assert!(
        said.ends_with("> ****\n< Erledigt.\n") && !said.contains(PIN),
        "{said}"
    );
    for file in std::fs::read_dir(directory.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let is_there = bytes.windows(PIN.len()).any(|part| part == PIN.as_bytes());
        assert!(!is_there, "the PIN is in the database");
    }
}

#[test]
fn a_program_that_cannot_speak_is_reported_once_and_the_talk_goes_on_in_writing() {
    let typed = ["überweise Anna zwanzig Euro", "nein", "abbrechen"];
    for program in ["no-such-program-as-this", "false"] {
        let directory = tempfile::tempdir().unwrap();
        let database = directory.path().join("household.db");
        let said = talk(&database, &["--speak", program], &typed);
        assert_eq!(
            said.matches("* Ich kann nicht sprechen").count(),
            1,
            "{said}"
        );
        assert_eq!(said.matches("\n< ").count(), 3, "{said}");
    }
}

#[test]
fn lamps_music_and_messages_are_the_households_and_are_kept() {
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("household.db");
    let typed = [
        "mach das Licht in der Küche an",
        "spiel etwas Jazz",
        "lies meine Nachrichten vor",
        "lies meine Nachrichten vor",
        "mach das Licht in der Garage an",
    ];
    let said = talk(&database, &SILENT, &typed);
    let expected = [
        "> mach das Licht in der Küche an\n< Erledigt.\n  💡 Küche an\n",
        "< Erledigt.\n  ♪ Jazz\n",
        "< Anna schreibt: Bringst du Brot mit? Mama schreibt: Am Sonntag gibt es Kuchen.\n",
        "< Es gibt keine neuen Nachrichten.\n",
        "< Eine Lampe für Garage habe ich nicht.\n",
    ];
    for line in expected {
        assert!(said.contains(line), "{line} is not in {said}");
    }
    let said = talk(
        &database,
        &SILENT,
        &["mach alle Lampen aus", "mach die Musik aus"],
    );
    let off = "< Erledigt.\n  💡 Küche aus\n> mach die Musik aus\n< Erledigt.\n  ♪ aus\n";
    assert!(said.ends_with(off), "{said}");
}

#[test]
fn what_the_household_cannot_do_it_says_itself_and_help_does_not_name_it() {
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("household.db");
    let typed = [
        "Was kannst du",
        "Buche einen Mietwagen in München",
        "Storniere meine Bestellung",
    ];
    let said = talk(&database, &SILENT, &typed);
    let help = "< Du kannst zum Beispiel sagen: „Überweise Anna zwanzig Euro“, \
                „Wie ist mein Kontostand“ oder „Kauf eine Packung Kaffee“.\n";
    assert!(said.contains(help), "{said}");
    assert!(
        said.contains("< Einen Mietwagen kann ich nicht buchen.\n"),
        "{said}"
    );
    assert!(
        said.contains("< Eine Bestellung stornieren kann ich nicht.\n"),
        "{said}"
    );
    let english = directory.path().join("english.db");
    let said = talk(
        &english,
        &ENGLISH,
        &["what can you do", "book a rental car in London"],
    );
    assert!(said.contains("“Send twenty euros to Anna”"), "{said}");
    assert!(said.contains("< I cannot book rental cars.\n"), "{said}");
}

#[test]
fn a_bill_is_paid_once_and_what_it_costs_is_known() {
    let directory = tempfile::tempdir().unwrap();
    let database = directory.path().join("household.db");
    let typed = [
        "bezahle die Telekom-Rechnung",
        "ja",
        "bezahle die Telekom-Rechnung",
    ];
    let said = talk(&database, &SILENT, &typed);
    let expected = "< Die Rechnung bezahlen: Telekom, neununddreißig Euro fünfundneunzig. Stimmt das?\n\
                    > ja\n< Erledigt.\n\
                    > bezahle die Telekom-Rechnung\n< Von Telekom ist keine Rechnung offen.\n";
    assert!(said.ends_with(expected), "{said}");
}
