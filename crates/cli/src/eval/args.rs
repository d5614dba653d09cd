//! The options of `eval`.

use std::path::PathBuf;

use crate::setup::{HearingArgs, MeaningArgs};
use crate::values::Format;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  zahlwort eval tests/audio/manifest.jsonl
  zahlwort eval labels.jsonl --grammar coffee_maker.rhino.yaml --lang en \\
      --noise kitchen-noise.flac --snr clean,12,6 --json report.json
  zahlwort eval transcripts.jsonl --non-commands --list accepted.jsonl
  zahlwort eval pins.jsonl --expect pin

Each line of the manifest is an object: `audio` (relative to the manifest), `intent` (null if it
must not be understood), `slots` (name to value or words; a money slot is compared to
{\"amount\":\"50.00\",\"currency\":\"EUR\"}), optionally `expect` (as --expect, for this recording
alone), `status`, `language` and `text`.")]
pub struct EvalArgs {
    /// JSON Lines with the recordings and what they say
    pub manifest: PathBuf,
    #[command(flatten)]
    pub meaning: MeaningArgs,
    #[command(flatten)]
    pub hearing: HearingArgs,
    /// Recording of noise to mix in
    #[arg(long, value_name = "FILE", requires = "snr")]
    pub noise: Option<PathBuf>,
    /// Signal-to-noise ratios in dB, or clean; one block of results each
    #[arg(long, value_name = "DB,…", value_delimiter = ',', value_parser = crate::values::snr)]
    pub snr: Vec<crate::values::Snr>,
    /// Take lines without `intent` as speech that must not be understood
    #[arg(long)]
    pub non_commands: bool,
    /// Only the first N recordings
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Seed of the places where noise is cut from
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub seed: u64,
    /// Write the results as JSON to a file
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Write the result of every recording as JSON Lines to a file
    #[arg(long, value_name = "FILE")]
    pub list: Option<PathBuf>,
    /// How the results are written to standard output
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}
