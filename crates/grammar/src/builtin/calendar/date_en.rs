//! The English forms of `@date`. A date in numbers is read where its order is certain: ISO 8601,
//! and day-first with dots; 3/4/2027 means two different days and is not read.

use super::date::{BEGIN, END, MIDDLE, WHICH_AFTER_NEXT, WHICH_LAST, WHICH_LATER, WHICH_NEXT_WEEK};
use super::duration::{counted, names};
use super::marks::{
    AGO, AHEAD, COUNT, DAY, EDGE, MONTH, NEAR, PERIOD, UNIT, WEEKDAY, WHICH, YEAR, each, mark,
    marked, unit,
};
use super::words::{
    day_digits, ordinal_digits, spoken, spoken_ordinal, two_digits, year_digits, year_spoken,
};
use crate::{Expr, Language, alt, lit, opt, seq, words};

/// Every form.
pub(super) fn expr() -> Expr {
    alt([
        near(),
        span(),
        seq([opt(preposition()), weekday_forms()]),
        seq([opt(preposition()), day_forms()]),
        seq([opt(preposition()), edges()]),
        upcoming(),
        super::date::iso(),
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
fn near() -> Expr {
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
        alt([days(), seq([weeks(), lit(" from "), from()]), week_day]),
    ])
}

fn weeks() -> Expr {
    counted(
        Language::En,
        unit::WEEK,
        &names(Language::En)[unit::WEEK as usize],
        true,
    )
}

/// in three days, two weeks from now, three days ago
fn span() -> Expr {
    let units = || {
        let names = names(Language::En);
        alt((0..4)
            .zip(&names)
            .map(|(index, name)| counted(Language::En, index, name, false)))
    };
    alt([
        seq([words(["in ", "starting in "]), units()]),
        seq([units(), words([" from now", " from today"])]),
        seq([units(), lit(" ago"), mark(AGO, 0)]),
    ])
}

fn weekday() -> Expr {
    alt([
        each(["Monday", "Mon"], WEEKDAY, 1),
        each(["Tuesday", "Tue", "Tues"], WEEKDAY, 2),
        each(["Wednesday", "Wed"], WEEKDAY, 3),
        each(["Thursday", "Thu", "Thurs"], WEEKDAY, 4),
        each(["Friday", "Fri"], WEEKDAY, 5),
        each(["Saturday"], WEEKDAY, 6),
        each(["Sunday"], WEEKDAY, 7),
    ])
}

fn weekday_forms() -> Expr {
    let next_week = || {
        seq([
            words(["next week", "of next week"]),
            mark(WHICH, WHICH_NEXT_WEEK),
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
        seq([lit("next "), weekday(), mark(WHICH, WHICH_NEXT_WEEK)]),
        seq([lit("last "), weekday(), mark(WHICH, WHICH_LAST)]),
        seq([weekday(), lit(" after next"), mark(WHICH, WHICH_AFTER_NEXT)]),
        seq([weekday(), lit(" "), next_week()]),
        seq([
            lit("next week"),
            words([" ", " on "]),
            weekday(),
            mark(WHICH, WHICH_NEXT_WEEK),
        ]),
        seq([weekday(), lit(" in "), weeks()]),
        seq([weeks(), lit(" from "), weekday()]),
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
fn month() -> Expr {
    const NAMES: [&[&str]; 12] = [
        &["January", "Jan.", "Jan"],
        &["February", "Feb.", "Feb"],
        &["March", "Mar.", "Mar"],
        &["April", "Apr.", "Apr"],
        &["May"],
        &["June", "Jun.", "Jun"],
        &["July", "Jul.", "Jul"],
        &["August", "Aug.", "Aug"],
        &["September", "Sept.", "Sept", "Sep.", "Sep"],
        &["October", "Oct.", "Oct"],
        &["November", "Nov.", "Nov"],
        &["December", "Dec.", "Dec"],
    ];
    alt((1..)
        .zip(NAMES)
        .map(|(month, names)| each(names.iter().copied(), MONTH, month)))
}

fn year() -> Expr {
    alt([
        year_digits(),
        year_spoken(Language::En),
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

/// "3rd"; up to 99 so that the 32nd is an error and not unheard of.
fn suffixed() -> Expr {
    alt((0..100).map(|n| seq([lit(ordinal_digits(n)), mark(DAY, n)])))
}

/// A day of a month, of any month, or in numbers; perhaps with its weekday before it.
fn day_forms() -> Expr {
    let the = || opt(lit("the "));
    let ordinal = || spoken_ordinal(Language::En, 1..=31, DAY);
    let year_after = || opt(seq([opt(lit(",")), lit(" "), year()]));
    let day_first = seq([
        the(),
        alt([ordinal(), suffixed(), day_digits()]),
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
            spoken(Language::En, 1..=31, DAY),
            suffixed(),
            day_digits(),
        ]),
        year_after(),
    ]);
    let months = alt([
        alt((0..100).map(|n| marked(n.to_string(), MONTH, n))),
        alt((0..10).map(|n| marked(format!("{n:02}"), MONTH, n))),
    ]);
    let numeric = seq([
        day_digits(),
        lit("."),
        months,
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
            mark(WHICH, WHICH_LATER),
        ]),
    ]);
    let dated = alt([day_first, month_first, numeric, alone]);
    alt([
        dated.clone(),
        seq([weekday(), opt(lit(",")), lit(" "), dated]),
    ])
}

/// End of the month, beginning of March, mid next month.
fn edges() -> Expr {
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
            seq([month(), opt(seq([lit(" "), year()]))]),
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
        mark(EDGE, BEGIN),
    ]);
    let middle = alt([
        seq([the(), lit("middle of "), mark(EDGE, MIDDLE)]),
        seq([lit("mid "), mark(EDGE, MIDDLE)]),
    ]);
    let end = seq([the(), lit("end of "), mark(EDGE, END)]);
    let last_day = seq([the(), words(["last day of ", "last of "]), mark(EDGE, END)]);
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
            END,
            unit::MONTH,
        ),
        word(&["year end", "year's end", "end of year"], END, unit::YEAR),
        word(&["mid month"], MIDDLE, unit::MONTH),
        seq([begin, alt([months(), weeks(), years()])]),
        seq([middle, alt([months(), weeks()])]),
        seq([end, alt([months(), weeks(), years()])]),
        seq([last_day, alt([months(), years()])]),
    ])
}

/// next month: its first day.
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
