//! Finding the readings of a text: cheapest paths of an [`Automaton`] that spell it.
//!
//! Dijkstra's algorithm over pairs of a text position and a net position. Letter-perfect readings
//! cost nothing; skip words, open slots and, inside list values only, misspellings have a price.
//! Numbers, money and the sentence's own words must be right.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

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
    /// One word that the grammar does not know, where at most so many may be.
    pub(crate) fn unknown(most: u8) -> u32 {
        LIMIT / (u32::from(most) + 1) + 1
    }
    /// The dot behind a number that the grammar writes without.
    pub(crate) const DOT: u32 = 1;
    /// Readings this much dearer than the cheapest are still reported.
    pub(crate) const SLACK: u32 = 60;
    /// Dearer readings are none.
    pub(crate) const LIMIT: u32 = 520;
}

/// The most nodes that one search may create: a hostile text must not use up the memory.
const MAX_NODES: usize = 2_000_000;
/// The most readings that are looked at.
const MAX_PATHS: usize = 256;

/// What a step of a reading means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Event {
    Read,
    Edit,
    Enter(u32),
    Exit,
    Skip,
    Unknown,
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

/// A way from a node to an end.
#[derive(Clone, Copy)]
struct Way {
    node: u32,
    /// What it costs.
    behind: u32,
    /// Its first event, and the text position after that.
    event: (Event, usize),
    /// The rest of it.
    after: Option<usize>,
    /// Which of [`Meanings`] it has.
    meaning: u32,
}

/// Numbers what chains of events mean: which slots and tags they have and where, not how letters were read.
#[derive(Default)]
struct Meanings {
    numbers: HashMap<(Event, usize, u32), u32>,
}

impl Meanings {
    /// That of no events.
    const EMPTY: u32 = 0;

    /// The number of a chain that has one more event, at a text position, in front.
    fn with(&mut self, event: Event, position: usize, rest: u32) -> u32 {
        // Only where slots begin and end is told; of all else the order counts.
        let position = match event {
            Event::Read => return rest,
            Event::Enter(_) | Event::Exit => position,
            Event::Edit | Event::Skip | Event::Unknown | Event::Tag(_) | Event::End(_) => 0,
        };
        let next = self.numbers.len() as u32 + 1;
        *self.numbers.entry((event, position, rest)).or_insert(next)
    }
}

/// The words of a text that may stand there though the grammar does not know them.
pub(crate) struct Unknown {
    /// Of each letter that is the space before such a word, where the word ends.
    pub(crate) ends: Vec<Option<u32>>,
    /// What each costs.
    pub(crate) price: u32,
}

struct Search<'a> {
    automaton: &'a Automaton,
    text: &'a [Letter],
    unknown: Option<&'a Unknown>,
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
    unknown: Option<&Unknown>,
    valid: &[Valid],
) -> Vec<Path> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut search = Search {
        automaton,
        text,
        unknown,
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
                    if first == ' '
                        && at.net == 0
                        && let Some(unknown) = self.unknown
                        && let Some(&Some(end)) = unknown.ends.get(i as usize)
                    {
                        to(self, at, end, '\0', unknown.price, Event::Unknown);
                    }
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

    /// Follows the ways back from the ends, those first that cost least; of those that mean the same from a
    /// node on only the first: hyphens and the like are read in several ways each. A node's own cost is
    /// known exactly, which makes this A* with a perfect heuristic.
    fn paths(&self, ends: &[(u32, u32)]) -> Vec<Path> {
        let mut out = Vec::new();
        let mut meanings = Meanings::default();
        let mut known: HashSet<(u32, u32)> = HashSet::new();
        let mut ways: Vec<Way> = Vec::new();
        // By cost; of equal ones the one that was found last.
        let mut open: BinaryHeap<(Reverse<u32>, usize)> = BinaryHeap::new();
        for &(node, data) in ends.iter().rev() {
            let event = Event::End(data);
            open.push((Reverse(self.nodes[node as usize].best), ways.len()));
            ways.push(Way {
                node,
                behind: 0,
                event: (event, self.text.len()),
                after: None,
                meaning: meanings.with(event, self.text.len(), Meanings::EMPTY),
            });
        }
        while let Some((_, at)) = open.pop() {
            let Way {
                node,
                behind,
                meaning,
                ..
            } = ways[at];
            if !known.insert((node, meaning)) {
                continue;
            }
            if node == 0 {
                let events = std::iter::successors(Some(at), |&at| ways[at].after);
                out.push(Path {
                    events: events.map(|at| ways[at].event).collect(),
                    cost: behind,
                });
                if out.len() >= MAX_PATHS {
                    break;
                }
            }
            let position = self.nodes[node as usize].key.text as usize;
            for &(from, price, event) in &self.nodes[node as usize].back {
                let behind = behind + price;
                let total = self.nodes[from as usize].best.saturating_add(behind);
                if total <= self.limit {
                    open.push((Reverse(total), ways.len()));
                    ways.push(Way {
                        node: from,
                        behind,
                        event: (event, position),
                        after: Some(at),
                        meaning: meanings.with(event, position, meaning),
                    });
                }
            }
        }
        out
    }
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
