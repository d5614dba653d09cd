//! Numbers in figures, and the repetition that they are made of.

use super::step::{Step, word};
use crate::{Expr, alt, empty, lit, opt, seq, space};

/// The signs of written numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// Before the decimals.
    pub decimal: &'static str,
    /// Between groups of three digits.
    pub group: &'static str,
}

/// A word boundary or none.
pub fn gap() -> Expr {
    opt(space())
}

/// `min` to `max` of these, with `between` between them.
pub fn repeat(item: &Expr, between: &Expr, min: usize, max: usize) -> Expr {
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
pub fn figure(from: u8) -> Expr {
    alt((from..=9).map(|d| word(&d.to_string(), Step::Digit(d))))
}

/// `min` to `max` written digits.
pub fn figures(min: usize, max: usize) -> Expr {
    repeat(&figure(0), &empty(), min, max)
}

/// A written integer of up to nine digits, without thousands separators.
fn plain() -> Expr {
    alt([figure_zero(), seq([figure(1), figures(0, 8)])])
}

fn figure_zero() -> Expr {
    word("0", Step::Digit(0))
}

/// A written integer of four to nine digits with thousands separators.
fn grouped(separator: &str) -> Expr {
    let group = seq([lit(separator), figures(3, 3)]);
    seq([figure(1), figures(0, 2), repeat(&group, &empty(), 1, 2)])
}

/// Stands in grammars for what separates groups of digits: matching a text takes a space or an
/// apostrophe for it. Not a space itself, for then a transcript of "twelve, five hundred" would be 12 500.
pub(crate) const GROUP: char = '␣';

/// "40 000" and, as the Swiss write, "40'000"; with up to `decimals` decimals.
pub(crate) fn spaced(signs: Signs, decimals: usize) -> Expr {
    let integer = grouped(&GROUP.to_string());
    if decimals == 0 {
        return integer;
    }
    let fractions = [(signs.decimal, decimals), (signs.group, decimals.min(2))];
    seq([
        integer,
        opt(alt(fractions.map(|(sign, max)| fraction(sign, 1, max)))),
    ])
}

/// "1/2", "½" and what stands before it in "1 1/2", "1½".
pub(crate) fn fractions() -> Expr {
    let of = |text: &str, n| word(text, Step::Hundredths(n));
    let signs = || alt([of("½", 50), of("¼", 25), of("¾", 75)]);
    let all = || alt([signs(), of("1/2", 50), of("1/4", 25), of("3/4", 75)]);
    alt([all(), seq([plain(), alt([signs(), seq([space(), all()])])])])
}

/// A decimal sign and `min` to `max` digits.
fn fraction(sign: &str, min: usize, max: usize) -> Expr {
    seq([lit(sign), Step::Point.tag(), figures(min, max)])
}

/// Written numbers from 0 to 999 999 999 with up to `decimals` decimals.
///
/// The language's own convention is taken in full. Of the other one, with the two signs swapped
/// (Whisper writes "12.50 €" in German too), only what cannot be meant otherwise: a decimal sign that is
/// followed by one or two digits, or that a leading zero shows not to be a thousands separator.
pub fn written(signs: Signs, decimals: usize) -> Expr {
    let integer = written_integer(signs);
    if decimals == 0 {
        return integer;
    }
    let Signs {
        decimal: point,
        group,
    } = signs;
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
pub fn written_integer(signs: Signs) -> Expr {
    alt([plain(), grouped(signs.group)])
}

/// A written amount with exactly two decimals, which needs no currency to be seen as one.
pub(crate) fn written_cents(signs: Signs) -> Expr {
    let Signs {
        decimal: point,
        group,
    } = signs;
    alt([
        seq([written_integer(signs), fraction(point, 2, 2)]),
        seq([plain(), fraction(group, 2, 2)]),
        seq([grouped(point), fraction(group, 2, 2)]),
    ])
}
