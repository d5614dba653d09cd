//! `recognize` and `parse`.

use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use zahlwort::{Body, Engine, Failure, Interpreter, Limits, Pcm, Report};

use crate::audio;
use crate::output::{Out, Stop, with_option};
use crate::progress::Progress;
use crate::setup::{self, HearingArgs, MeaningArgs};
use crate::values::Format;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  zahlwort recognize a.wav b.flac c.mp3
  zahlwort recognize --lang de --catalog my-names.yaml *.wav > results.jsonl
  zahlwort recognize --grammar coffee.rhino.yaml --lang en order.ogg
  zahlwort recognize --expect yes-no answer.wav
  arecord -f S16_LE -r 16000 -d 4 | zahlwort recognize -

A file that cannot be processed gives an object with `error`, the others are still processed, and
the exit status is 1.")]
pub struct RecognizeArgs {
    /// WAV, FLAC, OGG Vorbis or MP3; - is WAV on standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub meaning: MeaningArgs,
    #[command(flatten)]
    pub hearing: HearingArgs,
    /// How results are written
    #[arg(long, value_enum, default_value = "json")]
    pub format: Format,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  zahlwort parse 'zahle 12,50 € an Bäckerei Müller' 'stop the music'
  zahlwort parse --date 2026-12-24 'Stromrechnung übermorgen bezahlen'
  zahlwort parse --expect option 'die zweite bitte'
  zahlwort parse --format text - < transcripts.txt")]
pub struct ParseArgs {
    /// Texts, each an argument; - reads one a line from standard input
    #[arg(required = true, value_name = "TEXT")]
    pub texts: Vec<String>,
    #[command(flatten)]
    pub meaning: MeaningArgs,
    /// How results are written
    #[arg(long, value_enum, default_value = "json")]
    pub format: Format,
}

/// A spoken command is far shorter; a whole book in one line is a mistake.
const MAX_TEXT_BYTES: usize = 4_000;

pub fn recognize(args: &RecognizeArgs, out: &mut Out) -> Result<(), Stop> {
    let engine = setup::hearing(&args.hearing, setup::meaning(&args.meaning)).build()?;
    let mut progress = Progress::new(args.files.len());
    let mut failed = false;
    for path in &args.files {
        let report = recognize_file(&engine, path);
        failed |= matches!(report.body, Body::Failed { .. });
        progress.step();
        progress.suspend(|| out.report(&report, args.format))?;
    }
    if failed {
        Err(Stop::SomeFailed)
    } else {
        Ok(())
    }
}

fn recognize_file(engine: &Engine, path: &Path) -> Report {
    let file = path.display().to_string();
    match load(path, engine.limits()) {
        Ok(pcm) => Report::new(Some(file), engine.recognize(&pcm)),
        Err(error) => failure(Some(file), error.kind(), error.to_string()),
    }
}

fn load(path: &Path, limits: &Limits) -> Result<Pcm, audio::FileError> {
    if path.as_os_str() == "-" {
        let pcm = Pcm::decode_wav(std::io::stdin().lock(), limits);
        return pcm.map_err(|e| audio::FileError::Audio(Box::new(e)));
    }
    audio::load(path, limits)
}

fn failure(file: Option<String>, kind: &str, message: String) -> Report {
    Report {
        file,
        body: Body::Failed {
            error: Failure {
                kind: kind.to_owned(),
                message: with_option(kind, message),
            },
        },
    }
}

pub fn parse(args: &ParseArgs, out: &mut Out) -> Result<(), Stop> {
    let interpreter = setup::meaning(&args.meaning).interpreter()?;
    let mut failed = false;
    for text in &args.texts {
        if text != "-" {
            let report = parse_text(&interpreter, text.as_bytes());
            failed |= matches!(report.body, Body::Failed { .. });
            out.report(&report, args.format)?;
            continue;
        }
        let mut stdin = std::io::stdin().lock();
        if stdin.is_terminal() {
            let _ = std::io::Write::write_all(
                &mut std::io::stderr(),
                b"one text a line, end with Ctrl-D:\n",
            );
        }
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = stdin.read_until(b'\n', &mut line);
            if read.map_err(|e| Stop::Failed(format!("cannot read standard input: {e}")))? == 0 {
                break;
            }
            let text = line.trim_ascii();
            if text.is_empty() {
                continue;
            }
            let report = parse_text(&interpreter, text);
            failed |= matches!(report.body, Body::Failed { .. });
            out.report(&report, args.format)?;
        }
    }
    if failed {
        Err(Stop::SomeFailed)
    } else {
        Ok(())
    }
}

fn parse_text(interpreter: &Interpreter, text: &[u8]) -> Report {
    if text.len() > MAX_TEXT_BYTES {
        let message = format!(
            "the text is {} bytes long, more than {MAX_TEXT_BYTES}; give one command at a time",
            text.len()
        );
        return failure(None, "text_too_long", message);
    }
    match std::str::from_utf8(text) {
        Ok(text) => Report::new(None, Ok(interpreter.parse(text))),
        Err(e) => failure(
            None,
            "not_utf8",
            format!("the text is not UTF-8: {e}; convert it, for example with iconv"),
        ),
    }
}
