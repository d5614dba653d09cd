//! `listen`: raw samples on standard input or of a microphone, events on standard output.

use std::io::{ErrorKind, Read};
use std::sync::Arc;
use std::time::Duration;

use clap::ValueEnum;
use zahlwort::{Event, Session, SessionOptions};

use crate::output::{self, Out, Stop};
use crate::setup::{self, HearingArgs, MeaningArgs};

/// How raw samples are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SampleFormat {
    /// 16-bit integers, little-endian
    S16le,
    /// 32-bit floats, little-endian, full scale ±1
    F32le,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  arecord -t raw -f S16_LE -c 1 -r 16000 | zahlwort listen
  zahlwort listen --microphone --partials
  arecord -t raw -f S16_LE -c 1 -r 16000 | zahlwort listen --expect amount
  sox commands.flac -t raw -e signed -b 16 -c 1 -r 16000 - | zahlwort listen --lang en
  ffmpeg -v error -i call.mp3 -f f32le -ac 1 -ar 48000 - | zahlwort listen --format f32le --rate 48000

Each line is an object with `event`: speech_started, partial, outcome, no_speech or overflow. An
outcome is what recognize prints, with start_ms and end_ms, all in milliseconds of the stream.")]
pub struct ListenArgs {
    /// Samples per second of the one channel on standard input
    #[arg(long, value_name = "HZ", default_value_t = 16_000)]
    pub rate: u32,
    /// How the samples are written
    #[arg(long, value_enum, default_value = "s16le")]
    pub format: SampleFormat,
    /// Listen to a microphone instead of standard input (needs a build with the feature `microphone`)
    #[arg(long, conflicts_with_all = ["rate", "format"])]
    pub microphone: bool,
    /// The name of the microphone [default: the system's]
    #[arg(long, value_name = "NAME", requires = "microphone")]
    pub device: Option<String>,
    /// Report the words so far while somebody speaks, about three times a second; never where a PIN may be said
    #[arg(long)]
    pub partials: bool,
    /// Report when nobody has spoken for this many seconds, once for each wait [default: never]
    #[arg(long, value_name = "S")]
    pub no_speech_after: Option<u64>,
    #[command(flatten)]
    pub meaning: MeaningArgs,
    #[command(flatten)]
    pub hearing: HearingArgs,
}

/// How often `--partials` looks.
const PARTIALS: Duration = Duration::from_millis(300);

pub fn listen(args: &ListenArgs, out: &mut Out) -> Result<(), Stop> {
    let engine = setup::hearing(&args.hearing, setup::meaning(&args.meaning)).build()?;
    let defaults = SessionOptions::default();
    let options = SessionOptions {
        no_speech_after: args.no_speech_after.map(Duration::from_secs),
        partials: args.partials.then_some(PARTIALS),
        max_utterance: defaults
            .max_utterance
            .min(setup::limits(&args.hearing).max_duration),
        ..defaults
    };
    let session = Arc::new(engine).session(options);
    if args.microphone {
        return from_microphone(args, session, out);
    }
    from_input(args, session, out)
}

#[cfg(feature = "microphone")]
fn from_microphone(args: &ListenArgs, mut session: Session, out: &mut Out) -> Result<(), Stop> {
    let microphone = crate::microphone::Microphone::open(args.device.as_deref())?;
    loop {
        let samples = microphone.next()?;
        for event in session.push(&samples, microphone.rate)? {
            write(out, &event)?;
        }
    }
}

#[cfg(not(feature = "microphone"))]
fn from_microphone(_: &ListenArgs, _: Session, _: &mut Out) -> Result<(), Stop> {
    Err(Stop::Failed(
        "--microphone: this zahlwort was built without it; build it with `--features microphone` (on Linux \
         that takes ALSA's development files), or pipe samples to standard input: \
         arecord -t raw -f S16_LE -c 1 -r 16000 | zahlwort listen"
            .to_owned(),
    ))
}

fn from_input(args: &ListenArgs, mut session: Session, out: &mut Out) -> Result<(), Stop> {
    let mut input = std::io::stdin().lock();
    let mut bytes = [0u8; 4_096];
    // The bytes of a sample may come in two pieces.
    let mut begun = 0;
    let mut samples = Buffer::default();
    loop {
        let room = bytes.get_mut(begun..).unwrap_or_default();
        let read = match input.read(room) {
            Ok(0) => break,
            Ok(read) => read,
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            Err(e) => {
                return Err(Stop::Failed(format!("cannot read standard input: {e}")));
            }
        };
        let filled = begun + read;
        let come = bytes.get(..filled).unwrap_or_default();
        let used = samples.fill(come, args.format);
        for event in samples.push(&mut session, args)? {
            write(out, &event)?;
        }
        bytes.copy_within(used..filled, 0);
        begun = filled - used;
    }
    for event in session.finish()? {
        write(out, &event)?;
    }
    Ok(())
}

fn write(out: &mut Out, event: &Event) -> Result<(), Stop> {
    out.line(&output::json(event)?)
}

/// Samples of either format, kept to be filled again.
#[derive(Default)]
struct Buffer {
    integers: Vec<i16>,
    floats: Vec<f32>,
}

impl Buffer {
    /// Takes the whole samples among the bytes, and says how many bytes those are.
    fn fill(&mut self, bytes: &[u8], format: SampleFormat) -> usize {
        self.integers.clear();
        self.floats.clear();
        let left = match format {
            SampleFormat::S16le => {
                let (whole, left) = bytes.as_chunks::<2>();
                self.integers
                    .extend(whole.iter().map(|s| i16::from_le_bytes(*s)));
                left
            }
            SampleFormat::F32le => {
                let (whole, left) = bytes.as_chunks::<4>();
                self.floats
                    .extend(whole.iter().map(|s| f32::from_le_bytes(*s)));
                left
            }
        };
        bytes.len() - left.len()
    }

    fn push(&self, session: &mut Session, args: &ListenArgs) -> Result<Vec<Event>, Stop> {
        Ok(match args.format {
            SampleFormat::S16le => session.push(&self.integers, args.rate)?,
            SampleFormat::F32le => session.push(&self.floats, args.rate)?,
        })
    }
}
