//! Commands out of a stream that does not end.
//!
//! Everything is decided on frames of 10 ms at fixed places of the stream, so that the same audio
//! gives the same events however it is cut up.

mod event;
mod options;
mod samples;

use std::ops::Range;
use std::sync::Arc;
use std::time::Instant;

use zahlwort_audio::vad::{self, Endpointer, FRAME, Phase, Vad};
use zahlwort_audio::{AudioError, StreamResampler, Utterance};
use zahlwort_commands::Expectation;
use zahlwort_speech::Partial;

use crate::interpreter::Grammars;
use crate::{Engine, Error, NoSpeech, Outcome, ReadBy, Understood};
pub use event::Event;
pub use options::SessionOptions;
use options::frames;
pub use samples::Samples;

/// Frames kept from before the first sound. Where the room is quiet, most of them are trimmed off
/// again before anything is recognised; where it is not, a weak first syllable is among them.
const LEAD: u64 = 50;
/// Frames of silence after which the session listens again, having dropped an utterance.
const SKIPPED_PAUSE: u32 = 30;
/// Sound of at least so many frames that never changes is no speech.
const LEAST_STEADY: u64 = 100;
/// Frames at either end of a sound, in which it fades in and out.
const EDGE: u64 = 10;
const FRAME_MS: u64 = 10;

/// Listens to one stream of audio and tells what is said in it, command after command.
///
/// Sessions are cheap and share their engine; each has a stream of its own and can be sent to
/// another thread. Lists and catalogs that are replaced on the engine count from the next answer on.
///
/// ```no_run
/// use std::sync::Arc;
/// use zahlwort::{Engine, Event, SessionOptions};
///
/// # fn microphone() -> impl Iterator<Item = Vec<i16>> { std::iter::empty() }
/// let engine = Arc::new(Engine::builder().build()?);
/// let mut session = engine.session(SessionOptions::default());
/// for chunk in microphone() {
///     for event in session.push(&chunk, 48_000)? {
///         if let Event::Outcome { outcome, .. } = &event {
///             println!("{:?}", outcome.command());
///         }
///     }
/// }
/// let last = session.finish()?;
/// # Ok::<(), zahlwort::Error>(())
/// ```
pub struct Session {
    engine: Arc<Engine>,
    options: SessionOptions,
    /// Made by the first samples, which say what rate the stream has.
    resampler: Option<StreamResampler>,
    vad: Vad,
    endpointer: Endpointer,
    /// The stream at 16 kHz, from sample number `dropped` on.
    kept: Vec<f32>,
    dropped: u64,
    /// Where the previous utterance ended, in frames, so that nothing is recognised twice.
    heard_until: u64,
    state: State,
    events: Vec<Event>,
    expected: Option<Expectation>,
    told: Told,
}

/// What has been reported of the current utterance.
#[derive(Default)]
struct Told {
    /// When it was last listened for.
    at: u64,
    partial: Option<Partial>,
}

enum State {
    /// Nobody speaks.
    Waiting { since: u64, told: bool },
    /// Somebody speaks, or pauses; then there may be an answer already.
    Speaking(Option<Answer>),
    /// Somebody speaks, but the utterance was dropped.
    Skipping,
}

/// What was heard up to a pause.
struct Answer {
    outcome: Outcome,
    /// What could be said then.
    grammars: Arc<Grammars>,
    /// Frames of silence that make it final.
    pause: u64,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("options", &self.options)
            .field("position_ms", &self.position_ms())
            .finish_non_exhaustive()
    }
}

impl Engine {
    /// Begins to listen to a stream.
    pub fn session(self: &Arc<Self>, options: SessionOptions) -> Session {
        Session {
            engine: Arc::clone(self),
            options,
            resampler: None,
            vad: Vad::new(self.vad.clone()),
            endpointer: Endpointer::new(),
            kept: Vec::new(),
            dropped: 0,
            heard_until: 0,
            state: State::waiting(0),
            events: Vec::new(),
            expected: None,
            told: Told::default(),
        }
    }
}

impl State {
    fn waiting(since: u64) -> Self {
        State::Waiting { since, told: false }
    }
}

impl Session {
    /// Takes the next mono samples of the stream, as many as there are, and returns what happened.
    /// The first samples fix the rate.
    ///
    /// Most calls take microseconds. The one in which somebody pauses recognises what was said
    /// before it returns, which takes as long as [`Engine::recognize_utterance`]: where the samples
    /// come from an audio callback, call this on another thread.
    ///
    /// # Errors
    /// If the samples are no audio or have another rate than before, nothing of them is taken, and
    /// the stream can go on. If the model fails, a part of the samples is lost.
    pub fn push<'a>(
        &mut self,
        samples: impl Into<Samples<'a>>,
        rate: u32,
    ) -> Result<Vec<Event>, Error> {
        let samples = samples.into();
        samples.check()?;
        let mut resampler = match self.resampler.take() {
            None => StreamResampler::new(rate)?,
            Some(resampler) => resampler,
        };
        let from = resampler.rate();
        let done = if from == rate {
            samples.in_blocks(|block| {
                resampler.push(block, &mut self.kept)?;
                self.listen()
            })
        } else {
            Err(AudioError::RateChanged { from, to: rate }.into())
        };
        self.resampler = Some(resampler);
        done?;
        Ok(std::mem::take(&mut self.events))
    }

    /// Ends the stream: an utterance under way is over.
    ///
    /// # Errors
    /// If the model fails.
    pub fn finish(mut self) -> Result<Vec<Event>, Error> {
        if let Some(resampler) = self.resampler.take() {
            resampler.finish(&mut self.kept)?;
        }
        self.listen()?;
        if let (State::Speaking(answer), Some(spoken)) =
            (&mut self.state, self.endpointer.utterance())
        {
            let answer = answer.take();
            self.answer(spoken, answer)?;
        }
        Ok(self.events)
    }

    /// Listens only for what is expected from now on ([`Engine::recognize_expecting`]), or with `None` for what
    /// the engine listens for by default: orders, unless
    /// [`EngineBuilder::expect`](crate::EngineBuilder::expect) says so. An utterance under way is heard so,
    /// too.
    ///
    /// # Errors
    /// If the grammar of what is expected cannot be compiled; then nothing has changed.
    pub fn expect(&mut self, expected: Option<Expectation>) -> Result<(), Error> {
        if let Some(expected) = &expected {
            self.engine.interpreter.expecting(expected)?;
        }
        self.expected = expected;
        Ok(())
    }

    fn grammars(&self) -> Result<Arc<Grammars>, Error> {
        match &self.expected {
            Some(expected) => self.engine.interpreter.expecting(expected),
            None => Ok(self.engine.interpreter.grammars()),
        }
    }

    /// Drops the utterance under way, if there is one, with what is still to come of it until a
    /// pause. The clock of the stream goes on.
    pub fn cancel(&mut self) {
        self.state = match self.state {
            State::Speaking(_) | State::Skipping => State::Skipping,
            State::Waiting { .. } => State::waiting(self.endpointer.frames()),
        };
    }

    /// Forgets everything, rate and clock included: the next samples begin a new stream.
    pub fn reset(&mut self) {
        self.resampler = None;
        self.vad.reset();
        self.endpointer = Endpointer::new();
        self.kept.clear();
        self.dropped = 0;
        self.heard_until = 0;
        self.state = State::waiting(0);
        self.events.clear();
    }

    /// How much of the stream has been listened to, in milliseconds.
    pub fn position_ms(&self) -> u64 {
        self.endpointer.frames() * FRAME_MS
    }

    /// Whether somebody speaks, or pauses within an utterance.
    pub fn is_speaking(&self) -> bool {
        matches!(self.state, State::Speaking(_))
    }

    /// Listens to the whole frames that have come in, and drops what is not needed any more.
    fn listen(&mut self) -> Result<(), Error> {
        loop {
            let next = self.index(self.endpointer.frames());
            let frame = self.kept.get(next..).and_then(|rest| rest.first_chunk());
            let Some(frame) = frame else { break };
            let frame = self.vad.push_frame(frame);
            let phase = self.endpointer.push(&frame);
            self.follow(phase)?;
        }
        let sound = match self.state {
            State::Skipping => None,
            _ => self.endpointer.start(),
        };
        let needed = sound
            .unwrap_or(self.endpointer.frames())
            .saturating_sub(LEAD);
        let old = self.index(needed);
        // Not for every frame: moving what is kept costs more than keeping a little more.
        if old >= self.kept.len() / 2 && old >= 16 * FRAME {
            let old = old.min(self.kept.len());
            self.kept.drain(..old);
            self.dropped += old as u64;
        }
        Ok(())
    }

    /// Where a frame begins in `kept`.
    fn index(&self, frame: u64) -> usize {
        let sample = (frame * FRAME as u64).saturating_sub(self.dropped);
        usize::try_from(sample).unwrap_or(usize::MAX)
    }

    /// What follows from the last frame.
    fn follow(&mut self, phase: Phase) -> Result<(), Error> {
        let now = self.endpointer.frames();
        if let State::Waiting { since, told } = &mut self.state {
            let Some(spoken) = self.endpointer.utterance() else {
                let wait = self.options.no_speech_after.map(frames);
                // While a sound may still turn out to be speech, nobody can tell.
                let quiet = self.endpointer.start().is_none();
                if !*told && quiet && wait.is_some_and(|wait| now - *since >= wait) {
                    *told = true;
                    let at_ms = now * FRAME_MS;
                    self.events.push(Event::NoSpeech { at_ms });
                }
                return Ok(());
            };
            let at_ms = spoken.start * FRAME_MS;
            self.events.push(Event::SpeechStarted { at_ms });
            self.state = State::Speaking(None);
            self.told = Told {
                at: spoken.start,
                partial: None,
            };
        }
        let spoken = self.endpointer.utterance();
        match (&mut self.state, phase, spoken) {
            (State::Skipping, Phase::Pause(SKIPPED_PAUSE..) | Phase::Silence, _) => self.wait(),
            (State::Speaking(answer), Phase::Speech, Some(spoken)) => {
                *answer = None;
                if now - spoken.start > self.longest() {
                    self.events.push(Event::Overflow {
                        start_ms: spoken.start * FRAME_MS,
                        end_ms: now * FRAME_MS,
                    });
                    self.state = State::Skipping;
                } else {
                    self.tell(&spoken)?;
                }
            }
            (State::Speaking(answer), Phase::Pause(pause), Some(spoken)) => {
                let pause = u64::from(pause);
                let answer = answer.take();
                let answer = match answer {
                    None if pause >= frames(self.options.speculate) => {
                        Some(self.recognise(&spoken)?)
                    }
                    other => other,
                };
                if answer.as_ref().is_some_and(|a| pause >= a.pause) {
                    self.answer(spoken, answer)?;
                    self.wait();
                } else {
                    self.state = State::Speaking(answer);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn wait(&mut self) {
        if let Some(spoken) = self.endpointer.utterance() {
            self.heard_until = spoken.end;
        }
        self.endpointer.end();
        self.state = State::waiting(self.endpointer.frames());
    }

    /// The longest utterance in frames: with what is kept before and the pause behind, it has to
    /// be within what the engine takes.
    fn longest(&self) -> u64 {
        let around = LEAD + frames(self.options.speculate);
        let limit = frames(self.engine.limits.max_duration).saturating_sub(around);
        frames(self.options.max_utterance).min(limit)
    }

    /// Tells what an utterance begins with, if it is time to and something has changed.
    fn tell(&mut self, spoken: &Range<u64>) -> Result<(), Error> {
        let now = self.endpointer.frames();
        // A PIN is not to be seen on a screen, nor wherever a host writes its events.
        let expected = self.expected.unwrap_or(self.engine.interpreter.expected());
        if expected.intents.contains(&"ProvidePin") {
            return Ok(());
        }
        let every = self.options.partials.map(frames);
        if every.is_none_or(|every| now - self.told.at < every.max(1)) {
            return Ok(());
        }
        self.told.at = now;
        let utterance = self.cut(self.begin(spoken), now)?;
        let grammars = self.grammars()?;
        let partial = self.engine.begun(&utterance, &grammars)?;
        if let Some(heard) = &partial
            && self.told.partial != partial
        {
            self.events.push(Event::Partial {
                at_ms: now * FRAME_MS,
                language: heard.language,
                text: heard.text.clone(),
            });
            self.told.partial = partial;
        }
        Ok(())
    }

    /// The frame from which an utterance is looked at.
    fn begin(&self, spoken: &Range<u64>) -> u64 {
        spoken.start.saturating_sub(LEAD).max(self.heard_until)
    }

    /// The audio of some frames, as far as it is kept.
    fn cut(&self, from: u64, to: u64) -> Result<Utterance, AudioError> {
        let range = self.index(from)..self.index(to).min(self.kept.len());
        let audio = self.kept.get(range).unwrap_or_default().to_vec();
        Utterance::from_16k(audio, &self.engine.limits)
    }

    /// Tells what an utterance came to.
    fn answer(&mut self, spoken: Range<u64>, ahead: Option<Answer>) -> Result<(), Error> {
        let current = self.grammars()?;
        let answer = match ahead {
            // The names may have changed since.
            Some(answer) if Arc::ptr_eq(&answer.grammars, &current) => answer,
            _ => self.recognise(&spoken)?,
        };
        self.events.push(Event::Outcome {
            start_ms: spoken.start * FRAME_MS,
            end_ms: spoken.end * FRAME_MS,
            outcome: answer.outcome,
        });
        Ok(())
    }

    /// Recognises what has been heard of an utterance so far.
    fn recognise(&self, spoken: &Range<u64>) -> Result<Answer, Error> {
        let clock = Instant::now();
        let start = self.begin(spoken);
        // Where the answer was found ahead, and where it is not there before the end, the same
        // audio counts.
        let pause = frames(self.options.speculate);
        let end = self.endpointer.frames().min(spoken.end + pause);
        let grammars = self.grammars()?;
        // A fan that is switched on rises out of the room as a voice does, but is a noise floor of
        // its own as soon as nothing else is looked at. A single vowel may be as steady.
        let steady = spoken.end - spoken.start >= LEAST_STEADY && {
            let inside = self.cut(spoken.start + EDGE, spoken.end - EDGE)?;
            vad::trim(&inside, &self.engine.vad).is_none()
        };
        let outcome = if steady {
            Outcome::NoSpeech(NoSpeech::default())
        } else {
            let offset_ms = u32::try_from(start * FRAME_MS).unwrap_or(u32::MAX);
            let utterance = self.cut(start, end)?;
            let heard = self
                .engine
                .hear_in(clock, &utterance, offset_ms, &grammars)?;
            heard.outcome
        };
        let pause = match &outcome {
            Outcome::Understood(said) if may_go_on(said) => self.options.growing,
            Outcome::Understood(_) => self.options.complete,
            // An order that lacks something is asked about if nothing follows.
            Outcome::Incomplete(_) | Outcome::Rejected(_) | Outcome::NoSpeech(_) => {
                self.options.incomplete
            }
        };
        Ok(Answer {
            outcome,
            grammars,
            pause: frames(pause),
        })
    }
}

/// Whether more words may make it another command. It was said in somebody's own words, so that a reason or a
/// correction may follow; or what else was possibly heard begins alike and is
/// longer, or the sentence ends in words that no list bounds, or in digits.
fn may_go_on(said: &Understood) -> bool {
    let longer = |other: &str| {
        other.len() > said.transcript.len() && other.starts_with(said.transcript.as_str())
    };
    let last = said.slots.values().max_by_key(|slot| slot.end_ms);
    let grows = last.is_some_and(|slot| {
        let text = slot.text.as_deref().unwrap_or_default();
        let ends = !text.is_empty() && said.transcript.ends_with(text);
        let digits = slot
            .value
            .as_str()
            .is_some_and(|v| v.len() > 1 && v.bytes().all(|b| b.is_ascii_digit()));
        ends && (slot.open == Some(true) || digits)
    });
    said.reading == ReadBy::Learned
        || grows
        || said.alternatives.iter().any(|a| longer(&a.transcript))
}
