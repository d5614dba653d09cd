//! Sentence templates and typed slots, compiled to automata that text and speech are matched against.
//!
//! ```text
//! YAML ──► Grammar ──► Automaton ──► Match
//!          templates    nets          intent, slots with typed values
//! ```
//!
//! ```
//! use std::collections::BTreeMap;
//! use zahlwort_grammar::{Automaton, Grammar, MatchOptions, Value, source::LoadOptions};
//!
//! let yaml = "
//! language: de
//! intents:
//!   SendMoney:
//!     data:
//!       - sentences: ['überweise {recipient} {@money:amount}']
//! lists:
//!   recipient: {wildcard: name}
//! ";
//! let grammar = Grammar::from_yaml("pay.yaml", yaml, &LoadOptions::default())?;
//! let automaton = Automaton::compile(&grammar, &BTreeMap::new())?;
//! let found = automaton.parse("Überweise Anna zwölf Euro fünfzig", &MatchOptions::default());
//! let amount = found[0].slot("amount").expect("it was said");
//! assert!(matches!(&amount.value, Ok(Value::Money(money)) if money.amount.to_string() == "12.50"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`source`] reads grammar files; [`builtin`] are the types of slots, `{@money:amount}`, each with its
//! spoken and written forms and the value that both end in; [`language`] holds all that is German or English
//! about them, and takes further languages.

mod automaton;
pub mod builtin;
mod check;
mod expr;
pub mod language;
mod marks;
mod matched;
mod net;
mod normal;
mod open;
mod read;
mod sample;
mod search;
mod sentence;
pub mod source;
mod value;
mod walk;

pub use automaton::{Automaton, CompileError, Size};
pub use builtin::Builtin;
pub use expr::*;
pub use language::Language;
pub use matched::*;
pub use open::Open;
pub use open::net::MAX_OPEN_WORDS;
pub use open::objection::{Objection, sets_a_limit, takes_back};
pub use read::{MAX_UNKNOWN_WORDS, MatchOptions};
pub use sample::Sampler;
pub use source::Grammar;
pub use value::*;
pub use walk::{StateId, Walker};
