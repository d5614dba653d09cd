//! What a bank, shop or speaker implements to be spoken with.

use zahlwort_commands::{Money, Order};

use crate::dialogue::Dialogue;
use crate::gate::{Authorised, GateState};
use crate::policy::{Facts, Moment};

/// What a host answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// It is done.
    Done,
    /// It was done before: the same key came again, and nothing was done now.
    DoneBefore,
    /// How much money there is.
    Balance(Money),
    /// Transactions, the cart, products: a name and what it cost or costs, each.
    Lines(Vec<Line>),
    /// Something else, in the host's own words, which are said as they are.
    Words(String),
}

/// A line of a list that is read out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What or who.
    pub name: String,
    /// How much, where it has a price.
    pub amount: Option<Money>,
    /// Whether the amount went out rather than came in.
    pub is_outgoing: bool,
}

/// Why a host does not do what it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HostError {
    /// There is no such contact, product, account or order.
    #[error("there is no {0}")]
    NotFound(String),
    /// The account does not hold enough.
    #[error("the account does not hold enough")]
    InsufficientFunds,
    /// Too few are left.
    #[error("{0} is out of stock")]
    OutOfStock(String),
    /// The card or account is blocked.
    #[error("{0} is blocked")]
    Blocked(String),
    /// The price has risen above what was authorised.
    #[error("the price has changed; ask again")]
    PriceChanged,
    /// The authorisation is too old.
    #[error("the authorisation has expired; ask again")]
    Expired,
    /// The host cannot do this.
    #[error("this host cannot do that")]
    Unsupported,
    /// Something else, in the host's own words for the speaker, in the speaker's language. They are spoken
    /// unchanged, so write them for the speaker and not for developers.
    #[error("{0}")]
    Words(String),
    /// The host cannot tell whether it was done. Only a repetition with the same key is safe.
    #[error("the host could not be reached: {0}")]
    Unavailable(String),
}

/// A bank, shop or speaker. Money moves in [`Host::execute`] only, which takes what only a
/// [`crate::gate::Gate`] makes. A host whose calls are asynchronous waits for them in here, with its runtime's
/// `block_on`.
pub trait Host {
    /// Whether the host can carry a command out at all, by its `type` in JSON, such as `send_money`; an intent
    /// of the host's own grammar by the intent's name. What it cannot do is left out of help, and refused
    /// before anything is asked about it.
    fn can(&self, command: &str) -> bool {
        let _ = command;
        true
    }

    /// What a command that names no amount will cost. `None`: nothing, or it names it.
    ///
    /// # Errors
    /// If it names something that does not exist.
    fn quote(&self, command: &Order) -> Result<Option<Money>, HostError>;

    /// Whether the command could be carried out now: funds, stock, blocked cards. It changes
    /// nothing, and is asked before the speaker is, so that nobody confirms what cannot be done.
    ///
    /// # Errors
    /// Why not.
    fn authorise(&self, command: &Order, amount: Option<Money>) -> Result<(), HostError>;

    /// Stores what has to survive a restart. It is called before every [`Host::execute`].
    ///
    /// # Errors
    /// If it could not be stored: nothing is carried out then.
    fn save(&mut self, dialogue: &Dialogue, gate: &GateState) -> Result<(), HostError>;

    /// Carries out a command, completely or not at all, and at most once for a key.
    ///
    /// # Errors
    /// Why nothing was done; [`HostError::Unavailable`] if nobody knows.
    fn execute(&mut self, authorised: Authorised, now: Moment) -> Result<Response, HostError>;
}

/// What is asked about every command before anybody is asked to confirm it: what it costs, and whether it could
/// be carried out now. Every [`Host`] answers that; `()` knows no prices and has no objections.
pub trait Quotes {
    /// What a command costs that does not say so itself; `facts` are what the policy weighs about it.
    ///
    /// # Errors
    /// Why it could not be carried out.
    fn quoted(&self, command: &Order, facts: &Facts) -> Result<Option<Money>, HostError>;
}

impl<H: Host> Quotes for H {
    fn quoted(&self, command: &Order, facts: &Facts) -> Result<Option<Money>, HostError> {
        let total = self.quote(command)?;
        self.authorise(command, facts.amount.or(total))?;
        let name = match command {
            Order::Custom { intent, .. } => intent,
            _ => facts.name,
        };
        if self.can(name) {
            Ok(total)
        } else {
            Err(HostError::Unsupported)
        }
    }
}

impl Quotes for () {
    fn quoted(&self, _: &Order, _: &Facts) -> Result<Option<Money>, HostError> {
        Ok(None)
    }
}
