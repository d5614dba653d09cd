//! Pieces of expressions that several of the numeric types are made of: repetition, written
//! numbers, digits.

use super::ops::{Op, word};
use crate::{Expr, Language, alt, empty, lit, opt, seq, space};

/// A word boundary or none: German writes numbers in one word, transcripts do not always.
pub(super) fn gap() -> Expr {
    opt(space())
}

/// `min` to `max` of these, with `between` between them.
pub(super) fn repeat(item: &Expr, between: &Expr, min: usize, max: usize) -> Expr {
    let mut rest: Option<Expr> = None;
    for index in (0..max).rev() {
        let mut parts = Vec::with_capacity(3);
        if index > 0 && *between != empty() {
            parts.push(between.clone());
        }
        parts.push(item.clone());
        parts.extend(rest.take());
        let from_here = seq(parts);
        rest = Some(if index >= min {
            opt(from_here)
        } else {
            from_here
        });
    }
    rest.unwrap_or_else(empty)
}

/// One written digit from `from` to 9.
pub(super) fn figure(from: u8) -> Expr {
    alt((from..=9).map(|d| word(&d.to_string(), Op::Digit(d))))
}

/// `min` to `max` written digits.
pub(super) fn figures(min: usize, max: usize) -> Expr {
    repeat(&figure(0), &empty(), min, max)
}

/// A written integer of up to nine digits, without thousands separators.
fn plain() -> Expr {
    alt([figure_zero(), seq([figure(1), figures(0, 8)])])
}

fn figure_zero() -> Expr {
    word("0", Op::Digit(0))
}

/// A written integer of four to nine digits with thousands separators.
fn grouped(separator: &str) -> Expr {
    let group = seq([lit(separator), figures(3, 3)]);
    seq([figure(1), figures(0, 2), repeat(&group, &empty(), 1, 2)])
}

/// Stands in grammars for what separates groups of digits: matching a text takes a space or an
/// apostrophe for it. Not a space itself, for then a transcript of "zwölf, fünfhundert" would be 12 500.
pub(crate) const GROUP: char = '␣';

/// "40 000" and, as the Swiss write, "40'000"; with up to `decimals` decimals.
pub(super) fn spaced(language: Language, decimals: usize) -> Expr {
    let integer = grouped(&GROUP.to_string());
    if decimals == 0 {
        return integer;
    }
    let (point, other) = signs(language);
    let fractions = [(point, decimals), (other, decimals.min(2))];
    seq([
        integer,
        opt(alt(fractions.map(|(sign, max)| fraction(sign, 1, max)))),
    ])
}

/// "1/2", "½" and what stands before it in "1 1/2", "1½".
pub(super) fn fractions() -> Expr {
    let of = |text: &str, n| word(text, Op::Hundredths(n));
    let signs = || alt([of("½", 50), of("¼", 25), of("¾", 75)]);
    let all = || alt([signs(), of("1/2", 50), of("1/4", 25), of("3/4", 75)]);
    alt([all(), seq([plain(), alt([signs(), seq([space(), all()])])])])
}

/// A decimal sign and `min` to `max` digits.
fn fraction(sign: &str, min: usize, max: usize) -> Expr {
    seq([lit(sign), Op::Point.tag(), figures(min, max)])
}

/// Written numbers from 0 to 999 999 999 with up to `decimals` decimals.
///
/// The language's own convention is taken in full. Of the other one (Whisper writes "12.50 €" in
/// German too) only what cannot be meant otherwise: a decimal sign that is followed by one or two
/// digits, or that a leading zero shows not to be a thousands separator.
pub(super) fn written(language: Language, decimals: usize) -> Expr {
    let integer = written_integer(language);
    if decimals == 0 {
        return integer;
    }
    let (point, group) = signs(language);
    alt([
        seq([integer, opt(fraction(point, 1, decimals))]),
        seq([plain(), fraction(group, 1, decimals.min(2))]),
        seq([figure_zero(), fraction(group, 1, decimals)]),
        seq([grouped(point), fraction(group, 1, decimals.min(2))]),
        // ",50" and ".5" without the nought.
        fraction(point, 1, decimals),
        fraction(group, 1, decimals.min(2)),
    ])
}

/// Written integers from 0 to 999 999 999.
pub(super) fn written_integer(language: Language) -> Expr {
    alt([plain(), grouped(signs(language).1)])
}

/// A written amount with exactly two decimals, which needs no currency to be seen as one.
pub(super) fn written_cents(language: Language) -> Expr {
    let (point, group) = signs(language);
    alt([
        seq([written_integer(language), fraction(point, 2, 2)]),
        seq([plain(), fraction(group, 2, 2)]),
        seq([grouped(point), fraction(group, 2, 2)]),
    ])
}

/// The decimal sign and the thousands separator.
fn signs(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::De => (",", "."),
        Language::En => (".", ","),
    }
}

const DIGITS_DE: [(&str, u8); 12] = [
    ("null", 0),
    ("eins", 1),
    ("ein", 1),
    ("zwei", 2),
    ("zwo", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
];

const DIGITS_EN: [(&str, u8); 13] = [
    ("zero", 0),
    ("oh", 0),
    ("o", 0),
    ("nought", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
];

/// A digit said alone.
pub(super) fn spoken_digit(language: Language) -> Expr {
    let digit = |(text, d): &(&str, u8)| word(text, Op::Digit(*d));
    match language {
        // "ein" only binds to an "und" that follows.
        Language::De => alt(DIGITS_DE
            .iter()
            .filter(|(text, _)| *text != "ein")
            .map(digit)),
        Language::En => alt(DIGITS_EN.iter().map(digit)),
    }
}

/// Two digits said as one number, 10 … 99. Where `round` is not set, English leaves out 20, 30 …:
/// "twenty five" is then 25 and cannot be 20 and 5.
pub(super) fn spoken_pair(language: Language, round: bool) -> Expr {
    let teens = |names: &[&str]| {
        alt(names
            .iter()
            .zip(10..)
            .map(|(name, n)| word(name, Op::Pair(n))))
    };
    let tens = |names: &[&str], op: fn(u8) -> Op| {
        alt(names.iter().zip(2..).map(|(name, t)| word(name, op(t))))
    };
    let units = |digits: &[(&str, u8)], except: &[&str]| {
        let kept = digits.iter().filter(|(text, _)| !except.contains(text));
        alt(kept.map(|(text, d)| word(text, Op::Digit(*d))))
    };
    match language {
        Language::De => alt([
            teens(&super::german::TEENS),
            tens(&super::german::TENS, |t| Op::Pair(10 * t)),
            seq([
                units(&DIGITS_DE, &["null", "eins"]),
                gap(),
                lit("und"),
                gap(),
                tens(&super::german::TENS, Op::Tens),
            ]),
        ]),
        Language::En => {
            let compound = seq([
                tens(&super::english::TENS, Op::Digit),
                words_hyphen(),
                units(&DIGITS_EN, &["zero", "oh", "o", "nought"]),
            ]);
            let mut forms = vec![teens(&super::english::TEENS), compound];
            if round {
                forms.push(tens(&super::english::TENS, |t| Op::Pair(10 * t)));
            }
            alt(forms)
        }
    }
}

/// What stands within "twenty-five": a hyphen, or the space that is left of it.
pub(super) fn words_hyphen() -> Expr {
    alt([space(), lit("-")])
}

/// The decimals behind a spoken decimal sign: up to `max` digits one by one, or a number of two.
pub(super) fn spoken_decimals(language: Language, max: usize) -> Expr {
    let digits = repeat(&spoken_digit(language), &space(), 1, max);
    alt([digits, spoken_pair(language, true)])
}
