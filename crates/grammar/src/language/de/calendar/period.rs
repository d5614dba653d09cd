//! The German forms of `@period`.

use super::date::{day_forms, month, weekday, year_spoken};
use super::duration::DURATIONS;
use crate::language::calendar::{one_or_two_digits, spoken_ordinal, year_digits};
use crate::language::de::numbers::ORDINALS;
use crate::language::duration::counted;
use crate::language::marks::{
    BACK, COUNT, DAY, EDGE, HOLIDAY, NEAR, PERIOD, QUARTER, REACH, SEASON, SINCE, TO, UNIT, WHICH,
    each, edge, holiday, mark, marked, reach, unit, which,
};
use crate::language::numbers::Numbers;
use crate::{Expr, alt, lit, opt, seq, words};

/// Every form.
pub(super) fn expr(n: &Numbers) -> Expr {
    let since = || words(["seit ", "seit dem ", "seit der ", "ab ", "ab dem "]);
    let from = alt([opt(preposition()), seq([since(), mark(SINCE, 0)])]);
    alt([seq([from, stretch(n)]), counted_back(n), range(n)])
}

/// What may stand before a stretch, with its space.
fn preposition() -> Expr {
    words([
        "am ",
        "an dem ",
        "im ",
        "in ",
        "in der ",
        "in dem ",
        "in den ",
        "vom ",
        "von ",
        "von der ",
        "von den ",
        "aus ",
        "aus der ",
        "aus dem ",
        "aus den ",
        "der ",
        "des ",
        "den ",
        "dem ",
        "die ",
        "das ",
        "an ",
        "zu ",
        "über ",
        "über das ",
        "übers ",
        "über den ",
        "über die ",
        "für ",
        "für den ",
        "für die ",
        "für das ",
        "während der ",
        "während des ",
        "ganzen ",
        "den ganzen ",
        "im ganzen ",
        "im Laufe der ",
        "im Laufe des ",
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
        seq([opt(words(["Jahr ", "Jahres "])), year(n)]),
    ])
}

fn near() -> Expr {
    alt([
        marked("vorgestern", NEAR, 0),
        each(
            ["gestern", "gestrigen Tag", "gestrigen Tages", "gestrigen"],
            NEAR,
            1,
        ),
        each(
            ["heute", "heutigen Tag", "heutigen Tages", "heutigen"],
            NEAR,
            2,
        ),
    ])
}

/// letzten, vergangener …, with the space behind it.
fn last_such() -> Expr {
    seq([
        words(["letzt", "vergangen", "vorig"]),
        endings(),
        mark(WHICH, which::LAST),
    ])
}

fn endings() -> Expr {
    words(["e ", "en ", "er ", "em ", "es "])
}

/// A month, quarter or season by its name, perhaps of a year.
fn named_months(n: &Numbers) -> Expr {
    let of_year = || {
        let year = alt([
            year(n),
            seq([opt(words(["des ", "vom ", "im "])), relative_year()]),
        ]);
        opt(seq([lit(" "), year]))
    };
    let season = |texts: &[&'static str], first| each(texts.iter().copied(), SEASON, first);
    let seasons = alt([
        season(&["Frühling", "Frühlings", "Frühjahr", "Frühjahrs"], 3),
        season(&["Sommer", "Sommers"], 6),
        season(&["Herbst", "Herbstes"], 9),
        season(&["Winter", "Winters"], 12),
    ]);
    let holiday = |texts: &[&'static str], number| each(texts.iter().copied(), HOLIDAY, number);
    let holidays = alt([
        holiday(
            &["Weihnachten", "Heiligabend", "Weihnachtsfeiertage"],
            holiday::CHRISTMAS,
        ),
        holiday(
            &["Silvester", "Neujahr", "Jahreswechsel"],
            holiday::NEW_YEAR,
        ),
        holiday(&["Ostern", "Osterwochenende"], holiday::EASTER),
        holiday(&["Pfingsten"], holiday::PENTECOST),
    ]);
    let of_quarter = words([" Quartal", " Quartals", " Vierteljahr"]);
    let letters = alt((1..=4).map(|q| marked(format!("Q{q}"), QUARTER, q)));
    let figures = alt((1..=4).map(|q| marked(format!("{q}."), QUARTER, q)));
    let quarters = alt([
        seq([
            alt([spoken_ordinal(n, &ORDINALS, 1..=4, QUARTER), figures]),
            of_quarter,
        ]),
        letters,
    ]);
    alt([
        seq([
            opt(words(["Monat ", "Monats "])),
            opt(last_such()),
            month(),
            of_year(),
        ]),
        seq([opt(last_such()), seasons, of_year()]),
        seq([opt(last_such()), holidays, of_year()]),
        seq([quarters, of_year()]),
    ])
}

fn year(n: &Numbers) -> Expr {
    alt([year_digits(), year_spoken(n)])
}

/// Something with its adjective: diese, letzte, vorletzte.
fn such(nouns: &[&'static str], period: u32) -> Expr {
    let of = |stems: &[&'static str], back| seq([words(stems.iter().copied()), mark(BACK, back)]);
    let adjective = alt([
        of(&["dies", "laufend", "aktuell", "jetzig"], 0),
        of(&["letzt", "vergangen", "vorig"], 1),
        of(&["vorletzt"], 2),
    ]);
    seq([
        adjective,
        endings(),
        each(nouns.iter().copied(), PERIOD, period),
    ])
}

fn relative_year() -> Expr {
    alt([
        such(&["Jahr", "Jahres", "Jahre"], unit::YEAR),
        seq([
            words(["Vorjahr", "Vorjahres", "Vorjahrs"]),
            mark(PERIOD, unit::YEAR),
            mark(BACK, 1),
        ]),
    ])
}

fn relative_month() -> Expr {
    alt([
        such(&["Monat", "Monats"], unit::MONTH),
        seq([
            words(["Vormonat", "Vormonats"]),
            mark(PERIOD, unit::MONTH),
            mark(BACK, 1),
        ]),
    ])
}

fn relative() -> Expr {
    alt([
        relative_year(),
        relative_month(),
        such(&["Woche"], unit::WEEK),
        seq([words(["Vorwoche"]), mark(PERIOD, unit::WEEK), mark(BACK, 1)]),
        such(
            &["Quartal", "Quartals", "Vierteljahr", "Vierteljahres"],
            unit::QUARTER,
        ),
        such(&["Wochenende", "Wochenendes"], unit::WEEKEND),
        seq([
            words(["Wochenende", "Wochenendes"]),
            mark(PERIOD, unit::WEEKEND),
        ]),
    ])
}

/// Anfang Mai, Ende letzten Jahres, Monatsanfang.
fn edges(n: &Numbers) -> Expr {
    let this = |texts: &[&'static str], period| {
        seq([each(texts.iter().copied(), PERIOD, period), mark(BACK, 0)])
    };
    let months = alt([
        relative_month(),
        seq([words(["des ", "vom "]), relative_month()]),
        this(&["des Monats", "Monat"], unit::MONTH),
        seq([month(), opt(seq([lit(" "), year(n)]))]),
    ]);
    let weeks = alt([
        such(&["Woche"], unit::WEEK),
        seq([lit("der "), such(&["Woche"], unit::WEEK)]),
        this(&["der Woche"], unit::WEEK),
    ]);
    let years = alt([
        relative_year(),
        seq([words(["des ", "vom "]), relative_year()]),
        this(&["des Jahres"], unit::YEAR),
        year(n),
    ]);
    let part = alt([
        seq([
            words(["Anfang ", "Beginn ", "Anfang von "]),
            mark(EDGE, edge::BEGIN),
        ]),
        seq([words(["Mitte ", "Mitte von "]), mark(EDGE, edge::MIDDLE)]),
        seq([words(["Ende ", "Ende von "]), mark(EDGE, edge::END)]),
    ]);
    alt([seq([part, alt([months, weeks, years])]), compounds()])
}

/// Monatsanfang, Jahresbeginn.
fn compounds() -> Expr {
    let of = |texts: &[&'static str], edge, period| {
        seq([
            words(texts.iter().copied()),
            mark(EDGE, edge),
            mark(PERIOD, period),
            mark(BACK, 0),
        ])
    };
    alt([
        seq([
            lit("Monatsersten"),
            mark(DAY, 1),
            mark(PERIOD, unit::MONTH),
            mark(BACK, 0),
        ]),
        of(&["Monatsanfang", "Monatsbeginn"], edge::BEGIN, unit::MONTH),
        of(&["Jahresanfang", "Jahresbeginn"], edge::BEGIN, unit::YEAR),
        of(&["Wochenanfang", "Wochenbeginn"], edge::BEGIN, unit::WEEK),
    ])
}

/// die letzten drei Wochen, vor einem Monat, seit zwei Tagen, das letzte halbe Jahr.
fn counted_back(n: &Numbers) -> Expr {
    let last = || seq([opt(preposition()), last_such(), mark(REACH, reach::LAST)]);
    let how = alt([
        last(),
        seq([words(["vor ", "von vor "]), mark(REACH, reach::AGO)]),
        seq([lit("seit "), mark(REACH, reach::SINCE)]),
    ]);
    let half_year = seq([
        words(["halben Jahr", "halbe Jahr", "halben Jahres", "Halbjahr"]),
        mark(COUNT, 6),
        mark(UNIT, unit::MONTH),
    ]);
    let units = (0..4).map(|index| counted(n, &DURATIONS, index, false));
    alt([seq([how, alt(units)]), seq([last(), half_year])])
}

/// vom ersten bis zum fünfzehnten Mai, zwischen März und Juni, von Montag bis Freitag.
fn range(n: &Numbers) -> Expr {
    let of_year = || opt(seq([lit(" "), year_digits()]));
    let end = || {
        let day = alt([
            spoken_ordinal(n, &ORDINALS, 1..=31, DAY),
            seq([one_or_two_digits(DAY), opt(lit("."))]),
        ]);
        let day = seq([day, opt(seq([lit(" "), month(), of_year()]))]);
        alt([
            day,
            seq([month(), of_year()]),
            weekday(),
            near(),
            year_digits(),
        ])
    };
    let to = |texts: &[&'static str]| seq([words(texts.iter().copied()), mark(TO, 0)]);
    alt([
        seq([
            opt(words(["vom ", "von ", "von dem "])),
            end(),
            to(&[" bis ", " bis zum ", " bis einschließlich "]),
            end(),
        ]),
        seq([
            words(["zwischen ", "zwischen dem "]),
            end(),
            to(&[" und ", " und dem "]),
            end(),
        ]),
    ])
}
