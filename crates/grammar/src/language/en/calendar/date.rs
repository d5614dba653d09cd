//! The English forms of `@date`. A date in numbers is read where its order is certain: ISO 8601,
//! and day-first with dots; 3/4/2027 means two different days and is not read.

use super::duration::DURATIONS;
use super::{MONTHS, WEEKDAYS, ordinal_digits};
use crate::language::calendar::{
    self, iso_date, one_or_two_digits, spoken, spoken_ordinal, two_digits, year_digits,
};
use crate::language::duration::counted;
use crate::language::en::counting::AND;
use crate::language::en::numbers::ORDINALS;
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
        seq([opt(preposition()), edges(n)]),
        upcoming(),
        from_month(n),
        iso_date(),
    ])
}

/// What may stand before a day, with its space.
fn preposition() -> Expr {
    words([
        "on ",
        "for ",
        "by ",
        "until ",
        "till ",
        "from ",
        "starting ",
        "starting on ",
        "starting from ",
        "beginning ",
        "beginning on ",
        "as of ",
        "due ",
        "due on ",
        "due by ",
    ])
}

fn days() -> Expr {
    alt([
        marked("yesterday", NEAR, 1),
        marked("today", NEAR, 2),
        marked("tonight", NEAR, 2),
        marked("tomorrow", NEAR, 3),
        marked("the day after tomorrow", NEAR, 4),
        marked("day after tomorrow", NEAR, 4),
        marked("the day before yesterday", NEAR, 0),
    ])
}

/// today, tomorrow, a week from today, …
fn near(n: &Numbers) -> Expr {
    let from = || alt([marked("today", NEAR, 2), marked("tomorrow", NEAR, 3)]);
    let before = opt(words([
        "by ",
        "until ",
        "till ",
        "from ",
        "starting ",
        "for ",
        "as of ",
    ]));
    let week_day = seq([
        words(["a week ", "one week "]),
        from(),
        mark(COUNT, 1),
        mark(UNIT, unit::WEEK),
    ]);
    seq([
        before,
        alt([days(), seq([weeks(n), lit(" from "), from()]), week_day]),
    ])
}

fn weeks(n: &Numbers) -> Expr {
    counted(n, &DURATIONS, unit::WEEK, true)
}

/// in three days, two weeks from now, three days ago
fn span(n: &Numbers) -> Expr {
    let units = || alt((0..4).map(|index| counted(n, &DURATIONS, index, false)));
    alt([
        seq([words(["in ", "starting in "]), units()]),
        seq([units(), words([" from now", " from today"])]),
        seq([units(), lit(" ago"), mark(AGO, 0)]),
    ])
}

pub(super) fn weekday() -> Expr {
    alt((1..).zip(WEEKDAYS).map(|(day, (name, short))| {
        let names = std::iter::once(name).chain(short.iter().copied());
        each(names, WEEKDAY, day)
    }))
}

fn weekday_forms(n: &Numbers) -> Expr {
    let next_week = || {
        seq([
            words(["next week", "of next week"]),
            mark(WHICH, which::NEXT_WEEK),
        ])
    };
    let a_week = || {
        seq([
            words(["a week", "one week"]),
            mark(COUNT, 1),
            mark(UNIT, unit::WEEK),
        ])
    };
    alt([
        weekday(),
        seq([
            words(["this ", "coming ", "the coming ", "this coming "]),
            weekday(),
        ]),
        seq([lit("next "), weekday(), mark(WHICH, which::NEXT_WEEK)]),
        seq([lit("last "), weekday(), mark(WHICH, which::LAST)]),
        seq([
            weekday(),
            lit(" after next"),
            mark(WHICH, which::AFTER_NEXT),
        ]),
        seq([weekday(), lit(" "), next_week()]),
        seq([
            lit("next week"),
            words([" ", " on "]),
            weekday(),
            mark(WHICH, which::NEXT_WEEK),
        ]),
        seq([weekday(), lit(" in "), weeks(n)]),
        seq([weeks(n), lit(" from "), weekday()]),
        seq([a_week(), lit(" on "), weekday()]),
        seq([
            weekday(),
            lit(" week"),
            mark(COUNT, 1),
            mark(UNIT, unit::WEEK),
        ]),
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
            words(["this year", "of this year"]),
            mark(PERIOD, unit::YEAR),
            mark(AHEAD, 0),
        ]),
        seq([
            words(["next year", "of next year"]),
            mark(PERIOD, unit::YEAR),
            mark(AHEAD, 1),
        ]),
    ])
}

/// "two thousand and seven", "twenty oh seven", "twenty twenty seven"
pub(super) fn year_spoken(n: &Numbers) -> Expr {
    let and = format!("{AND} ");
    let rest = seq([lit(" "), opt(lit(and)), calendar::year_spoken(n, 1..100)]);
    let oh = n.forms(0, Place::Leading).skip(1);
    alt([
        seq([
            lit(format!("{} {}", n.word(2), n.word(1_000))),
            alt([mark(YEAR, 2000), rest]),
        ]),
        seq([
            lit(n.word(20)),
            space(),
            alt([
                calendar::year_spoken(n, 10..100),
                seq([
                    alt(oh.map(|oh| lit(format!("{oh} ")))),
                    calendar::year_spoken(n, 1..10),
                ]),
            ]),
        ]),
    ])
}

/// "3rd"; up to 99 so that "the 32nd" is reported as an error instead of not being understood at all.
fn suffixed() -> Expr {
    alt((0..100).map(|n| seq([lit(ordinal_digits(n)), mark(DAY, n)])))
}

/// A day of a month, of any month, or in numbers; perhaps with its weekday before it.
pub(super) fn day_forms(n: &Numbers) -> Expr {
    let the = || opt(lit("the "));
    let ordinal = || spoken_ordinal(n, &ORDINALS, 1..=31, DAY);
    let year_after = || opt(seq([opt(lit(",")), lit(" "), year(n)]));
    let day_first = seq([
        the(),
        alt([ordinal(), suffixed(), one_or_two_digits(DAY)]),
        words([" of ", " "]),
        month(),
        year_after(),
    ]);
    let month_first = seq([
        month(),
        lit(" "),
        the(),
        alt([
            ordinal(),
            spoken(n, 1..=31, DAY),
            suffixed(),
            one_or_two_digits(DAY),
        ]),
        year_after(),
    ]);
    let numeric = seq([
        one_or_two_digits(DAY),
        lit("."),
        one_or_two_digits(MONTH),
        lit("."),
        alt([year_digits(), two_digits(YEAR)]),
    ]);
    let of_month = || {
        alt([
            words([" of the month", " of the coming month"]),
            seq([words([" of this month", " this month"]), mark(AHEAD, 0)]),
            seq([
                words([" of next month", " of the next month", " next month"]),
                mark(AHEAD, 1),
            ]),
        ])
    };
    let first_day = seq([words(["first day", "1st day"]), mark(DAY, 1)]);
    let alone = alt([
        seq([lit("the "), ordinal()]),
        seq([the(), suffixed()]),
        seq([the(), alt([ordinal(), suffixed(), first_day]), of_month()]),
        seq([
            lit("the next "),
            alt([ordinal(), suffixed()]),
            mark(WHICH, which::LATER),
        ]),
    ]);
    let dated = alt([day_first, month_first, numeric, alone]);
    alt([
        dated.clone(),
        seq([weekday(), opt(lit(",")), lit(" "), dated]),
    ])
}

/// End of the month, beginning of March, mid next month.
fn edges(n: &Numbers) -> Expr {
    let of = |period, ahead: Option<u32>, texts: &[&'static str]| {
        let marks = std::iter::once(mark(PERIOD, period)).chain(ahead.map(|n| mark(AHEAD, n)));
        seq(std::iter::once(words(texts.iter().copied())).chain(marks))
    };
    let relative_months = || {
        alt([
            of(unit::MONTH, None, &["the month"]),
            of(unit::MONTH, Some(0), &["this month"]),
            of(
                unit::MONTH,
                Some(1),
                &["next month", "the next month", "the coming month"],
            ),
            of(unit::MONTH, Some(2), &["the month after next"]),
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
            of(unit::WEEK, None, &["the week"]),
            of(unit::WEEK, Some(0), &["this week"]),
            of(
                unit::WEEK,
                Some(1),
                &["next week", "the next week", "the coming week"],
            ),
            of(unit::WEEK, Some(2), &["the week after next"]),
        ])
    };
    let years = || {
        alt([
            of(unit::YEAR, None, &["the year"]),
            of(unit::YEAR, Some(0), &["this year"]),
            of(
                unit::YEAR,
                Some(1),
                &["next year", "the next year", "the coming year"],
            ),
        ])
    };
    let the = || opt(words(["the ", "at the ", "by the ", "in the "]));
    let begin = seq([
        the(),
        words(["beginning of ", "start of "]),
        mark(EDGE, edge::BEGIN),
    ]);
    let middle = alt([
        seq([the(), lit("middle of "), mark(EDGE, edge::MIDDLE)]),
        seq([lit("mid "), mark(EDGE, edge::MIDDLE)]),
    ]);
    let end = seq([the(), lit("end of "), mark(EDGE, edge::END)]);
    let last_day = seq([
        the(),
        words(["last day of ", "last of "]),
        mark(EDGE, edge::END),
    ]);
    let word = |texts: &[&'static str], edge, period| {
        seq([
            the(),
            words(texts.iter().copied()),
            mark(EDGE, edge),
            mark(PERIOD, period),
        ])
    };
    alt([
        word(
            &["month end", "month's end", "end of month"],
            edge::END,
            unit::MONTH,
        ),
        word(
            &["year end", "year's end", "end of year"],
            edge::END,
            unit::YEAR,
        ),
        word(&["mid month"], edge::MIDDLE, unit::MONTH),
        seq([begin, alt([months(), weeks(), years()])]),
        seq([middle, alt([months(), weeks()])]),
        seq([end, alt([months(), weeks(), years()])]),
        seq([last_day, alt([months(), years()])]),
    ])
}

/// from June: its first day.
fn from_month(n: &Numbers) -> Expr {
    let from = words([
        "from ",
        "starting ",
        "starting in ",
        "starting from ",
        "beginning in ",
        "as of ",
    ]);
    seq([
        from,
        mark(EDGE, edge::BEGIN),
        month(),
        opt(seq([lit(" "), year(n)])),
    ])
}

/// next month: its first day.
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
        of(&["next month"], unit::MONTH, 1),
        of(&["the month after next"], unit::MONTH, 2),
        of(&["next week"], unit::WEEK, 1),
        of(&["the week after next"], unit::WEEK, 2),
        of(&["next year"], unit::YEAR, 1),
    ]);
    seq([
        opt(words([
            "by ",
            "from ",
            "starting ",
            "until ",
            "for ",
            "in ",
        ])),
        periods,
    ])
}
