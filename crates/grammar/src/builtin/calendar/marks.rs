//! How the calendar's tags are numbered: a kind in the upper bits, its number in the lower 16.

use crate::{Expr, Tag, lit, seq};

/// A count of units, hours or minutes past, as the type says.
pub(super) const COUNT: u32 = 1;
/// A calendar unit, 0 = year … 6 = second.
pub(super) const UNIT: u32 = 2;
/// Half a unit more; of the unit that follows, or of the last one where none does.
pub(super) const HALF: u32 = 3;
/// A day of the month; as written, so perhaps one that does not exist.
pub(super) const DAY: u32 = 4;
/// A month, 1 = January; as written.
pub(super) const MONTH: u32 = 5;
/// A year.
pub(super) const YEAR: u32 = 6;
/// A weekday, 1 = Monday.
pub(super) const WEEKDAY: u32 = 7;
/// Days after the day before yesterday: 2 is today.
pub(super) const NEAR: u32 = 8;
/// Which weekday of that name: one of the `WHICH_` numbers.
pub(super) const WHICH: u32 = 9;
/// The count goes back in time.
pub(super) const AGO: u32 = 10;
/// Which part of a period: 0 its first day, 1 its middle, 2 its last day.
pub(super) const EDGE: u32 = 11;
/// A period: [`UNIT`]'s number of week, month or year.
pub(super) const PERIOD: u32 = 12;
/// Which such period: 0 = this one, 1 = the next. Without it, the next such day from today on.
pub(super) const AHEAD: u32 = 13;
/// An hour.
pub(super) const HOUR: u32 = 14;
/// A minute.
pub(super) const MINUTE: u32 = 15;
/// Minutes relative to the hour that is named, shifted by [`SHIFT_ZERO`].
pub(super) const SHIFT: u32 = 16;
/// The count of minutes is before the shifted hour (0) or after it (1).
pub(super) const SIDE: u32 = 17;
/// A part of the day: a `Part` number of the time type.
pub(super) const PART: u32 = 18;
/// The step of an interval, numbered like [`UNIT`].
pub(super) const STEP: u32 = 19;

/// Added to the count before it: "hundert" + "zwanzig".
pub(super) const MORE: u32 = 20;

/// The number of [`SHIFT`] that means no shift.
pub(super) const SHIFT_ZERO: u32 = 1000;

/// Units, as [`UNIT`] and [`PERIOD`] number them.
pub(super) mod unit {
    pub(in super::super) const YEAR: u32 = 0;
    pub(in super::super) const MONTH: u32 = 1;
    pub(in super::super) const WEEK: u32 = 2;
    pub(in super::super) const DAY: u32 = 3;
    pub(in super::super) const HOUR: u32 = 4;
    pub(in super::super) const MINUTE: u32 = 5;
    pub(in super::super) const SECOND: u32 = 6;
}

/// A mark: a tag of this kind and number.
pub(super) fn mark(kind: u32, number: u32) -> Expr {
    debug_assert!(number < 1 << 16);
    Expr::Tag(Tag(kind << 16 | number))
}

/// Text with a mark.
pub(super) fn marked(text: impl Into<String>, kind: u32, number: u32) -> Expr {
    seq([lit(text), mark(kind, number)])
}

/// Several texts with the same mark.
pub(super) fn each<'a>(texts: impl IntoIterator<Item = &'a str>, kind: u32, number: u32) -> Expr {
    seq([crate::words(texts), mark(kind, number)])
}

/// A tag's kind and number.
pub(super) fn read(tag: Tag) -> (u32, u32) {
    (tag.0 >> 16, tag.0 & 0xFFFF)
}
