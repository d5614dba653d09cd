//! From a sentence to an authorised command, question by question: what is missing is asked for,
//! what moves money is read back, and the PIN is asked for where the policy wants it.
//!
//! There is no audio and no clock inside. Where audio ends, an [`Input`] goes in with the time; an
//! [`Turn`] says what to say or do.

mod answers;
mod desk;
mod help;
mod merge;
mod options;
mod orders;
mod read_back;
mod render;
mod replies;
mod say;
mod state;
mod templates;
#[cfg(test)]
mod tests;
mod turn;
mod words;

pub use render::Spoken;
pub use replies::Stage;
pub use templates::{Address, TemplateError, Templates};
pub use turn::{Ask, CancelReason, Input, Note, Prompt, Refused, Turn};

use serde::{Deserialize, Serialize};
use zahlwort_commands::{Draft, Expectation};

use crate::gate::{Gate, is_open};
use crate::host::Quotes;
use crate::policy::{Context, Moment};
use desk::Desk;
use state::State;

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
    /// for. The host is asked what a command costs and whether it can be carried out, before anybody is asked
    /// to confirm it; `&()` is a host that has nothing to say to that.
    pub fn advance(
        &mut self,
        input: Input,
        gate: &mut Gate,
        host: &dyn Quotes,
        now: Moment,
    ) -> Option<Turn> {
        let desk = &mut Desk { gate, host, now };
        let seconds = desk.gate.policy().confirmation_seconds();
        let expired = self
            .state
            .asked_at()
            .is_some_and(|asked_at| !is_open(asked_at, now, seconds));
        if expired {
            self.end();
            if matches!(input, Input::Timeout | Input::NoSpeech) {
                return Some(Turn::Cancelled(CancelReason::TimedOut));
            }
        }
        match input {
            Input::Order {
                order,
                alternatives,
                context,
            } => self.order(order, alternatives, context, desk),
            Input::Answer {
                answer,
                namesakes,
                context,
            } => self.answer(answer, &namesakes, context, desk),
            Input::Draft(draft, context) => {
                let draft = match self.draft() {
                    Some(before) if before.kind() == draft.kind() => before.corrected_by(draft),
                    _ => draft,
                };
                self.fill(draft, context, desk)
            }
            Input::Rejected | Input::NoSpeech => {
                self.not_understood(desk.gate, Note::NotUnderstood)
            }
            Input::Negated => self.not_carried_out(desk.gate, Note::Negated),
            Input::Several => self.not_carried_out(desk.gate, Note::Several),
            Input::Timeout if self.is_open() => self.cancel(CancelReason::TimedOut),
            Input::Timeout => None,
        }
    }

    /// The lower confidence and the stricter speaker of before and now: an answer that was heard well does not
    /// make up for a command that was heard badly, nor for one by another voice.
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

    fn draft(&self) -> Option<Draft> {
        match &self.state {
            State::Filling { draft, .. } => Some(draft.clone()),
            State::Confirming { question } => Draft::of(question.command()),
            State::Correcting { command, .. } => Draft::of(command),
            State::Idle | State::Choosing { .. } => None,
        }
    }

    /// Says why an order was not carried out, even if no question is open, so that the speaker does not believe
    /// that it was.
    fn not_carried_out(&mut self, gate: &Gate, why: Note) -> Option<Turn> {
        if self.is_open() {
            self.not_understood(gate, why)
        } else {
            Some(anything(why))
        }
    }

    fn not_understood(&mut self, gate: &Gate, why: Note) -> Option<Turn> {
        if !self.is_open() {
            return None;
        }
        self.failures = self.failures.saturating_add(1);
        if self.failures >= gate.policy().max_attempts() {
            return self.cancel(CancelReason::NotUnderstood);
        }
        self.prompt(Some(why))
    }

    fn open(&mut self, state: State) -> Option<Turn> {
        self.failures = 0;
        self.state = state;
        self.prompt(None)
    }

    fn prompt(&self, note: Option<Note>) -> Option<Turn> {
        let prompt = self.open_prompt()?;
        Some(Turn::Prompt(Prompt { note, ..prompt }))
    }

    fn cancel(&mut self, reason: CancelReason) -> Option<Turn> {
        self.end();
        Some(Turn::Cancelled(reason))
    }

    fn end(&mut self) {
        *self = Self::default();
    }
}

fn anything(note: Note) -> Turn {
    Turn::Prompt(Prompt {
        ask: Ask::Anything,
        note: Some(note),
        total: None,
        declared: None,
        expect: Expectation::default(),
    })
}
