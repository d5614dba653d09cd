//! Finding the readings of a text: cheapest paths of an [`Automaton`] that spell it.
//!
//! Dijkstra's algorithm over pairs of a text position and a net position. Letter-perfect readings
//! cost nothing; skip words, open slots and, inside list values only, misspellings have a price.
//! Numbers, money and the sentence's own words must be right.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use crate::Tag;
use crate::automaton::{Automaton, Meaning};
use crate::language::GROUP;
use crate::marks;
use crate::net::Kind;
use crate::normal::{Letter, fold};
use crate::walk::{Position, Silent, Stacks, is_open_char};

/// Costs, in hundredths of a misspelt letter.
pub(crate) mod cost {
    /// A letter that is missing, wrong, or too much, inside a list's entry.
    pub(crate) const EDIT: u32 = 100;
    /// A space where the grammar has none, or none where it has one.
    pub(crate) const SPACE: u32 = 30;
    /// An open slot: one misspelling of a known name is likelier than an unknown name, two are not.
    pub(crate) const OPEN: u32 = 150;
    /// Each further word of an open slot.
    pub(crate) const OPEN_WORD: u32 = 10;
    /// A word that means nothing.
    pub(crate) const SKIP: u32 = 2;
    /// The dot behind a number that the grammar writes without.
    pub(crate) const DOT: u32 = 1;
    /// Readings this much dearer than the cheapest are still reported.
    pub(crate) const SLACK: u32 = 60;
    /// Dearer readings are none.
    pub(crate) const LIMIT: u32 = 520;
}

/// The most nodes that one search may create: a hostile text must not eat the memory.
const MAX_NODES: usize = 2_000_000;
/// The most readings that are looked at.
const MAX_PATHS: usize = 256;

/// What a step of a reading means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Read,
    Edit,
    Enter(u32),
    Exit,
    Skip,
    Tag(Tag),
    End(u32),
}

/// Whether sentences of a data block are valid where a text is said, as far as that is known before it is
/// read: what entries of lists add to the context is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Valid {
    Never,
    Perhaps,
    Always,
}

/// A reading: each event and the text position after it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Path {
    pub(crate) events: Vec<(Event, usize)>,
    pub(crate) cost: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    at: Position,
    text: u32,
    /// The second letter of a folded umlaut that is still to be read; `'\0'` for none.
    rest: char,
}

struct Node {
    key: Key,
    best: u32,
    settled: bool,
    back: Vec<(u32, u32, Event)>,
}

struct Search<'a> {
    automaton: &'a Automaton,
    text: &'a [Letter],
    fuzzy: bool,
    valid: &'a [Valid],
    stacks: Stacks,
    nodes: Vec<Node>,
    index: HashMap<Key, u32>,
    heap: BinaryHeap<Reverse<(u32, u32)>>,
    limit: u32,
}

/// The cheapest readings of a text, cheapest first. `valid` is of each data block.
pub(crate) fn readings(
    automaton: &Automaton,
    text: &[Letter],
    fuzzy: bool,
    valid: &[Valid],
) -> Vec<Path> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut search = Search {
        automaton,
        text,
        fuzzy,
        valid,
        stacks: Stacks::default(),
        nodes: Vec::new(),
        index: HashMap::new(),
        heap: BinaryHeap::new(),
        limit: cost::LIMIT,
    };
    search.run()
}

impl Search<'_> {
    fn run(&mut self) -> Vec<Path> {
        let start = Key {
            at: self.automaton.start(),
            text: 0,
            rest: '\0',
        };
        self.nodes.push(Node {
            key: start,
            best: 0,
            settled: false,
            back: Vec::new(),
        });
        self.index.insert(start, 0);
        self.heap.push(Reverse((0, 0)));
        // Complete readings: the node before the end, and the end's data block.
        let mut ends: Vec<(u32, u32)> = Vec::new();
        while let Some(Reverse((cost, id))) = self.heap.pop() {
            if cost > self.limit || self.nodes.len() > MAX_NODES {
                break;
            }
            let node = &mut self.nodes[id as usize];
            if std::mem::replace(&mut node.settled, true) {
                continue;
            }
            let key = node.key;
            self.expand(id, key, cost, &mut ends);
        }
        self.paths(&ends)
    }

    fn expand(&mut self, id: u32, key: Key, cost: u32, ends: &mut Vec<(u32, u32)>) {
        let Key { at, text: i, rest } = key;
        let here = self.text.get(i as usize).map(|l| l.c);
        let before = i.checked_sub(1).map_or(' ', |j| self.text[j as usize].c);
        let listed = matches!(
            self.automaton.nets[at.net as usize].meaning,
            Meaning::Values(_)
        );
        let numeric = matches!(
            self.automaton.nets[at.net as usize].meaning,
            Meaning::Builtin(_) | Meaning::Range { .. }
        );
        // The first letter of a word is heard and typed right more often than any other, and
        // "Hanna" is not "Anna". Another figure is another thing.
        let edits = self.fuzzy && listed && before != ' ' && !here.is_some_and(char::is_numeric);
        let to = |this: &mut Self, at, text, rest, price, event| {
            this.reach(id, cost, Key { at, text, rest }, price, event)
        };

        if rest != '\0' {
            if here == Some(rest) {
                to(self, at, i + 1, '\0', 0, Event::Read);
            } else if edits {
                to(self, at, i, '\0', cost::EDIT, Event::Edit);
            }
            return;
        }

        // Letters of the text that nothing in the grammar need match.
        let after = self.text.get(i as usize + 1).map_or(' ', |l| l.c);
        let loose = marks::is_loose(here.unwrap_or(' '), before, after, listed);
        match here {
            Some('\'' | '-') if loose => to(self, at, i + 1, '\0', 0, Event::Read),
            Some(c @ ('.' | ',')) if after == ' ' && !numeric && (c, before) != ('.', '.') => {
                to(self, at, i + 1, '\0', cost::DOT, Event::Read)
            }
            Some(' ') if self.fuzzy && listed && before != ' ' && i > 0 => {
                to(self, at, i + 1, '\0', cost::SPACE, Event::Read);
            }
            Some(c) if edits && c != ' ' => to(self, at, i + 1, '\0', cost::EDIT, Event::Edit),
            _ => {}
        }

        let automaton = self.automaton;
        let net = &automaton.nets[at.net as usize].net;
        let open = automaton.is_open(at.net);
        for arc in net.arcs(at.state) {
            let onward = at.onward(arc);
            match arc.symbol.kind() {
                Kind::Any
                    if here.is_some_and(|c| {
                        (is_open_char(c) || marks::is_open(c)) && !net.reads(at.state, c)
                    }) =>
                {
                    to(self, onward, i + 1, '\0', 0, Event::Read);
                }
                Kind::Char(c) => {
                    let (first, second) = fold(c);
                    let second = second.unwrap_or('\0');
                    // In an open slot another mark would lead around a word that the slot never holds.
                    let alike = first == ' ' && here == Some('-') && loose
                        || first == '-' && here == Some(' ') && before.is_alphanumeric()
                        || first == GROUP && matches!(here, Some(' ' | '\''));
                    let same = here == Some(first) || alike && !open;
                    if same {
                        let price = if open && first == ' ' {
                            cost::OPEN_WORD
                        } else {
                            0
                        };
                        to(self, onward, i + 1, second, price, Event::Read);
                    }
                    match first {
                        '\'' | '-' if !open && marks::may_lack(before, here.unwrap_or(' ')) => {
                            to(self, onward, i, '\0', 0, Event::Read);
                        }
                        '\'' | '-' => {}
                        ' ' if self.fuzzy && listed && i > 0 && before != ' ' => {
                            to(self, onward, i, '\0', cost::SPACE, Event::Read);
                        }
                        ' ' => {}
                        _ if edits && !first.is_numeric() => {
                            to(self, onward, i, '\0', cost::EDIT, Event::Edit);
                            if here.is_some_and(|h| h != ' ' && h != first) {
                                to(self, onward, i + 1, '\0', cost::EDIT, Event::Edit);
                            }
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }

        let mut moves = Vec::new();
        automaton.silent_moves(&mut self.stacks, at, |m| moves.push(m));
        for m in moves {
            match m {
                Silent::Tag(tag, p) => to(self, p, i, '\0', 0, Event::Tag(tag)),
                Silent::Enter(site, p) => {
                    let price = if automaton.is_open(p.net) {
                        cost::OPEN
                    } else {
                        0
                    };
                    to(self, p, i, '\0', price, Event::Enter(site));
                }
                Silent::Exit(p) => to(self, p, i, '\0', 0, Event::Exit),
                Silent::Skip(p) => to(self, p, i, '\0', cost::SKIP, Event::Skip),
                Silent::End(data) if i as usize == self.text.len() => {
                    let valid = self.valid.get(data as usize).copied();
                    if valid != Some(Valid::Never) {
                        ends.push((id, data));
                    }
                    // What may turn out not to be valid must not hide what is.
                    if valid == Some(Valid::Always) {
                        self.limit = self.limit.min(cost + cost::SLACK);
                    }
                }
                Silent::End(_) => {}
            }
        }
    }

    fn reach(&mut self, from: u32, cost: u32, key: Key, price: u32, event: Event) {
        let total = cost + price;
        if total > self.limit {
            return;
        }
        let nodes = &mut self.nodes;
        let id = *self.index.entry(key).or_insert_with(|| {
            nodes.push(Node {
                key,
                best: u32::MAX,
                settled: false,
                back: Vec::new(),
            });
            nodes.len() as u32 - 1
        });
        let node = &mut self.nodes[id as usize];
        node.back.push((from, price, event));
        if total < node.best {
            node.best = total;
            self.heap.push(Reverse((total, id)));
        }
    }

    /// Follows every way back from the ends whose cost stays within the limit.
    fn paths(&self, ends: &[(u32, u32)]) -> Vec<Path> {
        const NONE: usize = usize::MAX;
        let mut out = Vec::new();
        // Ways share their ends: each event links to the one after it.
        let mut links: Vec<(Event, usize, usize)> = Vec::new();
        let mut stack: Vec<(u32, u32, usize)> = Vec::new();
        for &(node, data) in ends.iter().rev() {
            links.push((Event::End(data), self.text.len(), NONE));
            stack.push((node, 0, links.len() - 1));
        }
        while let Some((at, behind, link)) = stack.pop() {
            let node = &self.nodes[at as usize];
            if at == 0 {
                let mut events = Vec::new();
                let mut next = link;
                while let Some(&(event, position, after)) = links.get(next) {
                    events.push((event, position));
                    next = after;
                }
                out.push(Path {
                    events,
                    cost: behind,
                });
                if out.len() >= MAX_PATHS {
                    break;
                }
            }
            for &(from, price, event) in &node.back {
                let so_far = self.nodes[from as usize].best;
                if so_far.saturating_add(behind + price) <= self.limit {
                    links.push((event, node.key.text as usize, link));
                    stack.push((from, behind + price, links.len() - 1));
                }
            }
        }
        out.sort_by_key(|p| p.cost);
        out
    }
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
