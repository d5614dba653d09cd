//! How often, in words.

use zahlwort_grammar::{Frequency, Language};

use crate::Interval;

const DAYS: [[&str; 2]; 7] = [
    ["montags", "on Mondays"],
    ["dienstags", "on Tuesdays"],
    ["mittwochs", "on Wednesdays"],
    ["donnerstags", "on Thursdays"],
    ["freitags", "on Fridays"],
    ["samstags", "on Saturdays"],
    ["sonntags", "on Sundays"],
];

/// "monatlich am 1.", "every 2 weeks on Mondays".
pub(super) fn say(interval: Interval, language: Language) -> String {
    let interval = interval.get();
    let is_german = language == Language::De;
    let (once, many) = match (interval.frequency, is_german) {
        (Frequency::Daily, true) => ("täglich", "Tage"),
        (Frequency::Weekly, true) => ("wöchentlich", "Wochen"),
        (Frequency::Monthly, true) => ("monatlich", "Monate"),
        (Frequency::Yearly, true) => ("jährlich", "Jahre"),
        (Frequency::Daily, false) => ("every day", "days"),
        (Frequency::Weekly, false) => ("every week", "weeks"),
        (Frequency::Monthly, false) => ("every month", "months"),
        (Frequency::Yearly, false) => ("every year", "years"),
    };
    let every = interval.every;
    let mut said = match (every, is_german) {
        (1, _) => once.to_owned(),
        (_, true) => format!("alle {every} {many}"),
        (_, false) => format!("every {every} {many}"),
    };
    if let Some(day) = interval.month_day {
        said.push_str(&match (day, is_german) {
            (31, true) => " am Monatsletzten".to_owned(),
            (31, false) => " on the last day of the month".to_owned(),
            (_, true) => format!(" am {day}."),
            (_, false) => format!(" on day {day}"),
        });
    }
    let weekday = interval.weekday.and_then(|day| day.checked_sub(1));
    if let Some([german, english]) = weekday.and_then(|day| DAYS.get(usize::from(day))) {
        said.push(' ');
        said.push_str(if is_german { german } else { english });
    }
    said
}
