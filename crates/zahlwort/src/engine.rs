//! Speech to outcomes.

use std::path::Path;
use std::time::Instant;

use zahlwort_audio::vad::{self, VadConfig};
use zahlwort_audio::{Limits, Pcm, SAMPLE_RATE, Utterance};
use zahlwort_commands::{Catalog, Expectation};
use zahlwort_grammar::source::List;
use zahlwort_grammar::{Automaton, Language, takes_back};
use zahlwort_speech::{DecodeOptions, Evidence, Hypothesis, Partial, Recogniser, Recognition};

use crate::heard::{add_alternatives, add_heard, readings};
use crate::interpreter::Grammars;
use crate::understand::Text;
use crate::{
    Alternative, EngineBuilder, Error, Guess, Interpreter, NoSpeech, Outcome, ReadBy, Reason,
    Rejected, Timing,
};

/// Above this probability of no speech, an utterance for which no sentence was found is silence.
/// It is the threshold of the reference implementation (Radford et al. 2022, section 4.5).
const NO_SPEECH: f32 = 0.6;

/// An outcome and what its confidence was computed from.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// The outcome.
    pub outcome: Outcome,
    /// What the search saw; `None` if nobody spoke, so that nothing was searched.
    pub evidence: Option<Evidence>,
}

/// Turns speech into commands. Build it once, share it between threads, give it utterances.
#[derive(Debug)]
pub struct Engine {
    pub(crate) interpreter: Interpreter,
    pub(crate) recogniser: Recogniser,
    pub(crate) limits: Limits,
    pub(crate) decode: DecodeOptions,
    pub(crate) vad: VadConfig,
}

impl Engine {
    /// The settings of a new engine.
    pub fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }

    /// What was said in audio of any rate and channel count. Orders are listened for, and answers only where
    /// [`EngineBuilder::expect`] says so.
    ///
    /// # Errors
    /// If the audio is empty or too long, or the model fails. Speech that is no command is no
    /// error but [`Outcome::Rejected`].
    pub fn recognize(&self, audio: &Pcm) -> Result<Outcome, Error> {
        Ok(self.hear(audio)?.outcome)
    }

    /// What was said in audio that already is mono at 16 kHz.
    ///
    /// # Errors
    /// If the model fails.
    pub fn recognize_utterance(&self, utterance: &Utterance) -> Result<Outcome, Error> {
        let audio_ms = utterance.duration().as_millis() as u32;
        let grammars = self.interpreter.grammars();
        let heard = self.hear_since(Instant::now(), utterance, audio_ms, &grammars)?;
        Ok(heard.outcome)
    }

    /// What was answered to a question: as [`Engine::recognize`], where only what is expected can
    /// be heard ([`Interpreter::parse_expecting`]). The first time an expectation is listened for,
    /// its grammar is compiled; after that it is there.
    ///
    /// # Errors
    /// Those of [`Engine::recognize`], and if the grammar cannot be compiled.
    pub fn recognize_expecting(
        &self,
        audio: &Pcm,
        expected: &Expectation,
    ) -> Result<Outcome, Error> {
        Ok(self.hear_expecting(audio, expected)?.outcome)
    }

    /// As [`Engine::recognize`], with what the confidence was computed from: for those who fit
    /// confidences to recordings of their own.
    ///
    /// # Errors
    /// Those of [`Engine::recognize`].
    pub fn hear(&self, audio: &Pcm) -> Result<Heard, Error> {
        self.hear_expecting(audio, &self.interpreter.expected())
    }

    /// As [`Engine::recognize_expecting`], with what the confidence was computed from.
    ///
    /// # Errors
    /// Those of [`Engine::recognize_expecting`].
    pub fn hear_expecting(&self, audio: &Pcm, expected: &Expectation) -> Result<Heard, Error> {
        let clock = Instant::now();
        let grammars = self.interpreter.expecting(expected)?;
        let utterance = audio.to_utterance(&self.limits)?;
        let audio_ms = audio.duration().as_millis() as u32;
        self.hear_since(clock, &utterance, audio_ms, &grammars)
    }

    /// What was said in a WAV file.
    ///
    /// # Errors
    /// If the file cannot be read as WAV, and all of [`Engine::recognize`].
    pub fn recognize_file(&self, path: impl AsRef<Path>) -> Result<Outcome, Error> {
        self.recognize(&Pcm::read_wav(path, &self.limits)?)
    }

    /// What a text means: [`Interpreter::parse`].
    pub fn parse(&self, text: &str) -> Outcome {
        self.interpreter.parse(text)
    }

    /// Replaces a list while the engine runs: [`Interpreter::set_list`].
    ///
    /// # Errors
    /// If no sentence uses the list, or it cannot be compiled.
    pub fn set_list(&self, name: &str, list: &List) -> Result<(), Error> {
        self.interpreter.set_list(name, list)
    }

    /// Replaces all names while the engine runs: [`Interpreter::set_catalog`].
    ///
    /// # Errors
    /// If a list cannot be compiled.
    pub fn set_catalog(&self, catalog: &Catalog) -> Result<(), Error> {
        self.interpreter.set_catalog(catalog)
    }

    /// The half of the engine that reads texts.
    pub fn interpreter(&self) -> &Interpreter {
        &self.interpreter
    }

    /// What audio is accepted.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    fn hear_since(
        &self,
        clock: Instant,
        utterance: &Utterance,
        audio_ms: u32,
        grammars: &Grammars,
    ) -> Result<Heard, Error> {
        let mut heard = self.hear_in(clock, utterance, 0, grammars)?;
        if let Some(timing) = heard.outcome.timing_mut() {
            timing.audio_ms = audio_ms;
        }
        Ok(heard)
    }

    /// What was said in an utterance that begins at `begin_ms` of what the caller counts from.
    pub(crate) fn hear_in(
        &self,
        clock: Instant,
        utterance: &Utterance,
        begin_ms: u32,
        grammars: &Grammars,
    ) -> Result<Heard, Error> {
        let mut timing = Timing {
            audio_ms: utterance.duration().as_millis() as u32,
            ..Timing::default()
        };
        let finish = |mut timing: Timing| {
            timing.total_ms = clock.elapsed().as_secs_f32() * 1e3;
            Some(timing)
        };
        let spoken = vad::trim(utterance, &self.vad);
        let Some((offset, speech)) =
            spoken.and_then(|range| Some((range.start, utterance.slice(range)?)))
        else {
            return Ok(Heard {
                outcome: Outcome::NoSpeech(NoSpeech {
                    timing: finish(timing),
                }),
                evidence: None,
            });
        };
        let automata: Vec<&Automaton> = grammars.automata.iter().collect();
        let reading = self.interpreter.options(grammars, false);
        let encoded = self.recogniser.encode(&speech, &self.decode)?;
        let recognition = self
            .recogniser
            .search(&encoded, &automata, &reading, &self.decode)?;
        timing.features_ms = recognition.timing.features_ms;
        timing.encoder_ms = recognition.timing.encoder_ms;
        timing.decoder_ms = recognition.timing.decoder_ms;
        let offset_ms = (offset as u64 * 1000 / u64::from(SAMPLE_RATE)) as u32;
        let offset_ms = begin_ms.saturating_add(offset_ms);
        let mut outcome = self.judge(&recognition, offset_ms);
        self.object(&mut outcome, &recognition, grammars);
        let negated = matches!(&outcome, Outcome::Rejected(r) if r.reason == Reason::Negated);
        if own_words_may_help(&outcome)
            && let Some((other, again)) =
                self.listen_again(&encoded, &recognition, grammars, negated, offset_ms)?
        {
            timing.decoder_ms += again.timing.decoder_ms;
            if tells_more(&other, &outcome) {
                outcome = other;
            }
        }
        *outcome.timing_mut() = finish(timing);
        Ok(Heard {
            outcome,
            evidence: Some(recognition.evidence),
        })
    }

    /// What an utterance that is not over yet begins with.
    pub(crate) fn begun(
        &self,
        utterance: &Utterance,
        grammars: &Grammars,
    ) -> Result<Option<Partial>, Error> {
        let spoken = vad::trim(utterance, &self.vad);
        let Some(speech) = spoken.and_then(|range| utterance.slice(range)) else {
            return Ok(None);
        };
        let automata: Vec<&Automaton> = grammars.automata.iter().collect();
        Ok(self.recogniser.partial(&speech, &automata)?)
    }

    /// Refuses an order that the free transcription negates or takes back though the sentence of the grammar
    /// does not. Of what was not understood, tells whether it was a negated order or several at once.
    fn object(&self, outcome: &mut Outcome, heard: &Recognition, grammars: &Grammars) {
        let reason = match outcome {
            Outcome::Understood(_) | Outcome::Incomplete(_) => {
                let said = transcript(outcome).unwrap_or_default();
                let takes_back = |text| takes_back(text, heard.language);
                (takes_back(&heard.free_text) && !takes_back(said)).then_some(Reason::Negated)
            }
            Outcome::Rejected(rejected) => match rejected.reason {
                Reason::NotInGrammar | Reason::Uncertain { .. } => {
                    let mut automata = grammars.automata.iter();
                    let spoken = automata.find(|a| a.language() == heard.language);
                    let options = self.interpreter.options(grammars, false);
                    spoken.and_then(|automaton| {
                        let automata = std::slice::from_ref(automaton);
                        self.interpreter
                            .refusal(&heard.free_text, automata, &options)
                    })
                }
                _ => None,
            },
            Outcome::NoSpeech(_) => None,
        };
        if let Some(reason) = reason {
            *outcome = rejected(reason, heard);
        }
    }

    /// From what the recogniser heard to what it comes to.
    fn judge(&self, heard: &Recognition, offset_ms: u32) -> Outcome {
        let Some((best, others)) = heard.hypotheses.split_first() else {
            if heard.no_speech > NO_SPEECH && heard.free_text.is_empty() {
                return Outcome::NoSpeech(NoSpeech::default());
            }
            return rejected(Reason::NotInGrammar, heard);
        };
        // A "ja" is short and easily found in noise: if the model itself hears no speech, it does not count.
        if best.reading.slots.is_empty() && heard.no_speech > NO_SPEECH {
            return Outcome::NoSpeech(NoSpeech::default());
        }
        let all = readings(best);
        let languages = vec![heard.language; all.len()];
        let text = Text {
            text: &best.text,
            readings: &all,
            languages: &languages,
            confidence: best.confidence,
            read_by: ReadBy::Grammar,
        };
        let meant = text.outcome();
        if !heard.accepted {
            let found = match &meant {
                Some(Ok((_, found))) => found,
                _ => &best.reading,
            };
            return rejected(uncertain(best, &found.intent), heard);
        }
        let (mut outcome, found) = match meant {
            Some(Ok(found)) => found,
            Some(Err(reason)) => return rejected(reason, heard),
            None => return rejected(Reason::NotInGrammar, heard),
        };
        add_heard(&mut outcome, found, best, others, offset_ms);
        if let Outcome::Understood(said) = &mut outcome {
            let others = others
                .iter()
                .flat_map(|other| alternatives(other, heard.language));
            add_alternatives(said, others);
        }
        outcome
    }
}

/// Whether what somebody's own words came to is worth more than what the grammar made of them.
fn tells_more(own_words: &Outcome, by_grammar: &Outcome) -> bool {
    let reason = |outcome: &Outcome| match outcome {
        Outcome::Rejected(rejected) => Some(rejected.reason.clone()),
        _ => None,
    };
    match reason(own_words) {
        None => true,
        Some(Reason::Uncertain { .. }) => reason(by_grammar) == Some(Reason::NotInGrammar),
        Some(_) => false,
    }
}

/// Whether the grammar understood nothing that stands in the way of another reading.
fn own_words_may_help(outcome: &Outcome) -> bool {
    let Outcome::Rejected(rejected) = outcome else {
        return false;
    };
    match rejected.reason {
        Reason::NotInGrammar | Reason::Uncertain { .. } | Reason::Several | Reason::Negated => true,
        Reason::Invalid { .. } => false,
    }
}

/// The sentence that was understood, wholly or in part.
fn transcript(outcome: &Outcome) -> Option<&str> {
    match outcome {
        Outcome::Understood(said) => Some(&said.transcript),
        Outcome::Incomplete(begun) => Some(&begun.transcript),
        Outcome::Rejected(_) | Outcome::NoSpeech(_) => None,
    }
}

/// The commands of a sentence that was possibly said.
fn alternatives(heard: &Hypothesis, language: Language) -> Vec<Alternative> {
    let readings = readings(heard);
    let languages = vec![language; readings.len()];
    let text = Text {
        text: &heard.text,
        readings: &readings,
        languages: &languages,
        confidence: heard.confidence,
        read_by: ReadBy::Grammar,
    };
    text.alternatives()
}

/// Below this confidence it is not worth asking "did you say …?": something else was said.
const GUESS: f32 = 0.1;

pub(crate) fn uncertain(best: &Hypothesis, intent: &str) -> Reason {
    if best.confidence < GUESS {
        return Reason::NotInGrammar;
    }
    let guess = Guess {
        intent: intent.to_owned(),
        transcript: best.text.clone(),
        confidence: best.confidence,
    };
    Reason::Uncertain { guess }
}

pub(crate) fn rejected(reason: Reason, heard: &Recognition) -> Outcome {
    Outcome::Rejected(Box::new(Rejected {
        reason,
        heard: heard.free_text.clone(),
        timing: None,
    }))
}
