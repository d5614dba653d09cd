//! Idioms of `@date`.

use jiff::civil::{Date, date};

use super::{no_such_day, not_understood, wednesday};
use crate::builtin::calendar::testing::Type;
use crate::{Builtin, Language, Value};

fn check(language: Language, today: Date, table: &[(&str, Date)]) {
    let dates = Type::new(Builtin::Date, language);
    for (text, expected) in table {
        assert_eq!(
            dates.value(text, today),
            Ok(Value::Date(*expected)),
            "{text:?} on {today}"
        );
    }
}

#[test]
fn german_idioms() {
    let d = |m, day| date(2027, m, day);
    check(
        Language::DE,
        wednesday(),
        &[
            ("heute", d(3, 10)),
            ("morgen", d(3, 11)),
            ("übermorgen", d(3, 12)),
            ("gestern", d(3, 9)),
            ("vorgestern", d(3, 8)),
            ("Freitag", d(3, 12)),
            ("am freitag", d(3, 12)),
            ("diesen Freitag", d(3, 12)),
            ("kommenden Freitag", d(3, 12)),
            ("nächsten Freitag", d(3, 12)),
            ("am nächsten Freitag", d(3, 12)),
            ("bis Freitag", d(3, 12)),
            // Strictly after today.
            ("am Mittwoch", d(3, 17)),
            ("am Dienstag", d(3, 16)),
            ("am Sonnabend", d(3, 13)),
            ("Freitag in einer Woche", d(3, 19)),
            ("Freitag in acht Tagen", d(3, 19)),
            ("Freitag in 14 Tagen", d(3, 26)),
            ("am Freitag nächster Woche", d(3, 19)),
            ("nächste Woche Montag", d(3, 15)),
            ("übernächsten Freitag", d(3, 19)),
            ("letzten Freitag", d(3, 5)),
            ("heute in einer Woche", d(3, 17)),
            ("morgen in vierzehn Tagen", d(3, 25)),
            ("in drei Tagen", d(3, 13)),
            ("in acht Tagen", d(3, 18)),
            ("in zwei Wochen", d(3, 24)),
            ("in 2 Wochen", d(3, 24)),
            ("in einem Monat", d(4, 10)),
            ("in einem halben Jahr", d(9, 10)),
            ("in einem Vierteljahr", d(6, 10)),
            ("in zwo Monaten", d(5, 10)),
            ("vor einer Woche", d(3, 3)),
            ("am dritten März", date(2028, 3, 3)),
            ("am zehnten März", d(3, 10)),
            ("am 11. März", d(3, 11)),
            ("am 11 März", d(3, 11)),
            ("dritter vierter", d(4, 3)),
            ("am dritten vierten", d(4, 3)),
            ("3.4.", d(4, 3)),
            ("am 03.04.", d(4, 3)),
            ("3. 4. 2027", d(4, 3)),
            ("03.03.2027", d(3, 3)),
            ("3.3.28", date(2028, 3, 3)),
            ("2027-03-03", d(3, 3)),
            ("dritter März zweitausendsiebenundzwanzig", d(3, 3)),
            ("am dritten dritten siebenundzwanzig", d(3, 3)),
            ("am dritten März nächsten Jahres", date(2028, 3, 3)),
            ("Freitag den 12. März", d(3, 12)),
            ("am Freitag dem zwölften März", d(3, 12)),
            ("am dritten", d(4, 3)),
            ("am 3.", d(4, 3)),
            ("am 3", d(4, 3)),
            ("zum Ersten", d(4, 1)),
            ("zum Fünfzehnten", d(3, 15)),
            ("am Ersten nächsten Monats", d(4, 1)),
            ("am zwanzigsten dieses Monats", d(3, 20)),
            ("am 3. des nächsten Monats", d(4, 3)),
            ("zum Monatsersten", d(4, 1)),
            ("zum nächsten Ersten", d(4, 1)),
            ("zum Monatsende", d(3, 31)),
            ("Ende des Monats", d(3, 31)),
            ("Ende nächsten Monats", d(4, 30)),
            ("Anfang nächsten Monats", d(4, 1)),
            ("Mitte des Monats", d(3, 15)),
            ("nächsten Monat", d(4, 1)),
            ("nächste Woche", d(3, 15)),
            ("nächstes Jahr", date(2028, 1, 1)),
            ("Ende der Woche", d(3, 14)),
            ("Anfang April", d(4, 1)),
            ("Mitte Februar", date(2028, 2, 15)),
            ("Ende Februar", date(2028, 2, 29)),
            ("zum Jahresende", d(12, 31)),
        ],
    );
}

#[test]
fn english_idioms() {
    let d = |m, day| date(2027, m, day);
    check(
        Language::EN,
        wednesday(),
        &[
            ("today", d(3, 10)),
            ("tomorrow", d(3, 11)),
            ("the day after tomorrow", d(3, 12)),
            ("on Friday", d(3, 12)),
            ("this Friday", d(3, 12)),
            ("next Friday", d(3, 19)),
            ("next Tuesday", d(3, 16)),
            ("Friday next week", d(3, 19)),
            ("Friday after next", d(3, 19)),
            ("Friday week", d(3, 19)),
            ("a week from Friday", d(3, 19)),
            ("two weeks from Friday", d(3, 26)),
            ("a week from today", d(3, 17)),
            ("a week today", d(3, 17)),
            ("last Friday", d(3, 5)),
            ("in three days", d(3, 13)),
            ("three days from now", d(3, 13)),
            ("three days ago", d(3, 7)),
            ("in a week", d(3, 17)),
            ("in two weeks", d(3, 24)),
            ("in a fortnight", d(3, 24)),
            ("in half a year", d(9, 10)),
            ("on the third of April", d(4, 3)),
            ("April third", d(4, 3)),
            ("April three", d(4, 3)),
            ("April 3rd", d(4, 3)),
            ("April 3, 2027", d(4, 3)),
            ("3 March 2027", d(3, 3)),
            ("March third twenty twenty seven", d(3, 3)),
            ("March the twenty first", d(3, 21)),
            ("March twenty twenty twenty eight", date(2028, 3, 20)),
            ("2027-03-03", d(3, 3)),
            ("Friday March 12th", d(3, 12)),
            ("on the third of March next year", date(2028, 3, 3)),
            ("the first of next month", d(4, 1)),
            ("the first of the month", d(4, 1)),
            ("on the first", d(4, 1)),
            ("on the 15th", d(3, 15)),
            ("by the end of the month", d(3, 31)),
            ("end of next month", d(4, 30)),
            ("the last day of the month", d(3, 31)),
            ("the beginning of next month", d(4, 1)),
            ("mid April", d(4, 15)),
            ("next month", d(4, 1)),
            ("next week", d(3, 15)),
            ("end of the year", d(12, 31)),
        ],
    );
}

#[test]
fn month_ends_leap_years_and_the_turn_of_the_year() {
    check(
        Language::DE,
        date(2027, 1, 31),
        &[
            ("in einem Monat", date(2027, 2, 28)),
            ("am 31.", date(2027, 1, 31)),
            ("am dreißigsten", date(2027, 3, 30)),
            ("zum Ersten", date(2027, 2, 1)),
            ("am neunundzwanzigsten Februar", date(2028, 2, 29)),
            ("zum Monatsende", date(2027, 1, 31)),
            ("Ende nächsten Monats", date(2027, 2, 28)),
        ],
    );
    check(
        Language::DE,
        date(2027, 2, 1),
        &[
            ("am 31.", date(2027, 3, 31)),
            ("zum Ersten", date(2027, 2, 1)),
            ("zum nächsten Ersten", date(2027, 3, 1)),
            ("zum Monatsersten", date(2027, 2, 1)),
        ],
    );
    check(
        Language::DE,
        date(2027, 12, 31),
        &[
            ("morgen", date(2028, 1, 1)),
            ("zum Ersten", date(2028, 1, 1)),
            ("am Samstag", date(2028, 1, 1)),
            ("am dritten ersten", date(2028, 1, 3)),
            ("Ende Februar", date(2028, 2, 29)),
            ("in zwei Monaten", date(2028, 2, 29)),
        ],
    );
    check(
        Language::DE,
        date(2028, 2, 29),
        &[
            ("am neunundzwanzigsten Februar", date(2028, 2, 29)),
            ("in einem Jahr", date(2029, 2, 28)),
        ],
    );
    // 2100 is no leap year.
    check(
        Language::DE,
        date(2096, 3, 1),
        &[("am 29. Februar", date(2104, 2, 29))],
    );
    // On a Sunday, next week starts tomorrow.
    check(
        Language::EN,
        date(2027, 3, 14),
        &[
            ("next Friday", date(2027, 3, 19)),
            ("next Monday", date(2027, 3, 15)),
            ("on Sunday", date(2027, 3, 21)),
        ],
    );
}

#[test]
fn days_that_do_not_exist() {
    let table: [(Language, &[&str]); 2] = [
        (
            Language::DE,
            &[
                "am 31. April",
                "am einunddreißigsten April",
                "30.2.",
                "am dreißigsten Februar",
                "29. Februar 2027",
                "32. März",
                "12.13.2027",
                "am 31.4.2027",
                "am 0. Mai",
                "am einunddreißigsten nächsten Monats",
                "am 45.",
                "2027-02-30",
                "am Montag den 12. März",
            ],
        ),
        (
            Language::EN,
            &[
                "the thirty first of April",
                "April 31st",
                "February 29th 2027",
                "March 32",
                "on the 31st of next month",
                "2027-13-01",
                "Monday March 12th",
            ],
        ),
    ];
    for (language, texts) in table {
        let dates = Type::new(Builtin::Date, language);
        for text in texts {
            assert_eq!(dates.value(text, wednesday()), Err(no_such_day(text)));
        }
    }
}

#[test]
fn no_dates() {
    not_understood(
        Builtin::Date,
        Language::DE,
        &[
            "",
            "3",
            "Freitags",
            "am",
            "März",
            "am halben",
            "im März",
            "jeden ersten",
        ],
    );
    not_understood(
        Builtin::Date,
        Language::EN,
        &[
            "",
            "3",
            "first",
            "March",
            "3/4/2027",
            "on the",
            "every Monday",
        ],
    );
}

#[test]
fn the_largest_dates_are_errors_not_panics() {
    let dates = Type::new(Builtin::Date, Language::DE);
    for text in [
        "morgen",
        "nächsten Monat",
        "in 999 Jahren",
        "am 31. April",
        "Ende nächsten Jahres",
        "am Freitag",
        "übernächsten Freitag",
        "am 1.",
        "zum nächsten Ersten",
        "am 29. Februar",
        "Freitag nächster Woche",
    ] {
        assert!(dates.value(text, Date::MAX).is_err(), "{text}");
    }
    assert!(dates.value("gestern", Date::MIN).is_err());
}
