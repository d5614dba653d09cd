//! Numbers and units as the forms of the calendar say them.

use crate::Language;
use crate::builtin::{speak_number, spoken_ordinals};
use crate::language::Choice;

/// The cardinal number in words, "eins" for 1; in digits from 1000.
pub(super) fn cardinal(language: Language, n: u32) -> String {
    match language.code() {
        _ if n >= 1000 => n.to_string(),
        "de" => speak_number(n.into(), language),
        _ => language
            .definition()
            .numbers
            .spell(n.into(), &mut |choice| {
                matches!(choice, Choice::Split | Choice::And)
            }),
    }
}

/// The ordinal in words: "dritten" (as after "am"), "third".
pub(super) fn ordinal(language: Language, n: u32) -> String {
    let forms = spoken_ordinals(n as i32, language);
    match language.code() {
        "de" => forms[1].clone(),
        _ => forms[0].replace('-', " "),
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

/// The year in words.
pub(super) fn year(language: Language, year: u32) -> String {
    match (language.code(), year - 2000) {
        ("de", 0) => "zweitausend".to_owned(),
        ("de", n) => format!("zweitausend{}", cardinal(language, n)),
        (_, 0) => "two thousand".to_owned(),
        (_, n @ 1..10) => format!("two thousand and {}", cardinal(language, n)),
        (_, n) => format!("twenty {}", cardinal(language, n)),
    }
}

/// One and many of each unit, in falling order.
pub(super) fn units(language: Language) -> [(&'static str, &'static str); 7] {
    match language.code() {
        "de" => [
            ("ein Jahr", "Jahre"),
            ("ein Monat", "Monate"),
            ("eine Woche", "Wochen"),
            ("ein Tag", "Tage"),
            ("eine Stunde", "Stunden"),
            ("eine Minute", "Minuten"),
            ("eine Sekunde", "Sekunden"),
        ],
        _ => [
            ("a year", "years"),
            ("a month", "months"),
            ("a week", "weeks"),
            ("a day", "days"),
            ("an hour", "hours"),
            ("a minute", "minutes"),
            ("a second", "seconds"),
        ],
    }
}
