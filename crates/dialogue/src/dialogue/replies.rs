//! What is said when something was done, or was not.
//!
//! Errors are written for those who build and run a program, so none of their texts is ever spoken:
//! each kind has a sentence of its own in the table.

use std::str::FromStr;

use iso_currency::Currency;
use rust_decimal::Decimal;
use zahlwort_commands::Money;

use super::say::{capitalise, clean, visible};
use super::words::kind;
use crate::PinRefused;
use crate::dialogue::{CancelReason, Refused, Spoken, Templates};
use crate::host::{HostError, Line, Response};
use crate::policy::Refusal;

/// How far a host had come when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It was asked about a command, and nothing can have been done.
    Asking,
    /// It was told to carry the command out, and something may have been done.
    Doing,
}

impl Templates {
    /// Why the policy, the PIN's keeper or the host does not allow something.
    ///
    /// ```
    /// use zahlwort_dialogue::{Address, Refused, Templates};
    /// use zahlwort_dialogue::policy::Refusal;
    /// use zahlwort_grammar::Language;
    /// let refusal = Refusal::TooMuch { limit: "1000".into(), currency: "EUR".into() };
    /// let spoken = Templates::new(Language::DE, Address::Familiar).refused(&Refused::Policy(refusal));
    /// assert_eq!(spoken.text, "Das ist zu viel. Auf einmal darf ich höchstens tausend Euro bezahlen.");
    /// ```
    pub fn refused(&self, refused: &Refused) -> Spoken {
        let sentence = match refused {
            Refused::Policy(refusal) => {
                let limit = self.limit(refusal);
                self.known(&format!("refused.{}", kind(refusal)), &[("limit", &limit)])
            }
            Refused::Pin(refused) => {
                let wait = match refused {
                    PinRefused::Wait { seconds } => self.duration(*seconds),
                    _ => String::new(),
                };
                self.known(&format!("pin.{}", kind(refused)), &[("wait", &wait)])
            }
            Refused::Host(error) => return self.failed(error, Stage::Asking),
        };
        self.reply(vec![sentence])
    }

    /// Why the host did not do something.
    pub fn failed(&self, error: &HostError, stage: Stage) -> Spoken {
        let (key, name) = match (error, stage) {
            (HostError::NotFound(name), _) => ("not_found", name.as_str()),
            (HostError::InsufficientFunds, _) => ("insufficient_funds", ""),
            (HostError::OutOfStock(name), _) => ("out_of_stock", name.as_str()),
            (HostError::Blocked(name), _) => ("blocked", name.as_str()),
            (HostError::PriceChanged, _) => ("price_changed", ""),
            (HostError::Expired, _) => ("expired", ""),
            (HostError::Unsupported, _) => ("unsupported", ""),
            (HostError::Unavailable(_), Stage::Asking) => ("unavailable", ""),
            (HostError::Unavailable(_), Stage::Doing) => ("unclear", ""),
            (HostError::Words(words), _) => return self.say_text(words),
        };
        let name = clean(name);
        self.reply(vec![
            self.known(&format!("failed.{key}"), &[("name", &name)]),
        ])
    }

    /// What the host answered.
    pub fn answered(&self, answer: &Response) -> Spoken {
        let plain = |name: &str| self.get(name).to_owned();
        self.reply(match answer {
            Response::Done => vec![plain("answered.done")],
            Response::DoneBefore => vec![plain("answered.done_before")],
            Response::Balance(amount) => {
                let amount = self.amount(*amount);
                vec![self.sentence("answered.balance", &[("amount", &amount)])]
            }
            Response::Lines(lines) if lines.is_empty() => vec![plain("answered.nothing")],
            Response::Lines(lines) => lines.iter().map(|line| self.line(line)).collect(),
            Response::Words(words) => return self.say_text(words),
        })
    }

    /// How a dialogue ended without a command.
    pub fn cancelled(&self, reason: CancelReason) -> Spoken {
        self.reply(vec![
            self.known(&format!("cancelled.{}", kind(&reason)), &[]),
        ])
    }

    fn line(&self, line: &Line) -> String {
        let name = visible(&line.name);
        let Some(amount) = line.amount.map(|amount| self.amount(amount)) else {
            return self.sentence("answered.line", &[("name", &name)]);
        };
        let key = if line.is_outgoing {
            "answered.line_out"
        } else {
            "answered.line_in"
        };
        self.sentence(key, &[("name", &name), ("amount", &amount)])
    }

    /// A limit as an amount is said; as it is written if it is none.
    fn limit(&self, refusal: &Refusal) -> String {
        let (Refusal::TooMuch { limit, currency }
        | Refusal::DailyLimit { limit, currency }
        | Refusal::PayeeLimit { limit, currency }) = refusal
        else {
            return String::new();
        };
        let amount = Decimal::from_str(limit).ok();
        let money = amount
            .zip(Currency::from_code(currency))
            .and_then(|(amount, currency)| Money::new(amount, currency).ok());
        money.map_or_else(|| format!("{limit} {currency}"), |money| self.amount(money))
    }

    /// The sentence for a kind of reply. For a kind that is missing from the table it says that the command is
    /// impossible; a test checks that none is missing.
    fn known(&self, name: &str, values: &[(&str, &str)]) -> String {
        let name = self.find(name).map_or("failed.unsupported", |_| name);
        self.sentence(name, values)
    }

    fn reply(&self, mut sentences: Vec<String>) -> Spoken {
        sentences.iter_mut().for_each(capitalise);
        self.spoken(&sentences)
    }
}
