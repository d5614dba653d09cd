//! Running the program as a user does.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses its part, and a test may panic"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program.
pub fn zahlwort() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zahlwort"));
    command.env_remove("ZAHLWORT_MODEL");
    command
}

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The program with the model of the repository.
pub fn with_model(task: &str) -> Command {
    let mut command = zahlwort();
    command
        .arg(task)
        .arg("--model")
        .arg(root().join("models/default"));
    command
}

pub fn run(args: &[&str]) -> Output {
    zahlwort().args(args).output().unwrap()
}

pub fn run_with_stdin(args: &[&str], stdin: &[u8]) -> Output {
    let mut command = zahlwort();
    let (written, output) = feed(command.args(args), stdin);
    // A program that refuses its arguments ends before it has read anything.
    if let Err(error) = written {
        assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe, "{error}");
    }
    output
}

/// Runs to the end with these bytes on standard input, and says whether it read them all.
pub fn feed(command: &mut Command, stdin: &[u8]) -> (std::io::Result<()>, Output) {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let written = child.stdin.take().unwrap().write_all(stdin);
    (written, child.wait_with_output().unwrap())
}

/// Standard output as JSON Lines.
pub fn lines(output: &Output) -> Vec<Value> {
    stdout(output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}")))
        .collect()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The bytes of a 16-bit mono WAV file.
pub fn wav(samples: &[i16], rate: u32) -> Vec<u8> {
    let length = samples.len() as u32 * 2;
    let mut out = Vec::new();
    out.extend(b"RIFF");
    out.extend((36 + length).to_le_bytes());
    out.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    out.extend(rate.to_le_bytes());
    out.extend((rate * 2).to_le_bytes());
    out.extend(b"\x02\0\x10\0data");
    out.extend(length.to_le_bytes());
    out.extend(samples.iter().flat_map(|s| s.to_le_bytes()));
    out
}
