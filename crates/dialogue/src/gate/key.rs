//! What tells one authorised command from another.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::policy::Refusal;

/// 128 random bits that a bank or shop is given with a command, so that it carries out a command
/// that reaches it twice only once. As text, 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdempotencyKey(u128);

/// Not 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key has 32 hexadecimal digits; the stored state is damaged")]
pub struct KeyError;

impl IdempotencyKey {
    pub(super) fn random() -> Result<Self, Refusal> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(|_| Refusal::NoRandomness)?;
        Ok(Self(u128::from_be_bytes(bytes)))
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl From<IdempotencyKey> for String {
    fn from(key: IdempotencyKey) -> Self {
        key.to_string()
    }
}

impl TryFrom<String> for IdempotencyKey {
    type Error = KeyError;

    fn try_from(text: String) -> Result<Self, KeyError> {
        let is_hex = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        u128::from_str_radix(&text, 16)
            .ok()
            .filter(|_| is_hex)
            .map(Self)
            .ok_or(KeyError)
    }
}
