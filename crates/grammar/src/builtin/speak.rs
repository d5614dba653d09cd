//! From values back to words and figures: what `grammar sample` and list ranges say, and what the
//! property tests read back.

use rust_decimal::prelude::ToPrimitive;

use crate::language::{CurrencyWords, MoneyWords};
use crate::{Language, Money};

/// A number in words, the way it is usually said and written ("zweihundertfünf", "two hundred five");
/// in figures above the largest that the language says.
pub fn speak_number(n: u64, language: Language) -> String {
    language.definition().numbers.speak(n)
}

/// The different ways of saying a number, the usual one first: with and without "ein" and "und",
/// "zwo", "zwölfhundert", in one word and in several. Where a number has several places to choose at,
/// only the same choice at all of them is listed; `@number` understands the mixtures, too.
pub fn spoken_numbers(n: u64, language: Language) -> Vec<String> {
    language.definition().numbers.spoken(n)
}

/// A number in figures, without thousands separators and with them.
pub fn written_numbers(n: u64, language: Language) -> Vec<String> {
    let plain = n.to_string();
    let separator = language.definition().numbers.signs.group;
    let mut grouped = String::new();
    for (index, digit) in plain.chars().enumerate() {
        if index > 0 && (plain.len() - index).is_multiple_of(3) {
            grouped.push_str(separator);
        }
        grouped.push(digit);
    }
    if grouped == plain {
        vec![plain]
    } else {
        vec![plain, grouped]
    }
}

/// The different ways of saying a position from 1 to 999, or −1 for the last, without an article; the
/// usual one first. Empty for any other, and in a language without ordinals.
pub fn spoken_ordinals(n: i32, language: Language) -> Vec<String> {
    let definition = language.definition();
    let Some(ordinals) = &definition.ordinals else {
        return Vec::new();
    };
    let stems: Vec<String> = match n {
        -1 => vec![ordinals.last.to_owned()],
        1..=999 => {
            let n = u64::from(n.unsigned_abs());
            let mut stems: Vec<String> = Vec::new();
            for number in definition.numbers.spoken(n) {
                for stem in (ordinals.of)(&definition.numbers, n, &number) {
                    if !stems.contains(&stem) {
                        stems.push(stem);
                    }
                }
            }
            stems
        }
        _ => Vec::new(),
    };
    let with_endings = |stem: &String| {
        let endings = ordinals.endings.iter();
        endings
            .map(|ending| format!("{stem}{ending}"))
            .collect::<Vec<_>>()
    };
    stems.iter().flat_map(with_endings).collect()
}

/// An amount that a language has words for.
struct Parts {
    /// Whole units.
    whole: u64,
    hundredths: u64,
    words: &'static MoneyWords,
    names: &'static CurrencyWords,
}

fn parts(money: &Money, language: Language) -> Option<Parts> {
    let definition = language.definition();
    let words = definition.money.as_ref()?;
    let hundredths = money.amount.checked_mul(100.into())?.normalize();
    if hundredths.scale() != 0 {
        return None;
    }
    let hundredths = hundredths.to_u64()?;
    let mut currencies = words.currencies.iter();
    let names = currencies.find(|names| names.currency == money.currency)?;
    let whole = hundredths / 100;
    (whole <= definition.numbers.largest.into()).then_some(Parts {
        whole,
        hundredths: hundredths % 100,
        words,
        names,
    })
}

/// The different ways of saying an amount, the usual one first: "zwölf Euro fünfzig", "zwölf Euro und
/// fünfzig Cent", "zwölf Komma fünf null Euro". Forms that name no currency are left out, but "fünfzig
/// Cent" counts as euro, which it is unless the default currency is a dollar. Empty for
/// amounts that are larger than any number of the language, below zero or finer than a hundredth, and for
/// currencies that the language has no name for.
pub fn speak_money(money: &Money, language: Language) -> Vec<String> {
    let Some(Parts {
        whole,
        hundredths,
        words,
        names,
    }) = parts(money, language)
    else {
        return Vec::new();
    };
    let numbers = &language.definition().numbers;
    let speak = |n: u64| numbers.speak(n);
    let say = |n: u64| match (n, words.spoken_one) {
        (1, Some(one)) => one.to_owned(),
        _ => speak(n),
    };
    let noun = |n: u64, noun: &crate::language::Noun| if n == 1 { noun.one } else { noun.many };
    let head = format!("{} {}", say(whole), noun(whole, &names.major));
    if hundredths == 0 {
        return vec![head];
    }
    let (cents, minor) = (say(hundredths), noun(hundredths, &names.minor));
    let and = words.and;
    let mut forms = vec![
        format!("{head} {}", speak(hundredths)),
        format!("{head} {and} {cents} {minor}"),
        format!("{head} {cents} {minor}"),
    ];
    if let Some(point) = numbers.point.first() {
        let [tens, units] = [hundredths / 10, hundredths % 10].map(speak);
        let whole = speak(whole);
        forms.push(format!(
            "{whole} {point} {tens} {units} {}",
            names.major.many
        ));
    }
    // A cent alone is not the currency's where that has its name in common with others.
    if whole == 0 && names.family.is_empty() {
        forms.insert(0, format!("{cents} {minor}"));
    }
    forms
}

/// The different ways of writing an amount, in the language's convention and in what Whisper mixes
/// in from the other one: "12,50 €", "€12.50", "12 Euro 50". Empty where [`speak_money`] is.
pub fn written_money(money: &Money, language: Language) -> Vec<String> {
    let Some(Parts {
        whole,
        hundredths,
        names,
        ..
    }) = parts(money, language)
    else {
        return Vec::new();
    };
    let signs = language.definition().numbers.signs;
    let (point, other) = (signs.decimal, signs.group);
    let mut forms = Vec::new();
    let word = names.major.all().last().unwrap_or_default();
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

/// A day as it is read back to somebody who asked for it, with the weekday, by which a wrong date is
/// noticed; as ISO 8601 writes it in a language without a calendar.
///
/// ```
/// use jiff::civil::date;
/// use zahlwort_grammar::{Language, builtin::speak_full_date};
/// let said = speak_full_date(date(2026, 11, 24), Language::DE);
/// assert_eq!(said, "Dienstag, 24. November 2026");
/// ```
pub fn speak_full_date(date: jiff::civil::Date, language: Language) -> String {
    let calendar = &language.definition().calendar;
    match calendar {
        Some(calendar) => (calendar.full_date)(date),
        None => date.to_string(),
    }
}
