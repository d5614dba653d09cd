//! The built-in types of the calendar and the clock: `@date`, `@period`, `@time`, `@duration`, `@interval`: what
//! the marks of a matched path mean. What is understood where usage differs is documented with the type:
//! [`date`](mod@date), [`period`](mod@period), [`time`](mod@time), [`duration`](mod@duration), [`interval`](mod@interval).
//!
//! Texts are expected as the normaliser leaves them: letters that a hyphen joined are separate
//! words ("twenty first"), sentence punctuation is gone, `.`, `,`, `:` and `-` at digits are kept.

mod date;
mod duration;
mod interval;
mod period;
mod time;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use interval::in_weeks;

use crate::{Tag, Value, ValueContext, ValueError};

/// The day of a matched path.
///
/// # Errors
/// [`ValueError::NoSuchDay`] for a day that does not exist; [`ValueError::OutOfRange`] where the tags are
/// not those of the type, here and below.
pub(super) fn date(tags: &[Tag], text: &str, context: &ValueContext) -> Result<Value, ValueError> {
    date::evaluate(tags, text, context.today).map(Value::Date)
}

/// The stretch of days of a matched path.
///
/// # Errors
/// [`ValueError::NoSuchDay`] for one that does not exist or lies ahead.
pub(super) fn period(
    tags: &[Tag],
    text: &str,
    context: &ValueContext,
) -> Result<Value, ValueError> {
    period::evaluate(tags, text, context.today).map(Value::Period)
}

/// The time of a matched path.
///
/// # Errors
/// [`ValueError::NoSuchTime`] for a time that does not exist.
pub(super) fn time(tags: &[Tag], text: &str) -> Result<Value, ValueError> {
    time::evaluate(tags, text).map(Value::Time)
}

/// The length of time of a matched path.
pub(super) fn duration(tags: &[Tag], text: &str) -> Result<Value, ValueError> {
    duration::evaluate(tags, text).map(Value::Duration)
}

/// The rhythm of a matched path.
///
/// # Errors
/// [`ValueError::NoSuchDay`] for a day that no month has.
pub(super) fn interval(tags: &[Tag], text: &str) -> Result<Value, ValueError> {
    interval::evaluate(tags, text).map(Value::Interval)
}
