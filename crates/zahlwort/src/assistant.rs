//! An engine, a dialogue and a host, put together.

use serde::{Deserialize, Serialize};
use zahlwort_commands::{Answer, Command, Expectation, Party, ReadBy};
use zahlwort_dialogue::gate::{Gate, GateState};
use zahlwort_dialogue::host::{Host, HostError, Response};
use zahlwort_dialogue::policy::{Confidence, Context, Moment, Policy, Speaker};
use zahlwort_dialogue::{
    CancelReason, Dialogue, Input, Prompt, Refused, Spoken, Stage, Templates, Turn,
};

use crate::{Alternative, Error, Interpreter, Outcome, Reason, Slot, Understood};
#[cfg(feature = "speech")]
use crate::{Engine, Pcm};

/// Less likely readings than this share of the best are not asked about.
const NEARLY: f32 = 0.8;

/// Talks: takes what was said, and asks, refuses, or has a [`Host`] carry it out.
#[derive(Debug)]
pub struct Assistant<H> {
    host: H,
    dialogue: Dialogue,
    gate: Gate,
    templates: Templates,
}

/// What an assistant keeps over a restart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssistantState {
    /// The open question.
    #[serde(default)]
    pub dialogue: Dialogue,
    /// Limits, known payees, the PIN's hash.
    #[serde(default)]
    pub gate: GateState,
}

/// What an assistant says, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The words.
    pub spoken: Spoken,
    /// What happened.
    pub kind: ReplyKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplyKind {
    /// Something is asked; listen for [`Prompt::expect`].
    Asked(Box<Prompt>),
    /// The host did it, or told it.
    Answered(Response),
    /// The host did not do it.
    Failed(HostError),
    /// The policy or the PIN's keeper did not allow it.
    Refused(Refused),
    /// The dialogue ended without a command.
    Cancelled(CancelReason),
}

impl<H: Host> Assistant<H> {
    /// An assistant that goes on where the state left off.
    pub fn new(host: H, policy: Policy, state: AssistantState, templates: Templates) -> Self {
        Self {
            host,
            dialogue: state.dialogue,
            gate: Gate::new(policy, state.gate),
            templates,
        }
    }

    /// The host.
    pub fn host(&self) -> &H {
        &self.host
    }

    /// What everything is said with.
    pub fn templates(&self) -> &Templates {
        &self.templates
    }

    /// The host, to change it.
    pub fn host_mut(&mut self) -> &mut H {
        &mut self.host
    }

    /// The gate, to set a PIN or trust a payee.
    pub fn gate_mut(&mut self) -> &mut Gate {
        &mut self.gate
    }

    /// What to keep over a restart.
    pub fn state(&self) -> AssistantState {
        AssistantState {
            dialogue: self.dialogue.clone(),
            gate: self.gate.state().clone(),
        }
    }

    /// What is to be listened for now.
    pub fn expects(&self) -> Expectation {
        self.dialogue
            .open_prompt()
            .map_or_else(Expectation::default, |prompt| prompt.expect)
    }

    /// Takes a recording.
    ///
    /// # Errors
    /// Those of [`Engine::recognize_expecting`].
    #[cfg(feature = "speech")]
    pub fn hear(
        &mut self,
        engine: &Engine,
        audio: &Pcm,
        now: Moment,
    ) -> Result<Option<Reply>, Error> {
        let outcome = engine.recognize_expecting(audio, &self.expects())?;
        Ok(self.take(&outcome, Speaker::NotChecked, now))
    }

    /// Takes a text.
    ///
    /// # Errors
    /// Those of [`Interpreter::parse_expecting`].
    pub fn read(
        &mut self,
        interpreter: &Interpreter,
        text: &str,
        now: Moment,
    ) -> Result<Option<Reply>, Error> {
        let outcome = interpreter.parse_expecting(text, &self.expects())?;
        Ok(self.take(&outcome, Speaker::NotChecked, now))
    }

    /// Tells that nobody has answered for as long as the program waits.
    pub fn time_out(&mut self, now: Moment) -> Option<Reply> {
        self.advance(Input::Timeout, now)
    }

    /// Takes what was understood, in an utterance that was heard with [`Assistant::expects`].
    /// `None`: there is nothing to say.
    pub fn take(&mut self, outcome: &Outcome, speaker: Speaker, now: Moment) -> Option<Reply> {
        self.advance(input(outcome, speaker), now)
    }

    fn advance(&mut self, input: Input, now: Moment) -> Option<Reply> {
        let event = self
            .dialogue
            .advance(input, &mut self.gate, &self.host, now);
        // Before anything is carried out: after a crash a key must not count as unused.
        if let Err(error) = self.host.save(&self.dialogue, self.gate.state()) {
            return Some(self.failed(error, Stage::Asking));
        }
        Some(match event? {
            Turn::Prompt(prompt) => Reply {
                spoken: self
                    .templates
                    .render_for(&prompt, |command| self.host.can(command)),
                kind: ReplyKind::Asked(Box::new(prompt)),
            },
            Turn::Authorised(authorised) => match self.host.execute(authorised, now) {
                Ok(answer) => Reply {
                    spoken: self.templates.answered(&answer),
                    kind: ReplyKind::Answered(answer),
                },
                Err(error) => self.failed(error, Stage::Doing),
            },
            Turn::Refused(Refused::Host(error)) => self.failed(error, Stage::Asking),
            Turn::Refused(refused) => Reply {
                spoken: self.templates.refused(&refused),
                kind: ReplyKind::Refused(refused),
            },
            Turn::Cancelled(reason) => Reply {
                spoken: self.templates.cancelled(reason),
                kind: ReplyKind::Cancelled(reason),
            },
        })
    }

    fn failed(&self, error: HostError, stage: Stage) -> Reply {
        Reply {
            spoken: self.templates.failed(&error, stage),
            kind: ReplyKind::Failed(error),
        }
    }
}

/// What an outcome tells a dialogue.
pub fn input(outcome: &Outcome, speaker: Speaker) -> Input {
    let context = |confidence: f32, reading: ReadBy| Context {
        speaker,
        reading,
        ..Context::new(Confidence::new(f64::from(confidence.min(1.0))))
    };
    let said = match outcome {
        Outcome::Understood(said) => said,
        Outcome::Incomplete(begun) => {
            return Input::Draft(
                begun.draft.clone(),
                context(begun.confidence, begun.reading),
            );
        }
        Outcome::Rejected(rejected) => {
            return match rejected.reason {
                Reason::Negated => Input::Negated,
                Reason::Several => Input::Several,
                _ => Input::Rejected,
            };
        }
        Outcome::NoSpeech(_) => return Input::NoSpeech,
    };
    let rivals: Vec<&Alternative> = said
        .alternatives
        .iter()
        .filter(|other| is_rival(other, said))
        .collect();
    // Between these the dialogue asks; that it is one of them is as likely as all together.
    let together = rivals
        .iter()
        .fold(said.confidence, |sum, other| sum + other.confidence);
    let context = context(together, said.reading);
    match &said.command {
        Command::Order(order) => Input::Order {
            order: order.clone(),
            alternatives: rivals
                .iter()
                .filter_map(|other| other.command.order().cloned())
                .collect(),
            context,
        },
        Command::Answer(answer) => Input::Answer {
            answer: answer.clone(),
            namesakes: namesakes(answer, &rivals),
            context,
        },
    }
}

/// Whether the speaker has to be asked which of the two is meant: they are nearly as likely, and differ in more
/// than the spelling of a name that is in no list. (Spellings are settled by reading back what was heard.)
fn is_rival(other: &Alternative, said: &Understood) -> bool {
    if other.confidence < NEARLY * said.confidence || other.command == said.command {
        return false;
    }
    let same_slots = other.slots.keys().eq(said.slots.keys());
    let spelt = |(name, slot): (&String, &Slot)| {
        let same = said.slots.get(name).is_some_and(|s| s.value == slot.value);
        same || slot.open == Some(true)
    };
    !(other.intent == said.intent && same_slots && other.slots.iter().all(spelt))
}

/// Who else may be meant by a name, each once.
fn namesakes(answer: &Answer, others: &[&Alternative]) -> Vec<Party> {
    let mut known: Vec<Party> = named(answer).into_iter().collect();
    let others = others.iter().filter_map(|other| other.command.answer());
    for other in others.filter_map(named) {
        if !known.contains(&other) {
            known.push(other);
        }
    }
    known.split_off(known.len().min(1))
}

fn named(answer: &Answer) -> Option<Party> {
    match answer {
        Answer::Name(said) => Some(said.name.clone()),
        _ => None,
    }
}
