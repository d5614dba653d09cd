//! How much of a product.

use std::borrow::Cow;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use zahlwort_grammar::Unit;

use crate::text::parse_decimal;

/// A positive number with its unit. In JSON the number is a decimal string and the unit its
/// singular English name in lower case: `{"amount":"2","unit":"bottle"}`; things that are only
/// counted have the unit `piece`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "QuantityJson", into = "QuantityJson")]
pub struct Quantity {
    amount: Decimal,
    unit: Unit,
}

/// Why a number and a unit cannot be a [`Quantity`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuantityError {
    /// Zero or less.
    #[error("the quantity {0} is not greater than zero; give at least a part of one")]
    NotPositive(Decimal),
    /// Not a decimal number.
    #[error("\"{0}\" is not a decimal number; write it like \"1.5\"")]
    NotADecimal(String),
    /// No such unit.
    #[error("\"{0}\" is not a unit; use a singular English name such as \"bottle\" or \"piece\"")]
    UnknownUnit(String),
}

impl Quantity {
    /// So many of a unit.
    ///
    /// # Errors
    /// If the number is not greater than zero.
    pub fn new(amount: Decimal, unit: Unit) -> Result<Self, QuantityError> {
        let amount = amount.normalize();
        if amount <= Decimal::ZERO {
            return Err(QuantityError::NotPositive(amount));
        }
        Ok(Self { amount, unit })
    }

    /// How many; greater than zero.
    pub fn amount(&self) -> Decimal {
        self.amount
    }

    /// Of what.
    pub fn unit(&self) -> Unit {
        self.unit
    }
}

impl TryFrom<zahlwort_grammar::Quantity> for Quantity {
    type Error = QuantityError;

    fn try_from(quantity: zahlwort_grammar::Quantity) -> Result<Self, QuantityError> {
        Quantity::new(quantity.amount, quantity.unit)
    }
}

/// The unit's singular English name in lower case, as it stands in JSON.
pub fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Piece => "piece",
        Unit::Dozen => "dozen",
        Unit::Pair => "pair",
        Unit::Gram => "gram",
        Unit::Pound => "pound",
        Unit::Ounce => "ounce",
        Unit::Kilogram => "kilogram",
        Unit::Tonne => "tonne",
        Unit::Millilitre => "millilitre",
        Unit::Centilitre => "centilitre",
        Unit::Litre => "litre",
        Unit::Gallon => "gallon",
        Unit::Pint => "pint",
        Unit::Millimetre => "millimetre",
        Unit::Centimetre => "centimetre",
        Unit::Metre => "metre",
        Unit::Kilometre => "kilometre",
        Unit::Pack => "pack",
        Unit::Bottle => "bottle",
        Unit::Crate => "crate",
        Unit::Box => "box",
        Unit::Bag => "bag",
        Unit::Can => "can",
        Unit::Jar => "jar",
        Unit::Cup => "cup",
        Unit::Glass => "glass",
        Unit::Carton => "carton",
        Unit::Bar => "bar",
        Unit::Roll => "roll",
        Unit::Tube => "tube",
        Unit::Slice => "slice",
        Unit::Loaf => "loaf",
        Unit::Bunch => "bunch",
        Unit::Tray => "tray",
        Unit::Barrel => "barrel",
        Unit::Sack => "sack",
    }
}

/// The unit of a name that [`unit_name`] gives.
pub fn unit_from_name(name: &str) -> Option<Unit> {
    Unit::ALL.into_iter().find(|unit| unit_name(*unit) == name)
}

#[derive(Clone, Serialize, Deserialize)]
struct QuantityJson {
    amount: String,
    unit: String,
}

impl From<Quantity> for QuantityJson {
    fn from(quantity: Quantity) -> Self {
        Self {
            amount: quantity.amount.to_string(),
            unit: unit_name(quantity.unit).to_owned(),
        }
    }
}

impl TryFrom<QuantityJson> for Quantity {
    type Error = QuantityError;

    fn try_from(json: QuantityJson) -> Result<Self, QuantityError> {
        let amount = parse_decimal(&json.amount).ok_or(QuantityError::NotADecimal(json.amount))?;
        let unit = unit_from_name(&json.unit).ok_or(QuantityError::UnknownUnit(json.unit))?;
        Quantity::new(amount, unit)
    }
}

impl JsonSchema for Quantity {
    fn schema_name() -> Cow<'static, str> {
        "Quantity".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let units: Vec<&str> = Unit::ALL.into_iter().map(unit_name).collect();
        json_schema!({
            "type": "object",
            "description": "How much of something.",
            "properties": {
                "amount": {
                    "type": "string",
                    "description": "A decimal greater than zero.",
                    "pattern": "^[0-9]+(\\.[0-9]+)?$",
                    "examples": ["2"]
                },
                "unit": { "type": "string", "enum": units }
            },
            "required": ["amount", "unit"]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_is_found_by_its_name() {
        for unit in Unit::ALL {
            assert_eq!(unit_from_name(unit_name(unit)), Some(unit));
        }
    }

    #[test]
    fn json_is_a_decimal_string_and_a_singular_name() {
        let quantity = Quantity::new(Decimal::new(150, 2), Unit::Kilogram).unwrap();
        let json = serde_json::to_string(&quantity).unwrap();
        assert_eq!(json, r#"{"amount":"1.5","unit":"kilogram"}"#);
        assert_eq!(serde_json::from_str::<Quantity>(&json).unwrap(), quantity);
    }

    #[test]
    fn nothing_and_less_are_no_quantity() {
        for json in [
            r#"{"amount":"0","unit":"piece"}"#,
            r#"{"amount":"-1","unit":"piece"}"#,
            r#"{"amount":"two","unit":"piece"}"#,
            r#"{"amount":"2","unit":"bottles"}"#,
        ] {
            assert!(serde_json::from_str::<Quantity>(json).is_err(), "{json}");
        }
    }
}
