//! Who and what a command is about.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

fn is_false(flag: &bool) -> bool {
    !*flag
}

/// Someone who is paid or pays: a contact, a merchant, a biller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Party {
    /// The catalog's name, what was heard (see `open`), or the IBAN where only that was said.
    pub name: String,
    /// The catalog's identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// True if the name is in no catalog and stands as it was heard: nothing vouches for it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub open: bool,
    /// The account, if it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iban: Option<Iban>,
}

/// Something that is bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Product {
    /// The catalog's name, or what was heard (see `open`).
    pub name: String,
    /// The catalog's identifier, such as an SKU.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// True if the name is in no catalog and stands as it was heard.
    #[serde(default, skip_serializing_if = "is_false")]
    pub open: bool,
}

/// Something money is paid from or kept in: a payment method, an account, a prepaid phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Instrument {
    /// The catalog's name, or what was heard (see `open`).
    pub name: String,
    /// The catalog's identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// True if the name is in no catalog and stands as it was heard.
    #[serde(default, skip_serializing_if = "is_false")]
    pub open: bool,
}

macro_rules! named {
    ($type:ident { $($extra:ident),* }) => {
        impl $type {
            /// One of this name, without an identifier, known to the catalog.
            pub fn named(name: impl Into<String>) -> Self {
                Self { name: name.into(), id: None, open: false, $($extra: None),* }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.name)
            }
        }
    };
}
named!(Party { iban });
named!(Product {});
named!(Instrument {});

/// An International Bank Account Number whose checksum is right (ISO 13616; check digits by
/// ISO 7064 MOD 97-10), in upper case and without spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iban(String);

/// Not an IBAN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the IBAN's form or check digits are wrong; read it again from the card or the invoice")]
pub struct IbanError;

impl Iban {
    /// An IBAN from its text; spaces and case do not matter.
    ///
    /// # Errors
    /// If it is not two letters, two digits and 11 to 30 letters or digits, or if the check digits
    /// do not match. Lengths of single countries are checked where speech becomes a value, in
    /// `zahlwort-grammar`.
    pub fn new(text: &str) -> Result<Self, IbanError> {
        let iban: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let bytes = iban.as_bytes();
        let shape = (15..=34).contains(&bytes.len())
            && bytes.iter().all(u8::is_ascii_alphanumeric)
            && bytes.iter().take(2).all(u8::is_ascii_alphabetic)
            && bytes.iter().skip(2).take(2).all(u8::is_ascii_digit);
        if shape && mod97(bytes) == 1 {
            Ok(Self(iban))
        } else {
            Err(IbanError)
        }
    }

    /// The IBAN, upper case, without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The remainder modulo 97 of the number that an IBAN stands for: its first four characters moved
/// to the end, each letter read as 10 … 35.
fn mod97(iban: &[u8]) -> u32 {
    let moved = iban.iter().skip(4).chain(iban.iter().take(4));
    moved.fold(0, |rest, &byte| {
        let digit = char::from(byte).to_digit(36).unwrap_or(0);
        (rest * if digit < 10 { 10 } else { 100 } + digit) % 97
    })
}

impl TryFrom<String> for Iban {
    type Error = IbanError;

    fn try_from(text: String) -> Result<Self, IbanError> {
        Iban::new(&text)
    }
}

impl From<Iban> for String {
    fn from(iban: Iban) -> Self {
        iban.0
    }
}

impl std::fmt::Display for Iban {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl JsonSchema for Iban {
    fn schema_name() -> Cow<'static, str> {
        "Iban".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "An IBAN in upper case without spaces, its check digits verified.",
            "pattern": "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_ibans_of_the_registry_are_valid() {
        for iban in [
            "DE89 3704 0044 0532 0130 00",
            "GB29 NWBK 6016 1331 9268 19",
            "AT61 1904 3002 3457 3201",
            "NO93 8601 1117 947",
            "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
        ] {
            let parsed = Iban::new(iban).expect(iban);
            assert_eq!(parsed.as_str(), iban.replace(' ', ""));
        }
    }

    #[test]
    fn one_wrong_digit_or_two_swapped_ones_are_noticed() {
        for wrong in [
            "DE89370400440532013001",
            "DE89370400440523013000",
            "DE98370400440532013000",
            "DE8937040044",
            "8989370400440532013000",
            "",
        ] {
            assert_eq!(Iban::new(wrong), Err(IbanError), "{wrong}");
        }
    }

    #[test]
    fn what_is_not_known_is_left_out_of_the_json() {
        let json = serde_json::to_string(&Party::named("Anna Schmidt")).unwrap();
        assert_eq!(json, r#"{"name":"Anna Schmidt"}"#);
        let open = Product {
            name: "Zimtsterne".into(),
            id: None,
            open: true,
        };
        assert_eq!(
            serde_json::to_string(&open).unwrap(),
            r#"{"name":"Zimtsterne","open":true}"#
        );
    }
}
