//! Whether what was authorised may have been.

use rust_decimal::Decimal;
use zahlwort_commands::{Answer, Money, Order, Pin};
use zahlwort_dialogue::gate::Authorised;
use zahlwort_dialogue::policy::{Context, Speaker};
use zahlwort_dialogue::{Note, PinRefused, Prompt, Refused, Turn};

use crate::rules::{AT_ONCE, Level, PIN, READ_BACK, Weighed, payee, said_amount, spends};
use crate::vault::Attempt;
use crate::world::{Broken, World};

impl World<'_> {
    /// The level of a command by the rules, as things stand now.
    pub fn level(&self, command: &Order, amount: Option<Money>, context: &Context) -> Level {
        let now = self.now();
        let code = amount.map_or("", |amount| amount.currency().code());
        let payee = payee(command);
        let spent_on = |payee: &String| self.book.spent_on(payee, code, now.date);
        self.rules.level(&Weighed {
            command,
            amount,
            confidence: context.confidence.get(),
            is_stranger: context.speaker == Speaker::Unknown,
            is_pin_fresh: self
                .last_pin
                .is_some_and(|at| (0..self.rules.grace()).contains(&(self.second - at))),
            spent: self.book.spent(code, now.date),
            spent_on_payee: payee.as_ref().map_or(Decimal::ZERO, spent_on),
            known: &self.book.known,
        })
    }

    pub fn amount(command: &Order, context: &Context) -> Option<Money> {
        said_amount(command)
            .or(context.total)
            .filter(|_| spends(command))
    }

    /// Whose voice the open question counts as.
    pub fn speaker_of_question(&self) -> Option<Speaker> {
        let saved = serde_json::to_value(&self.dialogue).ok()?;
        let speaker = saved.pointer("/state/question/context/speaker")?;
        serde_json::from_value(speaker.clone()).ok()
    }

    pub fn is_mumbled(&self, context: &Context) -> bool {
        context.confidence.get() < self.rules.refuse_below
    }

    pub fn check_spoken(
        &self,
        authorised: &Authorised,
        answer: Option<&Answer>,
        context: &Context,
        is_other_voice: bool,
    ) -> Result<(), Broken> {
        let (command, amount) = (authorised.command(), authorised.amount());
        let mut known = self.said;
        known.total = amount;
        let broken = |why: &str| Err(format!("{why}: {command:?} {answer:?} {context:?}"));
        if let Some(said) = said_amount(command).filter(|_| spends(command))
            && amount != Some(said)
        {
            return broken("authorised for another amount than it says");
        }
        if answer.is_none() {
            if said_amount(command).is_none() && amount.is_some_and(|a| !self.totals.contains(&a)) {
                return broken("authorised for a total that nobody told");
            }
            return match self.level(command, amount, &known) {
                AT_ONCE => Ok(()),
                _ => broken("ran at once"),
            };
        }
        let Some(asked) = &self.asked else {
            return broken("nothing was asked, or too long ago");
        };
        if asked.command != *command {
            return broken("something else was read back");
        }
        if spends(command) && said_amount(command).is_none() && asked.total != amount {
            return broken(&format!(
                "another total was read back than the {amount:?} authorised, {:?}",
                asked.total
            ));
        }
        if context.speaker == Speaker::Unknown {
            known.speaker = Speaker::Unknown;
        }
        let level = self.level(command, amount, &known);
        match answer {
            _ if is_other_voice && level == AT_ONCE => Ok(()),
            _ if is_other_voice => broken("another voice"),
            Some(Answer::Confirm) if self.is_mumbled(context) => broken("a mumbled yes"),
            Some(Answer::Confirm) if asked.is_pin => broken("a yes where the PIN was asked for"),
            Some(Answer::Confirm) if level <= READ_BACK => Ok(()),
            Some(Answer::ProvidePin { pin }) if *pin == self.vault.right && level <= PIN => Ok(()),
            _ => broken("the policy demands more"),
        }
    }

    /// Compares what became of a PIN with what must.
    pub fn count_pin(
        &mut self,
        answer: Option<&Answer>,
        event: &Option<Turn>,
    ) -> Result<(), Broken> {
        let Some(Answer::ProvidePin { pin }) = answer else {
            return Ok(());
        };
        let attempt = match event {
            Some(Turn::Authorised(_)) if self.asked.is_some() => Attempt::Right,
            Some(Turn::Prompt(Prompt {
                note: Some(Note::WrongPin),
                ..
            })) => Attempt::Wrong,
            Some(Turn::Refused(Refused::Pin(PinRefused::Blocked))) => Attempt::Blocked,
            Some(Turn::Refused(Refused::Pin(_))) => Attempt::Wait,
            _ => return Ok(()),
        };
        self.try_pin(pin.clone(), attempt)
    }

    pub fn try_pin(&mut self, pin: Pin, attempt: Attempt) -> Result<(), Broken> {
        self.counts.pins += 1;
        let expected = self.vault.attempt(&pin, self.second);
        if expected != attempt {
            return Err(format!("a PIN: {attempt:?} instead of {expected:?}"));
        }
        if attempt == Attempt::Right {
            self.last_pin = Some(self.second);
        }
        Ok(())
    }

    pub fn check_books(&self) -> Result<(), Broken> {
        if self.bank.sum() != Decimal::ZERO {
            return Err(format!("the accounts sum to {}", self.bank.sum()));
        }
        let date = self.now().date;
        for code in ["EUR", "USD", "JPY", "CHF"] {
            let (ours, theirs) = (
                self.book.spent(code, date),
                self.gate.state().ledger.spent(code, date),
            );
            if ours != theirs {
                return Err(format!(
                    "the ledger has {theirs} {code} of {date}, not {ours}"
                ));
            }
        }
        Ok(())
    }
}
