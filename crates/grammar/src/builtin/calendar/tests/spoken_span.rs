//! Durations and intervals in their usual spoken and written forms.

use super::said::{cardinal, ordinal, ordinal_digits, units};
use super::spoken::weekday_name;
use crate::builtin::calendar::in_weeks;
use crate::{Duration, Frequency, Interval, Language};

/// Forms of a duration; none where it is zero or a part of it cannot be said (the largest part may
/// be up to 999, a later one up to 99).
pub(crate) fn speak_duration(duration: Duration, language: Language) -> Vec<String> {
    let Duration {
        years,
        months,
        weeks,
        days,
        hours,
        minutes,
        seconds,
    } = duration;
    let (mut spoken, mut written) = (Vec::new(), Vec::new());
    for (count, (one, many)) in [years, months, weeks, days, hours, minutes, seconds]
        .into_iter()
        .zip(units(language))
    {
        let limit = if spoken.is_empty() { 999 } else { 99 };
        match count {
            0 => {}
            1 => {
                spoken.push(one.to_owned());
                written.push(format!("1 {}", one.split(' ').next_back().unwrap()));
            }
            _ if count > limit => return Vec::new(),
            _ => {
                spoken.push(format!("{} {many}", cardinal(language, count)));
                written.push(format!("{count} {many}"));
            }
        }
    }
    if spoken.is_empty() {
        return Vec::new();
    }
    let and = if language == Language::DE {
        " und "
    } else {
        " and "
    };
    let mut forms = vec![
        spoken.join(and),
        spoken.join(" "),
        written.join(and),
        written.join(" "),
    ];
    forms.dedup();
    forms.extend(with_halves(duration, language));
    if let Duration {
        years: 0,
        months: 0,
        weeks: 0,
        days: 0,
        hours: 1..=99,
        minutes: 1..=59,
        seconds: 0,
    } = duration
    {
        forms.push(format!("{hours}h{minutes}"));
        forms.push(format!("{hours} h {minutes} min"));
    }
    forms
}

/// "anderthalb Stunden", "a year and a half", "eine Viertelstunde".
fn with_halves(duration: Duration, language: Language) -> Vec<String> {
    let none = Duration::default();
    let de = language == Language::DE;
    let said = |n| cardinal(language, n);
    let texts: Vec<String> = match duration {
        Duration { months: 6, .. } if duration == (Duration { months: 6, ..none }) => {
            vec![if de { "ein halbes Jahr" } else { "half a year" }.into()]
        }
        Duration { months: 3, .. } if de && duration == (Duration { months: 3, ..none }) => {
            vec!["ein Vierteljahr".into()]
        }
        Duration { minutes: 30, .. }
            if duration
                == (Duration {
                    minutes: 30,
                    ..none
                }) =>
        {
            vec![
                if de {
                    "eine halbe Stunde"
                } else {
                    "half an hour"
                }
                .into(),
            ]
        }
        Duration { minutes: 15, .. }
            if duration
                == (Duration {
                    minutes: 15,
                    ..none
                }) =>
        {
            vec![
                if de {
                    "eine Viertelstunde"
                } else {
                    "a quarter of an hour"
                }
                .into(),
            ]
        }
        Duration {
            hours: h @ 1..=99, ..
        } if duration
            == (Duration {
                hours: h,
                minutes: 30,
                ..none
            }) =>
        {
            match (de, h) {
                (true, 1) => vec!["anderthalb Stunden".into(), "1,5 Stunden".into()],
                (true, h) => vec![
                    format!("{}einhalb Stunden", said(h)),
                    format!("{h},5 Stunden"),
                ],
                (false, 1) => vec![
                    "an hour and a half".into(),
                    "one and a half hours".into(),
                    "1.5 hours".into(),
                ],
                (false, h) => vec![
                    format!("{} and a half hours", said(h)),
                    format!("{} hours and a half", said(h)),
                    format!("{h}.5 hours"),
                ],
            }
        }
        Duration {
            years: y @ 1..=99, ..
        } if duration
            == (Duration {
                years: y,
                months: 6,
                ..none
            }) =>
        {
            match (de, y) {
                (true, 1) => vec!["anderthalb Jahre".into(), "eineinhalb Jahre".into()],
                (true, y) => vec![format!("{}einhalb Jahre", said(y))],
                (false, 1) => vec!["a year and a half".into(), "one and a half years".into()],
                (false, y) => vec![format!("{} and a half years", said(y))],
            }
        }
        _ => Vec::new(),
    };
    texts
}

/// Forms of an interval; none where it cannot be said (a step count of 0 or over 99, a day of the
/// month in an interval that is not monthly, a weekday in one that is not weekly).
pub(crate) fn speak_interval(interval: Interval, language: Language) -> Vec<String> {
    let interval = in_weeks(interval);
    let de = language == Language::DE;
    let Interval {
        frequency,
        every,
        month_day,
        weekday,
    } = interval;
    if !(1..=99).contains(&every)
        || (month_day.is_some() && frequency != Frequency::Monthly)
        || (weekday.is_some() && frequency != Frequency::Weekly)
        || month_day.is_some_and(|day| !(1..=31).contains(&day))
    {
        return Vec::new();
    }
    let steps = every_steps(frequency, every, language);
    if let Some(weekday) = weekday {
        let Some(name) = weekday_name(language, weekday) else {
            return Vec::new();
        };
        let on = if de {
            [format!("am {name}"), format!("{name}s")]
        } else {
            [format!("on {name}"), format!("on {name}s")]
        };
        let mut forms = with_each(&steps, &on);
        if every == 1 {
            forms.extend(if de {
                vec![
                    format!("jeden {name}"),
                    format!("{name}s"),
                    format!("immer {name}s"),
                ]
            } else {
                vec![
                    format!("every {name}"),
                    format!("on {name}s"),
                    format!("each {name}"),
                ]
            });
        } else if every <= 31 {
            let nth = ordinal(language, every);
            forms.push(if de {
                format!("jeden {nth} {name}")
            } else {
                format!("every {nth} {name}")
            });
        }
        return forms;
    }
    if let Some(day) = month_day.map(u32::from) {
        let nth = ordinal(language, day);
        let on = if de {
            vec![format!("zum {nth}"), format!("am {day}.")]
        } else {
            vec![
                format!("on the {nth}"),
                format!("on the {}", ordinal_digits(day)),
            ]
        };
        let mut forms = with_each(&steps, &on);
        if every == 1 {
            forms.extend(if de {
                vec![
                    format!("jeden {nth}"),
                    format!("zum {nth} jedes Monats"),
                    format!("immer am {day}."),
                ]
            } else {
                vec![
                    format!("every {nth} of the month"),
                    format!("on the {} of every month", ordinal_digits(day)),
                ]
            });
            forms.extend(match (day, de) {
                (1, true) => vec!["zum Monatsersten".to_owned()],
                (31, true) => vec!["zum Monatsende".to_owned()],
                (31, false) => vec!["on the last day of every month".to_owned()],
                _ => Vec::new(),
            });
        }
        return forms;
    }
    steps
}

fn with_each(steps: &[String], on: &[String]) -> Vec<String> {
    steps
        .iter()
        .flat_map(|step| on.iter().map(move |on| format!("{step} {on}")))
        .collect()
}

/// "monatlich", "every two weeks".
fn every_steps(frequency: Frequency, every: u32, language: Language) -> Vec<String> {
    let (adverb, one, plural) = match (language.code(), frequency) {
        ("de", Frequency::Daily) => ("täglich", "jeden Tag", "Tage"),
        ("de", Frequency::Weekly) => ("wöchentlich", "jede Woche", "Wochen"),
        ("de", Frequency::Monthly) => ("monatlich", "jeden Monat", "Monate"),
        ("de", Frequency::Yearly) => ("jährlich", "jedes Jahr", "Jahre"),
        (_, Frequency::Daily) => ("daily", "every day", "days"),
        (_, Frequency::Weekly) => ("weekly", "every week", "weeks"),
        (_, Frequency::Monthly) => ("monthly", "every month", "months"),
        (_, Frequency::Yearly) => ("yearly", "every year", "years"),
    };
    if every == 1 {
        return vec![adverb.to_owned(), one.to_owned()];
    }
    let all = if language == Language::DE {
        "alle"
    } else {
        "every"
    };
    let mut forms = vec![
        format!("{all} {} {plural}", cardinal(language, every)),
        format!("{all} {every} {plural}"),
    ];
    let idiom = match (frequency, every, language.code()) {
        (Frequency::Monthly, 3, "de") => "vierteljährlich",
        (Frequency::Monthly, 3, "en") => "quarterly",
        (Frequency::Monthly, 6, "de") => "halbjährlich",
        (Frequency::Weekly, 2, "de") => "jede zweite Woche",
        (Frequency::Weekly, 2, "en") => "every other week",
        _ => return forms,
    };
    forms.push(idiom.to_owned());
    forms
}
