//! The spoken and written forms of `@interval`.

use super::interval::MONTH_END;
use super::marks::{COUNT, DAY, STEP, WEEKDAY, each, mark, marked, unit};
use super::words::{day_digits, digits, ordinal_digits, spoken, spoken_ordinal};
use crate::{Expr, Language, alt, lit, opt, seq, words};

/// Every form.
pub(super) fn expr(language: Language) -> Expr {
    match language {
        Language::De => german(),
        Language::En => english(),
    }
}

/// Texts for every so many steps.
fn steps(texts: &[&'static str], count: u32, step: u32) -> Expr {
    seq([
        words(texts.iter().copied()),
        mark(COUNT, count),
        mark(STEP, step),
    ])
}

fn german() -> Expr {
    let number = || alt([spoken(Language::De, 2..=99, COUNT), digits(1..=99, COUNT)]);
    let nth = |endings: [&'static str; 2]| {
        let written = seq([digits(2..=31, COUNT), opt(lit("."))]);
        alt([
            spoken_ordinal(Language::De, 2..=31, COUNT),
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
    let weekdays = [
        ("Montag", 1),
        ("Dienstag", 2),
        ("Mittwoch", 3),
        ("Donnerstag", 4),
        ("Freitag", 5),
        ("Samstag", 6),
        ("Sonnabend", 6),
        ("Sonntag", 7),
    ];
    let weekday = || alt(weekdays.map(|(name, n)| marked(name, WEEKDAY, n)));
    let adverb = || alt(weekdays.map(|(name, n)| marked(format!("{name}s"), WEEKDAY, n)));
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
            spoken_ordinal(Language::De, 1..=31, DAY),
            seq([day_digits(), opt(lit("."))]),
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

fn english() -> Expr {
    let number = || alt([spoken(Language::En, 2..=99, COUNT), digits(1..=99, COUNT)]);
    let nth = || {
        alt([
            marked("other", COUNT, 2),
            spoken_ordinal(Language::En, 2..=31, COUNT),
            alt((2..=31).map(|n| marked(ordinal_digits(n), COUNT, n))),
        ])
    };
    let every = || words(["every ", "each "]);
    let once = |period: &'static str| {
        seq([
            words([
                "once a ",
                "once every ",
                "once per ",
                "once each ",
                "per ",
                "a ",
            ]),
            lit(period),
        ])
    };
    let unit_forms = |name: &'static str, step: u32| {
        seq([
            alt([
                seq([alt([seq([every(), lit(name)]), once(name)]), mark(COUNT, 1)]),
                seq([opt(lit("once ")), lit("every "), nth(), lit(" "), lit(name)]),
                seq([
                    opt(lit("once ")),
                    lit("every "),
                    number(),
                    lit(" "),
                    lit(name),
                    opt(lit("s")),
                ]),
            ]),
            mark(STEP, step),
        ])
    };
    let days = alt([
        steps(&["daily", "everyday"], 1, unit::DAY),
        unit_forms("day", unit::DAY),
    ]);
    let weeks = || {
        alt([
            steps(&["weekly"], 1, unit::WEEK),
            unit_forms("week", unit::WEEK),
            steps(
                &[
                    "biweekly",
                    "bi weekly",
                    "fortnightly",
                    "every fortnight",
                    "once a fortnight",
                    "a fortnight",
                    "per fortnight",
                ],
                2,
                unit::WEEK,
            ),
        ])
    };
    let weekdays = [
        ("Monday", 1),
        ("Tuesday", 2),
        ("Wednesday", 3),
        ("Thursday", 4),
        ("Friday", 5),
        ("Saturday", 6),
        ("Sunday", 7),
    ];
    let weekday = || alt(weekdays.map(|(name, n)| marked(name, WEEKDAY, n)));
    let plural = || alt(weekdays.map(|(name, n)| marked(format!("{name}s"), WEEKDAY, n)));
    let weekly = alt([
        weeks(),
        seq([
            weeks(),
            lit(" on "),
            opt(words(["a ", "every "])),
            alt([weekday(), plural()]),
        ]),
        seq([
            words(["every ", "each ", "on every ", "on each ", "always on "]),
            weekday(),
        ]),
        seq([opt(words(["on ", "always on "])), plural()]),
        seq([opt(lit("on ")), lit("every "), nth(), lit(" "), weekday()]),
        seq([
            lit("on "),
            alt([weekday(), plural()]),
            lit(" "),
            steps(&["every week", "each week", "of every week"], 1, unit::WEEK),
        ]),
        seq([
            lit("on "),
            alt([weekday(), plural()]),
            lit(" every "),
            alt([seq([number(), lit(" weeks")]), seq([nth(), lit(" week")])]),
            mark(STEP, unit::WEEK),
        ]),
    ]);
    let months = || {
        alt([
            steps(&["monthly"], 1, unit::MONTH),
            unit_forms("month", unit::MONTH),
            steps(
                &[
                    "quarterly",
                    "every quarter",
                    "each quarter",
                    "once a quarter",
                    "per quarter",
                    "a quarter",
                    "every quarter year",
                ],
                3,
                unit::MONTH,
            ),
            steps(
                &[
                    "half yearly",
                    "semiannually",
                    "semi annually",
                    "every half year",
                    "every half a year",
                    "twice a year",
                ],
                6,
                unit::MONTH,
            ),
        ])
    };
    let suffixed = || alt((0..100).map(|n| marked(ordinal_digits(n), DAY, n)));
    let day = || alt([spoken_ordinal(Language::En, 1..=31, DAY), suffixed()]);
    let last_day = || each(["last day", "last", "end"], DAY, MONTH_END);
    let start = || each(["first day", "beginning", "start"], DAY, 1);
    let middle = || marked("middle", DAY, 15);
    let any_day = || alt([day(), last_day(), start(), middle()]);
    let on_the = || words(["on the ", "at the ", "by the ", "always on the ", "the "]);
    let of_every = || {
        seq([
            words([
                " of every month",
                " of each month",
                " every month",
                " each month",
            ]),
            mark(STEP, unit::MONTH),
        ])
    };
    // "every second" is a length of time, not a day of the month.
    let bare_day = alt([
        spoken_ordinal(Language::En, [1].into_iter().chain(3..=31), DAY),
        suffixed(),
    ]);
    let monthly = alt([
        months(),
        seq([
            months(),
            lit(" "),
            on_the(),
            any_day(),
            opt(words([" of the month", " day of the month", " day"])),
        ]),
        seq([opt(on_the()), any_day(), opt(lit(" day")), of_every()]),
        seq([
            words(["every ", "each ", "on every "]),
            any_day(),
            opt(lit(" day")),
            words([" of the month", " of a month"]),
        ]),
        seq([words(["every ", "each ", "on every "]), bare_day]),
        seq([lit("always on the "), any_day(), opt(lit(" of the month"))]),
    ]);
    let years = alt([
        steps(&["yearly", "annually", "per annum"], 1, unit::YEAR),
        unit_forms("year", unit::YEAR),
    ]);
    alt([days, weekly, monthly, years])
}
