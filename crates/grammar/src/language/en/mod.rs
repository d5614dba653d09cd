//! English.

mod calendar;
mod counting;
mod money;
mod names;
mod numbers;
mod speaking;
mod spelling;
mod units;

use super::definition::Definition;
use super::handle::Language;

impl Language {
    /// English.
    pub const EN: Language = Language::to(&ENGLISH);
}

static ENGLISH: Definition = Definition {
    ordinals: Some(numbers::ORDINALS),
    money: Some(money::MONEY),
    quantities: Some(units::QUANTITIES),
    calendar: Some(calendar::CALENDAR),
    spelling: Some(spelling::WORDS),
    names: names::NAMES,
    samples: &["Example", "Something New"],
    // The speech model knows no umlauts in it: "Müller" is "muller".
    transcribed: &[('ä', 'a'), ('ö', 'o'), ('ü', 'u')],
    ..Definition::new("en", numbers::NUMBERS)
};
