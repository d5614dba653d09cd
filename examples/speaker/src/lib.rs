//! A household speaker that shops and banks by voice. What it owns lies in one SQLite file.

mod ledger;
mod store;

pub use ledger::{Household, Movement, StoreError};
