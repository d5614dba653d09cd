//! From a sentence in somebody's own words, of which a learned reading says what is what, to readings like a grammar's.
//!
//! The reading knows the structure, the grammar knows the values: what may stand in a slot is what the grammar's own
//! sentences put there, the catalog's list, the forms of a built-in type, or an open name.

use std::collections::BTreeMap;
use std::ops::Range;

use iso_currency::Currency;
use zahlwort_grammar::{
    Automaton, Builtin, CompileError, Expr, Match, MatchOptions, SlotMatch, Value, alt, lit, seq,
};
use zahlwort_reading::Marked;

use crate::{Descriptor, Role};

/// So many words may stand before a typed value that belong to it for whoever speaks: "ab dem" ersten März.
const LEADING: usize = 3;
/// And behind it.
const TRAILING: usize = 1;
/// Of one span no more readings are looked at, such as people of one name.
const PER_SPAN: usize = 6;
/// Nor of a sentence.
const PER_SENTENCE: usize = 36;
/// The slot that holds what was taken back in a sentence that is listened for; it means nothing.
const ASIDE: &str = "-";

/// The readings of a text that is marked so; none where a span holds nothing that its slot may hold.
///
/// ```
/// use zahlwort_commands::{Catalog, Meaning, Pack, marked_readings};
/// use zahlwort_grammar::{Automaton, Language, MatchOptions};
/// use zahlwort_reading::{Marked, Span};
///
/// let text = "Mum is short of cash again, so could twenty pounds find their way to her?";
/// let at = |words: &str| text.find(words).map(|start| start..start + words.len());
/// let span = |slot: &str, words: &str| Some(Span { slot: slot.to_owned(), range: at(words)?, confidence: 0.9 });
/// let marked = Marked {
///     intent: "SendMoney".to_owned(),
///     spans: [span("recipient", "Mum"), span("amount", "twenty pounds")].into_iter().flatten().collect(),
///     taken_back: Vec::new(),
///     probability: 0.9,
///     confidence: 0.9,
/// };
/// let catalog = Catalog::parse("names.yaml", "contacts: [mum]")?;
/// let grammar = Automaton::compile(&Pack::PAYMENTS.load(Language::EN)?, &catalog.lists())?;
/// let readings = marked_readings(&grammar, text, &marked, &MatchOptions::default());
/// let Some(Meaning::Commands(commands)) = Meaning::of(&readings) else { panic!() };
/// assert_eq!(commands[0].meaning.name(), "send_money");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn marked_readings(
    automaton: &Automaton,
    text: &str,
    marked: &Marked,
    options: &MatchOptions,
) -> Vec<Match> {
    let mut all = vec![nothing_said(&marked.intent)];
    for span in &marked.spans {
        let found = held(automaton, text, &span.slot, &span.range, options);
        all = all
            .iter()
            .flat_map(|before| found.iter().map(|held| with(before, held)))
            .take(PER_SENTENCE)
            .collect();
    }
    let taken_back = taken_back_currencies(automaton, text, marked, options);
    // Which of two currencies was meant is not certain.
    all.retain(|found| {
        let counts = found.slots.iter().find_map(currency);
        counts.is_none_or(|counts| taken_back.iter().all(|was| *was == counts))
    });
    all
}

/// The sentence that is marked so, to be listened for: its words as they are, and in each span what may stand there.
///
/// # Errors
/// If it is too large to compile.
pub fn marked_sentence(
    automaton: &Automaton,
    text: &str,
    marked: &Marked,
    options: &MatchOptions,
) -> Result<Option<Automaton>, CompileError> {
    let mut spans: Vec<(Range<usize>, Expr)> = Vec::new();
    for span in &marked.spans {
        let fillers = automaton.fillers(&span.slot);
        if fillers.is_empty() {
            return Ok(None);
        }
        // What was misheard holds nothing, and says nothing of its ends.
        let found = held(automaton, text, &span.slot, &span.range, options);
        let range = found.first().map_or(&span.range, |held| &held.slot.span);
        spans.push((range.clone(), any_of(fillers, &span.slot)));
    }
    for range in &marked.taken_back {
        if let Some(held) = any_slot(automaton, text, &marked.intent, range, options) {
            spans.push((
                held.slot.span,
                any_of(automaton.fillers(&held.slot.name), ASIDE),
            ));
        }
    }
    spans.sort_by_key(|(range, _)| range.start);
    let mut parts = Vec::new();
    let mut at = 0;
    for (range, held) in spans {
        // Spans of one text that overlap are no sentence.
        let Some(before) = text.get(at..range.start) else {
            return Ok(None);
        };
        parts.extend([words(before), lit(" "), held, lit(" ")]);
        at = range.end;
    }
    parts.push(words(text.get(at..).unwrap_or_default()));
    automaton.sentence(&marked.intent, &seq(parts)).map(Some)
}

/// What was heard of a [`marked_sentence`], without what was taken back in it.
pub fn without_asides(mut found: Match) -> Match {
    found.slots.retain(|slot| slot.name != ASIDE);
    found
}

fn nothing_said(intent: &str) -> Match {
    Match {
        intent: intent.to_owned(),
        slots: Vec::new(),
        fixed: BTreeMap::new(),
        metadata: BTreeMap::new(),
        score: 1.0,
        cost: 0,
    }
}

/// What a span may hold for a slot: of its readings those of the most words, as slots of the whole text.
fn held(
    automaton: &Automaton,
    text: &str,
    slot: &str,
    range: &Range<usize>,
    options: &MatchOptions,
) -> Vec<Held> {
    let fillers = automaton.fillers(slot);
    let Some(said) = text.get(range.clone()).filter(|_| !fillers.is_empty()) else {
        return Vec::new();
    };
    let typed = fillers.iter().all(|list| is_typed(list));
    let Ok(alone) = automaton.sentence("", &any_of(fillers, slot)) else {
        return Vec::new();
    };
    for part in parts(said, typed) {
        let Some(words) = said.get(part.clone()) else {
            continue;
        };
        let start = range.start + part.start;
        let found: Vec<Held> = alone
            .parse(words, options)
            .into_iter()
            .filter_map(|found| Held::of(found, start))
            .take(PER_SPAN)
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// One way to fill a slot, and what it costs.
#[derive(Clone, Debug)]
struct Held {
    slot: SlotMatch,
    score: f32,
    cost: u32,
}

impl Held {
    fn of(found: Match, start: usize) -> Option<Held> {
        let mut slot = found.slots.into_iter().next()?;
        slot.span = start + slot.span.start..start + slot.span.end;
        Some(Held {
            slot,
            score: found.score,
            cost: found.cost,
        })
    }
}

fn with(before: &Match, held: &Held) -> Match {
    let mut found = before.clone();
    found.score = found.score.min(held.score);
    found.cost = found.cost.saturating_add(held.cost);
    found.slots.push(held.slot.clone());
    found
}

/// Whether a list holds values that cannot be taken for other words: amounts, days, numbers.
fn is_typed(list: &str) -> bool {
    Builtin::from_name(list).is_some_and(|builtin| builtin != Builtin::Text)
}

/// The parts of a span in which a value is looked for, the longest first.
fn parts(said: &str, typed: bool) -> Vec<Range<usize>> {
    let whole = 0..said.len();
    if !typed {
        // "mum's" stands for mum.
        let owner = ["'s", "’s"].iter().find_map(|end| said.strip_suffix(end));
        let owner = owner.map(|owner| 0..owner.len());
        return std::iter::once(whole).chain(owner).collect();
    }
    let starts: Vec<usize> = said
        .char_indices()
        .filter(|&(at, c)| !c.is_whitespace() && said[..at].ends_with(char::is_whitespace))
        .map(|(at, _)| at)
        .collect();
    let begins = std::iter::once(0).chain(starts.iter().copied());
    let ends: Vec<usize> = std::iter::once(said.len())
        .chain(starts.iter().rev().map(|&at| said[..at].trim_end().len()))
        .take(1 + TRAILING)
        .collect();
    let mut pairs: Vec<Range<usize>> = begins
        .take(1 + LEADING)
        .flat_map(|begin| ends.iter().map(move |&end| begin..end))
        .filter(|part| part.start < part.end)
        .collect();
    pairs.sort_by_key(|part| std::cmp::Reverse(part.len()));
    pairs.dedup();
    pairs
}

fn any_of(lists: Vec<&str>, slot: &str) -> Expr {
    alt(lists.into_iter().map(|list| Expr::Slot {
        list: list.to_owned(),
        slot: slot.to_owned(),
    }))
}

/// The words of a text as they stand in a sentence: without the marks that nobody says.
fn words(text: &str) -> Expr {
    let is_said = |c: char| c.is_alphanumeric() || "'’-&+%€$£".contains(c);
    let plain: String = text
        .chars()
        .map(|c| if is_said(c) { c } else { ' ' })
        .collect();
    let plain: Vec<&str> = plain.split_whitespace().collect();
    lit(plain.join(" "))
}

/// What a piece of a text may fill of an order's slots: those of values before those of names, which hold most words.
fn any_slot(
    automaton: &Automaton,
    text: &str,
    intent: &str,
    range: &Range<usize>,
    options: &MatchOptions,
) -> Option<Held> {
    let is_name = |slot: &&str| !automaton.fillers(slot).into_iter().all(is_typed);
    let mut slots: Vec<&str> = slots(intent).collect();
    slots.sort_by_key(is_name);
    slots.into_iter().find_map(|slot| {
        held(automaton, text, slot, range, options)
            .into_iter()
            .next()
    })
}

/// The slots that an order has.
fn slots(intent: &str) -> impl Iterator<Item = &'static str> {
    let order = Descriptor::of_intent(intent);
    order
        .into_iter()
        .flat_map(|order| order.slots)
        .map(|slot| slot.name)
}

/// The currencies of the amounts that were taken back.
fn taken_back_currencies(
    automaton: &Automaton,
    text: &str,
    marked: &Marked,
    options: &MatchOptions,
) -> Vec<Currency> {
    let amounts = Descriptor::of_intent(&marked.intent).and_then(|order| order.slot(Role::Amount));
    let Some(amount) = amounts else {
        return Vec::new();
    };
    let taken_back = marked.taken_back.iter();
    taken_back
        .flat_map(|range| held(automaton, text, amount.name, range, options))
        .filter_map(|held| currency(&held.slot))
        .collect()
}

fn currency(slot: &SlotMatch) -> Option<Currency> {
    match &slot.value {
        Ok(Value::Money(money)) => Some(money.currency),
        _ => None,
    }
}
