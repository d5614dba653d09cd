//! What slots are filled with, and the values that it stands for.

use iso_currency::Currency;
use jiff::civil::{Date, Time};
use rust_decimal::Decimal;
use serde_json::Value as Json;
use zahlwort_grammar::builtin::{speak_money, speak_number, spoken_numbers, spoken_ordinals};
use zahlwort_grammar::{
    Builtin, Duration, Frequency, Interval, Language, Money, Name, Period, Quantity, Unit, Value,
};

use super::{Draw, Range};

/// A number of a range, in words or digits, and its value.
pub(super) fn range(draw: &mut Draw<'_>, range: &Range, language: Language) -> (String, Value) {
    let count = (range.to - range.from) / range.step + 1;
    let number = range.from + range.step * draw.below(count as usize) as i64;
    let size = number.unsigned_abs();
    let spoken = match draw.below(2) {
        0 => size.to_string(),
        _ => draw.pick(&spoken_numbers(size, language)),
    };
    let text = match (number < 0, spoken.starts_with(|c: char| c.is_ascii_digit())) {
        (false, _) => spoken,
        (true, true) => format!("-{spoken}"),
        (true, false) => format!("minus {spoken}"),
    };
    let value = Decimal::from(number) * range.multiplier.map_or(Decimal::ONE, decimal);
    (text, Value::Number(value.normalize()))
}

fn decimal(text: &str) -> Decimal {
    let parsed = text.parse().or_else(|_| Decimal::from_scientific(text));
    parsed.expect("a decimal number")
}

/// What a text that stands alone in a list gives: a number where YAML reads one.
pub(super) fn plain(text: &str) -> Json {
    text.parse::<u32>()
        .map_or_else(|_| Json::from(text), Json::from)
}

/// The value that an entry gives.
pub(super) fn listed(out: &Json, id: Option<&str>) -> Value {
    match out {
        Json::Number(number) => Value::Number(decimal(&number.to_string())),
        Json::String(name) => name_of(name.clone(), id),
        other => name_of(other.to_string(), id),
    }
}

fn name_of(name: String, id: Option<&str>) -> Value {
    Value::Name(Name {
        name,
        id: id.map(str::to_owned),
    })
}

/// Something of a built-in type and its value; `None` for open text. Today is 1 January 2000.
pub(super) fn builtin(
    draw: &mut Draw<'_>,
    builtin: Builtin,
    language: Language,
) -> Option<(String, Value)> {
    let german = language == Language::DE;
    let text = |de: &str, en: &str| (if german { de } else { en }).to_owned();
    let limit = draw.pick(&[10, 100, 1_000, 60_000]);
    let number = draw.below(limit) as u64;
    Some(match builtin {
        Builtin::Text => return None,
        Builtin::Number => (speak_number(number, language), Value::Number(number.into())),
        Builtin::Ordinal => {
            let n = 1 + number.min(90) as i32;
            let spoken = draw.pick(&spoken_ordinals(n, language));
            (spoken, Value::Ordinal(n))
        }
        Builtin::Money => {
            let money = Money {
                amount: Decimal::new(1 + number as i64, 2),
                currency: draw.pick(&[Currency::EUR, Currency::USD]),
            };
            let money = Money {
                amount: money.amount.normalize(),
                ..money
            };
            let spoken = draw.pick(&speak_money(&money, language));
            (spoken, Value::Money(money))
        }
        Builtin::Percentage => (
            text("zwölf Prozent", "twelve percent"),
            Value::Percentage(12.into()),
        ),
        Builtin::Quantity => (
            text("drei Kilo", "three kilos"),
            Value::Quantity(Quantity {
                amount: 3.into(),
                unit: Unit::Kilogram,
            }),
        ),
        Builtin::Date => (
            text("morgen", "tomorrow"),
            Value::Date(Date::constant(2000, 1, 2)),
        ),
        Builtin::Period => (
            text("letzte Woche", "last week"),
            Value::Period(Period::LastWeek),
        ),
        Builtin::Time => (
            text("14:30 Uhr", "14:30"),
            Value::Time(Time::constant(14, 30, 0, 0)),
        ),
        Builtin::Duration => (
            text("zwei Stunden", "two hours"),
            Value::Duration(Duration {
                hours: 2,
                ..Duration::default()
            }),
        ),
        Builtin::Interval => (
            text("monatlich", "monthly"),
            Value::Interval(Interval {
                frequency: Frequency::Monthly,
                every: 1,
                month_day: None,
                weekday: None,
            }),
        ),
        Builtin::Digits => (
            text("eins zwei drei vier", "one two three four"),
            Value::Digits("1234".into()),
        ),
        Builtin::Iban => {
            let iban = "DE89370400440532013000";
            (iban.to_owned(), Value::Iban(iban.to_owned()))
        }
    })
}
