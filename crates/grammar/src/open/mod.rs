//! Open slots: words that are on no list, and which words they never are.
//!
//! A name that nobody has listed may be nearly anything, but not everything: in "überweise Anna nicht
//! 50 Euro" nobody is called "Anna nicht". A word that changes what a sentence means (a negation, a
//! number, a second payee, a word taken back) is never read as a part of a name; the sentence is then
//! not in the grammar, and [`Automaton::objection`](crate::Automaton::objection) tells why. The words
//! are a table for each language ([`crate::language::names`]); the net that leaves them out is walked by text and
//! speech alike ([`net`]).

pub(crate) mod kind;
pub(crate) mod net;
pub(crate) mod objection;

pub use kind::Open;
