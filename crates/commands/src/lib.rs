//! From an understood sentence to a typed, valid command.
//!
//! ```text
//! Catalog ─► lists ─┐
//! Pack ─► Grammar ──┴─► Automaton ─► Match, one for each reading ─► Meaning ─► Command
//!                                                                          ├─► Draft, which lacks a slot
//!                                                                          └─► Rejection
//! ```
//!
//! The [`Pack`]s have the sentences and the [`Catalog`] the names that they are said with. The ways to read a
//! text go in, each a [`zahlwort_grammar::Match`]; [`Meaning::of`] says what it means of all that. A
//! [`Command`] cannot hold what no payment can be (zero or negative money, the 31st of April, an IBAN with a
//! wrong checksum); a [`Rejection`] says which of these it would have been, and a [`Draft`] is an order of
//! which something was not said. What is listened for beside the orders, an [`Expectation`] says.
//!
//! ```
//! use zahlwort_commands::{Catalog, Command, Meaning, Pack};
//! use zahlwort_grammar::{Automaton, Language, MatchOptions};
//!
//! let catalog = Catalog::parse("names.yaml", "contacts: [{name: Anna Schmidt, say: [Anna]}]")?;
//! let grammar = Automaton::compile(&Pack::PAYMENTS.load(Language::EN)?, &catalog.lists())?;
//! let readings = grammar.parse("send Anna twenty euros", &MatchOptions::default());
//! let Some(Meaning::Commands(commands)) = Meaning::of(&readings) else { panic!() };
//! let Command::SendMoney { recipient, amount, .. } = &commands[0].meaning else { panic!() };
//! assert_eq!((recipient.name.as_str(), amount.to_string()), ("Anna Schmidt", "20.00 EUR".to_owned()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What each command is stands in one table, the [`Descriptor`]s.

mod answers;
pub mod catalog;
mod command;
mod descriptor;
mod draft;
mod effect;
mod expectation;
mod from_match;
mod json;
mod meaning;
mod money;
mod name;
mod pack;
mod quantity;
mod rejection;
mod schedule;
mod secret;
pub mod text;

pub use answers::{answers, narrowed};
pub use catalog::{Catalog, CatalogEntry, CatalogError};
pub use command::{Command, command_schema};
pub use descriptor::{Descriptor, Held, Role, SlotDescriptor};
pub use draft::{Draft, Missing};
pub use effect::Effect;
pub use expectation::{Expectation, is_name};
pub use json::value_json;
pub use meaning::{Meaning, Reading};
pub use money::Money;
pub use name::{Iban, Instrument, Party, Product};
pub use pack::Pack;
pub use quantity::{Quantity, unit_from_name, unit_name};
pub use rejection::Rejection;
pub use schedule::{Interval, Period, Position};
pub use secret::Pin;
