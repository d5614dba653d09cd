//! What a search over tokens walks: a set of texts, read a character at a time.

use std::collections::HashMap;
use std::fmt::Debug;
use std::hash::Hash;

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

/// A few texts, one by one: what a first pass has narrowed a grammar down to.
#[derive(Clone, Debug)]
pub(crate) struct TextList {
    nodes: Vec<Node>,
    arcs: HashMap<(u32, char), u32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    complete: bool,
    open: bool,
}

impl TextList {
    /// An empty list.
    pub(crate) fn new() -> Self {
        Self {
            nodes: vec![Node::default()],
            arcs: HashMap::new(),
        }
    }

    /// Adds `"word word"`; `open` says of each character whether only an open slot accounts for it.
    pub(crate) fn add(&mut self, text: &str, open: impl IntoIterator<Item = bool>) {
        let characters = text.chars().zip(open);
        let mut at = 0u32;
        for (c, open) in std::iter::once((' ', false)).chain(characters) {
            let next = self.nodes.len() as u32;
            at = *self.arcs.entry((at, lower(c))).or_insert(next);
            if at == next {
                self.nodes.push(Node {
                    complete: false,
                    open,
                });
            }
        }
        if let Some(node) = self.nodes.get_mut(at as usize) {
            node.complete = at != 0;
        }
    }

    fn node(&self, state: u32) -> Node {
        self.nodes.get(state as usize).copied().unwrap_or_default()
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
        self.node(state).complete
    }
    fn is_open(&self, state: u32) -> bool {
        self.node(state).open
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
        list.add("zahle 5 Euro", std::iter::repeat(false));
        list.add("zahle fünf", [false; 6].into_iter().chain([true; 4]));
        let read = |list: &mut TextList, text: &str| {
            text.chars()
                .try_fold(list.start(), |state, c| list.step(state, c))
        };
        let complete = |list: &mut TextList, text: &str| {
            read(list, text).is_some_and(|state| list.is_complete(state))
        };
        assert!(complete(&mut list, " Zahle 5 euro"));
        assert!(complete(&mut list, " zahle FÜNF"));
        assert!(!complete(&mut list, " zahle"));
        assert!(!complete(&mut list, "zahle fünf"));
        assert!(!complete(&mut list, " zahle fünf Euro"));
        let open = |list: &mut TextList, text: &str| read(list, text).map(|s| list.is_open(s));
        assert_eq!(open(&mut list, " zahle f"), Some(true));
        assert_eq!(open(&mut list, " zahle 5"), Some(false));
    }
}
