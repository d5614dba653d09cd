//! The other way round: dates and times in their usual spoken and written forms. Every form, given
//! back to the type with the same reference day, means the same value.

use jiff::civil::{Date, Time};

use super::said::{cardinal, ordinal, ordinal_digits, year};
use crate::Language;

const MONTHS_DE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS_DE: [&str; 7] = [
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
    "Sonntag",
];
const WEEKDAYS_EN: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// A weekday's name, 1 = Monday.
pub(super) fn weekday_name(language: Language, weekday: u8) -> Option<&'static str> {
    let names = match language.code() {
        "de" => WEEKDAYS_DE,
        _ => WEEKDAYS_EN,
    };
    names.get(usize::from(weekday).checked_sub(1)?).copied()
}

/// Forms of a day: with its year where that is from 2000 to 2099, and those that today's
/// neighbourhood allows ("übermorgen", "on Friday", "am dritten").
pub(crate) fn speak_date(date: Date, today: Date, language: Language) -> Vec<String> {
    let mut forms = Vec::new();
    if (2000..2100).contains(&date.year()) {
        forms.extend(with_year(date, language));
    }
    forms.extend(without_year(date, today, language));
    forms.extend(nearby(date, today, language));
    forms
}

/// A date's day, month name and weekday name.
fn parts(date: Date, language: Language) -> (u32, &'static str, &'static str) {
    let (months, weekdays) = match language.code() {
        "de" => (MONTHS_DE, WEEKDAYS_DE),
        _ => (MONTHS_EN, WEEKDAYS_EN),
    };
    let weekday = date.weekday().to_monday_zero_offset() as usize;
    (
        date.day() as u32,
        months[date.month() as usize - 1],
        weekdays[weekday],
    )
}

fn with_year(date: Date, language: Language) -> Vec<String> {
    let (day, month, weekday) = parts(date, language);
    let (number, m) = (date.year(), date.month());
    let spoken_year = year(language, number as u32);
    let nth = ordinal(language, day);
    match language.code() {
        "de" => vec![
            format!("am {nth} {month} {spoken_year}"),
            format!("{day}. {month} {number}"),
            format!("am {weekday} den {nth} {month} {spoken_year}"),
            format!("{nth} {} {spoken_year}", ordinal(language, m as u32)),
            format!("{day:02}.{m:02}.{number}"),
            format!("{day}.{m}.{:02}", number % 100),
            date.to_string(),
        ],
        _ => vec![
            format!("on {month} {nth} {spoken_year}"),
            format!("{month} {day}, {number}"),
            format!("the {nth} of {month} {spoken_year}"),
            format!("{weekday} {month} {} {number}", ordinal_digits(day)),
            format!("{day} {month} {number}"),
            date.to_string(),
        ],
    }
}

fn without_year(date: Date, today: Date, language: Language) -> Vec<String> {
    let (day, month, weekday) = parts(date, language);
    let nth = ordinal(language, day);
    let mut forms = Vec::new();
    // The years between one 29 February and the next are four in this century.
    let years_back = if (day, date.month()) == (29, 2) { 4 } else { 1 };
    let before = Date::new(date.year() - years_back, date.month(), date.day());
    if date >= today && before.is_ok_and(|before| before < today) {
        forms.extend(match language.code() {
            "de" => [
                format!("am {nth} {month}"),
                format!("{day}. {month}"),
                format!("am {nth} {}", ordinal(language, date.month() as u32)),
                format!("{day}.{}.", date.month()),
                format!("{weekday} der {day}. {month}"),
            ],
            _ => [
                format!("{month} {nth}"),
                format!("on the {nth} of {month}"),
                format!("{month} {}", ordinal_digits(day)),
                format!("{day} {month}"),
                format!("{weekday} the {} of {month}", ordinal_digits(day)),
            ],
        });
    }
    let apart = days_between(today, date);
    let next_of_its_number = (0..=62).contains(&apart)
        && today
            .series(one_day())
            .take_while(|d| *d < date)
            .all(|d| d.day() != date.day());
    if next_of_its_number {
        forms.extend(match language.code() {
            "de" => [
                format!("zum {nth}"),
                format!("am {day}."),
                format!("{day}."),
            ],
            _ => [
                format!("on the {nth}"),
                format!("the {}", ordinal_digits(day)),
                format!("the {nth} of the month"),
            ],
        });
    }
    forms
}

fn one_day() -> jiff::Span {
    jiff::Span::new().days(1)
}

fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.duration_until(to).as_hours() as i32 / 24)
}

fn nearby(date: Date, today: Date, language: Language) -> Vec<String> {
    let (_, _, weekday) = parts(date, language);
    let apart = days_between(today, date);
    let german = language == Language::DE;
    let mut forms = Vec::new();
    let mut say = |de: String, en: String| forms.push(if german { de } else { en });
    match apart {
        -2 => say("vorgestern".into(), "the day before yesterday".into()),
        -1 => say("gestern".into(), "yesterday".into()),
        0 => say("heute".into(), "today".into()),
        1 => say("morgen".into(), "tomorrow".into()),
        2 => say("übermorgen".into(), "the day after tomorrow".into()),
        _ => {}
    }
    if (2..=999).contains(&apart) {
        let days = cardinal(language, apart as u32);
        say(format!("in {days} Tagen"), format!("in {days} days"));
        say(
            format!("in {apart} Tagen"),
            format!("{apart} days from now"),
        );
    }
    if (-999..=-2).contains(&apart) {
        let days = cardinal(language, apart.unsigned_abs() as u32);
        say(format!("vor {days} Tagen"), format!("{days} days ago"));
    }
    if (14..=693).contains(&apart) && apart % 7 == 0 {
        let weeks = cardinal(language, (apart / 7) as u32);
        say(format!("in {weeks} Wochen"), format!("in {weeks} weeks"));
    }
    match apart {
        -7..=-1 => say(format!("letzten {weekday}"), format!("last {weekday}")),
        1..=7 => {
            say(format!("am {weekday}"), format!("on {weekday}"));
            say(format!("diesen {weekday}"), format!("this {weekday}"));
            say(
                format!("nächsten {weekday}"),
                format!("this coming {weekday}"),
            );
        }
        8..=14 => {
            say(
                format!("{weekday} in einer Woche"),
                format!("a week from {weekday}"),
            );
            say(
                format!("übernächsten {weekday}"),
                format!("{weekday} after next"),
            );
        }
        _ => {}
    }
    let to_monday = i64::from(7 - today.weekday().to_monday_zero_offset());
    if (to_monday..to_monday + 7).contains(&apart) {
        say(
            format!("{weekday} nächster Woche"),
            format!("next {weekday}"),
        );
    }
    if date == today.last_of_month() {
        say("zum Monatsende".into(), "at the end of the month".into());
    }
    if date.day() == 1
        && today
            .last_of_month()
            .tomorrow()
            .is_ok_and(|first| first == date)
    {
        say("nächsten Monat".into(), "next month".into());
        say(
            "Anfang nächsten Monats".into(),
            "the first of next month".into(),
        );
    }
    forms
}

/// Forms of a time of day to the minute; none where it has seconds.
pub(crate) fn speak_time(time: Time, language: Language) -> Vec<String> {
    let (hour, minute) = (time.hour() as u32, time.minute() as u32);
    if time != jiff::civil::time(time.hour(), time.minute(), 0, 0) {
        return Vec::new();
    }
    let mut forms = vec![
        format!("{hour}:{minute:02}"),
        format!("{hour:02}:{minute:02}"),
    ];
    let (h, m) = (cardinal(language, hour), cardinal(language, minute));
    match language.code() {
        "de" => {
            let h = if hour == 1 { "ein".to_owned() } else { h };
            if minute == 0 {
                forms.extend([format!("um {h} Uhr"), format!("{hour} Uhr")]);
            } else {
                forms.extend([format!("um {h} Uhr {m}"), format!("{hour} Uhr {minute}")]);
            }
            forms.extend([
                format!("{hour}:{minute:02} Uhr"),
                format!("{hour}.{minute:02} Uhr"),
            ]);
            forms.extend(german_dial(hour, minute));
        }
        _ => {
            match minute {
                0 => forms.push(format!("{h} o'clock")),
                1..=9 => forms.push(format!("{h} oh {m}")),
                _ => forms.push(format!("{h} {m}")),
            }
            forms.extend(english_dial(hour, minute));
        }
    }
    match (hour, minute) {
        (0, 0) => forms.push(
            if language == Language::DE {
                "Mitternacht"
            } else {
                "midnight"
            }
            .to_owned(),
        ),
        (12, 0) => forms.push(
            if language == Language::DE {
                "Mittag"
            } else {
                "noon"
            }
            .to_owned(),
        ),
        _ => {}
    }
    forms
}

/// The number on the dial: 1 … 12.
fn dial(hour: u32) -> u32 {
    (hour + 11) % 12 + 1
}

fn german_dial(hour: u32, minute: u32) -> Vec<String> {
    let part = match hour {
        0..6 => "nachts",
        6..11 => "morgens",
        11..13 => "mittags",
        13..18 => "nachmittags",
        18..22 => "abends",
        _ => "nachts",
    };
    let said = |n: u32| cardinal(Language::DE, n);
    let (now, next) = (said(dial(hour)), said(dial(hour + 1)));
    let form = match minute {
        0 => return Vec::new(),
        15 => format!("Viertel nach {now}"),
        30 => format!("halb {next}"),
        45 => format!("Viertel vor {next}"),
        2..=20 => format!("{} nach {now}", said(minute)),
        21..=28 => format!("{} vor halb {next}", said(30 - minute)),
        32..=39 => format!("{} nach halb {next}", said(minute - 30)),
        40..=58 => format!("{} vor {next}", said(60 - minute)),
        _ => return Vec::new(),
    };
    let mut forms = vec![format!("{form} {part}"), format!("{part} um {form}")];
    if minute == 45 {
        forms.push(format!("dreiviertel {next} {part}"));
    }
    if (1..=12).contains(&hour) {
        forms.push(format!("um {form}"));
    }
    forms
}

fn english_dial(hour: u32, minute: u32) -> Vec<String> {
    let (half, part) = match hour {
        0..12 => ("a.m.", "in the morning"),
        12..18 => ("p.m.", "in the afternoon"),
        _ => ("p.m.", "in the evening"),
    };
    let said = |n: u32| cardinal(Language::EN, n);
    let (on, now, next) = (dial(hour), said(dial(hour)), said(dial(hour + 1)));
    let mut forms = vec![format!("{on}:{minute:02} {}", half.replace('.', ""))];
    match minute {
        0 => forms.extend([
            format!("{now} {half}"),
            format!("{on}{}", half.replace('.', "")),
        ]),
        1..=9 => forms.push(format!("{now} oh {} {half}", said(minute))),
        _ => forms.push(format!("{now} {} {half}", said(minute))),
    }
    let form = match minute {
        0 => format!("{now} o'clock"),
        15 => format!("quarter past {now}"),
        30 => format!("half past {now}"),
        45 => format!("a quarter to {next}"),
        2..=29 => format!("{} past {now}", said(minute)),
        31..=58 => format!("{} to {next}", said(60 - minute)),
        _ => return forms,
    };
    forms.push(format!("{form} {part}"));
    if (1..=12).contains(&hour) {
        forms.push(format!("at {form}"));
    }
    forms
}
