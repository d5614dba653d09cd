//! What the tags of `@date`, `@period`, `@time`, `@duration` and `@interval` mean: marks, each with a kind and a
//! number. How they are put together is documented with the types.
//!
//! ```
//! use zahlwort_grammar::alt;
//! use zahlwort_grammar::language::marks::{NEAR, marked};
//! let days = alt([marked("today", NEAR, 2), marked("tomorrow", NEAR, 3)]);
//! # let _ = days;
//! ```

use crate::{Expr, Tag, lit, seq};

/// A count of units, hours or minutes past, as the type says.
pub const COUNT: u32 = 1;
/// A calendar unit: one of the numbers of [`mod@unit`].
pub const UNIT: u32 = 2;
/// Half a unit more; of the unit that follows, or of the last one where none does.
pub const HALF: u32 = 3;
/// A day of the month; as written, so perhaps one that does not exist. [`MONTH_END`] for the last one
/// of an interval.
pub const DAY: u32 = 4;
/// A month, 1 = January; as written.
pub const MONTH: u32 = 5;
/// A year.
pub const YEAR: u32 = 6;
/// A weekday, 1 = Monday.
pub const WEEKDAY: u32 = 7;
/// Days after the day before yesterday: 2 is today.
pub const NEAR: u32 = 8;
/// Which weekday of that name: one of the numbers of [`which`].
pub const WHICH: u32 = 9;
/// The count goes back in time.
pub const AGO: u32 = 10;
/// Which part of a period: one of the numbers of [`edge`].
pub const EDGE: u32 = 11;
/// A period: [`UNIT`]'s number of week, month or year; in `@period` a quarter or a weekend as well.
pub const PERIOD: u32 = 12;
/// Which such period: 0 = this one, 1 = the next. Without it, the next such day from today on.
pub const AHEAD: u32 = 13;
/// An hour.
pub const HOUR: u32 = 14;
/// A minute.
pub const MINUTE: u32 = 15;
/// Minutes relative to the hour that is named, shifted by [`SHIFT_ZERO`].
pub const SHIFT: u32 = 16;
/// The count of minutes is before the shifted hour (0) or after it (1).
pub const SIDE: u32 = 17;
/// A part of the day: one of the numbers of [`part`].
pub const PART: u32 = 18;
/// The step of an interval, numbered like [`UNIT`].
pub const STEP: u32 = 19;

/// Added to the count before it: "a hundred" + "twenty".
pub const MORE: u32 = 20;

/// How many such periods ago: 0 = the one that goes on, 1 = the last. Without it, the last that has begun.
pub const BACK: u32 = 21;
/// How far a count reaches: one of the numbers of [`reach`].
pub const REACH: u32 = 22;
/// From what follows until today.
pub const SINCE: u32 = 23;
/// What stands behind is the other end.
pub const TO: u32 = 24;
/// A quarter of a year, from 1.
pub const QUARTER: u32 = 25;
/// A season, by its first month.
pub const SEASON: u32 = 26;

/// A holiday: one of the numbers of [`holiday`].
pub const HOLIDAY: u32 = 27;

/// The number of [`SHIFT`] that means no shift.
pub const SHIFT_ZERO: u32 = 1000;

/// The day of the month that stands for its end.
pub const MONTH_END: u32 = 31;

/// Units, as [`UNIT`], [`PERIOD`] and [`STEP`] number them.
#[allow(missing_docs)]
pub mod unit {
    pub const YEAR: u32 = 0;
    pub const MONTH: u32 = 1;
    pub const WEEK: u32 = 2;
    pub const DAY: u32 = 3;
    pub const HOUR: u32 = 4;
    pub const MINUTE: u32 = 5;
    pub const SECOND: u32 = 6;
    /// Only of a [`PERIOD`](super::PERIOD), as below.
    pub const QUARTER: u32 = 7;
    pub const WEEKEND: u32 = 8;
}

/// Days of a name or number, as [`WHICH`] numbers them.
pub mod which {
    /// The weekday of the next ISO week.
    pub const NEXT_WEEK: u32 = 1;
    /// A week after the next such day.
    pub const AFTER_NEXT: u32 = 2;
    /// The last such day before today.
    pub const LAST: u32 = 3;
    /// The next such day of the month, strictly after today.
    pub const LATER: u32 = 4;
}

/// What a count of days, weeks … back from today means, as [`REACH`] numbers it.
pub mod reach {
    /// The last so many: all of them up to today.
    pub const LAST: u32 = 0;
    /// So many ago: that day, week, month or year.
    pub const AGO: u32 = 1;
    /// Since so long: from that day until today.
    pub const SINCE: u32 = 2;
}

/// Holidays, as [`HOLIDAY`] numbers them.
pub mod holiday {
    /// 24 to 26 December.
    pub const CHRISTMAS: u32 = 0;
    /// 31 December and 1 January.
    pub const NEW_YEAR: u32 = 1;
    /// Good Friday to Easter Monday.
    pub const EASTER: u32 = 2;
    /// Whit Sunday and Monday.
    pub const PENTECOST: u32 = 3;
}

/// Parts of a period, as [`EDGE`] numbers them.
pub mod edge {
    /// The first day.
    pub const BEGIN: u32 = 0;
    /// The middle.
    pub const MIDDLE: u32 = 1;
    /// The last day.
    pub const END: u32 = 2;
}

/// Parts of the day, as [`PART`] numbers them.
#[allow(missing_docs)]
pub mod part {
    pub const MORNING: u32 = 0;
    pub const NOON: u32 = 1;
    pub const AFTERNOON: u32 = 2;
    pub const EVENING: u32 = 3;
    pub const NIGHT: u32 = 4;
    /// p.m., which is wider than the afternoon.
    pub const AFTER_NOON: u32 = 5;
}

/// A mark: a tag of this kind and number.
pub fn mark(kind: u32, number: u32) -> Expr {
    debug_assert!(number < 1 << 16);
    Expr::Tag(Tag(kind << 16 | number))
}

/// Text with a mark.
pub fn marked(text: impl Into<String>, kind: u32, number: u32) -> Expr {
    seq([lit(text), mark(kind, number)])
}

/// Several texts with the same mark.
pub fn each<'a>(texts: impl IntoIterator<Item = &'a str>, kind: u32, number: u32) -> Expr {
    seq([crate::words(texts), mark(kind, number)])
}

/// Minutes from the hour that is named, before it where they are below zero.
pub fn shift(minutes: i32) -> Expr {
    mark(SHIFT, SHIFT_ZERO.saturating_add_signed(minutes))
}

/// A tag's kind and number.
pub(crate) fn read(tag: Tag) -> (u32, u32) {
    (tag.0 >> 16, tag.0 & 0xFFFF)
}
