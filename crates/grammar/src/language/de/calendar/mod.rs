//! The German calendar and clock.

mod date;
mod duration;
mod interval;
mod period;
mod time;

use jiff::civil::Date;

use crate::language::definition::Calendar;

pub(super) const CALENDAR: Calendar = Calendar {
    date: date::expr,
    period: period::expr,
    time: time::expr,
    duration: duration::expr,
    interval: interval::expr,
    full_date,
};

/// The weekdays from Monday on; of several names the usual one first.
const WEEKDAYS: [&[&str]; 7] = [
    &["Montag"],
    &["Dienstag"],
    &["Mittwoch"],
    &["Donnerstag"],
    &["Freitag"],
    &["Samstag", "Sonnabend"],
    &["Sonntag"],
];

/// The months; of several names the usual one first.
const MONTHS: [&[&str]; 12] = [
    &["Januar", "Jänner", "Jan.", "Jan"],
    &["Februar", "Feber", "Feb.", "Feb"],
    &["März", "Mär.", "Mär"],
    &["April", "Apr.", "Apr"],
    &["Mai"],
    &["Juni", "Juno", "Jun.", "Jun"],
    &["Juli", "Julei", "Jul.", "Jul"],
    &["August", "Aug.", "Aug"],
    &["September", "Sept.", "Sept", "Sep.", "Sep"],
    &["Oktober", "Okt.", "Okt"],
    &["November", "Nov.", "Nov"],
    &["Dezember", "Dez.", "Dez"],
];

/// The day with its weekday.
fn full_date(date: Date) -> String {
    let weekday = WEEKDAYS[date.weekday().to_monday_zero_offset() as usize][0];
    let month = MONTHS[date.month() as usize - 1][0];
    format!("{weekday}, {}. {month} {}", date.day(), date.year())
}
