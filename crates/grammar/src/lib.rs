//! Sentence templates and typed slots, compiled to automata that text and speech are matched against.

pub mod builtin;
mod expr;
mod language;
mod matched;
pub mod source;
mod value;

pub use builtin::Builtin;
pub use expr::*;
pub use language::Language;
pub use matched::*;
pub use source::Grammar;
pub use value::*;
