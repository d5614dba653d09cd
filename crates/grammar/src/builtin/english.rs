//! English number words, British ("two hundred and five") and American ("two hundred five").

use super::forms::{spoken_decimals, words_hyphen};
use super::ops::{Op, word};
use crate::{Expr, Language, alt, lit, opt, seq, space};

/// 10 … 19.
pub(super) const TEENS: [&str; 10] = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// 20, 30 … 90.
pub(super) const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// The same as they are spelled, rightly ([`TENS`]) and wrongly.
pub(super) const TENS_HEARD: [(&str, u32); 10] = [
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fourty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("ninty", 90),
];

/// 1 … 9.
pub(super) const UNITS: [&str; 9] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
];

fn counted(names: &[&str], from: u32, step: u32) -> Expr {
    let values = (from..).step_by(step as usize);
    alt(names
        .iter()
        .zip(values)
        .map(|(name, n)| word(name, Op::Add(n))))
}

fn units() -> Expr {
    counted(&UNITS, 1, 1)
}

fn tens() -> Expr {
    alt(TENS_HEARD.iter().map(|(name, n)| word(name, Op::Add(*n))))
}

fn tens_and_units() -> Expr {
    seq([tens(), words_hyphen(), units()])
}

/// 10 … 99.
pub(super) fn double_figure() -> Expr {
    alt([counted(&TEENS, 10, 1), tens(), tens_and_units()])
}

/// 1 … 99.
pub(super) fn below_hundred() -> Expr {
    alt([units(), double_figure()])
}

/// What follows a hundred, thousand or million.
fn rest(rest: Expr) -> Expr {
    seq([opt(lit(" and")), space(), rest])
}

fn hundred() -> Expr {
    seq([
        alt([units(), word("a", Op::Add(1))]),
        word(" hundred", Op::Hundred),
    ])
}

/// 1 … 999.
fn below_thousand() -> Expr {
    alt([
        below_hundred(),
        seq([hundred(), opt(rest(below_hundred()))]),
    ])
}

/// 1 … 999 of which the last two figures are not 00, so that another number can follow.
pub(super) fn ending_in_figures() -> Expr {
    alt([below_hundred(), seq([hundred(), rest(below_hundred())])])
}

/// 1 … 999, and "a": what is counted in thousands and millions.
fn count() -> Expr {
    alt([below_thousand(), word("a", Op::Add(1))])
}

/// 1 … 999 999.
fn below_million() -> Expr {
    // Twelve hundred, twenty-five hundred.
    let many = seq([
        alt([counted(&TEENS[1..], 11, 1), tens_and_units()]),
        word(" hundred", Op::Hundred),
        opt(rest(below_hundred())),
    ]);
    let thousands = seq([
        count(),
        word(" thousand", Op::Thousand),
        opt(rest(below_thousand())),
    ]);
    alt([below_thousand(), many, thousands])
}

/// 0 … 999 999 999 in words.
pub(super) fn integer() -> Expr {
    alt([
        alt(["zero", "nought", "naught"].map(|text| word(text, Op::Add(0)))),
        below_million(),
        seq([
            count(),
            word(" million", Op::Million),
            opt(rest(below_million())),
        ]),
        // Without an article, as in "hundred and five".
        seq([word("hundred", Op::Hundred), opt(rest(below_hundred()))]),
        seq([word("thousand", Op::Thousand), opt(rest(below_thousand()))]),
    ])
}

/// "thousand", "million" after something that is not an integer or is written in figures.
pub(super) fn scale() -> Expr {
    alt([word("thousand", Op::Thousand), word("million", Op::Million)])
}

/// "half", "three quarters".
pub(super) fn fractions() -> Expr {
    let of = |texts: &[&str], n| alt(texts.iter().map(|text| word(text, Op::Hundredths(n))));
    alt([
        of(&["half", "a half", "one half"], 50),
        of(&["quarter", "a quarter", "one quarter"], 25),
        of(&["three quarters"], 75),
    ])
}

/// " and a half" after an integer.
pub(super) fn and_a_half() -> Expr {
    alt([
        word(" and a half", Op::Hundredths(50)),
        word(" and a quarter", Op::Hundredths(25)),
        word(" and three quarters", Op::Hundredths(75)),
    ])
}

/// Every spoken number without a dozen, with up to `decimals` decimals.
pub(super) fn number(decimals: usize) -> Expr {
    let scaled = || opt(seq([space(), scale()]));
    let point = || {
        seq([
            lit("point "),
            Op::Point.tag(),
            spoken_decimals(Language::En, decimals),
        ])
    };
    let and_a_half_million = |text: &str, op: Op| {
        seq([
            alt([word("a", Op::Add(1)), word("one", Op::Add(1))]),
            lit(text),
            Op::Hundredths(50).tag(),
            op.tag(),
        ])
    };
    alt([
        seq([integer(), opt(seq([space(), point(), scaled()]))]),
        seq([point(), scaled()]),
        seq([below_hundred(), and_a_half(), scaled()]),
        fractions(),
        seq([
            fractions(),
            opt(alt([lit(" a"), lit(" of a")])),
            space(),
            scale(),
        ]),
        and_a_half_million(" million and a half", Op::Million),
        and_a_half_million(" thousand and a half", Op::Thousand),
    ])
}

/// What stands before "dozen".
pub(super) fn dozens() -> Expr {
    alt([
        below_hundred(),
        word("a", Op::Add(1)),
        word("half a", Op::Hundredths(50)),
        word("half", Op::Hundredths(50)),
        word("a half", Op::Hundredths(50)),
    ])
}

/// Digits that are said once and count twice.
pub(super) fn doubled() -> Expr {
    alt([word("double", Op::Times(2)), tripled()])
}

/// Digits that are said once and count three times.
pub(super) fn tripled() -> Expr {
    alt([word("triple", Op::Times(3)), word("treble", Op::Times(3))])
}

/// "first" … "nine hundred and ninety-ninth".
pub(super) fn ordinals() -> Expr {
    const SMALL: [&str; 19] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
    ];
    const ROUND: [&str; 8] = [
        "twentieth",
        "thirtieth",
        "fortieth",
        "fiftieth",
        "sixtieth",
        "seventieth",
        "eightieth",
        "ninetieth",
    ];
    let below_hundred = alt([
        counted(&SMALL, 1, 1),
        counted(&ROUND, 20, 10),
        seq([tens(), words_hyphen(), counted(&SMALL[..9], 1, 1)]),
    ]);
    alt([
        below_hundred.clone(),
        seq([hundred(), alt([lit("th"), rest(below_hundred)])]),
        word("hundredth", Op::Hundred),
    ])
}
