//! `@number` and `@percentage`.

use rust_decimal::Decimal;

use super::forms::{figures, fractions, gap, spaced, written, written_integer};
use super::ops::{Op, Register, word};
use super::{english, german};
use crate::{Expr, Language, Tag, Value, ValueError, alt, lit, opt, seq, space};

/// The largest number that is understood.
pub(super) const MAX: u32 = 999_999_999;

/// Decimals that are understood.
const DECIMALS: usize = 6;

/// Every number, spoken and written, without a dozen.
pub(super) fn core(language: Language) -> Expr {
    alt([
        spoken(language, DECIMALS),
        written_scaled(language, DECIMALS),
    ])
}

/// Every spoken number with up to `decimals` decimals, without a dozen.
pub(super) fn spoken(language: Language, decimals: usize) -> Expr {
    match language {
        Language::De => german::number(decimals),
        Language::En => english::number(decimals),
    }
}

/// "1.200,5", "1,5 Millionen", "1 1/2", and "12 Komma 5".
pub(super) fn written_scaled(language: Language, decimals: usize) -> Expr {
    let sign = match language {
        Language::De => alt([lit(" Komma "), lit(" Punkt ")]),
        Language::En => lit(" point "),
    };
    let half_spoken = seq([
        written_integer(language),
        sign,
        Op::Point.tag(),
        figures(1, decimals),
    ]);
    let number = alt([written(language, decimals), half_spoken, fractions()]);
    seq([number, opt(seq([space(), scale(language)]))])
}

/// "tausend", "Millionen".
pub(super) fn scale(language: Language) -> Expr {
    match language {
        Language::De => german::scale(),
        Language::En => english::scale(),
    }
}

/// How many dozen, and the word "dozen".
pub(super) fn dozens(language: Language, op: Op) -> Expr {
    let (count, dozen) = match language {
        Language::De => (german::dozens(), lit(" Dutzend")),
        Language::En => (english::dozens(), lit(" dozen")),
    };
    seq([
        alt([count, written(language, 1), fractions()]),
        dozen,
        op.tag(),
    ])
}

/// Every form of `@number`.
pub(super) fn number(language: Language) -> Expr {
    alt([
        core(language),
        spaced(language, DECIMALS),
        dozens(language, Op::Dozen),
    ])
}

/// Every form of `@percentage`.
pub(super) fn percentage(language: Language) -> Expr {
    let sign = match language {
        Language::De => alt([lit(" Prozent"), seq([gap(), lit("%")])]),
        Language::En => alt([lit(" percent"), lit(" per cent"), seq([gap(), lit("%")])]),
    };
    let one = match language {
        Language::De => None,
        Language::En => Some(alt([
            word("a", Op::Add(1)),
            word("half a", Op::Hundredths(50)),
        ])),
    };
    alt([core(language)]
        .into_iter()
        .chain(one)
        .map(|n| seq([n, sign.clone()])))
}

/// The number that a path stands for.
pub(super) fn evaluate(tags: &[Tag], text: &str) -> Result<Decimal, ValueError> {
    let mut register = Register::default();
    for tag in tags {
        Op::of(*tag)
            .and_then(|op| register.apply(op))
            .ok_or_else(|| out_of_range(text))?;
    }
    bounded(register.value(), text)
}

/// A number that has been read, if it is one and not too large.
pub(super) fn bounded(value: Option<Decimal>, text: &str) -> Result<Decimal, ValueError> {
    value
        .filter(|v| *v < Decimal::from(MAX) + Decimal::ONE)
        .ok_or_else(|| out_of_range(text))
}

pub(super) fn out_of_range(text: &str) -> ValueError {
    ValueError::OutOfRange(text.to_owned())
}

/// The value of `@number`.
pub(super) fn evaluate_number(tags: &[Tag], text: &str) -> Result<Value, ValueError> {
    evaluate(tags, text).map(Value::Number)
}

/// The value of `@percentage`.
pub(super) fn evaluate_percentage(tags: &[Tag], text: &str) -> Result<Value, ValueError> {
    evaluate(tags, text).map(Value::Percentage)
}
