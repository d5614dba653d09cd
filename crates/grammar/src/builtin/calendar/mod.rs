//! The built-in types of the calendar and the clock: `@date`, `@time`, `@duration`, `@interval`.
//!
//! For each type and language there is one [`Expr`] of its spoken and written forms, whose tags
//! [`evaluate`] reads; and `speak_…` goes the other way, for tests and samples. What is understood
//! where usage differs is documented with the type: [`date`], [`time`], [`duration`], [`interval`].
//!
//! Texts are expected as the normaliser leaves them: letters that a hyphen joined are separate
//! words ("twenty first"), sentence punctuation is gone, `.`, `,`, `:` and `-` at digits are kept.

mod date;
mod date_de;
mod date_en;
mod duration;
mod interval;
mod interval_words;
mod marks;
// For tests and sampling: not every build of the crate says what it understands.
#[allow(dead_code)]
mod speak;
#[allow(dead_code)]
mod speak_span;
mod time;
mod time_words;
mod words;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use speak::speak_full_date;
#[allow(unused_imports)]
pub(crate) use speak::{speak_date, speak_time};
#[allow(unused_imports)]
pub(crate) use speak_span::{speak_duration, speak_interval};

use crate::{Builtin, Expr, Language, Tag, Value, ValueContext, ValueError};

/// Every form of one of the four calendar types; the empty text for any other type.
pub(crate) fn expr(builtin: Builtin, language: Language) -> Expr {
    match (builtin, language) {
        (Builtin::Date, Language::De) => date_de::expr(),
        (Builtin::Date, Language::En) => date_en::expr(),
        (Builtin::Time, language) => time_words::expr(language),
        (Builtin::Duration, language) => duration::expr(language),
        (Builtin::Interval, language) => interval_words::expr(language),
        _ => crate::empty(),
    }
}

/// The value of a matched path of [`expr`].
///
/// # Errors
/// [`ValueError::NoSuchDay`] and [`ValueError::NoSuchTime`] for days and times that do not exist;
/// [`ValueError::OutOfRange`] where the tags are not those of the type.
pub(crate) fn evaluate(
    builtin: Builtin,
    language: Language,
    tags: &[Tag],
    text: &str,
    context: &ValueContext,
) -> Result<Value, ValueError> {
    // What a tag means does not depend on the language that it was said in.
    let _ = language;
    match builtin {
        Builtin::Date => date::evaluate(tags, text, context.today).map(Value::Date),
        Builtin::Time => time::evaluate(tags, text).map(Value::Time),
        Builtin::Duration => duration::evaluate(tags, text).map(Value::Duration),
        Builtin::Interval => interval::evaluate(tags, text).map(Value::Interval),
        _ => Err(ValueError::OutOfRange(text.to_owned())),
    }
}
