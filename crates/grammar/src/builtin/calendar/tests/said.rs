//! Numbers and units as the forms of the calendar say them.

use crate::Language;
use crate::builtin::{speak_number, spoken_ordinals};
use crate::language::Choice;

/// The cardinal number in words, "eins" for 1; in digits from 1000.
pub(super) fn cardinal(language: Language, n: u32) -> String {
    match language {
        _ if n >= 1000 => n.to_string(),
        Language::De => speak_number(n.into(), language),
        Language::En => language
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
    match language {
        Language::De => forms[1].clone(),
        Language::En => forms[0].replace('-', " "),
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
    match (language, year - 2000) {
        (Language::De, 0) => "zweitausend".to_owned(),
        (Language::De, n) => format!("zweitausend{}", cardinal(language, n)),
        (Language::En, 0) => "two thousand".to_owned(),
        (Language::En, n @ 1..10) => format!("two thousand and {}", cardinal(language, n)),
        (Language::En, n) => format!("twenty {}", cardinal(language, n)),
    }
}

/// One and many of each unit, in falling order.
pub(super) fn units(language: Language) -> [(&'static str, &'static str); 7] {
    match language {
        Language::De => [
            ("ein Jahr", "Jahre"),
            ("ein Monat", "Monate"),
            ("eine Woche", "Wochen"),
            ("ein Tag", "Tage"),
            ("eine Stunde", "Stunden"),
            ("eine Minute", "Minuten"),
            ("eine Sekunde", "Sekunden"),
        ],
        Language::En => [
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
