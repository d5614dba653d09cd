//! Counts of years to seconds, of which dates and durations are made.

use super::calendar::{digits, spoken};
use super::marks::{COUNT, HALF, UNIT, each, mark, marked, unit};
use super::numbers::{Forms, Numbers};
use crate::{Expr, alt, lit, opt, seq, words};

/// What a unit of time is called.
#[derive(Clone, Copy, Debug)]
pub struct UnitWords {
    /// What is said for one of it before [`UnitWords::singular`]: "ein", "einen".
    pub one: &'static [&'static str],
    /// What is said for half of it: "ein halbes"; empty where the unit has no half.
    pub half: &'static [&'static str],
    /// Behind a one.
    pub singular: &'static [&'static str],
    /// Behind other numbers.
    pub plural: &'static [&'static str],
    /// Behind figures.
    pub short: &'static [&'static str],
}

/// How a language says durations.
#[derive(Clone, Copy, Debug)]
pub struct DurationWords {
    /// The units, numbered as in [`mod@unit`].
    pub units: [UnitWords; 7],
    /// Between two units: " and ".
    pub and: &'static str,
    /// A count from 2 to 999 in words, in marks [`COUNT`] and [`MORE`](super::marks::MORE).
    pub count: Forms,
    /// What stands before a plural for a number and a half: in marks [`COUNT`] and [`HALF`].
    pub halves: Forms,
    /// A number and a half in other words, of a unit with this number: "an hour and a half".
    pub more_halves: Option<fn(&Numbers, u32, &UnitWords) -> Expr>,
    /// One hour, before minutes without their unit: "an hour thirty".
    pub one_hour: &'static [&'static str],
    /// Words of their own for some count of a unit: "a fortnight".
    pub idioms: fn(u32) -> Option<Expr>,
}

/// One unit with its count. A `later` part of a longer duration is at most 99 and has no
/// fractions but a half, which keeps the automaton small.
pub fn counted(numbers: &Numbers, words_of: &DurationWords, index: u32, later: bool) -> Expr {
    let Some(name) = words_of.units.get(index as usize) else {
        return crate::empty();
    };
    let of = |texts: &[&'static str]| each(texts.iter().copied(), UNIT, index);
    let any = |texts: &[&'static str]| words(texts.iter().copied());
    let (number, written) = if later {
        (spoken(numbers, 2..=99, COUNT), digits(2..=99, COUNT))
    } else {
        ((words_of.count)(numbers), digits(2..=999, COUNT))
    };
    let mut plural = seq([lit(" "), of(name.plural)]);
    let mut singular = seq([lit(" "), of(name.singular)]);
    if !name.short.is_empty() {
        let short = seq([opt(lit(" ")), of(name.short)]);
        plural = alt([plural, short.clone()]);
        singular = alt([singular, short]);
    }
    let mut forms = vec![
        seq([any(name.one), mark(COUNT, 1), lit(" "), of(name.singular)]),
        seq([number, lit(" "), of(name.plural)]),
        seq([marked("1", COUNT, 1), singular]),
        seq([written, plural]),
    ];
    if !name.half.is_empty() {
        forms.push(seq([
            any(name.half),
            mark(HALF, 0),
            lit(" "),
            of(name.singular),
        ]));
        if !later {
            forms.push(halves(numbers, words_of, index, name));
            let names = alt([name.singular, name.plural].map(of));
            let mut named = vec![seq([lit(" "), names])];
            if !name.short.is_empty() {
                named.push(seq([opt(lit(" ")), of(name.short)]));
            }
            forms.push(seq([words(["1/2", "½"]), mark(HALF, 0), alt(named)]));
        }
    }
    forms.extend((words_of.idioms)(index));
    alt(forms)
}

/// A number and a half of a unit.
fn halves(numbers: &Numbers, words_of: &DurationWords, index: u32, name: &UnitWords) -> Expr {
    let half = || mark(HALF, 0);
    let decimals = format!("{}5", numbers.signs.decimal);
    let before = alt([
        seq([digits(0..=99, COUNT), lit(decimals), half()]),
        seq([digits(1..=99, COUNT), words([" 1/2", "½", " ½"]), half()]),
        (words_of.halves)(numbers),
    ]);
    let plural = each(name.plural.iter().copied(), UNIT, index);
    let more = words_of.more_halves.map(|more| more(numbers, index, name));
    alt([seq([before, lit(" "), plural])].into_iter().chain(more))
}

/// Every form of a duration.
pub fn duration(numbers: &Numbers, words_of: &DurationWords) -> Expr {
    let unit = |index, later| counted(numbers, words_of, index, later);
    let chains = (0..7).map(|first| {
        let rest = (first + 1..7)
            .map(|next| opt(seq([alt([lit(" "), lit(words_of.and)]), unit(next, true)])));
        seq(std::iter::once(unit(first, false)).chain(rest))
    });
    alt(chains.chain([hour_and_minutes(numbers, words_of)]))
}

/// "two hours thirty", "1h30": minutes without their unit.
fn hour_and_minutes(numbers: &Numbers, words_of: &DurationWords) -> Expr {
    let hour = &words_of.units[unit::HOUR as usize];
    let many = hour.plural.first().copied().unwrap_or_default();
    let hours = alt([
        seq([words(words_of.one_hour.iter().copied()), mark(COUNT, 1)]),
        seq([spoken(numbers, 2..=99, COUNT), lit(format!(" {many}"))]),
    ]);
    let minutes = |number| seq([number, mark(UNIT, unit::MINUTE)]);
    alt([
        seq([
            hours,
            mark(UNIT, unit::HOUR),
            lit(" "),
            minutes(spoken(numbers, 10..=59, COUNT)),
        ]),
        seq([
            digits(1..=99, COUNT),
            lit("h"),
            mark(UNIT, unit::HOUR),
            opt(lit(" ")),
            minutes(digits(1..=59, COUNT)),
            opt(lit("min")),
        ]),
    ])
}
