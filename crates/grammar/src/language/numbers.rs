//! The numbers of a language: one table of words, and how they combine.

use super::figures::{Signs, figures, repeat};
use super::step::{Step, word};
use crate::{Expr, alt, lit, opt, seq, space};

/// Where else than in a count a number word may be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a number: "naught", "fourty".
    Number,
    /// As one digit of several: "oh five".
    Digit,
    /// As one digit among letters, where "o" is a letter.
    Spelled,
    /// As the nought before a single cent or minute: "twelve oh five".
    Leading,
    /// In days, hours and counts of them.
    Calendar,
}

impl Place {
    /// Everywhere.
    pub const ALL: &'static [Place] = &[
        Place::Number,
        Place::Digit,
        Place::Spelled,
        Place::Leading,
        Place::Calendar,
    ];
}

/// A number that has a word of its own.
#[derive(Clone, Copy, Debug)]
pub struct Numeral {
    /// The number.
    pub value: u32,
    /// Its usual word, which is said everywhere and spoken.
    pub word: &'static str,
    /// Other words for it, and where they are understood.
    pub others: &'static [(&'static str, &'static [Place])],
    /// Its ordinal, without an ending, where that is no regular one; the usual one first.
    pub ordinals: &'static [&'static str],
}

impl Numeral {
    /// A number with one word and a regular ordinal.
    pub const fn new(value: u32, word: &'static str) -> Numeral {
        Numeral {
            value,
            word,
            others: &[],
            ordinals: &[],
        }
    }

    /// The same with other words for it.
    pub const fn or(self, others: &'static [(&'static str, &'static [Place])]) -> Numeral {
        Numeral { others, ..self }
    }

    /// The same with an irregular ordinal.
    pub const fn ordinal(self, ordinals: &'static [&'static str]) -> Numeral {
        Numeral { ordinals, ..self }
    }
}

/// Where speakers of a language differ. Not chosen is the usual way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Word boundaries within a compound; a space for a hyphen.
    Split,
    /// The other word for a digit: "zwo" for "zwei".
    Other,
    /// One hundred with its "one", or without where it usually has it.
    One,
    /// "and" behind hundreds and thousands.
    And,
    /// "twelve hundred".
    ManyHundreds,
    /// Boundaries around the "and" between units and tens, too.
    SplitTens,
}

impl Choice {
    pub(crate) const ALL: [Choice; 6] = [
        Choice::Split,
        Choice::Other,
        Choice::One,
        Choice::And,
        Choice::ManyHundreds,
        Choice::SplitTens,
    ];
}

/// Decides each time a choice comes up.
pub type Choose<'a> = &'a mut dyn FnMut(Choice) -> bool;

/// Makes expressions of a language's number words.
pub type Forms = fn(&Numbers) -> Expr;

/// How a language says and writes numbers.
///
/// [`Numbers::new`] makes of a table of words and a function that says a number a language of whole
/// numbers and decimals; the other fields are for what people say besides.
#[derive(Clone, Copy, Debug)]
pub struct Numbers {
    /// The numbers that have words of their own, 0 to 9 among them. Each word stands here and nowhere else.
    pub words: &'static [Numeral],
    /// The largest number that is said; at most 999 999 999, and 9 999 where [`Numbers::integer`] is
    /// [`every_number`].
    pub largest: u32,
    /// The signs of written numbers.
    pub signs: Signs,
    /// What is said for the decimal sign.
    pub point: &'static [&'static str],
    /// What is said for the sign of a number below zero.
    pub minus: &'static [&'static str],
    /// Other forms of a one that counts something: "ein", "eine".
    pub ones: &'static [&'static str],
    /// What is said before a digit that counts several times, and how many times: "double".
    pub repeated: &'static [(&'static str, u8)],
    /// Letters of a number in one word that people leave out, and what is left of them.
    pub contracted: &'static [(&'static str, &'static str)],
    /// Endings of number words as somebody writes them who spells what they hear, and the right ones,
    /// which are shorter.
    pub heard_endings: &'static [(&'static str, &'static str)],
    /// What is said for "%".
    pub percent: &'static [&'static str],
    /// What else than a number may stand before it: "a percent".
    pub before_percent: &'static [(&'static str, Step)],
    /// Says a number up to [`Numbers::largest`].
    pub speak: fn(&Numbers, u64, Choose<'_>) -> String,
    /// Every spoken whole number.
    pub integer: Forms,
    /// Every spoken number with up to so many decimals, without a dozen.
    pub number: fn(&Numbers, usize) -> Expr,
    /// Two digits said as one number, 10 … 99, in steps [`Step::Pair`], [`Step::Digit`] and [`Step::Tens`];
    /// without 20, 30 … where those could be a digit's beginning as well and are not wanted.
    pub pair: Option<fn(&Numbers, bool) -> Expr>,
    /// "thousand", "million" behind figures.
    pub scale: Option<Forms>,
    /// How many dozen, and the word "dozen".
    pub dozen: Option<(Forms, &'static str)>,
}

impl Numbers {
    /// The numbers from 0 to `largest` as `speak` says them, with "." as the decimal sign.
    pub const fn new(
        words: &'static [Numeral],
        largest: u32,
        speak: fn(&Numbers, u64, Choose<'_>) -> String,
    ) -> Numbers {
        Numbers {
            words,
            largest,
            signs: Signs {
                decimal: ".",
                group: ",",
            },
            point: &[],
            minus: &[],
            ones: &[],
            repeated: &[],
            contracted: &[],
            heard_endings: &[],
            percent: &[],
            before_percent: &[],
            speak,
            integer: every_number,
            number: with_decimals,
            pair: None,
            scale: None,
            dozen: None,
        }
    }

    /// The usual word of a number; empty where the table has none.
    pub fn word(&self, value: u32) -> &'static str {
        let known = self.words.iter().find(|numeral| numeral.value == value);
        known.map_or("", |numeral| numeral.word)
    }

    /// The words of a number in some place, the usual one first.
    pub fn forms(&self, value: u32, place: Place) -> impl Iterator<Item = &'static str> {
        let numerals = self.words.iter().filter(move |n| n.value == value);
        numerals.flat_map(move |numeral| {
            let others = numeral.others.iter();
            let others = others.filter(move |(_, places)| places.contains(&place));
            std::iter::once(numeral.word).chain(others.map(|(word, _)| *word))
        })
    }

    /// The irregular ordinals of a number.
    pub fn ordinals(&self, value: u32) -> &'static [&'static str] {
        let known = self.words.iter().find(|numeral| numeral.value == value);
        known.map_or(&[], |numeral| numeral.ordinals)
    }

    /// The words of some numbers in some place, each with a step.
    pub fn said(
        &self,
        values: impl IntoIterator<Item = u32>,
        place: Place,
        step: impl Fn(u32) -> Step,
    ) -> Expr {
        alt(values.into_iter().flat_map(|n| {
            let step = step(n);
            self.forms(n, place).map(move |text| word(text, step))
        }))
    }

    /// The usual words of some numbers, each with a step.
    pub fn usual(&self, values: impl IntoIterator<Item = u32>, step: impl Fn(u32) -> Step) -> Expr {
        alt(values.into_iter().map(|n| word(self.word(n), step(n))))
    }

    /// A digit said alone.
    pub fn digit(&self) -> Expr {
        self.said(0..=9, Place::Digit, |d| Step::Digit(d as u8))
    }

    /// The number in words, the usual way; in figures above [`Numbers::largest`].
    pub fn speak(&self, n: u64) -> String {
        self.spell(n, &mut |_| false)
    }

    /// The number with every choice put to `choose`.
    pub fn spell(&self, n: u64, choose: Choose<'_>) -> String {
        match n > u64::from(self.largest) {
            true => n.to_string(),
            false => (self.speak)(self, n, choose),
        }
    }

    /// The different ways of saying a number, the usual one first.
    pub fn spoken(&self, n: u64) -> Vec<String> {
        let mut forms: Vec<String> = Vec::new();
        for mask in 0_u32..1 << Choice::ALL.len() {
            let mut choose = |choice: Choice| {
                Choice::ALL
                    .iter()
                    .zip(0..)
                    .any(|(c, bit)| *c == choice && mask >> bit & 1 == 1)
            };
            let form = self.spell(n, &mut choose);
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        if n == 1 {
            forms.extend(self.ones.iter().map(|one| (*one).to_owned()));
        }
        forms
    }

    /// What is said for the decimal sign, between word boundaries.
    pub(crate) fn spoken_point(&self) -> Option<Expr> {
        let signs = self.point.iter().map(|sign| lit(format!(" {sign} ")));
        (!self.point.is_empty()).then(|| seq([alt(signs), Step::Point.tag()]))
    }

    /// The decimals behind a spoken decimal sign: up to `max` digits one by one, or a number of two.
    pub fn spoken_decimals(&self, max: usize) -> Expr {
        let digits = repeat(&self.digit(), &space(), 1, max);
        let pair = self.pair.map(|pair| pair(self, true));
        alt([digits].into_iter().chain(pair))
    }
}

/// The most numbers that [`every_number`] lists.
const MOST_LISTED: u32 = 9_999;

/// Every number in every way in which [`Numbers::speak`] says it: a list, for languages whose largest
/// number is small.
pub fn every_number(numbers: &Numbers) -> Expr {
    each_number(numbers, 0..=numbers.largest.min(MOST_LISTED))
}

/// These numbers in every way in which [`Numbers::speak`] says them.
pub fn each_number(numbers: &Numbers, range: std::ops::RangeInclusive<u32>) -> Expr {
    alt(range.flat_map(|n| {
        let forms = numbers.spoken(n.into()).into_iter();
        forms.map(move |form| word(&form, Step::Add(n)))
    }))
}

/// Whole numbers, and decimals behind what is said for the decimal sign.
pub fn with_decimals(numbers: &Numbers, decimals: usize) -> Expr {
    let integer = (numbers.integer)(numbers);
    match numbers.spoken_point() {
        None => integer,
        Some(point) => {
            let scaled = numbers
                .scale
                .map(|scale| opt(seq([space(), scale(numbers)])));
            let fraction = [point, numbers.spoken_decimals(decimals)];
            seq([integer, opt(seq(fraction.into_iter().chain(scaled)))])
        }
    }
}

/// "12 Komma 5": figures on both sides of what is said for the decimal sign.
pub(crate) fn half_spoken(numbers: &Numbers, integer: Expr, decimals: usize) -> Option<Expr> {
    let point = numbers.spoken_point()?;
    Some(seq([integer, point, figures(1, decimals)]))
}
