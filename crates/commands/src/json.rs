//! Slot values as they stand in the `value` field of the output.

use jiff::civil::Time;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Value as Json, json};
use zahlwort_grammar::{Duration, Value};

use crate::Period;
use crate::money::amount_string;
use crate::quantity::unit_name;
use crate::schedule::IntervalJson;

/// A slot's value as JSON.
///
/// | value | JSON |
/// | --- | --- |
/// | text, name | string |
/// | number, percentage | integer where it is one, else a decimal string `"12.5"`: never a float |
/// | ordinal | integer, −1 for the last |
/// | money | `{"amount":"50.00","currency":"EUR"}`, as it was said: it may be zero |
/// | quantity | `{"amount":"2","unit":"bottle"}` |
/// | date, time | `"2026-12-01"`, `"14:30"` (`"14:30:05"` where seconds were said) |
/// | duration | ISO 8601, `"PT1H30M"` |
/// | interval | `{"frequency":"monthly","every":1,"month_day":1}` |
/// | digits, IBAN | string |
pub fn value_json(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::Name(name) => json!(name.name),
        Value::Number(number) | Value::Percentage(number) => number_json(*number),
        Value::Ordinal(ordinal) => json!(ordinal),
        Value::Money(money) => json!({
            "amount": amount_string(money.amount, money.currency),
            "currency": money.currency.code(),
        }),
        Value::Quantity(quantity) => json!({
            "amount": quantity.amount.normalize().to_string(),
            "unit": unit_name(quantity.unit),
        }),
        Value::Date(date) => json!(date.to_string()),
        Value::Period(period) => json!(Period::from(*period)),
        Value::Time(time) => json!(time_string(*time)),
        Value::Duration(duration) => json!(duration_string(duration)),
        // The derived serialiser of plain numbers and a unit enum has nothing that could fail.
        Value::Interval(interval) => {
            serde_json::to_value(IntervalJson::from(*interval)).unwrap_or_default()
        }
        Value::Digits(digits) => json!(digits),
        Value::Iban(iban) => json!(iban),
    }
}

fn number_json(number: Decimal) -> Json {
    let number = number.normalize();
    match number.to_i64() {
        Some(integer) if number.is_integer() => json!(integer),
        _ => json!(number.to_string()),
    }
}

fn time_string(time: Time) -> String {
    let minutes = format!("{:02}:{:02}", time.hour(), time.minute());
    if time.second() == 0 {
        minutes
    } else {
        format!("{minutes}:{:02}", time.second())
    }
}

/// ISO 8601 with the units as they were said; weeks may stand beside others (ISO 8601-2).
fn duration_string(duration: &Duration) -> String {
    let part = |count: u32, unit: &str| {
        if count == 0 {
            String::new()
        } else {
            format!("{count}{unit}")
        }
    };
    let date: String = [
        part(duration.years, "Y"),
        part(duration.months, "M"),
        part(duration.weeks, "W"),
        part(duration.days, "D"),
    ]
    .concat();
    let time: String = [
        part(duration.hours, "H"),
        part(duration.minutes, "M"),
        part(duration.seconds, "S"),
    ]
    .concat();
    match (date.is_empty(), time.is_empty()) {
        (true, true) => "PT0S".to_owned(),
        (_, true) => format!("P{date}"),
        _ => format!("P{date}T{time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iso_currency::Currency;
    use jiff::civil::{date, time};
    use zahlwort_grammar::{Frequency, Interval, Money, Name, Quantity, Unit};

    #[test]
    fn every_type_has_its_json() {
        let dec = |text: &str| text.parse::<Decimal>().unwrap();
        for (value, expected) in [
            (Value::Text("Miete".into()), json!("Miete")),
            (
                Value::Name(Name {
                    name: "Anna".into(),
                    id: Some("7".into()),
                }),
                json!("Anna"),
            ),
            (Value::Number(dec("12.0")), json!(12)),
            (Value::Number(dec("-1.50")), json!("-1.5")),
            (Value::Percentage(dec("12.5")), json!("12.5")),
            (Value::Ordinal(-1), json!(-1)),
            (
                Value::Money(Money {
                    amount: dec("50"),
                    currency: Currency::EUR,
                }),
                json!({"amount": "50.00", "currency": "EUR"}),
            ),
            (
                Value::Money(Money {
                    amount: dec("0"),
                    currency: Currency::JPY,
                }),
                json!({"amount": "0", "currency": "JPY"}),
            ),
            (
                Value::Quantity(Quantity {
                    amount: dec("0.50"),
                    unit: Unit::Litre,
                }),
                json!({"amount": "0.5", "unit": "litre"}),
            ),
            (Value::Date(date(2026, 12, 1)), json!("2026-12-01")),
            (Value::Time(time(14, 30, 0, 0)), json!("14:30")),
            (Value::Time(time(4, 3, 5, 0)), json!("04:03:05")),
            (
                Value::Duration(Duration {
                    hours: 1,
                    minutes: 30,
                    ..Duration::default()
                }),
                json!("PT1H30M"),
            ),
            (
                Value::Duration(Duration {
                    weeks: 2,
                    days: 1,
                    seconds: 3,
                    ..Duration::default()
                }),
                json!("P2W1DT3S"),
            ),
            (Value::Duration(Duration::default()), json!("PT0S")),
            (
                Value::Interval(Interval {
                    frequency: Frequency::Monthly,
                    every: 1,
                    month_day: Some(1),
                    weekday: None,
                }),
                json!({"frequency": "monthly", "every": 1, "month_day": 1}),
            ),
            (Value::Digits("0471".into()), json!("0471")),
        ] {
            assert_eq!(value_json(&value), expected, "{value:?}");
        }
    }
}
