//! The English forms of `@period`.

use super::date::{day_forms, month, weekday, year_spoken};
use super::duration::DURATIONS;
use super::ordinal_digits;
use crate::language::calendar::{one_or_two_digits, spoken_ordinal, year_digits};
use crate::language::duration::counted;
use crate::language::en::numbers::ORDINALS;
use crate::language::marks::{
    BACK, COUNT, DAY, EDGE, HOLIDAY, NEAR, PERIOD, QUARTER, REACH, SEASON, SINCE, TO, UNIT, WHICH,
    each, edge, holiday, mark, marked, reach, unit, which,
};
use crate::language::numbers::Numbers;
use crate::{Expr, alt, lit, opt, seq, words};

/// Every form.
pub(super) fn expr(n: &Numbers) -> Expr {
    let since = seq([
        words(["since ", "since the ", "ever since "]),
        mark(SINCE, 0),
    ]);
    let from = alt([opt(preposition()), since]);
    alt([seq([from, stretch(n)]), counted_back(n), range(n)])
}

/// What may stand before a stretch, with its space.
fn preposition() -> Expr {
    words([
        "on ",
        "in ",
        "in the ",
        "for ",
        "for the ",
        "from ",
        "from the ",
        "of ",
        "of the ",
        "over ",
        "over the ",
        "during ",
        "during the ",
        "within the ",
        "at the ",
        "at ",
        "around ",
        "all ",
        "all of ",
        "the ",
        "the whole of ",
        "throughout ",
    ])
}

/// What has a first and a last day by its name.
fn stretch(n: &Numbers) -> Expr {
    alt([
        near(),
        seq([opt(last_such()), weekday()]),
        day_forms(n),
        named_months(n),
        relative(),
        edges(n),
        seq([opt(lit("the year ")), year(n)]),
    ])
}

fn near() -> Expr {
    alt([
        each(
            ["the day before yesterday", "day before yesterday"],
            NEAR,
            0,
        ),
        each(["yesterday", "yesterday's"], NEAR, 1),
        each(["today", "today's", "earlier today"], NEAR, 2),
    ])
}

/// With the space behind it.
fn last_such() -> Expr {
    seq([
        words(["last ", "this past ", "past ", "the past "]),
        mark(WHICH, which::LAST),
    ])
}

/// A month, quarter or season by its name, perhaps of a year.
fn named_months(n: &Numbers) -> Expr {
    let of_year = || {
        let year = alt([year(n), relative_year()]);
        opt(seq([words([" ", " of ", " in "]), year]))
    };
    let season = |texts: &[&'static str], first| each(texts.iter().copied(), SEASON, first);
    let seasons = alt([
        season(&["spring"], 3),
        season(&["summer"], 6),
        season(&["autumn", "fall"], 9),
        season(&["winter"], 12),
    ]);
    let holiday = |texts: &[&'static str], number| each(texts.iter().copied(), HOLIDAY, number);
    let holidays = alt([
        holiday(&["Christmas", "the Christmas holidays"], holiday::CHRISTMAS),
        holiday(
            &["New Year", "New Year's", "New Year's Eve"],
            holiday::NEW_YEAR,
        ),
        holiday(&["Easter", "the Easter weekend"], holiday::EASTER),
        holiday(&["Whitsun", "Pentecost"], holiday::PENTECOST),
    ]);
    let letters = alt((1..=4).map(|q| marked(format!("Q{q}"), QUARTER, q)));
    let quarters = alt([
        seq([
            spoken_ordinal(n, &ORDINALS, 1..=4, QUARTER),
            lit(" quarter"),
        ]),
        letters,
    ]);
    alt([
        seq([
            opt(alt([last_such(), lit("the month of ")])),
            month(),
            of_year(),
        ]),
        seq([
            opt(last_such()),
            opt(words(["this ", "the "])),
            seasons,
            of_year(),
        ]),
        seq([opt(alt([last_such(), lit("this ")])), holidays, of_year()]),
        seq([quarters, of_year()]),
    ])
}

fn year(n: &Numbers) -> Expr {
    alt([year_digits(), year_spoken(n)])
}

/// this, last, the one before last; with 's as well.
fn such(nouns: &[&'static str], period: u32) -> Expr {
    let noun = || each(nouns.iter().copied(), PERIOD, period);
    let of = |texts: &[&'static str], back| seq([words(texts.iter().copied()), mark(BACK, back)]);
    let this = of(
        &[
            "this ",
            "the current ",
            "earlier this ",
            "so far this ",
            "current ",
        ],
        0,
    );
    let last = of(&["last ", "the last ", "the previous ", "previous "], 1);
    // The past month and year are counted back from today.
    let is_week = matches!(period, unit::WEEK | unit::WEEKEND);
    let past = is_week.then(|| of(&["the past ", "past "], 1));
    let adjective = alt([this, last].into_iter().chain(past));
    alt([
        seq([adjective, noun(), opt(lit("'s"))]),
        seq([opt(lit("the ")), noun(), lit(" before last"), mark(BACK, 2)]),
    ])
}

fn relative_year() -> Expr {
    such(&["year"], unit::YEAR)
}

fn relative() -> Expr {
    let weekend = words(["the weekend", "weekend"]);
    alt([
        relative_year(),
        such(&["month"], unit::MONTH),
        such(&["week"], unit::WEEK),
        such(&["quarter"], unit::QUARTER),
        such(&["weekend"], unit::WEEKEND),
        seq([weekend, mark(PERIOD, unit::WEEKEND)]),
        seq([lit("year to date"), mark(PERIOD, unit::YEAR), mark(BACK, 0)]),
        seq([
            lit("month to date"),
            mark(PERIOD, unit::MONTH),
            mark(BACK, 0),
        ]),
    ])
}

/// early May, the end of last year, the start of the month.
fn edges(n: &Numbers) -> Expr {
    let this = |text: &'static str, period| seq([lit(text), mark(PERIOD, period), mark(BACK, 0)]);
    let whole = || {
        alt([
            such(&["month"], unit::MONTH),
            such(&["week"], unit::WEEK),
            relative_year(),
            this("the month", unit::MONTH),
            this("the week", unit::WEEK),
            this("the year", unit::YEAR),
            seq([month(), opt(seq([lit(" "), year(n)]))]),
        ])
    };
    let of = |texts: &[&'static str], part| {
        seq([
            opt(lit("the ")),
            words(texts.iter().copied()),
            mark(EDGE, part),
            whole(),
        ])
    };
    let in_month = |texts: &[&'static str], part| {
        let month = seq([month(), opt(seq([lit(" "), year(n)]))]);
        seq([words(texts.iter().copied()), mark(EDGE, part), month])
    };
    alt([
        of(&["beginning of ", "start of "], edge::BEGIN),
        of(&["middle of "], edge::MIDDLE),
        of(&["end of "], edge::END),
        in_month(&["early ", "early in "], edge::BEGIN),
        in_month(&["mid ", "mid-"], edge::MIDDLE),
        in_month(&["late ", "late in "], edge::END),
    ])
}

/// the last three weeks, the past six months, three days ago, since a month ago
fn counted_back(n: &Numbers) -> Expr {
    let last = || {
        seq([
            opt(preposition()),
            words(["last ", "past ", "previous "]),
            mark(REACH, reach::LAST),
        ])
    };
    let units = || alt((0..4).map(|index| counted(n, &DURATIONS, index, false)));
    let of =
        |text: &'static str, count, unit| seq([lit(text), mark(COUNT, count), mark(UNIT, unit)]);
    let idioms = alt([
        of("half year", 6, unit::MONTH),
        of("couple of days", 2, unit::DAY),
        of("couple of weeks", 2, unit::WEEK),
        of("couple of months", 2, unit::MONTH),
    ]);
    let before = alt([
        seq([
            opt(words(["from ", "about ", "of "])),
            mark(REACH, reach::AGO),
        ]),
        seq([lit("since "), mark(REACH, reach::SINCE)]),
    ]);
    let past = seq([
        opt(preposition()),
        lit("past "),
        mark(REACH, reach::LAST),
        alt([
            of("month", 1, unit::MONTH),
            of("quarter", 3, unit::MONTH),
            of("year", 1, unit::YEAR),
        ]),
    ]);
    alt([
        past,
        seq([last(), alt([units(), idioms])]),
        seq([before, units(), lit(" ago")]),
    ])
}

/// from the 1st to the 15th of May, between March and June, Monday to Friday
fn range(n: &Numbers) -> Expr {
    let of_year = || opt(seq([lit(" "), year_digits()]));
    let end = || {
        let day = || {
            let figures = alt((1..=31).map(|n| marked(ordinal_digits(n), DAY, n)));
            let ordinal = spoken_ordinal(n, &ORDINALS, 1..=31, DAY);
            alt([ordinal, figures, one_or_two_digits(DAY)])
        };
        let of_month = opt(seq([words([" of ", " "]), month(), of_year()]));
        alt([
            seq([opt(lit("the ")), day(), of_month]),
            seq([month(), opt(seq([words([" ", " the "]), day()])), of_year()]),
            weekday(),
            near(),
            year_digits(),
        ])
    };
    let to = |texts: &[&'static str]| seq([words(texts.iter().copied()), mark(TO, 0)]);
    alt([
        seq([
            opt(words(["from ", "of "])),
            end(),
            to(&[" to ", " until ", " till ", " through ", " up to "]),
            end(),
        ]),
        seq([lit("between "), end(), to(&[" and "]), end()]),
    ])
}
