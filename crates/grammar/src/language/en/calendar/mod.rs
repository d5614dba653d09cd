//! The English calendar and clock.

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

/// The weekdays from Monday on, and how dates abbreviate them.
const WEEKDAYS: [(&str, &[&str]); 7] = [
    ("Monday", &["Mon"]),
    ("Tuesday", &["Tue", "Tues"]),
    ("Wednesday", &["Wed"]),
    ("Thursday", &["Thu", "Thurs"]),
    ("Friday", &["Fri"]),
    ("Saturday", &[]),
    ("Sunday", &[]),
];

/// The months; of several names the usual one first.
const MONTHS: [&[&str]; 12] = [
    &["January", "Jan.", "Jan"],
    &["February", "Feb.", "Feb"],
    &["March", "Mar.", "Mar"],
    &["April", "Apr.", "Apr"],
    &["May"],
    &["June", "Jun.", "Jun"],
    &["July", "Jul.", "Jul"],
    &["August", "Aug.", "Aug"],
    &["September", "Sept.", "Sept", "Sep.", "Sep"],
    &["October", "Oct.", "Oct"],
    &["November", "Nov.", "Nov"],
    &["December", "Dec.", "Dec"],
];

/// The day with its weekday.
fn full_date(date: Date) -> String {
    let weekday = WEEKDAYS[date.weekday().to_monday_zero_offset() as usize].0;
    let month = MONTHS[date.month() as usize - 1][0];
    format!("{weekday}, {} {month} {}", date.day(), date.year())
}

/// An ordinal in figures: "3rd".
fn ordinal_digits(n: u32) -> String {
    let suffix = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{suffix}")
}
