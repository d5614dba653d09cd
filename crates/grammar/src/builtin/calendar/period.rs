//! `@period`: a stretch of days that is over or goes on, of which somebody asks what happened in it.
//!
//! Where usage differs, this is what is understood:
//!
//! * A weekday, a day, a month or a season without more is the last one that has begun: "im Juni" said in
//!   May is last year's June. A weekday is before today, so "am Montag" said on a Monday is a week ago.
//! * "this" week, month, quarter or year goes up to today, as does everything that contains today.
//! * "the last three months" are counted back from today to the day; "three months ago" is the calendar
//!   month, and "two weeks ago" the week from Monday on.
//! * The beginning of a month are its days up to the 10th, the middle those up to the 20th. The beginning of
//!   a year is January, its end December. A week begins with Monday and Tuesday and ends with Friday to Sunday;
//!   Wednesday is its middle.
//! * The first end of a range is the last such day or month before the second: "from the 1st to the 15th of May". Only
//!   where a year is said with the first alone, the second is the next one: "May 2025 to June".
//! * "last March" is over, so said in March it is a year ago.
//! * Spring begins on 1 March, summer on 1 June (as meteorologists have it).

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::date::shifted;
use super::duration::Sum;
use crate::language::marks::{self, edge, holiday, unit, which};
use crate::{Duration, Period, Tag, ValueError};

/// One end of a range, or all that was said.
#[derive(Clone, Default)]
struct Said {
    near: Option<u32>,
    weekday: Option<i8>,
    day: Option<i8>,
    month: Option<i8>,
    season: Option<i8>,
    quarter: Option<i8>,
    holiday: Option<u32>,
    year: Option<i16>,
    /// A week, a month …, and how many such ago; nothing where it is the last that has begun.
    period: Option<u32>,
    back: Option<u32>,
    edge: Option<u32>,
    span: Sum,
    /// The last so many, so many ago, or since so many.
    reach: Option<u32>,
    since: bool,
    /// It is the last one, so it is over.
    over: bool,
}

/// The days from the first to the last.
type Days = (Date, Date);

/// The period that the tags mean.
pub(super) fn evaluate(tags: &[Tag], text: &str, today: Date) -> Result<Period, ValueError> {
    let mut ends = vec![Said::default()];
    for &tag in tags {
        let (kind, number) = marks::read(tag);
        let out_of_range = || ValueError::OutOfRange(text.to_owned());
        let Some(said) = ends.last_mut().filter(|_| kind != marks::TO) else {
            ends.push(Said::default());
            continue;
        };
        let small = i8::try_from(number).map_err(|_| out_of_range());
        match kind {
            marks::NEAR => said.near = Some(number),
            marks::WEEKDAY => said.weekday = Some(small?),
            marks::DAY => said.day = Some(small?),
            marks::MONTH => said.month = Some(small?),
            marks::SEASON => said.season = Some(small?),
            marks::HOLIDAY => said.holiday = Some(number),
            marks::QUARTER => said.quarter = Some(small?),
            marks::YEAR => {
                let year = i16::try_from(number).map_err(|_| out_of_range())?;
                // Two digits are a year of this century.
                said.year = Some(if year < 100 { 2000 + year } else { year });
            }
            // "of this month": what is shared with days that lie ahead.
            marks::AHEAD if number == 0 => {
                said.period = said.period.or(Some(unit::MONTH));
                said.back = Some(0);
            }
            marks::WHICH if number == which::LAST => said.over = true,
            marks::AHEAD | marks::WHICH => return Err(ValueError::NoSuchDay(text.to_owned())),
            marks::PERIOD => said.period = Some(number),
            marks::BACK => said.back = Some(number),
            marks::EDGE => said.edge = Some(number),
            marks::REACH => said.reach = Some(number),
            marks::SINCE => said.since = true,
            _ if said.span.take(kind, number) => {}
            _ => return Err(out_of_range()),
        }
    }
    let days = match ends.as_slice() {
        [said] => match named(said) {
            Some(named) => return Ok(named),
            None => stretch(said, today, today),
        },
        [from, to] => range(from, to, today),
        _ => None,
    };
    // What lies ahead has no days to list.
    days.filter(|(first, last)| first <= last && *first <= today)
        .map(|(first, last)| Period::Days {
            first,
            last: last.min(today),
        })
        .ok_or_else(|| ValueError::NoSuchDay(text.to_owned()))
}

/// What has a name of its own.
fn named(said: &Said) -> Option<Period> {
    let more = [
        said.day,
        said.weekday,
        said.month,
        said.season,
        said.quarter,
    ];
    if said.since
        || said.edge.is_some()
        || said.holiday.is_some()
        || more.iter().any(Option::is_some)
    {
        return None;
    }
    match (said.near, said.period, said.back, said.reach) {
        (Some(2), ..) => Some(Period::Today),
        (Some(1), ..) => Some(Period::Yesterday),
        (None, Some(unit::WEEK), Some(0), _) => Some(Period::ThisWeek),
        (None, Some(unit::WEEK), Some(1), _) => Some(Period::LastWeek),
        (None, Some(unit::MONTH), Some(0), _) => Some(Period::ThisMonth),
        (None, Some(unit::MONTH), Some(1), _) => Some(Period::LastMonth),
        (None, Some(unit::YEAR), Some(0), _) => Some(Period::ThisYear),
        (None, Some(unit::YEAR), Some(1), _) => Some(Period::LastYear),
        (None, None, _, Some(marks::reach::LAST)) => match said.span.total() {
            Duration {
                days: 7,
                weeks: 0,
                months: 0,
                years: 0,
                ..
            } => Some(Period::Last7Days),
            Duration {
                days: 30,
                weeks: 0,
                months: 0,
                years: 0,
                ..
            } => Some(Period::Last30Days),
            _ => None,
        },
        _ => None,
    }
}

/// From the first day of one end to the last of the other; the first is the last one before the other.
fn range(from: &Said, to: &Said, today: Date) -> Option<Days> {
    if from.year.is_some() && to.year.is_none() && to.near.is_none() {
        let (first, _) = stretch(from, today, today)?;
        let within = first.checked_add(1.year()).ok()?.yesterday().ok()?;
        let (_, last) = stretch(to, today, within.min(today))?;
        return Some((first, last));
    }
    let (_, last) = stretch(to, today, today)?;
    let (first, _) = stretch(from, today, last)?;
    Some((first, last))
}

/// The days that were said; what can be several is the last of them that begins by `latest`.
fn stretch(said: &Said, today: Date, latest: Date) -> Option<Days> {
    let days = if let Some(reach) = said.reach {
        reached(&said.span.total(), reach, today)?
    } else if let Some(near) = said.near {
        let day = today.checked_add((i64::from(near) - 2).days()).ok()?;
        (day, day)
    } else if let Some(day) = said.day {
        let day = day_said(said, day, latest)?;
        (day, day)
    } else if let Some(weekday) = said.weekday {
        let named = Weekday::from_monday_one_offset(weekday).ok()?;
        let before = if latest == today {
            today
        } else {
            latest.tomorrow().ok()?
        };
        let day = before.nth_weekday(-1, named).ok()?;
        (day, day)
    } else if let Some(month) = said.month {
        months(said, month, 1, latest)?
    } else if let Some(first) = said.season {
        months(said, first, 3, latest)?
    } else if let Some(quarter) = said.quarter {
        months(said, 3 * quarter - 2, 3, latest)?
    } else if let Some(holiday) = said.holiday {
        holidays(said, holiday, latest)?
    } else if let Some(period) = said.period {
        back(period, said.back, latest)?
    } else {
        year(said.year?)?
    };
    let (first, last) = match said.edge {
        Some(edge) => edge_of(edge, days)?,
        None => days,
    };
    Some((first, if said.since { today } else { last }))
}

/// The last so many days, weeks, months or years; the calendar's so many ago; or all since then.
fn reached(span: &Duration, reach: u32, today: Date) -> Option<Days> {
    let then = shifted(today, span, true)?;
    match reach {
        marks::reach::LAST => Some((then.tomorrow().ok()?, today)),
        marks::reach::SINCE => Some((then, today)),
        _ if span.days > 0 => Some((then, then)),
        _ if span.weeks > 0 => back(unit::WEEK, None, then),
        _ if span.months > 0 => back(unit::MONTH, None, then),
        _ => back(unit::YEAR, None, then),
    }
}

/// The last such day up to `latest`, where month or year are not said.
fn day_said(said: &Said, day: i8, latest: Date) -> Option<Date> {
    let found = match (said.month, year_said(said, latest)) {
        (Some(month), Some(year)) => Date::new(year, month, day).ok(),
        // Nine years hold a 29 February even around a century that is no leap year.
        (Some(month), None) => (0..9)
            .filter_map(|ago| Date::new(latest.year() - ago, month, day).ok())
            .find(|date| *date <= latest),
        (None, _) => {
            let ago = said.back.filter(|_| said.period == Some(unit::MONTH));
            let months = ago.map_or(0..3, |ago| i64::from(ago)..i64::from(ago) + 1);
            months
                .filter_map(|ago| latest.first_of_month().checked_sub(ago.months()).ok())
                .filter_map(|first| Date::new(first.year(), first.month(), day).ok())
                .find(|date| *date <= latest)
        }
    }?;
    // A weekday that does not fit means that one of the two was misheard or mistaken.
    let fits = said
        .weekday
        .is_none_or(|w| w == found.weekday().to_monday_one_offset());
    fits.then_some(found)
}

/// The year that was said, by number or as this or the last one.
fn year_said(said: &Said, latest: Date) -> Option<i16> {
    let ago = said.back.filter(|_| said.period == Some(unit::YEAR));
    said.year
        .or_else(|| latest.year().checked_sub(i16::try_from(ago?).ok()?))
}

/// So many months from this one on.
fn months(said: &Said, month: i8, count: i64, latest: Date) -> Option<Days> {
    in_some_year(said, latest, |year| {
        let first = Date::new(year, month, 1).ok()?;
        let next = first.checked_add(count.months()).ok()?;
        Some((first, next.yesterday().ok()?))
    })
}

/// What is there each year, of the year that was said or the last that has begun or, if that was said, is over.
fn in_some_year(said: &Said, latest: Date, in_year: impl Fn(i16) -> Option<Days>) -> Option<Days> {
    if let Some(year) = year_said(said, latest) {
        return in_year(year);
    }
    (0..3)
        .filter_map(|ago| in_year(latest.year().checked_sub(ago)?))
        .find(|(first, last)| *first <= latest && (!said.over || *last < latest))
}

/// Christmas, Easter …
fn holidays(said: &Said, holiday: u32, latest: Date) -> Option<Days> {
    in_some_year(said, latest, |year| {
        let date = |month, day| Date::new(year, month, day).ok();
        let after_easter = |days: i64| easter(year)?.checked_add(days.days()).ok();
        Some(match holiday {
            holiday::CHRISTMAS => (date(12, 24)?, date(12, 26)?),
            holiday::NEW_YEAR => (date(12, 31)?, date(12, 31)?.tomorrow().ok()?),
            holiday::EASTER => (after_easter(-2)?, after_easter(1)?),
            _ => (after_easter(49)?, after_easter(50)?),
        })
    })
}

/// Easter Sunday (Butcher's algorithm, in Meeus, *Astronomical Algorithms*, 1991, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let correction = (century + 8) / 25;
    let moon = (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * weekday) / 451;
    let days = moon + weekday - 7 * late + 114;
    let (month, day) = (
        i8::try_from(days / 31).ok()?,
        i8::try_from(days % 31 + 1).ok()?,
    );
    Date::new(i16::try_from(year).ok()?, month, day).ok()
}

fn year(year: i16) -> Option<Days> {
    let first = Date::new(year, 1, 1).ok()?;
    Some((first, first.last_of_year()))
}

/// The week, month, quarter, year or weekend so many back; the last one that has begun where none is said.
fn back(period: u32, ago: Option<u32>, latest: Date) -> Option<Days> {
    let ago = i64::from(ago.unwrap_or(0));
    let monday = |date: Date| {
        let since = i64::from(date.weekday().to_monday_zero_offset());
        date.checked_sub(since.days()).ok()
    };
    match period {
        unit::YEAR => year(latest.year().checked_sub(i16::try_from(ago).ok()?)?),
        unit::MONTH => {
            let first = latest.first_of_month().checked_sub(ago.months()).ok()?;
            Some((first, first.last_of_month()))
        }
        unit::QUARTER => {
            let since = i64::from((latest.month() - 1) % 3);
            let first = latest
                .first_of_month()
                .checked_sub((since + 3 * ago).months())
                .ok()?;
            let next = first.checked_add(3.months()).ok()?;
            Some((first, next.yesterday().ok()?))
        }
        unit::WEEKEND => {
            let saturday = monday(latest)?.checked_add(5.days()).ok()?;
            let begun = if saturday <= latest { ago } else { ago.max(1) };
            let first = saturday.checked_sub(begun.weeks()).ok()?;
            Some((first, first.tomorrow().ok()?))
        }
        _ => {
            let first = monday(latest)?.checked_sub(ago.weeks()).ok()?;
            Some((first, first.checked_add(6.days()).ok()?))
        }
    }
}

/// The first, middle or last part of a week, month or year.
fn edge_of(edge: u32, (first, last): Days) -> Option<Days> {
    let day = |ahead: i64| first.checked_add(ahead.days()).ok();
    let length = first.until(last).ok()?.get_days();
    match (edge, length) {
        (edge::BEGIN, 6) => Some((first, day(1)?)),
        (edge::MIDDLE, 6) => Some((day(2)?, day(2)?)),
        (edge::END, 6) => Some((day(4)?, last)),
        (edge::BEGIN, 27..=30) => Some((first, day(9)?)),
        (edge::MIDDLE, 27..=30) => Some((day(10)?, day(19)?)),
        (edge::END, 27..=30) => Some((day(20)?, last)),
        (edge::BEGIN, 364..) => Some((first, first.last_of_month())),
        (edge::END, 364..) => Some((last.first_of_month(), last)),
        _ => None,
    }
}
