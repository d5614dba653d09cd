//! Digits that must not end up in a log.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// A personal identification number: 4 to 12 digits (ISO 9564-1), leading zeros kept.
///
/// `Debug` and `Display` show `****` whatever its length; [`Pin::reveal`] and serialisation, which
/// the host asks for on purpose, give the digits. Its memory is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pin(Zeroizing<String>);

/// What was said cannot be a PIN. The digits themselves are not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a PIN has 4 to 12 digits and nothing else; say each digit on its own")]
pub struct PinError;

impl Pin {
    /// A PIN of these digits.
    ///
    /// # Errors
    /// If there are fewer than 4 or more than 12, or anything that is not an ASCII digit.
    pub fn new(digits: impl Into<String>) -> Result<Self, PinError> {
        // Wrapped at once, so that what is no PIN is wiped as well: it may nearly be one.
        let digits = Zeroizing::new(digits.into());
        let valid = (4..=12).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if valid {
            Ok(Self(digits))
        } else {
            Err(PinError)
        }
    }

    /// The digits.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(****)")
    }
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("****")
    }
}

impl TryFrom<String> for Pin {
    type Error = PinError;

    fn try_from(digits: String) -> Result<Self, PinError> {
        Pin::new(digits)
    }
}

impl From<Pin> for String {
    fn from(mut pin: Pin) -> Self {
        std::mem::take(&mut *pin.0)
    }
}

impl JsonSchema for Pin {
    fn schema_name() -> Cow<'static, str> {
        "Pin".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A PIN. Do not log it.",
            "pattern": "^[0-9]{4,12}$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_never_shown_by_accident() {
        let pin = Pin::new("0471").unwrap();
        assert_eq!(format!("{pin} {pin:?}"), "**** Pin(****)");
        assert_eq!(pin.reveal(), "0471");
        let error = Pin::new("04 71x").unwrap_err().to_string();
        assert!(!error.contains("71"), "{error}");
    }

    #[test]
    fn a_pin_has_four_to_twelve_digits() {
        for wrong in ["", "123", "1234567890123", "12a4", "１２３４"] {
            assert!(Pin::new(wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            serde_json::to_string(&Pin::new("0471").unwrap()).unwrap(),
            r#""0471""#
        );
        assert!(serde_json::from_str::<Pin>(r#""12""#).is_err());
    }
}
