//! Minimal acyclic automata over characters, tags and calls, and how an [`Expr`] becomes one.
//!
//! An expression is first a nondeterministic automaton (Thompson's construction), then made
//! deterministic by the subset construction and minimal by merging equal states from the ends
//! backwards (Revuz, "Minimisation of acyclic deterministic automata in linear time", 1992), so
//! that sentences share their beginnings and their ends. Tags and calls are letters of the alphabet
//! like any other; reading them merely consumes no text.
//!
//! Word boundaries are settled here, once: a compiled root net reads `" word word"`, every word
//! with exactly one space before it, whatever white space optional words left in the template.

mod determinise;
mod minimise;
mod nfa;
#[cfg(test)]
mod tests;

use determinise::{Flag, determinise};
use minimise::minimise;
use nfa::{Letter, Nfa};

use crate::{Expr, MAX_TAG, Tag};

/// A letter of the automaton's alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Symbol(u32);

/// A [`Symbol`], taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Reads this character.
    Char(char),
    /// Reads any character of a word with which no other arc of the state goes on.
    Any,
    /// Reads nothing, emits a tag.
    Tag(Tag),
    /// Reads what the net of call site `n` reads.
    Call(u32),
    /// Reads nothing: the sentence of data block `n` is complete.
    End(u32),
}

const SHIFT: u32 = 28;

impl Symbol {
    pub(crate) const ANY: Symbol = Symbol(3 << SHIFT);
    pub(crate) const SPACE: Symbol = Symbol(' ' as u32);

    pub(crate) fn char(c: char) -> Self {
        Self(c as u32)
    }
    pub(crate) fn tag(tag: Tag) -> Self {
        Self(1 << SHIFT | tag.0.min(MAX_TAG))
    }
    pub(crate) fn call(site: u32) -> Self {
        Self(2 << SHIFT | site)
    }
    pub(crate) fn end(data: u32) -> Self {
        Self(4 << SHIFT | data)
    }
    pub(crate) fn kind(self) -> Kind {
        let low = self.0 & MAX_TAG;
        match self.0 >> SHIFT {
            0 => Kind::Char(char::from_u32(low).unwrap_or(char::REPLACEMENT_CHARACTER)),
            1 => Kind::Tag(Tag(low)),
            2 => Kind::Call(low),
            3 => Kind::Any,
            _ => Kind::End(low),
        }
    }
}

/// An arc of a [`Net`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Arc {
    pub(crate) symbol: Symbol,
    pub(crate) target: u32,
}

/// A compiled automaton. State 0 is the start.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Net {
    arcs: Vec<Arc>,
    /// Arcs of state `s` are `arcs[first[s] .. first[s + 1]]`, in the order of their symbols.
    first: Vec<u32>,
    finals: Vec<bool>,
}

/// Why an expression has no automaton.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NetError {
    /// It accepts the empty text, which would match anywhere.
    AcceptsNothing,
    /// It grew beyond [`MAX_STATES`].
    TooLarge,
    /// A permutation of more than [`MAX_PERMUTED`] parts.
    TooManyPermuted,
}

/// The most states that a net may have before minimisation.
pub(crate) const MAX_STATES: usize = 8_000_000;
/// The most parts of one permutation: n parts take 2ⁿ states.
pub(crate) const MAX_PERMUTED: usize = 8;

impl Net {
    pub(crate) fn arcs(&self, state: u32) -> &[Arc] {
        let s = state as usize;
        &self.arcs[self.first[s] as usize..self.first[s + 1] as usize]
    }
    pub(crate) fn is_final(&self, state: u32) -> bool {
        self.finals[state as usize]
    }
    pub(crate) fn state_count(&self) -> usize {
        self.finals.len()
    }
    pub(crate) fn arc_count(&self) -> usize {
        self.arcs.len()
    }

    pub(crate) fn from_states(states: &[(bool, Vec<Arc>)]) -> Net {
        let mut net = Net {
            arcs: Vec::with_capacity(states.iter().map(|s| s.1.len()).sum()),
            first: vec![0],
            finals: Vec::with_capacity(states.len()),
        };
        for (is_final, arcs) in states {
            net.arcs.extend_from_slice(arcs);
            net.first.push(net.arcs.len() as u32);
            net.finals.push(*is_final);
        }
        net
    }

    /// Whether an arc of the state reads exactly this character.
    pub(crate) fn reads(&self, state: u32, c: char) -> bool {
        let symbol = Symbol::char(c);
        self.arcs(state)
            .binary_search_by_key(&symbol, |arc| arc.symbol)
            .is_ok()
    }

    /// The arc for every other character of a word.
    pub(crate) fn any(&self, state: u32) -> Option<&Arc> {
        self.arcs(state)
            .iter()
            .find(|arc| arc.symbol == Symbol::ANY)
    }

    /// The state after a text, as an open slot reads it.
    pub(crate) fn read(&self, from: u32, text: &str) -> Option<u32> {
        text.chars().try_fold(from, |state, c| {
            let wanted = if c == ' ' || self.reads(state, c) {
                Symbol::char(c)
            } else {
                Symbol::ANY
            };
            let arc = self.arcs(state).iter().find(|arc| arc.symbol == wanted)?;
            Some(arc.target)
        })
    }

    /// Up to `max_words` words of any characters.
    pub(crate) fn any_words(max_words: usize) -> Net {
        let mut states = vec![(
            false,
            vec![Arc {
                symbol: Symbol::ANY,
                target: 1,
            }],
        )];
        for word in 0..max_words as u32 {
            let inside = 1 + 2 * word;
            let mut arcs = Vec::new();
            if word + 1 < max_words as u32 {
                arcs.push(Arc {
                    symbol: Symbol::SPACE,
                    target: inside + 1,
                });
            }
            arcs.push(Arc {
                symbol: Symbol::ANY,
                target: inside,
            });
            states.push((true, arcs));
            states.push((
                false,
                vec![Arc {
                    symbol: Symbol::ANY,
                    target: inside + 2,
                }],
            ));
        }
        states.pop();
        Net::from_states(&states)
    }
}

/// Compiles expressions to one net. Each is followed by its own end symbol, if it has one.
///
/// `boundary_first` says whether the first word carries its leading space (sentences) or whether
/// the caller reads it (lists, built-in types).
pub(crate) fn compile(
    parts: &[(&Expr, Option<Symbol>)],
    boundary_first: bool,
    call_site: &mut dyn FnMut(&str, &str) -> u32,
) -> Result<Net, NetError> {
    let mut nfa = Nfa::default();
    let (start, end) = (nfa.state(), nfa.state());
    for (expr, end_symbol) in parts {
        let last = nfa.add(expr, start, call_site)?;
        match end_symbol {
            Some(symbol) => nfa.arc(last, Letter::Symbol(*symbol), end),
            None => nfa.arc(last, Letter::Epsilon, end),
        }
    }
    let flag = if boundary_first {
        Flag::Pending
    } else {
        Flag::Fresh
    };
    let states = determinise(&nfa, start, end, flag)?;
    if states[0].0
        || !boundary_first
            && states[0]
                .1
                .iter()
                .any(|a| matches!(a.symbol.kind(), Kind::End(_)))
    {
        return Err(NetError::AcceptsNothing);
    }
    Ok(minimise(&states))
}
