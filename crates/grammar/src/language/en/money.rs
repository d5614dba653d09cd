//! English names of currencies, notes and coins.

use iso_currency::Currency;

use super::counting::{self, A, AND};
use crate::language::figures::written;
use crate::language::money::{CurrencyWords, DOLLARS, MoneyWords, Noun, note};
use crate::language::numbers::Numbers;
use crate::language::step::{Step, word};
use crate::{Expr, alt, lit, seq};

const CENT: Noun = Noun::new("cent", "cents");

const CURRENCIES: &[CurrencyWords] = &[
    CurrencyWords {
        currency: Currency::EUR,
        family: &[],
        major: Noun::new("euro", "euros"),
        minor: CENT,
        signs: &["€", "EUR"],
    },
    CurrencyWords {
        currency: Currency::USD,
        family: DOLLARS,
        major: Noun::new("dollar", "dollars").or(&["buck", "bucks"]),
        minor: CENT.or(&["¢"]),
        signs: &["$"],
    },
    CurrencyWords {
        currency: Currency::GBP,
        family: &[],
        major: Noun::new("pound", "pounds").or(&["quid", "pounds sterling", "British pounds"]),
        minor: Noun::new("penny", "pence").or(&["p"]),
        signs: &["£", "GBP"],
    },
    CurrencyWords {
        currency: Currency::CHF,
        family: &[],
        major: Noun::new("Swiss franc", "Swiss francs").or(&["franc", "francs"]),
        minor: Noun::new("rappen", "rappen").or(&["centime", "centimes"]),
        signs: &["CHF"],
    },
    CurrencyWords {
        currency: Currency::USD,
        family: &[],
        major: Noun::new("US dollar", "US dollars").or(&["American dollars"]),
        minor: CENT.or(&["¢"]),
        signs: &["USD", "US$"],
    },
];

pub(super) const MONEY: MoneyWords = MoneyWords {
    shared_minor: &["cent", "cents"],
    minor_signs: &["c", "¢"],
    shared_minor_of: Some(Currency::USD),
    ones: &[A],
    minor: counting::below_hundred,
    price: Some([
        |n| alt([n.usual([0], Step::Add), counting::ending_in_figures(n)]),
        counting::double_figure,
    ]),
    before_major: Some(|| seq([counting::fractions(), lit(" a ")])),
    colloquial: Some(notes),
    sign_first: true,
    ..MoneyWords::new(AND, CURRENCIES)
};

/// The place of the pound among the currencies, from 1.
const POUND: u8 = 3;

/// Notes and coins by their nicknames.
fn notes(n: &Numbers) -> Expr {
    let several = [("fivers", 5), ("tenners", 10)];
    let several = several.into_iter().flat_map(|(name, worth)| {
        (2..10).map(move |count| {
            let text = format!("{} {name}", n.word(count));
            note(&[text.as_str()], count * worth, POUND)
        })
    });
    let singly = alt([
        note(&["a fiver"], 5, POUND),
        note(&["a tenner"], 10, POUND),
        seq([
            alt([
                counting::below_hundred(n),
                word(A, Step::Add(1)),
                written(n.signs, 1),
            ]),
            word(" grand", Step::Thousand),
            Step::Currency(0).tag(),
        ]),
    ]);
    alt(several.chain([singly]))
}
