//! Walking an [`Automaton`] one character at a time.
//!
//! A position is a state and the stack of calls that led to its net. [`Walker`] follows all
//! positions at once and remembers each set of them that it has met as one state, so that a decoder
//! which comes by again pays one table look-up (a lazily built deterministic automaton, as in
//! Russ Cox, "Regular Expression Matching Can Be Simple And Fast", 2007).

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Tag;
use crate::automaton::{Automaton, Meaning};
use crate::net::{Arc, Kind};

/// The most skip words that may follow one another. People pile up some ("doch bitte mal eben schnell"),
/// but a sound that repeats itself must not be heard as the same word for ever.
const MAX_SKIPS: u8 = 6;

/// A state of some net, and where to go on when that net is through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Position {
    pub(crate) net: u32,
    pub(crate) state: u32,
    /// An index into [`Stacks`]; 0 is the empty stack.
    pub(crate) stack: u32,
    /// Skip words since the last word of the sentence.
    pub(crate) skips: u8,
}

impl Position {
    /// The position behind an arc of its net.
    pub(crate) fn onward(self, arc: &Arc) -> Position {
        let reads = matches!(arc.symbol.kind(), Kind::Char(_) | Kind::Any | Kind::Call(_));
        Position {
            state: arc.target,
            skips: if reads { 0 } else { self.skips },
            ..self
        }
    }
}

/// Call stacks, each stored once, as links to their callers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stacks {
    frames: Vec<Position>,
    index: FxHashMap<Position, u32>,
}

impl Stacks {
    /// The stack that returns to `to`.
    fn push(&mut self, to: Position) -> u32 {
        *self.index.entry(to).or_insert_with(|| {
            self.frames.push(to);
            self.frames.len() as u32
        })
    }
    /// Where `stack` returns to; `None` for the empty one.
    fn top(&self, stack: u32) -> Option<Position> {
        self.frames.get((stack as usize).wrapping_sub(1)).copied()
    }
}

/// A move that reads no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Silent {
    Tag(Tag, Position),
    /// Into the list of a call site.
    Enter(u32, Position),
    /// Out of a list or of skip words.
    Exit(Position),
    /// Into the skip words.
    Skip(Position),
    /// The sentence of a data block is complete.
    End(u32),
}

impl Automaton {
    pub(crate) fn start(&self) -> Position {
        Position {
            net: 0,
            state: 0,
            stack: 0,
            skips: 0,
        }
    }

    /// Calls `f` with every move from `at` that reads no text.
    pub(crate) fn silent_moves(
        &self,
        stacks: &mut Stacks,
        at: Position,
        mut f: impl FnMut(Silent),
    ) {
        let net = &self.nets[at.net as usize].net;
        let mut boundary = false;
        for arc in net.arcs(at.state) {
            let onward = at.onward(arc);
            match arc.symbol.kind() {
                Kind::Tag(tag) => f(Silent::Tag(tag, onward)),
                Kind::Call(site) => {
                    let stack = stacks.push(onward);
                    f(Silent::Enter(
                        site,
                        Position {
                            net: self.sites[site as usize].net,
                            state: 0,
                            stack,
                            skips: 0,
                        },
                    ));
                }
                Kind::End(data) => {
                    boundary = true;
                    f(Silent::End(data));
                }
                Kind::Char(' ') => boundary = true,
                Kind::Char(_) | Kind::Any => {}
            }
        }
        if net.is_final(at.state)
            && let Some(back) = stacks.top(at.stack)
        {
            f(Silent::Exit(back));
        }
        // Skip words stand between the words of a sentence, never inside a list's entry.
        if boundary && self.has_skip && at.net == 0 && at.skips < MAX_SKIPS {
            let stack = stacks.push(Position {
                skips: at.skips + 1,
                ..at
            });
            f(Silent::Skip(Position {
                net: 1,
                state: 0,
                stack,
                skips: 0,
            }));
        }
    }

    pub(crate) fn is_open(&self, net: u32) -> bool {
        matches!(self.nets[net as usize].meaning, Meaning::Open(_))
    }
}

/// Characters below this are looked up in a table; those of German and English are, and what their names
/// are spelled with (Unicode's Latin blocks up to Extended-B).
const TABLED: usize = 0x250;

/// Of each character its lower-case form and whether open slots are made of it: searches ask for both far
/// more often than the standard library's tables can answer.
static LETTERS: LazyLock<Vec<(char, bool)>> = LazyLock::new(|| {
    let characters = (0..TABLED as u32).map(|c| char::from_u32(c).unwrap_or_default());
    characters.map(|c| (to_lower(c), makes_open(c))).collect()
});

/// True for the characters that an open slot is made of.
pub(crate) fn is_open_char(c: char) -> bool {
    LETTERS
        .get(c as usize)
        .map_or_else(|| makes_open(c), |l| l.1)
}

/// The simple lower-case form of a character; itself if that is more than one character.
pub(crate) fn lower(c: char) -> char {
    LETTERS.get(c as usize).map_or_else(|| to_lower(c), |l| l.0)
}

fn makes_open(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '-' | '&' | '+')
}

fn to_lower(c: char) -> char {
    let mut all = c.to_lowercase();
    match (all.next(), all.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// A state of a [`Walker`]; valid until [`Walker::clear`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StateId(u32);

/// Follows every reading of a text at once, character by character; letter case is ignored.
///
/// The text it reads has the canonical form `" word word"`: one space before every word, none at
/// the end, no sentence punctuation.
#[derive(Debug)]
pub struct Walker<'a> {
    automaton: &'a Automaton,
    stacks: Stacks,
    states: Vec<State>,
    index: FxHashMap<Box<[Position]>, u32>,
    scratch: Vec<Position>,
}

#[derive(Debug)]
struct State {
    /// Lower-case character, where it leads, and the walker's state for that once it is known.
    arcs: Vec<(char, Vec<Position>, Option<Option<u32>>)>,
    /// Positions in open slots, and the state that their other characters were found to lead to.
    any: Vec<Position>,
    any_known: Option<Option<u32>>,
    complete: bool,
    open: bool,
}

impl<'a> Walker<'a> {
    /// A walker at the start of a sentence.
    pub fn new(automaton: &'a Automaton) -> Self {
        let mut walker = Self {
            automaton,
            stacks: Stacks::default(),
            states: Vec::new(),
            index: FxHashMap::default(),
            scratch: Vec::new(),
        };
        walker.clear();
        walker
    }

    /// What is walked.
    pub fn automaton(&self) -> &'a Automaton {
        self.automaton
    }

    /// Forgets every state but the start, to bound memory; earlier [`StateId`]s become invalid.
    pub fn clear(&mut self) {
        self.stacks = Stacks::default();
        self.states.clear();
        self.index.clear();
        self.intern(vec![self.automaton.start()]);
    }

    /// The state before the first character.
    pub fn start(&self) -> StateId {
        StateId(0)
    }

    /// How many states are remembered.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// False: there is always the start.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// True if the text so far is a complete sentence.
    pub fn is_complete(&self, state: StateId) -> bool {
        self.states[state.0 as usize].complete
    }

    /// True if every reading of the last character put it into an open slot, where nothing in the
    /// grammar vouches for the words.
    pub fn is_open(&self, state: StateId) -> bool {
        self.states[state.0 as usize].open
    }

    /// True if the next character may be any character of an open slot, so that asking for each
    /// character what follows would be asking about all of them.
    pub fn reads_open(&self, state: StateId) -> bool {
        !self.states[state.0 as usize].any.is_empty()
    }

    /// The state after `c`, or `None` if no sentence goes on so.
    pub fn step(&mut self, state: StateId, c: char) -> Option<StateId> {
        let c = lower(c);
        let from = &self.states[state.0 as usize];
        let found = from.arcs.binary_search_by_key(&c, |a| a.0).ok();
        let open = !from.any.is_empty() && is_open_char(c);
        let known = match found {
            Some(i) => from.arcs[i].2,
            None if open => from.any_known,
            None => return None,
        };
        if let Some(known) = known {
            return known.map(StateId);
        }
        let mut next: Vec<Position> = found.map(|i| from.arcs[i].1.clone()).unwrap_or_default();
        if open {
            let nets = &self.automaton.nets;
            let others = from.any.iter().filter_map(|at| {
                let net = &nets[at.net as usize].net;
                let arc = net.any(at.state).filter(|_| !net.reads(at.state, c))?;
                Some(at.onward(arc))
            });
            next.extend(others);
        }
        let next = self.intern(next);
        let from = &mut self.states[state.0 as usize];
        match found {
            Some(i) => from.arcs[i].2 = Some(next),
            None => from.any_known = Some(next),
        }
        next.map(StateId)
    }

    /// The state of these positions and of all that they reach silently.
    fn intern(&mut self, from: Vec<Position>) -> Option<u32> {
        let automaton = self.automaton;
        let mut seen: FxHashSet<Position> = FxHashSet::default();
        let mut reading: Vec<Position> = Vec::new();
        let mut complete = false;
        let open = from.iter().all(|p| automaton.is_open(p.net));
        self.scratch.clear();
        for p in from {
            if seen.insert(p) {
                self.scratch.push(p);
            }
        }
        while let Some(at) = self.scratch.pop() {
            let net = &automaton.nets[at.net as usize].net;
            if net
                .arcs(at.state)
                .iter()
                .any(|a| matches!(a.symbol.kind(), Kind::Char(_) | Kind::Any))
            {
                reading.push(at);
            }
            let scratch = &mut self.scratch;
            automaton.silent_moves(&mut self.stacks, at, |m| match m {
                Silent::Tag(_, p) | Silent::Enter(_, p) | Silent::Exit(p) | Silent::Skip(p) => {
                    if seen.insert(p) {
                        scratch.push(p);
                    }
                }
                Silent::End(_) => complete = true,
            });
        }
        if reading.is_empty() && !complete {
            return None;
        }
        reading.sort_unstable();
        // Whether a sentence may end here, and whether the last character was vouched for, do not
        // follow from the reading positions: keep both in the key.
        let positions = reading.len();
        let mut key = reading;
        key.push(Position {
            net: u32::MAX,
            state: u32::from(complete),
            stack: u32::from(open),
            skips: 0,
        });
        if let Some(&known) = self.index.get(key.as_slice()) {
            return Some(known);
        }
        let reading = &key[..positions];
        let mut arcs: Vec<(char, Position)> = Vec::new();
        let mut any = Vec::new();
        for &at in reading {
            for arc in automaton.nets[at.net as usize].net.arcs(at.state) {
                let onward = at.onward(arc);
                match arc.symbol.kind() {
                    Kind::Char(c) => arcs.push((lower(c), onward)),
                    Kind::Any => any.push(at),
                    _ => {}
                }
            }
        }
        arcs.sort_unstable();
        let grouped = arcs
            .chunk_by(|a, b| a.0 == b.0)
            .map(|g| (g[0].0, g.iter().map(|a| a.1).collect(), None))
            .collect();
        let id = self.states.len() as u32;
        self.states.push(State {
            arcs: grouped,
            any,
            any_known: None,
            complete,
            open,
        });
        self.index.insert(key.into_boxed_slice(), id);
        Some(id)
    }
}
