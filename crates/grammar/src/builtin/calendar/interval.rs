//! `@interval`: how often something repeats.
//!
//! Whole weeks are weeks, however they are said: "alle vierzehn Tage" is every two weeks. A quarter
//! is 3 months, a half-year 6. "biweekly" is every two weeks; "bimonthly", which is as often twice
//! a month, is not understood. The end of the month is day 31. What an [`Interval`] cannot hold
//! ("every first Monday of the month", "twice a week") is not understood rather than approximated.

use crate::language::marks::{self, unit};
use crate::{Frequency, Interval, Tag, ValueError};

/// The interval that the tags mean.
pub(super) fn evaluate(tags: &[Tag], text: &str) -> Result<Interval, ValueError> {
    let out_of_range = || ValueError::OutOfRange(text.to_owned());
    let (mut frequency, mut every, mut day, mut weekday) = (None, 1, None, None);
    for &tag in tags {
        let (kind, number) = marks::read(tag);
        match kind {
            marks::COUNT => every = number,
            marks::STEP => {
                frequency = Some(match number {
                    unit::YEAR => Frequency::Yearly,
                    unit::MONTH => Frequency::Monthly,
                    unit::WEEK => Frequency::Weekly,
                    _ => Frequency::Daily,
                });
            }
            marks::DAY => day = Some(number),
            marks::WEEKDAY => weekday = Some(number),
            _ => return Err(out_of_range()),
        }
    }
    let month_day = match day {
        Some(day @ 1..=31) => Some(day as u8),
        Some(_) => return Err(ValueError::NoSuchDay(text.to_owned())),
        None => None,
    };
    let weekday = weekday.and_then(|day| u8::try_from(day).ok());
    // "jeden Montag" and "every 15th" name their step by what they name.
    let frequency = frequency
        .or(weekday.map(|_| Frequency::Weekly))
        .or(month_day.map(|_| Frequency::Monthly))
        .ok_or_else(out_of_range)?;
    if every == 0 {
        return Err(out_of_range());
    }
    Ok(in_weeks(Interval {
        frequency,
        every,
        month_day,
        weekday,
    }))
}

/// Every 7, 14, … days as every 1, 2, … weeks.
pub(crate) fn in_weeks(interval: Interval) -> Interval {
    match interval {
        Interval {
            frequency: Frequency::Daily,
            every,
            ..
        } if every > 0 && every % 7 == 0 => Interval {
            frequency: Frequency::Weekly,
            every: every / 7,
            ..interval
        },
        _ => interval,
    }
}
