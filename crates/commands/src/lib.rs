//! From an understood sentence to a typed, valid command: [`Command`] and its parts, the grammar
//! packs that name its intents, and the [`Catalog`] of names that fill their slots.
//!
//! The ways to read a text go in, each a [`zahlwort_grammar::Match`]; [`Meaning::of`] says what it
//! means of all that. [`Command::from_match`] gives the command of one reading, which cannot hold
//! what no payment can be (zero or negative money, the 31st of April, an IBAN with a wrong
//! checksum), or a [`Rejection`] that says which of these it would have been.

pub mod catalog;
mod command;
mod descriptor;
pub mod dialogue;
pub mod export;
mod from_match;
pub mod gate;
pub mod host;
mod json;
mod meaning;
mod money;
mod name;
mod pack;
mod pin;
pub mod policy;
mod quantity;
mod rejection;
mod schedule;
mod secret;
mod text;

pub use catalog::{Catalog, CatalogEntry, CatalogError};
pub use command::{Command, command_schema};
pub use descriptor::{Descriptor, Role, SlotDescriptor};
pub use json::value_json;
pub use meaning::{Meaning, Reading};
pub use money::Money;
pub use name::{Iban, Instrument, Party, Product};
pub use pack::Pack;
pub use pin::{PinRefused, PinVault, PinVaultError};
pub use quantity::{Quantity, unit_from_name, unit_name};
pub use rejection::Rejection;
pub use schedule::{Interval, Period, Position};
pub use secret::Pin;
