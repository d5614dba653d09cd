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

use std::rc::Rc;

use rustc_hash::FxHashMap;

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
/// How much making an automaton deterministic may grow it: states of the one that each state of the
/// other stands for, for each state of the first. Tries need one or two; what doubles with every choice
/// is refused before it is done.
const MAX_GROWTH: usize = 64;
/// What small ones may grow to.
const MAX_GROWN: usize = 4_000_000;
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Letter {
    Epsilon,
    Boundary,
    Symbol(Symbol),
}

/// Most states have one arc, so that a vector for each would be what takes the time: all arcs lie in
/// one, and those of a state are linked.
#[derive(Default)]
struct Nfa {
    /// For each state one more than the index of its newest arc; 0 if it has none.
    newest: Vec<u32>,
    /// Each arc with the one of the same state before it, counted likewise.
    arcs: Vec<(Letter, u32, u32)>,
}

impl Nfa {
    fn state(&mut self) -> u32 {
        self.newest.push(0);
        self.newest.len() as u32 - 1
    }
    fn arc(&mut self, from: u32, letter: Letter, to: u32) {
        let newest = &mut self.newest[from as usize];
        self.arcs.push((letter, to, *newest));
        *newest = self.arcs.len() as u32;
    }
    /// The arcs of a state, the newest first.
    fn arcs(&self, state: u32) -> impl Iterator<Item = (Letter, u32)> {
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
    fn add(
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

/// What has been read just before a state, as far as word boundaries are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flag {
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

fn determinise(
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

/// Merges equal states from the ends backwards and drops those from which no end is reached.
fn minimise(states: &[(bool, Vec<Arc>)]) -> Net {
    const NEW: u32 = u32::MAX;
    const DEAD: u32 = u32::MAX - 1;
    let mut merged = vec![NEW; states.len()];
    let mut unique: FxHashMap<(bool, Vec<Arc>), u32> = FxHashMap::default();
    let mut kept: Vec<(bool, Vec<Arc>)> = Vec::new();
    // Depth first without recursion: a state is settled once all its targets are.
    let mut stack = vec![(0u32, 0usize)];
    while let Some((state, next)) = stack.pop() {
        let (is_final, arcs) = &states[state as usize];
        if let Some(arc) = arcs.get(next) {
            stack.push((state, next + 1));
            if merged[arc.target as usize] == NEW {
                stack.push((arc.target, 0));
            }
            continue;
        }
        if merged[state as usize] != NEW {
            continue;
        }
        let arcs: Vec<Arc> = arcs
            .iter()
            .map(|a| Arc {
                symbol: a.symbol,
                target: merged[a.target as usize],
            })
            .filter(|a| a.target != DEAD)
            .collect();
        merged[state as usize] = if arcs.is_empty() && !is_final && state != 0 {
            DEAD
        } else {
            *unique.entry((*is_final, arcs)).or_insert_with_key(|key| {
                kept.push(key.clone());
                kept.len() as u32 - 1
            })
        };
    }
    // The start was settled last: number the states backwards so that it is 0.
    let last = kept.len() as u32 - 1;
    debug_assert_eq!(merged[0], last);
    kept.reverse();
    for (_, arcs) in &mut kept {
        for arc in arcs {
            arc.target = last - arc.target;
        }
    }
    Net::from_states(&kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{alt, lit, opt, seq, space, words};

    /// Every text that a net reads, tags in braces.
    fn texts(expr: &Expr, boundary_first: bool) -> Vec<String> {
        let net = compile(&[(expr, None)], boundary_first, &mut |_, _| 7).unwrap();
        let mut out = Vec::new();
        let mut stack = vec![(0u32, String::new())];
        while let Some((state, text)) = stack.pop() {
            if net.is_final(state) {
                out.push(text.clone());
            }
            for arc in net.arcs(state) {
                let piece = match arc.symbol.kind() {
                    Kind::Char(c) => c.to_string(),
                    Kind::Tag(t) => format!("{{{}}}", t.0),
                    other => format!("{other:?}"),
                };
                stack.push((arc.target, text.clone() + &piece));
            }
        }
        out.sort();
        out
    }

    #[test]
    fn boundaries_collapse() {
        let expr = seq([
            lit("turn on "),
            opt(lit("the")),
            lit(" light "),
            opt(lit("now")),
        ]);
        assert_eq!(
            texts(&expr, true),
            [
                " turn on light",
                " turn on light now",
                " turn on the light",
                " turn on the light now"
            ]
        );
        assert_eq!(
            texts(&seq([lit(" a "), space(), lit(" b ")]), false),
            ["a b"]
        );
    }

    #[test]
    fn words_glue_without_a_boundary() {
        assert_eq!(
            texts(&seq([words(["un", "re"]), lit("lock")]), true),
            [" relock", " unlock"]
        );
    }

    #[test]
    fn a_tag_between_boundaries_is_read_once() {
        let expr = seq([lit("a "), Expr::Tag(Tag(3)), lit(" b")]);
        assert_eq!(texts(&expr, true), [" a{3} b"]);
        assert_eq!(
            texts(&seq([Expr::Tag(Tag(3)), lit("b"), Expr::Tag(Tag(4))]), true),
            ["{3} b{4}"]
        );
    }

    #[test]
    fn permutations_say_each_part_once() {
        let expr = Expr::Perm(vec![lit("a"), lit("b"), opt(lit("c"))]);
        let all = texts(&expr, true);
        assert_eq!(all.len(), 2 + 6);
        assert!(all.contains(&" b c a".to_owned()));
    }

    #[test]
    fn beginnings_and_ends_are_shared() {
        let days: Vec<String> = ["mon", "tues", "wednes", "thurs", "fri"]
            .map(|d| d.to_owned() + "day")
            .into();
        let expr = alt(days.iter().map(lit));
        let net = compile(&[(&expr, None)], false, &mut |_, _| 0).unwrap();
        // m o n | t u e s | t h u r s | w e d n e s | f r i → one "day".
        assert!(net.state_count() < 22, "{}", net.state_count());
    }

    #[test]
    fn the_empty_text_is_refused() {
        let error = compile(&[(&opt(lit("a")), None)], false, &mut |_, _| 0).unwrap_err();
        assert_eq!(error, NetError::AcceptsNothing);
    }

    #[test]
    fn open_words_are_bounded() {
        let net = Net::any_words(2);
        let walk = |text: &str| net.read(0, text).is_some_and(|state| net.is_final(state));
        assert!(walk("ab") && walk("ab cd"));
        assert!(!walk("") && !walk("ab ") && !walk("a b c"));
    }
}
