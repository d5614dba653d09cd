//! `@date`: which day the marks of a matched path mean, seen from today.
//!
//! Where usage differs, this is what is understood:
//!
//! * A weekday ("Freitag", "am Freitag", "diesen Freitag", "this Friday") is the next such day
//!   strictly after today. German "nächsten" and "kommenden Freitag" are the same day (Duden:
//!   "nächster" is the one that follows immediately). English "next Friday", like "Friday next
//!   week" and "Freitag nächster Woche", is the Friday of the next ISO week (which starts on
//!   Monday), so on a Wednesday it is nine days off. "übernächsten Freitag" and "Friday after
//!   next" are a week after the next such day.
//! * "in einer Woche", "a week from" after a weekday counts from that next weekday. After a
//!   weekday, "in acht Tagen" is one week and "in vierzehn Tagen" two; elsewhere days are counted.
//! * A day and month without a year is the next such day from today on, today included; 29
//!   February is the next that exists. A day of the month ("am dritten", "on the 31st") is
//!   likewise the next such day that exists, today included; but "zum nächsten Ersten", said on the
//!   first, is a month off.
//! * A day that never exists (31 April, 29 February 2027, the 31st of a next month with 30 days) is
//!   [`ValueError::NoSuchDay`], and so is a date whose weekday was said and is another one.
//! * A month after 31 January is the last day of February.
//! * "nächsten Monat", "next week" and "next year" are their first day. The end of a week, month or
//!   year is its last day (Sunday, for a week), of the current one unless another is said; the
//!   beginning and the middle (the 15th; Wednesday) without "this" or "next" are the next such day
//!   from today on.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::duration::Sum;
use crate::language::marks::{self, edge, unit, which};
use crate::{Duration, Tag, ValueError};

/// What was said, before it is resolved.
#[derive(Default)]
struct Said {
    near: Option<u32>,
    span: Sum,
    ago: bool,
    weekday: Option<i8>,
    which: Option<u32>,
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
    edge: Option<u32>,
    period: Option<u32>,
    ahead: Option<u32>,
}

/// The day that the tags mean.
pub(super) fn evaluate(tags: &[Tag], text: &str, today: Date) -> Result<Date, ValueError> {
    let mut said = Said::default();
    for &tag in tags {
        let (kind, number) = marks::read(tag);
        let small = || i8::try_from(number).map_err(|_| ValueError::OutOfRange(text.to_owned()));
        match kind {
            marks::NEAR => said.near = Some(number),
            marks::AGO => said.ago = true,
            marks::WEEKDAY => said.weekday = Some(small()?),
            marks::WHICH => said.which = Some(number),
            marks::DAY => said.day = Some(small()?),
            marks::MONTH => said.month = Some(small()?),
            marks::YEAR => {
                let year =
                    i16::try_from(number).map_err(|_| ValueError::OutOfRange(text.to_owned()))?;
                // Two digits are a year of this century.
                said.year = Some(if year < 100 { 2000 + year } else { year });
            }
            marks::EDGE => said.edge = Some(number),
            marks::PERIOD => said.period = Some(number),
            marks::AHEAD => said.ahead = Some(number),
            _ => {
                if !said.span.take(kind, number) {
                    return Err(ValueError::OutOfRange(text.to_owned()));
                }
            }
        }
    }
    resolve(&said, today).ok_or_else(|| ValueError::NoSuchDay(text.to_owned()))
}

impl Said {
    /// The first day that "the next such day" may be.
    fn from(&self, today: Date) -> Option<Date> {
        match self.which {
            Some(which::LATER) => today.tomorrow().ok(),
            _ => Some(today),
        }
    }
}

/// `None` where there is no such day.
fn resolve(said: &Said, today: Date) -> Option<Date> {
    if let Some(edge) = said.edge {
        return match said.month {
            Some(month) => edge_of_month_name(said, edge, month, today),
            None => edge_of_period(said, edge, today),
        };
    }
    if let Some(day) = said.day {
        let date = match said.month {
            Some(month) => day_and_month(said, day, month, today)?,
            None => day_of_month(said, day, today)?,
        };
        // A weekday that does not fit means that one of the two was misheard or mistaken.
        let fits = said
            .weekday
            .is_none_or(|w| w == date.weekday().to_monday_one_offset());
        return fits.then_some(date);
    }
    let base = match (said.weekday, said.near) {
        (Some(weekday), _) => weekday_near(weekday, said.which, today)?,
        (None, near) => today
            .checked_add((i64::from(near.unwrap_or(2)) - 2).days())
            .ok()?,
    };
    shifted(base, &said.span.total(), said.ago)
}

/// So much later, or earlier.
pub(super) fn shifted(base: Date, by: &Duration, ago: bool) -> Option<Date> {
    let span = jiff::Span::new()
        .try_years(by.years)
        .and_then(|span| span.try_months(by.months))
        .and_then(|span| span.try_weeks(by.weeks))
        .and_then(|span| span.try_days(by.days))
        .ok()?;
    if ago {
        base.checked_sub(span).ok()
    } else {
        base.checked_add(span).ok()
    }
}

fn weekday_near(weekday: i8, which: Option<u32>, today: Date) -> Option<Date> {
    let named = Weekday::from_monday_one_offset(weekday).ok()?;
    match which {
        Some(which::NEXT_WEEK) => {
            let monday = today.nth_weekday(1, Weekday::Monday).ok()?;
            monday.checked_add(i64::from(weekday - 1).days()).ok()
        }
        Some(which::AFTER_NEXT) => today.nth_weekday(2, named).ok(),
        Some(which::LAST) => today.nth_weekday(-1, named).ok(),
        _ => today.nth_weekday(1, named).ok(),
    }
}

/// The year that was said, by number or as this or the next one.
fn year_said(said: &Said, today: Date) -> Option<i16> {
    let ahead = match (said.period, said.ahead) {
        (Some(unit::YEAR), Some(ahead)) => i16::try_from(ahead).ok().map(|n| today.year() + n),
        _ => None,
    };
    said.year.or(ahead)
}

fn day_and_month(said: &Said, day: i8, month: i8, today: Date) -> Option<Date> {
    match year_said(said, today) {
        Some(year) => Date::new(year, month, day).ok(),
        None => next_day_and_month(day, month, today),
    }
}

/// From today on. Nine years hold a 29 February even around a century that is no leap year.
fn next_day_and_month(day: i8, month: i8, today: Date) -> Option<Date> {
    (0..9).find_map(|ahead| {
        Date::new(today.year().checked_add(ahead)?, month, day)
            .ok()
            .filter(|d| *d >= today)
    })
}

fn day_of_month(said: &Said, day: i8, today: Date) -> Option<Date> {
    match said.ahead {
        Some(ahead) => {
            let first = today
                .first_of_month()
                .checked_add(i64::from(ahead).months())
                .ok()?;
            Date::new(first.year(), first.month(), day).ok()
        }
        None => next_day_of_month(day, said.from(today)?),
    }
}

/// From today on. Of two months in a row at least one has 31 days, but January and February need a third.
fn next_day_of_month(day: i8, today: Date) -> Option<Date> {
    (0..3_i64).find_map(|ahead| {
        let first = today.first_of_month().checked_add(ahead.months()).ok()?;
        Date::new(first.year(), first.month(), day)
            .ok()
            .filter(|d| *d >= today)
    })
}

fn edge_of_month_name(said: &Said, edge: u32, month: i8, today: Date) -> Option<Date> {
    let in_year = |year: i16| {
        let first = Date::new(year, month, 1).ok()?;
        edge_of(edge, unit::MONTH, first)
    };
    match year_said(said, today) {
        Some(year) => in_year(year),
        None => (0..2)
            .find_map(|ahead| in_year(today.year().checked_add(ahead)?).filter(|d| *d >= today)),
    }
}

fn edge_of_period(said: &Said, edge: u32, today: Date) -> Option<Date> {
    let period = said.period?;
    let first = match period {
        unit::YEAR => today.first_of_year(),
        unit::MONTH => today.first_of_month(),
        _ => today
            .checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days())
            .ok()?,
    };
    let at = |ahead: u32| {
        let span = match period {
            unit::YEAR => i64::from(ahead).years(),
            unit::MONTH => i64::from(ahead).months(),
            _ => i64::from(ahead).weeks(),
        };
        edge_of(edge, period, first.checked_add(span).ok()?)
    };
    match said.ahead {
        Some(ahead) => at(ahead),
        None => {
            let from = said.from(today)?;
            (0..2).find_map(|ahead| at(ahead).filter(|d| *d >= from))
        }
    }
}

/// The first, middle or last day of the week, month or year that starts on `first`.
fn edge_of(edge: u32, period: u32, first: Date) -> Option<Date> {
    match (edge, period) {
        (edge::BEGIN, _) => Some(first),
        (edge::MIDDLE, unit::MONTH) => first.checked_add(14.days()).ok(),
        (edge::MIDDLE, unit::WEEK) => first.checked_add(2.days()).ok(),
        (edge::END, unit::MONTH) => Some(first.last_of_month()),
        (edge::END, unit::YEAR) => Some(first.last_of_year()),
        (edge::END, _) => first.checked_add(6.days()).ok(),
        _ => None,
    }
}
