//! What a hostile room could make the household speaker pay, in figures.
//!
//! ```text
//! cargo run --release -p zahlwort-speaker --example hostile -- television transcripts.jsonl
//! cargo run --release -p zahlwort-speaker --example hostile -- amounts manifest.jsonl …
//! ```
//!
//! `television` plays every recording of a manifest (lines with `audio`, none of them a command) to the whole
//! speaker twice: once while it waits for a command, once while it waits for the answer to "shall I pay?".
//!
//! `amounts` takes recorded payments with their amounts (`intent`, `slots.amount`, `language`), as noisy as one
//! likes, and counts how often another amount than was said would have been paid: at once, and if it is
//! read back and the speaker answers as the manifest's own recorded "yes" and "no" do.
#![allow(clippy::print_stdout, reason = "the figures")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use zahlwort::commands::{Descriptor, Effect, Money, Role};
use zahlwort::dialogue::gate::{Authorised, GateState};
use zahlwort::dialogue::host::{Host, HostError, Response};
use zahlwort::dialogue::policy::{CurrencyRules, Demand, Facts, Moment, Policy};
use zahlwort::dialogue::{Address, Ask, Dialogue, Templates};
use zahlwort::{Assistant, AssistantState, Engine, Language, Limits, Order, Pcm, Reply, ReplyKind};
use zahlwort_speaker::{Household, words};

type Failed = Box<dyn std::error::Error>;

/// Whether an intent moves money to somebody.
fn is_payment(intent: &str) -> bool {
    Descriptor::of_intent(intent).is_some_and(|command| {
        let payee = command.slot(Role::Payee);
        command.effect == Effect::Spend && payee.is_some_and(|payee| payee.is_needed)
    })
}

/// How often somebody answers a question that was not understood.
const PATIENCE: usize = 3;

fn main() -> Result<(), Failed> {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next();
    let manifests: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    match task.as_deref() {
        Some("television") if manifests.len() == 1 => television(&read(&manifests)?),
        Some("amounts") if !manifests.is_empty() => amounts(&read(&manifests)?),
        _ => Err("usage: hostile television MANIFEST | hostile amounts MANIFEST…".into()),
    }
}

/// A line of a manifest.
struct Recording {
    path: PathBuf,
    intent: Option<String>,
    language: Language,
    amount: Option<Value>,
}

fn read(manifests: &[PathBuf]) -> Result<Vec<Recording>, Failed> {
    let mut recordings = Vec::new();
    for manifest in manifests {
        let folder = manifest.parent().unwrap_or(Path::new("."));
        let text = std::fs::read_to_string(manifest)
            .map_err(|e| format!("{}: {e}", manifest.display()))?;
        for (line, text) in text.lines().enumerate() {
            let at = format!("{}:{}", manifest.display(), line + 1);
            let value: Value = serde_json::from_str(text).map_err(|e| format!("{at}: {e}"))?;
            let audio = value.get("audio").and_then(Value::as_str);
            let audio = audio.ok_or_else(|| format!("{at}: there is no `audio`"))?;
            recordings.push(Recording {
                path: folder.join(audio),
                intent: value["intent"].as_str().map(str::to_owned),
                language: match value["language"].as_str() {
                    Some("en") => Language::EN,
                    _ => Language::DE,
                },
                amount: value.pointer("/slots/amount").cloned(),
            });
        }
    }
    Ok(recordings)
}

fn at(second: i64) -> Result<Moment, Failed> {
    Ok(Moment {
        at: jiff::Timestamp::from_second(1_795_420_800 + second)?,
        date: jiff::civil::date(2026, 11, 23),
    })
}

fn television(recordings: &[Recording]) -> Result<(), Failed> {
    let speaker = || -> Result<_, Failed> {
        Ok(Assistant::new(
            Household::open(
                Path::new(":memory:"),
                words(Language::DE, Address::Familiar)?,
            )?,
            Policy::default().with_new_payee(Demand::ReadBack),
            AssistantState::default(),
            words(Language::DE, Address::Familiar)?,
        ))
    };
    let (mut idle, mut asked) = (speaker()?, speaker()?);
    let engine = Engine::builder()
        .catalog(idle.host().catalog()?)
        .reference_date(jiff::civil::date(2026, 11, 23))
        .build()?;
    let (mut seconds, mut answered, mut kinds) = (0.0, 0, BTreeMap::<&str, u32>::new());
    let mut second = 0;
    for recording in recordings {
        let audio = decode(&recording.path)?;
        seconds += audio.duration().as_secs_f64();
        second += 100;
        if let Some(reply) = idle.hear(&engine, &audio, at(second)?)? {
            *kinds.entry(name(&reply)).or_default() += 1;
            // Its question stays unanswered; the next recording is played.
            idle.time_out(at(second + 90)?);
        }
        // Somebody has just asked for a payment, and the television answers.
        asked.read(
            engine.interpreter(),
            "überweise Anna fünf Euro",
            at(second)?,
        )?;
        let reply = asked.hear(&engine, &audio, at(second + 5)?)?;
        answered += u32::from(reply.is_some_and(|r| !matches!(r.kind, ReplyKind::Asked(_))));
        asked.time_out(at(second + 90)?);
    }
    println!(
        "{} recordings, {:.1} minutes, each heard twice",
        recordings.len(),
        seconds / 60.0
    );
    for (what, assistant) in [("idle", &idle), ("with an open question", &asked)] {
        let (sum, payments) = assistant.host().audit()?;
        println!("{what}: {payments} payments in the ledger, which sums to {sum}");
    }
    println!("idle, replies that were no payment: {kinds:?}");
    println!("with an open question, answers that ended it: {answered}");
    Ok(())
}

fn name(reply: &Reply) -> &'static str {
    match reply.kind {
        ReplyKind::Asked(_) => "asked",
        ReplyKind::Answered(_) => "answered",
        ReplyKind::Failed(_) => "failed",
        ReplyKind::Refused(_) => "refused",
        ReplyKind::Cancelled(_) => "cancelled",
    }
}

/// WAV as the library reads it; anything else through sox, if it is there.
fn decode(path: &Path) -> Result<Pcm, Failed> {
    if path.extension().is_some_and(|e| e == "wav") {
        return Ok(Pcm::read_wav(path, &Limits::default())?);
    }
    let sox = std::process::Command::new("sox")
        .arg(path)
        .args(["-t", "raw", "-e", "signed", "-b", "16", "-c", "1", "-r"])
        .args(["16000", "-"])
        .output()
        .map_err(|e| format!("{}: only sox can read it: {e}", path.display()))?;
    let samples: Vec<i16> = sox
        .stdout
        .as_chunks::<2>()
        .0
        .iter()
        .map(|s| i16::from_le_bytes(*s))
        .collect();
    Ok(Pcm::from_i16(&samples, 16_000, 1)?)
}

/// Where everything that was authorised ends up.
#[derive(Default)]
struct Till(Vec<Order>);

impl Host for Till {
    fn quote(&self, _: &Order) -> Result<Option<Money>, HostError> {
        Ok(None)
    }
    fn authorise(&self, _: &Order, _: Option<Money>) -> Result<(), HostError> {
        Ok(())
    }
    fn save(&mut self, _: &Dialogue, _: &GateState) -> Result<(), HostError> {
        Ok(())
    }
    fn execute(&mut self, authorised: Authorised, now: Moment) -> Result<Response, HostError> {
        let (command, _) = authorised.redeem(now).map_err(|_| HostError::Expired)?;
        self.0.push(command);
        Ok(Response::Done)
    }
}

/// Everything is read back, nothing more is asked.
fn read_back() -> Result<Policy, Failed> {
    let rules = CurrencyRules {
        pin_above: Some(1_000_000.into()),
        ..CurrencyRules::default()
    };
    let currencies = ["EUR", "USD", "GBP", "CHF"];
    Ok(currencies
        .into_iter()
        .fold(
            Policy::default(),
            |policy, code| match iso_currency::Currency::from_code(code) {
                Some(currency) => policy.with_currency(currency, rules),
                None => policy,
            },
        )
        .with_new_payee(Demand::ReadBack))
}

fn amounts(recordings: &[Recording]) -> Result<(), Failed> {
    let engine = Engine::builder()
        .reference_date(jiff::civil::date(2026, 11, 23))
        .build()?;
    let said = |language: Language, intent: &str| -> Vec<&Recording> {
        let all = recordings.iter();
        all.filter(|r| r.language == language && r.intent.as_deref() == Some(intent))
            .collect()
    };
    let says_amount =
        |r: &&Recording| r.amount.is_some() && r.intent.as_deref().is_some_and(is_payment);
    let payments: Vec<&Recording> = recordings.iter().filter(says_amount).collect();
    let (mut right, mut wrong) = (Pair::default(), Pair::default());
    for (turn, payment) in payments.iter().enumerate() {
        let audio = decode(&payment.path)?;
        let expected = payment.amount.as_ref();
        let is_right = |command: &Order| {
            let amount = Facts::of(command).amount;
            amount.and_then(|a| serde_json::to_value(a).ok()).as_ref() == expected
        };
        if let Some(understood) = engine.recognize(&audio)?.understood()
            && is_payment(&understood.intent)
            && let Some(order) = understood.command.order()
        {
            let of = if is_right(order) {
                &mut right
            } else {
                &mut wrong
            };
            of.at_once += 1;
        }
        let language = payment.language;
        let mut assistant = Assistant::new(
            Till::default(),
            read_back()?,
            AssistantState::default(),
            Templates::new(language, Address::Familiar),
        );
        let mut reply = assistant.hear(&engine, &audio, at(0)?)?;
        for attempt in 0..PATIENCE {
            let Some(ReplyKind::Asked(prompt)) = reply.as_ref().map(|r| &r.kind) else {
                break;
            };
            let Ask::ReadBack(command) = &prompt.ask else {
                break;
            };
            // A speaker who hears another amount than they said answers no.
            let word = if is_right(command) { "Confirm" } else { "Deny" };
            let answers = said(language, word);
            let Some(answer) = answers.get((turn + attempt) % answers.len().max(1)) else {
                return Err(format!("the manifests hold no {word} in {}", language.code()).into());
            };
            let second = 5 * (attempt as i64 + 1);
            reply = assistant.hear(&engine, &decode(&answer.path)?, at(second)?)?;
        }
        for command in &assistant.host().0 {
            let of = if is_right(command) {
                &mut right
            } else {
                &mut wrong
            };
            of.read_back += 1;
        }
    }
    println!("{} payments were said", payments.len());
    println!(
        "without read-back: {} paid as said, {} with another amount",
        right.at_once, wrong.at_once
    );
    println!(
        "with read-back: {} paid as said, {} with another amount",
        right.read_back, wrong.read_back
    );
    Ok(())
}

#[derive(Default)]
struct Pair {
    at_once: u32,
    read_back: u32,
}
