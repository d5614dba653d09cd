//! `zahlwort grammar`: check, sample, import.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

mod common;

use common::{lines, run, stderr, stdout};

const COFFEE: &str = "\
context:
  expressions:
    orderDrink:
      - \"[brew, make me] (a) $size:size $drink:drink (please)\"
  slots:
    size: [small, twelve ounce]
    drink: [coffee, iced mocha]
";

#[test]
fn the_packs_are_sound() {
    let output = run(&["grammar", "check", "payments", "home", "--format", "json"]);
    assert!(output.status.success());
    let lines = lines(&output);
    let files: Vec<&str> = lines.iter().map(|l| l["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["payments/de", "payments/en", "home/de", "home/en"]);
    for line in &lines {
        assert!(
            line["size"]["states"].as_u64().unwrap() > 100 && line.get("error").is_none(),
            "{line}"
        );
    }
}

#[test]
fn a_mistake_is_named_with_file_line_and_column_and_the_others_are_still_checked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.yaml");
    let yaml = "language: en\nintents:\n  Go:\n    data:\n      - sentences:\n          - 'go [to the {place}'\n";
    std::fs::write(&path, yaml).unwrap();
    let path = path.to_str().unwrap();
    let output = run(&["grammar", "check", path, "home"]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    assert!(text.contains(&format!("{path}:6:")), "{text}");
    assert!(text.contains("hint:"), "{text}");
    assert!(text.contains("home/en: ok"), "{text}");
}

/// A program's own folder: the files of a language, or a pack with a folder for each language.
#[test]
fn a_folder_is_checked_and_used_like_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let english = folder.path().join("en");
    std::fs::create_dir(&english).unwrap();
    let common = "language: en\nexpansion_rules: {go: '(go|travel)'}\n";
    std::fs::write(english.join("_common.yaml"), common).unwrap();
    let go = "language: en\nintents:\n  Go: {data: [{sentences: ['<go> home']}]}\n";
    std::fs::write(english.join("Go.yaml"), go).unwrap();
    let (pack, english) = (folder.path().to_str().unwrap(), english.to_str().unwrap());
    for path in [pack, english] {
        let output = run(&["grammar", "check", path]);
        assert!(output.status.success(), "{}", stdout(&output));
        assert!(stdout(&output).starts_with(&format!("{english}: ok, en, 1 intents")));
        let parsed = run(&["parse", "--grammar", path, "travel home"]);
        assert_eq!(lines(&parsed)[0]["intent"], "Go");
    }

    std::fs::write(
        folder.path().join("en/Go.yaml"),
        go.replace("<go>", "<goo>"),
    )
    .unwrap();
    for path in [pack, english] {
        let output = run(&["grammar", "check", path]);
        assert_eq!(output.status.code(), Some(1));
        let text = stdout(&output);
        assert!(text.contains(&format!("{english}/Go.yaml:3:")), "{text}");
        assert!(text.contains("did you mean <go>?"), "{text}");
    }
}

#[test]
fn samples_are_repeatable_and_understood() {
    let args = [
        "grammar",
        "sample",
        "-n",
        "30",
        "--seed",
        "5",
        "--date",
        "2026-11-23",
    ];
    let output = run(&args);
    let sentences = lines(&output);
    assert_eq!(sentences.len(), 30);
    // What cannot be (the 31st of April) may be said, so some samples are `invalid`; but all are
    // sentences of the grammar.
    for sentence in &sentences {
        assert_ne!(sentence["reason"], "not_in_grammar", "{sentence}");
    }
    let understood = sentences
        .iter()
        .filter(|s| s["status"] == "understood")
        .count();
    assert!(understood >= 20, "{understood} of 30");
    assert_eq!(stdout(&run(&args)), stdout(&output));
    assert_ne!(
        stdout(&run(&[
            "grammar",
            "sample",
            "-n",
            "30",
            "--seed",
            "6",
            "--date",
            "2026-11-23"
        ])),
        stdout(&output)
    );
}

#[test]
fn a_rhino_context_is_used_directly_and_imported() {
    let folder = tempfile::tempdir().unwrap();
    let rhino = folder.path().join("coffee.rhino.yaml");
    std::fs::write(&rhino, COFFEE).unwrap();
    let rhino = rhino.to_str().unwrap();
    let ours = folder.path().join("coffee.yaml");
    let ours = ours.to_str().unwrap();
    assert!(
        run(&["grammar", "import", rhino, "--lang", "en", "-o", ours])
            .status
            .success()
    );

    let text = "make me a twelve ounce iced mocha";
    let direct = run(&["parse", "--lang", "en", "--grammar", rhino, text]);
    let imported = run(&["parse", "--grammar", ours, text]);
    let line = &lines(&direct)[0];
    assert_eq!(line["intent"], "orderDrink");
    assert_eq!(line["slots"]["size"]["value"], "twelve ounce");
    assert_eq!(line["slots"]["drink"]["value"], "iced mocha");
    assert_eq!(line["command"]["type"], "custom");
    assert_eq!(stdout(&direct), stdout(&imported));

    let unsaid = run(&["parse", "--grammar", rhino, text]);
    assert_eq!(unsaid.status.code(), Some(1));
    assert!(stderr(&unsaid).contains("--lang"), "{}", stderr(&unsaid));
}

#[test]
fn a_grammar_in_another_language_than_asked_for_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hi.yaml");
    std::fs::write(
        &path,
        "language: en\nintents:\n  Hi:\n    data:\n      - sentences: ['hello there']\n",
    )
    .unwrap();
    let output = run(&[
        "parse",
        "--lang",
        "de",
        "--grammar",
        path.to_str().unwrap(),
        "hello there",
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("only in: en"),
        "{}",
        stderr(&output)
    );
}
