//! `zahlwort listen`: raw samples in, events out.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Output, Stdio};

use common::{feed, lines, root, stderr, with_model};
use serde_json::Value;
use zahlwort::{Limits, Pcm};

/// The samples of a recording at 16 kHz.
fn recording(name: &str) -> Vec<f32> {
    let path = root().join("tests/audio").join(name);
    let pcm = Pcm::read_wav(path, &Limits::default()).unwrap();
    let utterance = pcm.to_utterance(&Limits::default()).unwrap();
    utterance.samples().to_vec()
}

fn s16le(samples: &[f32]) -> Vec<u8> {
    samples
        .iter()
        .flat_map(|s| ((s * 32_767.0) as i16).to_le_bytes())
        .collect()
}

fn silence(seconds: usize) -> Vec<f32> {
    vec![0.0; seconds * 16_000]
}

fn listen(args: &[&str], stdin: &[u8]) -> Output {
    // It may end before it has read all.
    feed(with_model("listen").args(args), stdin).1
}

#[test]
fn two_commands_come_out_with_their_times() {
    let (first, second) = (
        recording("ueberweise-fuenfzig-euro-an-anna.wav"),
        recording("de-ja-gerne.wav"),
    );
    let samples = [silence(1), first.clone(), silence(2), second, silence(1)].concat();
    let output = listen(&["--lang", "de", "--expect", "any"], &s16le(&samples));
    assert!(output.status.success(), "{}", stderr(&output));
    let events = lines(&output);
    let names: Vec<&str> = events
        .iter()
        .map(|e| e["event"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["speech_started", "outcome", "speech_started", "outcome"],
        "{events:#?}"
    );
    let (paid, confirmed) = (&events[1], &events[3]);
    assert_eq!(paid["status"], "understood");
    assert_eq!(paid["command"]["amount"]["amount"], "50.00");
    assert_eq!(confirmed["intent"], "Confirm");
    let ms = |event: &Value, of: &str| event[of].as_u64().unwrap();
    let first_ends = 1_000 + first.len() as u64 / 16;
    assert_eq!(ms(&events[0], "at_ms"), ms(paid, "start_ms"));
    assert!(1_000 <= ms(paid, "start_ms") && ms(paid, "end_ms") <= first_ends + 100);
    let amount = &paid["slots"]["amount"];
    assert!(ms(paid, "start_ms") < ms(amount, "start_ms"));
    assert!(ms(amount, "end_ms") < ms(paid, "end_ms"));
    assert!(ms(confirmed, "start_ms") >= first_ends + 2_000);
}

#[test]
fn partials_come_before_the_outcome_if_asked_for() {
    let samples = [
        silence(1),
        recording("ueberweise-fuenfzig-euro-an-anna.wav"),
        silence(1),
    ];
    let output = listen(&["--lang", "de", "--partials"], &s16le(&samples.concat()));
    assert!(output.status.success(), "{}", stderr(&output));
    let events = lines(&output);
    let partial = |e: &&Value| e["event"] == "partial" && e["text"] == "überweise fünfzig euro an";
    assert!(events.iter().any(|e| partial(&e)), "{events:#?}");
    assert_eq!(events.last().unwrap()["event"], "outcome");
}

#[test]
fn floats_are_read_and_silence_is_told_when_asked_for() {
    let bytes: Vec<u8> = silence(3).iter().flat_map(|s| s.to_le_bytes()).collect();
    let output = listen(&["--format", "f32le", "--no-speech-after", "2"], &bytes);
    assert!(output.status.success(), "{}", stderr(&output));
    let events = lines(&output);
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0]["event"], "no_speech");
    assert_eq!(events[0]["at_ms"], 2_000);
}

#[test]
fn no_input_and_half_a_sample_are_no_events() {
    for input in [&b""[..], b"\0"] {
        let output = listen(&[], input);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn what_is_no_audio_is_refused_with_advice() {
    let output = listen(&["--rate", "44101"], &[0; 64]);
    assert!(!output.status.success());
    assert!(stderr(&output).contains("44101 Hz"), "{}", stderr(&output));
    let output = listen(&["--format", "f32le"], &f32::NAN.to_le_bytes());
    assert!(!output.status.success());
    assert!(stderr(&output).contains("not a finite number"));
}

#[test]
fn events_are_printed_while_the_stream_goes_on_and_a_closed_output_ends_it() {
    let mut child = with_model("listen")
        .args(["--lang", "de", "--expect", "yes-no"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let command = [silence(1), recording("de-ja-gerne.wav"), silence(1)].concat();
    input.write_all(&s16le(&command)).unwrap();
    let mut line = String::new();
    for _ in 0..2 {
        line.clear();
        output.read_line(&mut line).unwrap();
    }
    // The input is still open.
    assert!(line.contains("\"Confirm\""), "{line}");
    drop(output);
    let _ = input.write_all(&s16le(&command));
    drop(input);
    assert!(child.wait().unwrap().success());
    let mut complaint = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut complaint)
        .unwrap();
    assert_eq!(complaint, "");
}
