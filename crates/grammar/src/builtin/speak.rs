//! From values back to words and figures: what `grammar sample` and list ranges say, and what the
//! property tests read back.

use iso_currency::Currency;
use rust_decimal::prelude::ToPrimitive;

use super::{english, german, money};
use crate::{Language, Money};

/// Where speakers differ. Not chosen is the canonical way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// Word boundaries within a German compound; a space for the hyphen in English.
    Split,
    /// "zwo".
    Zwo,
    /// "einhundert" for "hundert", "a hundred" for "one hundred".
    One,
    /// "hundertundfünf", "a hundred and five".
    And,
    /// "zwölfhundert", "twelve hundred".
    ManyHundreds,
    /// Boundaries around the "und" of German tens, too.
    SplitTens,
}

impl Choice {
    const ALL: [Choice; 6] = [
        Choice::Split,
        Choice::Zwo,
        Choice::One,
        Choice::And,
        Choice::ManyHundreds,
        Choice::SplitTens,
    ];
}

/// Decides each time a choice comes up.
pub(super) type Choose<'a> = &'a mut dyn FnMut(Choice) -> bool;

/// The largest number that [`speak_number`] has words for.
const MAX: u64 = super::number::MAX as u64;

/// A number in words, the way it is usually said and written ("zweihundertfünf", "two hundred five");
/// in figures above 999 999 999, which no built-in type understands.
pub fn speak_number(n: u64, language: Language) -> String {
    spell(n, language, &mut |_| false)
}

/// The different ways of saying a number, the usual one first: with and without "ein" and "und",
/// "zwo", "zwölfhundert", in one word and in several. Where a number has several places to choose at,
/// only the same choice at all of them is listed; `@number` understands the mixtures, too.
pub fn spoken_numbers(n: u64, language: Language) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    for mask in 0_u32..1 << Choice::ALL.len() {
        let mut choose = |choice: Choice| {
            Choice::ALL
                .iter()
                .zip(0..)
                .any(|(c, bit)| *c == choice && mask >> bit & 1 == 1)
        };
        let form = spell(n, language, &mut choose);
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    if n == 1 && language == Language::De {
        forms.extend(["ein", "eine", "einen", "einem", "einer"].map(String::from));
    }
    forms
}

/// A number in figures, without thousands separators and with them.
pub fn written_numbers(n: u64, language: Language) -> Vec<String> {
    let plain = n.to_string();
    let separator = if language == Language::De { '.' } else { ',' };
    let mut grouped = String::new();
    for (index, digit) in plain.chars().enumerate() {
        if index > 0 && (plain.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    if grouped == plain {
        vec![plain]
    } else {
        vec![plain, grouped]
    }
}

/// A number with every choice put to `choose`.
pub(super) fn spell(n: u64, language: Language, choose: Choose<'_>) -> String {
    match (n, language) {
        (MAX.., _) if n > MAX => n.to_string(),
        (0, Language::De) => "null".into(),
        (0, Language::En) => "zero".into(),
        (_, Language::De) => german_number(n, true, "eins", choose),
        (_, Language::En) => english_number(n, choose),
    }
}

fn name(names: &[&'static str], index: u64) -> &'static str {
    names
        .get(usize::try_from(index).unwrap_or(usize::MAX))
        .copied()
        .unwrap_or_default()
}

fn german_unit(n: u64, one: &'static str, choose: Choose<'_>) -> &'static str {
    const UNITS: [&str; 8] = [
        "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun",
    ];
    match n {
        1 => one,
        2 if choose(Choice::Zwo) => "zwo",
        _ => name(&UNITS, n.wrapping_sub(2)),
    }
}

/// `first`: nothing was said before, so that a hundred needs no "ein".
fn german_number(n: u64, first: bool, one: &'static str, choose: Choose<'_>) -> String {
    let gap = |split: bool| if split { " " } else { "" };
    match n {
        0 => String::new(),
        1..=9 => german_unit(n, one, choose).into(),
        10..=19 => name(&german::TEENS, n - 10).into(),
        20..=99 => {
            let tens = name(&german::TENS, n / 10 - 2);
            if n.is_multiple_of(10) {
                return tens.into();
            }
            let space = gap(choose(Choice::SplitTens));
            format!(
                "{}{space}und{space}{tens}",
                german_unit(n % 10, "ein", choose)
            )
        }
        100..=999 => {
            let count = german_hundreds(n / 100, first, choose);
            german_rest(format!("{count}hundert"), n % 100, one, choose)
        }
        1_100..=1_999 if first && choose(Choice::ManyHundreds) => {
            let space = gap(choose(Choice::Split));
            let head = format!("{}{space}hundert", name(&german::TEENS, n / 100 - 10));
            german_rest(head, n % 100, one, choose)
        }
        1_000..=999_999 => {
            let thousands = n / 1_000;
            let count = if thousands == 1 {
                german_hundreds(1, first, choose)
            } else {
                let space = gap(choose(Choice::Split));
                german_number(thousands, first, "ein", choose) + space
            };
            german_rest(format!("{count}tausend"), n % 1_000, one, choose)
        }
        _ => {
            let millions = n / 1_000_000;
            let count = german_number(millions, true, "eine", choose);
            let word = if millions == 1 {
                "Million"
            } else {
                "Millionen"
            };
            let rest = n % 1_000_000;
            if rest == 0 {
                return format!("{count} {word}");
            }
            let and = if choose(Choice::And) { "und " } else { "" };
            format!(
                "{count} {word} {and}{}",
                german_number(rest, false, one, choose)
            )
        }
    }
}

/// How many hundreds, or the one thousand.
fn german_hundreds(count: u64, first: bool, choose: Choose<'_>) -> String {
    // Usual are "hundert" and "zweitausendeinhundert".
    if count == 1 && choose(Choice::One) != first {
        return String::new();
    }
    let space = if choose(Choice::Split) { " " } else { "" };
    format!("{}{space}", german_unit(count, "ein", choose))
}

fn german_rest(head: String, rest: u64, one: &'static str, choose: Choose<'_>) -> String {
    if rest == 0 {
        return head;
    }
    let space = if choose(Choice::Split) { " " } else { "" };
    let and = if choose(Choice::And) {
        format!("und{space}")
    } else {
        String::new()
    };
    format!(
        "{head}{space}{and}{}",
        german_number(rest, false, one, choose)
    )
}

fn english_number(n: u64, choose: Choose<'_>) -> String {
    match n {
        0 => String::new(),
        1..=9 => name(&english::UNITS, n - 1).into(),
        10..=19 => name(&english::TEENS, n - 10).into(),
        20..=99 => {
            let tens = name(&english::TENS, n / 10 - 2);
            if n.is_multiple_of(10) {
                return tens.into();
            }
            let hyphen = if choose(Choice::Split) { " " } else { "-" };
            format!("{tens}{hyphen}{}", name(&english::UNITS, n % 10 - 1))
        }
        100..=999 => {
            let head = format!("{} hundred", english_count(n / 100, choose));
            english_rest(head, n % 100, choose)
        }
        1_100..=9_999 if !(n / 100).is_multiple_of(10) && choose(Choice::ManyHundreds) => {
            let head = format!("{} hundred", english_number(n / 100, choose));
            english_rest(head, n % 100, choose)
        }
        1_000..=999_999 => {
            let head = format!("{} thousand", english_count(n / 1_000, choose));
            english_rest(head, n % 1_000, choose)
        }
        _ => {
            let head = format!("{} million", english_count(n / 1_000_000, choose));
            english_rest(head, n % 1_000_000, choose)
        }
    }
}

fn english_count(count: u64, choose: Choose<'_>) -> String {
    if count == 1 && choose(Choice::One) {
        "a".into()
    } else {
        english_number(count, choose)
    }
}

fn english_rest(head: String, rest: u64, choose: Choose<'_>) -> String {
    if rest == 0 {
        return head;
    }
    let and = if choose(Choice::And) { "and " } else { "" };
    format!("{head} {and}{}", english_number(rest, choose))
}

/// The different ways of saying a position from 1 to 999, or −1 for the last, without an article; the
/// usual one first. Empty for any other.
pub fn spoken_ordinals(n: i32, language: Language) -> Vec<String> {
    let stems: Vec<String> = match (n, language) {
        (-1, Language::De) => vec!["letzt".into()],
        (-1, Language::En) => vec!["last".into()],
        (1..=999, _) => {
            let n = u64::from(n.unsigned_abs());
            let mut stems: Vec<String> = Vec::new();
            for number in spoken_numbers(n, language) {
                for stem in ordinal_stems(n, &number, language) {
                    if !stems.contains(&stem) {
                        stems.push(stem);
                    }
                }
            }
            stems
        }
        _ => Vec::new(),
    };
    match language {
        Language::En => stems,
        Language::De => {
            let with_ending = |stem: &String| {
                ["e", "en", "er", "es", "em"].map(|ending| format!("{stem}{ending}"))
            };
            stems.iter().flat_map(with_ending).collect()
        }
    }
}

/// The ordinals of a spoken number: its last word changes.
fn ordinal_stems(n: u64, number: &str, language: Language) -> Vec<String> {
    const GERMAN: [(&str, &[&str]); 5] = [
        ("eins", &["erst"]),
        ("zwei", &["zweit"]),
        ("zwo", &["zwot"]),
        ("drei", &["dritt"]),
        ("sieben", &["siebt", "siebent"]),
    ];
    const ENGLISH: [(&str, &str); 7] = [
        ("one", "first"),
        ("two", "second"),
        ("three", "third"),
        ("five", "fifth"),
        ("eight", "eighth"),
        ("nine", "ninth"),
        ("twelve", "twelfth"),
    ];
    match language {
        Language::De => match n % 100 {
            1..=9 if number.ends_with("acht") => vec![number.into()],
            1..=9 => {
                let irregular = GERMAN.iter().find_map(|(cardinal, ordinals)| {
                    number.strip_suffix(cardinal).map(|head| (head, *ordinals))
                });
                match irregular {
                    Some((head, ordinals)) => {
                        ordinals.iter().map(|o| format!("{head}{o}")).collect()
                    }
                    // "ein" and its cases are no cardinals here.
                    None if n % 100 == 1 => Vec::new(),
                    None => vec![format!("{number}t")],
                }
            }
            10..=19 => vec![format!("{number}t")],
            _ => vec![format!("{number}st")],
        },
        Language::En => {
            if let Some(head) = number.strip_suffix('y') {
                return vec![format!("{head}ieth")];
            }
            let irregular = ENGLISH.iter().find_map(|(cardinal, ordinal)| {
                number
                    .strip_suffix(cardinal)
                    .map(|head| format!("{head}{ordinal}"))
            });
            vec![irregular.unwrap_or_else(|| format!("{number}th"))]
        }
    }
}

/// Whole units and hundredths of an amount, and its currency's names; `None` for an amount or a
/// currency that `@money` has no words for.
fn parts(money: &Money, language: Language) -> Option<(u64, u64, &'static money::Names)> {
    let hundredths = money.amount.checked_mul(100.into())?.normalize();
    if hundredths.scale() != 0 {
        return None;
    }
    let hundredths = hundredths.to_u64()?;
    let names = money::names(language).iter().find(|names| {
        names
            .signs
            .iter()
            .any(|sign| *sign == money.currency.code() || *sign == dollar(money))
    })?;
    (hundredths / 100 <= MAX).then_some((hundredths / 100, hundredths % 100, names))
}

fn dollar(money: &Money) -> &'static str {
    if money.currency == Currency::USD {
        "$"
    } else {
        ""
    }
}

/// The different ways of saying an amount, the usual one first: "zwölf Euro fünfzig", "zwölf Euro und
/// fünfzig Cent", "zwölf Komma fünf null Euro". Forms that name no currency are left out, but "fünfzig
/// Cent" counts as euro, which it is unless the default currency is a dollar. Empty for
/// amounts above 999 999 999.99, below zero or finer than a hundredth, and for currencies other than
/// euro, American dollar, pound and franc.
pub fn speak_money(money: &Money, language: Language) -> Vec<String> {
    let Some((whole, hundredths, names)) = parts(money, language) else {
        return Vec::new();
    };
    let say = |n: u64| match (n, language) {
        (1, Language::De) => "ein".to_owned(),
        _ => speak_number(n, language),
    };
    let (one, many) = match names.major {
        [one, many, ..] if language == Language::En => (*one, *many),
        [one, ..] => (*one, *one),
        [] => return Vec::new(),
    };
    let major = if whole == 1 { one } else { many };
    let minor = match (names.minor, hundredths, language) {
        (["pence", penny, ..], 1, _) => *penny,
        ([one, ..], _, Language::De) | ([one, ..], 1, _) => *one,
        (["cent", cents, ..], ..) => *cents,
        ([one, ..], ..) => *one,
        ([], ..) => return Vec::new(),
    };
    let (and, point) = match language {
        Language::De => ("und", "Komma"),
        Language::En => ("and", "point"),
    };
    let head = format!("{} {major}", say(whole));
    if hundredths == 0 {
        return vec![head];
    }
    let cents = say(hundredths);
    let bare = speak_number(hundredths, language);
    let digits = [hundredths / 10, hundredths % 10].map(|d| speak_number(d, language));
    let mut forms = vec![
        format!("{head} {bare}"),
        format!("{head} {and} {cents} {minor}"),
        format!("{head} {cents} {minor}"),
        format!(
            "{} {point} {} {} {many}",
            speak_number(whole, language),
            digits[0],
            digits[1]
        ),
    ];
    // A cent alone may be any currency's; the euro's is what it is in German, and by default.
    if whole == 0 && money.currency != Currency::USD {
        forms.insert(0, format!("{cents} {minor}"));
    }
    forms
}

/// The different ways of writing an amount, in the language's convention and in what Whisper mixes
/// in from the other one: "12,50 €", "€12.50", "12 Euro 50". Empty where [`speak_money`] is.
pub fn written_money(money: &Money, language: Language) -> Vec<String> {
    let Some((whole, hundredths, names)) = parts(money, language) else {
        return Vec::new();
    };
    let (point, other) = match language {
        Language::De => (',', '.'),
        Language::En => ('.', ','),
    };
    let mut forms = Vec::new();
    let word = names.major.last().copied().unwrap_or_default();
    for number in written_numbers(whole, language) {
        let amounts = if hundredths == 0 {
            vec![number.clone(), format!("{number}{point}00")]
        } else {
            vec![format!("{number}{point}{hundredths:02}")]
        };
        for sign in names.signs {
            for amount in &amounts {
                forms.push(format!("{amount} {sign}"));
                forms.push(format!("{amount}{sign}"));
                forms.push(format!("{sign}{amount}"));
                forms.push(format!("{sign} {amount}"));
            }
        }
        forms.extend(amounts.iter().map(|amount| format!("{amount} {word}")));
        if hundredths > 0 {
            forms.push(format!("{number} {word} {hundredths:02}"));
        }
    }
    let sign = names.signs.first().copied().unwrap_or_default();
    forms.push(format!("{whole}{other}{hundredths:02} {sign}"));
    forms
}
