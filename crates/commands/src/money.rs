//! An amount of money that a command may hold: more than nothing, in a currency that exists.

use std::borrow::Cow;

use iso_currency::Currency;
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::text::parse_decimal;

/// A positive amount in an ISO 4217 currency.
///
/// Its fields are private because every `Money` is valid: the amount is greater than zero and has
/// no more decimal places than the currency has (2 for the euro, none for the yen). In JSON the
/// amount is a decimal string with exactly those places, never a float:
/// `{"amount":"50.00","currency":"EUR"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "MoneyJson", into = "MoneyJson")]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

/// Why an amount cannot be a [`Money`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// Zero or less.
    #[error("the amount {0} is not greater than zero; give a positive amount")]
    NotPositive(Decimal),
    /// More decimal places than the currency has.
    #[error("{currency} has {places} decimal places and {amount} has more; round the amount first")]
    TooPrecise {
        /// The amount.
        amount: Decimal,
        /// The currency's code.
        currency: &'static str,
        /// How many decimal places it has.
        places: u32,
    },
    /// Not a decimal number.
    #[error("\"{0}\" is not a decimal number; write it like \"12.50\"")]
    NotADecimal(String),
    /// No such currency.
    #[error("\"{0}\" is not a currency code; use one of ISO 4217 such as \"EUR\"")]
    UnknownCurrency(String),
}

impl Money {
    /// An amount in the currency's major unit.
    ///
    /// # Errors
    /// If it is not greater than zero, or has more decimal places than the currency.
    pub fn new(amount: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let amount = amount.normalize();
        if amount <= Decimal::ZERO {
            return Err(MoneyError::NotPositive(amount));
        }
        // Currencies without an exponent (gold, testing codes) have no smallest unit to violate.
        if let Some(places) = currency.exponent().map(u32::from)
            && amount.scale() > places
        {
            return Err(MoneyError::TooPrecise {
                amount,
                currency: currency.code(),
                places,
            });
        }
        Ok(Self { amount, currency })
    }

    /// The amount in the currency's major unit; greater than zero.
    pub fn amount(&self) -> Decimal {
        self.amount
    }

    /// The currency.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The amount with at least the decimal places of its currency, as JSON and most banks write it.
    ///
    /// ```
    /// let money: zahlwort_commands::Money = serde_json::from_str(r#"{"amount":"50","currency":"EUR"}"#)?;
    /// assert_eq!(money.amount_string(), "50.00");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn amount_string(&self) -> String {
        amount_string(self.amount, self.currency)
    }
}

/// `50.00 EUR`: the amount with the currency's decimal places, then its code.
impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.amount_string(), self.currency.code())
    }
}

impl TryFrom<zahlwort_grammar::Money> for Money {
    type Error = MoneyError;

    fn try_from(money: zahlwort_grammar::Money) -> Result<Self, MoneyError> {
        Money::new(money.amount, money.currency)
    }
}

/// An amount with at least the decimal places of its currency: `50` euros are `50.00`.
pub(crate) fn amount_string(amount: Decimal, currency: Currency) -> String {
    let amount = amount.normalize();
    let places = currency
        .exponent()
        .map_or(0, usize::from)
        .max(amount.scale() as usize);
    format!("{amount:.places$}")
}

#[derive(Clone, Serialize, Deserialize)]
struct MoneyJson {
    amount: String,
    currency: String,
}

impl From<Money> for MoneyJson {
    fn from(money: Money) -> Self {
        Self {
            amount: money.amount_string(),
            currency: money.currency.code().to_owned(),
        }
    }
}

impl TryFrom<MoneyJson> for Money {
    type Error = MoneyError;

    fn try_from(json: MoneyJson) -> Result<Self, MoneyError> {
        let amount = parse_decimal(&json.amount).ok_or(MoneyError::NotADecimal(json.amount))?;
        let currency = Currency::from_code(&json.currency)
            .ok_or(MoneyError::UnknownCurrency(json.currency))?;
        Money::new(amount, currency)
    }
}

impl JsonSchema for Money {
    fn schema_name() -> Cow<'static, str> {
        "Money".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "description": "A positive amount of money.",
            "properties": {
                "amount": {
                    "type": "string",
                    "description": "A decimal greater than zero, in the currency's major unit.",
                    "pattern": "^[0-9]+(\\.[0-9]+)?$",
                    "examples": ["50.00"]
                },
                "currency": {
                    "type": "string",
                    "description": "ISO 4217 code.",
                    "pattern": "^[A-Z]{3}$",
                    "examples": ["EUR"]
                }
            },
            "required": ["amount", "currency"]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(json: &str) -> Result<Money, String> {
        serde_json::from_str(json).map_err(|e| e.to_string())
    }

    #[test]
    fn amounts_carry_the_decimal_places_of_their_currency() {
        let show = |amount: i64, scale, currency| {
            let money = Money::new(Decimal::new(amount, scale), currency).unwrap();
            serde_json::to_string(&money).unwrap()
        };
        assert_eq!(
            show(50, 0, Currency::EUR),
            r#"{"amount":"50.00","currency":"EUR"}"#
        );
        assert_eq!(
            show(125, 1, Currency::USD),
            r#"{"amount":"12.50","currency":"USD"}"#
        );
        assert_eq!(
            show(500, 0, Currency::JPY),
            r#"{"amount":"500","currency":"JPY"}"#
        );
        assert_eq!(
            show(1_250, 3, Currency::KWD),
            r#"{"amount":"1.250","currency":"KWD"}"#
        );
    }

    #[test]
    fn what_cannot_be_paid_is_not_money_not_even_from_json() {
        for (json, why) in [
            (
                r#"{"amount":"0.00","currency":"EUR"}"#,
                "not greater than zero",
            ),
            (
                r#"{"amount":"-5.00","currency":"EUR"}"#,
                "not greater than zero",
            ),
            (r#"{"amount":"1.005","currency":"EUR"}"#, "2 decimal places"),
            (r#"{"amount":"1.5","currency":"JPY"}"#, "0 decimal places"),
            (
                r#"{"amount":"1e3","currency":"EUR"}"#,
                "not a decimal number",
            ),
            (
                r#"{"amount":"1_000","currency":"EUR"}"#,
                "not a decimal number",
            ),
            (r#"{"amount":"","currency":"EUR"}"#, "not a decimal number"),
            (
                r#"{"amount":"5.00","currency":"EURO"}"#,
                "not a currency code",
            ),
            (r#"{"amount":5.0,"currency":"EUR"}"#, "expected a string"),
        ] {
            let error = parse(json).expect_err(json);
            assert!(error.contains(why), "{json}: {error}");
        }
    }

    proptest! {
        #[test]
        fn every_positive_amount_survives_json(cents in 1i64..=i64::MAX) {
            let money = Money::new(Decimal::new(cents, 2), Currency::EUR).unwrap();
            let json = serde_json::to_string(&money).unwrap();
            prop_assert_eq!(parse(&json).unwrap(), money);
        }
    }
}
