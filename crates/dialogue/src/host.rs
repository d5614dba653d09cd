//! What a bank, shop or speaker implements to be spoken with.

use std::future::Future;

use zahlwort_commands::{Catalog, Command, Instrument, Money};

use crate::dialogue::Dialogue;
use crate::gate::{Authorised, GateState, IdempotencyKey};
use crate::policy::Moment;

/// What a host answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
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
    /// Something else, in the host's own words for the speaker, in the speaker's language. They are said
    /// as they are, so they are no place for what only a developer understands.
    #[error("{0}")]
    Words(String),
    /// The host cannot tell whether it was done. Only a repetition with the same key is safe.
    #[error("the host could not be reached: {0}")]
    Unavailable(String),
}

/// A bank, shop or speaker. Money moves in [`Host::execute`] only, which takes what only a
/// [`crate::gate::Gate`] makes. Where a host is asynchronous, see [`AsyncHost`].
pub trait Host {
    /// The names that are listened for: contacts, products, merchants, methods, accounts.
    ///
    /// # Errors
    /// If they cannot be looked up.
    fn catalog(&self) -> Result<Catalog, HostError>;

    /// Whether the host can carry a command out at all, by its `type` in JSON, such as `send_money`; an
    /// intent of the host's own grammar by the intent's name. What it cannot is not named where the
    /// speaker asks what can be said, and is refused before anything is asked about it.
    fn can(&self, command: &str) -> bool {
        let _ = command;
        true
    }

    /// What a command that names no amount will cost. `None`: nothing, or it names it.
    ///
    /// # Errors
    /// If it names something that does not exist.
    fn quote(&self, command: &Command) -> Result<Option<Money>, HostError>;

    /// What an account holds, the main one if none is named.
    ///
    /// # Errors
    /// If there is no such account.
    fn balance(&self, account: Option<&Instrument>) -> Result<Money, HostError>;

    /// Whether the command could be carried out now: funds, stock, blocked cards. It changes
    /// nothing, and is asked before the speaker is, so that nobody confirms what cannot be done.
    ///
    /// # Errors
    /// Why not.
    fn authorise(&self, command: &Command, amount: Option<Money>) -> Result<(), HostError>;

    /// Stores what has to survive a restart. It is called before every [`Host::execute`].
    ///
    /// # Errors
    /// If it could not be stored: nothing is carried out then.
    fn save(&mut self, dialogue: &Dialogue, gate: &GateState) -> Result<(), HostError>;

    /// Carries out a command, completely or not at all, and at most once for a key.
    ///
    /// # Errors
    /// Why nothing was done; [`HostError::Unavailable`] if nobody knows.
    fn execute(&mut self, authorised: Authorised, now: Moment) -> Result<Answer, HostError>;

    /// Takes back what was carried out under a key, if that is possible.
    ///
    /// # Errors
    /// If there is no such key or it cannot be undone.
    fn undo(&mut self, key: IdempotencyKey) -> Result<Answer, HostError>;
}

/// A host whose calls are asynchronous. [`Blocking`] makes it a [`Host`]. The methods are those of
/// [`Host`].
#[allow(async_fn_in_trait, reason = "one thread drives it")]
#[allow(missing_docs, reason = "as in Host")]
pub trait AsyncHost {
    fn can(&self, command: &str) -> bool {
        let _ = command;
        true
    }
    fn catalog(&self) -> impl Future<Output = Result<Catalog, HostError>>;
    fn quote(&self, command: &Command) -> impl Future<Output = Result<Option<Money>, HostError>>;
    fn balance(
        &self,
        account: Option<&Instrument>,
    ) -> impl Future<Output = Result<Money, HostError>>;
    fn authorise(
        &self,
        command: &Command,
        amount: Option<Money>,
    ) -> impl Future<Output = Result<(), HostError>>;
    fn save(
        &mut self,
        dialogue: &Dialogue,
        gate: &GateState,
    ) -> impl Future<Output = Result<(), HostError>>;
    fn execute(
        &mut self,
        authorised: Authorised,
        now: Moment,
    ) -> impl Future<Output = Result<Answer, HostError>>;
    fn undo(&mut self, key: IdempotencyKey) -> impl Future<Output = Result<Answer, HostError>>;
}

/// Drives a future to its end: a runtime's `block_on`.
///
/// ```
/// use std::future::Future;
/// use std::sync::Arc;
/// use std::task::{Context, Poll, Wake, Waker};
/// use zahlwort_dialogue::host::BlockOn;
/// /// Sleeps until the future wakes the thread. With tokio: `self.0.block_on(future)`.
/// struct Park;
/// struct Unpark(std::thread::Thread);
/// impl Wake for Unpark {
///     fn wake(self: Arc<Self>) {
///         self.0.unpark();
///     }
/// }
/// impl BlockOn for Park {
///     fn block_on<F: Future>(&self, future: F) -> F::Output {
///         let mut future = std::pin::pin!(future);
///         let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
///         loop {
///             match future.as_mut().poll(&mut Context::from_waker(&waker)) {
///                 Poll::Ready(output) => return output,
///                 Poll::Pending => std::thread::park(),
///             }
///         }
///     }
/// }
/// assert_eq!(Park.block_on(async { 6 * 7 }), 42);
/// ```
pub trait BlockOn {
    /// Waits for the future.
    fn block_on<F: Future>(&self, future: F) -> F::Output;
}

/// An asynchronous host and what waits for it.
#[derive(Debug)]
pub struct Blocking<H, B> {
    /// The host.
    pub host: H,
    /// What drives its futures.
    pub runtime: B,
}

impl<H: AsyncHost, B: BlockOn> Host for Blocking<H, B> {
    fn can(&self, command: &str) -> bool {
        self.host.can(command)
    }

    fn catalog(&self) -> Result<Catalog, HostError> {
        self.runtime.block_on(self.host.catalog())
    }

    fn quote(&self, command: &Command) -> Result<Option<Money>, HostError> {
        self.runtime.block_on(self.host.quote(command))
    }

    fn balance(&self, account: Option<&Instrument>) -> Result<Money, HostError> {
        self.runtime.block_on(self.host.balance(account))
    }

    fn authorise(&self, command: &Command, amount: Option<Money>) -> Result<(), HostError> {
        self.runtime.block_on(self.host.authorise(command, amount))
    }

    fn save(&mut self, dialogue: &Dialogue, gate: &GateState) -> Result<(), HostError> {
        self.runtime.block_on(self.host.save(dialogue, gate))
    }

    fn execute(&mut self, authorised: Authorised, now: Moment) -> Result<Answer, HostError> {
        self.runtime.block_on(self.host.execute(authorised, now))
    }

    fn undo(&mut self, key: IdempotencyKey) -> Result<Answer, HostError> {
        self.runtime.block_on(self.host.undo(key))
    }
}
