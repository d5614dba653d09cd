//! Sentence templates and typed slots, compiled to automata that text and speech are matched against.

mod automaton;
pub mod builtin;
mod expr;
mod language;
mod marks;
mod matched;
mod net;
mod normal;
mod read;
mod sample;
mod search;
pub mod source;
mod value;
mod walk;

pub use automaton::{Automaton, CompileError, MAX_OPEN_WORDS, MAX_RANGE, Size};
pub use builtin::Builtin;
pub use expr::*;
pub use language::Language;
pub use matched::*;
pub use read::MatchOptions;
pub use sample::Sampler;
pub use source::Grammar;
pub use value::*;
pub use walk::{StateId, Walker};
