//! Accounts, which only the host knows.

use std::fmt;

use zahlwort_commands::Iban;

/// An account and whom it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its holder, as the bank knows them: banks compare it with the IBAN (Verification of Payee).
    pub name: String,
    /// Its number.
    pub iban: Iban,
    /// Its bank. Only accounts outside of the European Economic Area need it.
    pub bic: Option<Bic>,
}

impl Account {
    /// An account in the European Economic Area.
    pub fn new(name: impl Into<String>, iban: Iban) -> Self {
        Self {
            name: name.into(),
            iban,
            bic: None,
        }
    }
}

/// The account that is paid from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Debtor {
    /// The account.
    pub account: Account,
    /// The names of the payment methods that are paid from it. A command that names another is not
    /// exported.
    pub payment_methods: Vec<String>,
}

impl Debtor {
    /// An account that serves commands which do not say with what they are paid.
    pub fn new(account: Account) -> Self {
        Self {
            account,
            payment_methods: Vec::new(),
        }
    }
}

/// The account that is paid to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payee {
    /// The account.
    pub account: Account,
    /// What the payee reads where the command says nothing, such as the number of a bill.
    pub reference: Option<String>,
}

impl Payee {
    /// An account without a reference of its own.
    pub fn new(account: Account) -> Self {
        Self {
            account,
            reference: None,
        }
    }
}

/// A bank's Business Identifier Code (ISO 9362:2014): four letters or digits, a country of two letters,
/// two letters or digits, and three more for a branch.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bic(String);

/// Not a BIC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a BIC has 8 or 11 letters and digits, such as COBADEFFXXX; read it again")]
pub struct BicError;

impl Bic {
    /// A BIC from its text; spaces around it and case do not matter.
    ///
    /// # Errors
    /// If it does not have the form of one. Whether a bank has it is not checked.
    pub fn new(text: &str) -> Result<Self, BicError> {
        let bic = text.trim().to_ascii_uppercase();
        let is_country = bic
            .bytes()
            .skip(4)
            .take(2)
            .all(|byte| byte.is_ascii_uppercase());
        let is_bic = matches!(bic.len(), 8 | 11)
            && bic.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && is_country;
        if is_bic { Ok(Self(bic)) } else { Err(BicError) }
    }

    /// The code, upper case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Bic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bic_has_its_form() {
        for good in ["COBADEFF", " cobadeffxxx", "UBSWCHZH80A", "2PAYDEFF"] {
            assert!(Bic::new(good).is_ok(), "{good}");
        }
        for wrong in [
            "",
            "COBADEF",
            "COBADEFFXX",
            "COBA2EFF",
            "CÖBADEF",
            "COBA DEFF",
        ] {
            assert_eq!(Bic::new(wrong), Err(BicError), "{wrong}");
        }
    }
}
