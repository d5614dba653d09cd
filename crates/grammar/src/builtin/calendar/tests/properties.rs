//! Round trips over whole ranges, and the search for texts with two values.

use jiff::civil::{Date, date, time};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::spoken::{speak_date, speak_time};
use super::spoken_span::{speak_duration, speak_interval};
use crate::builtin::calendar::testing::{MAX_LITERALS, Type};

use crate::{Builtin, Duration, Frequency, Interval, Language, Value};

const TYPES: [Builtin; 5] = [
    Builtin::Date,
    Builtin::Period,
    Builtin::Time,
    Builtin::Duration,
    Builtin::Interval,
];

fn understood(known: &Type, forms: &[String], value: &Value, today: Date) {
    assert!(!forms.is_empty(), "no forms of {value:?} on {today}");
    for form in forms {
        let found = known.values(form, today);
        assert_eq!(
            found,
            [Ok(value.clone())],
            "{form:?} on {today} in {}",
            known.language
        );
    }
}

#[test]
fn every_form_of_every_day_within_three_years_is_that_day() {
    let types = Language::ALL.map(|language| Type::new(Builtin::Date, language));
    let mut days = vec![
        date(2027, 1, 31),
        date(2028, 2, 29),
        date(2027, 12, 31),
        date(2032, 1, 1),
    ];
    let mut runner = TestRunner::default();
    for _ in 0..4 {
        let tree = (2003_i16..=2096, 1_i8..=12, 1_i8..=28)
            .new_tree(&mut runner)
            .unwrap();
        let (year, month, day) = tree.current();
        days.push(date(year, month, day));
    }
    for today in days {
        for apart in -1096..=1096_i32 {
            let day = today.checked_add(jiff::Span::new().days(apart)).unwrap();
            for known in &types {
                understood(
                    known,
                    &speak_date(day, today, known.language),
                    &Value::Date(day),
                    today,
                );
            }
        }
    }
}

#[test]
fn every_form_of_every_minute_is_that_minute() {
    for language in Language::ALL {
        let known = Type::new(Builtin::Time, language);
        for minute in 0..24 * 60_i16 {
            let at = time((minute / 60) as i8, (minute % 60) as i8, 0, 0);
            understood(
                &known,
                &speak_time(at, language),
                &Value::Time(at),
                date(2027, 3, 10),
            );
        }
    }
}

#[test]
fn every_form_of_a_duration_is_that_duration() {
    let today = date(2027, 3, 10);
    for language in Language::ALL {
        let known = Type::new(Builtin::Duration, language);
        let check = |duration| {
            understood(
                &known,
                &speak_duration(duration, language),
                &Value::Duration(duration),
                today,
            )
        };
        let none = Duration::default();
        for n in 1..=999 {
            check(Duration { days: n, ..none });
            check(Duration { minutes: n, ..none });
        }
        for n in [1, 2, 12, 31, 99, 100, 101, 120, 999] {
            check(Duration { years: n, ..none });
            check(Duration { months: n, ..none });
            check(Duration { weeks: n, ..none });
            check(Duration { hours: n, ..none });
            check(Duration { seconds: n, ..none });
        }
        for n in 1..=99 {
            check(Duration {
                years: n,
                months: 6,
                ..none
            });
            check(Duration {
                hours: n,
                minutes: 30,
                ..none
            });
        }
        for n in [1, 2, 10, 21, 99] {
            for minutes in 1..60 {
                check(Duration {
                    hours: n,
                    minutes,
                    ..none
                });
            }
        }
        assert_eq!(speak_duration(none, language), Vec::<String>::new());
        let part = || prop_oneof![2 => Just(0_u32), 1 => 1_u32..=99];
        let any = (part(), part(), part(), part(), part(), part(), part()).prop_map(|p| Duration {
            years: p.0,
            months: p.1,
            weeks: p.2,
            days: p.3,
            hours: p.4,
            minutes: p.5,
            seconds: p.6,
        });
        TestRunner::default()
            .run(
                &any.prop_filter("not zero", move |d| *d != none),
                |duration| {
                    check(duration);
                    Ok(())
                },
            )
            .unwrap();
    }
}

#[test]
fn every_form_of_an_interval_is_that_interval() {
    let today = date(2027, 3, 10);
    for language in Language::ALL {
        let known = Type::new(Builtin::Interval, language);
        let check = |interval: Interval, is: Interval| {
            understood(
                &known,
                &speak_interval(interval, language),
                &Value::Interval(is),
                today,
            );
        };
        for every in 1..=99 {
            for frequency in [
                Frequency::Daily,
                Frequency::Weekly,
                Frequency::Monthly,
                Frequency::Yearly,
            ] {
                let plain = Interval {
                    frequency,
                    every,
                    month_day: None,
                    weekday: None,
                };
                let is = match frequency {
                    Frequency::Daily if every % 7 == 0 => Interval {
                        frequency: Frequency::Weekly,
                        every: every / 7,
                        ..plain
                    },
                    _ => plain,
                };
                check(plain, is);
            }
            for month_day in 1..=31 {
                let on = Interval {
                    frequency: Frequency::Monthly,
                    every,
                    month_day: Some(month_day),
                    weekday: None,
                };
                check(on, on);
            }
            for weekday in 1..=7 {
                let on = Interval {
                    frequency: Frequency::Weekly,
                    every,
                    month_day: None,
                    weekday: Some(weekday),
                };
                check(on, on);
            }
        }
    }
}

#[test]
fn no_text_has_two_values() {
    let today = [date(2027, 3, 10), date(2028, 1, 31), date(2026, 11, 1)];
    for builtin in TYPES {
        for language in Language::ALL {
            let known = Type::new(builtin, language);
            let mut runner = TestRunner::deterministic();
            for _ in 0..20_000 {
                let text = known.sample(&mut |n| runner.rng().random_range(0..n));
                for today in today {
                    let values = known.values(&text, today);
                    assert_eq!(
                        values.len(),
                        1,
                        "{text:?} on {today} in {language}: {values:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn types_stay_small() {
    for builtin in TYPES {
        for language in Language::ALL {
            let literals = Type::new(builtin, language).literals();
            assert!(
                literals < MAX_LITERALS,
                "{} {language}: {literals} characters",
                builtin.name()
            );
        }
    }
}

proptest! {
    #[test]
    fn tags_of_another_type_are_errors_or_values_but_never_panics(
        tags in proptest::collection::vec((0_u32..32, 0_u32..0x1_0000), 0..6),
        year in -9999_i16..=9999,
    ) {
        let tags: Vec<crate::Tag> = tags.into_iter().map(|(kind, n)| crate::Tag(kind << 16 | n)).collect();
        let context = crate::ValueContext::on(date(year, 6, 15));
        for builtin in TYPES {
            let _ = crate::builtin::evaluate(builtin, Language::DE, &tags, "x", &context);
        }
    }
}
