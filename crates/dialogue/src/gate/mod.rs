//! The only way from an [`Order`] to an [`Authorised`] one.

mod authorised;
mod key;
mod question;
mod state;

pub use authorised::{Authorised, Expired};
pub use key::{IdempotencyKey, KeyError};
pub(crate) use question::is_open;
pub use question::{Asks, Question};
pub use state::GateState;
use zahlwort_commands::{Effect, Order, Pin};

use crate::policy::rules::charged;
use crate::policy::{Context, Decision, Moment, PayeeKey, Policy, Refusal};
use crate::{PinRefused, PinVault, PinVaultError};

/// Stands between commands and the account: asks the [`Policy`] what each takes, checks
/// confirmations and PINs, and keeps count.
///
/// ```
/// use zahlwort_dialogue::gate::{Asked, Gate, GateState, NotConfirmed};
/// use zahlwort_dialogue::policy::{Confidence, Context, Moment, PayeeKey, Policy};
/// use zahlwort_commands::{Order, Party};
/// let now = Moment { at: jiff::Timestamp::UNIX_EPOCH, date: jiff::civil::date(1970, 1, 1) };
/// let mut gate = Gate::new(Policy::default(), GateState::default());
/// gate.trust(PayeeKey::party(&Party::named("Anna")));
/// let command: Order = serde_json::from_str(
///     r#"{"type":"send_money","recipient":{"name":"Anna"},"amount":{"amount":"20.00","currency":"EUR"}}"#,
/// )?;
/// let Asked::Question(question) = gate.ask(command, Context::new(Confidence::CERTAIN), now)? else {
///     panic!("money is read back");
/// };
/// let authorised = gate.confirm(&question, now)?;
/// assert_eq!(authorised.key(), question.key());
/// // A second yes does nothing.
/// assert_eq!(gate.confirm(&question, now), Err(NotConfirmed::Replayed));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Gate {
    policy: Policy,
    state: GateState,
}

/// What became of a command that was put before the gate.
#[derive(Debug, PartialEq)]
pub enum Asked {
    /// It may be carried out.
    Run(Authorised),
    /// The speaker must be asked.
    Question(Question),
}

/// Why an answer does not authorise a command.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotConfirmed {
    /// The answer came too late, or the clock was set back.
    #[error("the question has expired; ask again")]
    Expired,
    /// The question was answered before.
    #[error("the question was answered before")]
    Replayed,
    /// A yes is not enough.
    #[error("the PIN is needed; ask for it")]
    PinNeeded,
    /// The PIN was not accepted.
    #[error(transparent)]
    Pin(#[from] PinRefused),
    /// The policy does not allow the command any more.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl Gate {
    /// A gate that goes on from a saved state.
    pub fn new(policy: Policy, state: GateState) -> Self {
        Self { policy, state }
    }

    /// What to save after every call, before a command is carried out.
    pub fn state(&self) -> &GateState {
        &self.state
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Counts a payee as known.
    pub fn trust(&mut self, payee: PayeeKey) {
        self.state.ledger.trust(payee);
    }

    /// Sets the PIN, in an app where the owner is known. It also ends every wait.
    ///
    /// # Errors
    /// If the system gives no random salt.
    pub fn set_pin(&mut self, pin: &Pin) -> Result<(), PinVaultError> {
        self.state.pin = Some(PinVault::new(pin)?);
        self.state.last_pin = None;
        Ok(())
    }

    /// Puts a command before the policy.
    ///
    /// # Errors
    /// Why it may not be carried out, whatever the speaker answers.
    pub fn ask(&mut self, command: Order, context: Context, now: Moment) -> Result<Asked, Refusal> {
        let asks = match self.decide(&command, &context, now) {
            Decision::Refuse(refusal) => return Err(refusal),
            Decision::RunAtOnce => {
                let key = IdempotencyKey::random()?;
                return Ok(Asked::Run(self.authorise(command, &context, key, now)));
            }
            Decision::ReadBack => Asks::Confirmation,
            Decision::AskPin if self.state.pin.is_none() => return Err(Refusal::NoPin),
            Decision::AskPin => Asks::Pin,
        };
        let key = IdempotencyKey::random()?;
        Ok(Asked::Question(Question {
            declared: self.policy.declared(&command).cloned(),
            command,
            context,
            asks,
            key,
            asked_at: now.at,
            number: self.state.next_number(),
        }))
    }

    /// Takes a yes.
    ///
    /// # Errors
    /// If it came too late or twice, if the PIN is needed, or if the policy by now refuses.
    pub fn confirm(
        &mut self,
        question: &Question,
        now: Moment,
    ) -> Result<Authorised, NotConfirmed> {
        if self.recheck(question, now)? == Asks::Pin {
            return Err(NotConfirmed::PinNeeded);
        }
        Ok(self.answer(question, now))
    }

    /// Takes a PIN, which is also a yes.
    ///
    /// # Errors
    /// As [`Gate::confirm`], and if the PIN is wrong or too many were.
    pub fn confirm_with_pin(
        &mut self,
        question: &Question,
        pin: &Pin,
        now: Moment,
    ) -> Result<Authorised, NotConfirmed> {
        // Before the PIN: a question that is closed must not tell whether a PIN is right.
        self.recheck(question, now)?;
        let vault = self.state.pin.as_mut().ok_or(Refusal::NoPin)?;
        vault.check(pin, now)?;
        self.state.last_pin = Some(now.at);
        Ok(self.answer(question, now))
    }

    fn decide(&self, command: &Order, context: &Context, now: Moment) -> Decision {
        let state = &self.state;
        self.policy
            .decide(command, context, &state.ledger, state.last_pin, now)
    }

    /// What the question demands at this moment: the limits may have been used up since it was asked, and the
    /// saved question may have been made under another policy. It never takes less than what was asked for.
    fn recheck(&self, question: &Question, now: Moment) -> Result<Asks, NotConfirmed> {
        if !question.is_open(now, self.policy.confirmation_seconds()) {
            return Err(NotConfirmed::Expired);
        }
        if self.state.is_used(question) {
            return Err(NotConfirmed::Replayed);
        }
        if self.state.is_forgotten(question) {
            return Err(NotConfirmed::Expired);
        }
        match self.decide(&question.command, &question.context, now) {
            Decision::Refuse(refusal) => Err(refusal.into()),
            Decision::AskPin => Ok(Asks::Pin),
            Decision::RunAtOnce | Decision::ReadBack => Ok(question.asks),
        }
    }

    fn answer(&mut self, question: &Question, now: Moment) -> Authorised {
        self.state.use_up(question);
        self.authorise(
            question.command.clone(),
            &question.context,
            question.key,
            now,
        )
    }

    fn authorise(
        &mut self,
        command: Order,
        context: &Context,
        key: IdempotencyKey,
        now: Moment,
    ) -> Authorised {
        // What has no clear facts was refused before.
        let facts = self.policy.facts(&command).ok();
        let amount = facts.as_ref().and_then(|facts| charged(facts, context));
        if let Some(facts) = facts.filter(|facts| facts.effect == Effect::Spend) {
            self.state.ledger.record(&facts, amount, now.date);
        }
        let seconds = self.policy.confirmation_seconds();
        Authorised::new(command, amount, key, now, seconds)
    }
}
