//! The first pass: sentences of a grammar, as the CTC head hears them.
//!
//! - [`alphabet`] spells a grammar's characters in the head's outputs;
//! - [`search`] finds the likeliest sentences of a grammar, without knowing how long they are;
//! - [`score`] says how likely a given text is, and when each character of it was said.

pub(crate) mod alphabet;
pub(crate) mod score;
pub(crate) mod search;

pub(crate) use alphabet::Alphabet;

#[cfg(test)]
pub(crate) mod testing;
