//! A household speaker in a room, to play recordings to.
#![allow(dead_code, reason = "not every test needs all of it")]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use zahlwort::commands::{Party, Pin};
use zahlwort::dialogue::Address;
use zahlwort::dialogue::host::Answer;
use zahlwort::dialogue::policy::{Moment, PayeeKey, Policy};
use zahlwort::{
    Assistant, AssistantState, Catalog, Engine, Interpreter, Language, Limits, Pcm, Reply,
    ReplyKind,
};
use zahlwort_speaker::{Household, words};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn at(second: i64) -> Moment {
    let at = jiff::Timestamp::from_second(1_795_420_800 + second).unwrap();
    Moment {
        at,
        date: jiff::civil::date(2026, 11, 23),
    }
}

/// For the names of a German household.
pub static ENGINE: LazyLock<Engine> = LazyLock::new(|| engine_in(Language::DE));

/// For those of an English one.
pub static ENGLISH: LazyLock<Engine> = LazyLock::new(|| engine_in(Language::EN));

fn engine_in(language: Language) -> Engine {
    let words = words(language, Address::Familiar).unwrap();
    let household = Household::open(Path::new(":memory:"), words).unwrap();
    engine_of(household.catalog().unwrap())
}

/// An engine for other names than the household's.
pub fn engine_with(names: &str) -> Engine {
    engine_of(Catalog::parse("names.yaml", names).unwrap())
}

fn engine_of(catalog: Catalog) -> Engine {
    Engine::builder()
        .model(root().join("models/default"))
        .catalog(catalog)
        .reference_date(jiff::civil::date(2026, 11, 23))
        .build()
        .unwrap()
}

/// A speaker with a database of its own, three known payees and a PIN, on the 23rd of November 2026.
pub struct Room {
    pub assistant: Assistant<Household>,
    _directory: tempfile::TempDir,
    pub second: i64,
}

impl Room {
    pub fn new(language: Language) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let words = words(language, Address::Familiar).unwrap();
        let path = directory.path().join("household.db");
        let household = Household::open(&path, words.clone()).unwrap();
        let state = AssistantState::default();
        let mut assistant = Assistant::new(household, Policy::default(), state, words);
        for name in ["Anna Schmidt", "Lukas Becker", "Maria Hoffmann"] {
            let payee = PayeeKey::party(&Party::named(name));
            assistant.gate_mut().trust(payee);
        }
        let pin = Pin::new("3085").unwrap();
        assistant.gate_mut().set_pin(&pin).unwrap();
        Self {
            assistant,
            _directory: directory,
            second: 0,
        }
    }

    pub fn play(&mut self, file: &str) -> Option<Reply> {
        let engine = match self.assistant.templates().language().code() {
            "de" => &ENGINE,
            _ => &ENGLISH,
        };
        self.play_to(engine, file)
    }

    pub fn play_to(&mut self, engine: &Engine, file: &str) -> Option<Reply> {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/audio")
            .join(file);
        let path = if own.exists() {
            own
        } else {
            root().join("tests/audio").join(file)
        };
        let audio = Pcm::read_wav(path, &Limits::default()).unwrap();
        self.second += 5;
        self.assistant
            .hear(engine, &audio, at(self.second))
            .unwrap()
    }

    pub fn say(&mut self, interpreter: &Interpreter, text: &str) -> Option<Reply> {
        self.second += 5;
        self.say_at(interpreter, text, at(self.second))
    }

    /// As [`Room::say`], at a time of one's own.
    pub fn say_at(&mut self, interpreter: &Interpreter, text: &str, now: Moment) -> Option<Reply> {
        self.assistant.read(interpreter, text, now).unwrap()
    }

    pub fn cents(&self, account: &str) -> i64 {
        self.assistant.host().cents(account).unwrap()
    }

    pub fn payments(&self) -> i64 {
        let (sum, payments) = self.assistant.host().audit().unwrap();
        assert_eq!(sum, 0);
        payments
    }
}

pub fn is_done(reply: &Option<Reply>) -> bool {
    matches!(
        reply,
        Some(Reply {
            kind: ReplyKind::Answered(Answer::Done),
            ..
        })
    )
}

pub fn is_asked(reply: &Option<Reply>) -> bool {
    let kind = reply.as_ref().map(|reply| &reply.kind);
    matches!(kind, Some(ReplyKind::Asked(_)))
}

pub fn text(reply: &Option<Reply>) -> &str {
    reply.as_ref().map_or("", |reply| &reply.spoken.text)
}
