//! Answers: what each does to the question that is open.

use jiff::Timestamp;
use serde::Serialize;
use zahlwort_commands::{Answer, Order, Party, Pin};

use super::anything;
use super::desk::Desk;
use super::merge::{with_amount, with_names, with_slot};
use super::options;
use super::state::State;
use crate::PinRefused;
use crate::dialogue::{CancelReason, Dialogue, Note, Refused, Turn};
use crate::gate::{Authorised, NotConfirmed, Question};
use crate::policy::{Context, Speaker};

impl Dialogue {
    /// What an answer does to the question that is open.
    pub(super) fn answer(
        &mut self,
        answer: Answer,
        namesakes: &[Party],
        context: Context,
        desk: &mut Desk<'_>,
    ) -> Option<Turn> {
        match answer {
            Answer::Confirm => self.confirm(&context, desk),
            Answer::ProvidePin { pin } => self.pin(&pin, &context, desk),
            Answer::Deny => self.deny(desk.now.at),
            Answer::Cancel if self.is_open() => self.cancel(CancelReason::BySpeaker),
            Answer::Cancel => None,
            Answer::Repeat => self.prompt(None),
            Answer::Help => self.prompt(Some(Note::Help)).or(Some(anything(Note::Help))),
            Answer::ProvideAmount { amount } => {
                let declared = self.state.declared().cloned();
                self.value("amount", &amount, context, desk, |command| {
                    with_amount(command, amount, declared.as_ref())
                })
            }
            Answer::ProvideQuantity { quantity } => {
                self.value("quantity", &quantity, context, desk, |command| {
                    with_slot(&command, "quantity", &quantity)
                })
            }
            Answer::ProvideInterval { interval } => {
                self.value("interval", &interval, context, desk, |command| {
                    with_slot(&command, "interval", &interval)
                })
            }
            Answer::ChooseOption { position } => {
                let State::Choosing { options, .. } = &self.state else {
                    return self.not_understood(desk.gate, Note::NotUnderstood);
                };
                match position.index(options.len()).and_then(|at| options.get(at)) {
                    Some(chosen) => self.put(chosen.clone(), self.least(context), desk),
                    None => self.not_understood(desk.gate, Note::NotUnderstood),
                }
            }
            Answer::Name(said) => self.name(&said.name, namesakes, context, desk),
        }
    }

    /// Fills a slot of the draft that is being asked about, or changes the command that is being
    /// confirmed.
    fn value(
        &mut self,
        slot: &str,
        value: &impl Serialize,
        context: Context,
        desk: &mut Desk<'_>,
        change: impl FnOnce(Order) -> Option<Order>,
    ) -> Option<Turn> {
        let State::Filling { draft, .. } = &self.state else {
            let change = |command| change(command).into_iter().collect();
            return self.change(change, context, desk);
        };
        match draft.clone().with(slot, value) {
            Some(draft) => self.fill(draft, context, desk),
            None => self.not_understood(desk.gate, Note::NotUnderstood),
        }
    }

    fn confirm(&mut self, heard: &Context, desk: &mut Desk<'_>) -> Option<Turn> {
        let State::Confirming { question } = &self.state else {
            // A yes without a question, or to a question that is none of yes and no.
            return self.prompt(Some(Note::NotUnderstood));
        };
        let question: Question = question.clone();
        // A yes of low confidence does not confirm.
        if heard.confidence < desk.gate.policy().refuse_below {
            return self.not_understood(desk.gate, Note::NotUnderstood);
        }
        if is_other_voice(&question, heard) {
            return self.put(question.command().clone(), self.least(*heard), desk);
        }
        let answer = desk.gate.confirm(&question, desk.now);
        self.settle(answer)
    }

    fn pin(&mut self, pin: &Pin, heard: &Context, desk: &mut Desk<'_>) -> Option<Turn> {
        let State::Confirming { question } = &self.state else {
            return self.prompt(Some(Note::NotUnderstood));
        };
        let question: Question = question.clone();
        if is_other_voice(&question, heard) {
            return self.put(question.command().clone(), self.least(*heard), desk);
        }
        let answer = desk.gate.confirm_with_pin(&question, pin, desk.now);
        self.settle(answer)
    }

    fn settle(&mut self, answer: Result<Authorised, NotConfirmed>) -> Option<Turn> {
        let refused = match answer {
            Ok(authorised) => {
                self.end();
                return Some(Turn::Authorised(authorised));
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
        Some(Turn::Refused(refused))
    }

    fn deny(&mut self, now: Timestamp) -> Option<Turn> {
        match &self.state {
            State::Idle => None,
            State::Confirming { question } => self.open(State::Correcting {
                command: question.command().clone(),
                context: *question.context(),
                asked_at: now,
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
        desk: &mut Desk<'_>,
    ) -> Option<Turn> {
        match &self.state {
            State::Filling { draft, .. } => match draft.clone().with_names(name, namesakes) {
                Some(draft) => self.fill(draft, context, desk),
                None => self.not_understood(desk.gate, Note::NotUnderstood),
            },
            State::Choosing { options, .. } => {
                let is_named = |option: &str| {
                    let mut names = std::iter::once(name).chain(namesakes);
                    names.any(|name| options::is_named_by(option, &name.name))
                };
                let options = options.iter().zip(options::names(options));
                let mut named =
                    options.filter(|(_, option)| option.as_deref().is_some_and(is_named));
                match (named.next(), named.next()) {
                    (Some((only, _)), None) => self.put(only.clone(), self.least(context), desk),
                    _ => self.not_understood(desk.gate, Note::NotUnderstood),
                }
            }
            _ => {
                let change = |command: Order| with_names(&command, name, namesakes);
                self.change(change, context, desk)
            }
        }
    }

    /// Changes the command that is being confirmed, which is then asked about anew: a yes to the
    /// old question must not confirm the new amount.
    fn change(
        &mut self,
        change: impl FnOnce(Order) -> Vec<Order>,
        context: Context,
        desk: &mut Desk<'_>,
    ) -> Option<Turn> {
        let command = match &self.state {
            State::Confirming { question } => question.command(),
            State::Correcting { command, .. } => command,
            _ => return self.not_understood(desk.gate, Note::NotUnderstood),
        };
        let changed = change(command.clone());
        self.one_of(changed, context, desk)
    }
}

/// Another speaker answers, so what the command takes is decided again.
fn is_other_voice(question: &Question, heard: &Context) -> bool {
    heard.speaker == Speaker::Unknown && question.context().speaker != Speaker::Unknown
}
