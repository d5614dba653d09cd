//! Counting.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use zahlwort::{Outcome, Timing};

use super::compare::{Verdict, moves_money};
use super::manifest::Expected;

/// The results under one condition.
#[derive(Debug, Default, Serialize)]
pub struct Block {
    /// Signal-to-noise ratio in dB; left out where no noise was mixed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snr_db: Option<f64>,
    /// Recordings that were processed.
    pub recordings: usize,
    /// Recordings that could not be processed. They count as wrong.
    pub failed: usize,
    /// Length of all recordings in seconds.
    pub audio_seconds: f64,
    /// Recordings of commands.
    pub commands: Commands,
    /// Recordings that must not be understood.
    pub non_commands: NonCommands,
    /// Where the manifest names the status.
    pub status: Share,
    /// Where the manifest names the language and something was understood.
    pub language: Share,
    /// Milliseconds by stage.
    pub latency_ms: BTreeMap<&'static str, Percentiles>,
    /// What went wrong.
    pub confusions: Vec<Confusion>,
    #[serde(skip)]
    timings: Vec<Timing>,
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Share {
    pub right: usize,
    pub total: usize,
}

impl Share {
    pub fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.total += 1;
    }
}

/// `99 / 100 = 99.0 %`
impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} / {}", self.right, self.total)?;
        match self.total {
            0 => Ok(()),
            total => write!(f, " = {:.1} %", 100.0 * self.right as f64 / total as f64),
        }
    }
}

/// What became of commands.
#[derive(Debug, Default, Serialize)]
pub struct Commands {
    /// Intent and every labelled slot are right.
    pub exact: Share,
    /// And nothing else was heard.
    pub strict: Share,
    /// The intent is right.
    pub intent: Share,
    /// Labelled slots that are right.
    pub slots: Share,
    /// Understood, but wrongly.
    pub misunderstood: usize,
    /// Not understood, by reason.
    pub rejected: BTreeMap<String, usize>,
}

/// What became of what is no command.
#[derive(Debug, Default, Serialize)]
pub struct NonCommands {
    pub total: usize,
    /// Taken for any command.
    pub accepted: usize,
    /// Taken for a command that moves money.
    pub accepted_moving_money: usize,
    /// Length in seconds of these recordings.
    pub seconds: f64,
    /// Not understood, by reason.
    pub rejected: BTreeMap<String, usize>,
}

/// Nearest-rank percentiles.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Percentiles {
    pub p50: f32,
    pub p90: f32,
    pub p99: f32,
    pub max: f32,
}

impl Percentiles {
    fn of(mut values: Vec<f32>) -> Option<Self> {
        values.sort_by(f32::total_cmp);
        let last = *values.last()?;
        let rank = |p: f64| {
            let at = (p * values.len() as f64).ceil() as usize;
            values.get(at.saturating_sub(1)).copied().unwrap_or(last)
        };
        Some(Self {
            p50: rank(0.5),
            p90: rank(0.9),
            p99: rank(0.99),
            max: last,
        })
    }
}

/// A recording that went wrong.
#[derive(Debug, Serialize)]
pub struct Confusion {
    pub file: String,
    pub expected: Expected,
    pub got: Value,
}

/// What came of one recording.
pub enum Got<'a> {
    Outcome(&'a Outcome, &'a Verdict),
    /// It could not be processed.
    Failed,
}

impl Block {
    pub fn new(snr_db: Option<f64>) -> Self {
        Self {
            snr_db,
            ..Self::default()
        }
    }

    /// Counts one recording. `got` is its report as JSON, for the list of confusions.
    pub fn add(&mut self, expected: &Expected, result: Got<'_>, got: &Value) {
        let Got::Outcome(outcome, verdict) = result else {
            self.failed += 1;
            match &expected.intent {
                // What could not be processed was not understood.
                Some(_) => self.add_command(expected, &Verdict::default()),
                None => self.non_commands.total += 1,
            }
            return self.confuse(expected, got);
        };
        self.recordings += 1;
        if let Some(timing) = outcome.timing() {
            let seconds = f64::from(timing.audio_ms) / 1e3;
            self.audio_seconds += seconds;
            if expected.intent.is_none() {
                self.non_commands.seconds += seconds;
            }
            self.timings.push(*timing);
        }
        let why = match outcome {
            Outcome::Understood(_) => None,
            // It asks for the rest, and nothing is done.
            Outcome::Incomplete(_) => Some("incomplete".to_owned()),
            Outcome::Rejected(r) => Some(r.reason.name().to_owned()),
            Outcome::NoSpeech(_) => Some("no_speech".to_owned()),
        };
        if expected.intent.is_some() {
            self.add_command(expected, verdict);
            match why {
                Some(why) => *self.commands.rejected.entry(why).or_default() += 1,
                None => self.commands.misunderstood += usize::from(!verdict.exact),
            }
        } else {
            self.non_commands.total += 1;
            match why {
                Some(why) => *self.non_commands.rejected.entry(why).or_default() += 1,
                None => self.non_commands.accepted += 1,
            }
            self.non_commands.accepted_moving_money +=
                usize::from(outcome.command().is_some_and(moves_money));
        }
        verdict
            .status
            .into_iter()
            .for_each(|right| self.status.add(right));
        verdict
            .language
            .into_iter()
            .for_each(|right| self.language.add(right));
        if !verdict.exact || verdict.status == Some(false) {
            self.confuse(expected, got);
        }
    }

    fn add_command(&mut self, expected: &Expected, verdict: &Verdict) {
        self.commands.exact.add(verdict.exact);
        self.commands.strict.add(verdict.strict);
        self.commands.intent.add(verdict.intent);
        self.commands.slots.right += verdict.slots_right;
        self.commands.slots.total += expected.slots.len();
    }

    fn confuse(&mut self, expected: &Expected, got: &Value) {
        self.confusions.push(Confusion {
            file: expected.name.clone(),
            expected: expected.clone(),
            got: got.clone(),
        });
    }

    /// Works out the percentiles, once everything is counted.
    pub fn finish(&mut self) {
        type Stage = (&'static str, fn(&Timing) -> f32);
        let stages: [Stage; 4] = [
            ("total", |t| t.total_ms),
            ("features", |t| t.features_ms),
            ("encoder", |t| t.encoder_ms),
            ("decoder", |t| t.decoder_ms),
        ];
        for (name, of) in stages {
            // Where nobody speaks, no model runs; that would make every stage look fast.
            let ran = self.timings.iter().filter(|t| t.encoder_ms > 0.0);
            if let Some(percentiles) = Percentiles::of(ran.map(of).collect()) {
                self.latency_ms.insert(name, percentiles);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let values: Vec<f32> = (1..=200).rev().map(|v| v as f32).collect();
        let expected = Percentiles {
            p50: 100.0,
            p90: 180.0,
            p99: 198.0,
            max: 200.0,
        };
        assert_eq!(Percentiles::of(values), Some(expected));
        let one = Percentiles {
            p50: 7.0,
            p90: 7.0,
            p99: 7.0,
            max: 7.0,
        };
        assert_eq!(Percentiles::of(vec![7.0]), Some(one));
        assert_eq!(Percentiles::of(vec![]), None);
    }

    #[test]
    fn a_command_that_cannot_be_processed_is_wrong() {
        let expected = Expected {
            name: "a.wav".into(),
            audio: "a.wav".into(),
            intent: Some("Confirm".into()),
            slots: BTreeMap::new(),
            expect: None,
            status: None,
            language: None,
            text: None,
        };
        let mut block = Block::new(None);
        block.add(&expected, Got::Failed, &Value::Null);
        assert_eq!(
            (
                block.commands.exact.right,
                block.commands.exact.total,
                block.failed
            ),
            (0, 1, 1)
        );
        assert_eq!(block.confusions.len(), 1);
    }
}
