//! `eval`: labelled recordings in, accuracy, rejection and latency out.

mod args;
mod compare;
mod manifest;
mod noise;
mod tally;
mod text;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use zahlwort::{Engine, Evidence, Heard, Limits, Outcome, Pcm, Report};

use crate::audio::{self, FileError};
use crate::output::{Out, Stop, json, pretty};
use crate::progress::Progress;
use crate::setup;
use crate::values::{Format, Snr};
pub use args::EvalArgs;
use compare::compare;
use manifest::Expected;
use noise::{Noise, Random};
use tally::{Block, Got};

/// Noise may be far longer than a command.
const MAX_NOISE: Duration = Duration::from_secs(2 * 60 * 60);

/// What is written with --json.
#[derive(Serialize)]
struct Results<'a> {
    manifest: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    noise: Option<String>,
    seed: u64,
    blocks: &'a [Block],
}

/// One line of --list.
#[derive(Serialize)]
struct Listed<'a> {
    file: &'a str,
    snr_db: Option<f64>,
    right: bool,
    expected: &'a Expected,
    got: &'a Value,
    /// What the confidence was computed from, to fit it to other recordings.
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Evidence>,
}

pub fn run(args: &EvalArgs, out: &mut Out) -> Result<(), Stop> {
    let mut recordings = manifest::read(&args.manifest, args.non_commands).map_err(Stop::Failed)?;
    recordings.truncate(args.limit.unwrap_or(usize::MAX));
    let conditions = if args.snr.is_empty() {
        vec![Snr::Clean]
    } else {
        args.snr.clone()
    };
    let noise = match &args.noise {
        Some(path) => Some(load_noise(path)?),
        None if conditions.iter().any(|snr| *snr != Snr::Clean) => {
            return Err(Stop::Failed(
                "--snr needs --noise FILE, a recording of the noise to mix in".to_owned(),
            ));
        }
        None => None,
    };
    // Both before hours of work, so that a wrong path is found out at once.
    let mut list = args.list.as_deref().map(create).transpose()?;
    let mut summary = args.json.as_deref().map(create).transpose()?;
    let engine = setup::hearing(&args.hearing, setup::meaning(&args.meaning)).build()?;
    let limits = setup::limits(&args.hearing);

    let mut progress = Progress::new(recordings.len() * conditions.len());
    let mut blocks = Vec::new();
    for snr in conditions {
        let mut block = Block::new(snr.decibels());
        for (index, expected) in recordings.iter().enumerate() {
            let heard = hear(
                &engine,
                &limits,
                expected,
                noise.as_ref(),
                snr,
                Random::new(args.seed, index),
            );
            let evidence = heard.as_ref().ok().and_then(|h| h.evidence);
            let result = heard.map(|h| h.outcome);
            let verdict = result
                .as_ref()
                .ok()
                .map(|outcome| compare(expected, outcome));
            let got = json_of(expected, &result);
            let counted = match (&result, &verdict) {
                (Ok(outcome), Some(verdict)) => Got::Outcome(outcome, verdict),
                _ => Got::Failed,
            };
            block.add(expected, counted, &got);
            if let Some(list) = &mut list {
                let right = verdict.is_some_and(|v| v.exact && v.status != Some(false));
                let line = Listed {
                    file: &expected.name,
                    snr_db: snr.decibels(),
                    right,
                    expected,
                    got: &got,
                    evidence,
                };
                let line = json(&line)?;
                writeln!(list, "{line}")
                    .and_then(|()| list.flush())
                    .map_err(|e| cannot_write("--list", &e))?;
            }
            progress.message(format!("{} wrong", block.confusions.len()));
            progress.step();
        }
        block.finish();
        if args.format == Format::Text {
            progress.suspend(|| out.line(&text::readable(&block)))?;
        }
        blocks.push(block);
    }
    drop(progress);
    let results = Results {
        manifest: args.manifest.display().to_string(),
        noise: args.noise.as_ref().map(|p| p.display().to_string()),
        seed: args.seed,
        blocks: &blocks,
    };
    if args.format == Format::Json {
        out.line(&json(&results)?)?;
    }
    if let Some(file) = &mut summary {
        let text = pretty(&results)?;
        writeln!(file, "{text}")
            .and_then(|()| file.flush())
            .map_err(|e| cannot_write("--json", &e))?;
    }
    if blocks.iter().any(|b| b.failed > 0) {
        Err(Stop::SomeFailed)
    } else {
        Ok(())
    }
}

/// What a recording came to, or why it could not be processed.
enum HearError {
    File(FileError),
    Engine(zahlwort::Error),
}

impl From<FileError> for HearError {
    fn from(error: FileError) -> Self {
        HearError::File(error)
    }
}

impl From<zahlwort::Error> for HearError {
    fn from(error: zahlwort::Error) -> Self {
        HearError::Engine(error)
    }
}

impl From<zahlwort::audio::AudioError> for HearError {
    fn from(error: zahlwort::audio::AudioError) -> Self {
        HearError::Engine(error.into())
    }
}

fn hear(
    engine: &Engine,
    limits: &Limits,
    expected: &Expected,
    noise: Option<&Noise>,
    snr: Snr,
    mut random: Random,
) -> Result<Heard, HearError> {
    let mut pcm = audio::load(&expected.audio, limits)?;
    if let (Some(noise), Snr::Decibels(db)) = (noise, snr) {
        let speech = pcm.to_utterance(limits)?;
        let mixed = noise.mix(speech.samples(), db, &mut random);
        pcm = Pcm::from_f32(&mixed, zahlwort::audio::SAMPLE_RATE, 1)?;
    }
    Ok(match expected.expect {
        Some(answer) => engine.hear_expecting(&pcm, &setup::expectation(answer))?,
        None => engine.hear(&pcm)?,
    })
}

fn json_of(expected: &Expected, result: &Result<Outcome, HearError>) -> Value {
    let file = Some(expected.name.clone());
    let report = match result {
        Ok(outcome) => Report::new(file, Ok(outcome.clone())),
        Err(HearError::Engine(e)) => failure(file, e.kind(), e.to_string()),
        Err(HearError::File(e)) => failure(file, e.kind(), e.to_string()),
    };
    serde_json::to_value(report).unwrap_or_default()
}

fn failure(file: Option<String>, kind: &str, message: String) -> Report {
    let error = zahlwort::Failure {
        kind: kind.to_owned(),
        message,
    };
    Report {
        file,
        body: zahlwort::Body::Failed { error },
    }
}

fn load_noise(path: &Path) -> Result<Noise, Stop> {
    let limits = Limits {
        max_duration: MAX_NOISE,
    };
    let failed =
        |e: &dyn std::fmt::Display| Stop::Failed(format!("--noise {}: {e}", path.display()));
    let pcm = audio::load(path, &limits).map_err(|e| failed(&e))?;
    let noise = pcm.to_utterance(&limits).map_err(|e| failed(&e))?;
    Noise::new(&noise).map_err(|e| failed(&e))
}

fn create(path: &Path) -> Result<BufWriter<File>, Stop> {
    let file = File::create(path).map_err(|e| {
        Stop::Failed(format!(
            "cannot write {}: {e}; check the folder",
            path.display()
        ))
    })?;
    Ok(BufWriter::new(file))
}

fn cannot_write(flag: &str, error: &std::io::Error) -> Stop {
    Stop::Failed(format!(
        "cannot write the file of {flag}: {error}; check the disk it is on"
    ))
}
