//! A payment that is not complete yet.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use zahlwort_grammar::Match;

use crate::dialogue::merge::with_name;
use crate::from_match::Slots;
use crate::{Command, Instrument, Interval, Money, Party, Rejection};

/// Which payment it is to become. Only commands that need more than one slot can lack one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftKind {
    /// [`Command::SendMoney`].
    SendMoney,
    /// [`Command::RequestMoney`].
    RequestMoney,
    /// [`Command::CreateStandingOrder`].
    CreateStandingOrder,
    /// [`Command::TopUp`].
    TopUp,
}

/// What a draft lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Who gets or is asked for the money.
    Recipient,
    /// What is loaded.
    Target,
    /// How much.
    Amount,
    /// How often.
    Interval,
}

impl Missing {
    /// The slot that would fill it.
    pub fn slot(self) -> &'static str {
        match self {
            Missing::Recipient => "recipient",
            Missing::Target => "target",
            Missing::Amount => "amount",
            Missing::Interval => "interval",
        }
    }
}

/// A payment of which some slots were said. [`Draft::complete`] makes it a command once it has
/// what a command must have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// Which payment.
    pub kind: DraftKind,
    /// Who gets or is asked for the money.
    pub recipient: Option<Party>,
    /// Others that were as likely meant: the other Anna. Who it is is asked once all else is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub namesakes: Vec<Party>,
    /// What is loaded.
    pub target: Option<Instrument>,
    /// How much.
    pub amount: Option<Money>,
    /// How often.
    pub interval: Option<Interval>,
    /// The execution or first day.
    pub date: Option<Date>,
    /// What the recipient reads.
    pub reference: Option<String>,
    /// With what it is paid.
    pub payment_method: Option<Instrument>,
}

impl Draft {
    /// A draft of which nothing is known.
    pub fn new(kind: DraftKind) -> Self {
        Self {
            kind,
            recipient: None,
            namesakes: Vec::new(),
            target: None,
            amount: None,
            interval: None,
            date: None,
            reference: None,
            payment_method: None,
        }
    }

    /// The draft of a sentence that [`Command::from_match`] rejects for a missing slot. `None` if
    /// its intent is no payment with several slots.
    ///
    /// # Errors
    /// If a slot that was said cannot be what it must be, as in [`Command::from_match`].
    pub fn from_match(found: &Match) -> Result<Option<Self>, Rejection> {
        let (kind, date) = match found.intent.as_str() {
            "SendMoney" => (DraftKind::SendMoney, "execution_date"),
            "RequestMoney" => (DraftKind::RequestMoney, "execution_date"),
            "CreateStandingOrder" => (DraftKind::CreateStandingOrder, "start_date"),
            "TopUp" => (DraftKind::TopUp, "execution_date"),
            _ => return Ok(None),
        };
        let slots = Slots { found };
        Ok(Some(Self {
            kind,
            recipient: slots.get("recipient")?,
            namesakes: Vec::new(),
            target: slots.get("target")?,
            amount: slots.get("amount")?,
            interval: slots.get("interval")?,
            date: slots.get(date)?,
            reference: slots.get("reference")?,
            payment_method: slots.get("payment_method")?,
        }))
    }

    /// The draft that a command was; `None` for commands of another kind.
    pub fn of(command: &Command) -> Option<Self> {
        let command = command.clone();
        Some(match command {
            Command::SendMoney {
                recipient,
                amount,
                reference,
                execution_date,
                payment_method,
            } => Self {
                recipient: Some(recipient),
                amount: Some(amount),
                reference,
                date: execution_date,
                payment_method,
                ..Self::new(DraftKind::SendMoney)
            },
            Command::RequestMoney {
                recipient,
                amount,
                reference,
            } => Self {
                recipient: Some(recipient),
                amount: Some(amount),
                reference,
                ..Self::new(DraftKind::RequestMoney)
            },
            Command::CreateStandingOrder {
                recipient,
                amount,
                interval,
                start_date,
                reference,
                payment_method,
            } => Self {
                recipient: Some(recipient),
                amount: Some(amount),
                interval: Some(interval),
                date: start_date,
                reference,
                payment_method,
                ..Self::new(DraftKind::CreateStandingOrder)
            },
            Command::TopUp { target, amount } => Self {
                target: Some(target),
                amount: Some(amount),
                ..Self::new(DraftKind::TopUp)
            },
            _ => return None,
        })
    }

    /// The draft with what a later one says instead; what it does not say stays.
    #[must_use]
    pub fn corrected_by(self, later: Draft) -> Self {
        let named_anew = later.recipient.is_some() || later.target.is_some();
        Self {
            kind: later.kind,
            recipient: later.recipient.or(self.recipient),
            namesakes: if named_anew {
                later.namesakes
            } else {
                self.namesakes
            },
            target: later.target.or(self.target),
            amount: later.amount.or(self.amount),
            interval: later.interval.or(self.interval),
            date: later.date.or(self.date),
            reference: later.reference.or(self.reference),
            payment_method: later.payment_method.or(self.payment_method),
        }
    }

    /// All that must still be said, in the order in which it is asked for; empty if it is complete.
    pub fn missing(&self) -> Vec<Missing> {
        let needed: &[Missing] = match self.kind {
            DraftKind::SendMoney | DraftKind::RequestMoney => {
                &[Missing::Recipient, Missing::Amount]
            }
            DraftKind::CreateStandingOrder => {
                &[Missing::Recipient, Missing::Amount, Missing::Interval]
            }
            DraftKind::TopUp => &[Missing::Target, Missing::Amount],
        };
        let lacks = |missing: &Missing| match missing {
            Missing::Recipient => self.recipient.is_none(),
            Missing::Target => self.target.is_none(),
            Missing::Amount => self.amount.is_none(),
            Missing::Interval => self.interval.is_none(),
        };
        needed.iter().copied().filter(lacks).collect()
    }

    /// The command, and the same for each of its [`namesakes`](Self::namesakes).
    ///
    /// ```
    /// use zahlwort_commerce::{Party, dialogue::{Draft, DraftKind}};
    /// let draft = Draft {
    ///     recipient: Some(Party::named("Anna Schmidt")),
    ///     namesakes: vec![Party::named("Anna Weber")],
    ///     amount: serde_json::from_str(r#"{"amount":"20.00","currency":"EUR"}"#)?,
    ///     ..Draft::new(DraftKind::SendMoney)
    /// };
    /// assert_eq!(draft.choices().map(|commands| commands.len()), Ok(2));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// # Errors
    /// What is missing.
    pub fn choices(&self) -> Result<Vec<Command>, Missing> {
        let first = self.complete()?;
        let others = self
            .namesakes
            .iter()
            .filter_map(|other| with_name(first.clone(), other));
        Ok(std::iter::once(first.clone()).chain(others).collect())
    }

    /// The command, or what is asked for first.
    ///
    /// ```
    /// use zahlwort_commerce::dialogue::{Draft, DraftKind, Missing};
    /// assert_eq!(Draft::new(DraftKind::SendMoney).complete(), Err(Missing::Recipient));
    /// ```
    ///
    /// # Errors
    /// What is missing.
    pub fn complete(&self) -> Result<Command, Missing> {
        let recipient = || self.recipient.clone().ok_or(Missing::Recipient);
        let amount = || self.amount.ok_or(Missing::Amount);
        let reference = self.reference.clone();
        let payment_method = self.payment_method.clone();
        Ok(match self.kind {
            DraftKind::SendMoney => Command::SendMoney {
                recipient: recipient()?,
                amount: amount()?,
                reference,
                execution_date: self.date,
                payment_method,
            },
            DraftKind::RequestMoney => Command::RequestMoney {
                recipient: recipient()?,
                amount: amount()?,
                reference,
            },
            DraftKind::CreateStandingOrder => Command::CreateStandingOrder {
                recipient: recipient()?,
                amount: amount()?,
                interval: self.interval.ok_or(Missing::Interval)?,
                start_date: self.date,
                reference,
                payment_method,
            },
            DraftKind::TopUp => Command::TopUp {
                target: self.target.clone().ok_or(Missing::Target)?,
                amount: amount()?,
            },
        })
    }
}
