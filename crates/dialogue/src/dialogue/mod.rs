//! From a sentence to an authorised command, question by question: what is missing is asked for,
//! what moves money is read back, and the PIN is asked for where the policy wants it.
//!
//! There is no audio and no clock inside. Where audio ends, an [`Input`] goes in with the time; an
//! [`Event`] says what to say or do.

mod event;
mod help;
mod merge;
mod read_back;
mod render;
mod replies;
mod say;
mod state;
mod templates;
#[cfg(test)]
mod tests;
mod words;

pub use event::{Ask, CancelReason, Event, Input, Note, Prompt, Refused};
pub use render::Spoken;
pub use replies::Stage;
pub use templates::{Address, TemplateError, Templates};

use serde::{Deserialize, Serialize};
use zahlwort_commands::{Command, Draft, Effect, Expectation, Party, Pin, Role};

use crate::PinRefused;
use crate::gate::{Asked, Gate, NotConfirmed, Question, is_open};
use crate::policy::{Context, Facts, Moment, Speaker};
use merge::{matches_name, with_amount, with_names, with_slot};
use state::State;

/// At most this many options are read out; nobody remembers more.
const MAX_OPTIONS: usize = 5;

/// A dialogue with one speaker. Save it (serde) together with the gate's state to go on after a
/// restart; a question that was open still expires when it would have. See the [crate] for an example.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialogue {
    state: State,
    /// Answers in a row that were not understood.
    failures: u8,
}

impl Dialogue {
    /// Whether a question is open.
    pub fn is_open(&self) -> bool {
        self.state != State::Idle
    }

    /// The open question, as after a restart.
    pub fn open_prompt(&self) -> Option<Prompt> {
        let ask = self.state.ask()?;
        Some(Prompt {
            expect: ask.expects(),
            ask,
            note: None,
            total: self.state.total(),
            declared: self.state.declared().cloned(),
        })
    }

    /// Takes what was heard. `None`: there is nothing to do, as for a yes that no question is open
    /// for.
    pub fn advance(&mut self, input: Input, gate: &mut Gate, now: Moment) -> Option<Event> {
        let seconds = gate.policy().confirmation_seconds();
        let expired = self
            .state
            .asked_at()
            .is_some_and(|asked_at| !is_open(asked_at, now, seconds));
        if expired {
            self.end();
            if matches!(input, Input::Timeout | Input::NoSpeech) {
                return Some(Event::Cancelled(CancelReason::TimedOut));
            }
        }
        match input {
            Input::Command {
                command,
                alternatives,
                context,
            } => self.take(command, alternatives, context, gate, now),
            Input::Draft(draft, context) => {
                let draft = match self.draft() {
                    Some(before) if before.kind() == draft.kind() => before.corrected_by(draft),
                    _ => draft,
                };
                self.fill(draft, context, gate, now)
            }
            Input::Name {
                name,
                namesakes,
                context,
            } => self.name(&name, &namesakes, context, gate, now),
            Input::Rejected | Input::NoSpeech => self.not_understood(gate, Note::NotUnderstood),
            Input::Negated => self.not_carried_out(gate, Note::Negated),
            Input::Several => self.not_carried_out(gate, Note::Several),
            Input::Timeout if self.is_open() => self.cancel(CancelReason::TimedOut),
            Input::Timeout => None,
        }
    }

    fn take(
        &mut self,
        command: Command,
        mut alternatives: Vec<Command>,
        context: Context,
        gate: &mut Gate,
        now: Moment,
    ) -> Option<Event> {
        match command {
            Command::Confirm => self.confirm(&context, gate, now),
            Command::ProvidePin { pin } => self.pin(&pin, &context, gate, now),
            Command::Deny => self.deny(now),
            Command::Cancel if self.is_open() => self.cancel(CancelReason::BySpeaker),
            Command::Cancel => None,
            Command::Repeat => self.prompt(None),
            Command::Help => self.prompt(Some(Note::Help)).or(Some(anything(Note::Help))),
            Command::ProvideAmount { amount } => {
                let declared = self.state.declared().cloned();
                self.answer("amount", &amount, context, gate, now, |command| {
                    with_amount(command, amount, declared.as_ref())
                })
            }
            Command::ProvideQuantity { quantity } => {
                self.answer("quantity", &quantity, context, gate, now, |command| {
                    with_slot(&command, "quantity", &quantity)
                })
            }
            Command::ProvideInterval { interval } => {
                self.answer("interval", &interval, context, gate, now, |command| {
                    with_slot(&command, "interval", &interval)
                })
            }
            Command::ChooseOption { position } => {
                let State::Choosing { options, .. } = &self.state else {
                    return self.not_understood(gate, Note::NotUnderstood);
                };
                match position.index(options.len()).and_then(|at| options.get(at)) {
                    Some(chosen) => self.put(chosen.clone(), self.least(context), gate, now),
                    None => self.not_understood(gate, Note::NotUnderstood),
                }
            }
            command => {
                let facts = Facts::of(&command);
                alternatives.retain(|other| {
                    let other_facts = Facts::of(other);
                    let is_answer = other_facts.effect == Effect::Answer;
                    !is_answer && *other != command && !is_same_payment(&facts, &other_facts)
                });
                if alternatives.is_empty() {
                    return match self.correction(&command) {
                        Some(corrected) => self.put(corrected, self.least(context), gate, now),
                        None => self.put(command, context, gate, now),
                    };
                }
                alternatives.insert(0, command);
                alternatives.truncate(MAX_OPTIONS);
                self.open(State::Choosing {
                    options: alternatives,
                    context,
                    asked_at: now.at,
                })
            }
        }
    }

    /// Fills a slot of the draft that is being asked about, or changes the command that is being
    /// confirmed.
    fn answer(
        &mut self,
        slot: &str,
        value: &impl Serialize,
        context: Context,
        gate: &mut Gate,
        now: Moment,
        change: impl FnOnce(Command) -> Option<Command>,
    ) -> Option<Event> {
        let State::Filling { draft, .. } = &self.state else {
            let change = |command| change(command).into_iter().collect();
            return self.change(change, context, gate, now);
        };
        match draft.clone().with(slot, value) {
            Some(draft) => self.fill(draft, context, gate, now),
            None => self.not_understood(gate, Note::NotUnderstood),
        }
    }

    fn confirm(&mut self, heard: &Context, gate: &mut Gate, now: Moment) -> Option<Event> {
        let State::Confirming { question } = &self.state else {
            // A yes without a question, or to a question that is none of yes and no.
            return self.prompt(Some(Note::NotUnderstood));
        };
        let question: Question = question.clone();
        // A mumbled yes is none.
        if heard.confidence < gate.policy().refuse_below {
            return self.not_understood(gate, Note::NotUnderstood);
        }
        if is_other_voice(&question, heard) {
            return self.ask_anew(&question, *heard, gate, now);
        }
        let answer = gate.confirm(&question, now);
        self.settle(answer)
    }

    fn pin(&mut self, pin: &Pin, heard: &Context, gate: &mut Gate, now: Moment) -> Option<Event> {
        let State::Confirming { question } = &self.state else {
            return self.prompt(Some(Note::NotUnderstood));
        };
        let question: Question = question.clone();
        if is_other_voice(&question, heard) {
            return self.ask_anew(&question, *heard, gate, now);
        }
        let answer = gate.confirm_with_pin(&question, pin, now);
        self.settle(answer)
    }

    /// Asks somebody else about the same command. What it costs is what was asked about: an answer
    /// does not tell.
    fn ask_anew(
        &mut self,
        question: &Question,
        heard: Context,
        gate: &mut Gate,
        now: Moment,
    ) -> Option<Event> {
        let context = Context {
            total: question.context().total,
            ..self.least(heard)
        };
        self.put(question.command().clone(), context, gate, now)
    }

    fn settle(&mut self, answer: Result<crate::gate::Authorised, NotConfirmed>) -> Option<Event> {
        let refused = match answer {
            Ok(authorised) => {
                self.end();
                return Some(Event::Authorised(authorised));
            }
            Err(NotConfirmed::PinNeeded) => return self.prompt(Some(Note::PinNeeded)),
            Err(NotConfirmed::Pin(PinRefused::Wrong)) => {
                return self.prompt(Some(Note::WrongPin));
            }
            Err(NotConfirmed::Expired | NotConfirmed::Replayed) => {
                self.end();
                return None;
            }
            Err(NotConfirmed::Pin(refused)) => Refused::Pin(refused),
            Err(NotConfirmed::Refused(refusal)) => Refused::Policy(refusal),
        };
        self.end();
        Some(Event::Refused(refused))
    }

    fn deny(&mut self, now: Moment) -> Option<Event> {
        match &self.state {
            State::Idle => None,
            State::Confirming { question } => self.open(State::Correcting {
                command: question.command().clone(),
                context: *question.context(),
                asked_at: now.at,
            }),
            _ => self.cancel(CancelReason::BySpeaker),
        }
    }

    /// A name answers "An wen?", chooses an option, or corrects the payee.
    fn name(
        &mut self,
        name: &Party,
        namesakes: &[Party],
        context: Context,
        gate: &mut Gate,
        now: Moment,
    ) -> Option<Event> {
        match &self.state {
            State::Filling { draft, .. } => match draft.clone().with_names(name, namesakes) {
                Some(draft) => self.fill(draft, context, gate, now),
                None => self.not_understood(gate, Note::NotUnderstood),
            },
            State::Choosing { options, .. } => {
                let is_named = |option: &str| {
                    let mut names = std::iter::once(name).chain(namesakes);
                    names.any(|name| matches_name(option, &name.name))
                };
                let options = options.iter().zip(state::option_names(options));
                let mut named = options.filter(|(_, option)| is_named(option));
                match (named.next(), named.next()) {
                    (Some((only, _)), None) => {
                        self.put(only.clone(), self.least(context), gate, now)
                    }
                    _ => self.not_understood(gate, Note::NotUnderstood),
                }
            }
            _ => {
                let change = |command: Command| with_names(&command, name, namesakes);
                self.change(change, context, gate, now)
            }
        }
    }

    /// Asks for what a draft lacks, or puts its command before the gate.
    fn fill(
        &mut self,
        draft: Draft,
        context: Context,
        gate: &mut Gate,
        now: Moment,
    ) -> Option<Event> {
        match draft.choices() {
            Ok(commands) => self.one_of(commands, context, gate, now),
            Err(_) => {
                let context = self.least(context);
                self.open(State::Filling {
                    draft,
                    context,
                    asked_at: now.at,
                })
            }
        }
    }

    /// Changes the command that is being confirmed, which is then asked about anew: a yes to the
    /// old question must not confirm the new amount.
    fn change(
        &mut self,
        change: impl FnOnce(Command) -> Vec<Command>,
        context: Context,
        gate: &mut Gate,
        now: Moment,
    ) -> Option<Event> {
        let command = match &self.state {
            State::Confirming { question } => question.command(),
            State::Correcting { command, .. } => command,
            _ => return self.not_understood(gate, Note::NotUnderstood),
        };
        let changed = change(command.clone());
        self.one_of(changed, context, gate, now)
    }

    /// The only one of these is put before the gate; of several the speaker chooses.
    fn one_of(
        &mut self,
        mut commands: Vec<Command>,
        context: Context,
        gate: &mut Gate,
        now: Moment,
    ) -> Option<Event> {
        let context = self.least(context);
        match commands.len() {
            0 => self.not_understood(gate, Note::NotUnderstood),
            1 => self.put(commands.remove(0), context, gate, now),
            _ => {
                commands.truncate(MAX_OPTIONS);
                self.open(State::Choosing {
                    options: commands,
                    context,
                    asked_at: now.at,
                })
            }
        }
    }

    fn put(
        &mut self,
        command: Command,
        context: Context,
        gate: &mut Gate,
        now: Moment,
    ) -> Option<Event> {
        self.end();
        match gate.ask(command, context, now) {
            Ok(Asked::Run(authorised)) => Some(Event::Authorised(authorised)),
            Ok(Asked::Question(question)) => self.open(State::Confirming { question }),
            Err(refusal) => Some(Event::Refused(Refused::Policy(refusal))),
        }
    }

    /// The more careful of what was known before and what is known now: an answer that was heard
    /// well does not make up for a command that was not, nor one voice for another.
    fn least(&self, context: Context) -> Context {
        let before = match &self.state {
            State::Idle => return context,
            State::Filling { context, .. }
            | State::Choosing { context, .. }
            | State::Correcting { context, .. } => context,
            State::Confirming { question } => question.context(),
        };
        merge::least(before, &context)
    }

    /// "Nein, sechzig Euro an Anna": an order said again for the same payee or thing, or of the same
    /// amount, corrects the open one and keeps its other parts. With both new it is another order.
    fn correction(&self, command: &Command) -> Option<Command> {
        let (before, later) = (self.draft()?, Draft::of(command)?);
        let kind = later.kind();
        let same = |slot: &str| {
            let value = |draft: &Draft| draft.get::<serde_json::Value>(slot);
            value(&before) == value(&later)
        };
        let about = [Role::Payee, Role::Thing].into_iter();
        let same_about = about
            .filter_map(|role| kind.slot(role))
            .all(|slot| same(slot.name));
        let amount = kind.slot(Role::Amount).filter(|slot| slot.is_needed);
        let same_amount = amount.is_some_and(|slot| same(slot.name));
        let is_same = before.kind() == kind && (same_about || same_amount);
        before
            .corrected_by(later)
            .complete()
            .ok()
            .filter(|_| is_same)
    }

    fn draft(&self) -> Option<Draft> {
        match &self.state {
            State::Filling { draft, .. } => Some(draft.clone()),
            State::Confirming { question } => Draft::of(question.command()),
            State::Correcting { command, .. } => Draft::of(command),
            State::Idle | State::Choosing { .. } => None,
        }
    }

    /// Says why an order was not taken as one, also where no question is open: who gave it must not
    /// think that it was carried out.
    fn not_carried_out(&mut self, gate: &Gate, why: Note) -> Option<Event> {
        if self.is_open() {
            self.not_understood(gate, why)
        } else {
            Some(anything(why))
        }
    }

    fn not_understood(&mut self, gate: &Gate, why: Note) -> Option<Event> {
        if !self.is_open() {
            return None;
        }
        self.failures = self.failures.saturating_add(1);
        if self.failures >= gate.policy().max_attempts() {
            return self.cancel(CancelReason::NotUnderstood);
        }
        self.prompt(Some(why))
    }

    fn open(&mut self, state: State) -> Option<Event> {
        self.failures = 0;
        self.state = state;
        self.prompt(None)
    }

    fn prompt(&self, note: Option<Note>) -> Option<Event> {
        let prompt = self.open_prompt()?;
        Some(Event::Prompt(Prompt { note, ..prompt }))
    }

    fn cancel(&mut self, reason: CancelReason) -> Option<Event> {
        self.end();
        Some(Event::Cancelled(reason))
    }

    fn end(&mut self) {
        *self = Self::default();
    }
}

/// The same amount to the same payee: whether that is a bill or a shop, nobody can answer.
fn is_same_payment(one: &Facts, other: &Facts) -> bool {
    let both_spend = one.effect == Effect::Spend && other.effect == Effect::Spend;
    both_spend
        && one.amount.is_some()
        && one.payee.is_some()
        && (one.amount, &one.payee) == (other.amount, &other.payee)
        && one.name != other.name
}

/// Somebody else answers: what it takes is then decided anew.
fn is_other_voice(question: &Question, heard: &Context) -> bool {
    heard.speaker == Speaker::Unknown && question.context().speaker != Speaker::Unknown
}

fn anything(note: Note) -> Event {
    Event::Prompt(Prompt {
        ask: Ask::Anything,
        note: Some(note),
        total: None,
        declared: None,
        expect: Expectation::default(),
    })
}
