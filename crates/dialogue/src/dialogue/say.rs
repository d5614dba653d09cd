//! Amounts, days, quantities and lists in words.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use zahlwort_commands::text::is_hidden;
use zahlwort_commands::{Interval, Money, Period, Quantity, unit_name};
use zahlwort_grammar::Frequency;
use zahlwort_grammar::builtin::{speak_full_date, speak_money, speak_number, spoken_ordinals};

use crate::dialogue::Templates;

/// Longer names are cut: nobody listens to them, and a hostile one could hide the amount.
const MAX_NAME: usize = 80;

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

impl Templates {
    /// An amount as it is said ("zwölf Euro fünfzig"); as it is written where there are no words for it.
    pub fn amount(&self, amount: Money) -> String {
        let said = zahlwort_grammar::Money {
            amount: amount.amount(),
            currency: amount.currency(),
        };
        let forms = speak_money(&said, self.language());
        forms
            .into_iter()
            .next()
            .unwrap_or_else(|| amount.to_string())
    }

    pub(super) fn day(&self, date: Date) -> String {
        speak_full_date(date, self.language())
    }

    /// Whole numbers in words, others in figures.
    pub(super) fn number(&self, number: Decimal) -> String {
        let number = number.normalize();
        match number.to_u64().filter(|_| number.is_integer()) {
            Some(whole) => speak_number(whole, self.language()),
            None => number.to_string().replace('.', self.get("word.decimal")),
        }
    }

    /// "zwei Packungen Kaffee"; the thing alone where there is one of it.
    pub(super) fn quantity(&self, quantity: Option<Quantity>, thing: &str) -> String {
        let Some(quantity) = quantity else {
            return thing.to_owned();
        };
        let is_one = quantity.amount() == Decimal::ONE;
        let section = if is_one { "unit" } else { "units" };
        let name = format!("{section}.{}", unit_name(quantity.unit()));
        let count = self.number(quantity.amount());
        self.sentence(&name, &[("count", &count), ("thing", thing)])
    }

    /// "letzte Woche", "Monday, 1 June 2026 to Tuesday, 30 June 2026".
    pub(super) fn period(&self, period: Period) -> String {
        match (period.name(), period) {
            (Some(name), _) => self.get(&format!("period.{name}")).to_owned(),
            (None, Period::Days { first, last }) if first == last => self.day(first),
            (None, Period::Days { first, last }) => {
                let (first, last) = (self.day(first), self.day(last));
                self.sentence("period.days", &[("first", &first), ("last", &last)])
            }
            (None, _) => String::new(),
        }
    }

    /// "monatlich am ersten", "every two weeks on Mondays".
    pub(super) fn interval(&self, interval: Interval) -> String {
        let interval = interval.get();
        let step = match interval.frequency {
            Frequency::Daily => "daily",
            Frequency::Weekly => "weekly",
            Frequency::Monthly => "monthly",
            Frequency::Yearly => "yearly",
        };
        let count = self.number(interval.every.into());
        let often = match interval.every {
            1 => self.get(&format!("interval.{step}")).to_owned(),
            _ => self.sentence(&format!("interval.every_{step}"), &[("count", &count)]),
        };
        let weekday = interval.weekday.and_then(|day| day.checked_sub(1));
        let weekday = weekday.and_then(|day| WEEKDAYS.get(usize::from(day)));
        match (interval.month_day, weekday) {
            (Some(31), _) => self.sentence("interval.on_last_day", &[("often", &often)]),
            (Some(day), _) => {
                let ordinal = self.month_day(day);
                let values = [("often", often.as_str()), ("day", &ordinal)];
                self.sentence("interval.on_month_day", &values)
            }
            (None, Some(day)) => {
                let day = self.get(&format!("interval.{day}"));
                self.sentence("interval.on_weekday", &[("often", &often), ("day", day)])
            }
            (None, None) => often,
        }
    }

    /// "ersten", "first", in the form that the sentence takes where a language has several.
    fn month_day(&self, day: u8) -> String {
        let ending = self.get("interval.ordinal_ending");
        let forms = spoken_ordinals(i32::from(day), self.language());
        let form = forms.into_iter().find(|form| form.ends_with(ending));
        form.unwrap_or_else(|| day.to_string())
    }

    /// "dreißig Sekunden", "zwei Minuten": rounded up.
    pub(super) fn duration(&self, seconds: u64) -> String {
        let (one, many, count) = match seconds {
            0..=90 => ("second", "seconds", seconds.max(1)),
            _ => ("minute", "minutes", seconds.div_ceil(60)),
        };
        let name = if count == 1 { one } else { many };
        let count = speak_number(count, self.language());
        self.sentence(&format!("duration.{name}"), &[("count", &count)])
    }

    /// "a, b oder c".
    pub(super) fn one_of(&self, options: &[String]) -> String {
        match options.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                let rest = rest.join(self.get("word.comma"));
                format!("{rest} {} {last}", self.get("word.or"))
            }
            _ => options.concat(),
        }
    }
}

/// A name without control characters and marks that turn the writing direction, of bounded length.
pub(super) fn clean(name: &str) -> String {
    visible(name).chars().take(MAX_NAME).collect()
}

/// A text without them, on one line.
pub(super) fn visible(text: &str) -> String {
    let shown: String = text
        .chars()
        .map(|c| if is_hidden(c) { ' ' } else { c })
        .collect();
    let words: Vec<&str> = shown.split_whitespace().collect();
    words.join(" ")
}

/// A sentence may begin with an amount in words.
pub(super) fn capitalise(sentence: &mut String) {
    let mut rest = sentence.chars();
    if let Some(first) = rest.next() {
        *sentence = first.to_uppercase().chain(rest).collect();
    }
}
