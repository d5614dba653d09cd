//! Lume, a language that nobody speaks: numbers to 999, one currency, and the words that are no names.

use iso_currency::Currency;
use zahlwort_grammar::Language;
use zahlwort_grammar::language::names::{ANY, NAMED, ONE};
use zahlwort_grammar::language::{
    Choice, Choose, CurrencyWords, Definition, LanguageError, MoneyWords, NameWords, Noun, Numbers,
    Numeral, Row, Why,
};

const WORDS: &[Numeral] = &[
    Numeral::new(0, "zo"),
    Numeral::new(1, "pa"),
    Numeral::new(2, "fo"),
    Numeral::new(3, "ti"),
    Numeral::new(4, "ka"),
    Numeral::new(5, "lu"),
    Numeral::new(6, "se"),
    Numeral::new(7, "ra"),
    Numeral::new(8, "mo"),
    Numeral::new(9, "ne"),
    Numeral::new(10, "dek"),
    Numeral::new(100, "hun"),
];

/// 234 is "fohun tidek ka"; some say "fo hun ti dek ka".
fn speak(numbers: &Numbers, value: u64, choose: Choose<'_>) -> String {
    let gap = if choose(Choice::Split) { " " } else { "" };
    let of = |count: u64, size: u32| match count {
        0 => None,
        1 => Some(numbers.word(size).to_owned()),
        _ => Some(format!(
            "{}{gap}{}",
            numbers.word(count as u32),
            numbers.word(size)
        )),
    };
    let units = match value % 10 {
        0 if value > 0 => None,
        units => Some(numbers.word(units as u32).to_owned()),
    };
    let parts = [of(value / 100, 100), of(value / 10 % 10, 10), units];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

const NUMBERS: Numbers = Numbers {
    point: &["punt"],
    minus: &["sub"],
    percent: &["por hun"],
    ..Numbers::new(WORDS, 999, speak)
};

const MONEY: MoneyWords = MoneyWords::new(
    "e",
    &[CurrencyWords {
        currency: Currency::XTS,
        family: &[],
        major: Noun::new("glin", "glini").or(&["glu"]),
        minor: Noun::new("pip", "pipi"),
        signs: &["XTS"],
    }],
);

const NAMES: NameWords = NameWords {
    rows: &[
        Row {
            why: Why::Negation,
            never_in: ANY,
            words: &["nai", "nai ya"],
        },
        Row {
            why: Why::Correction,
            never_in: ANY,
            words: &["oya"],
        },
        Row {
            why: Why::Another,
            never_in: ONE,
            words: &["e"],
        },
        Row {
            why: Why::Another,
            never_in: NAMED,
            words: &["dona", "toma"],
        },
    ],
    not_first: &["la"],
    and: &["e"],
    harmless: &[],
    limits: &[],
    also_names: &[],
};

static LUME: Definition = Definition {
    money: Some(MONEY),
    names: NAMES,
    samples: &["Obo", "Sil Obo"],
    ..Definition::new("qlu", NUMBERS)
};

/// Lume, known to files by its code from now on.
pub fn lume() -> Result<Language, LanguageError> {
    Language::add(&LUME)
}
