//! `zahlwort recognize` and `zahlwort eval` on files that are no speech, or no audio at all.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

mod common;

use std::path::Path;

use common::{lines, stderr, stdout, wav, with_model, zahlwort};
use serde_json::{Value, json};

fn write(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn one_bad_file_does_not_keep_the_others_from_being_processed() {
    let folder = tempfile::tempdir().unwrap();
    let silence = wav(&[0; 16_000], 16_000);
    let files = [
        write(
            folder.path(),
            "not-audio.flac",
            b"this is a text, not a recording",
        ),
        write(folder.path(), "cut.wav", &silence[..20_000]),
        write(folder.path(), "empty.mp3", b""),
        write(folder.path(), "no-such", b""),
        write(folder.path(), "long.wav", &wav(&vec![0; 8_000 * 31], 8_000)),
        write(folder.path(), "silence.wav", &silence),
    ];
    std::fs::remove_file(&files[3]).unwrap();
    let output = with_model("recognize").args(&files).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let lines = lines(&output);
    let named: Vec<&str> = lines.iter().map(|l| l["file"].as_str().unwrap()).collect();
    assert_eq!(named, files, "in the order given");
    let kinds: Vec<Option<&str>> = lines.iter().map(|l| l["error"]["kind"].as_str()).collect();
    let expected = [
        "unknown_format",
        "truncated_audio",
        "empty_audio",
        "cannot_open",
        "audio_too_long",
    ];
    assert_eq!(kinds[..5], expected.map(Some));
    assert_eq!(lines[5]["status"], "no_speech", "{}", lines[5]);
    assert_eq!(lines[5]["timing"]["audio_ms"], 1_000);
}

#[test]
fn standard_input_is_a_recording_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "silence.wav", &wav(&[0; 8_000], 16_000));
    let output = with_model("recognize")
        .arg("-")
        .stdin(std::fs::File::open(path).unwrap())
        .output()
        .unwrap();
    assert_eq!(lines(&output)[0]["status"], "no_speech");
    assert!(output.status.success());
}

#[test]
fn a_missing_model_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "silence.wav", &wav(&[0; 8_000], 16_000));
    let by_flag = zahlwort()
        .args(["recognize", "--model", "no/such/model", &file])
        .output()
        .unwrap();
    let by_variable = zahlwort()
        .args(["recognize", &file])
        .env("ZAHLWORT_MODEL", "no/such/model")
        .output()
        .unwrap();
    for output in [by_flag, by_variable] {
        assert_eq!(output.status.code(), Some(1));
        let message = stderr(&output);
        assert!(
            message.contains("no/such/model") && message.contains("--model"),
            "{message}"
        );
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn eval_counts_silence_as_rightly_not_understood_and_missing_files_as_wrong() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "silence.wav", &wav(&[0; 16_000], 16_000));
    let manifest = [
        json!({"audio": "silence.wav", "intent": null, "status": "no_speech"}),
        json!({"audio": "silence.wav", "intent": null, "status": "rejected"}),
        json!({"audio": "gone.wav", "intent": "Confirm", "slots": {}}),
    ];
    let manifest: String = manifest.iter().map(|l| format!("{l}\n")).collect();
    let manifest = write(folder.path(), "manifest.jsonl", manifest.as_bytes());
    let (json, list) = (
        folder.path().join("out.json"),
        folder.path().join("list.jsonl"),
    );
    let output = with_model("eval")
        .arg(&manifest)
        .arg("--json")
        .arg(&json)
        .arg("--list")
        .arg(&list)
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(1),
        "a file could not be processed"
    );
    let text = stdout(&output);
    assert!(
        text.contains("gone.wav") && text.contains("cannot open"),
        "{text}"
    );

    let results: Value = serde_json::from_str(&std::fs::read_to_string(json).unwrap()).unwrap();
    let block = &results["blocks"][0];
    assert_eq!(block["recordings"], 2);
    assert_eq!(block["failed"], 1);
    assert_eq!(block["commands"]["exact"], json!({"right": 0, "total": 1}));
    assert_eq!(block["non_commands"]["total"], 2);
    assert_eq!(block["non_commands"]["accepted"], 0);
    assert_eq!(block["non_commands"]["rejected"], json!({"no_speech": 2}));
    assert_eq!(block["status"], json!({"right": 1, "total": 2}));
    let list = std::fs::read_to_string(list).unwrap();
    let right: Vec<bool> = list
        .lines()
        .map(|l| {
            serde_json::from_str::<Value>(l).unwrap()["right"]
                .as_bool()
                .unwrap()
        })
        .collect();
    assert_eq!(right, [true, false, false]);
}

#[test]
fn eval_says_what_is_wrong_with_a_manifest_or_its_flags() {
    let folder = tempfile::tempdir().unwrap();
    let transcripts = write(
        folder.path(),
        "t.jsonl",
        b"{\"audio\":\"a.wav\",\"text\":\"hello\"}\n",
    );
    let output = with_model("eval").arg(&transcripts).output().unwrap();
    assert!(
        stderr(&output).contains("t.jsonl:1") && stderr(&output).contains("--non-commands"),
        "{}",
        stderr(&output)
    );
    let output = with_model("eval")
        .args([&transcripts, "--non-commands", "--snr", "6"])
        .output()
        .unwrap();
    assert!(stderr(&output).contains("--noise"), "{}", stderr(&output));
}

#[test]
fn ogg_and_mp3_are_understood_as_wav_is() {
    let folder = common::root().join("tests/audio");
    let labels = std::fs::read_to_string(folder.join("manifest.jsonl")).unwrap();
    let labels: Vec<Value> = labels
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    for name in ["en-pay-netflix.ogg", "en-transfer-to-dad.mp3"] {
        let label = labels.iter().find(|l| l["audio"] == name).unwrap();
        let output = with_model("recognize")
            .args(["--lang", "en"])
            .arg(folder.join(name))
            .output()
            .unwrap();
        assert_eq!(
            lines(&output)[0]["intent"],
            label["intent"],
            "{}",
            stdout(&output)
        );
    }
}

#[test]
fn a_flac_file_that_is_cut_or_changed_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let whole =
        std::fs::read(common::root().join("tests/audio/de-dauerauftrag-papa.flac")).unwrap();
    let mut changed = whole.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 0x55;
    let cut = write(folder.path(), "cut.flac", &whole[..middle]);
    let changed = write(folder.path(), "changed.flac", &changed);
    let output = with_model("recognize")
        .args([&cut, &changed])
        .output()
        .unwrap();
    for line in lines(&output) {
        assert_eq!(line["error"]["kind"], "damaged_audio", "{line}");
    }
    assert_eq!(output.status.code(), Some(1));
}
