//! When, how often, and which one.

use std::borrow::Cow;

use jiff::Span;
use jiff::civil::{Date, Weekday};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use zahlwort_grammar::Frequency;

/// How often a standing order is carried out: `{"frequency":"monthly","every":1,"month_day":1}`.
/// The 31st means the last day of a shorter month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "IntervalJson", into = "IntervalJson")]
pub struct Interval(zahlwort_grammar::Interval);

/// Why something is not an [`Interval`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IntervalError {
    /// Every zero weeks, months, …
    #[error("an interval cannot be every 0 steps; use 1 or more")]
    Zero,
    /// Not a day of any month.
    #[error("{0} is not a day of the month; use 1 to 31")]
    MonthDay(u8),
    /// Not a weekday.
    #[error("{0} is not a weekday; use 1 (Monday) to 7 (Sunday)")]
    Weekday(u8),
}

impl Interval {
    /// The day of the payment number `nth`, from 0, of what begins on `start`: the first day on or after
    /// it that the interval names, and from there in the interval's steps. `None` beyond the calendar.
    ///
    /// ```
    /// use zahlwort_commands::Interval;
    /// use jiff::civil::date;
    /// let ends_of_months: Interval =
    ///     serde_json::from_str(r#"{"frequency":"monthly","every":1,"month_day":31}"#)?;
    /// assert_eq!(ends_of_months.day(date(2027, 1, 15), 0), Some(date(2027, 1, 31)));
    /// assert_eq!(ends_of_months.day(date(2027, 1, 15), 1), Some(date(2027, 2, 28)));
    /// assert_eq!(ends_of_months.day(date(2027, 1, 15), 2), Some(date(2027, 3, 31)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn day(&self, start: Date, nth: u32) -> Option<Date> {
        let interval = self.0;
        let steps = i64::from(interval.every).checked_mul(i64::from(nth))?;
        let span = |unit: fn(Span, i64) -> Result<Span, jiff::Error>| unit(Span::new(), steps).ok();
        match interval.frequency {
            Frequency::Daily => start.checked_add(span(Span::try_days)?).ok(),
            Frequency::Weekly => {
                let first = match interval.weekday {
                    // So that the day itself counts.
                    Some(day) => {
                        let weekday = Weekday::from_monday_one_offset(i8::try_from(day).ok()?);
                        let before = start.yesterday().ok()?;
                        before.nth_weekday(1, weekday.ok()?).ok()?
                    }
                    None => start,
                };
                first.checked_add(span(Span::try_weeks)?).ok()
            }
            Frequency::Monthly => {
                let wanted = match interval.month_day {
                    Some(day) => i8::try_from(day).ok()?,
                    None => start.day(),
                };
                let within = |month: Date| {
                    let day = wanted.min(month.days_in_month());
                    Date::new(month.year(), month.month(), day).ok()
                };
                let mut month = start.first_of_month();
                if within(month)? < start {
                    month = month.checked_add(Span::new().months(1)).ok()?;
                }
                within(month.checked_add(span(Span::try_months)?).ok()?)
            }
            // The 29th of February is the 28th in other years.
            Frequency::Yearly => start.checked_add(span(Span::try_years)?).ok(),
        }
    }

    /// The interval in the grammar's terms.
    pub fn get(&self) -> zahlwort_grammar::Interval {
        self.0
    }
}

impl TryFrom<zahlwort_grammar::Interval> for Interval {
    type Error = IntervalError;

    fn try_from(interval: zahlwort_grammar::Interval) -> Result<Self, IntervalError> {
        if interval.every == 0 {
            return Err(IntervalError::Zero);
        }
        if let Some(day) = interval.month_day.filter(|d| !(1..=31).contains(d)) {
            return Err(IntervalError::MonthDay(day));
        }
        if let Some(day) = interval.weekday.filter(|d| !(1..=7).contains(d)) {
            return Err(IntervalError::Weekday(day));
        }
        Ok(Self(interval))
    }
}

/// The wire form of an interval, also of one that is not validated.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Interval")]
pub(crate) struct IntervalJson {
    frequency: FrequencyJson,
    /// Every how many steps; a quarter is 3 months.
    #[schemars(range(min = 1))]
    every: u32,
    /// The day of the month, if said; 31 is the last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 31))]
    month_day: Option<u8>,
    /// The weekday, if said: 1 = Monday … 7 = Sunday (ISO 8601).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 7))]
    weekday: Option<u8>,
}

#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "Frequency")]
enum FrequencyJson {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

impl From<zahlwort_grammar::Interval> for IntervalJson {
    fn from(interval: zahlwort_grammar::Interval) -> Self {
        let frequency = match interval.frequency {
            Frequency::Daily => FrequencyJson::Daily,
            Frequency::Weekly => FrequencyJson::Weekly,
            Frequency::Monthly => FrequencyJson::Monthly,
            Frequency::Yearly => FrequencyJson::Yearly,
        };
        Self {
            frequency,
            every: interval.every,
            month_day: interval.month_day,
            weekday: interval.weekday,
        }
    }
}

impl From<Interval> for IntervalJson {
    fn from(interval: Interval) -> Self {
        interval.0.into()
    }
}

impl TryFrom<IntervalJson> for Interval {
    type Error = IntervalError;

    fn try_from(json: IntervalJson) -> Result<Self, IntervalError> {
        let frequency = match json.frequency {
            FrequencyJson::Daily => Frequency::Daily,
            FrequencyJson::Weekly => Frequency::Weekly,
            FrequencyJson::Monthly => Frequency::Monthly,
            FrequencyJson::Yearly => Frequency::Yearly,
        };
        Interval::try_from(zahlwort_grammar::Interval {
            frequency,
            every: json.every,
            month_day: json.month_day,
            weekday: json.weekday,
        })
    }
}

impl JsonSchema for Interval {
    fn schema_name() -> Cow<'static, str> {
        "Interval".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        IntervalJson::json_schema(generator)
    }
}

/// Which of several things: 1 is the first, −1 the last. An integer in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "i32", into = "i32")]
pub struct Position(i32);

/// Not a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a position; the first is 1 and the last is -1")]
pub struct PositionError(pub i32);

impl Position {
    /// The first is 1, the last −1.
    ///
    /// # Errors
    /// For zero and for anything below −1.
    pub fn new(position: i32) -> Result<Self, PositionError> {
        if position >= 1 || position == -1 {
            Ok(Self(position))
        } else {
            Err(PositionError(position))
        }
    }

    /// 1 for the first, −1 for the last.
    pub fn get(self) -> i32 {
        self.0
    }

    /// The index into a list of this length, if it has such an entry.
    pub fn index(self, len: usize) -> Option<usize> {
        let index = match usize::try_from(self.0) {
            Ok(position) => position.checked_sub(1)?,
            Err(_) => len.checked_sub(1)?,
        };
        (index < len).then_some(index)
    }
}

impl TryFrom<i32> for Position {
    type Error = PositionError;

    fn try_from(position: i32) -> Result<Self, PositionError> {
        Position::new(position)
    }
}

impl From<Position> for i32 {
    fn from(position: Position) -> Self {
        position.0
    }
}

impl JsonSchema for Position {
    fn schema_name() -> Cow<'static, str> {
        "Position".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "integer",
            "description": "Which one: 1 is the first, -1 the last.",
            "minimum": -1,
            "not": { "const": 0 }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_standing_order_falls_due_on_the_days_that_its_interval_names() {
        let days = |json: &str, start: Date, count: u32| -> Vec<String> {
            let interval: Interval = serde_json::from_str(json).unwrap();
            let days = (0..count).map(|n| interval.day(start, n).unwrap());
            days.map(|day| day.to_string()).collect()
        };
        let monday = date(2026, 11, 23);
        assert_eq!(
            days(r#"{"frequency":"weekly","every":2,"weekday":1}"#, monday, 2),
            ["2026-11-23", "2026-12-07"]
        );
        assert_eq!(
            days(r#"{"frequency":"weekly","every":1,"weekday":5}"#, monday, 2),
            ["2026-11-27", "2026-12-04"]
        );
        assert_eq!(
            days(
                r#"{"frequency":"monthly","every":1,"month_day":1}"#,
                monday,
                2
            ),
            ["2026-12-01", "2027-01-01"]
        );
        assert_eq!(
            days(
                r#"{"frequency":"monthly","every":3}"#,
                date(2026, 11, 30),
                2
            ),
            ["2026-11-30", "2027-02-28"]
        );
        assert_eq!(
            days(r#"{"frequency":"yearly","every":1}"#, date(2028, 2, 29), 2),
            ["2028-02-29", "2029-02-28"]
        );
        let daily: Interval =
            serde_json::from_str(r#"{"frequency":"daily","every":4000000000}"#).unwrap();
        assert_eq!(daily.day(monday, u32::MAX), None);
    }

    #[test]
    fn an_interval_reads_like_the_calendar_says_it() {
        let json = r#"{"frequency":"monthly","every":1,"month_day":1}"#;
        let interval: Interval = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&interval).unwrap(), json);
        for wrong in [
            r#"{"frequency":"monthly","every":0}"#,
            r#"{"frequency":"monthly","every":1,"month_day":32}"#,
            r#"{"frequency":"weekly","every":1,"weekday":8}"#,
            r#"{"frequency":"hourly","every":1}"#,
        ] {
            assert!(serde_json::from_str::<Interval>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn positions_count_from_one_and_know_the_last() {
        assert_eq!(Position::new(1).unwrap().index(3), Some(0));
        assert_eq!(Position::new(-1).unwrap().index(3), Some(2));
        assert_eq!(Position::new(4).unwrap().index(3), None);
        assert_eq!(Position::new(-1).unwrap().index(0), None);
        assert!(Position::new(0).is_err());
        assert!(serde_json::from_str::<Position>("-2").is_err());
    }
}
