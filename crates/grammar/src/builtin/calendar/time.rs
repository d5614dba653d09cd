//! `@time`: the time of day that the marks of a matched path mean.
//!
//! A time is taken as it was said: "drei Uhr" is 03:00 and "half past two" 02:30 unless a part of
//! the day ("nachmittags", "p.m.") says otherwise. Twelve is noon: the 12-hour clock without a part
//! of the day runs from 01:00 to 12:59, so "halb eins" and "half past twelve" are 12:30. A part of
//! the day that contradicts the hour ("vierzehn Uhr morgens") is [`ValueError::NoSuchTime`], like
//! 25 o'clock and 14:60. 24:00 is midnight, 00:00.

use jiff::civil::Time;

use crate::language::marks::{self, SHIFT_ZERO, part};
use crate::{Tag, ValueError};

/// The time that the tags mean.
pub(super) fn evaluate(tags: &[Tag], text: &str) -> Result<Time, ValueError> {
    let (mut hour, mut minute, mut count) = (None, 0, 0);
    let (mut shift, mut side, mut part) = (None, None, None);
    for &tag in tags {
        let (kind, number) = marks::read(tag);
        match kind {
            marks::HOUR => hour = Some(number),
            marks::MINUTE => minute = number,
            marks::COUNT => count = i64::from(number),
            marks::SHIFT => shift = Some(i64::from(number) - i64::from(SHIFT_ZERO)),
            marks::SIDE => side = Some(number),
            marks::PART => part = Some(number),
            _ => return Err(ValueError::OutOfRange(text.to_owned())),
        }
    }
    let no_such = || ValueError::NoSuchTime(text.to_owned());
    let hour = hour.ok_or_else(|| ValueError::OutOfRange(text.to_owned()))?;
    let past = match side {
        Some(0) => -count,
        Some(_) => count,
        None => 0,
    };
    let relative = shift.is_some() || side.is_some();
    let (hour, minute) = if relative {
        on_the_dial(hour, shift.unwrap_or(0) + past)
    } else {
        (hour, minute)
    };
    let hour = match (hour, minute) {
        (24, 0) if part.is_none() => 0,
        (hour, _) => in_part(hour, part).ok_or_else(no_such)?,
    };
    let to_i8 = |n: u32| i8::try_from(n).map_err(|_| no_such());
    Time::new(to_i8(hour)?, to_i8(minute)?, 0, 0).map_err(|_| no_such())
}

/// Minutes from an hour of the 12-hour dial, which shows 12 and not 0.
fn on_the_dial(hour: u32, shift: i64) -> (u32, u32) {
    let minutes = (i64::from(hour) * 60 + shift).rem_euclid(12 * 60) as u32;
    match minutes / 60 {
        0 => (12, minutes % 60),
        hour => (hour, minutes % 60),
    }
}

/// The hour of the 24-hour clock in a part of the day; `None` where the hour is not in it.
fn in_part(hour: u32, part: Option<u32>) -> Option<u32> {
    match (part, hour) {
        (None, hour) => Some(hour),
        (Some(part::MORNING), 12) => Some(0),
        (Some(part::MORNING), 0..=11) => Some(hour),
        (Some(part::NOON), 1..=3) => Some(hour + 12),
        (Some(part::NOON), 11..=15) => Some(hour),
        (Some(part::AFTERNOON), 1..=7) => Some(hour + 12),
        (Some(part::AFTERNOON), 12..=19) => Some(hour),
        (Some(part::EVENING | part::NIGHT), 12) => Some(0),
        (Some(part::EVENING), 4..=11) => Some(hour + 12),
        (Some(part::EVENING), 16..=23) => Some(hour),
        (Some(part::NIGHT), 0..=5) => Some(hour),
        (Some(part::NIGHT), 6..=11) => Some(hour + 12),
        (Some(part::NIGHT), 18..=23) => Some(hour),
        (Some(part::AFTER_NOON), 1..=11) => Some(hour + 12),
        (Some(part::AFTER_NOON), 12..=23) => Some(hour),
        _ => None,
    }
}
