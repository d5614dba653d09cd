//! The German forms of `@date`.

use super::duration::DURATIONS;
use super::{MONTHS, WEEKDAYS};
use crate::language::calendar::{
    self, cardinal, iso_date, one_or_two_digits, spoken_ordinal, two_digits, year_digits,
};
use crate::language::de::counting::AND;
use crate::language::de::numbers::ORDINALS;
use crate::language::duration::counted;
use crate::language::marks::{
    AGO, AHEAD, COUNT, DAY, EDGE, MONTH, NEAR, PERIOD, UNIT, WEEKDAY, WHICH, YEAR, each, edge,
    mark, marked, unit, which,
};
use crate::language::numbers::{Numbers, Place};
use crate::{Expr, alt, lit, opt, seq, space, words};

/// Every form.
pub(super) fn expr(n: &Numbers) -> Expr {
    alt([
        near(n),
        span(n),
        seq([opt(preposition()), weekday_forms(n)]),
        seq([opt(preposition()), day_forms(n)]),
        seq([preposition(), one_or_two_digits(DAY), opt(lit("."))]),
        seq([opt(preposition()), edges(n)]),
        upcoming(),
        from_month(n),
        iso_date(),
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
fn near(n: &Numbers) -> Expr {
    let days = alt([
        marked("vorgestern", NEAR, 0),
        marked("gestern", NEAR, 1),
        marked("heute", NEAR, 2),
        marked("ab sofort", NEAR, 2),
        marked("morgen", NEAR, 3),
        marked("übermorgen", NEAR, 4),
    ]);
    let later = seq([lit(" in "), alt([weeks(n), days_as_weeks(n, 14)])]);
    let counted_from = alt([marked("heute", NEAR, 2), marked("morgen", NEAR, 3)]);
    let before = opt(words(["bis ", "ab ", "für "]));
    seq([before, alt([days, seq([counted_from, later])])])
}

fn weeks(n: &Numbers) -> Expr {
    counted(n, &DURATIONS, unit::WEEK, true)
}

/// "vierzehn Tagen" counted from a weekday or from today: whole weeks.
fn days_as_weeks(n: &Numbers, days: u32) -> Expr {
    seq([
        alt([lit(n.word(days)), lit(days.to_string())]),
        lit(" Tagen"),
        mark(COUNT, days / 7),
        mark(UNIT, unit::WEEK),
    ])
}

/// in drei Tagen, vor zwei Wochen
fn span(n: &Numbers) -> Expr {
    let units = || alt((0..4).map(|index| counted(n, &DURATIONS, index, false)));
    alt([
        seq([words(["in ", "bis in ", "ab in ", "heute in "]), units()]),
        seq([lit("vor "), units(), mark(AGO, 0)]),
    ])
}

pub(super) fn weekday() -> Expr {
    alt((1..)
        .zip(WEEKDAYS)
        .map(|(day, names)| each(names.iter().copied(), WEEKDAY, day)))
}

fn weekday_forms(n: &Numbers) -> Expr {
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
            mark(WHICH, which::NEXT_WEEK),
        ])
    };
    let coming = seq([words(["dies", "nächst", "kommend"]), endings(), weekday()]);
    let after_next = seq([
        lit("übernächst"),
        endings(),
        weekday(),
        mark(WHICH, which::AFTER_NEXT),
    ]);
    let last = seq([
        words(["letzt", "vergangen", "vorig"]),
        endings(),
        weekday(),
        mark(WHICH, which::LAST),
    ]);
    let later = seq([
        lit(" in "),
        alt([weeks(n), days_as_weeks(n, 14), days_as_weeks(n, 8)]),
    ]);
    alt([
        seq([weekday(), opt(alt([later, seq([lit(" "), next_week()])]))]),
        coming,
        after_next,
        last,
        seq([next_week(), words([" ", " am "]), weekday()]),
    ])
}

/// The name of a month.
pub(super) fn month() -> Expr {
    alt((1..)
        .zip(MONTHS)
        .map(|(month, names)| each(names.iter().copied(), MONTH, month)))
}

fn year(n: &Numbers) -> Expr {
    alt([
        year_digits(),
        year_spoken(n),
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

/// "zweitausendsiebenundzwanzig", "zwanzig siebenundzwanzig"
pub(super) fn year_spoken(n: &Numbers) -> Expr {
    let two = n.forms(2, Place::Calendar);
    let two_thousand = alt(two.map(|two| lit(format!("{two}{}", n.word(1_000)))));
    let rest = seq([
        opt(space()),
        opt(lit(AND)),
        calendar::year_spoken(n, 1..100),
    ]);
    alt([
        seq([two_thousand, alt([mark(YEAR, 2000), rest])]),
        seq([
            lit(n.word(20)),
            opt(space()),
            calendar::year_spoken(n, 10..100),
        ]),
    ])
}

fn ordinal(n: &Numbers) -> Expr {
    spoken_ordinal(n, &ORDINALS, 1..=31, DAY)
}

/// A day of a month, of any month, or in numbers; perhaps with its weekday before it.
pub(super) fn day_forms(n: &Numbers) -> Expr {
    let day = || alt([ordinal(n), seq([one_or_two_digits(DAY), opt(lit("."))])]);
    let named = seq([day(), lit(" "), month(), opt(seq([lit(" "), year(n)]))]);
    let two_digit_years = alt((0..100).map(|year| marked(cardinal(n, year), YEAR, year)));
    let counted = seq([
        ordinal(n),
        lit(" "),
        spoken_ordinal(n, &ORDINALS, 1..=12, MONTH),
        opt(seq([lit(" "), alt([year(n), two_digit_years])])),
    ]);
    let numeric = seq([
        one_or_two_digits(DAY),
        lit("."),
        opt(lit(" ")),
        one_or_two_digits(MONTH),
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
        ordinal(n),
        mark(WHICH, which::LATER),
    ]);
    let alone = alt([
        later,
        seq([ordinal(n), of_month.clone()]),
        seq([one_or_two_digits(DAY), lit("."), of_month]),
    ]);
    let dated = alt([named, counted, numeric, alone]);
    alt([
        dated.clone(),
        seq([weekday(), words([" ", " den ", " dem ", " der "]), dated]),
    ])
}

/// Zum Monatsende, Anfang März, Mitte nächster Woche.
fn edges(n: &Numbers) -> Expr {
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
            seq([month(), opt(seq([lit(" "), year(n)]))]),
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
    let begin = || seq([words(["Anfang ", "Beginn "]), mark(EDGE, edge::BEGIN)]);
    let middle = || seq([lit("Mitte "), mark(EDGE, edge::MIDDLE)]);
    let end = || seq([words(["Ende ", "Schluss "]), mark(EDGE, edge::END)]);
    let word = |texts: &[&'static str], edge, period| {
        seq([
            words(texts.iter().copied()),
            mark(EDGE, edge),
            mark(PERIOD, period),
        ])
    };
    let last_day = seq([
        words(["letzten ", "letzter ", "letzten Tag ", "letzter Tag "]),
        mark(EDGE, edge::END),
    ]);
    let compound = alt([
        word(
            &[
                "Monatsersten",
                "Monatserster",
                "Monatsanfang",
                "Monatsbeginn",
            ],
            edge::BEGIN,
            unit::MONTH,
        ),
        word(
            &["Monatsmitte", "zur Monatsmitte"],
            edge::MIDDLE,
            unit::MONTH,
        ),
        word(
            &[
                "Monatsende",
                "Monatsletzten",
                "Monatsletzter",
                "Ultimo",
                "Letzten",
                "Letzter",
            ],
            edge::END,
            unit::MONTH,
        ),
        word(&["Jahresanfang", "Jahresbeginn"], edge::BEGIN, unit::YEAR),
        word(&["Jahresende", "Jahresschluss"], edge::END, unit::YEAR),
    ]);
    let later = seq([
        lit("nächsten "),
        mark(WHICH, which::LATER),
        alt([
            word(&["Monatsersten", "Monatsanfang"], edge::BEGIN, unit::MONTH),
            word(&["Monatsende"], edge::END, unit::MONTH),
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

/// ab Dezember: its first day.
fn from_month(n: &Numbers) -> Expr {
    let from = words(["ab ", "ab dem "]);
    seq([
        from,
        mark(EDGE, edge::BEGIN),
        month(),
        opt(seq([lit(" "), year(n)])),
    ])
}

/// nächsten Monat: its first day.
fn upcoming() -> Expr {
    let of = |texts: &[&'static str], period, ahead| {
        seq([
            words(texts.iter().copied()),
            mark(EDGE, edge::BEGIN),
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
