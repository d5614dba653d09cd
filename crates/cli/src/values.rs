//! The values that options take, and how they are read.

use std::str::FromStr;

use clap::ValueEnum;
use zahlwort::commands::Iban;
use zahlwort::{Currency, Date, Language, Languages};

/// Answers to a question. With each but `any`, cancelling, repeating and help are heard as well, and no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Answer {
    /// "Ja", "no, that's wrong"
    YesNo,
    /// "Zwölf fünfzig", "twenty euros"
    Amount,
    /// "Drei Stück", "half a kilo"
    Quantity,
    /// "Meine PIN ist vier sieben eins eins"
    Pin,
    /// "An Anna", "my credit card": a contact or a payment method
    Name,
    /// "Die zweite", "number three"
    Option,
    /// "Jeden Monat", "every Friday"
    Interval,
    /// Every answer, and every order too
    Any,
}

/// What searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SearchArg {
    /// Both, and their scores together decide
    Joint,
    /// The attention decoder alone
    Attention,
    /// The CTC head alone: quick, and its confidences are not calibrated
    Ctc,
}

/// What reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReadingArg {
    /// Sentences of the grammar alone
    Grammar,
    /// The learned reading alone
    Learned,
    /// The grammar, then the learned reading
    Both,
}

impl From<ReadingArg> for zahlwort::ReadWith {
    fn from(reading: ReadingArg) -> Self {
        match reading {
            ReadingArg::Grammar => Self::Grammar,
            ReadingArg::Learned => Self::Learned,
            ReadingArg::Both => Self::Both,
        }
    }
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One JSON object a line
    Json,
    /// For people
    Text,
}

/// A condition to measure under.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Snr {
    /// The recordings as they are.
    Clean,
    /// With noise at this signal-to-noise ratio.
    Decibels(f64),
}

impl Snr {
    pub fn decibels(self) -> Option<f64> {
        match self {
            Snr::Clean => None,
            Snr::Decibels(db) => Some(db),
        }
    }
}

pub fn language(text: &str) -> Result<Language, String> {
    Language::from_code(text).ok_or_else(|| "write de for German or en for English".to_owned())
}

pub fn languages(text: &str) -> Result<Languages, String> {
    if text.eq_ignore_ascii_case("auto") {
        return Ok(Languages::Auto);
    }
    language(text)
        .map(Languages::Only)
        .map_err(|_| "write de, en or auto".to_owned())
}

pub fn date(text: &str) -> Result<Date, String> {
    Date::from_str(text)
        .map_err(|_| "write a day that exists as YYYY-MM-DD, such as 2026-12-24".to_owned())
}

pub fn currency(text: &str) -> Result<Currency, String> {
    Currency::from_code(&text.to_ascii_uppercase())
        .ok_or_else(|| "write a currency code of ISO 4217, such as EUR".to_owned())
}

pub fn probability(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(p) if (0.0..=1.0).contains(&p) => Ok(p),
        _ => Err("write a number from 0 to 1, such as 0.5".to_owned()),
    }
}

pub fn snr(text: &str) -> Result<Snr, String> {
    if text.eq_ignore_ascii_case("clean") {
        return Ok(Snr::Clean);
    }
    match text.parse::<f64>() {
        Ok(db) if (-60.0..=100.0).contains(&db) => Ok(Snr::Decibels(db)),
        _ => Err("write decibels from -60 to 100, or clean".to_owned()),
    }
}

pub fn iban(text: &str) -> Result<Iban, String> {
    Iban::new(text).map_err(|e| e.to_string())
}
