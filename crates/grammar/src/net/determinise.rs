//! The subset construction, which also settles word boundaries.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::nfa::{Letter, Nfa};
use super::{Arc, Kind, MAX_STATES, NetError, Symbol};

/// How much making an automaton deterministic may grow it: states of the one that each state of the
/// other stands for, for each state of the first. Tries need one or two; what doubles with every choice
/// is refused before it is done.
const MAX_GROWTH: usize = 64;
/// What small ones may grow to.
const MAX_GROWN: usize = 4_000_000;

/// What has been read just before a state, as far as word boundaries are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    /// A character of a word: what follows without a boundary is glued to it.
    Glue = 0,
    /// A boundary that has not been written yet: if a word follows, its space comes first.
    Pending = 1,
    /// A space that somebody else wrote (before a list's entry): further boundaries are swallowed.
    Fresh = 2,
    /// A space, written for the very next character or call.
    Spaced = 3,
}

impl Flag {
    fn of(item: u32) -> Flag {
        [Flag::Glue, Flag::Pending, Flag::Fresh, Flag::Spaced][(item & 3) as usize]
    }
}

pub(super) fn determinise(
    nfa: &Nfa,
    start: u32,
    end: u32,
    flag: Flag,
) -> Result<Vec<(bool, Vec<Arc>)>, NetError> {
    let item = |state: u32, flag: Flag| state << 2 | flag as u32;
    let mut index: FxHashMap<Rc<[u32]>, u32> = FxHashMap::default();
    let mut sets: Vec<Rc<[u32]>> = Vec::new();
    let mut states: Vec<(bool, Vec<Arc>)> = Vec::new();
    let mut closure = Closure::new(nfa);

    let first: Rc<[u32]> = closure.of([item(start, flag)]).into();
    index.insert(Rc::clone(&first), 0);
    sets.push(first);
    let mut moves: Vec<(Symbol, u32)> = Vec::new();
    let mut left = MAX_GROWN + MAX_GROWTH * nfa.newest.len();
    let mut at = 0;
    while at < sets.len() {
        let set = Rc::clone(&sets[at]);
        left = left.checked_sub(set.len()).ok_or(NetError::TooLarge)?;
        let is_final = set.iter().any(|&i| i >> 2 == end);
        moves.clear();
        for &i in set.iter() {
            let (state, flag) = (i >> 2, Flag::of(i));
            for (letter, to) in nfa.arcs(state) {
                let Letter::Symbol(symbol) = letter else {
                    continue;
                };
                match symbol.kind() {
                    Kind::Tag(_) => moves.push((symbol, item(to, flag))),
                    Kind::End(_) => moves.push((symbol, item(to, Flag::Glue))),
                    Kind::Char(_) | Kind::Any | Kind::Call(_) if flag == Flag::Pending => {
                        moves.push((Symbol::SPACE, item(state, Flag::Spaced)));
                    }
                    Kind::Char(_) | Kind::Any | Kind::Call(_) => {
                        moves.push((symbol, item(to, Flag::Glue)))
                    }
                }
            }
        }
        // From a freshly written space only a character or a call may follow: a tag was offered
        // before it, and would be read twice.
        moves.sort_unstable();
        moves.dedup();
        let mut arcs = Vec::new();
        for group in moves.chunk_by(|a, b| a.0 == b.0) {
            let next = closure.of(group.iter().map(|m| m.1));
            let target = match index.get(next) {
                Some(known) => *known,
                None => {
                    let next: Rc<[u32]> = next.into();
                    let target = sets.len() as u32;
                    index.insert(Rc::clone(&next), target);
                    sets.push(next);
                    target
                }
            };
            arcs.push(Arc {
                symbol: group[0].0,
                target,
            });
        }
        if sets.len() > MAX_STATES {
            return Err(NetError::TooLarge);
        }
        states.push((is_final, arcs));
        at += 1;
    }
    Ok(states)
}

/// Epsilon closures, with their scratch space.
struct Closure<'a> {
    nfa: &'a Nfa,
    stack: Vec<u32>,
    items: Vec<u32>,
    /// For each item the closure in which it was last seen.
    seen: Vec<u32>,
    closures: u32,
}

impl<'a> Closure<'a> {
    fn new(nfa: &'a Nfa) -> Self {
        Self {
            nfa,
            stack: Vec::new(),
            items: Vec::new(),
            seen: vec![0; nfa.newest.len() << 2],
            closures: 0,
        }
    }

    /// The items that these reach without reading anything, in order, until the next call.
    fn of(&mut self, from: impl IntoIterator<Item = u32>) -> &[u32] {
        self.closures = self.closures.wrapping_add(1);
        if self.closures == 0 {
            self.seen.fill(0);
            self.closures = 1;
        }
        self.items.clear();
        for i in from {
            self.reach(i);
        }
        while let Some(i) = self.stack.pop() {
            let (state, flag) = (i >> 2, Flag::of(i));
            let nfa = self.nfa;
            let mut keep = nfa.newest[state as usize] == 0;
            for (letter, to) in nfa.arcs(state) {
                let next = match (letter, flag) {
                    (Letter::Symbol(symbol), Flag::Spaced) => {
                        keep |= !matches!(symbol.kind(), Kind::Tag(_) | Kind::End(_));
                        continue;
                    }
                    (Letter::Symbol(_), _) => {
                        keep = true;
                        continue;
                    }
                    (_, Flag::Spaced) => continue,
                    (Letter::Boundary, Flag::Glue) => to << 2 | Flag::Pending as u32,
                    _ => to << 2 | flag as u32,
                };
                self.reach(next);
            }
            // States that only pass on to others would make equal sets look different.
            if keep {
                self.items.push(i);
            }
        }
        self.items.sort_unstable();
        &self.items
    }

    fn reach(&mut self, item: u32) {
        let seen = &mut self.seen[item as usize];
        if *seen != self.closures {
            *seen = self.closures;
            self.stack.push(item);
        }
    }
}
