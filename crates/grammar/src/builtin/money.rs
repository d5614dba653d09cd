//! `@money`: "zwölf Euro fünfzig", "zwölf fünfzig", "ein Fuffziger", "twelve ninety-nine",
//! "twenty bucks", "12,50 €", "$12.50".
//!
//! - An integer alone is no amount: "zwölf" may count anything.
//! - Two numbers without a currency ("zwölf fünfzig", "two fifty") are a price in the default
//!   currency where the second one is 10 … 99 or "null fünf", and they are no number together:
//!   "hundert fünfzig" is 150 of something.
//! - "Dollar" is the default currency where that is one of the world's dollars, else the
//!   American; "cent" belongs to the default currency if it has cents, else to the one that the
//!   language has for it: the euro in German, the American dollar in English.

use iso_currency::Currency;
use rust_decimal::Decimal;

use super::number::{bounded, out_of_range, written_scaled};
use super::register::Register;
use crate::language::{
    CurrencyWords, MoneyWords, Numbers, Place, Step, figure, figures, gap, spaced, word, written,
    written_cents, written_integer,
};
use crate::{Expr, Money, Tag, Value, ValueContext, ValueError, alt, lit, opt, seq, space, words};

/// The default currency, as tags number it.
const DEFAULT: u8 = 0;

/// Every word and sign that says of which currency a number is.
pub(crate) fn currency_words(money: &MoneyWords) -> Vec<&'static str> {
    let currencies = money.currencies.iter();
    currencies
        .flat_map(|currency| {
            let nouns = currency.major.all().chain(currency.minor.all());
            nouns.chain(currency.signs.iter().copied())
        })
        .collect()
}

/// What the expressions of a language are made of.
#[derive(Clone, Copy)]
struct Forms<'a> {
    numbers: &'a Numbers,
    money: &'a MoneyWords,
}

/// Every form of `@money`.
pub(super) fn expr(numbers: &Numbers, money: &MoneyWords) -> Expr {
    let forms = Forms { numbers, money };
    let colloquial = money.colloquial.map(|colloquial| colloquial(numbers));
    alt([
        forms.after_number(),
        forms.before_number(),
        forms.minor_only(),
        forms.pair(),
        alt([written_cents(numbers.signs), written_clock()]),
        forms.even(),
    ]
    .into_iter()
    .chain(colloquial))
}

impl Forms<'_> {
    /// The currencies, with their numbers in tags.
    fn currencies(self) -> impl Iterator<Item = (u8, &'static CurrencyWords)> {
        (DEFAULT + 1..).zip(self.money.currencies)
    }

    fn integer(self) -> Expr {
        (self.numbers.integer)(self.numbers)
    }

    /// One that is no number elsewhere: "a pound".
    fn one(self) -> Option<Expr> {
        let ones = self.money.ones.iter().map(|text| word(text, Step::Add(1)));
        (!self.money.ones.is_empty()).then(|| alt(ones))
    }

    /// Number, currency, and what follows it: "zwölf Euro fünfzig", "12,50 €", "12 Euro 50".
    fn after_number(self) -> Expr {
        let Forms { numbers, money } = self;
        // Only a whole number of the major unit leaves room for a number of the minor one.
        let whole = [
            seq([self.integer(), space()]),
            seq([self.whole_figures(), gap()]),
        ];
        let one = self.one().map(|one| seq([one, space()]));
        let whole = alt(whole.into_iter().chain(one));
        let currency = |tail: bool| {
            alt(self.currencies().map(|(index, names)| {
                let name = seq([
                    words(names.major.all().chain(names.signs.iter().copied())),
                    Step::Currency(index).tag(),
                ]);
                if tail {
                    seq([name, opt(self.minor_tail(names))])
                } else {
                    name
                }
            }))
        };
        let broken = [
            seq([(numbers.number)(numbers, 2), space()]),
            seq([written_scaled(numbers, 2), gap()]),
            seq([spaced(numbers.signs, 2), gap()]),
            seq([self.even(), gap()]),
            seq([self.thousands(), gap()]),
        ];
        let broken = broken
            .into_iter()
            .chain(money.before_major.map(|more| more()));
        alt([
            seq([whole, currency(true)]),
            seq([alt(broken), currency(false)]),
        ])
    }

    /// "1.5k"
    fn thousands(self) -> Expr {
        let written = written(self.numbers.signs, 2);
        seq([written, gap(), word("k", Step::Thousand)])
    }

    /// "1200", "1.200", "1 200".
    fn whole_figures(self) -> Expr {
        let signs = self.numbers.signs;
        alt([written_integer(signs), spaced(signs, 0)])
    }

    /// "50,-": a whole amount, as price tags have it.
    fn even(self) -> Expr {
        seq([self.whole_figures(), words([",-", ",--", ".-", ".--"])])
    }

    /// " fünfzig", " und fünfzig Cent", " 50". With "und" the minor unit must be said: "zwölf Euro und
    /// fünfzehn" is a sentence that goes on.
    fn minor_tail(self, names: &CurrencyWords) -> Expr {
        let below_hundred = (self.money.minor)(self.numbers);
        let minor = || words(names.minor.all());
        let one = self.one().map(|one| seq([one, space(), minor()]));
        let named = [
            seq([below_hundred.clone(), space(), minor()]),
            seq([figures(1, 2), gap(), minor()]),
        ];
        let named = alt(named.into_iter().chain(one));
        let bare = alt([below_hundred, self.leading_nought(), figures(2, 2)]);
        let and = lit(format!(" {} ", self.money.and));
        alt([seq([and, named.clone()]), seq([gap(), alt([named, bare])])])
    }

    /// "null fünf", "oh five".
    fn leading_nought(self) -> Expr {
        let noughts = self.numbers.forms(0, Place::Leading);
        seq([words(noughts), space(), self.numbers.digit()])
    }

    /// "€12.50", "EUR 50", "$1.5 million".
    fn before_number(self) -> Expr {
        let amount = alt([
            written_scaled(self.numbers, 2),
            spaced(self.numbers.signs, 2),
            self.even(),
            self.thousands(),
        ]);
        alt(self.currencies().map(|(index, names)| {
            let signs = words(names.signs.iter().copied());
            seq([signs, Step::Currency(index).tag(), gap(), amount.clone()])
        }))
    }

    /// "fünfzig Cent", "99p".
    fn minor_only(self) -> Expr {
        let number = [
            seq([self.integer(), space()]),
            seq([written_integer(self.numbers.signs), gap()]),
        ];
        let one = self.one().map(|one| seq([one, space()]));
        let number = alt(number.into_iter().chain(one));
        let shared = self.money.shared_minor;
        // A name that several currencies share is looked up, not taken from here.
        let own = self
            .currencies()
            .filter(|(_, names)| !is_shared(self.money, names));
        let own = own.map(|(index, names)| (index, names.minor.all().collect::<Vec<_>>()));
        let shared = (!shared.is_empty()).then(|| (DEFAULT, shared.to_vec()));
        let counted = own
            .chain(shared)
            .map(|(index, names)| seq([number.clone(), words(names), Step::Minor(index).tag()]));
        let signs = self.money.minor_signs.iter();
        let signs = signs.map(|sign| seq([figures(1, 2), gap(), word(sign, Step::Minor(DEFAULT))]));
        alt(counted.chain(signs))
    }

    /// "zwölf fünfzig", "twelve oh five", "12 50".
    fn pair(self) -> Expr {
        let currency = || Step::Currency(DEFAULT).tag();
        let spoken = self.money.price.map(|[first, second]| {
            let second = alt([second(self.numbers), self.leading_nought()]);
            seq([first(self.numbers), space(), currency(), second])
        });
        let written = seq([
            alt([word("0", Step::Digit(0)), seq([figure(1), figures(0, 2)])]),
            lit(" "),
            currency(),
            figures(2, 2),
        ]);
        alt([written].into_iter().chain(spoken))
    }
}

/// "12:50", as a text model may write "zwölf fünfzig".
fn written_clock() -> Expr {
    seq([
        alt([word("0", Step::Digit(0)), seq([figure(1), figures(0, 1)])]),
        lit(":"),
        Step::Point.tag(),
        figures(2, 2),
    ])
}

/// Whether a currency shares the name of its minor unit with others.
fn is_shared(money: &MoneyWords, names: &CurrencyWords) -> bool {
    names
        .minor
        .all()
        .any(|name| money.shared_minor.contains(&name))
}

/// The value of a path of [`expr`].
pub(super) fn evaluate(
    words: &MoneyWords,
    tags: &[Tag],
    text: &str,
    context: &ValueContext,
) -> Result<Value, ValueError> {
    let mut register = Register::default();
    let mut currency = None;
    let (mut major, mut minor) = (None, None);
    for tag in tags {
        match Step::of(*tag) {
            Some(Step::Currency(index)) => {
                currency = Some(resolve(words, index, context));
                // A sign may also precede: then nothing has been read yet.
                major = register.take();
            }
            Some(Step::Minor(index)) => {
                currency = currency.or_else(|| Some(resolve_minor(words, index, context)));
                minor = register.take();
            }
            Some(step) => register.apply(step).ok_or_else(|| out_of_range(text))?,
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

fn resolve(words: &MoneyWords, index: u8, context: &ValueContext) -> Currency {
    let default = context.default_currency;
    let names = index.checked_sub(DEFAULT + 1);
    match names.and_then(|at| words.currencies.get(usize::from(at))) {
        Some(names) if names.family.contains(&default) => default,
        Some(names) => names.currency,
        None => default,
    }
}

fn resolve_minor(words: &MoneyWords, index: u8, context: &ValueContext) -> Currency {
    if index != DEFAULT {
        return resolve(words, index, context);
    }
    let default = context.default_currency;
    let mut shared = words
        .currencies
        .iter()
        .filter(|names| is_shared(words, names));
    match shared.any(|names| names.currency == default || names.family.contains(&default)) {
        true => default,
        false => words.shared_minor_of.unwrap_or(default),
    }
}
