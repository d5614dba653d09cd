//! Why a command cannot be exported.

use std::fmt;

use jiff::civil::Date;

use zahlwort_commands::Iban;
use zahlwort_dialogue::gate::Expired;

/// A format, as errors name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// [`crate::json`].
    Json,
    /// [`crate::schema_org`].
    SchemaOrg,
    /// [`crate::pain001`].
    Pain001,
    /// [`crate::epc_qr`].
    EpcQr,
    /// [`crate::amazon_pay`].
    AmazonPay,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Json => "JSON",
            Format::SchemaOrg => "schema.org",
            Format::Pain001 => "pain.001",
            Format::EpcQr => "an EPC QR code",
            Format::AmazonPay => "Amazon Pay",
        })
    }
}

/// Why a command cannot be exported: what a format cannot carry, or what the host did not supply.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The authorisation has expired.
    #[error(transparent)]
    Expired(#[from] Expired),
    /// The format has no form for the command.
    #[error("{format} has no form for \"{command}\"; export it as JSON")]
    NoForm {
        /// The command's `type`.
        command: &'static str,
        /// The format.
        format: Format,
    },
    /// How much is not known.
    #[error("\"{command}\" does not say how much, which {format} needs; ask for the amount first")]
    NoAmount {
        /// The command's `type`.
        command: &'static str,
        /// The format.
        format: Format,
    },
    /// A currency that the format cannot carry.
    #[error("{format} cannot carry {currency}; it takes {accepted}")]
    Currency {
        /// The amount's currency, an ISO 4217 code.
        currency: &'static str,
        /// The format.
        format: Format,
        /// What it takes instead.
        accepted: &'static str,
    },
    /// More or less than the format can carry.
    #[error("{amount} is out of range; {format} carries {least} to {most}")]
    AmountRange {
        /// The amount, a decimal string.
        amount: String,
        /// The format.
        format: Format,
        /// The smallest amount.
        least: &'static str,
        /// The largest one.
        most: &'static str,
    },
    /// Smaller parts than the currency has.
    #[error("{amount} has more decimal places than {format} carries; round it before asking")]
    AmountPlaces {
        /// The amount, a decimal string.
        amount: String,
        /// The format.
        format: Format,
    },
    /// A price other than what the command says.
    #[error("the command says {said}, the price is {price}; ask the speaker again")]
    OtherPrice {
        /// What the command says.
        said: String,
        /// What the host says.
        price: String,
    },
    /// A price above what was authorised.
    #[error("the price of {price} is above the {limit} that were agreed to; ask the speaker again")]
    AboveLimit {
        /// What the host says.
        price: String,
        /// What was authorised.
        limit: String,
    },
    /// A price, where nothing says how much was agreed to.
    #[error(
        "nobody agreed to {price}: give the gate the total (Context::total) before the speaker is asked"
    )]
    PriceNotAgreed {
        /// What the host says.
        price: String,
    },
    /// Nobody knows the payee's account.
    #[error("no IBAN for \"{payee}\"; supply the payee's account")]
    NoAccount {
        /// Who was said.
        payee: String,
    },
    /// Only an IBAN was said, and a transfer needs its holder's name too.
    #[error("no name for the account {0}; supply its holder")]
    NoName(Iban),
    /// The IBAN that was said is not the one that was supplied.
    #[error("the command says the account {said}, the host {given}; supply the right one or none")]
    OtherAccount {
        /// What the command says.
        said: Iban,
        /// What the host supplied.
        given: Iban,
    },
    /// The command says with what it is paid, and that is not this account.
    #[error(
        "to be paid with \"{said}\", which this account is not said to be; add it to the account's payment methods if it is"
    )]
    OtherPaymentMethod {
        /// What the command says.
        said: String,
    },
    /// An IBAN that is not of a SEPA country, or does not have its country's form.
    #[error(
        "{0} is no IBAN of the Single Euro Payments Area or lacks a character; check the account"
    )]
    NotSepa(Iban),
    /// Outside of the European Economic Area the BIC is needed too.
    #[error("the bank of {0} is outside of the European Economic Area; supply its BIC")]
    NoBic(Iban),
    /// A character that the format cannot carry.
    #[error("the {field} has {character:?}, which {format} cannot carry; write it otherwise")]
    Character {
        /// Which part.
        field: &'static str,
        /// The first such character.
        character: char,
        /// The format.
        format: Format,
    },
    /// Too long.
    #[error("the {field} is {length} long, {format} carries {most}; shorten it")]
    TooLong {
        /// Which part.
        field: &'static str,
        /// How long it is, in the characters or bytes that the format counts.
        length: usize,
        /// How long it may be.
        most: usize,
        /// The format.
        format: Format,
    },
    /// Nothing but spaces.
    #[error("the {field} is empty; supply it")]
    Empty {
        /// Which part.
        field: &'static str,
    },
    /// All together too long.
    #[error("the code has {0} bytes, an EPC QR code carries 331; shorten name or reference")]
    TooLarge(usize),
    /// A day that has passed.
    #[error("{date} has passed, today is {today}; ask for another day")]
    PastDate {
        /// The command's day.
        date: Date,
        /// The instruction's.
        today: Date,
    },
    /// A day, in a format that is carried out when it is read.
    #[error("to be paid on {date}; {format} has no place for a day")]
    Date {
        /// The command's day.
        date: Date,
        /// The format.
        format: Format,
    },
}
