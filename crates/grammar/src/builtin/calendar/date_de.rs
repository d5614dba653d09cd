//! The German forms of `@date`.

use super::date::{BEGIN, END, MIDDLE, WHICH_AFTER_NEXT, WHICH_LAST, WHICH_LATER, WHICH_NEXT_WEEK};
use super::duration::{counted, names};
use super::marks::{
    AGO, AHEAD, COUNT, DAY, EDGE, MONTH, NEAR, PERIOD, UNIT, WEEKDAY, WHICH, YEAR, each, mark,
    marked, unit,
};
use super::words::{day_digits, digits, spoken_ordinal, two_digits, year_digits, year_spoken};
use crate::{Expr, Language, alt, lit, opt, seq, words};

/// Every form.
pub(super) fn expr() -> Expr {
    alt([
        near(),
        span(),
        seq([opt(preposition()), weekday_forms()]),
        seq([opt(preposition()), day_forms()]),
        seq([preposition(), day_digits(), opt(lit("."))]),
        seq([opt(preposition()), edges()]),
        upcoming(),
        super::date::iso(),
    ])
}

/// What may stand before a day, with its space.
fn preposition() -> Expr {
    words([
        "am ",
        "zum ",
        "den ",
        "der ",
        "dem ",
        "für den ",
        "für ",
        "bis ",
        "bis zum ",
        "bis am ",
        "bis zu ",
        "ab ",
        "ab dem ",
        "per ",
        "auf den ",
        "zu ",
    ])
}

/// heute, morgen, …
fn near() -> Expr {
    let days = alt([
        marked("vorgestern", NEAR, 0),
        marked("gestern", NEAR, 1),
        marked("heute", NEAR, 2),
        marked("morgen", NEAR, 3),
        marked("übermorgen", NEAR, 4),
    ]);
    let later = seq([lit(" in "), alt([weeks(), fortnight()])]);
    let counted_from = alt([marked("heute", NEAR, 2), marked("morgen", NEAR, 3)]);
    let before = opt(words(["bis ", "ab ", "für "]));
    seq([before, alt([days, seq([counted_from, later])])])
}

fn weeks() -> Expr {
    counted(
        Language::De,
        unit::WEEK,
        &names(Language::De)[unit::WEEK as usize],
        true,
    )
}

/// "vierzehn Tagen" counted from a weekday or from today: two weeks.
fn fortnight() -> Expr {
    seq([
        words(["vierzehn Tagen", "14 Tagen"]),
        mark(COUNT, 2),
        mark(UNIT, unit::WEEK),
    ])
}

/// in drei Tagen, vor zwei Wochen
fn span() -> Expr {
    let units = || {
        let names = names(Language::De);
        alt((0..4)
            .zip(&names)
            .map(|(index, name)| counted(Language::De, index, name, false)))
    };
    alt([
        seq([words(["in ", "bis in ", "ab in ", "heute in "]), units()]),
        seq([lit("vor "), units(), mark(AGO, 0)]),
    ])
}

fn weekday() -> Expr {
    alt([
        marked("Montag", WEEKDAY, 1),
        marked("Dienstag", WEEKDAY, 2),
        marked("Mittwoch", WEEKDAY, 3),
        marked("Donnerstag", WEEKDAY, 4),
        marked("Freitag", WEEKDAY, 5),
        marked("Samstag", WEEKDAY, 6),
        marked("Sonnabend", WEEKDAY, 6),
        marked("Sonntag", WEEKDAY, 7),
    ])
}

fn weekday_forms() -> Expr {
    let endings = || words(["en ", "er ", "e "]);
    let next_week = || {
        seq([
            words([
                "nächste Woche",
                "nächster Woche",
                "der nächsten Woche",
                "kommender Woche",
                "kommende Woche",
                "der kommenden Woche",
            ]),
            mark(WHICH, WHICH_NEXT_WEEK),
        ])
    };
    let coming = seq([words(["dies", "nächst", "kommend"]), endings(), weekday()]);
    let after_next = seq([
        lit("übernächst"),
        endings(),
        weekday(),
        mark(WHICH, WHICH_AFTER_NEXT),
    ]);
    let last = seq([
        words(["letzt", "vergangen", "vorig"]),
        endings(),
        weekday(),
        mark(WHICH, WHICH_LAST),
    ]);
    let eight_days = seq([
        words(["acht Tagen", "8 Tagen"]),
        mark(COUNT, 1),
        mark(UNIT, unit::WEEK),
    ]);
    let later = seq([lit(" in "), alt([weeks(), fortnight(), eight_days])]);
    alt([
        seq([weekday(), opt(alt([later, seq([lit(" "), next_week()])]))]),
        coming,
        after_next,
        last,
        seq([next_week(), words([" ", " am "]), weekday()]),
    ])
}

/// The name of a month.
fn month() -> Expr {
    const NAMES: [&[&str]; 12] = [
        &["Januar", "Jänner", "Jan.", "Jan"],
        &["Februar", "Feber", "Feb.", "Feb"],
        &["März", "Mär.", "Mär"],
        &["April", "Apr.", "Apr"],
        &["Mai"],
        &["Juni", "Juno", "Jun.", "Jun"],
        &["Juli", "Julei", "Jul.", "Jul"],
        &["August", "Aug.", "Aug"],
        &["September", "Sept.", "Sept", "Sep.", "Sep"],
        &["Oktober", "Okt.", "Okt"],
        &["November", "Nov.", "Nov"],
        &["Dezember", "Dez.", "Dez"],
    ];
    alt((1..)
        .zip(NAMES)
        .map(|(month, names)| each(names.iter().copied(), MONTH, month)))
}

fn year() -> Expr {
    alt([
        year_digits(),
        year_spoken(Language::De),
        seq([
            words(["dieses Jahres", "dieses Jahr"]),
            mark(PERIOD, unit::YEAR),
            mark(AHEAD, 0),
        ]),
        seq([
            words([
                "nächsten Jahres",
                "des nächsten Jahres",
                "nächstes Jahr",
                "kommenden Jahres",
                "des kommenden Jahres",
            ]),
            mark(PERIOD, unit::YEAR),
            mark(AHEAD, 1),
        ]),
    ])
}

fn ordinal() -> Expr {
    spoken_ordinal(Language::De, 1..=31, DAY)
}

/// A day of a month, of any month, or in numbers; perhaps with its weekday before it.
fn day_forms() -> Expr {
    let day = || alt([ordinal(), seq([day_digits(), opt(lit("."))])]);
    let named = seq([day(), lit(" "), month(), opt(seq([lit(" "), year()]))]);
    let two_digit_years =
        alt((0..100).map(|n| marked(super::words::cardinal(Language::De, n), YEAR, n)));
    let counted = seq([
        ordinal(),
        lit(" "),
        spoken_ordinal(Language::De, 1..=12, MONTH),
        opt(seq([lit(" "), alt([year(), two_digit_years])])),
    ]);
    let months = || {
        alt([
            digits(0..=99, MONTH),
            alt((0..10).map(|n| marked(format!("{n:02}"), MONTH, n))),
        ])
    };
    let numeric = seq([
        day_digits(),
        lit("."),
        opt(lit(" ")),
        months(),
        alt([
            opt(lit(".")),
            seq([
                lit("."),
                opt(lit(" ")),
                alt([year_digits(), two_digits(YEAR)]),
            ]),
        ]),
    ]);
    let this_month = seq([words(["dieses Monats", "diesen Monat"]), mark(AHEAD, 0)]);
    let next_month = seq([
        words([
            "nächsten Monats",
            "des nächsten Monats",
            "nächsten Monat",
            "kommenden Monats",
            "des kommenden Monats",
            "des Folgemonats",
        ]),
        mark(AHEAD, 1),
    ]);
    let after_next = seq([
        words(["übernächsten Monats", "des übernächsten Monats"]),
        mark(AHEAD, 2),
    ]);
    // "am ersten Tag des nächsten Monats"
    let of_month = opt(seq([
        opt(lit(" Tag")),
        lit(" "),
        alt([lit("des Monats"), this_month, next_month, after_next]),
    ]));
    let later = seq([
        words(["nächsten ", "kommenden "]),
        ordinal(),
        mark(WHICH, WHICH_LATER),
    ]);
    let alone = alt([
        later,
        seq([ordinal(), of_month.clone()]),
        seq([day_digits(), lit("."), of_month]),
    ]);
    let dated = alt([named, counted, numeric, alone]);
    alt([
        dated.clone(),
        seq([weekday(), words([" ", " den ", " dem ", " der "]), dated]),
    ])
}

/// Zum Monatsende, Anfang März, Mitte nächster Woche.
fn edges() -> Expr {
    let of = |period, ahead: Option<u32>, texts: &[&'static str]| {
        let marks = std::iter::once(mark(PERIOD, period)).chain(ahead.map(|n| mark(AHEAD, n)));
        seq(std::iter::once(words(texts.iter().copied())).chain(marks))
    };
    let relative_months = || {
        alt([
            of(unit::MONTH, Some(0), &["dieses Monats", "diesen Monat"]),
            of(unit::MONTH, None, &["des Monats"]),
            of(
                unit::MONTH,
                Some(1),
                &[
                    "nächsten Monats",
                    "des nächsten Monats",
                    "nächsten Monat",
                    "kommenden Monats",
                    "des kommenden Monats",
                ],
            ),
            of(
                unit::MONTH,
                Some(2),
                &["übernächsten Monats", "des übernächsten Monats"],
            ),
        ])
    };
    let months = || {
        alt([
            relative_months(),
            seq([month(), opt(seq([lit(" "), year()]))]),
        ])
    };
    let weeks = || {
        alt([
            of(unit::WEEK, None, &["der Woche"]),
            of(unit::WEEK, Some(0), &["dieser Woche", "diese Woche"]),
            of(
                unit::WEEK,
                Some(1),
                &[
                    "nächster Woche",
                    "der nächsten Woche",
                    "nächste Woche",
                    "kommender Woche",
                    "der kommenden Woche",
                ],
            ),
            of(
                unit::WEEK,
                Some(2),
                &["übernächster Woche", "der übernächsten Woche"],
            ),
        ])
    };
    let years = || {
        alt([
            of(unit::YEAR, None, &["des Jahres"]),
            of(unit::YEAR, Some(0), &["dieses Jahres", "dieses Jahr"]),
            of(
                unit::YEAR,
                Some(1),
                &[
                    "nächsten Jahres",
                    "des nächsten Jahres",
                    "nächstes Jahr",
                    "kommenden Jahres",
                    "des kommenden Jahres",
                ],
            ),
        ])
    };
    let begin = || seq([words(["Anfang ", "Beginn "]), mark(EDGE, BEGIN)]);
    let middle = || seq([lit("Mitte "), mark(EDGE, MIDDLE)]);
    let end = || seq([words(["Ende ", "Schluss "]), mark(EDGE, END)]);
    let word = |texts: &[&'static str], edge, period| {
        seq([
            words(texts.iter().copied()),
            mark(EDGE, edge),
            mark(PERIOD, period),
        ])
    };
    let last_day = seq([
        words(["letzten ", "letzter ", "letzten Tag ", "letzter Tag "]),
        mark(EDGE, END),
    ]);
    let compound = alt([
        word(
            &[
                "Monatsersten",
                "Monatserster",
                "Monatsanfang",
                "Monatsbeginn",
            ],
            BEGIN,
            unit::MONTH,
        ),
        word(&["Monatsmitte", "zur Monatsmitte"], MIDDLE, unit::MONTH),
        word(
            &[
                "Monatsende",
                "Monatsletzten",
                "Monatsletzter",
                "Ultimo",
                "Letzten",
                "Letzter",
            ],
            END,
            unit::MONTH,
        ),
        word(&["Jahresanfang", "Jahresbeginn"], BEGIN, unit::YEAR),
        word(&["Jahresende", "Jahresschluss"], END, unit::YEAR),
    ]);
    let later = seq([
        lit("nächsten "),
        mark(WHICH, WHICH_LATER),
        alt([
            word(&["Monatsersten", "Monatsanfang"], BEGIN, unit::MONTH),
            word(&["Monatsende"], END, unit::MONTH),
        ]),
    ]);
    alt([
        compound,
        later,
        seq([begin(), alt([months(), weeks(), years()])]),
        seq([middle(), alt([months(), weeks()])]),
        seq([end(), alt([months(), weeks(), years()])]),
        seq([last_day, relative_months()]),
    ])
}

/// nächsten Monat: its first day.
fn upcoming() -> Expr {
    let of = |texts: &[&'static str], period, ahead| {
        seq([
            words(texts.iter().copied()),
            mark(EDGE, BEGIN),
            mark(PERIOD, period),
            mark(AHEAD, ahead),
        ])
    };
    let periods = alt([
        of(
            &[
                "nächsten Monat",
                "im nächsten Monat",
                "kommenden Monat",
                "im kommenden Monat",
                "nächstem Monat",
            ],
            unit::MONTH,
            1,
        ),
        of(
            &["übernächsten Monat", "im übernächsten Monat"],
            unit::MONTH,
            2,
        ),
        of(
            &[
                "nächste Woche",
                "in der nächsten Woche",
                "kommende Woche",
                "in der kommenden Woche",
                "nächster Woche",
            ],
            unit::WEEK,
            1,
        ),
        of(
            &["übernächste Woche", "in der übernächsten Woche"],
            unit::WEEK,
            2,
        ),
        of(
            &[
                "nächstes Jahr",
                "im nächsten Jahr",
                "kommendes Jahr",
                "im kommenden Jahr",
                "nächstem Jahr",
            ],
            unit::YEAR,
            1,
        ),
    ]);
    seq([opt(words(["ab ", "bis ", "für "])), periods])
}
