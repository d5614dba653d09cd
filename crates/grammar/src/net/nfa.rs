//! Nondeterministic automata: Thompson's construction.

use super::{MAX_PERMUTED, MAX_STATES, NetError, Symbol};
use crate::Expr;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letter {
    Epsilon,
    Boundary,
    Symbol(Symbol),
}

/// Most states have one arc, so that a vector for each would be what takes the time: all arcs lie in
/// one, and those of a state are linked.
#[derive(Default)]
pub(super) struct Nfa {
    /// For each state one more than the index of its newest arc; 0 if it has none.
    pub(super) newest: Vec<u32>,
    /// Each arc with the one of the same state before it, counted likewise.
    arcs: Vec<(Letter, u32, u32)>,
}

impl Nfa {
    pub(super) fn state(&mut self) -> u32 {
        self.newest.push(0);
        self.newest.len() as u32 - 1
    }
    pub(super) fn arc(&mut self, from: u32, letter: Letter, to: u32) {
        let newest = &mut self.newest[from as usize];
        self.arcs.push((letter, to, *newest));
        *newest = self.arcs.len() as u32;
    }
    /// The arcs of a state, the newest first.
    pub(super) fn arcs(&self, state: u32) -> impl Iterator<Item = (Letter, u32)> {
        let mut at = self.newest[state as usize];
        std::iter::from_fn(move || {
            let index = (at as usize).checked_sub(1)?;
            let (letter, to, before) = self.arcs[index];
            at = before;
            Some((letter, to))
        })
    }
    fn next(&mut self, from: u32, letter: Letter) -> u32 {
        let to = self.state();
        self.arc(from, letter, to);
        to
    }

    /// Adds `expr` behind `from` and returns the state after it.
    pub(super) fn add(
        &mut self,
        expr: &Expr,
        from: u32,
        call_site: &mut dyn FnMut(&str, &str) -> u32,
    ) -> Result<u32, NetError> {
        if self.newest.len() > MAX_STATES {
            return Err(NetError::TooLarge);
        }
        Ok(match expr {
            Expr::Lit(text) => text.chars().fold(from, |at, c| {
                self.next(
                    at,
                    if c.is_whitespace() {
                        Letter::Boundary
                    } else {
                        Letter::Symbol(Symbol::char(c))
                    },
                )
            }),
            Expr::Seq(parts) => {
                let mut at = from;
                for part in parts {
                    at = self.add(part, at, call_site)?;
                }
                at
            }
            Expr::Alt(parts) => {
                let end = self.state();
                for part in parts {
                    // A state of its own keeps the alternatives of nested groups apart.
                    let begin = self.next(from, Letter::Epsilon);
                    let last = self.add(part, begin, call_site)?;
                    self.arc(last, Letter::Epsilon, end);
                }
                end
            }
            Expr::Opt(inner) => {
                let last = self.add(inner, from, call_site)?;
                let end = self.next(last, Letter::Epsilon);
                self.arc(from, Letter::Epsilon, end);
                end
            }
            Expr::Perm(parts) => {
                if parts.len() > MAX_PERMUTED {
                    return Err(NetError::TooManyPermuted);
                }
                // One state for each subset of the parts already said.
                let full = (1usize << parts.len()) - 1;
                let said: Vec<u32> = (0..=full).map(|_| self.state()).collect();
                self.arc(from, Letter::Epsilon, said[0]);
                for mask in 0..full {
                    for (k, part) in parts.iter().enumerate().filter(|(k, _)| mask >> k & 1 == 0) {
                        let begin = self.next(said[mask], Letter::Boundary);
                        let last = self.add(part, begin, call_site)?;
                        self.arc(last, Letter::Boundary, said[mask | 1 << k]);
                    }
                }
                said[full]
            }
            Expr::Tag(tag) => self.next(from, Letter::Symbol(Symbol::tag(*tag))),
            Expr::Slot { list, slot } => {
                self.next(from, Letter::Symbol(Symbol::call(call_site(list, slot))))
            }
        })
    }
}
