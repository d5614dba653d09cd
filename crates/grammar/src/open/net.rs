//! The net of an open slot: any words but those of the table.
//!
//! Beside each position in the slot runs the set of barred phrases that its last words may be the
//! beginning of, as in the automaton of Aho and Corasick ("Efficient string matching", 1975), taken at
//! word boundaries. A word may end where none of them is complete. Characters with which no barred
//! phrase goes on share one arc ([`Kind::Any`](crate::net::Kind::Any)), so the net is small whatever
//! the words of the slot are.

use std::collections::HashMap;
use std::sync::Arc as Shared;

use super::Open;
use crate::builtin::{self, Builtin};
use crate::language::PerLanguage;
use crate::net::{self, Arc, Kind, Net, NetError, Symbol};
use crate::normal::fold;
use crate::walk::lower;
use crate::{Expr, Language, alt, empty, lit, opt, seq};

/// The most words of an open slot.
pub const MAX_OPEN_WORDS: usize = 8;

/// The net of an open slot. Made once for each language and kind.
///
/// # Errors
/// Where what is barred cannot be compiled: without it, the slot would hold anything.
pub(crate) fn net(open: Open, language: Language) -> Result<Shared<Net>, NetError> {
    type Made = PerLanguage<Result<Shared<Net>, NetError>>;
    static MADE: [Made; Open::ALL.len()] = [const { Made::new() }; Open::ALL.len()];
    let make = || {
        Ok(Shared::new(match open {
            Open::Title => Net::any_words(MAX_OPEN_WORDS),
            _ => Builder::new(open, language)?.build(),
        }))
    };
    match MADE.get(open as usize) {
        Some(made) => (*made.get(language, make)).clone(),
        None => make(),
    }
}

/// The phrases that a kind of slot never holds, and those that it does not begin with.
fn barred(open: Open, language: Language) -> (Vec<Expr>, Vec<Expr>) {
    let table = &language.definition().names;
    let rows = table.rows.iter().filter(|row| row.never_in.contains(&open));
    let mut never: Vec<Expr> = rows.flat_map(|row| row.words).map(|w| phrase(w)).collect();
    let money = builtin::currency_words(language);
    let money = money
        .into_iter()
        .filter(|word| !table.also_names.contains(&word.to_lowercase().as_str()));
    never.extend(money.map(phrase));
    let number = || numbers(language);
    let mut not_first = Vec::new();
    match open {
        Open::Text | Open::Title => {
            never.extend(
                table
                    .and
                    .iter()
                    .map(|and| seq([phrase(and), lit(" "), number()])),
            );
        }
        Open::Name | Open::Shop | Open::Thing | Open::Place => {
            never.push(number());
            not_first.extend(table.not_first.iter().map(|word| phrase(word)));
        }
    }
    (never, not_first)
}

/// A text as it is spelled, and as it is spelled without umlauts: the matching of texts reads both.
fn phrase(text: &str) -> Expr {
    let plain: String = text.chars().map(lower).collect();
    let folded: String = text
        .chars()
        .flat_map(|c| {
            let (first, second) = fold(c);
            std::iter::once(first).chain(second)
        })
        .collect();
    alt([lit(plain), lit(folded)])
}

/// A number in words or in figures, with whatever marks are at it.
fn numbers(language: Language) -> Expr {
    const LONGEST: usize = 12;
    const MARKS: [char; 13] = [
        '.', ',', ':', ';', '-', '+', '/', '(', ')', '#', '*', '~', '\'',
    ];
    let one = |c: char| lit(c.to_string());
    let mark = alt(MARKS.map(one));
    let digit = alt(('0'..='9').map(one));
    let more = alt([digit.clone(), mark.clone()]);
    let rest = (1..LONGEST).fold(empty(), |rest, _| opt(seq([more.clone(), rest])));
    let figures = seq([opt(mark), digit, rest]);
    let spoken = builtin::expr(Builtin::Number, language).map(|expr| untagged(&expr));
    alt(spoken.into_iter().chain([figures]))
}

/// The same texts without tags, in both spellings of each.
fn untagged(expr: &Expr) -> Expr {
    match expr {
        Expr::Lit(text) => phrase(text),
        Expr::Tag(_) | Expr::Slot { .. } => Expr::Seq(Vec::new()),
        Expr::Seq(parts) => Expr::Seq(parts.iter().map(untagged).collect()),
        Expr::Alt(parts) => Expr::Alt(parts.iter().map(untagged).collect()),
        Expr::Perm(parts) => Expr::Perm(parts.iter().map(untagged).collect()),
        Expr::Opt(inner) => Expr::Opt(Box::new(untagged(inner))),
    }
}

/// The net of numbers alone, in words or figures.
pub(super) fn numbers_net(language: Language) -> Result<Net, NetError> {
    compiled(&[numbers(language)])
}

/// The net of these phrases; with none, of nothing.
fn compiled(phrases: &[Expr]) -> Result<Net, NetError> {
    if phrases.is_empty() {
        return Ok(Net::from_states(&[(false, Vec::new())]));
    }
    let parts: Vec<(&Expr, Option<Symbol>)> = phrases.iter().map(|e| (e, None)).collect();
    net::compile(&parts, false, &mut |_, _| 0)
}

/// A position in the slot.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Place {
    /// Words begun.
    words: usize,
    /// Whether the next character begins a word.
    spaced: bool,
    /// Barred phrases under way: which net, and its state.
    under_way: Vec<(usize, u32)>,
}

struct Builder {
    /// What is barred everywhere, and what is barred in the beginning.
    nets: Vec<Net>,
    max_words: usize,
    index: HashMap<Place, u32>,
    places: Vec<Place>,
}

impl Builder {
    fn new(open: Open, language: Language) -> Result<Self, NetError> {
        let (never, not_first) = barred(open, language);
        Ok(Self {
            nets: vec![compiled(&never)?, compiled(&not_first)?],
            max_words: match open {
                Open::Text | Open::Title => MAX_OPEN_WORDS,
                Open::Name | Open::Shop | Open::Thing | Open::Place => 6,
            },
            index: HashMap::new(),
            places: Vec::new(),
        })
    }

    fn build(mut self) -> Net {
        let start = Place {
            words: 0,
            spaced: true,
            under_way: (0..self.nets.len()).map(|net| (net, 0)).collect(),
        };
        self.place(start);
        let mut states: Vec<(bool, Vec<Arc>)> = Vec::new();
        while let Some(place) = self.places.get(states.len()).cloned() {
            states.push(self.state(&place));
        }
        Net::from_states(&states)
    }

    fn place(&mut self, mut place: Place) -> u32 {
        place.under_way.sort_unstable();
        place.under_way.dedup();
        if let Some(&known) = self.index.get(&place) {
            return known;
        }
        let id = self.places.len() as u32;
        self.index.insert(place.clone(), id);
        self.places.push(place);
        id
    }

    fn state(&mut self, at: &Place) -> (bool, Vec<Arc>) {
        let barred = at
            .under_way
            .iter()
            .any(|&(net, state)| self.nets[net].is_final(state));
        let ends = !at.spaced && !barred;
        let words = at.words + usize::from(at.spaced);
        let mut arcs = Vec::new();
        if ends && words < self.max_words {
            let mut under_way = self.after(at, ' ');
            under_way.push((0, 0));
            arcs.push(self.arc(Symbol::SPACE, words, true, under_way));
        }
        let mut next: Vec<char> = Vec::new();
        for &(net, state) in &at.under_way {
            next.extend(self.nets[net].arcs(state).iter().filter_map(
                |arc| match arc.symbol.kind() {
                    Kind::Char(c) if c != ' ' => Some(c),
                    _ => None,
                },
            ));
        }
        next.sort_unstable();
        next.dedup();
        for c in next {
            let under_way = self.after(at, c);
            arcs.push(self.arc(Symbol::char(c), words, false, under_way));
        }
        arcs.push(self.arc(Symbol::ANY, words, false, Vec::new()));
        arcs.sort_unstable();
        (ends, arcs)
    }

    fn arc(
        &mut self,
        symbol: Symbol,
        words: usize,
        spaced: bool,
        under_way: Vec<(usize, u32)>,
    ) -> Arc {
        let target = self.place(Place {
            words,
            spaced,
            under_way,
        });
        Arc { symbol, target }
    }

    /// The barred phrases that go on with a character.
    fn after(&self, at: &Place, c: char) -> Vec<(usize, u32)> {
        let wanted = Symbol::char(c);
        at.under_way
            .iter()
            .filter_map(|&(net, state)| {
                let arcs = self.nets[net].arcs(state);
                let arc = arcs.iter().find(|arc| arc.symbol == wanted)?;
                Some((net, arc.target))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(open: Open, language: Language, text: &str) -> bool {
        let net = net(open, language).expect("it compiles");
        net.read(0, text).is_some_and(|state| net.is_final(state))
    }

    #[test]
    fn names_are_held_and_what_changes_a_sentence_is_not() {
        const DE: Language = Language::DE;
        const EN: Language = Language::EN;
        let held = [
            (DE, "jonas özdemir"),
            (DE, "apotheke am markt"),
            (DE, "nina"),
            (DE, "familie nichterlein"),
            (DE, "ludwig van der berg"),
            (DE, "o2"),
            (DE, "1&1"),
            (DE, "achternbusch"),
            (DE, "penny"),
            (EN, "jordan o'neill"),
            (EN, "bank of scotland"),
            (EN, "notting hill theatre"),
            (EN, "penny lane"),
            (EN, "will"),
        ];
        for (language, name) in held {
            assert!(holds(Open::Name, language, name), "{name}");
        }
        let barred = [
            (DE, "anna nicht"),
            (DE, "anna doch nicht"),
            (DE, "anna und lukas"),
            (EN, "anna & john"),
            (EN, "anna fifty er"),
            (EN, "john twenty or"),
            (DE, "anna acht"),
            (DE, "anna fünfunddreißig"),
            (DE, "anna fuenfunddreissig"),
            (DE, "jonas 30"),
            (DE, "jonas 1.200,50"),
            (DE, "den sportverein"),
            (DE, "mineralwasser wenn es geht"),
            (DE, "anna euro"),
            (DE, "ihm"),
            (EN, "anna not"),
            (EN, "anna don't"),
            (EN, "anna and john"),
            (EN, "anna twenty-five"),
            (EN, "my landlord"),
            (EN, "anna if possible"),
            (EN, ""),
            (EN, "anna "),
        ];
        for (language, text) in barred {
            assert!(!holds(Open::Name, language, text), "{text}");
        }
    }

    #[test]
    fn each_kind_bars_its_own() {
        const DE: Language = Language::DE;
        const EN: Language = Language::EN;
        assert!(holds(Open::Thing, EN, "salt and pepper"));
        assert!(!holds(Open::Thing, EN, "milk if you can"));
        assert!(!holds(Open::Thing, DE, "zwei flaschen orangensaft"));
        assert!(!holds(Open::Thing, DE, "saft zwei"));
        assert!(holds(Open::Text, DE, "rechnung 4711 und mahnung"));
        assert!(!holds(Open::Text, DE, "miete und 20 an lukas"));
        assert!(!holds(Open::Text, DE, "miete doch nicht"));
        assert!(holds(Open::Place, DE, "frankfurt am main"));
        assert!(!holds(Open::Place, EN, "munich for the weekend"));
        assert!(holds(Open::Title, EN, "no woman no cry"));
        assert!(!holds(Open::Title, EN, "a b c d e f g h i"));
        assert!(!holds(Open::Name, EN, "a b c d e f g"));
    }

    #[test]
    fn nets_stay_small() {
        for language in Language::ALL {
            for open in Open::ALL {
                let states = net(open, language).expect("it compiles").state_count();
                assert!(states < 60_000, "{language} {open:?}: {states}");
            }
        }
    }
}
