//! `@number` and `@percentage`.

use rust_decimal::Decimal;

use super::register::Register;
use crate::language::{
    Numbers, Step, fractions, gap, half_spoken, spaced, word, written, written_integer,
};
use crate::{Expr, Tag, Value, ValueError, alt, lit, opt, seq, space};

/// The largest number that is understood.
pub(super) const MAX: u32 = 999_999_999;

/// Decimals that are understood.
const DECIMALS: usize = 6;

/// Every number, spoken and written, without a dozen.
pub(super) fn core(numbers: &Numbers) -> Expr {
    alt([
        (numbers.number)(numbers, DECIMALS),
        written_scaled(numbers, DECIMALS),
    ])
}

/// "1.200,5", "1,5 Millionen", "1 1/2", and "12 Komma 5".
pub(super) fn written_scaled(numbers: &Numbers, decimals: usize) -> Expr {
    let half_spoken = half_spoken(numbers, written_integer(numbers.signs), decimals);
    let number = [written(numbers.signs, decimals), fractions()];
    let number = alt(number.into_iter().chain(half_spoken));
    let scale = numbers.scale.map(|scale| scale(numbers));
    match scale {
        Some(scale) => seq([number, opt(seq([space(), scale]))]),
        None => number,
    }
}

/// How many dozen, and the word "dozen"; `None` in a language without one.
pub(super) fn dozens(numbers: &Numbers, step: Step) -> Option<Expr> {
    let (counts, dozen) = numbers.dozen?;
    let counts = [counts(numbers), written(numbers.signs, 1), fractions()];
    Some(seq([alt(counts), space(), word(dozen, step)]))
}

/// Every form of `@number`.
pub(super) fn number(numbers: &Numbers) -> Expr {
    let forms = [core(numbers), spaced(numbers.signs, DECIMALS)];
    alt(forms.into_iter().chain(dozens(numbers, Step::Dozen)))
}

/// Every form of `@percentage`.
pub(super) fn percentage(numbers: &Numbers) -> Expr {
    let words = numbers.percent.iter().map(|text| lit(format!(" {text}")));
    let sign = alt(words.chain([seq([gap(), lit("%")])]));
    let before = numbers.before_percent.iter();
    let before = before.map(|(text, step)| word(text, *step));
    seq([alt([core(numbers)].into_iter().chain(before)), sign])
}

/// The number that a path stands for.
pub(super) fn evaluate(tags: &[Tag], text: &str) -> Result<Decimal, ValueError> {
    let mut register = Register::default();
    for tag in tags {
        Step::of(*tag)
            .and_then(|step| register.apply(step))
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
