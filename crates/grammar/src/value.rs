//! What a slot holds once it has been understood: typed values, never words.

use iso_currency::Currency;
use jiff::civil::{Date, Time};
use rust_decimal::Decimal;

/// An amount of money: a decimal, never a float, and its ISO 4217 currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// The amount in the currency's major unit, with at most its number of minor digits.
    pub amount: Decimal,
    /// The currency.
    pub currency: Currency,
}

/// What a quantity is counted or measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Unit {
    // Counted
    Piece,
    Dozen,
    Pair,
    // Mass
    Gram,
    Pound,
    Ounce,
    Kilogram,
    Tonne,
    // Volume
    Millilitre,
    Centilitre,
    Litre,
    Gallon,
    Pint,
    // Length
    Millimetre,
    Centimetre,
    Metre,
    Kilometre,
    // Packaging
    Pack,
    Bottle,
    Crate,
    Box,
    Bag,
    Can,
    Jar,
    Cup,
    Glass,
    Carton,
    Bar,
    Roll,
    Tube,
    Slice,
    Loaf,
    Bunch,
    Tray,
    Barrel,
    Sack,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Unit; 36] = [
        Unit::Piece,
        Unit::Dozen,
        Unit::Pair,
        Unit::Gram,
        Unit::Pound,
        Unit::Ounce,
        Unit::Kilogram,
        Unit::Tonne,
        Unit::Millilitre,
        Unit::Centilitre,
        Unit::Litre,
        Unit::Gallon,
        Unit::Pint,
        Unit::Millimetre,
        Unit::Centimetre,
        Unit::Metre,
        Unit::Kilometre,
        Unit::Pack,
        Unit::Bottle,
        Unit::Crate,
        Unit::Box,
        Unit::Bag,
        Unit::Can,
        Unit::Jar,
        Unit::Cup,
        Unit::Glass,
        Unit::Carton,
        Unit::Bar,
        Unit::Roll,
        Unit::Tube,
        Unit::Slice,
        Unit::Loaf,
        Unit::Bunch,
        Unit::Tray,
        Unit::Barrel,
        Unit::Sack,
    ];
}

/// A number with its unit: "zwei Kilo", "a dozen bottles".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// How many; "ein Dutzend" is 1 × [`Unit::Dozen`] only where no other unit follows, else 12.
    pub amount: Decimal,
    /// Of what; [`Unit::Piece`] where only a number was said.
    pub unit: Unit,
}

/// A length of time in calendar units that are not converted into each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub struct Duration {
    pub years: u32,
    pub months: u32,
    pub weeks: u32,
    pub days: u32,
    pub hours: u32,
    pub minutes: u32,
    pub seconds: u32,
}

/// The step of something that repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// How often something repeats: "monatlich", "alle zwei Wochen", "every first of the month".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The step.
    pub frequency: Frequency,
    /// Every how many steps; at least 1. A quarter is 3 months.
    pub every: u32,
    /// The day of the month (1 … 31; 31 also for "zum Monatsende") of a monthly interval, if said.
    pub month_day: Option<u8>,
    /// The weekday, 1 = Monday … 7 = Sunday (ISO 8601), of a weekly interval, if said.
    pub weekday: Option<u8>,
}

/// A stretch of days that is over or goes up to today, of which somebody asks what happened in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Period {
    Today,
    Yesterday,
    ThisWeek,
    LastWeek,
    ThisMonth,
    LastMonth,
    ThisYear,
    LastYear,
    /// The last 7 days, today included.
    Last7Days,
    /// The last 30 days, today included.
    Last30Days,
    /// Any other, both ends included.
    Days {
        first: Date,
        last: Date,
    },
}

/// The typed value of a slot.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// An open slot's words, as they were heard.
    Text(String),
    /// An entry of a list: what comes out, and what the list says about it.
    Name(Name),
    /// `@number`, and numeric ranges.
    Number(Decimal),
    /// `@ordinal`, from 1; −1 is "the last one".
    Ordinal(i32),
    /// `@money`.
    Money(Money),
    /// `@percentage`: 12.5 is 12.5 %.
    Percentage(Decimal),
    /// `@quantity`.
    Quantity(Quantity),
    /// `@date`, resolved against the reference day.
    Date(Date),
    /// `@period`.
    Period(Period),
    /// `@time`.
    Time(Time),
    /// `@duration`.
    Duration(Duration),
    /// `@interval`.
    Interval(Interval),
    /// `@digits`: a digit string, leading zeros kept.
    Digits(String),
    /// `@iban`: without spaces, upper case, its checksum verified.
    Iban(String),
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The entry's canonical name.
    pub name: String,
    /// The host's identifier for it, if the list has one.
    pub id: Option<String>,
}

/// A slot's words were understood but stand for nothing that exists.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ValueError {
    /// A day that the calendar does not have, such as the 31st of April.
    #[error("there is no such day: {0}")]
    NoSuchDay(String),
    /// A time of day that the clock does not have, such as 25 o'clock.
    #[error("there is no such time: {0}")]
    NoSuchTime(String),
    /// An IBAN whose length or check digits (ISO 13616, ISO 7064 mod 97-10) are wrong.
    #[error("the IBAN's check digits or length are wrong")]
    InvalidIban,
    /// A number outside what its type can hold.
    #[error("the number is out of range: {0}")]
    OutOfRange(String),
}

/// What a value is resolved against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueContext {
    /// "heute".
    pub today: Date,
    /// The currency where none is said ("zwölf fünfzig"); euro unless the host says otherwise.
    pub default_currency: Currency,
}

impl ValueContext {
    /// Euro, and this day as today.
    pub fn on(today: Date) -> Self {
        Self {
            today,
            default_currency: Currency::EUR,
        }
    }
}
