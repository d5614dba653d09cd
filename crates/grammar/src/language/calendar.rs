//! The small numbers of the calendar, in words and in figures: what days, hours and units are counted
//! with.

use super::definition::Ordinals;
use super::marks::{DAY, MONTH, YEAR, mark, marked};
use super::numbers::{Choice, Numbers};
use crate::{Expr, alt, lit, seq};

/// The number in words, without hyphens; in figures from 1000.
pub fn cardinal(numbers: &Numbers, n: u32) -> String {
    match n {
        0..1000 => numbers.spell(n.into(), &mut |choice| choice == Choice::Split),
        _ => n.to_string(),
    }
}

/// The number in words, and with the other word for a digit where that makes a difference.
fn said(numbers: &Numbers, n: u32) -> Vec<String> {
    let other = numbers.spell(n.into(), &mut |choice| {
        matches!(choice, Choice::Split | Choice::Other)
    });
    let mut said = vec![cardinal(numbers, n), other];
    said.dedup();
    said
}

/// Every way to say a number below 100.
pub fn forms(numbers: &Numbers, n: u32) -> Vec<String> {
    let mut forms = said(numbers, n);
    for (whole, left) in numbers.contracted {
        let shorter = forms.iter().filter(|form| form.contains(whole));
        let shorter: Vec<String> = shorter.map(|form| form.replace(whole, left)).collect();
        forms.extend(shorter);
    }
    forms
}

/// Numbers below 100 in words, marked `kind`.
pub fn spoken(numbers: &Numbers, range: impl IntoIterator<Item = u32>, kind: u32) -> Expr {
    alt(range.into_iter().flat_map(|n| {
        let forms = forms(numbers, n).into_iter();
        forms.map(move |form| marked(form, kind, n))
    }))
}

/// The ordinals of a number below 100, without an ending.
pub fn ordinal_stems(numbers: &Numbers, ordinals: &Ordinals, n: u32) -> Vec<String> {
    said(numbers, n)
        .iter()
        .flat_map(|said| (ordinals.of)(numbers, n.into(), said))
        .collect()
}

/// Ordinals below 100 in words, marked `kind`.
pub fn spoken_ordinal(
    numbers: &Numbers,
    ordinals: &Ordinals,
    range: impl IntoIterator<Item = u32>,
    kind: u32,
) -> Expr {
    let stems = range.into_iter().flat_map(|n| {
        let stems = ordinal_stems(numbers, ordinals, n).into_iter();
        stems.map(move |stem| marked(stem, kind, n))
    });
    seq([
        alt(stems),
        alt(ordinals.endings.iter().map(|ending| lit(*ending))),
    ])
}

/// Numbers in figures without leading zeros, marked `kind`.
pub fn digits(range: impl IntoIterator<Item = u32>, kind: u32) -> Expr {
    alt(range.into_iter().map(|n| marked(n.to_string(), kind, n)))
}

/// A number from 0 to 99 in exactly two figures, marked `kind`.
pub fn two_digits(kind: u32) -> Expr {
    alt((0..100).map(|n| marked(format!("{n:02}"), kind, n)))
}

/// A number from 0 to 99 in one or two figures, marked `kind`: for what is to be an error where it does
/// not exist, such as the 32nd, and not unheard of.
pub fn one_or_two_digits(kind: u32) -> Expr {
    alt([
        digits(0..=99, kind),
        alt((0..10).map(|n| marked(format!("{n:02}"), kind, n))),
    ])
}

/// A year of this century in four figures.
pub fn year_digits() -> Expr {
    seq([
        lit("20"),
        alt((0..100).map(|n| marked(format!("{n:02}"), YEAR, 2000 + n))),
    ])
}

/// A year of this century, of which these are the last two figures in words.
pub fn year_spoken(numbers: &Numbers, last: impl IntoIterator<Item = u32>) -> Expr {
    alt(last.into_iter().flat_map(|n| {
        let forms = forms(numbers, n).into_iter();
        forms.map(move |form| marked(form, YEAR, 2000 + n))
    }))
}

/// A date as ISO 8601 writes it.
pub fn iso_date() -> Expr {
    let dash = || alt([lit("-"), lit(" ")]);
    seq([
        year_digits(),
        dash(),
        two_digits(MONTH),
        dash(),
        two_digits(DAY),
    ])
}

/// Texts for every so many steps of an interval.
pub fn steps(texts: &[&'static str], count: u32, step: u32) -> Expr {
    seq([
        crate::words(texts.iter().copied()),
        mark(super::marks::COUNT, count),
        mark(super::marks::STEP, step),
    ])
}
