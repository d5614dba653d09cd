//! Streams through a session: what is said, when, and the same however it is cut up.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use zahlwort::commands::Expectation;
use zahlwort::{Catalog, Engine, Error, Event, Limits, Outcome, Pcm, Session, SessionOptions};

/// Loaded once: it is what takes time.
static ENGINE: LazyLock<Arc<Engine>> = LazyLock::new(|| Arc::new(engine()));

fn engine() -> Engine {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/default");
    let day = zahlwort::Date::constant(2026, 11, 23);
    Engine::builder()
        .model(model)
        .reference_date(day)
        .build()
        .unwrap()
}

/// The samples of a recording that is mono at 16 kHz.
fn recording(name: &str) -> Vec<f32> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/audio")
        .join(name);
    let pcm = Pcm::read_wav(path, &Limits::default()).unwrap();
    let utterance = pcm.to_utterance(&Limits::default()).unwrap();
    utterance.samples().to_vec()
}

/// Noise at −70 dBFS.
fn room(seconds: f32) -> Vec<f32> {
    let mut random = fastrand::Rng::with_seed(1);
    (0..(seconds * 16_000.0) as usize)
        .map(|_| (2.0 * random.f32() - 1.0) * 5.5e-4)
        .collect()
}

const ANNA: &str = "ueberweise-fuenfzig-euro-an-anna.wav";
const SEND: &str = "send-fifty-euros-to-anna.wav";

/// Two commands, the second in English, with a room around them.
fn two_commands() -> Vec<f32> {
    [
        room(1.0),
        recording(ANNA),
        room(2.0),
        recording(SEND),
        room(2.0),
    ]
    .concat()
}

fn session() -> Session {
    ENGINE.session(SessionOptions::default())
}

/// All events, with timings, which vary, taken out.
fn events_of(samples: &[f32], mut chunk: impl FnMut() -> usize) -> Vec<Event> {
    let mut session = session();
    let mut events = Vec::new();
    let mut rest = samples;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(chunk().min(rest.len()));
        events.extend(session.push(now, 16_000).unwrap());
        rest = later;
    }
    events.extend(session.finish().unwrap());
    events.iter().map(without_timing).collect()
}

fn without_timing(event: &Event) -> Event {
    let mut event = event.clone();
    if let Event::Outcome { outcome, .. } = &mut event {
        match outcome {
            Outcome::Understood(u) => u.timing = None,
            Outcome::Incomplete(i) => i.timing = None,
            Outcome::Rejected(r) => r.timing = None,
            Outcome::NoSpeech(n) => n.timing = None,
        }
    }
    event
}

fn intents(events: &[Event]) -> Vec<&str> {
    let outcomes = events.iter().filter_map(Event::outcome);
    outcomes
        .map(|o| o.understood().map_or(o.status(), |u| u.intent.as_str()))
        .collect()
}

#[test]
fn commands_come_one_after_the_other_with_their_times() {
    let events = events_of(&two_commands(), || 480);
    assert_eq!(intents(&events), ["SendMoney", "SendMoney"], "{events:#?}");
    let names: Vec<&str> = events
        .iter()
        .map(|e| match e {
            Event::SpeechStarted { .. } => "started",
            Event::Outcome { .. } => "outcome",
            _ => "other",
        })
        .collect();
    assert_eq!(names, ["started", "outcome", "started", "outcome"]);
    let second_begins = 1_000 + recording(ANNA).len() as u64 / 16 + 2_000;
    for (event, begin) in events.iter().skip(1).step_by(2).zip([1_000, second_begins]) {
        let Event::Outcome {
            start_ms,
            end_ms,
            outcome,
        } = event
        else {
            panic!("{event:?}")
        };
        assert!(begin <= *start_ms && *start_ms < begin + 1_000, "{event:?}");
        let last = outcome.understood().unwrap().slots["recipient"].end_ms;
        let last = u64::from(last.unwrap());
        assert!(*start_ms < last && last <= *end_ms + 100, "{event:?}");
    }
}

#[test]
fn chunks_of_any_size_give_the_same_events() {
    let samples = two_commands();
    let expected = events_of(&samples, || samples.len());
    for seed in 1..4 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut pushed = 0;
        let events = events_of(&samples, || {
            // A stretch around the first command sample by sample.
            let size = match pushed {
                20_000..60_000 => 1,
                _ => random.usize(1..=5_000),
            };
            pushed += size;
            size
        });
        assert_eq!(events, expected);
    }
}

#[test]
fn what_is_said_so_far_is_told_if_asked_for() {
    let samples = two_commands();
    let told = |chunk: usize, options: SessionOptions| -> Vec<Event> {
        let mut session = ENGINE.session(options);
        let chunks = samples.chunks(chunk);
        let mut events: Vec<Event> = chunks
            .flat_map(|chunk| session.push(chunk, 16_000).unwrap())
            .collect();
        events.extend(session.finish().unwrap());
        events.iter().map(without_timing).collect()
    };
    let options = SessionOptions {
        partials: Some(Duration::from_millis(300)),
        ..SessionOptions::default()
    };
    let events = told(480, options);
    assert_eq!(told(7_001, options), events);
    let partials = |language: &str| -> Vec<&str> {
        let partials = events.iter().filter_map(|e| match e {
            Event::Partial { language, text, .. } => Some((language.code(), text.as_str())),
            _ => None,
        });
        partials
            .filter(|(of, _)| *of == language)
            .map(|(_, text)| text)
            .collect()
    };
    let (german, english) = (partials("de"), partials("en"));
    assert!(german.contains(&"überweise fünfzig euro an"), "{events:#?}");
    assert!(english.contains(&"send fifty"), "{events:#?}");
    // They come in order, each before the outcome that they lead to, which they do not change.
    assert!(german.is_sorted_by_key(|text| text.len()), "{german:?}");
    let outcomes: Vec<Event> = events
        .into_iter()
        .filter(|e| !matches!(e, Event::Partial { .. }))
        .collect();
    assert_eq!(outcomes, told(480, SessionOptions::default()));
}

#[test]
fn a_pin_is_not_told_while_it_is_said() {
    let mut session = ENGINE.session(SessionOptions {
        partials: Some(Duration::from_millis(200)),
        ..SessionOptions::default()
    });
    session.expect(Some(Expectation::pin())).unwrap();
    let samples = [room(1.0), recording("de-pin.wav"), room(1.0)].concat();
    let mut events = session.push(&samples, 16_000).unwrap();
    events.extend(session.finish().unwrap());
    assert_eq!(intents(&events), ["ProvidePin"], "{events:#?}");
    let partial = |e: &Event| matches!(e, Event::Partial { .. });
    assert!(!events.iter().any(partial), "{events:#?}");
}

#[test]
fn integers_at_another_rate_are_heard_alike() {
    let samples: Vec<i16> = two_commands()
        .iter()
        .flat_map(|s| [(s * 32_767.0) as i16; 3])
        .collect();
    let mut session = session();
    let mut events = session.push(&samples, 48_000).unwrap();
    events.extend(session.finish().unwrap());
    assert_eq!(intents(&events), ["SendMoney", "SendMoney"], "{events:#?}");
}

#[test]
fn a_stream_that_ends_in_speech_gives_its_command() {
    let mut samples = [room(0.5), recording(ANNA)].concat();
    while samples.last().is_some_and(|s| s.abs() < 0.01) {
        samples.pop();
    }
    let mut session = session();
    let events = session.push(&samples, 16_000).unwrap();
    assert_eq!(intents(&events), [""; 0]);
    assert!(session.is_speaking());
    assert_eq!(intents(&session.finish().unwrap()), ["SendMoney"]);
}

#[test]
fn silence_is_told_once() {
    let events = events_of(&room(20.0), || 1_000);
    assert_eq!(events, [Event::NoSpeech { at_ms: 8_000 }]);
}

#[test]
fn a_fan_that_is_switched_on_says_nothing() {
    let samples = [room(2.0), recording("fan.wav"), room(2.0)].concat();
    let events = events_of(&samples, || 480);
    let said = intents(&events);
    assert!(said.iter().all(|i| *i == "no_speech"), "{events:#?}");
}

#[test]
fn what_is_longer_than_the_limit_is_dropped_and_the_next_command_heard() {
    let mut session = ENGINE.session(SessionOptions {
        max_utterance: Duration::from_millis(800),
        ..SessionOptions::default()
    });
    session.expect(Some(Expectation::any())).unwrap();
    let samples = [
        room(1.0),
        recording(ANNA),
        room(2.0),
        recording("de-ja-gerne.wav"),
        room(2.0),
    ];
    let events = session.push(&samples.concat(), 16_000).unwrap();
    let overflows = events
        .iter()
        .filter(|e| matches!(e, Event::Overflow { .. }));
    assert_eq!(overflows.count(), 1, "{events:#?}");
    assert_eq!(intents(&events), ["Confirm"], "{events:#?}");
}

#[test]
fn cancelling_drops_one_command_and_reset_everything() {
    let samples = two_commands();
    let mut session = session();
    let half = 16_000 + recording(ANNA).len() / 2;
    session.push(&samples[..half], 16_000).unwrap();
    assert!(session.is_speaking());
    session.cancel();
    assert!(!session.is_speaking());
    let events = session.push(&samples[half..], 16_000).unwrap();
    assert_eq!(intents(&events), ["SendMoney"], "{events:#?}");
    session.reset();
    assert_eq!(session.position_ms(), 0);
    let slow = session.push(&[0.0f32; 800][..], 8_000).unwrap();
    assert!(slow.is_empty());
    assert!(session.position_ms() <= 100);
}

#[test]
fn what_is_no_audio_is_refused_and_the_stream_goes_on() {
    let mut session = session();
    let kind = |r: Result<Vec<Event>, Error>| r.unwrap_err().kind();
    let silence = [0.0f32; 320];
    assert_eq!(kind(session.push(&silence[..], 7_999)), "sample_rate");
    assert_eq!(kind(session.push(&silence[..], 44_101)), "stream_rate");
    assert!(session.push(&silence[..], 16_000).is_ok());
    assert_eq!(kind(session.push(&silence[..], 48_000)), "rate_changed");
    assert_eq!(
        kind(session.push(&[f32::NAN][..], 16_000)),
        "sample_not_finite"
    );
    assert_eq!(
        kind(session.push(&[1e6f32][..], 16_000)),
        "sample_out_of_scale"
    );
    assert!(session.push(&silence[..], 16_000).is_ok());
    assert_eq!(session.position_ms(), 40);
}

#[test]
fn names_can_be_replaced_between_commands() {
    let engine = Arc::new(engine());
    let mut session = engine.session(SessionOptions::default());
    let command = [room(1.0), recording(ANNA), room(2.0)].concat();
    let recipient = |events: &[Event]| {
        let said = events.iter().find_map(Event::outcome).unwrap().clone();
        said.understood().unwrap().slots["recipient"].value.clone()
    };
    let before = session.push(&command, 16_000).unwrap();
    assert_eq!(recipient(&before), "Anna Schmidt");
    let names = "contacts: [{name: Anna Weber, say: [Anna]}]";
    engine
        .set_catalog(&Catalog::parse("names.yaml", names).unwrap())
        .unwrap();
    let after = session.push(&command, 16_000).unwrap();
    assert_eq!(recipient(&after), "Anna Weber");
}

#[test]
fn threads_share_an_engine() {
    let (first, second) = (recording(ANNA), recording(SEND));
    std::thread::scope(|scope| {
        for recording in [&first, &second] {
            let mut session = session();
            scope.spawn(move || {
                let samples = [room(1.0), recording.clone(), room(2.0)].concat();
                let events = session.push(&samples, 16_000).unwrap();
                assert_eq!(intents(&events), ["SendMoney"]);
            });
        }
    });
}

#[test]
fn a_sentence_that_is_not_complete_is_waited_for() {
    let command = recording(ANNA);
    // Behind "überweise".
    let (verb, rest) = command.split_at(940 * 16);
    let samples = [
        room(1.0),
        verb.to_vec(),
        room(0.8),
        rest.to_vec(),
        room(2.0),
    ]
    .concat();
    let events = events_of(&samples, || 480);
    assert_eq!(intents(&events), ["SendMoney"], "{events:#?}");
    let samples = [room(1.0), verb.to_vec(), room(2.0)].concat();
    assert_eq!(intents(&events_of(&samples, || 480)), ["rejected"]);
}

#[test]
fn a_complete_sentence_is_answered_after_a_short_pause() {
    let mut session = session();
    session.expect(Some(Expectation::yes_no())).unwrap();
    let samples = [room(1.0), recording("de-ja-gerne.wav"), room(2.0)].concat();
    let mut answered = None;
    for chunk in samples.chunks(160) {
        for event in session.push(chunk, 16_000).unwrap() {
            if let Event::Outcome { end_ms, .. } = event {
                answered = Some(session.position_ms() - end_ms);
            }
        }
    }
    assert_eq!(answered, Some(300));
}
