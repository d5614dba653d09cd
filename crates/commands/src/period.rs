//! Over what time transactions are listed.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A stretch of days that transactions are listed for. In JSON a name, which is relative to the day of asking
/// (`"last_week"`), or two days as an ISO 8601 interval, both included (`"2026-06-01/2026-06-30"`).
///
/// ```
/// use zahlwort_commands::Period;
/// use jiff::civil::date;
/// assert_eq!("last_week".parse(), Ok(Period::LastWeek));
/// let june = Period::Days { first: date(2026, 6, 1), last: date(2026, 6, 30) };
/// assert_eq!(june.to_string(), "2026-06-01/2026-06-30");
/// assert_eq!("2026-06-01/2026-06-30".parse(), Ok(june));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Cow<'_, str>", into = "String")]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Period {
    Today,
    Yesterday,
    ThisWeek,
    LastWeek,
    ThisMonth,
    LastMonth,
    ThisYear,
    LastYear,
    /// The last 7 days, today included.
    Last7Days,
    /// The last 30 days, today included.
    Last30Days,
    /// Any others, from the first to the last, which is not before it: JSON in which it is cannot be read.
    Days {
        first: Date,
        last: Date,
    },
}

/// Not a period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no period; use one of today, yesterday, this_week, last_week, this_month, last_month, this_year, \
     last_year, last_7_days, last_30_days, or two days as in 2026-06-01/2026-06-30"
)]
pub struct PeriodError(
    /// What was given.
    pub String,
);

const NAMES: [(&str, Period); 10] = [
    ("today", Period::Today),
    ("yesterday", Period::Yesterday),
    ("this_week", Period::ThisWeek),
    ("last_week", Period::LastWeek),
    ("this_month", Period::ThisMonth),
    ("last_month", Period::LastMonth),
    ("this_year", Period::ThisYear),
    ("last_year", Period::LastYear),
    ("last_7_days", Period::Last7Days),
    ("last_30_days", Period::Last30Days),
];

impl Period {
    /// The name in JSON, where it has one: "last_week"; none for [`Period::Days`].
    pub fn name(self) -> Option<&'static str> {
        let found = NAMES.iter().find(|(_, period)| *period == self);
        found.map(|(name, _)| *name)
    }

    /// The first and the last day of the period, both included; weeks begin on Monday (ISO 8601).
    /// Nothing if they lie before year −9999, which the calendar type cannot hold.
    pub fn days(self, today: Date) -> Option<(Date, Date)> {
        let monday = today
            .checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days())
            .ok()?;
        let days_ago = |days: i64| today.checked_sub(days.days()).ok();
        let month_ago = today.first_of_month().checked_sub(1.day()).ok();
        let year_ago = today.first_of_year().checked_sub(1.day()).ok();
        Some(match self {
            Period::Today => (today, today),
            Period::Yesterday => (days_ago(1)?, days_ago(1)?),
            Period::ThisWeek => (monday, today),
            Period::LastWeek => (
                monday.checked_sub(7.days()).ok()?,
                monday.checked_sub(1.day()).ok()?,
            ),
            Period::ThisMonth => (today.first_of_month(), today),
            Period::LastMonth => (month_ago?.first_of_month(), month_ago?),
            Period::ThisYear => (today.first_of_year(), today),
            Period::LastYear => (year_ago?.first_of_year(), year_ago?),
            Period::Last7Days => (days_ago(6)?, today),
            Period::Last30Days => (days_ago(29)?, today),
            Period::Days { first, last } => (first, last),
        })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.name(), self) {
            (Some(name), _) => f.write_str(name),
            (None, Period::Days { first, last }) => write!(f, "{first}/{last}"),
            (None, _) => Ok(()),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        if let Some((_, period)) = NAMES.iter().find(|(name, _)| *name == text) {
            return Ok(*period);
        }
        let days = text.split_once('/').and_then(|(first, last)| {
            let (first, last) = (first.parse().ok()?, last.parse().ok()?);
            (first <= last).then_some(Period::Days { first, last })
        });
        days.ok_or_else(|| PeriodError(text.to_owned()))
    }
}

impl TryFrom<Cow<'_, str>> for Period {
    type Error = PeriodError;

    fn try_from(text: Cow<'_, str>) -> Result<Self, PeriodError> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl From<zahlwort_grammar::Period> for Period {
    fn from(said: zahlwort_grammar::Period) -> Self {
        use zahlwort_grammar::Period as Said;
        match said {
            Said::Today => Period::Today,
            Said::Yesterday => Period::Yesterday,
            Said::ThisWeek => Period::ThisWeek,
            Said::LastWeek => Period::LastWeek,
            Said::ThisMonth => Period::ThisMonth,
            Said::LastMonth => Period::LastMonth,
            Said::ThisYear => Period::ThisYear,
            Said::LastYear => Period::LastYear,
            Said::Last7Days => Period::Last7Days,
            Said::Last30Days => Period::Last30Days,
            Said::Days { first, last } => Period::Days { first, last },
        }
    }
}

impl JsonSchema for Period {
    fn schema_name() -> Cow<'static, str> {
        "Period".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
        json_schema!({
            "description": "A stretch of days that transactions are listed for: a name, relative to the day of asking, \
                            or two days as an ISO 8601 interval, both included.",
            "anyOf": [
                {"enum": names},
                {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}$"},
            ],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_end_where_the_calendar_ends_them() {
        let wednesday = date(2024, 3, 6);
        for (period, first, last) in [
            (Period::Today, wednesday, wednesday),
            (Period::Yesterday, date(2024, 3, 5), date(2024, 3, 5)),
            (Period::ThisWeek, date(2024, 3, 4), wednesday),
            (Period::LastWeek, date(2024, 2, 26), date(2024, 3, 3)),
            (Period::ThisMonth, date(2024, 3, 1), wednesday),
            (Period::LastMonth, date(2024, 2, 1), date(2024, 2, 29)),
            (Period::LastYear, date(2023, 1, 1), date(2023, 12, 31)),
            (Period::Last7Days, date(2024, 2, 29), wednesday),
        ] {
            assert_eq!(period.days(wednesday), Some((first, last)), "{period:?}");
        }
        assert_eq!(Period::LastYear.days(Date::MIN), None);
    }

    #[test]
    fn periods_are_strings_in_json() {
        for (_, period) in NAMES {
            let json = serde_json::to_string(&period).unwrap();
            assert_eq!(serde_json::from_str::<Period>(&json).unwrap(), period);
        }
        let june: Period = serde_json::from_str("\"2026-06-01/2026-06-30\"").unwrap();
        assert_eq!(
            june.days(date(2026, 11, 1)),
            Some((date(2026, 6, 1), date(2026, 6, 30)))
        );
        for wrong in [
            "\"next_week\"",
            "\"2026-06-30/2026-06-01\"",
            "\"2026-06-31/2026-07-01\"",
            "7",
        ] {
            assert!(serde_json::from_str::<Period>(wrong).is_err(), "{wrong}");
        }
    }
}
