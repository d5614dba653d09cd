//! A household speaker that shops and banks by voice. What it owns lies in one SQLite file.

mod due;
mod ledger;
mod store;

pub use due::Due;
pub use ledger::{Household, Movement, StoreError};
