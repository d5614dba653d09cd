//! `@money`: "zwölf Euro fünfzig", "zwölf fünfzig", "ein Fuffziger", "twelve ninety-nine",
//! "twenty bucks", "12,50 €", "$12.50".
//!
//! - An integer alone is no amount: "zwölf" may count anything.
//! - Two numbers without a currency ("zwölf fünfzig", "two fifty") are a price in the default
//!   currency where the second one is 10 … 99 or "null fünf", and they are no number together:
//!   "hundert fünfzig" is 150 of something.
//! - "Dollar" is the default currency where that is one of the world's dollars, else the
//!   American; "cent" belongs to the default currency if it has cents, else to the euro in German
//!   and to the American dollar in English.

use iso_currency::Currency;
use rust_decimal::Decimal;

use super::forms::{
    figure, figures, gap, spaced, spoken_digit, written, written_cents, written_integer,
};
use super::number::{bounded, out_of_range, spoken, written_scaled};
use super::ops::{Op, Register, word};
use super::{english, german};
use crate::{
    Expr, Language, Money, Tag, Value, ValueContext, ValueError, alt, lit, opt, seq, space, words,
};

/// How a currency and its hundredth part are called.
pub(super) struct Names {
    /// Words after a number.
    pub(super) major: &'static [&'static str],
    /// Words after a number of its minor unit.
    pub(super) minor: &'static [&'static str],
    /// Signs and codes that may precede a written number or follow it.
    pub(super) signs: &'static [&'static str],
    meaning: Meaning,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Fixed(Currency),
    Default,
    Dollar,
}

const DEFAULT: u8 = 0;
const POUND: u8 = 3;

/// The currencies that have names, in German.
const GERMAN: [Names; 6] = [
    Names {
        major: &[],
        minor: &[],
        signs: &[],
        meaning: Meaning::Default,
    },
    Names {
        major: &["Euro", "Euros", "Euronen", "Tacken"],
        minor: &["Cent", "Cents", "ct"],
        signs: &["€", "EUR"],
        meaning: Meaning::Fixed(Currency::EUR),
    },
    Names {
        major: &["Dollar", "Dollars"],
        minor: &["Cent", "Cents", "ct"],
        signs: &["$"],
        meaning: Meaning::Dollar,
    },
    Names {
        major: &[
            "Pfund",
            "Pfund Sterling",
            "britische Pfund",
            "britisches Pfund",
        ],
        minor: &["Pence", "Penny"],
        signs: &["£", "GBP"],
        meaning: Meaning::Fixed(Currency::GBP),
    },
    Names {
        major: &["Franken", "Schweizer Franken"],
        minor: &["Rappen"],
        signs: &["CHF"],
        meaning: Meaning::Fixed(Currency::CHF),
    },
    Names {
        major: &["US Dollar", "US-Dollar", "amerikanische Dollar"],
        minor: &["Cent", "Cents", "ct"],
        signs: &["USD", "US$"],
        meaning: Meaning::Fixed(Currency::USD),
    },
];

/// The currencies that have names, in English, in the same order.
const ENGLISH: [Names; 6] = [
    Names {
        major: &[],
        minor: &[],
        signs: &[],
        meaning: Meaning::Default,
    },
    Names {
        major: &["euro", "euros"],
        minor: &["cent", "cents"],
        signs: &["€", "EUR"],
        meaning: Meaning::Fixed(Currency::EUR),
    },
    Names {
        major: &["dollar", "dollars", "buck", "bucks"],
        minor: &["cent", "cents", "¢"],
        signs: &["$"],
        meaning: Meaning::Dollar,
    },
    Names {
        major: &[
            "pound",
            "pounds",
            "quid",
            "pounds sterling",
            "British pounds",
        ],
        minor: &["pence", "penny", "p"],
        signs: &["£", "GBP"],
        meaning: Meaning::Fixed(Currency::GBP),
    },
    Names {
        major: &["Swiss franc", "Swiss francs", "franc", "francs"],
        minor: &["rappen", "centime", "centimes"],
        signs: &["CHF"],
        meaning: Meaning::Fixed(Currency::CHF),
    },
    Names {
        major: &["US dollar", "US dollars", "American dollars"],
        minor: &["cent", "cents", "¢"],
        signs: &["USD", "US$"],
        meaning: Meaning::Fixed(Currency::USD),
    },
];

/// The names of the currencies; tags refer to them by index.
pub(super) fn names(language: Language) -> &'static [Names; 6] {
    match language {
        Language::De => &GERMAN,
        Language::En => &ENGLISH,
    }
}

/// Every word and sign that says of which currency a number is.
pub(crate) fn currency_words(language: Language) -> Vec<&'static str> {
    let names = names(language).iter();
    names
        .flat_map(|names| [names.major, names.minor, names.signs])
        .flatten()
        .copied()
        .collect()
}

/// Those that have names, with their indices.
fn named(language: Language) -> impl Iterator<Item = (u8, &'static Names)> {
    (0..)
        .zip(names(language))
        .filter(|(_, names)| !names.major.is_empty())
}

/// Every form of `@money`.
pub(super) fn expr(language: Language) -> Expr {
    alt([
        after_number(language),
        before_number(language),
        minor_only(language),
        pair(language),
        alt([written_cents(language), written_clock()]),
        even(language),
        colloquial(language),
    ])
}

/// Number, currency, and what follows it: "zwölf Euro fünfzig", "12,50 €", "12 Euro 50".
fn after_number(language: Language) -> Expr {
    // Only a whole number of the major unit leaves room for a number of the minor one.
    let whole = alt([
        seq([integer(language), space()]),
        seq([one(language), space()]),
        seq([whole_figures(language), gap()]),
    ]);
    let currency = |tail: bool| {
        alt(named(language).map(|(index, names)| {
            let name = seq([
                words(names.major.iter().chain(names.signs).copied()),
                Op::Currency(index).tag(),
            ]);
            if tail {
                seq([name, opt(minor_tail(language, names))])
            } else {
                name
            }
        }))
    };
    let thousands = seq([written(language, 2), gap(), word("k", Op::Thousand)]);
    let mut broken = vec![
        seq([spoken(language, 2), space()]),
        seq([written_scaled(language, 2), gap()]),
        seq([spaced(language, 2), gap()]),
        seq([even(language), gap()]),
        seq([thousands, gap()]),
    ];
    if language == Language::En {
        broken.push(seq([english::fractions(), lit(" a ")]));
    }
    alt([
        seq([whole, currency(true)]),
        seq([alt(broken), currency(false)]),
    ])
}

/// "1200", "1.200", "1 200".
fn whole_figures(language: Language) -> Expr {
    alt([written_integer(language), spaced(language, 0)])
}

/// "50,-": a whole amount, as price tags have it.
fn even(language: Language) -> Expr {
    seq([whole_figures(language), words([",-", ",--", ".-", ".--"])])
}

/// " fünfzig", " und fünfzig Cent", " 50". With "und" the minor unit must be said: "zwölf Euro und
/// fünfzehn" is a sentence that goes on.
fn minor_tail(language: Language, names: &Names) -> Expr {
    let (and, below_hundred, nought) = match language {
        Language::De => (
            "und ",
            german::below_hundred(german::One::Free),
            ["null "].as_slice(),
        ),
        Language::En => (
            "and ",
            english::below_hundred(),
            ["oh ", "zero ", "o "].as_slice(),
        ),
    };
    let minor = || seq([gap(), words(names.minor.iter().copied())]);
    let spoken_minor = || seq([space(), words(names.minor.iter().copied())]);
    let nought = seq([words(nought.iter().copied()), spoken_digit(language)]);
    let named = alt([
        seq([below_hundred.clone(), spoken_minor()]),
        seq([one(language), spoken_minor()]),
        seq([figures(1, 2), minor()]),
    ]);
    let bare = alt([below_hundred, nought, figures(2, 2)]);
    alt([
        seq([space(), lit(and), named.clone()]),
        seq([gap(), alt([named, bare])]),
    ])
}

/// "€12.50", "EUR 50", "$1.5 million".
fn before_number(language: Language) -> Expr {
    let amount = alt([
        written_scaled(language, 2),
        spaced(language, 2),
        even(language),
        seq([written(language, 2), gap(), word("k", Op::Thousand)]),
    ]);
    alt(named(language).map(|(index, names)| {
        let signs = words(names.signs.iter().copied());
        seq([signs, Op::Currency(index).tag(), gap(), amount.clone()])
    }))
}

/// "fünfzig Cent", "99p".
fn minor_only(language: Language) -> Expr {
    alt(named(language)
        .filter(|(index, _)| *index <= 4)
        .map(|(index, names)| {
            // Euro and dollar share the cent: said alone it is looked up, not taken from here.
            let (index, minor) = if index == 2 {
                (DEFAULT, &[][..])
            } else {
                (index, names.minor)
            };
            if minor.is_empty() {
                let sign = seq([words(["c", "¢"]), Op::Minor(index).tag()]);
                return seq([figures(1, 2), gap(), sign]);
            }
            let index = if index == 1 { DEFAULT } else { index };
            let number = alt([
                seq([integer(language), space()]),
                seq([one(language), space()]),
                seq([written_integer(language), gap()]),
            ]);
            seq([number, words(minor.iter().copied()), Op::Minor(index).tag()])
        }))
}

/// "zwölf fünfzig", "twelve oh five", "12 50".
fn pair(language: Language) -> Expr {
    let (first, second) = match language {
        Language::De => {
            let cents = seq([lit("null "), spoken_digit(language)]);
            (
                alt([
                    word("null", Op::Add(0)),
                    german::ending_in_figures(german::One::Counting),
                ]),
                alt([german::double_figure(), cents]),
            )
        }
        Language::En => {
            let cents = seq([words(["oh ", "zero ", "o "]), spoken_digit(language)]);
            (
                alt([word("zero", Op::Add(0)), english::ending_in_figures()]),
                alt([english::double_figure(), cents]),
            )
        }
    };
    let written = seq([
        alt([word("0", Op::Digit(0)), seq([figure(1), figures(0, 2)])]),
        lit(" "),
        Op::Currency(DEFAULT).tag(),
        figures(2, 2),
    ]);
    alt([
        seq([first, space(), Op::Currency(DEFAULT).tag(), second]),
        written,
    ])
}

/// "12:50", as a text model may write "zwölf fünfzig".
fn written_clock() -> Expr {
    seq([
        alt([word("0", Op::Digit(0)), seq([figure(1), figures(0, 1)])]),
        lit(":"),
        Op::Point.tag(),
        figures(2, 2),
    ])
}

/// Notes and coins by their nicknames.
fn colloquial(language: Language) -> Expr {
    let note = |texts: &[&str], n, currency| {
        seq([
            words(texts.iter().copied()),
            Op::Add(n).tag(),
            Op::Currency(currency).tag(),
        ])
    };
    match language {
        Language::De => seq([
            words(["ein ", "einen ", "einem "]),
            alt([
                note(&["Fünfer"], 5, DEFAULT),
                note(&["Zehner"], 10, DEFAULT),
                note(&["Zwanziger", "Zwanni"], 20, DEFAULT),
                note(&["Fünfziger", "Fuffziger", "Fuffi"], 50, DEFAULT),
                note(&["Hunderter", "Hunni"], 100, DEFAULT),
                note(&["Zweihunderter"], 200, DEFAULT),
                note(&["Fünfhunderter"], 500, DEFAULT),
                note(&["Tausender"], 1_000, DEFAULT),
            ]),
        ]),
        Language::En => alt([
            note(&["a fiver"], 5, POUND),
            note(&["a tenner"], 10, POUND),
            seq([
                alt([
                    english::below_hundred(),
                    word("a", Op::Add(1)),
                    written(language, 1),
                ]),
                word(" grand", Op::Thousand),
                Op::Currency(DEFAULT).tag(),
            ]),
        ]),
    }
}

fn integer(language: Language) -> Expr {
    match language {
        Language::De => german::integer(),
        Language::En => english::integer(),
    }
}

/// One that is no number elsewhere: "a pound". German's are numbers already, but not behind "Euro und".
fn one(language: Language) -> Expr {
    match language {
        Language::De => alt([word("ein", Op::Add(1)), word("einen", Op::Add(1))]),
        Language::En => word("a", Op::Add(1)),
    }
}

/// The value of a path of [`expr`].
pub(super) fn evaluate(
    language: Language,
    tags: &[Tag],
    text: &str,
    context: &ValueContext,
) -> Result<Value, ValueError> {
    let mut register = Register::default();
    let mut currency = None;
    let (mut major, mut minor) = (None, None);
    for tag in tags {
        match Op::of(*tag) {
            Some(Op::Currency(index)) => {
                currency = Some(resolve(language, index, context));
                // A sign may also precede: then nothing has been read yet.
                major = register.take();
            }
            Some(Op::Minor(index)) => {
                currency = currency.or_else(|| Some(resolve_minor(language, index, context)));
                minor = register.take();
            }
            Some(op) => register.apply(op).ok_or_else(|| out_of_range(text))?,
            None => return Err(out_of_range(text)),
        }
    }
    match (major, register.take()) {
        (None, Some(rest)) => major = Some(rest),
        (Some(_), Some(rest)) => minor = Some(rest),
        (_, None) => {}
    }
    let amount = match (major, minor) {
        (None, None) => return Err(out_of_range(text)),
        (major, minor) => bounded(
            Some(major.unwrap_or_default() + minor.unwrap_or_default() * Decimal::new(1, 2)),
            text,
        )?,
    };
    money(amount, currency.unwrap_or(context.default_currency), text).map(Value::Money)
}

/// The amount with exactly the currency's minor digits, if it has no more.
fn money(amount: Decimal, currency: Currency, text: &str) -> Result<Money, ValueError> {
    let digits = currency.exponent().map_or(2, u32::from);
    if amount.normalize().scale() > digits {
        return Err(out_of_range(text));
    }
    let mut amount = amount;
    amount.rescale(digits);
    Ok(Money { amount, currency })
}

/// Currencies called dollar.
const DOLLARS: [Currency; 7] = [
    Currency::USD,
    Currency::CAD,
    Currency::AUD,
    Currency::NZD,
    Currency::SGD,
    Currency::HKD,
    Currency::TWD,
];

fn resolve(language: Language, index: u8, context: &ValueContext) -> Currency {
    let default = context.default_currency;
    match names(language).get(usize::from(index)).map(|n| n.meaning) {
        Some(Meaning::Fixed(currency)) => currency,
        Some(Meaning::Dollar) if DOLLARS.contains(&default) => default,
        Some(Meaning::Dollar) => Currency::USD,
        Some(Meaning::Default) | None => default,
    }
}

fn resolve_minor(language: Language, index: u8, context: &ValueContext) -> Currency {
    if index != DEFAULT {
        return resolve(language, index, context);
    }
    let default = context.default_currency;
    match language {
        _ if default == Currency::EUR || DOLLARS.contains(&default) => default,
        Language::De => Currency::EUR,
        Language::En => Currency::USD,
    }
}
