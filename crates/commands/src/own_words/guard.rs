//! What speaks against a sentence that a learned reading took for an order. The reading estimates; a negation
//! beside an amount, or a second payee behind the first, is a matter of words.

use std::ops::Range;

use zahlwort_grammar::language::Why;
use zahlwort_grammar::language::names::ONE;
use zahlwort_grammar::{Automaton, Language, Objection, sets_a_limit, takes_back};
use zahlwort_reading::{Marked, Span};

use crate::{Descriptor, Effect, Role};

/// Where a clause ends, as far as marks tell: speech has few.
const ENDS: [char; 8] = [',', '.', ';', ':', '!', '?', '–', '…'];

/// From this confidence on the reading is believed where what is to be cancelled or blocked is said not to be wanted or
/// not to be found: "I don't need the tent any more, cancel it" is told apart from "don't cancel the tent" by nothing else.
const BELIEVED: f32 = 0.95;

/// Why a marked sentence that spends, asks for money, cancels or blocks is no order after all: what it is about stands in
/// a clause that negates or takes back something though nothing is marked as taken back, another payee or amount stands
/// beside it, or the amount is negative.
pub fn marked_objection(automaton: &Automaton, text: &str, marked: &Marked) -> Option<Objection> {
    let order = Descriptor::of_intent(&marked.intent)?;
    let is_money = matches!(order.effect, Effect::Spend | Effect::Request);
    if !is_money && order.effect != Effect::Change {
        return None;
    }
    let language = automaton.language();
    let corrected = !marked.taken_back.is_empty();
    let believed = order.effect == Effect::Change && marked.confidence >= BELIEVED;
    for span in &marked.spans {
        let role = order.slot_named(&span.slot).map(|slot| slot.role);
        // "No milk left, buy two litres": a thing that is lacking is wanted.
        if is_money && !matches!(role, Some(Role::Amount | Role::Payee)) {
            continue;
        }
        let clause = clause(text, &span.range);
        let before = text.get(..span.range.start).and_then(last_word);
        let is_negative = before.is_some_and(|word| {
            let minus = language.definition().numbers.minus;
            word == "-" || minus.iter().any(|minus| minus.eq_ignore_ascii_case(word))
        });
        let is_limit = role == Some(Role::Amount) && span.slot != "max_price";
        let negates = takes_back(clause, language) || is_limit && sets_a_limit(clause, language);
        if !corrected && !believed && negates || is_negative {
            return Some(Objection::Negated);
        }
        let behind = text.get(span.range.end..);
        let another = role == Some(Role::Payee)
            && behind.is_some_and(|behind| joins_another(text, span, behind, language));
        // "Fifty or sixty" is no correction, "fifty or rather sixty" is.
        let choice = is_money && offers_a_choice(clause, language) && !takes_back(text, language);
        if another || choice {
            return Some(Objection::Several);
        }
    }
    (is_money && has_more_figures(text, marked)).then_some(Objection::Several)
}

/// Whether a figure or a sign stands outside of what is marked: every one of them counts for something.
fn has_more_figures(text: &str, marked: &Marked) -> bool {
    let spans = marked.spans.iter().map(|span| &span.range);
    let known: Vec<&Range<usize>> = spans.chain(&marked.taken_back).collect();
    text.char_indices().any(|(at, c)| {
        (c.is_ascii_digit() || "€$£&/".contains(c))
            && !known.iter().any(|range| range.contains(&at))
    })
}

/// The words that join two names: "and", "or", "&".
fn joins(language: Language) -> impl Iterator<Item = &'static str> {
    let rows = language.definition().names.rows.iter();
    rows.filter(|row| row.why == Why::Another && row.never_in == ONE)
        .flat_map(|row| row.words.iter().copied())
}

/// Whether what stands behind a payee joins another to it: "and Lukas", "and my sister". Behind a shop the order may go on,
/// "at Rossmann and get two of them", if names are told from other words by their capitals.
fn joins_another(text: &str, payee: &Span, behind: &str, language: Language) -> bool {
    let mut words = behind.split_whitespace();
    let is_join = |word: &str| joins(language).any(|join| word.eq_ignore_ascii_case(join));
    if !words.next().is_some_and(is_join) {
        return false;
    }
    let said = text.get(payee.range.clone()).unwrap_or_default();
    let tells_names =
        payee.slot == "merchant" && said.chars().next().is_some_and(char::is_uppercase);
    let not_first = language.definition().names.not_first;
    let goes_on = |word: &str| {
        word.chars().all(char::is_lowercase) && !not_first.contains(&word.to_lowercase().as_str())
    };
    !tells_names || !words.next().is_some_and(goes_on)
}

/// Whether a clause has an "or".
fn offers_a_choice(clause: &str, language: Language) -> bool {
    let and = language.definition().names.and;
    let words = format!(" {} ", clause.to_lowercase());
    joins(language)
        .filter(|join| !and.contains(join))
        .any(|or| words.contains(&format!(" {or} ")))
}

/// The part of a text between two marks in which a span stands.
fn clause<'a>(text: &'a str, span: &Range<usize>) -> &'a str {
    let before = text.get(..span.start).unwrap_or_default();
    let start = before.rfind(ENDS).map_or(0, |at| {
        at + before[at..].chars().next().map_or(1, char::len_utf8)
    });
    let behind = text.get(span.end..).unwrap_or_default();
    let end = span.end + behind.find(ENDS).unwrap_or(behind.len());
    text.get(start..end).unwrap_or(text)
}

fn last_word(text: &str) -> Option<&str> {
    text.split_whitespace().next_back()
}
