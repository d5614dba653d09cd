//! From a sentence in somebody's own words, of which a learned reading says what is what, to readings like a grammar's.
//!
//! The reading knows the structure, the grammar knows the values: what may stand in a slot is what the grammar's own
//! sentences put there, the catalog's list, the forms of a built-in type, or an open name.

mod guard;
mod held;

use std::collections::BTreeMap;
use std::ops::Range;

use iso_currency::Currency;
use zahlwort_grammar::{
    Automaton, CompileError, Expr, Match, MatchOptions, SlotMatch, Value, alt, lit, seq,
};
use zahlwort_reading::Marked;

pub use self::guard::marked_objection;
use self::held::{Held, Place, any_of, is_amount_of};
use crate::{Descriptor, Role};

/// Of a sentence no more readings are looked at, such as people of one name.
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
    let Some(options) = marked_options(automaton, text, marked, options) else {
        return Vec::new();
    };
    let mut all = vec![nothing_said(&marked.intent)];
    for span in &marked.spans {
        let place = place(automaton, &marked.intent, &span.slot);
        let found = place.held(text, &span.range, &options);
        all = all
            .iter()
            .flat_map(|before| found.iter().map(|held| with(before, held)))
            .take(PER_SENTENCE)
            .collect();
    }
    all
}

/// What the values of a marked text are resolved against: "fünfzig Dollar, nein, sechzig" is about dollars. `None` where
/// what was taken back names several currencies and what counts names none.
pub fn marked_options(
    automaton: &Automaton,
    text: &str,
    marked: &Marked,
    options: &MatchOptions,
) -> Option<MatchOptions> {
    let amount = Descriptor::of_intent(&marked.intent).and_then(|order| order.slot(Role::Amount));
    let Some(amount) = amount else {
        return Some(options.clone());
    };
    let place = place(automaton, &marked.intent, amount.name);
    let named = |range: &Range<usize>| named_currency(&place, text, range, options);
    let mut taken_back: Vec<Currency> = marked.taken_back.iter().filter_map(named).collect();
    taken_back.dedup();
    let mut counts = marked.spans.iter().filter(|span| span.slot == amount.name);
    match taken_back.as_slice() {
        [] => Some(options.clone()),
        [only] => Some(with_currency(options, *only)),
        _ => counts
            .all(|span| named(&span.range).is_some())
            .then(|| options.clone()),
    }
}

/// The sentences that texts of one intent are, marked so, to be listened for: their words as they are, and in each span
/// what may stand there. `None` where a slot of all of them holds nothing.
///
/// # Errors
/// If they are too large to compile.
pub fn marked_sentences<'a>(
    automaton: &Automaton,
    intent: &str,
    marked: impl IntoIterator<Item = (&'a str, &'a Marked)>,
    options: &MatchOptions,
) -> Result<Option<Automaton>, CompileError> {
    let all: Vec<Expr> = marked
        .into_iter()
        .filter_map(|(text, marked)| sentence(automaton, text, marked, options))
        .collect();
    if all.is_empty() {
        return Ok(None);
    }
    automaton.sentence(intent, &alt(all)).map(Some)
}

/// A text as a sentence to be listened for.
fn sentence(
    automaton: &Automaton,
    text: &str,
    marked: &Marked,
    options: &MatchOptions,
) -> Option<Expr> {
    let mut spans: Vec<(Range<usize>, Expr)> = Vec::new();
    for span in &marked.spans {
        let place = place(automaton, &marked.intent, &span.slot);
        let fillers = place.fillers();
        if fillers.is_empty() {
            return None;
        }
        // What was misheard holds nothing, and says nothing of its ends.
        let found = place.held(text, &span.range, options);
        spans.push(match found.into_iter().next() {
            Some(held) => (held.slot.span, any_of(&held.fillers, &span.slot)),
            None => (span.range.clone(), any_of(&fillers, &span.slot)),
        });
    }
    for range in &marked.taken_back {
        if let Some(held) = any_slot(automaton, text, &marked.intent, range, options) {
            spans.push((held.slot.span, any_of(&held.fillers, ASIDE)));
        }
    }
    spans.sort_by_key(|(range, _)| range.start);
    let mut parts = Vec::new();
    let mut at = 0;
    for (range, held) in spans {
        // Spans of one text that overlap are no sentence.
        let before = text.get(at..range.start)?;
        parts.extend([words(before), lit(" "), held, lit(" ")]);
        at = range.end;
    }
    parts.push(words(text.get(at..).unwrap_or_default()));
    Some(seq(parts))
}

/// What was heard of a sentence of [`marked_sentences`] as a reading: without what was taken back in it, and with an
/// amount where a bare number was said. The options are those that it was heard with. `None` if a number is no amount.
pub fn heard_reading(mut found: Match, options: &MatchOptions) -> Option<Match> {
    found.slots.retain(|slot| slot.name != ASIDE);
    let order = Descriptor::of_intent(&found.intent);
    let amount = order.and_then(|order| order.slot(Role::Amount));
    let is_amount = |slot: &SlotMatch| amount.is_some_and(|amount| amount.name == slot.name);
    let mut amounts = found.slots.iter_mut().filter(|slot| is_amount(slot));
    amounts
        .all(|slot| is_amount_of(slot, options.values.default_currency))
        .then_some(found)
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

fn with(before: &Match, held: &Held) -> Match {
    let mut found = before.clone();
    found.score = found.score.min(held.score);
    found.cost = found.cost.saturating_add(held.cost);
    found.slots.push(held.slot.clone());
    found
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
    let order = Descriptor::of_intent(intent)?;
    let mut places: Vec<Place<'_>> = order
        .slots
        .iter()
        .map(|slot| place(automaton, intent, slot.name))
        .collect();
    places.sort_by_key(|place| !place.is_typed());
    places
        .into_iter()
        .find_map(|place| place.held(text, range, options).into_iter().next())
}

fn place<'a>(automaton: &'a Automaton, intent: &'a str, slot: &'a str) -> Place<'a> {
    Place {
        automaton,
        intent,
        slot,
    }
}

/// The currency that a span names: that of its amount, whatever counts where none is said.
fn named_currency(
    place: &Place<'_>,
    text: &str,
    range: &Range<usize>,
    options: &MatchOptions,
) -> Option<Currency> {
    let read = |default: Currency| {
        let found = place.held(text, range, &with_currency(options, default));
        currency(&found.first()?.slot)
    };
    let [one, other] = [Currency::EUR, Currency::USD].map(read);
    one.filter(|_| one == other)
}

fn with_currency(options: &MatchOptions, currency: Currency) -> MatchOptions {
    let mut options = options.clone();
    options.values.default_currency = currency;
    options
}

fn currency(slot: &SlotMatch) -> Option<Currency> {
    match &slot.value {
        Ok(Value::Money(money)) => Some(money.currency),
        _ => None,
    }
}
