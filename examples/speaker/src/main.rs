//! The household speaker: text lines, WAV files or raw samples in, prompts out.
#![allow(clippy::print_stdout, reason = "the transcript")]

use std::io::{BufRead, Read};
use std::path::PathBuf;
use std::process::{Command as Process, ExitCode};
use std::sync::Arc;

use clap::Parser;
use zahlwort::commerce::Pin;
use zahlwort::commerce::dialogue::{Address, Templates};
use zahlwort::commerce::host::Host;
use zahlwort::commerce::policy::{Moment, PayeeKey, Policy, Speaker};
use zahlwort::{
    Assistant, Engine, Event, Language, Languages, Limits, Outcome, Pcm, Reply, SessionOptions,
};
use zahlwort_speaker::Household;

type Failure = Box<dyn std::error::Error>;

/// A household speaker that shops and banks by voice.
#[derive(Parser)]
#[command(after_help = "Examples:
  zahlwort-speaker --text                                 type: überweise Anna zwanzig Euro
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
    /// A command that speaks: it gets each prompt as its last argument. Empty: only the transcript.
    #[arg(long, default_value = "espeak-ng")]
    speak: String,
    /// The model's directory.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Sets the PIN to what the environment variable ZAHLWORT_PIN holds, and trusts all contacts.
    #[arg(long)]
    setup: bool,
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
    let language = match options.lang.as_str() {
        "de" => Language::De,
        "en" => Language::En,
        other => return Err(format!("--lang {other}: use de or en").into()),
    };
    let mut household = Household::open(&options.database)
        .map_err(|e| format!("{}: {e}", options.database.display()))?;
    pay_due(&mut household)?;
    let state = household.saved()?;
    let catalog = household.catalog()?;
    let templates = Templates::new(language, Address::Familiar);
    let mut assistant = Assistant::new(household, Policy::default(), state, templates, language);
    if options.setup {
        let pin =
            std::env::var("ZAHLWORT_PIN").map_err(|_| "--setup: put the PIN into ZAHLWORT_PIN")?;
        assistant.gate_mut().set_pin(&Pin::new(pin)?)?;
        for list in ["contacts", "merchants", "billers"] {
            for entry in catalog.entries(list).unwrap_or_default() {
                let payee = PayeeKey::party(&zahlwort::commerce::Party::named(&entry.name));
                assistant.gate_mut().trust(payee);
            }
        }
        let state = assistant.state();
        assistant.host_mut().save(&state.dialogue, &state.gate)?;
    }
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
            let line = line?;
            let outcome = interpreter.parse_expecting(&line, &assistant.expects())?;
            show(
                options,
                &outcome,
                assistant.take(&outcome, Speaker::NotChecked, now()),
            );
        }
        return Ok(());
    }
    let engine = Arc::new(builder.build()?);
    for file in &options.files {
        let audio = Pcm::read_wav(file, &Limits::default())?;
        let outcome = engine.recognize_expecting(&audio, &assistant.expects())?;
        show(
            options,
            &outcome,
            assistant.take(&outcome, Speaker::NotChecked, now()),
        );
    }
    if options.raw {
        listen(options, &engine, &mut assistant)?;
    }
    Ok(())
}

/// What was asked for this day or an earlier one.
fn pay_due(household: &mut Household) -> Result<(), Failure> {
    for due in household.pay_due(now().date)? {
        let amount = format!(
            "{}.{:02} EUR to {}",
            due.cents / 100,
            due.cents % 100,
            due.to
        );
        match due.failed {
            None => println!("= paid {amount}, which was due"),
            Some(error) => println!("= {amount} is due but was not paid: {error}"),
        }
    }
    Ok(())
}

/// A stream of samples. A microphone's samples go the same way, into [`zahlwort::Session::push`].
fn listen(
    options: &Options,
    engine: &Arc<Engine>,
    assistant: &mut Assistant<Household>,
) -> Result<(), Failure> {
    let mut session = engine.session(SessionOptions::default());
    let mut input = std::io::stdin().lock();
    let mut bytes = [0_u8; 3_200];
    let mut today = now().date;
    loop {
        if now().date != today {
            today = now().date;
            pay_due(assistant.host_mut())?;
        }
        session.expect(Some(assistant.expects()))?;
        let events = match input.read_exact(&mut bytes) {
            Ok(()) => {
                let samples: Vec<i16> = bytes
                    .chunks_exact(2)
                    .map(|b| i16::from_le_bytes([b[0], b[1]]))
                    .collect();
                session.push(&samples, options.rate)?
            }
            Err(_) => {
                for event in session.finish()? {
                    heard(options, assistant, &event);
                }
                return Ok(());
            }
        };
        for event in events {
            heard(options, assistant, &event);
        }
    }
}

fn heard(options: &Options, assistant: &mut Assistant<Household>, event: &Event) {
    match event {
        Event::Outcome { outcome, .. } => {
            show(
                options,
                outcome,
                assistant.take(outcome, Speaker::NotChecked, now()),
            );
        }
        Event::NoSpeech { .. } => {
            if let Some(reply) = assistant.time_out(now()) {
                speak(options, &reply);
            }
        }
        _ => {}
    }
}

fn show(options: &Options, outcome: &Outcome, reply: Option<Reply>) {
    match outcome {
        // A PIN is never shown.
        Outcome::Understood(said) if said.intent == "ProvidePin" => println!("> ****"),
        Outcome::Understood(said) => println!("> {}", said.transcript),
        Outcome::Incomplete(begun) => println!("> {}", begun.transcript),
        other => println!("> ({})", other.status()),
    }
    if let Some(reply) = reply {
        speak(options, &reply);
    }
}

fn speak(options: &Options, reply: &Reply) {
    println!("< {}", reply.spoken.text);
    let mut words = options.speak.split_whitespace();
    let Some(program) = words.next() else { return };
    let mut speaker = Process::new(program);
    if program == "espeak-ng" {
        speaker.args(["-v", &options.lang]);
    }
    // Without the program there is still the transcript.
    let _ = speaker.args(words).arg(&reply.spoken.text).status();
}
