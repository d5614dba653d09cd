//! From an understood sentence to a typed, valid command.
//!
//! ```text
//! Catalog ─► lists ─┐
//! Pack ─► Grammar ──┴─► Automaton ─► Match, one for each reading ─► Meaning ─► Command: an Order or an Answer
//!                                                                          ├─► Draft, which lacks a slot
//!                                                                          └─► Rejection
//! ```
//!
//! The [`Pack`]s have the sentences and the [`Catalog`] the names that they are said with. [`Meaning::of`]
//! takes all readings of a text, each a [`zahlwort_grammar::Match`], and says what the text means. An [`Order`]
//! is something to carry out, an [`Answer`] replies to a question; neither can hold what no payment can be
//! (zero or negative money, the 31st of April, an IBAN with a wrong checksum); a [`Rejection`] says which of
//! these it would have been, and a [`Draft`] is an order of which something was not said. What is listened for
//! beside the orders, an [`Expectation`] says.
//!
//! ```
//! use zahlwort_commands::{Catalog, Meaning, Order, Pack};
//! use zahlwort_grammar::{Automaton, Language, MatchOptions};
//!
//! let catalog = Catalog::parse("names.yaml", "contacts: [{name: Anna Schmidt, say: [Anna]}]")?;
//! let grammar = Automaton::compile(&Pack::PAYMENTS.load(Language::EN)?, &catalog.lists())?;
//! let readings = grammar.parse("send Anna twenty euros", &MatchOptions::default());
//! let Some(Meaning::Commands(commands)) = Meaning::of(&readings) else { panic!() };
//! let Some(Order::SendMoney { recipient, amount, .. }) = commands[0].meaning.order() else { panic!() };
//! assert_eq!((recipient.name.as_str(), amount.to_string()), ("Anna Schmidt", "20.00 EUR".to_owned()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What each order is stands in one table, the [`Descriptor`]s.

mod answer;
mod answers;
pub mod catalog;
mod command;
mod descriptor;
mod draft;
mod effect;
mod expectation;
mod from_match;
mod held;
mod json;
mod meaning;
mod money;
mod name;
mod order;
mod own_words;
mod pack;
mod period;
mod quantity;
mod read_by;
mod rejection;
mod schedule;
mod secret;
pub mod text;

pub use answer::{Answer, NameOf, Said};
pub use answers::{answers, narrowed};
pub use catalog::{Catalog, CatalogEntry, CatalogError};
pub use command::{Command, command_schema};
pub use descriptor::{Descriptor, Role, SlotDescriptor, Word};
pub use draft::{Draft, Missing};
pub use effect::Effect;
pub use expectation::Expectation;
pub use held::Held;
pub use json::value_json;
pub use meaning::{Meaning, Reading};
pub use money::Money;
pub use name::{Iban, Instrument, Party, Product};
pub use order::Order;
pub use own_words::{
    heard_reading, marked_objection, marked_options, marked_readings, marked_sentences,
};
pub use pack::Pack;
pub use period::{Period, PeriodError};
pub use quantity::{Quantity, unit_from_name, unit_name};
pub use read_by::ReadBy;
pub use rejection::Rejection;
pub use schedule::{Interval, Position};
pub use secret::Pin;
