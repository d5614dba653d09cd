//! `@duration`: lengths of time, in the units that were said.
//!
//! Nothing is converted but fractions: half a year is 6 months, a quarter of a year 3, half a month
//! 15 days (as the German Civil Code, BGB § 189, counts them), half a day 12 hours, half an hour 30
//! minutes, half a minute 30 seconds. Half a week has no agreed length in days and is not
//! understood. Several units must come in falling order ("ein Jahr und zwei Monate").

use super::marks::{COUNT, HALF, MORE, UNIT, each, mark, marked, unit};
use super::words::{count, digits, spoken};
use crate::{Duration, Expr, Language, Tag, ValueError, alt, lit, opt, seq, words};

/// Adds up counts and units as their marks come.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    total: Duration,
    count: u32,
    half: bool,
    unit: Option<u32>,
}

impl Sum {
    /// Takes a mark; false where it is not one of a duration.
    pub(super) fn take(&mut self, kind: u32, number: u32) -> bool {
        match kind {
            COUNT => {
                self.count = number;
                self.unit = None;
            }
            MORE => self.count = self.count.saturating_add(number),
            // Half of the unit just named ("a year and a half"), else of the one to come.
            HALF => match self.unit {
                Some(unit) => self.add_half(unit),
                None => self.half = true,
            },
            UNIT => {
                self.add(number, self.count);
                if self.half {
                    self.add_half(number);
                }
                self.count = 0;
                self.half = false;
                self.unit = Some(number);
            }
            _ => return false,
        }
        true
    }

    /// The duration so far.
    pub(super) fn total(&self) -> Duration {
        self.total
    }

    fn add(&mut self, unit: u32, count: u32) {
        let total = &mut self.total;
        let field = match unit {
            unit::YEAR => &mut total.years,
            unit::MONTH => &mut total.months,
            unit::WEEK => &mut total.weeks,
            unit::DAY => &mut total.days,
            unit::HOUR => &mut total.hours,
            unit::MINUTE => &mut total.minutes,
            _ => &mut total.seconds,
        };
        *field = field.saturating_add(count);
    }

    fn add_half(&mut self, unit: u32) {
        match unit {
            unit::YEAR => self.add(unit::MONTH, 6),
            unit::MONTH => self.add(unit::DAY, 15),
            unit::DAY => self.add(unit::HOUR, 12),
            unit::HOUR => self.add(unit::MINUTE, 30),
            unit::MINUTE => self.add(unit::SECOND, 30),
            // Weeks and seconds have no half in the grammar.
            _ => {}
        }
    }
}

/// The duration that the tags mean.
pub(super) fn evaluate(tags: &[Tag], text: &str) -> Result<Duration, ValueError> {
    let mut sum = Sum::default();
    for &tag in tags {
        let (kind, number) = super::marks::read(tag);
        if !sum.take(kind, number) {
            return Err(ValueError::OutOfRange(text.to_owned()));
        }
    }
    Ok(sum.total())
}

/// A unit's words.
pub(super) struct Name {
    /// "ein", "einen", …
    pub(super) one: &'static [&'static str],
    /// "ein halbes", …; empty where the unit has no half.
    half: &'static [&'static str],
    pub(super) singular: &'static [&'static str],
    pub(super) plural: &'static [&'static str],
    short: &'static [&'static str],
}

const MASCULINE_HALF: &[&str] = &["ein halber", "einen halben", "einem halben", "eines halben"];
const FEMININE_HALF: &[&str] = &["eine halbe", "einer halben", "halbe"];
const EN_ONE: &[&str] = &["a", "one"];

/// The units in falling order, as [`UNIT`] numbers them.
pub(super) fn names(language: Language) -> [Name; 7] {
    let name = |one, half, singular, plural, short| Name {
        one,
        half,
        singular,
        plural,
        short,
    };
    match language {
        Language::De => [
            name(
                &["ein", "einem", "eines"],
                &["ein halbes", "einem halben", "halbes"],
                &["Jahr", "Jahre", "Jahres"],
                &["Jahre", "Jahren"],
                &[],
            ),
            name(
                &["ein", "einen", "einem", "eines"],
                MASCULINE_HALF,
                &["Monat", "Monats"],
                &["Monate", "Monaten"],
                &[],
            ),
            name(&["eine", "einer"], &[], &["Woche"], &["Wochen"], &[]),
            name(
                &["ein", "einen", "einem", "eines"],
                MASCULINE_HALF,
                &["Tag", "Tages"],
                &["Tage", "Tagen"],
                &[],
            ),
            name(
                &["eine", "einer"],
                FEMININE_HALF,
                &["Stunde"],
                &["Stunden"],
                &["h", "Std.", "Std"],
            ),
            name(
                &["eine", "einer"],
                FEMININE_HALF,
                &["Minute"],
                &["Minuten"],
                &["min", "Min."],
            ),
            name(
                &["eine", "einer"],
                &[],
                &["Sekunde"],
                &["Sekunden"],
                &["s", "sec", "Sek.", "Sek"],
            ),
        ],
        Language::En => [
            name(
                EN_ONE,
                &["half a", "a half", "a half a"],
                &["year"],
                &["years"],
                &["yr", "yrs"],
            ),
            name(EN_ONE, &["half a", "a half"], &["month"], &["months"], &[]),
            name(EN_ONE, &[], &["week"], &["weeks"], &["wk", "wks"]),
            name(EN_ONE, &["half a", "a half"], &["day"], &["days"], &[]),
            name(
                &["an", "one"],
                &["half an", "a half"],
                &["hour"],
                &["hours"],
                &["h", "hr", "hrs"],
            ),
            name(
                EN_ONE,
                &["half a", "a half"],
                &["minute"],
                &["minutes"],
                &["min", "mins"],
            ),
            name(
                EN_ONE,
                &[],
                &["second"],
                &["seconds"],
                &["s", "sec", "secs"],
            ),
        ],
    }
}

/// One unit with its count. A `later` part of a longer duration is at most 99 and has no
/// fractions but a half, which keeps the automaton small.
pub(super) fn counted(language: Language, index: u32, name: &Name, later: bool) -> Expr {
    let of = |texts: &[&'static str]| each(texts.iter().copied(), UNIT, index);
    let any = |texts: &[&'static str]| words(texts.iter().copied());
    let (number, written) = if later {
        (spoken(language, 2..=99, COUNT), digits(2..=99, COUNT))
    } else {
        (count(language), digits(2..=999, COUNT))
    };
    let mut plural = seq([lit(" "), of(name.plural)]);
    let mut singular = seq([lit(" "), of(name.singular)]);
    if !name.short.is_empty() {
        let short = seq([opt(lit(" ")), of(name.short)]);
        plural = alt([plural, short.clone()]);
        singular = alt([singular, short]);
    }
    let mut forms = vec![
        seq([any(name.one), mark(COUNT, 1), lit(" "), of(name.singular)]),
        seq([number, lit(" "), of(name.plural)]),
        seq([marked("1", COUNT, 1), singular]),
        seq([written, plural]),
    ];
    if !name.half.is_empty() {
        forms.push(seq([
            any(name.half),
            mark(HALF, 0),
            lit(" "),
            of(name.singular),
        ]));
        if !later {
            forms.push(halves(language, index, name));
            let names = alt([name.singular, name.plural].map(of));
            let mut named = vec![seq([lit(" "), names])];
            if !name.short.is_empty() {
                named.push(seq([opt(lit(" ")), of(name.short)]));
            }
            forms.push(seq([words(["1/2", "½"]), mark(HALF, 0), alt(named)]));
        }
    }
    if let Some(idioms) = idioms(language, index) {
        forms.push(idioms);
    }
    alt(forms)
}

/// A number and a half of a unit.
fn halves(language: Language, index: u32, name: &Name) -> Expr {
    let of = |texts: &[&'static str]| each(texts.iter().copied(), UNIT, index);
    let half = || mark(HALF, 0);
    let number = || spoken(language, 2..=99, COUNT);
    let comma = if language == Language::De { ",5" } else { ".5" };
    let mut before = vec![
        seq([digits(0..=99, COUNT), lit(comma), half()]),
        seq([digits(1..=99, COUNT), words([" 1/2", "½", " ½"]), half()]),
    ];
    let mut forms = Vec::new();
    match language {
        Language::De => {
            before.push(seq([
                words(["anderthalb", "eineinhalb"]),
                mark(COUNT, 1),
                half(),
            ]));
            before.push(seq([number(), lit("einhalb"), half()]));
        }
        Language::En => {
            before.push(seq([lit("one and a half"), mark(COUNT, 1), half()]));
            before.push(seq([number(), lit(" and a half"), half()]));
            let a = name.one.first().copied().unwrap_or("a");
            forms.push(seq([
                lit(a),
                mark(COUNT, 1),
                lit(" "),
                of(name.singular),
                lit(" and a half"),
                half(),
            ]));
            forms.push(seq([
                number(),
                lit(" "),
                of(name.plural),
                lit(" and a half"),
                half(),
            ]));
        }
    }
    forms.push(seq([alt(before), lit(" "), of(name.plural)]));
    alt(forms)
}

/// Words of their own for some count of a unit.
fn idioms(language: Language, index: u32) -> Option<Expr> {
    let fixed = |text: &str, count| seq([lit(text), mark(COUNT, count), mark(UNIT, index)]);
    let de = |articles: &[&'static str], text, count| {
        seq([
            words(articles.iter().copied()),
            lit(" "),
            fixed(text, count),
        ])
    };
    let quarters = |hour: &[&'static str]| {
        let counted = [("1/4", 15), ("¼", 15), ("3/4", 45), ("¾", 45)];
        let figures = counted.map(|(text, minutes)| marked(text, COUNT, minutes));
        let hour = each(hour.iter().copied(), UNIT, index);
        seq([alt(figures), hour])
    };
    Some(match (language, index) {
        (Language::De, unit::MONTH) => {
            let neuter = &["ein", "einem"];
            alt([
                de(neuter, "Vierteljahr", 3),
                de(neuter, "Quartal", 3),
                de(neuter, "Halbjahr", 6),
                de(neuter, "Dreivierteljahr", 9),
                de(neuter, "dreiviertel Jahr", 9),
            ])
        }
        (Language::De, unit::MINUTE) => alt([
            seq([
                opt(words(["eine ", "einer "])),
                alt([fixed("Viertelstunde", 15), fixed("viertel Stunde", 15)]),
            ]),
            seq([
                opt(words(["eine ", "einer "])),
                alt([
                    fixed("Dreiviertelstunde", 45),
                    fixed("dreiviertel Stunde", 45),
                ]),
            ]),
            quarters(&[" Stunde"]),
        ]),
        (Language::En, unit::MINUTE) => alt([
            fixed("a quarter of an hour", 15),
            fixed("quarter of an hour", 15),
            fixed("a quarter hour", 15),
            fixed("three quarters of an hour", 45),
            quarters(&[" hour", " of an hour"]),
        ]),
        (Language::En, unit::WEEK) => alt([fixed("a fortnight", 2), fixed("one fortnight", 2)]),
        _ => return None,
    })
}

/// Every form of a duration.
pub(super) fn expr(language: Language) -> Expr {
    let and = if language == Language::De {
        " und "
    } else {
        " and "
    };
    let names = names(language);
    let unit = |(index, name), later| counted(language, index, name, later);
    let chains = (0..).zip(&names).map(|first| {
        let rest = (0..)
            .zip(&names)
            .skip(first.0 as usize + 1)
            .map(|next| opt(seq([alt([lit(" "), lit(and)]), unit(next, true)])));
        seq(std::iter::once(unit(first, false)).chain(rest))
    });
    alt(chains.chain([hour_and_minutes(language)]))
}

/// "eine Stunde dreißig", "two hours thirty", "1h30": minutes without their unit.
fn hour_and_minutes(language: Language) -> Expr {
    let hours = match language {
        Language::De => alt([
            seq([lit("eine Stunde"), mark(COUNT, 1)]),
            seq([spoken(language, 2..=99, COUNT), lit(" Stunden")]),
        ]),
        Language::En => alt([
            seq([words(["an hour", "one hour"]), mark(COUNT, 1)]),
            seq([spoken(language, 2..=99, COUNT), lit(" hours")]),
        ]),
    };
    let minutes = |number| seq([number, mark(UNIT, unit::MINUTE)]);
    alt([
        seq([
            hours,
            mark(UNIT, unit::HOUR),
            lit(" "),
            minutes(spoken(language, 10..=59, COUNT)),
        ]),
        seq([
            digits(1..=99, COUNT),
            lit("h"),
            mark(UNIT, unit::HOUR),
            opt(lit(" ")),
            minutes(digits(1..=59, COUNT)),
            opt(lit("min")),
        ]),
    ])
}
