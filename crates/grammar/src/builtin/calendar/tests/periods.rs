//! Idioms of `@period`.

use jiff::civil::{Date, date};

use super::{no_such_day, not_understood, wednesday};
use crate::builtin::calendar::testing::Type;
use crate::{Builtin, Language, Period, Value};

fn check(language: Language, today: Date, table: &[(&str, Period)]) {
    let periods = Type::new(Builtin::Period, language);
    for (text, expected) in table {
        assert_eq!(
            periods.value(text, today),
            Ok(Value::Period(*expected)),
            "{text:?} on {today}"
        );
    }
}

fn days(first: (i16, i8, i8), last: (i16, i8, i8)) -> Period {
    let of = |(year, month, day)| date(year, month, day);
    Period::Days {
        first: of(first),
        last: of(last),
    }
}

fn day(year: i16, month: i8, day: i8) -> Period {
    days((year, month, day), (year, month, day))
}

const TODAY: (i16, i8, i8) = (2027, 3, 10);

#[test]
fn german_idioms() {
    check(
        Language::DE,
        wednesday(),
        &[
            ("heute", Period::Today),
            ("von gestern", Period::Yesterday),
            ("vorgestern", day(2027, 3, 8)),
            ("letzte Woche", Period::LastWeek),
            ("in der letzten Woche", Period::LastWeek),
            ("vergangener Woche", Period::LastWeek),
            ("diese Woche", Period::ThisWeek),
            ("im laufenden Monat", Period::ThisMonth),
            ("vom letzten Monat", Period::LastMonth),
            ("im Vormonat", Period::LastMonth),
            ("dieses Jahres", Period::ThisYear),
            ("voriges Jahr", Period::LastYear),
            ("in den letzten sieben Tagen", Period::Last7Days),
            ("der letzten 30 Tage", Period::Last30Days),
            ("in den letzten drei Monaten", days((2026, 12, 11), TODAY)),
            ("die letzten zwei Wochen", days((2027, 2, 25), TODAY)),
            ("im letzten halben Jahr", days((2026, 9, 11), TODAY)),
            ("vorletzte Woche", days((2027, 2, 22), (2027, 2, 28))),
            ("im vorletzten Monat", days((2027, 1, 1), (2027, 1, 31))),
            ("am Montag", day(2027, 3, 8)),
            // Before today, so a week ago.
            ("am Mittwoch", day(2027, 3, 3)),
            ("letzten Freitag", day(2027, 3, 5)),
            ("am dritten März", day(2027, 3, 3)),
            ("am 12. März", day(2026, 3, 12)),
            ("am 24. Dezember 2025", day(2025, 12, 24)),
            ("am ersten", day(2027, 3, 1)),
            ("am zwölften", day(2027, 2, 12)),
            ("im Juni", days((2026, 6, 1), (2026, 6, 30))),
            ("im März", days((2027, 3, 1), TODAY)),
            ("im Mai 2025", days((2025, 5, 1), (2025, 5, 31))),
            ("im Mai letzten Jahres", days((2026, 5, 1), (2026, 5, 31))),
            ("letzten Dezember", days((2026, 12, 1), (2026, 12, 31))),
            ("2025", days((2025, 1, 1), (2025, 12, 31))),
            (
                "im Jahr zweitausendfünfundzwanzig",
                days((2025, 1, 1), (2025, 12, 31)),
            ),
            ("im ersten Quartal", days((2027, 1, 1), TODAY)),
            ("im vierten Quartal", days((2026, 10, 1), (2026, 12, 31))),
            ("letztes Quartal", days((2026, 10, 1), (2026, 12, 31))),
            ("am ersten dieses Monats", day(2027, 3, 1)),
            ("am Monatsersten", day(2027, 3, 1)),
            ("am 12.3.25", day(2025, 3, 12)),
            (
                "im Sommer letzten Jahres",
                days((2026, 6, 1), (2026, 8, 31)),
            ),
            ("letzten März", days((2026, 3, 1), (2026, 3, 31))),
            ("vom 28. bis zum 3. März", days((2027, 2, 28), (2027, 3, 3))),
            ("von Mai 2025 bis Juni", days((2025, 5, 1), (2025, 6, 30))),
            (
                "von Oktober 2025 bis Januar",
                days((2025, 10, 1), (2026, 1, 31)),
            ),
            (
                "zwischen Dezember und Januar 2027",
                days((2026, 12, 1), (2027, 1, 31)),
            ),
            ("seit Weihnachten", days((2026, 12, 24), TODAY)),
            ("an Ostern", days((2026, 4, 3), (2026, 4, 6))),
            ("über Pfingsten 2025", days((2025, 6, 8), (2025, 6, 9))),
            ("letzten Sommer", days((2026, 6, 1), (2026, 8, 31))),
            ("am Wochenende", days((2027, 3, 6), (2027, 3, 7))),
            ("letztes Wochenende", days((2027, 3, 6), (2027, 3, 7))),
            ("vor drei Tagen", day(2027, 3, 7)),
            ("vor zwei Wochen", days((2027, 2, 22), (2027, 2, 28))),
            ("vor einem Monat", days((2027, 2, 1), (2027, 2, 28))),
            ("Anfang Februar", days((2027, 2, 1), (2027, 2, 10))),
            ("Ende Januar", days((2027, 1, 21), (2027, 1, 31))),
            ("Ende letzten Jahres", days((2026, 12, 1), (2026, 12, 31))),
            ("seit gestern", days((2027, 3, 9), TODAY)),
            ("seit Montag", days((2027, 3, 8), TODAY)),
            ("seit letzter Woche", days((2027, 3, 1), TODAY)),
            ("seit Januar", days((2027, 1, 1), TODAY)),
            ("seit dem 1. März", days((2027, 3, 1), TODAY)),
            ("seit dem ersten", days((2027, 3, 1), TODAY)),
            ("seit Monatsanfang", days((2027, 3, 1), TODAY)),
            ("seit Anfang des Jahres", days((2027, 1, 1), TODAY)),
            ("seit drei Wochen", days((2027, 2, 17), TODAY)),
            (
                "vom ersten bis zum fünfzehnten Februar",
                days((2027, 2, 1), (2027, 2, 15)),
            ),
            (
                "zwischen Oktober und Januar",
                days((2026, 10, 1), (2027, 1, 31)),
            ),
            ("von Montag bis Freitag", days((2027, 3, 1), (2027, 3, 5))),
            (
                "zwischen dem 24. und dem 31. Dezember",
                days((2026, 12, 24), (2026, 12, 31)),
            ),
        ],
    );
}

#[test]
fn english_idioms() {
    check(
        Language::EN,
        wednesday(),
        &[
            ("today's", Period::Today),
            ("from yesterday", Period::Yesterday),
            ("the day before yesterday", day(2027, 3, 8)),
            ("last week", Period::LastWeek),
            ("last month's", Period::LastMonth),
            ("in the past week", Period::LastWeek),
            ("so far this month", Period::ThisMonth),
            ("in the last seven days", Period::Last7Days),
            ("over the past three months", days((2026, 12, 11), TODAY)),
            ("in the last couple of weeks", days((2027, 2, 25), TODAY)),
            ("the week before last", days((2027, 2, 22), (2027, 2, 28))),
            ("last quarter", days((2026, 10, 1), (2026, 12, 31))),
            ("in the third quarter", days((2026, 7, 1), (2026, 9, 30))),
            ("in Q1", days((2027, 1, 1), TODAY)),
            ("on Monday", day(2027, 3, 8)),
            ("last Friday", day(2027, 3, 5)),
            ("in June", days((2026, 6, 1), (2026, 6, 30))),
            ("last May", days((2026, 5, 1), (2026, 5, 31))),
            ("in October last year", days((2026, 10, 1), (2026, 10, 31))),
            ("in May 2024", days((2024, 5, 1), (2024, 5, 31))),
            ("in 2023", days((2023, 1, 1), (2023, 12, 31))),
            ("at Easter last year", days((2026, 4, 3), (2026, 4, 6))),
            ("last March", days((2026, 3, 1), (2026, 3, 31))),
            ("over the past year", days((2026, 3, 11), TODAY)),
            ("in the past month", days((2027, 2, 11), TODAY)),
            ("over Christmas", days((2026, 12, 24), (2026, 12, 26))),
            ("at Easter", days((2026, 4, 3), (2026, 4, 6))),
            ("since New Year's", days((2026, 12, 31), TODAY)),
            ("last summer", days((2026, 6, 1), (2026, 8, 31))),
            ("over the weekend", days((2027, 3, 6), (2027, 3, 7))),
            ("on the third of March", day(2027, 3, 3)),
            ("on December 24th", day(2026, 12, 24)),
            ("three days ago", day(2027, 3, 7)),
            ("two weeks ago", days((2027, 2, 22), (2027, 2, 28))),
            ("early February", days((2027, 2, 1), (2027, 2, 10))),
            (
                "at the end of last year",
                days((2026, 12, 1), (2026, 12, 31)),
            ),
            ("since yesterday", days((2027, 3, 9), TODAY)),
            ("since January", days((2027, 1, 1), TODAY)),
            ("since the start of the month", days((2027, 3, 1), TODAY)),
            ("since the 15th of February", days((2027, 2, 15), TODAY)),
            (
                "from the 1st to the 15th of February",
                days((2027, 2, 1), (2027, 2, 15)),
            ),
            (
                "between October and January",
                days((2026, 10, 1), (2027, 1, 31)),
            ),
            ("from Monday to Friday", days((2027, 3, 1), (2027, 3, 5))),
        ],
    );
}

#[test]
fn weekends_and_weekdays_on_a_weekend() {
    check(
        Language::EN,
        date(2027, 3, 7),
        &[
            ("this weekend", days((2027, 3, 6), (2027, 3, 7))),
            ("last weekend", days((2027, 2, 27), (2027, 2, 28))),
            ("on Saturday", day(2027, 3, 6)),
            ("on Sunday", day(2027, 2, 28)),
        ],
    );
}

#[test]
fn what_lies_ahead_or_does_not_exist_is_none() {
    let periods = Type::new(Builtin::Period, Language::DE);
    for text in [
        "im Jahr 2030",
        "am 31. April",
        "im Mai 2027",
        "am Montag den 2. März",
    ] {
        let error = no_such_day(text);
        assert_eq!(periods.values(text, wednesday()), [Err(error)], "{text:?}");
    }
    not_understood(
        Builtin::Period,
        Language::DE,
        &["nächste Woche", "morgen", "in drei Tagen", "zwei Wochen"],
    );
}
