//! What carrying a command out can do.

use serde::{Deserialize, Serialize};

/// What carrying a command out can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It only looks, plays or switches.
    Harmless,
    /// It changes the shopping cart, which is easily undone.
    Cart,
    /// It changes an order, a card or how later payments are made, or is an intent of a host that
    /// says nothing about it.
    Change,
    /// It asks somebody else for money.
    Request,
    /// It spends money.
    Spend,
}
