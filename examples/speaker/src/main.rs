//! The household speaker: text lines, WAV files or raw samples in, prompts out.
#![allow(clippy::print_stdout, reason = "the transcript")]

use std::io::{BufRead, Read};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, ValueEnum};
use zahlwort::commands::{Money, Pin};
use zahlwort::dialogue::policy::{Moment, Policy, Speaker};
use zahlwort::dialogue::{Address, Stage, random_pin};
use zahlwort::{
    Assistant, Currency, Engine, Event, Language, Languages, Limits, Outcome, Pcm, Reply,
    SessionOptions,
};
use zahlwort_speaker::{Household, Voice, set_pin, set_up, words};

type Failure = Box<dyn std::error::Error>;

/// A household speaker that shops and banks by voice.
///
/// On the first start it makes an example household and tells its PIN, once.
#[derive(Parser)]
#[command(after_help = "Examples:
  zahlwort-speaker --text                                 type: überweise Anna zwanzig Euro / ja
  zahlwort-speaker order.wav yes.wav                      recordings, one after the other
  arecord -t raw -f S16_LE -c 1 -r 16000 | zahlwort-speaker --raw   a microphone")]
struct Options {
    /// Recordings, played to the speaker in this order.
    files: Vec<PathBuf>,
    /// Reads sentences from standard input, one a line.
    #[arg(long, conflicts_with_all = ["files", "raw"])]
    text: bool,
    /// Reads samples from standard input: 16 bit, little endian, mono.
    #[arg(long, conflicts_with = "files")]
    raw: bool,
    /// Samples a second of --raw.
    #[arg(long, default_value_t = 16_000)]
    rate: u32,
    /// The household's database; a new file gets an example household.
    #[arg(long, default_value = "household.db")]
    database: PathBuf,
    /// de or en.
    #[arg(long, default_value = "de")]
    lang: String,
    /// How German speaks to you.
    #[arg(long, value_enum, default_value_t = Form::Du)]
    address: Form,
    /// A command that speaks: it gets each prompt as its last argument. Empty: only the transcript.
    #[arg(long, default_value = "espeak-ng")]
    speak: String,
    /// The model's directory.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Sets another PIN: what the environment variable ZAHLWORT_PIN holds, else four random digits that
    /// are shown once.
    #[arg(long)]
    new_pin: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Du,
    Sie,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn now() -> Moment {
    let now = jiff::ZonedDateTime::now();
    Moment {
        at: now.timestamp(),
        date: now.date(),
    }
}

fn run(options: &Options) -> Result<(), Failure> {
    let language = Language::from_code(&options.lang)
        .ok_or_else(|| format!("--lang {}: use de or en", options.lang))?;
    let address = match options.address {
        Form::Du => Address::Familiar,
        Form::Sie => Address::Formal,
    };
    let words = words(language, address)?;
    let household = Household::open(&options.database, words.clone())
        .map_err(|e| format!("{}: {e}", options.database.display()))?;
    let saved = household.saved()?;
    let catalog = household.catalog()?;
    let is_new = saved.is_none();
    let state = saved.unwrap_or_default();
    let mut room = Room {
        shown: household.status()?,
        assistant: Assistant::new(household, Policy::default(), state, words),
        voice: Voice::new(&options.speak, language),
    };
    room.pay_due()?;
    room.ready(is_new, options.new_pin)?;
    let builder = Engine::builder()
        .catalog(catalog)
        .languages(Languages::Only(language));
    let builder = match &options.model {
        Some(model) => builder.model(model),
        None => builder,
    };
    if options.text {
        let interpreter = builder.interpreter()?;
        for line in std::io::stdin().lock().lines() {
            let expected = room.assistant.expects();
            let outcome = interpreter.parse_expecting(&line?, &expected)?;
            room.take(&outcome)?;
        }
        return Ok(());
    }
    let engine = Arc::new(builder.build()?);
    for file in &options.files {
        let audio = Pcm::read_wav(file, &Limits::default())?;
        let outcome = engine.recognize_expecting(&audio, &room.assistant.expects())?;
        room.take(&outcome)?;
    }
    if options.raw {
        room.listen(&engine, options.rate)?;
    }
    Ok(())
}

/// A speaker in its room.
struct Room {
    assistant: Assistant<Household>,
    voice: Voice,
    /// What was last shown of lamps and music.
    shown: Vec<String>,
}

impl Room {
    /// Sets a PIN if there is none.
    fn ready(&mut self, is_new: bool, wants_new_pin: bool) -> Result<(), Failure> {
        if !is_new && !wants_new_pin && self.assistant.state().gate.pin.is_some() {
            return Ok(());
        }
        let chosen = std::env::var("ZAHLWORT_PIN").ok().filter(|_| wants_new_pin);
        let pin = match &chosen {
            Some(pin) => Pin::new(pin)?,
            None => random_pin()?,
        };
        if is_new {
            set_up(&mut self.assistant, &pin)?;
        } else {
            set_pin(&mut self.assistant, &pin)?;
        }
        match chosen {
            Some(_) => self.write("host.pin_set", &[]),
            // The only place where it is ever shown.
            None => self.write("host.pin", &[("pin", pin.reveal())]),
        }
        Ok(())
    }

    /// What was asked for this day or an earlier one.
    fn pay_due(&mut self) -> Result<(), Failure> {
        for due in self.assistant.host_mut().pay_due(now().date)? {
            let words = self.assistant.templates();
            let cents = i128::from(due.cents);
            let decimal = rust_decimal::Decimal::from_i128_with_scale(cents, 2);
            let amount = words.amount(Money::new(decimal, Currency::EUR)?);
            let reason = due
                .failed
                .map(|error| words.failed(&error.into(), Stage::Asking).text);
            let mut values = vec![("amount", amount.as_str()), ("payee", due.to.as_str())];
            match &reason {
                None => self.write("host.paid_due", &values),
                Some(reason) => {
                    values.push(("reason", reason));
                    self.write("host.not_paid_due", &values);
                }
            }
        }
        Ok(())
    }

    /// A stream of samples. A microphone's samples go the same way, into [`zahlwort::Session::push`].
    fn listen(&mut self, engine: &Arc<Engine>, rate: u32) -> Result<(), Failure> {
        let mut session = engine.session(SessionOptions::default());
        let mut input = std::io::stdin().lock();
        let mut bytes = [0_u8; 3_200];
        let mut today = now().date;
        loop {
            if now().date != today {
                today = now().date;
                self.pay_due()?;
            }
            session.expect(Some(self.assistant.expects()))?;
            if input.read_exact(&mut bytes).is_err() {
                let last = session.finish()?;
                return self.hear(last);
            }
            let samples: Vec<i16> = bytes
                .chunks_exact(2)
                .map(|b| i16::from_le_bytes([b[0], b[1]]))
                .collect();
            let events = session.push(&samples, rate)?;
            self.hear(events)?;
        }
    }

    fn hear(&mut self, events: Vec<Event>) -> Result<(), Failure> {
        for event in events {
            match event {
                Event::Outcome { outcome, .. } => self.take(&outcome)?,
                Event::NoSpeech { .. } => {
                    if let Some(reply) = self.assistant.time_out(now()) {
                        self.say(&reply);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn take(&mut self, outcome: &Outcome) -> Result<(), Failure> {
        let words = self.assistant.templates();
        match outcome {
            // A PIN is never shown.
            Outcome::Understood(said) if said.intent == "ProvidePin" => println!("> ****"),
            Outcome::Understood(said) => println!("> {}", said.transcript),
            Outcome::Incomplete(begun) => println!("> {}", begun.transcript),
            Outcome::Rejected(_) => println!("> {}", words.sentence("host.not_understood", &[])),
            Outcome::NoSpeech(_) => println!("> {}", words.sentence("host.silence", &[])),
        }
        if let Some(reply) = self.assistant.take(outcome, Speaker::NotChecked, now()) {
            self.say(&reply);
        }
        let status = self.assistant.host().status()?;
        for line in status.iter().filter(|line| !self.shown.contains(line)) {
            println!("  {line}");
        }
        self.shown = status;
        Ok(())
    }

    fn say(&mut self, reply: &Reply) {
        println!("< {}", reply.spoken.text);
        if let Err((program, reason)) = self.voice.say(&reply.spoken.text) {
            self.write(
                "host.no_voice",
                &[("program", &program), ("reason", &reason)],
            );
        }
    }

    /// Something to read, not to hear.
    fn write(&self, name: &str, values: &[(&str, &str)]) {
        println!("* {}", self.assistant.templates().sentence(name, values));
    }
}
