//! An engine, a dialogue and a host, put together.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use zahlwort_commerce::dialogue::{
    CancelReason, Dialogue, Event, Expectation, Input, Prompt, Refused, Spoken, Templates, is_name,
};
use zahlwort_commerce::gate::{Gate, GateState};
use zahlwort_commerce::host::{Answer, Host, HostError};
use zahlwort_commerce::policy::{Confidence, Context, Facts, Moment, PayeeKey, Policy, Speaker};
use zahlwort_commerce::{Command, Party};
use zahlwort_grammar::Language;
use zahlwort_grammar::builtin::speak_money;

use crate::{Alternative, Engine, Error, Interpreter, Outcome, Pcm, Slot, Understood};

/// Less likely readings than this share of the best are not asked about.
const NEARLY: f32 = 0.8;

/// Talks: takes what was said, and asks, refuses, or has a [`Host`] carry it out.
#[derive(Debug)]
pub struct Assistant<H> {
    host: H,
    dialogue: Dialogue,
    gate: Gate,
    templates: Templates,
    language: Language,
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
    Answered(Answer),
    /// The host did not do it.
    Failed(HostError),
    /// The policy or the PIN's keeper did not allow it.
    Refused(Refused),
    /// The dialogue ended without a command.
    Cancelled(CancelReason),
}

impl<H: Host> Assistant<H> {
    /// An assistant that goes on where the state left off.
    pub fn new(
        host: H,
        policy: Policy,
        state: AssistantState,
        templates: Templates,
        language: Language,
    ) -> Self {
        Self {
            host,
            dialogue: state.dialogue,
            gate: Gate::new(policy, state.gate),
            templates,
            language,
        }
    }

    /// The host.
    pub fn host(&self) -> &H {
        &self.host
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
        let mut input = input(outcome, speaker);
        if let Input::Command {
            command, context, ..
        } = &mut input
        {
            match self.host.quote(command) {
                Ok(total) => context.total = total,
                Err(error) => return Some(self.failed(error)),
            }
            let facts = self.gate.policy().facts(command).ok();
            let amount = facts.and_then(|facts| facts.amount).or(context.total);
            if let Err(error) = self.host.authorise(command, amount) {
                return Some(self.failed(error));
            }
        }
        self.advance(input, now)
    }

    fn advance(&mut self, input: Input, now: Moment) -> Option<Reply> {
        let event = self.dialogue.advance(input, &mut self.gate, now);
        // Before anything is carried out: after a crash a key must not count as unused.
        if let Err(error) = self.host.save(&self.dialogue, self.gate.state()) {
            return Some(self.failed(error));
        }
        Some(match event? {
            Event::Prompt(prompt) => Reply {
                spoken: self.templates.render(&prompt),
                kind: ReplyKind::Asked(Box::new(prompt)),
            },
            Event::Authorised(authorised) => match self.host.execute(authorised, now) {
                Ok(answer) => self.reply(&self.words(&answer), ReplyKind::Answered(answer)),
                Err(error) => self.failed(error),
            },
            Event::Refused(refused) => {
                let text = match self.language {
                    Language::De => format!("Das geht nicht. ({refused})"),
                    Language::En => format!("That is not possible: {refused}."),
                };
                self.reply(&text, ReplyKind::Refused(refused))
            }
            Event::Cancelled(reason) => {
                let text = match self.language {
                    Language::De => "Abgebrochen. Es wurde nichts ausgeführt.",
                    Language::En => "Cancelled. Nothing was done.",
                };
                self.reply(text, ReplyKind::Cancelled(reason))
            }
        })
    }

    fn reply(&self, text: &str, kind: ReplyKind) -> Reply {
        Reply {
            spoken: self.templates.say_text(text),
            kind,
        }
    }

    fn failed(&self, error: HostError) -> Reply {
        let text = match (self.language, &error) {
            (Language::En, error) => format!("That did not work: {error}."),
            (_, HostError::InsufficientFunds) => "Dafür reicht das Guthaben nicht.".to_owned(),
            (_, HostError::NotFound(name)) => format!("{name} kenne ich nicht."),
            (_, HostError::OutOfStock(name)) => format!("{name} ist nicht mehr da."),
            (_, HostError::Blocked(name)) => format!("{name} ist gesperrt."),
            (_, HostError::Unsupported) => "Das kann ich nicht.".to_owned(),
            (_, error) => format!("Das hat nicht geklappt. ({error})"),
        };
        self.reply(&text, ReplyKind::Failed(error))
    }

    fn words(&self, answer: &Answer) -> String {
        let german = self.language == Language::De;
        let say = |amount: &zahlwort_commerce::Money| {
            // Names of amounts stop at what can be paid at once; a balance may be larger.
            let spoken = zahlwort_grammar::Money {
                amount: amount.amount(),
                currency: amount.currency(),
            };
            speak_money(&spoken, self.language)
                .into_iter()
                .next()
                .unwrap_or_else(|| amount.to_string())
        };
        match answer {
            Answer::Done if german => "Erledigt.".to_owned(),
            Answer::Done => "Done.".to_owned(),
            Answer::DoneBefore if german => "Das ist schon erledigt.".to_owned(),
            Answer::DoneBefore => "That was done before.".to_owned(),
            Answer::Balance(money) if german => format!("Der Kontostand ist {}.", say(money)),
            Answer::Balance(money) => format!("The balance is {}.", say(money)),
            Answer::Lines(lines) if lines.is_empty() && german => "Da ist nichts.".to_owned(),
            Answer::Lines(lines) if lines.is_empty() => "There is nothing.".to_owned(),
            Answer::Lines(lines) => {
                let line = |line: &zahlwort_commerce::host::Line| match &line.amount {
                    Some(amount) if line.is_outgoing => {
                        format!("{}, minus {}", line.name, say(amount))
                    }
                    Some(amount) => format!("{}, {}", line.name, say(amount)),
                    None => line.name.clone(),
                };
                let lines: Vec<String> = lines.iter().map(line).collect();
                format!("{}.", lines.join("; "))
            }
        }
    }
}

/// What an outcome tells a dialogue.
pub fn input(outcome: &Outcome, speaker: Speaker) -> Input {
    let said = match outcome {
        Outcome::Understood(said) => said,
        Outcome::Rejected(_) => return Input::Rejected,
        Outcome::NoSpeech(_) => return Input::NoSpeech,
    };
    // Between the two Annas the dialogue asks; that it is one of them is as likely as both together.
    let others: Vec<&Alternative> = said
        .alternatives
        .iter()
        .filter(|other| is_namesake(other, said))
        .collect();
    let together = others
        .iter()
        .fold(said.confidence, |sum, other| sum + other.confidence);
    let context = Context {
        speaker,
        ..Context::new(Confidence::new(f64::from(together.min(1.0))))
    };
    match said.intent.as_str() {
        intent if is_name(intent) => match party(&said.slots, "name") {
            Some(name) => Input::Name {
                name,
                namesakes: namesakes(said, &others, "name"),
                context,
            },
            None => Input::Rejected,
        },
        _ => Input::Command {
            command: said.command.clone(),
            alternatives: others.iter().map(|other| other.command.clone()).collect(),
            context,
        },
    }
}

/// The other Anna: the same command for another known payee, about as likely.
fn is_namesake(other: &Alternative, said: &Understood) -> bool {
    let is_payee = |slot: &str| ["recipient", "name", "instead_of"].contains(&slot);
    let is_known = match Facts::of(&other.command).payee {
        Some(PayeeKey::Heard(_)) => false,
        Some(_) => true,
        // An answer, or the beginning of a payment: no command of its own.
        None => other
            .slots
            .iter()
            .any(|(name, slot)| is_payee(name) && slot.open == Some(false)),
    };
    let rest = |slots: &BTreeMap<String, Slot>| -> Vec<_> {
        let rest = slots.iter().filter(|(name, _)| !is_payee(name));
        rest.map(|(name, slot)| (name.clone(), slot.value.clone()))
            .collect()
    };
    let is_custom = matches!(other.command, Command::Custom { .. });
    other.confidence >= NEARLY * said.confidence
        && Facts::of(&other.command).name == Facts::of(&said.command).name
        && is_known
        && (!is_custom || other.intent == said.intent && rest(&other.slots) == rest(&said.slots))
}

/// Who else may be meant by the name in this slot, each once.
fn namesakes(said: &Understood, others: &[&Alternative], slot: &str) -> Vec<Party> {
    let mut known: Vec<Party> = party(&said.slots, slot).into_iter().collect();
    for other in others.iter().filter_map(|other| party(&other.slots, slot)) {
        if !known.contains(&other) {
            known.push(other);
        }
    }
    known.split_off(known.len().min(1))
}

fn party(slots: &BTreeMap<String, Slot>, slot: &str) -> Option<Party> {
    let Slot {
        value, id, open, ..
    } = slots.get(slot)?;
    Some(Party {
        id: id.clone(),
        open: open.unwrap_or(true),
        ..Party::named(value.as_str()?)
    })
}
