//! `@duration`: lengths of time, in the units that were said.
//!
//! Nothing is converted but fractions: half a year is 6 months, a quarter of a year 3, half a month
//! 15 days (as the German Civil Code, BGB § 189, counts them), half a day 12 hours, half an hour 30
//! minutes, half a minute 30 seconds. Half a week has no agreed length in days and is not
//! understood. Several units must come in falling order ("ein Jahr und zwei Monate").

use crate::language::marks::{self, COUNT, HALF, MORE, UNIT, unit};
use crate::{Duration, Tag, ValueError};

/// Adds up counts and units as their marks come.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    total: Duration,
    count: u32,
    half: bool,
    unit: Option<u32>,
}

impl Sum {
    /// Takes a mark; false where it is not one of a duration.
    pub(super) fn take(&mut self, kind: u32, number: u32) -> bool {
        match kind {
            COUNT => {
                self.count = number;
                self.unit = None;
            }
            MORE => self.count = self.count.saturating_add(number),
            // Half of the unit just named ("a year and a half"), else of the one to come.
            HALF => match self.unit {
                Some(unit) => self.add_half(unit),
                None => self.half = true,
            },
            UNIT => {
                self.add(number, self.count);
                if self.half {
                    self.add_half(number);
                }
                self.count = 0;
                self.half = false;
                self.unit = Some(number);
            }
            _ => return false,
        }
        true
    }

    /// The duration so far.
    pub(super) fn total(&self) -> Duration {
        self.total
    }

    fn add(&mut self, unit: u32, count: u32) {
        let total = &mut self.total;
        let field = match unit {
            unit::YEAR => &mut total.years,
            unit::MONTH => &mut total.months,
            unit::WEEK => &mut total.weeks,
            unit::DAY => &mut total.days,
            unit::HOUR => &mut total.hours,
            unit::MINUTE => &mut total.minutes,
            _ => &mut total.seconds,
        };
        *field = field.saturating_add(count);
    }

    fn add_half(&mut self, unit: u32) {
        match unit {
            unit::YEAR => self.add(unit::MONTH, 6),
            unit::MONTH => self.add(unit::DAY, 15),
            unit::DAY => self.add(unit::HOUR, 12),
            unit::HOUR => self.add(unit::MINUTE, 30),
            unit::MINUTE => self.add(unit::SECOND, 30),
            // Weeks and seconds have no half in the grammar.
            _ => {}
        }
    }
}

/// The duration that the tags mean.
pub(super) fn evaluate(tags: &[Tag], text: &str) -> Result<Duration, ValueError> {
    let mut sum = Sum::default();
    for &tag in tags {
        let (kind, number) = marks::read(tag);
        if !sum.take(kind, number) {
            return Err(ValueError::OutOfRange(text.to_owned()));
        }
    }
    Ok(sum.total())
}
