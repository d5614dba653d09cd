//! The small numbers of the calendar in words: cardinals to 999, ordinals to 31, years of this
//! century. Not a general number grammar: only what days, hours and units are counted with.

use super::marks::{COUNT, DAY, MORE, YEAR, mark, marked};
use crate::{Expr, Language, alt, lit, opt, seq, space};

const ONES_DE: [&str; 20] = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
];
const TENS_DE: [&str; 10] = [
    "", "zehn", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig",
    "neunzig",
];
const ONES_EN: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS_EN: [&str; 10] = [
    "", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const ORDINALS_EN: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

/// The cardinal number in words, "eins" for 1; in digits from 1000.
pub(super) fn cardinal(language: Language, n: u32) -> String {
    match (language, n as usize) {
        (Language::De, n @ 0..20) => ONES_DE[n].to_owned(),
        (Language::De, n @ 20..100) => match (TENS_DE[n / 10], n % 10) {
            (tens, 0) => tens.to_owned(),
            (tens, 1) => format!("einund{tens}"),
            (tens, one) => format!("{}und{tens}", ONES_DE[one]),
        },
        (Language::De, n @ 100..1000) => {
            let hundreds = if n < 200 { "" } else { ONES_DE[n / 100] };
            match n % 100 {
                0 => format!("{hundreds}hundert"),
                rest => format!("{hundreds}hundert{}", cardinal(language, rest as u32)),
            }
        }
        (Language::En, n @ 0..20) => ONES_EN[n].to_owned(),
        (Language::En, n @ 20..100) => match n % 10 {
            0 => TENS_EN[n / 10].to_owned(),
            one => format!("{} {}", TENS_EN[n / 10], ONES_EN[one]),
        },
        (Language::En, n @ 100..1000) => match n % 100 {
            0 => format!("{} hundred", ONES_EN[n / 100]),
            rest => format!(
                "{} hundred and {}",
                ONES_EN[n / 100],
                cardinal(language, rest as u32)
            ),
        },
        (_, n) => n.to_string(),
    }
}

/// Every way to say a cardinal below 100.
fn forms(language: Language, n: u32) -> Vec<String> {
    let plain = cardinal(language, n);
    let mut forms = vec![plain.clone()];
    // "zwo", the telephone's "zwei", but not in "zwölf" and "zwanzig", which it is not part of.
    if language == Language::De && n % 10 == 2 && n != 12 {
        forms.push(plain.replacen("zwei", "zwo", 1));
    }
    // "sechsundreißig": two d are heard as one.
    if language == Language::De && plain.contains("unddreißig") {
        let heard: Vec<String> = forms
            .iter()
            .map(|form| form.replace("undd", "und"))
            .collect();
        forms.extend(heard);
    }
    forms
}

/// A cardinal below 100 in words, marked `kind`.
pub(super) fn spoken(
    language: Language,
    numbers: impl IntoIterator<Item = u32>,
    kind: u32,
) -> Expr {
    alt(numbers.into_iter().flat_map(|n| {
        forms(language, n)
            .into_iter()
            .map(move |form| marked(form, kind, n))
    }))
}

/// A count from 2 to 999 in words.
pub(super) fn count(language: Language) -> Expr {
    let (hundred, and) = match language {
        Language::De => ("hundert", "und"),
        Language::En => (" hundred", " and"),
    };
    let hundreds = (1..10).flat_map(|n| {
        let mut starts = forms(language, n);
        if n == 1 {
            starts = match language {
                Language::De => vec![String::new(), "ein".to_owned()],
                Language::En => vec!["a".to_owned(), "one".to_owned()],
            };
        }
        starts
            .into_iter()
            .map(move |start| marked(format!("{start}{hundred}"), COUNT, 100 * n))
    });
    let gap = if language == Language::De {
        opt(lit(" "))
    } else {
        lit(" ")
    };
    let more = seq([opt(lit(and)), gap, spoken(language, 1..=99, MORE)]);
    alt([
        spoken(language, 2..=99, COUNT),
        seq([alt(hundreds), opt(more)]),
    ])
}

/// A number of the range in digits without leading zeros, marked `kind`.
pub(super) fn digits(numbers: impl IntoIterator<Item = u32>, kind: u32) -> Expr {
    alt(numbers.into_iter().map(|n| marked(n.to_string(), kind, n)))
}

/// A number from 0 to 99 in exactly two digits, marked `kind`.
pub(super) fn two_digits(kind: u32) -> Expr {
    alt((0..100).map(|n| marked(format!("{n:02}"), kind, n)))
}

/// The canonical ordinal in words: "dritten" (as after "am"), "third".
pub(super) fn ordinal(language: Language, n: u32) -> String {
    match language {
        Language::De => format!("{}en", ordinal_stem(n)),
        Language::En => match (n as usize, n as usize % 10) {
            (n @ 0..20, _) => ORDINALS_EN[n].to_owned(),
            (20, _) => "twentieth".to_owned(),
            (30, _) => "thirtieth".to_owned(),
            (n @ 21..100, one) if one > 0 => format!("{} {}", TENS_EN[n / 10], ORDINALS_EN[one]),
            (n, _) => ordinal_digits(n as u32),
        },
    }
}

/// A German ordinal without its ending: "dritt".
fn ordinal_stem(n: u32) -> String {
    match n {
        1 => "erst".to_owned(),
        3 => "dritt".to_owned(),
        7 => "siebt".to_owned(),
        8 => "acht".to_owned(),
        0..20 => format!("{}t", cardinal(Language::De, n)),
        _ => format!("{}st", cardinal(Language::De, n)),
    }
}

/// An English ordinal in digits: "3rd".
pub(super) fn ordinal_digits(n: u32) -> String {
    let suffix = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{suffix}")
}

/// An ordinal in words, in every German ending, marked `kind`.
pub(super) fn spoken_ordinal(
    language: Language,
    numbers: impl IntoIterator<Item = u32>,
    kind: u32,
) -> Expr {
    match language {
        Language::De => {
            let stems = numbers.into_iter().flat_map(|n| {
                let mut stems = vec![ordinal_stem(n)];
                match n {
                    2 => stems.push("zwot".to_owned()),
                    7 => stems.push("siebent".to_owned()),
                    22 => stems.push("zwoundzwanzigst".to_owned()),
                    _ => {}
                }
                stems.into_iter().map(move |stem| marked(stem, kind, n))
            });
            seq([alt(stems), alt(["en", "er", "e", "es", "em"].map(lit))])
        }
        Language::En => alt(numbers
            .into_iter()
            .map(|n| marked(ordinal(language, n), kind, n))),
    }
}

/// The day of a month in digits. Up to 99, so that the 32nd is an error and not unheard of.
pub(super) fn day_digits() -> Expr {
    alt([
        digits(0..=99, DAY),
        alt((0..10).map(|n| marked(format!("{n:02}"), DAY, n))),
    ])
}

/// A year of this century in four digits.
pub(super) fn year_digits() -> Expr {
    seq([
        lit("20"),
        alt((0..100).map(|n| marked(format!("{n:02}"), YEAR, 2000 + n))),
    ])
}

/// A year of this century in words: "zweitausendsiebenundzwanzig", "twenty twenty seven".
pub(super) fn year_spoken(language: Language) -> Expr {
    let rest = |from: u32| {
        alt((from..100).flat_map(|n| {
            forms(language, n)
                .into_iter()
                .map(move |form| marked(form, YEAR, 2000 + n))
        }))
    };
    match language {
        Language::De => alt([
            seq([
                alt([lit("zweitausend"), lit("zwotausend")]),
                alt([
                    mark(YEAR, 2000),
                    seq([opt(space()), opt(lit("und")), rest(1)]),
                ]),
            ]),
            seq([lit("zwanzig"), opt(space()), rest(10)]),
        ]),
        Language::En => alt([
            seq([
                lit("two thousand"),
                alt([mark(YEAR, 2000), seq([lit(" "), opt(lit("and ")), rest(1)])]),
            ]),
            seq([lit("twenty "), rest(10)]),
            seq([
                lit("twenty "),
                alt([lit("oh "), lit("o ")]),
                alt((1..10).map(|n| marked(cardinal(language, n), YEAR, 2000 + n))),
            ]),
        ]),
    }
}

/// The canonical year in words.
pub(super) fn year(language: Language, year: u32) -> String {
    match (language, year - 2000) {
        (Language::De, 0) => "zweitausend".to_owned(),
        (Language::De, n) => format!("zweitausend{}", cardinal(language, n)),
        (Language::En, 0) => "two thousand".to_owned(),
        (Language::En, n @ 1..10) => format!("two thousand and {}", cardinal(language, n)),
        (Language::En, n) => format!("twenty {}", cardinal(language, n)),
    }
}
