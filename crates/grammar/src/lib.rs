//! Sentence templates and typed slots, compiled to automata that text and speech are matched against.

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
pub use open::objection::{Objection, takes_back};
pub use read::MatchOptions;
pub use sample::Sampler;
pub use source::Grammar;
pub use value::*;
pub use walk::{StateId, Walker};
