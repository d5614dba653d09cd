//! The rules and how they decide.

use std::collections::BTreeMap;

use iso_currency::Currency;
use jiff::Timestamp;
use rust_decimal::Decimal;
use zahlwort_commands::{Answer, Descriptor, Effect, Money, Order, ReadBy};

use crate::policy::{
    Confidence, Context, Decision, Declared, Demand, Facts, Ledger, Moment, PolicyError, Refusal,
    Speaker,
};

/// The rules of one currency, in its major unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CurrencyRules {
    /// Payments to known payees up to here need no read-back. None where it is not set.
    /// Only with a daily limit: many small payments are a large one.
    pub run_at_once_up_to: Option<Decimal>,
    /// Payments above need the PIN. Every payment does where it is not set.
    pub pin_above: Option<Decimal>,
    /// Payments above are refused.
    pub refuse_above: Option<Decimal>,
    /// What may be paid in one local day.
    pub daily_limit: Option<Decimal>,
    /// What one payee may get in one local day.
    pub payee_daily_limit: Option<Decimal>,
}

/// What it takes before a command may be carried out. See the [module](crate::policy).
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    pub(crate) confirmation_seconds: u32,
    pub(crate) pin_grace_seconds: u32,
    pub(crate) refuse_below: Confidence,
    pub(crate) read_back_below: Confidence,
    pub(crate) max_attempts: u8,
    pub(crate) new_payee: Demand,
    pub(crate) unknown_speaker: Demand,
    pub(crate) learned: Demand,
    pub(crate) commands: BTreeMap<String, Demand>,
    pub(crate) intents: BTreeMap<String, Declared>,
    pub(crate) currencies: BTreeMap<String, CurrencyRules>,
}

impl Default for Policy {
    fn default() -> Self {
        let rules = CurrencyRules {
            run_at_once_up_to: None,
            pin_above: Some(Decimal::from(50)),
            refuse_above: Some(Decimal::from(1000)),
            daily_limit: Some(Decimal::from(1000)),
            payee_daily_limit: Some(Decimal::from(1000)),
        };
        Self {
            confirmation_seconds: 45,
            pin_grace_seconds: 0,
            refuse_below: Confidence::new(0.4),
            read_back_below: Confidence::new(0.8),
            max_attempts: 3,
            new_payee: Demand::AskPin,
            unknown_speaker: Demand::AskPin,
            learned: Demand::ReadBack,
            commands: BTreeMap::new(),
            intents: BTreeMap::new(),
            currencies: ["EUR", "USD", "GBP", "CHF"]
                .map(|code| (code.to_owned(), rules))
                .into(),
        }
    }
}

impl Policy {
    /// Replaces the demand of one command, by its `type` in JSON, or of an intent of the host's own
    /// that was declared ([`Policy::with_intent`]), by its name. It is where the policy starts
    /// from: amounts, payees and confidence can only ask for more, except for
    /// [`CurrencyRules::run_at_once_up_to`].
    ///
    /// ```
    /// use zahlwort_dialogue::policy::{Demand, Policy};
    /// let policy = Policy::default().with_command("check_balance", Demand::AskPin)?;
    /// assert!(policy.with_command("fly", Demand::Refuse).is_err());
    /// # Ok::<(), zahlwort_dialogue::policy::PolicyError>(())
    /// ```
    ///
    /// # Errors
    /// If no command has the name.
    pub fn with_command(mut self, name: &str, demand: Demand) -> Result<Self, PolicyError> {
        let mut known: Vec<&str> = Descriptor::names().collect();
        known.extend(self.intents.keys().map(String::as_str));
        if !known.contains(&name) {
            return Err(PolicyError::UnknownCommand {
                name: name.to_owned(),
                known: known.join(", "),
            });
        }
        self.commands.insert(name.to_owned(), demand);
        Ok(self)
    }

    /// Declares what an intent of the host's own does. One that is not declared is a change: it is
    /// read back, and no limit counts it.
    ///
    /// # Errors
    /// If the intent is one of the packs or an answer, which are what they are, or if it names an amount
    /// or a payee without being about money.
    pub fn with_intent(mut self, intent: &str, declared: Declared) -> Result<Self, PolicyError> {
        let wrong = |problem: &str| PolicyError::Value {
            key: format!("intents.{intent}"),
            problem: problem.to_owned(),
        };
        if intent.is_empty() || Descriptor::of_intent(intent).is_some() || Answer::is_name(intent) {
            return Err(wrong("is an intent of the packs; use a name of your own"));
        }
        if Descriptor::of_name(intent).is_some() {
            return Err(wrong("is the name of a command; use another name"));
        }
        let is_money = matches!(declared.effect, Effect::Spend | Effect::Request);
        if !is_money && (declared.amount.is_some() || declared.payee.is_some()) {
            return Err(wrong(
                "names an amount or a payee, so its effect must be \"spend\" or \"request\"",
            ));
        }
        self.intents.insert(intent.to_owned(), declared);
        Ok(self)
    }

    /// What the host declared about a command, if it is one of its own.
    pub fn declared(&self, command: &Order) -> Option<&Declared> {
        match command {
            Order::Custom { intent, .. } => self.intents.get(intent),
            _ => None,
        }
    }

    /// What is weighed about a command, with what the host declared about its own.
    ///
    /// # Errors
    /// [`Refusal::Uncertain`] if a declared slot holds no single amount or payee.
    pub fn facts(&self, command: &Order) -> Result<Facts, Refusal> {
        self.declared(command).map_or_else(
            || Ok(Facts::of(command)),
            |declared| declared.facts(command).map_err(|_| Refusal::Uncertain),
        )
    }

    /// Replaces the rules of one currency.
    pub fn with_currency(mut self, currency: Currency, rules: CurrencyRules) -> Self {
        self.currencies.insert(currency.code().to_owned(), rules);
        self
    }

    /// Replaces what a payee that was never paid before takes.
    pub fn with_new_payee(mut self, demand: Demand) -> Self {
        self.new_payee = demand;
        self
    }

    /// Replaces what it takes to carry out what the learned reading understood, where that spends, asks for money,
    /// cancels, blocks or changes anything but the cart. The default reads it back, whatever is allowed for the
    /// sentences of a grammar.
    ///
    /// ```
    /// use zahlwort_commands::{Order, ReadBy};
    /// use zahlwort_dialogue::policy::*;
    /// let policy = Policy::default().with_command("stop_music", Demand::RunAtOnce)?;
    /// let policy = policy.with_command("block_card", Demand::RunAtOnce)?;
    /// let now = Moment { at: jiff::Timestamp::UNIX_EPOCH, date: jiff::civil::date(1970, 1, 1) };
    /// let learned = Context { reading: ReadBy::Learned, ..Context::new(Confidence::CERTAIN) };
    /// let decide = |order| policy.decide(order, &learned, &Ledger::default(), None, now);
    /// assert_eq!(decide(&Order::StopMusic), Decision::RunAtOnce);
    /// assert_eq!(decide(&Order::BlockCard { payment_method: None }), Decision::ReadBack);
    /// # Ok::<(), PolicyError>(())
    /// ```
    pub fn with_learned(mut self, demand: Demand) -> Self {
        self.learned = demand;
        self
    }

    /// How long a question may be answered, in seconds.
    pub fn confirmation_seconds(&self) -> u32 {
        self.confirmation_seconds
    }

    /// After how many answers in a row that were not understood a dialogue ends.
    pub fn max_attempts(&self) -> u8 {
        self.max_attempts
    }

    /// Decides about a command. `last_pin` is when the PIN was last right.
    ///
    /// ```
    /// use zahlwort_dialogue::policy::*;
    /// use zahlwort_commands::Order;
    /// let now = Moment { at: jiff::Timestamp::UNIX_EPOCH, date: jiff::civil::date(1970, 1, 1) };
    /// let context = Context::new(Confidence::CERTAIN);
    /// let decide = |c| Policy::default().decide(c, &context, &Ledger::default(), None, now);
    /// assert_eq!(decide(&Order::ShowCart), Decision::RunAtOnce);
    /// // What it will cost is not known, so the PIN is asked for.
    /// assert_eq!(decide(&Order::Checkout { payment_method: None }), Decision::AskPin);
    /// ```
    pub fn decide(
        &self,
        command: &Order,
        context: &Context,
        ledger: &Ledger,
        last_pin: Option<Timestamp>,
        now: Moment,
    ) -> Decision {
        let facts = match self.facts(command) {
            Ok(facts) => facts,
            Err(refusal) => return Decision::Refuse(refusal),
        };
        let name = match command {
            Order::Custom { intent, .. } if self.commands.contains_key(intent) => intent,
            _ => facts.name,
        };
        let base = self.base(name, facts.effect);
        let demand = match facts.effect {
            Effect::Harmless | Effect::Cart => base,
            Effect::Change | Effect::Request | Effect::Spend => {
                if context.confidence < self.refuse_below {
                    return Decision::Refuse(Refusal::Uncertain);
                }
                let unsure = context.confidence < self.read_back_below;
                let voice = if context.speaker == Speaker::Unknown {
                    self.unknown_speaker
                } else {
                    Demand::RunAtOnce
                };
                if voice == Demand::Refuse {
                    return Decision::Refuse(Refusal::UnknownSpeaker);
                }
                let learned = if context.reading == ReadBy::Learned {
                    self.learned
                } else {
                    Demand::RunAtOnce
                };
                if learned == Demand::Refuse {
                    return Decision::Refuse(Refusal::Uncertain);
                }
                let sure = if unsure {
                    Demand::ReadBack
                } else {
                    Demand::RunAtOnce
                };
                let paying = if facts.effect == Effect::Spend {
                    match self.paying(&facts, base, context, ledger, last_pin, now) {
                        Ok(demand) => demand,
                        Err(refusal) => return Decision::Refuse(refusal),
                    }
                } else {
                    base
                };
                paying.max(voice).max(learned).max(sure)
            }
        };
        match demand {
            Demand::RunAtOnce => Decision::RunAtOnce,
            Demand::ReadBack => Decision::ReadBack,
            Demand::AskPin => Decision::AskPin,
            Demand::Refuse => Decision::Refuse(Refusal::Forbidden {
                command: name.to_owned(),
            }),
        }
    }

    fn base(&self, name: &str, effect: Effect) -> Demand {
        let default = match effect {
            Effect::Harmless | Effect::Cart => Demand::RunAtOnce,
            Effect::Change | Effect::Request | Effect::Spend => Demand::ReadBack,
        };
        self.commands.get(name).copied().unwrap_or(default)
    }

    fn paying(
        &self,
        facts: &Facts,
        base: Demand,
        context: &Context,
        ledger: &Ledger,
        last_pin: Option<Timestamp>,
        now: Moment,
    ) -> Result<Demand, Refusal> {
        let known = facts.payee.as_ref().is_none_or(|payee| ledger.knows(payee));
        if !known && self.new_payee == Demand::Refuse {
            return Err(Refusal::NewPayee);
        }
        let payee = if known {
            Demand::RunAtOnce
        } else {
            self.new_payee
        };
        // Where nobody knows how much it is, no limit can speak for it: the PIN must.
        let Some(amount) = charged(facts, context) else {
            return Ok(base.max(payee).max(Demand::AskPin));
        };
        let rules = self.currencies.get(amount.currency().code());
        let rules = rules.ok_or_else(|| Refusal::UnknownCurrency {
            currency: amount.currency().code().to_owned(),
        })?;
        check_limits(rules, facts, amount, ledger, now)?;
        let is_fresh = last_pin
            .and_then(|at| now.seconds_since(at))
            .is_some_and(|ago| ago < u64::from(self.pin_grace_seconds));
        let over = rules.pin_above.is_none_or(|limit| amount.amount() > limit);
        let small = rules
            .run_at_once_up_to
            .filter(|_| rules.daily_limit.is_some())
            .is_some_and(|limit| amount.amount() <= limit);
        let base = if base == Demand::ReadBack && small && facts.payee.is_some() && known {
            Demand::RunAtOnce
        } else {
            base
        };
        let size = match (over, is_fresh) {
            (false, _) => Demand::RunAtOnce,
            (true, true) => Demand::ReadBack,
            (true, false) => Demand::AskPin,
        };
        Ok(base.max(payee).max(size))
    }
}

/// What a command costs: what was said, else what the host knows.
pub(crate) fn charged(facts: &Facts, context: &Context) -> Option<Money> {
    match facts.effect {
        Effect::Spend => facts.amount.or(context.total),
        _ => None,
    }
}

fn check_limits(
    rules: &CurrencyRules,
    facts: &Facts,
    amount: Money,
    ledger: &Ledger,
    now: Moment,
) -> Result<(), Refusal> {
    let code = amount.currency().code();
    let currency = code.to_owned();
    // A sum that no decimal can hold is above every limit.
    let exceeds = |spent: Decimal, limit: Decimal| {
        spent
            .checked_add(amount.amount())
            .is_none_or(|sum| sum > limit)
    };
    if let Some(limit) = rules.refuse_above.filter(|l| exceeds(Decimal::ZERO, *l)) {
        let limit = limit.to_string();
        return Err(Refusal::TooMuch { limit, currency });
    }
    let spent = ledger.spent(code, now.date);
    if let Some(limit) = rules.daily_limit.filter(|l| exceeds(spent, *l)) {
        let limit = limit.to_string();
        return Err(Refusal::DailyLimit { limit, currency });
    }
    if let Some(payee) = &facts.payee {
        let spent = ledger.spent_on(payee, code, now.date);
        if let Some(limit) = rules.payee_daily_limit.filter(|l| exceeds(spent, *l)) {
            let limit = limit.to_string();
            return Err(Refusal::PayeeLimit { limit, currency });
        }
    }
    Ok(())
}
