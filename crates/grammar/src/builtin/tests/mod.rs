//! What the numeric built-in types understand: tables of idioms, and properties over whole ranges.

mod idioms;
mod money;
mod numbers;
mod properties;

use crate::{Builtin, Language, Money, Value};
use iso_currency::Currency;
use rust_decimal::Decimal;

use super::testing;

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn amount(amount: &str, currency: Currency) -> Value {
    Value::Money(Money {
        amount: decimal(amount),
        currency,
    })
}

/// Each text must have exactly this reading.
#[track_caller]
fn all_read(builtin: Builtin, language: Language, table: &[(&str, Value)]) {
    let mut wrong = Vec::new();
    for (text, value) in table {
        let values =
            testing::readings(builtin, language, &testing::cached(builtin, language), text);
        if values != [Ok(value.clone())] {
            wrong.push(format!("{text:?} should be {value:?}, is {values:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// No text may be read at all.
#[track_caller]
fn none_read(builtin: Builtin, language: Language, texts: &[&str]) {
    let read: Vec<_> = texts
        .iter()
        .filter_map(|text| Some((text, testing::read(builtin, language, text)?)))
        .collect();
    assert!(read.is_empty(), "{read:?}");
}
