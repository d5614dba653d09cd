//! What it takes before a command may be carried out, declared by the host.
//!
//! [`Policy::default`] is the safe one: nothing that moves money runs without being read back, a
//! new payee and larger amounts need the PIN, and a currency without rules is refused. Changes of
//! the shopping cart run at once. [`Policy::from_toml`] reads another from a file.

mod context;
mod decision;
mod declared;
mod facts;
mod file;
mod ledger;
mod moment;
mod payee;
pub(crate) mod rules;

pub use context::{Confidence, Context, Speaker};
pub use decision::{Decision, Demand, Refusal};
pub use declared::Declared;
pub use facts::Facts;
pub use file::{MAX_POLICY_BYTES, PolicyError};
pub use ledger::Ledger;
pub use moment::Moment;
pub use payee::PayeeKey;
pub use rules::{CurrencyRules, Policy};
