//! Who is paid, as limits tell payees apart.

use serde::{Deserialize, Serialize};

use zahlwort_commands::{Instrument, Party};

/// Tells one payee from another: by account where it is known, else by the catalog's identifier,
/// else by name without regard to case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayeeKey {
    /// An account.
    Iban(String),
    /// The catalog's identifier.
    Id(String),
    /// A name of the catalog, in lower case.
    Name(String),
    /// A name that nothing vouches for. It is never a known payee.
    Heard(String),
}

impl PayeeKey {
    /// The key of a party.
    pub fn party(party: &Party) -> Self {
        match &party.iban {
            Some(iban) => PayeeKey::Iban(iban.as_str().to_owned()),
            None => Self::label(&party.name, party.id.as_deref(), party.open),
        }
    }

    /// The key of something that money is loaded on.
    pub fn instrument(target: &Instrument) -> Self {
        Self::label(&target.name, target.id.as_deref(), target.open)
    }

    fn label(name: &str, id: Option<&str>, open: bool) -> Self {
        match id {
            _ if open => PayeeKey::Heard(name.to_lowercase()),
            Some(id) => PayeeKey::Id(id.to_owned()),
            None => PayeeKey::Name(name.to_lowercase()),
        }
    }
}
