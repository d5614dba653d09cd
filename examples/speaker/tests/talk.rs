//! Conversations, from the first word to the entry in the ledger.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use zahlwort::commerce::dialogue::{Address, Templates};
use zahlwort::commerce::gate::GateState;
use zahlwort::commerce::host::{Answer, Host};
use zahlwort::commerce::policy::{Moment, PayeeKey, Policy};
use zahlwort::commerce::{Party, Pin};
use zahlwort::{
    Assistant, AssistantState, Engine, Interpreter, Language, Limits, Pcm, Reply, ReplyKind,
};
use zahlwort_speaker::Household;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn at(second: i64) -> Moment {
    let at = jiff::Timestamp::from_second(1_795_420_800 + second).unwrap();
    Moment {
        at,
        date: jiff::civil::date(2026, 11, 23),
    }
}

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let directory = tempfile::tempdir().unwrap();
    let household = Household::open(&directory.path().join("names.db")).unwrap();
    Engine::builder()
        .model(root().join("models/default"))
        .catalog(household.catalog().unwrap())
        .reference_date(jiff::civil::date(2026, 11, 23))
        .build()
        .unwrap()
});

struct Room {
    assistant: Assistant<Household>,
    _directory: tempfile::TempDir,
    second: i64,
}

impl Room {
    fn new(language: Language) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let household = Household::open(&directory.path().join("household.db")).unwrap();
        let templates = Templates::new(language, Address::Familiar);
        let state = AssistantState::default();
        let mut assistant =
            Assistant::new(household, Policy::default(), state, templates, language);
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

    fn play(&mut self, file: &str) -> Option<Reply> {
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
            .hear(&ENGINE, &audio, at(self.second))
            .unwrap()
    }

    fn say(&mut self, interpreter: &Interpreter, text: &str) -> Option<Reply> {
        self.second += 5;
        self.assistant
            .read(interpreter, text, at(self.second))
            .unwrap()
    }

    fn cents(&self, account: &str) -> i64 {
        self.assistant.host().cents(account).unwrap()
    }

    fn payments(&self) -> i64 {
        let (sum, payments) = self.assistant.host().audit().unwrap();
        assert_eq!(sum, 0);
        payments
    }
}

fn is_done(reply: &Option<Reply>) -> bool {
    matches!(
        reply,
        Some(Reply {
            kind: ReplyKind::Answered(Answer::Done),
            ..
        })
    )
}

fn text(reply: &Option<Reply>) -> &str {
    reply.as_ref().map_or("", |reply| &reply.spoken.text)
}

#[test]
fn a_german_payment_is_asked_for_corrected_confirmed_and_booked() {
    let mut room = Room::new(Language::De);
    let who = room.play("de-begin.wav");
    assert_eq!(text(&who), "An wen?", "{who:?}");
    let read = room.play("de-an-lukas.wav");
    assert!(
        text(&read).contains("dreißig Euro an Lukas Becker"),
        "{read:?}"
    );
    let read = room.play("de-nein-vierzig.wav");
    assert!(
        text(&read).contains("vierzig Euro an Lukas Becker"),
        "{read:?}"
    );
    assert_eq!(room.payments(), 0);
    let done = room.play("de-ja.wav");
    assert!(is_done(&done), "{done:?}");
    assert_eq!((room.cents("Girokonto"), room.payments()), (146_000, 1));
    // The same yes again, and the whole room again: nothing more is paid.
    room.play("de-ja.wav");
    assert_eq!(room.payments(), 1);
}

#[test]
fn an_english_payment_is_asked_for_corrected_confirmed_and_booked() {
    let mut room = Room::new(Language::En);
    let who = room.play("en-begin.wav");
    assert_eq!(text(&who), "To whom?", "{who:?}");
    let read = room.play("en-to-lukas.wav");
    assert!(
        text(&read).contains("thirty euros to Lukas Becker"),
        "{read:?}"
    );
    let read = room.play("en-no-forty.wav");
    assert!(
        text(&read).contains("forty euros to Lukas Becker"),
        "{read:?}"
    );
    let done = room.play("en-yes.wav");
    assert!(is_done(&done), "{done:?}");
    assert_eq!((room.cents("Girokonto"), room.payments()), (146_000, 1));
}

#[test]
fn shopping_by_voice_is_paid_from_the_account_and_leaves_the_shelf() {
    let mut room = Room::new(Language::De);
    let read = room.play("de-kaffee-kaufen.wav");
    assert!(text(&read).contains("Kaffee"), "{read:?}");
    assert_eq!(room.payments(), 0);
    let done = room.play("de-ja.wav");
    if !is_done(&done) {
        // A purchase without a named merchant may need the PIN.
        let done = room.play("de-pin.wav");
        assert!(is_done(&done), "{done:?}");
    }
    assert_eq!(
        (room.cents("Girokonto"), room.payments()),
        (150_000 - 2 * 799, 1)
    );
    let balance = room.play("de-kontostand-sparkonto.wav");
    assert!(text(&balance).contains("fünftausend Euro"), "{balance:?}");
}

#[test]
fn television_and_noise_pay_nothing_and_do_not_answer_an_open_question() {
    const ROOM: [&str; 10] = [
        "de-no-command-train.wav",
        "de-no-command-news.wav",
        "de-no-command-price-talk.wav",
        "de-no-command-babble.wav",
        "en-no-command-weather.wav",
        "en-no-command-news.wav",
        "en-no-command-story.wav",
        "silence.wav",
        "empty-room.wav",
        "fan.wav",
    ];
    for file in ROOM {
        let mut room = Room::new(Language::De);
        room.play(file);
        assert_eq!(room.payments(), 0, "{file}");
        room.play("de-ueberweise-zwanzig-euro-maria.wav");
        room.play(file);
        assert_eq!(room.payments(), 0, "{file} as an answer");
    }
}

#[test]
fn a_tone_is_no_yes() {
    let mut room = Room::new(Language::De);
    room.play("de-ueberweise-zwanzig-euro-maria.wav");
    room.play("tone-1000-hz.wav");
    assert_eq!(room.payments(), 0);
}

#[test]
fn a_yes_long_after_the_question_pays_nothing() {
    let mut room = Room::new(Language::De);
    let read = room.play("de-ueberweise-zwanzig-euro-maria.wav");
    assert!(text(&read).contains("zwanzig Euro an Maria"), "{read:?}");
    room.second += 600;
    room.play("de-ja.wav");
    assert_eq!(room.payments(), 0);
}

#[test]
fn a_guessed_pin_is_locked_out() {
    let interpreter = ENGINE.interpreter();
    let mut room = Room::new(Language::De);
    let asked = room.say(interpreter, "überweise Anna achtzig Euro");
    assert!(text(&asked).contains("PIN"), "{asked:?}");
    for guess in 0..40 {
        room.say(
            interpreter,
            &format!("meine PIN ist 1 2 {} {}", guess / 10, guess % 10),
        );
        room.say(interpreter, "überweise Anna achtzig Euro");
    }
    // Even the right one is not taken during the wait.
    room.say(interpreter, "meine PIN ist 3 0 8 5");
    assert_eq!(room.payments(), 0);
}

#[test]
fn what_is_kept_over_a_restart_holds_no_pin_and_goes_on() {
    let interpreter = ENGINE.interpreter();
    let mut room = Room::new(Language::De);
    room.say(interpreter, "überweise Anna zwanzig Euro");
    let state = room.assistant.state();
    let json = serde_json::to_string(&state).unwrap();
    assert!(!json.contains("3085"));
    let again: AssistantState = serde_json::from_str(&json).unwrap();
    assert_ne!(again.gate, GateState::default());
    assert_eq!(again, room.assistant.host().saved().unwrap());
}
