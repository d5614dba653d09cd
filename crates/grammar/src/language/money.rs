//! What a language calls currencies and amounts.

use iso_currency::Currency;

use super::numbers::{Forms, Numbers, each_number};
use super::step::Step;
use crate::{Expr, seq, words};

/// Currencies called dollar.
pub const DOLLARS: &[Currency] = &[
    Currency::USD,
    Currency::CAD,
    Currency::AUD,
    Currency::NZD,
    Currency::SGD,
    Currency::HKD,
    Currency::TWD,
];

/// A nickname of so much money: "a fiver". The currency is numbered as in [`Step::Currency`].
pub fn note(texts: &[&str], amount: u32, currency: u8) -> Expr {
    seq([
        words(texts.iter().copied()),
        Step::Add(amount).tag(),
        Step::Currency(currency).tag(),
    ])
}

/// A word for one of something and for many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    /// Behind a one.
    pub one: &'static str,
    /// Behind other numbers.
    pub many: &'static str,
    /// Other words for the same, which are understood.
    pub also: &'static [&'static str],
}

impl Noun {
    /// A noun without other words for it.
    pub const fn new(one: &'static str, many: &'static str) -> Noun {
        Noun {
            one,
            many,
            also: &[],
        }
    }

    /// The same with other words for it.
    pub const fn or(self, also: &'static [&'static str]) -> Noun {
        Noun { also, ..self }
    }

    /// All its words.
    pub fn all(&self) -> impl Iterator<Item = &'static str> {
        [self.one, self.many]
            .into_iter()
            .chain(self.also.iter().copied())
    }
}

/// How a currency and its hundredth part are called.
#[derive(Clone, Copy, Debug)]
pub struct CurrencyWords {
    /// The currency.
    pub currency: Currency,
    /// Other currencies that are called the same: one of them is meant where it is the default.
    pub family: &'static [Currency],
    /// Words after a number.
    pub major: Noun,
    /// Words after a number of its minor unit.
    pub minor: Noun,
    /// Signs and codes that may precede a written number or follow it.
    pub signs: &'static [&'static str],
}

/// Amounts of money.
#[derive(Clone, Copy, Debug)]
pub struct MoneyWords {
    /// The currencies that have names.
    pub currencies: &'static [CurrencyWords],
    /// Words for the minor unit of several currencies, "cent": said alone they are the default's.
    pub shared_minor: &'static [&'static str],
    /// The same in signs.
    pub minor_signs: &'static [&'static str],
    /// Whose minor unit the shared words are where the default currency has none of that name.
    pub shared_minor_of: Option<Currency>,
    /// A one before a currency that is no number elsewhere: "a pound".
    pub ones: &'static [&'static str],
    /// The one that is spoken before a currency; `None` for the number's own word.
    pub spoken_one: Option<&'static str>,
    /// "and" between the major and the minor unit.
    pub and: &'static str,
    /// 1 … 99 of the minor unit.
    pub minor: Forms,
    /// The two numbers of a price without a currency, "twelve fifty": 0 … 999 of which the last two
    /// figures are not 00, and 10 … 99. Not where the two together could be one number.
    pub price: Option<[Forms; 2]>,
    /// What else than a number may stand before a currency, with what joins the two: "half a".
    pub before_major: Option<fn() -> Expr>,
    /// Forms that need no other word, such as nicknames of notes, with steps [`Step::Currency`](super::Step::Currency).
    pub colloquial: Option<Forms>,
    /// Whether a sign is usually written before the number, without a space, "$12"; else behind it with
    /// one, "12 €".
    pub sign_first: bool,
}

impl MoneyWords {
    /// Amounts in these currencies, with an "and" between the major and the minor unit.
    pub const fn new(and: &'static str, currencies: &'static [CurrencyWords]) -> MoneyWords {
        MoneyWords {
            currencies,
            shared_minor: &[],
            minor_signs: &[],
            shared_minor_of: None,
            ones: &[],
            spoken_one: None,
            and,
            minor: below_hundred,
            price: None,
            before_major: None,
            colloquial: None,
            sign_first: false,
        }
    }
}

fn below_hundred(numbers: &Numbers) -> Expr {
    each_number(numbers, 1..=99)
}
