//! How English number words combine, British ("two hundred and five") and American ("two hundred five").

use crate::language::numbers::{Numbers, Place, with_decimals};
use crate::language::step::{Step, word};
use crate::{Expr, alt, lit, opt, seq, space, words};

/// A one that is no number elsewhere.
pub(super) const A: &str = "a";
/// Between hundreds and the rest, and between two units.
pub(super) const AND: &str = "and";

/// 20, 30 … 90.
const TENS: [u32; 8] = [20, 30, 40, 50, 60, 70, 80, 90];

/// What stands within "twenty-five": a hyphen, or the space that is left of it.
fn words_hyphen() -> Expr {
    alt([space(), lit("-")])
}

/// A number's word behind another word.
fn behind(n: &Numbers, value: u32, step: Step) -> Expr {
    seq([space(), word(n.word(value), step)])
}

fn units(n: &Numbers) -> Expr {
    n.said(1..=9, Place::Number, Step::Add)
}

fn tens(n: &Numbers) -> Expr {
    n.said(TENS, Place::Number, Step::Add)
}

fn tens_and_units(n: &Numbers) -> Expr {
    seq([tens(n), words_hyphen(), units(n)])
}

/// 10 … 99.
pub(super) fn double_figure(n: &Numbers) -> Expr {
    alt([
        n.said(10..=19, Place::Number, Step::Add),
        tens(n),
        tens_and_units(n),
    ])
}

/// 1 … 99.
pub(super) fn below_hundred(n: &Numbers) -> Expr {
    alt([units(n), double_figure(n)])
}

/// What follows a hundred, thousand or million.
fn rest(rest: Expr) -> Expr {
    seq([opt(lit(" and")), space(), rest])
}

fn hundred(n: &Numbers) -> Expr {
    seq([
        alt([units(n), word(A, Step::Add(1))]),
        behind(n, 100, Step::Hundred),
    ])
}

/// 1 … 999.
fn below_thousand(n: &Numbers) -> Expr {
    alt([
        below_hundred(n),
        seq([hundred(n), opt(rest(below_hundred(n)))]),
    ])
}

/// 1 … 999 of which the last two figures are not 00, so that another number can follow.
pub(super) fn ending_in_figures(n: &Numbers) -> Expr {
    alt([below_hundred(n), seq([hundred(n), rest(below_hundred(n))])])
}

/// 1 … 999, and "a": what is counted in thousands and millions.
fn count(n: &Numbers) -> Expr {
    alt([below_thousand(n), word(A, Step::Add(1))])
}

/// 1 … 999 999.
fn below_million(n: &Numbers) -> Expr {
    // Twelve hundred, twenty-five hundred.
    let many = seq([
        alt([n.usual(11..=19, Step::Add), tens_and_units(n)]),
        behind(n, 100, Step::Hundred),
        opt(rest(below_hundred(n))),
    ]);
    let thousands = seq([
        count(n),
        behind(n, 1_000, Step::Thousand),
        opt(rest(below_thousand(n))),
    ]);
    alt([below_thousand(n), many, thousands])
}

/// 0 … 999 999 999 in words.
pub(super) fn integer(n: &Numbers) -> Expr {
    alt([
        n.said([0], Place::Number, Step::Add),
        below_million(n),
        seq([
            count(n),
            behind(n, 1_000_000, Step::Million),
            opt(rest(below_million(n))),
        ]),
        // Without an article, as in "hundred and five".
        seq([
            word(n.word(100), Step::Hundred),
            opt(rest(below_hundred(n))),
        ]),
        seq([
            word(n.word(1_000), Step::Thousand),
            opt(rest(below_thousand(n))),
        ]),
    ])
}

/// "thousand", "million" after something that is not an integer or is written in figures.
pub(super) fn scale(n: &Numbers) -> Expr {
    alt([
        word(n.word(1_000), Step::Thousand),
        word(n.word(1_000_000), Step::Million),
    ])
}

/// "half", "three quarters".
pub(super) fn fractions() -> Expr {
    let of = |texts: &[&str], n| alt(texts.iter().map(|text| word(text, Step::Hundredths(n))));
    alt([
        of(&["half", "a half", "one half"], 50),
        of(&["quarter", "a quarter", "one quarter"], 25),
        of(&["three quarters"], 75),
    ])
}

/// " and a half" after an integer.
pub(super) fn and_a_half() -> Expr {
    alt([
        word(" and a half", Step::Hundredths(50)),
        word(" and a quarter", Step::Hundredths(25)),
        word(" and three quarters", Step::Hundredths(75)),
    ])
}

/// Every spoken number without a dozen, with up to `decimals` decimals.
pub(super) fn number(n: &Numbers, decimals: usize) -> Expr {
    let scaled = || opt(seq([space(), scale(n)]));
    let point = seq([
        words(n.point.iter().copied()),
        space(),
        Step::Point.tag(),
        n.spoken_decimals(decimals),
    ]);
    let and_a_half_of = |value: u32, step: Step| {
        seq([
            one(n),
            lit(format!(" {} and a half", n.word(value))),
            Step::Hundredths(50).tag(),
            step.tag(),
        ])
    };
    alt([
        with_decimals(n, decimals),
        seq([point, scaled()]),
        seq([below_hundred(n), and_a_half(), scaled()]),
        fractions(),
        seq([
            fractions(),
            opt(alt([lit(" a"), lit(" of a")])),
            space(),
            scale(n),
        ]),
        and_a_half_of(1_000_000, Step::Million),
        and_a_half_of(1_000, Step::Thousand),
    ])
}

/// "a" or "one".
fn one(n: &Numbers) -> Expr {
    alt([word(A, Step::Add(1)), word(n.word(1), Step::Add(1))])
}

/// What stands before "dozen".
pub(super) fn dozens(n: &Numbers) -> Expr {
    alt([
        below_hundred(n),
        word(A, Step::Add(1)),
        word("half a", Step::Hundredths(50)),
        word("half", Step::Hundredths(50)),
        word("a half", Step::Hundredths(50)),
    ])
}

/// The ordinals 1 to 999.
pub(super) fn ordinal_stems(n: &Numbers) -> Expr {
    let ordinal = |value: u32| {
        let stems = ordinals(n, value.into(), n.word(value)).into_iter();
        alt(stems.map(move |stem| word(&stem, Step::Add(value))))
    };
    let below_hundred = alt([
        alt((1..=19).chain(TENS).map(ordinal)),
        seq([tens(n), words_hyphen(), alt((1..=9).map(ordinal))]),
    ]);
    let hundredth = ordinals(n, 100, n.word(100));
    alt([
        below_hundred.clone(),
        seq([hundred(n), alt([lit("th"), rest(below_hundred)])]),
        alt(hundredth.iter().map(|text| word(text, Step::Hundred))),
    ])
}

/// The ordinals of a number and one of the ways in which it is said: its last word changes.
pub(super) fn ordinals(n: &Numbers, _: u64, said: &str) -> Vec<String> {
    if let Some(head) = said.strip_suffix('y') {
        return vec![format!("{head}ieth")];
    }
    let irregular = n.words.iter().find_map(|numeral| {
        let ordinal = numeral.ordinals.first()?;
        Some(format!("{}{ordinal}", said.strip_suffix(numeral.word)?))
    });
    vec![irregular.unwrap_or_else(|| format!("{said}th"))]
}

/// Two digits said as one number. "Twenty five" is 25 where `round` is not set, and cannot be 20 and 5.
pub(super) fn pair(n: &Numbers, round: bool) -> Expr {
    let compound = seq([
        n.usual(TENS, |n| Step::Digit((n / 10) as u8)),
        words_hyphen(),
        n.usual(1..=9, |n| Step::Digit(n as u8)),
    ]);
    let teens = n.usual(10..=19, |n| Step::Pair(n as u8));
    let tens = round.then(|| n.usual(TENS, |n| Step::Pair(n as u8)));
    alt([teens, compound].into_iter().chain(tens))
}
