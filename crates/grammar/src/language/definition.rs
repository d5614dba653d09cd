//! What a language consists of.

use jiff::civil::Date;

use super::money::MoneyWords;
use super::names::NameWords;
use super::numbers::{Forms, Numbers};
use crate::{Expr, Unit};

/// A language: its words in tables, and functions only for how it combines them.
///
/// [`Definition::new`] is a language that can say numbers; each part that is added makes more built-in
/// types available: a sentence that uses one of the others does not compile.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    /// The ISO 639-1 code, lower case; by it languages are told apart, and a model knows them.
    pub code: &'static str,
    /// `@number`, `@percentage`, `@digits`, and ranges.
    pub numbers: Numbers,
    /// `@ordinal`.
    pub ordinals: Option<Ordinals>,
    /// `@money`.
    pub money: Option<MoneyWords>,
    /// `@quantity`.
    pub quantities: Option<Quantities>,
    /// `@date`, `@period`, `@time`, `@duration`, `@interval`.
    pub calendar: Option<Calendar>,
    /// `@iban`: the words that the letters A to Z are spelled with.
    pub spelling: Option<[&'static str; 26]>,
    /// The words that no open slot holds.
    pub names: NameWords,
    /// What a random sentence has in an open slot.
    pub samples: &'static [&'static str],
    /// Letters that a speech model writes as others in this language: (letter, as it is written).
    pub transcribed: &'static [(char, char)],
}

impl Definition {
    /// A language that can say numbers.
    pub const fn new(code: &'static str, numbers: Numbers) -> Definition {
        Definition {
            code,
            numbers,
            ordinals: None,
            money: None,
            quantities: None,
            calendar: None,
            spelling: None,
            names: NameWords::NONE,
            samples: &["Xyz"],
            transcribed: &[],
        }
    }
}

/// Positions: "the second one".
#[derive(Clone, Copy, Debug)]
pub struct Ordinals {
    /// What may stand before one: "the".
    pub articles: &'static [&'static str],
    /// The ordinals 1 to 999, without their endings.
    pub stems: Forms,
    /// The last one, without its ending.
    pub last: &'static str,
    /// The endings, the usual one first; the empty text where there are none.
    pub endings: &'static [&'static str],
    /// What may stand behind figures: "st" in "1st".
    pub marks: &'static [&'static str],
    /// What may stand behind one: "one".
    pub after: &'static [&'static str],
    /// The ordinals, without endings, of a number and one of the ways in which it is said.
    pub of: fn(&Numbers, u64, &str) -> Vec<String>,
}

/// Numbers with a unit of measure or a packaging.
#[derive(Clone, Copy, Debug)]
pub struct Quantities {
    /// The units with their names.
    pub units: &'static [(Unit, &'static [&'static str])],
    /// What is written behind a count of pieces: "2x".
    pub times: &'static [&'static str],
    /// Other forms, given those of a unit.
    pub more: Option<fn(&Numbers, &Expr) -> Expr>,
}

/// The calendar and the clock: the forms, whose tags are [`marks`](super::marks).
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    /// `@date`.
    pub date: Forms,
    /// `@period`.
    pub period: Forms,
    /// `@time`.
    pub time: Forms,
    /// `@duration`.
    pub duration: Forms,
    /// `@interval`.
    pub interval: Forms,
    /// A day with its weekday, as it is read back.
    pub full_date: fn(Date) -> String,
}
