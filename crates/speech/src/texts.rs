//! What a search over tokens walks: a set of texts, read a character at a time.

use std::fmt::Debug;
use std::hash::Hash;

use rustc_hash::FxHashMap;
use zahlwort_grammar::{StateId, Walker};

/// A set of texts of the canonical form `" word word"`, letter case aside.
pub(crate) trait Texts {
    /// What was read so far.
    type State: Copy + Eq + Hash + Debug;

    /// Before the first character.
    fn start(&self) -> Self::State;
    /// After `c`; `None` if no text goes on so.
    fn step(&mut self, state: Self::State, c: char) -> Option<Self::State>;
    /// Whether what was read is a text of the set.
    fn is_complete(&self, state: Self::State) -> bool;
    /// Whether only an open slot accounts for the last character.
    fn is_open(&self, state: Self::State) -> bool;
    /// Whether nearly every character may follow.
    fn reads_open(&self, state: Self::State) -> bool;
}

impl Texts for Walker<'_> {
    type State = StateId;

    fn start(&self) -> StateId {
        self.start()
    }
    fn step(&mut self, state: StateId, c: char) -> Option<StateId> {
        self.step(state, c)
    }
    fn is_complete(&self, state: StateId) -> bool {
        self.is_complete(state)
    }
    fn is_open(&self, state: StateId) -> bool {
        self.is_open(state)
    }
    fn reads_open(&self, state: StateId) -> bool {
        self.reads_open(state)
    }
}

/// A few texts, one by one, none of them open: what a first pass has narrowed a grammar down to.
#[derive(Clone, Debug)]
pub(crate) struct TextList {
    /// Of each state, whether a text ends there.
    complete: Vec<bool>,
    arcs: FxHashMap<(u32, char), u32>,
}

impl TextList {
    /// An empty list.
    pub(crate) fn new() -> Self {
        Self {
            complete: vec![false],
            arcs: FxHashMap::default(),
        }
    }

    /// Adds `"word word"`.
    pub(crate) fn add(&mut self, text: &str) {
        let mut at = 0u32;
        for c in std::iter::once(' ').chain(text.chars()) {
            let next = self.complete.len() as u32;
            at = *self.arcs.entry((at, lower(c))).or_insert(next);
            if at == next {
                self.complete.push(false);
            }
        }
        if let Some(complete) = self.complete.get_mut(at as usize) {
            *complete = true;
        }
    }
}

impl Texts for TextList {
    type State = u32;

    fn start(&self) -> u32 {
        0
    }
    fn step(&mut self, state: u32, c: char) -> Option<u32> {
        self.arcs.get(&(state, lower(c))).copied()
    }
    fn is_complete(&self, state: u32) -> bool {
        self.complete.get(state as usize).is_some_and(|c| *c)
    }
    fn is_open(&self, _: u32) -> bool {
        false
    }
    fn reads_open(&self, _: u32) -> bool {
        false
    }
}

/// The lower-case form of a character where that is one character.
fn lower(c: char) -> char {
    let mut all = c.to_lowercase();
    match (all.next(), all.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reads_its_texts_and_no_others() {
        let mut list = TextList::new();
        list.add("zahle 5 Euro");
        list.add("zahle fünf");
        let mut complete = |text: &str| {
            let read = text
                .chars()
                .try_fold(list.start(), |state, c| list.step(state, c));
            read.is_some_and(|state| list.is_complete(state))
        };
        assert!(complete(" Zahle 5 euro"));
        assert!(complete(" zahle FÜNF"));
        assert!(!complete(" zahle"));
        assert!(!complete("zahle fünf"));
        assert!(!complete(" zahle fünf Euro"));
        assert!(!complete(""));
    }
}
