//! Orders: completed, corrected, chosen from, and put before the gate.

use zahlwort_commands::{Draft, Effect, Order, Role};

use super::desk::Desk;
use super::state::State;
use crate::dialogue::{Dialogue, Note, Turn};
use crate::gate::Asked;
use crate::policy::{Context, Facts};

/// At most this many options are read out; nobody remembers more.
const MAX_OPTIONS: usize = 5;

impl Dialogue {
    /// An order that was said in full; with others that it may as well have been, the speaker chooses.
    pub(super) fn order(
        &mut self,
        command: Order,
        mut alternatives: Vec<Order>,
        context: Context,
        desk: &mut Desk<'_>,
    ) -> Option<Turn> {
        let facts = Facts::of(&command);
        alternatives.retain(|other| {
            let other_facts = Facts::of(other);
            *other != command && !is_same_payment(&facts, &other_facts)
        });
        if alternatives.is_empty() {
            return match self.correction(&command) {
                Some(corrected) => self.put(corrected, self.least(context), desk),
                None => self.put(command, context, desk),
            };
        }
        alternatives.insert(0, command);
        alternatives.truncate(MAX_OPTIONS);
        self.open(State::Choosing {
            options: alternatives,
            context,
            asked_at: desk.now.at,
        })
    }

    /// Asks for what a draft lacks, or puts its command before the gate.
    pub(super) fn fill(
        &mut self,
        draft: Draft,
        context: Context,
        desk: &mut Desk<'_>,
    ) -> Option<Turn> {
        match draft.choices() {
            Ok(commands) => self.one_of(commands, context, desk),
            Err(_) => {
                let context = self.least(context);
                self.open(State::Filling {
                    draft,
                    context,
                    asked_at: desk.now.at,
                })
            }
        }
    }

    /// The only one of these is put before the gate; of several the speaker chooses.
    pub(super) fn one_of(
        &mut self,
        mut commands: Vec<Order>,
        context: Context,
        desk: &mut Desk<'_>,
    ) -> Option<Turn> {
        let context = self.least(context);
        match commands.len() {
            0 => self.not_understood(desk.gate, Note::NotUnderstood),
            1 => self.put(commands.remove(0), context, desk),
            _ => {
                commands.truncate(MAX_OPTIONS);
                self.open(State::Choosing {
                    options: commands,
                    context,
                    asked_at: desk.now.at,
                })
            }
        }
    }

    pub(super) fn put(
        &mut self,
        command: Order,
        context: Context,
        desk: &mut Desk<'_>,
    ) -> Option<Turn> {
        // Whatever becomes of it, a yes that comes later must not pay what was asked about before.
        self.end();
        match desk.put(command, context) {
            Ok(Asked::Run(authorised)) => Some(Turn::Authorised(authorised)),
            Ok(Asked::Question(question)) => self.open(State::Confirming { question }),
            Err(refused) => Some(Turn::Refused(refused)),
        }
    }

    /// "Nein, sechzig Euro an Anna": an order said again for the same payee or thing, or of the same
    /// amount, corrects the open one and keeps its other parts. With both new it is another order.
    fn correction(&self, command: &Order) -> Option<Order> {
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
}

/// Whether both pay the same amount to the same payee. Nobody could answer whether a bill or a shop is meant.
fn is_same_payment(one: &Facts, other: &Facts) -> bool {
    let both_spend = one.effect == Effect::Spend && other.effect == Effect::Spend;
    both_spend
        && one.amount.is_some()
        && one.payee.is_some()
        && (one.amount, &one.payee) == (other.amount, &other.payee)
        && one.name != other.name
}
