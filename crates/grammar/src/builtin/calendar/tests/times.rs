//! Idioms of `@time`, `@duration` and `@interval`.

use jiff::civil::time;

use super::{not_understood, wednesday};
use crate::builtin::calendar::testing::Type;
use crate::{Builtin, Duration, Frequency, Interval, Language, Value, ValueError};

/// Texts of a language, with hour and minute.
type Times = (Language, &'static [(&'static str, i8, i8)]);

#[test]
fn times() {
    let table: [Times; 2] = [
        (
            Language::DE,
            &[
                ("um halb drei", 2, 30),
                ("halb 3", 2, 30),
                ("halb eins", 12, 30),
                ("halb eins nachts", 0, 30),
                ("um halb drei nachmittags", 14, 30),
                ("viertel nach vier", 4, 15),
                ("viertel vor eins", 12, 45),
                ("Viertel vor acht abends", 19, 45),
                ("dreiviertel fünf", 4, 45),
                ("viertel fünf", 4, 15),
                ("zwanzig nach drei", 3, 20),
                ("20 nach 3", 3, 20),
                ("fünf vor halb acht", 7, 25),
                ("fünf nach halb acht", 7, 35),
                ("zehn Minuten vor zwölf", 11, 50),
                ("acht Uhr dreißig", 8, 30),
                ("um acht Uhr", 8, 0),
                ("ein Uhr fünf", 1, 5),
                ("null Uhr dreißig", 0, 30),
                ("um eins", 1, 0),
                ("14:30 Uhr", 14, 30),
                ("14:30", 14, 30),
                ("14.30 Uhr", 14, 30),
                ("14 Uhr", 14, 0),
                ("14 Uhr 05", 14, 5),
                ("vierundzwanzig Uhr", 0, 0),
                ("Mittag", 12, 0),
                ("um Mitternacht", 0, 0),
                ("drei Uhr nachmittags", 15, 0),
                ("acht Uhr abends", 20, 0),
                ("morgens um acht", 8, 0),
                ("zwölf Uhr mittags", 12, 0),
                ("um zwölf Uhr nachts", 0, 0),
            ],
        ),
        (
            Language::EN,
            &[
                ("half past two", 2, 30),
                ("half two", 2, 30),
                ("quarter to five", 4, 45),
                ("a quarter past four", 4, 15),
                ("quarter to one", 12, 45),
                ("twenty five past three", 3, 25),
                ("ten to ten", 9, 50),
                ("three thirty p.m.", 15, 30),
                ("three thirty in the afternoon", 15, 30),
                ("3:30 pm", 15, 30),
                ("3:30pm", 15, 30),
                ("3 pm", 15, 0),
                ("at three", 3, 0),
                ("five o'clock", 5, 0),
                ("eight o'clock at night", 20, 0),
                ("twelve oh five a.m.", 0, 5),
                ("12 pm", 12, 0),
                ("twenty one thirty", 21, 30),
                ("noon", 12, 0),
                ("at midnight", 0, 0),
            ],
        ),
    ];
    for (language, rows) in table {
        let times = Type::new(Builtin::Time, language);
        for (text, hour, minute) in rows {
            assert_eq!(
                times.value(text, wednesday()),
                Ok(Value::Time(time(*hour, *minute, 0, 0))),
                "{text:?}"
            );
        }
    }
}

#[test]
fn times_that_do_not_exist() {
    let table: [(Language, &[&str]); 2] = [
        (
            Language::DE,
            &[
                "25 Uhr",
                "fünfundzwanzig Uhr",
                "14:60",
                "24:01",
                "14 Uhr morgens",
                "99:99 Uhr",
                "drei Uhr abends",
            ],
        ),
        (
            Language::EN,
            &["25:00", "14:75", "14:30 am", "0:30 pm", "99 pm"],
        ),
    ];
    for (language, texts) in table {
        let times = Type::new(Builtin::Time, language);
        for text in texts {
            assert_eq!(
                times.value(text, wednesday()),
                Err(ValueError::NoSuchTime((*text).to_owned()))
            );
        }
    }
    not_understood(
        Builtin::Time,
        Language::DE,
        &["drei", "8", "halb", "um", "halb dreizehn"],
    );
    not_understood(
        Builtin::Time,
        Language::EN,
        &["three", "8", "half past", "at"],
    );
}

#[test]
fn durations() {
    let none = Duration::default();
    let table: [(Language, &[(&str, Duration)]); 2] = [
        (
            Language::DE,
            &[
                (
                    "eine Stunde und dreißig Minuten",
                    Duration {
                        hours: 1,
                        minutes: 30,
                        ..none
                    },
                ),
                (
                    "eine Stunde dreißig",
                    Duration {
                        hours: 1,
                        minutes: 30,
                        ..none
                    },
                ),
                (
                    "anderthalb Stunden",
                    Duration {
                        hours: 1,
                        minutes: 30,
                        ..none
                    },
                ),
                (
                    "1,5 Stunden",
                    Duration {
                        hours: 1,
                        minutes: 30,
                        ..none
                    },
                ),
                (
                    "zweieinhalb Jahre",
                    Duration {
                        years: 2,
                        months: 6,
                        ..none
                    },
                ),
                (
                    "anderthalb Monate",
                    Duration {
                        months: 1,
                        days: 15,
                        ..none
                    },
                ),
                ("zwei Wochen", Duration { weeks: 2, ..none }),
                ("ein halbes Jahr", Duration { months: 6, ..none }),
                (
                    "ein Jahr und zwei Monate",
                    Duration {
                        years: 1,
                        months: 2,
                        ..none
                    },
                ),
                (
                    "eine Viertelstunde",
                    Duration {
                        minutes: 15,
                        ..none
                    },
                ),
                (
                    "dreiviertel Stunde",
                    Duration {
                        minutes: 45,
                        ..none
                    },
                ),
                ("ein Quartal", Duration { months: 3, ..none }),
                (
                    "hundertzwanzig Minuten",
                    Duration {
                        minutes: 120,
                        ..none
                    },
                ),
                (
                    "dreihundertfünfundsechzig Tage",
                    Duration { days: 365, ..none },
                ),
                ("2h", Duration { hours: 2, ..none }),
                (
                    "2 h 15 min",
                    Duration {
                        hours: 2,
                        minutes: 15,
                        ..none
                    },
                ),
            ],
        ),
        (
            Language::EN,
            &[
                (
                    "a year and a half",
                    Duration {
                        years: 1,
                        months: 6,
                        ..none
                    },
                ),
                (
                    "90 seconds",
                    Duration {
                        seconds: 90,
                        ..none
                    },
                ),
                (
                    "ninety seconds",
                    Duration {
                        seconds: 90,
                        ..none
                    },
                ),
                (
                    "two and a half hours",
                    Duration {
                        hours: 2,
                        minutes: 30,
                        ..none
                    },
                ),
                (
                    "an hour and a half",
                    Duration {
                        hours: 1,
                        minutes: 30,
                        ..none
                    },
                ),
                (
                    "half an hour",
                    Duration {
                        minutes: 30,
                        ..none
                    },
                ),
                (
                    "three quarters of an hour",
                    Duration {
                        minutes: 45,
                        ..none
                    },
                ),
                (
                    "one hour and twenty minutes",
                    Duration {
                        hours: 1,
                        minutes: 20,
                        ..none
                    },
                ),
                (
                    "two hours thirty",
                    Duration {
                        hours: 2,
                        minutes: 30,
                        ..none
                    },
                ),
                ("a hundred and twenty days", Duration { days: 120, ..none }),
                ("a fortnight", Duration { weeks: 2, ..none }),
                (
                    "1h30",
                    Duration {
                        hours: 1,
                        minutes: 30,
                        ..none
                    },
                ),
            ],
        ),
    ];
    for (language, rows) in table {
        let durations = Type::new(Builtin::Duration, language);
        for (text, expected) in rows {
            assert_eq!(
                durations.value(text, wednesday()),
                Ok(Value::Duration(*expected)),
                "{text:?}"
            );
        }
    }
    not_understood(
        Builtin::Duration,
        Language::DE,
        &[
            "zwei",
            "Stunde",
            "zwei Minuten und eine Stunde",
            "anderthalb Wochen",
            "",
        ],
    );
}

#[test]
fn intervals() {
    use Frequency::{Daily, Monthly, Weekly, Yearly};
    let step = |frequency, every| Interval {
        frequency,
        every,
        month_day: None,
        weekday: None,
    };
    let on = |day| Interval {
        month_day: Some(day),
        ..step(Monthly, 1)
    };
    let monday = |every| Interval {
        weekday: Some(1),
        ..step(Weekly, every)
    };
    let table: [(Language, &[(&str, Interval)]); 2] = [
        (
            Language::DE,
            &[
                ("täglich", step(Daily, 1)),
                ("jeden Tag", step(Daily, 1)),
                ("jeden zweiten Tag", step(Daily, 2)),
                ("alle acht Tage", step(Daily, 8)),
                ("wöchentlich", step(Weekly, 1)),
                ("einmal pro Woche", step(Weekly, 1)),
                ("alle zwei Wochen", step(Weekly, 2)),
                ("alle vierzehn Tage", step(Weekly, 2)),
                ("jede zweite Woche", step(Weekly, 2)),
                ("jeden Montag", monday(1)),
                ("montags", monday(1)),
                ("immer montags", monday(1)),
                ("wöchentlich am Montag", monday(1)),
                ("alle zwei Wochen montags", monday(2)),
                ("jeden zweiten Montag", monday(2)),
                ("monatlich", step(Monthly, 1)),
                ("jeden Monat", step(Monthly, 1)),
                ("einmal im Monat", step(Monthly, 1)),
                ("pro Monat", step(Monthly, 1)),
                ("jeden Ersten", on(1)),
                ("jeden zweiten", on(2)),
                ("zum Ersten jedes Monats", on(1)),
                ("zum Monatsersten", on(1)),
                ("jeden Monatsersten", on(1)),
                ("jeden fünfzehnten", on(15)),
                ("jeden 15.", on(15)),
                ("monatlich zum 15.", on(15)),
                ("am fünfzehnten jeden Monats", on(15)),
                ("zum Monatsende", on(31)),
                ("am letzten Tag jedes Monats", on(31)),
                ("Ende jedes Monats", on(31)),
                ("alle drei Monate", step(Monthly, 3)),
                ("vierteljährlich", step(Monthly, 3)),
                ("quartalsweise", step(Monthly, 3)),
                (
                    "alle drei Monate zum Ersten",
                    Interval { every: 3, ..on(1) },
                ),
                ("halbjährlich", step(Monthly, 6)),
                ("jährlich", step(Yearly, 1)),
                ("jedes Jahr", step(Yearly, 1)),
                ("alle zwei Jahre", step(Yearly, 2)),
            ],
        ),
        (
            Language::EN,
            &[
                ("daily", step(Daily, 1)),
                ("every day", step(Daily, 1)),
                ("every second day", step(Daily, 2)),
                ("weekly", step(Weekly, 1)),
                ("every week", step(Weekly, 1)),
                ("a week", step(Weekly, 1)),
                ("every other week", step(Weekly, 2)),
                ("every two weeks", step(Weekly, 2)),
                ("every 14 days", step(Weekly, 2)),
                ("biweekly", step(Weekly, 2)),
                ("fortnightly", step(Weekly, 2)),
                ("every Monday", monday(1)),
                ("on Mondays", monday(1)),
                ("weekly on Monday", monday(1)),
                ("every other Monday", monday(2)),
                ("monthly", step(Monthly, 1)),
                ("every month", step(Monthly, 1)),
                ("once a month", step(Monthly, 1)),
                ("every first of the month", on(1)),
                ("every second of the month", on(2)),
                ("every fifteenth", on(15)),
                ("on the 15th of every month", on(15)),
                ("monthly on the 15th", on(15)),
                ("every month on the first", on(1)),
                ("on the last day of every month", on(31)),
                ("at the end of every month", on(31)),
                ("quarterly", step(Monthly, 3)),
                ("every three months", step(Monthly, 3)),
                ("every six months", step(Monthly, 6)),
                ("yearly", step(Yearly, 1)),
                ("annually", step(Yearly, 1)),
                ("every year", step(Yearly, 1)),
            ],
        ),
    ];
    for (language, rows) in table {
        let intervals = Type::new(Builtin::Interval, language);
        for (text, expected) in rows {
            assert_eq!(
                intervals.value(text, wednesday()),
                Ok(Value::Interval(*expected)),
                "{text:?}"
            );
        }
    }
}

#[test]
fn no_intervals() {
    not_understood(
        Builtin::Interval,
        Language::DE,
        &[
            "jeden",
            "zweimal im Monat",
            "jeden ersten Montag im Monat",
            "zum Ersten",
            "am Montag",
            "alle",
            "",
        ],
    );
    not_understood(
        Builtin::Interval,
        Language::EN,
        &[
            "every",
            "every second",
            "twice a week",
            "bimonthly",
            "every first Monday of the month",
            "on Monday",
            "",
        ],
    );
    let days = Type::new(Builtin::Interval, Language::DE);
    assert_eq!(
        days.value("jeden 32.", wednesday()),
        Err(ValueError::NoSuchDay("jeden 32.".to_owned()))
    );
}
