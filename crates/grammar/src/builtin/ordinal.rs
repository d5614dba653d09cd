//! `@ordinal`: "der zweite", "the second one", "2.", "2nd"; 1 … 999, and "the last one".

use rust_decimal::prelude::ToPrimitive;

use super::number::out_of_range;
use super::register::Register;
use crate::language::{Numbers, Ordinals, Step, figure, figures, word};
use crate::{Expr, Tag, Value, ValueError, alt, lit, seq, words};

/// Every form of `@ordinal`. A bare written number is one too: the full stop of "die 2." is gone
/// before a text is matched.
pub(super) fn expr(numbers: &Numbers, ordinals: &Ordinals) -> Expr {
    let stems = [(ordinals.stems)(numbers), word(ordinals.last, Step::Last)];
    let endings = words(ordinals.endings.iter().copied());
    let marks = ordinals.marks.iter().map(|text| lit(*text));
    let articles = ordinals.articles.iter().map(|text| lit(format!("{text} ")));
    let after = ordinals.after.iter().map(|text| lit(format!(" {text}")));
    seq([
        optional(articles),
        alt([
            seq([alt(stems), endings]),
            seq([figure(1), figures(0, 2), optional(marks)]),
        ]),
        optional(after),
    ])
}

/// One of these or nothing.
fn optional(texts: impl Iterator<Item = Expr>) -> Expr {
    alt(texts.chain([crate::empty()]))
}

/// The value of a path.
pub(super) fn evaluate(tags: &[Tag], text: &str) -> Result<Value, ValueError> {
    let mut register = Register::default();
    for tag in tags {
        match Step::of(*tag) {
            Some(Step::Last) => return Ok(Value::Ordinal(-1)),
            Some(step) => register.apply(step),
            None => None,
        }
        .ok_or_else(|| out_of_range(text))?;
    }
    register
        .value()
        .and_then(|v| v.to_i32())
        .filter(|n| *n >= 1)
        .map(Value::Ordinal)
        .ok_or_else(|| out_of_range(text))
}
