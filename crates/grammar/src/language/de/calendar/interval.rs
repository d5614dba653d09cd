//! The German forms of `@interval`.

use super::WEEKDAYS;
use crate::language::calendar::{digits, one_or_two_digits, spoken, spoken_ordinal, steps};
use crate::language::de::numbers::ORDINALS;
use crate::language::marks::{COUNT, DAY, MONTH_END, STEP, WEEKDAY, each, mark, marked, unit};
use crate::language::numbers::Numbers;
use crate::{Expr, alt, lit, opt, seq, words};

/// Every form.
pub(super) fn expr(n: &Numbers) -> Expr {
    let number = || alt([spoken(n, 2..=99, COUNT), digits(1..=99, COUNT)]);
    let nth = |endings: [&'static str; 2]| {
        let written = seq([digits(2..=31, COUNT), opt(lit("."))]);
        alt([
            spoken_ordinal(n, &ORDINALS, 2..=31, COUNT),
            written,
            seq([lit("ander"), words(endings), mark(COUNT, 2)]),
        ])
    };
    let once = || opt(words(["einmal ", "ein Mal ", "1 mal "]));

    let days = alt([
        steps(
            &["täglich", "jeden Tag", "an jedem Tag", "tagtäglich"],
            1,
            unit::DAY,
        ),
        seq([
            words(["einmal am ", "einmal pro ", "pro "]),
            steps(&["Tag"], 1, unit::DAY),
        ]),
        seq([
            lit("alle "),
            number(),
            words([" Tage", " Tag"]),
            mark(STEP, unit::DAY),
        ]),
        seq([
            lit("jeden "),
            nth(["en", "en"]),
            lit(" Tag"),
            mark(STEP, unit::DAY),
        ]),
    ]);
    let weeks = || {
        alt([
            steps(
                &[
                    "wöchentlich",
                    "jede Woche",
                    "in jeder Woche",
                    "Woche für Woche",
                ],
                1,
                unit::WEEK,
            ),
            seq([
                once(),
                words(["in der ", "die ", "pro ", "je "]),
                steps(&["Woche"], 1, unit::WEEK),
            ]),
            seq([
                lit("alle "),
                number(),
                words([" Wochen", " Woche"]),
                mark(STEP, unit::WEEK),
            ]),
            seq([
                words(["jede ", "in jeder "]),
                nth(["e", "en"]),
                lit(" Woche"),
                mark(STEP, unit::WEEK),
            ]),
            steps(
                &[
                    "zweiwöchentlich",
                    "zweiwöchig",
                    "vierzehntägig",
                    "vierzehntäglich",
                    "14-tägig",
                    "14 tägig",
                    "14tägig",
                    "im Zweiwochenrhythmus",
                ],
                2,
                unit::WEEK,
            ),
            steps(&["dreiwöchentlich"], 3, unit::WEEK),
            steps(&["vierwöchentlich"], 4, unit::WEEK),
        ])
    };
    let weekday = || weekdays("");
    let adverb = || weekdays("s");
    let always = || opt(words(["immer ", "jeweils "]));
    let on_weekday = || {
        alt([
            adverb(),
            seq([words(["am ", "an jedem ", "zum "]), weekday()]),
        ])
    };
    let weekly = alt([
        weeks(),
        seq([weeks(), lit(" "), always(), on_weekday()]),
        seq([always(), adverb()]),
        seq([words(["jeden ", "an jedem ", "immer am "]), weekday()]),
        seq([
            words(["jeden ", "an jedem "]),
            nth(["en", "en"]),
            lit(" "),
            weekday(),
        ]),
        seq([
            on_weekday(),
            lit(" "),
            steps(&["jeder Woche", "jede Woche"], 1, unit::WEEK),
        ]),
        seq([
            on_weekday(),
            lit(" alle "),
            number(),
            lit(" Wochen"),
            mark(STEP, unit::WEEK),
        ]),
    ]);
    let months = || {
        alt([
            steps(
                &[
                    "monatlich",
                    "jeden Monat",
                    "in jedem Monat",
                    "allmonatlich",
                    "Monat für Monat",
                    "monatsweise",
                ],
                1,
                unit::MONTH,
            ),
            seq([
                once(),
                words(["im ", "pro ", "je ", "den "]),
                steps(&["Monat"], 1, unit::MONTH),
            ]),
            seq([
                lit("alle "),
                number(),
                words([" Monate", " Monat"]),
                mark(STEP, unit::MONTH),
            ]),
            seq([
                words(["jeden ", "in jedem "]),
                nth(["en", "en"]),
                lit(" Monat"),
                mark(STEP, unit::MONTH),
            ]),
            steps(&["zweimonatlich"], 2, unit::MONTH),
            steps(
                &[
                    "vierteljährlich",
                    "quartalsweise",
                    "jedes Quartal",
                    "jedes Vierteljahr",
                    "alle Vierteljahre",
                    "dreimonatlich",
                    "in jedem Quartal",
                ],
                3,
                unit::MONTH,
            ),
            seq([
                once(),
                words(["im ", "pro "]),
                steps(&["Quartal", "Vierteljahr"], 3, unit::MONTH),
            ]),
            steps(
                &[
                    "halbjährlich",
                    "jedes halbe Jahr",
                    "jedes Halbjahr",
                    "alle halbe Jahr",
                    "alle halbe Jahre",
                    "alle halben Jahre",
                    "sechsmonatlich",
                ],
                6,
                unit::MONTH,
            ),
            seq([
                once(),
                words(["im ", "pro "]),
                steps(&["halben Jahr", "Halbjahr", "halbes Jahr"], 6, unit::MONTH),
            ]),
        ])
    };
    let day = || {
        alt([
            spoken_ordinal(n, &ORDINALS, 1..=31, DAY),
            seq([one_or_two_digits(DAY), opt(lit("."))]),
        ])
    };
    let named_day = || {
        alt([
            seq([words(["zum ", "am "]), day()]),
            each(
                [
                    "zum Monatsersten",
                    "am Monatsersten",
                    "zum Monatsanfang",
                    "am Monatsanfang",
                    "zum Monatsbeginn",
                ],
                DAY,
                1,
            ),
            each(["zur Monatsmitte", "Mitte des Monats"], DAY, 15),
            each(
                [
                    "zum Monatsende",
                    "am Monatsende",
                    "zum Monatsletzten",
                    "am Monatsletzten",
                    "zum Ultimo",
                    "am letzten Tag",
                    "zum Letzten",
                    "am Letzten",
                    "Ende des Monats",
                    "am Ende des Monats",
                ],
                DAY,
                MONTH_END,
            ),
        ])
    };
    let of_each = || {
        seq([
            words([
                "jedes Monats",
                "eines jeden Monats",
                "jeden Monats",
                "jeden Monat",
                "in jedem Monat",
                "im Monat",
            ]),
            mark(STEP, unit::MONTH),
        ])
    };
    let monthly = alt([
        months(),
        seq([months(), lit(" "), always(), named_day()]),
        seq([always(), named_day(), lit(" "), of_each()]),
        seq([words(["immer ", "jeweils "]), named_day()]),
        // "zum Monatsersten" alone: a day that every month has is a rhythm here.
        each(["zum Monatsersten", "am Monatsersten"], DAY, 1),
        each(["zum Monatsende", "am Monatsende"], DAY, MONTH_END),
        seq([
            words(["jeden ", "an jedem ", "zu jedem "]),
            day(),
            opt(words([" im Monat", " des Monats", " eines Monats"])),
        ]),
        seq([
            words(["jeden ", "an jedem ", "zu jedem "]),
            alt([
                marked("Monatsersten", DAY, 1),
                marked("Monatsletzten", DAY, MONTH_END),
                marked("Letzten", DAY, MONTH_END),
            ]),
        ]),
        seq([words(["Anfang ", "am Anfang "]), of_each(), mark(DAY, 1)]),
        seq([lit("Mitte "), of_each(), mark(DAY, 15)]),
        seq([
            words(["Ende ", "am Ende "]),
            of_each(),
            mark(DAY, MONTH_END),
        ]),
    ]);
    let years = alt([
        steps(
            &[
                "jährlich",
                "jedes Jahr",
                "in jedem Jahr",
                "alljährlich",
                "Jahr für Jahr",
            ],
            1,
            unit::YEAR,
        ),
        seq([
            once(),
            words(["im ", "pro ", "je "]),
            steps(&["Jahr"], 1, unit::YEAR),
        ]),
        seq([
            lit("alle "),
            number(),
            words([" Jahre", " Jahr"]),
            mark(STEP, unit::YEAR),
        ]),
        seq([
            words(["jedes ", "in jedem "]),
            nth(["e", "en"]),
            lit(" Jahr"),
            mark(STEP, unit::YEAR),
        ]),
        steps(&["zweijährlich"], 2, unit::YEAR),
    ]);
    alt([days, weekly, monthly, years])
}

/// The weekdays with an ending.
fn weekdays(ending: &str) -> Expr {
    alt((1..).zip(WEEKDAYS).flat_map(|(day, names)| {
        names
            .iter()
            .map(move |name| marked(format!("{name}{ending}"), WEEKDAY, day))
    }))
}
