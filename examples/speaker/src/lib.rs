//! A household speaker that shops and banks by voice. What it owns lies in one SQLite file.

mod carry_out;
mod due;
mod goods;
mod home;
mod ledger;
mod names;
mod setup;
mod store;
mod voice;
mod words;

pub use due::Due;
pub use ledger::{Household, Movement, StoreError};
pub use setup::{SetupError, set_pin, set_up};
pub use voice::Voice;
pub use words::words;
