//! German.

mod calendar;
mod clauses;
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
    /// German.
    pub const DE: Language = Language::to(&GERMAN);
}

static GERMAN: Definition = Definition {
    ordinals: Some(numbers::ORDINALS),
    money: Some(money::MONEY),
    quantities: Some(units::QUANTITIES),
    calendar: Some(calendar::CALENDAR),
    spelling: Some(spelling::WORDS),
    names: names::NAMES,
    samples: &["Beispiel", "Irgendwas Neues"],
    ..Definition::new("de", numbers::NUMBERS)
};
