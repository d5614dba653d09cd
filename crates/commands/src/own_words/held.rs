//! What a span of a text may hold for a slot.

use std::ops::Range;

use iso_currency::Currency;
use serde_json::json;
use zahlwort_grammar::{
    Automaton, Builtin, Expr, Match, MatchOptions, Money as Sum, Open, SlotMatch, Value, alt,
};

use crate::{Descriptor, Money, Role};

/// So many words may stand before a typed value that belong to it for whoever speaks: "ab dem" ersten März.
const LEADING: usize = 3;
/// And behind it.
const TRAILING: usize = 1;
/// The lists of what is paid with and loaded.
const INSTRUMENTS: [&str; 3] = ["payment_methods", "accounts", "topup_targets"];
/// Of one span no more readings are looked at, such as people of one name.
const PER_SPAN: usize = 6;

/// One way to fill a slot, and what it costs.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) slot: SlotMatch,
    pub(super) score: f32,
    pub(super) cost: u32,
    /// The lists and types of which one holds it.
    pub(super) fillers: Vec<String>,
}

impl Held {
    fn of(found: Match, start: usize, fillers: &[&str]) -> Option<Held> {
        let mut slot = found.slots.into_iter().next()?;
        slot.span = start + slot.span.start..start + slot.span.end;
        Some(Held {
            slot,
            score: found.score,
            cost: found.cost,
            fillers: fillers.iter().map(|&list| list.to_owned()).collect(),
        })
    }
}

/// The slot of an intent in which something stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) automaton: &'a Automaton,
    pub(super) intent: &'a str,
    pub(super) slot: &'a str,
}

impl<'a> Place<'a> {
    /// What sentences of the grammar put there.
    pub(super) fn fillers(&self) -> Vec<&'a str> {
        self.automaton.fillers(self.slot)
    }

    /// Whether only values stand there that cannot be taken for other words: amounts, days, numbers.
    pub(super) fn is_typed(&self) -> bool {
        let is_typed =
            |list: &str| Builtin::from_name(list).is_some_and(|builtin| builtin != Builtin::Text);
        self.fillers().into_iter().all(is_typed)
    }

    fn is_amount(&self) -> bool {
        let slot = Descriptor::of_intent(self.intent).and_then(|order| order.slot(Role::Amount));
        slot.is_some_and(|slot| slot.name == self.slot)
    }

    /// An open list, for a name that stands in no list: a card that the catalog does not know, a room. The grammar
    /// bars many of these from its sentences, of which an open one could swallow the rest.
    fn open(&self) -> Option<&'a str> {
        let slot = Descriptor::of_intent(self.intent)?.slot_named(self.slot)?;
        let names = [json!("x"), json!({"name": "x", "open": true})];
        let takes_names = names.iter().any(|name| (slot.checked)(name).is_some());
        // A card is called anything: "Visa ending in 88", "Shop Pay", "pay later".
        if self.fillers().iter().any(|list| INSTRUMENTS.contains(list)) {
            return Some(Builtin::Text.name());
        }
        let kinds = [Open::Shop, Open::Place, Open::Name, Open::Thing];
        kinds
            .into_iter()
            .find_map(|kind| self.automaton.open_list(kind))
            .filter(|_| takes_names && !self.is_typed())
    }

    /// What a span may hold: of its readings those of the most words, as slots of the whole text.
    pub(super) fn held(
        &self,
        text: &str,
        range: &Range<usize>,
        options: &MatchOptions,
    ) -> Vec<Held> {
        let fillers = self.fillers();
        if fillers.is_empty() {
            return Vec::new();
        }
        let found = self.held_by(&fillers, text, range, options);
        if !found.is_empty() {
            return found;
        }
        let number = self.is_amount().then(|| Builtin::Number.name());
        let more = number.or_else(|| self.open());
        let Some(more) = more.filter(|more| !fillers.contains(more)) else {
            return Vec::new();
        };
        let mut found = self.held_by(&[fillers, vec![more]].concat(), text, range, options);
        found.retain_mut(|held| is_amount_of(&mut held.slot, options.values.default_currency));
        found
    }

    fn held_by(
        &self,
        fillers: &[&str],
        text: &str,
        range: &Range<usize>,
        options: &MatchOptions,
    ) -> Vec<Held> {
        let Some(said) = text.get(range.clone()) else {
            return Vec::new();
        };
        let Ok(alone) = self.automaton.sentence("", &any_of(fillers, self.slot)) else {
            return Vec::new();
        };
        for part in self.parts(said) {
            let Some(words) = said.get(part.clone()) else {
                continue;
            };
            let start = range.start + part.start;
            let found: Vec<Held> = alone
                .parse(words, options)
                .into_iter()
                .filter_map(|found| Held::of(found, start, fillers))
                .take(PER_SPAN)
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// The parts of a span in which a value is looked for, the longest first.
    fn parts(&self, said: &str) -> Vec<Range<usize>> {
        let whole = 0..said.len();
        let starts: Vec<usize> = said
            .char_indices()
            .filter(|&(at, c)| !c.is_whitespace() && said[..at].ends_with(char::is_whitespace))
            .map(|(at, _)| at)
            .collect();
        // Every word beside an amount counts.
        if self.is_amount() {
            return vec![whole];
        }
        if !self.is_typed() {
            // "mum's" stands for mum, and The Copper Kettle is looked for without its article.
            let owner = ["'s", "’s"].iter().find_map(|end| said.strip_suffix(end));
            let owner = owner.map(|owner| 0..owner.len());
            let articles = self.automaton.language().definition().names.not_first;
            let first = said.split_whitespace().next().unwrap_or_default();
            let bare = articles
                .iter()
                .any(|article| article.eq_ignore_ascii_case(first))
                .then(|| starts.first().map(|&start| start..said.len()))
                .flatten();
            return std::iter::once(whole).chain(owner).chain(bare).collect();
        }
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
}

/// Makes an amount of a bare number, which counts in this currency. False if there is no such amount.
pub(super) fn is_amount_of(slot: &mut SlotMatch, currency: Currency) -> bool {
    let Ok(Value::Number(amount)) = slot.value else {
        return true;
    };
    slot.value = Ok(Value::Money(Sum { amount, currency }));
    Money::new(amount, currency).is_ok()
}

/// A slot of any of these lists.
pub(super) fn any_of(lists: &[impl AsRef<str>], slot: &str) -> Expr {
    alt(lists.iter().map(|list| Expr::Slot {
        list: list.as_ref().to_owned(),
        slot: slot.to_owned(),
    }))
}
