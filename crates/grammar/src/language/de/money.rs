//! German names of currencies, notes and coins.

use iso_currency::Currency;

use super::counting::{self, AND, BOUND, INFLECTED, One};
use crate::language::money::{CurrencyWords, DOLLARS, MoneyWords, Noun, note};
use crate::language::numbers::Numbers;
use crate::{Expr, alt, seq, words};

const CENT: Noun = Noun::new("Cent", "Cent").or(&["Cents", "ct"]);

const CURRENCIES: &[CurrencyWords] = &[
    CurrencyWords {
        currency: Currency::EUR,
        family: &[],
        major: Noun::new("Euro", "Euro").or(&[
            "Euros", "Euronen", "Tacken", "Mäuse", "Kröten", "Flocken", "Ocken", "Öcken", "Piepen",
        ]),
        minor: CENT,
        signs: &["€", "EUR"],
    },
    CurrencyWords {
        currency: Currency::USD,
        family: DOLLARS,
        major: Noun::new("Dollar", "Dollar").or(&["Dollars"]),
        minor: CENT,
        signs: &["$"],
    },
    CurrencyWords {
        currency: Currency::GBP,
        family: &[],
        major: Noun::new("Pfund", "Pfund").or(&[
            "Pfund Sterling",
            "britische Pfund",
            "britisches Pfund",
        ]),
        minor: Noun::new("Pence", "Pence").or(&["Penny"]),
        signs: &["£", "GBP"],
    },
    CurrencyWords {
        currency: Currency::CHF,
        family: &[],
        major: Noun::new("Franken", "Franken").or(&["Schweizer Franken"]),
        minor: Noun::new("Rappen", "Rappen"),
        signs: &["CHF"],
    },
    CurrencyWords {
        currency: Currency::USD,
        family: &[],
        major: Noun::new("US Dollar", "US Dollar").or(&["US-Dollar", "amerikanische Dollar"]),
        minor: CENT,
        signs: &["USD", "US$"],
    },
];

pub(super) const MONEY: MoneyWords = MoneyWords {
    shared_minor: &["Cent", "Cents", "ct"],
    minor_signs: &["c", "¢"],
    shared_minor_of: Some(Currency::EUR),
    // Numbers already, but not behind "Euro und".
    ones: &[BOUND, INFLECTED[0]],
    spoken_one: Some(BOUND),
    minor: |n| counting::below_hundred(n, One::Free),
    price: Some([
        |n| alt([nought(n), counting::ending_in_figures(n, One::Counting)]),
        counting::double_figure,
    ]),
    colloquial: Some(notes),
    ..MoneyWords::new(AND, CURRENCIES)
};

fn nought(n: &Numbers) -> Expr {
    n.usual([0], crate::language::Step::Add)
}

/// Notes and coins by their nicknames.
fn notes(n: &Numbers) -> Expr {
    let several = [
        ("Zehner", 10),
        ("Zwanziger", 20),
        ("Fünfziger", 50),
        ("Hunderter", 100),
        ("Tausender", 1_000),
    ];
    let several = several.into_iter().flat_map(|(name, worth)| {
        (2..10).map(move |count| {
            let text = format!("{} {name}", n.word(count));
            note(&[text.as_str()], count * worth, 0)
        })
    });
    let one = seq([
        words(["ein ", "einen ", "einem ", "nen "]),
        alt([
            note(&["Fünfer"], 5, 0),
            note(&["Zehner"], 10, 0),
            note(&["Zwanziger", "Zwanni"], 20, 0),
            note(&["Fünfziger", "Fuffziger", "Fuffi"], 50, 0),
            note(&["Hunderter", "Hunni"], 100, 0),
            note(&["Zweihunderter"], 200, 0),
            note(&["Fünfhunderter"], 500, 0),
            note(&["Tausender"], 1_000, 0),
        ]),
    ]);
    alt(several.chain([one]))
}
