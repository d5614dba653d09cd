//! The English forms of `@duration`.

use crate::language::calendar::{forms, spoken};
use crate::language::duration::{DurationWords, UnitWords, duration};
use crate::language::en::counting::{A, AND};
use crate::language::marks::{COUNT, HALF, MORE, UNIT, each, mark, marked, unit};
use crate::language::numbers::Numbers;
use crate::{Expr, alt, lit, opt, seq, space};

const ONE: &[&str] = &["a", "one"];

pub(super) const DURATIONS: DurationWords = DurationWords {
    units: [
        UnitWords {
            one: ONE,
            half: &["half a", "a half", "a half a"],
            singular: &["year"],
            plural: &["years"],
            short: &["yr", "yrs"],
        },
        UnitWords {
            one: ONE,
            half: &["half a", "a half"],
            singular: &["month"],
            plural: &["months"],
            short: &[],
        },
        UnitWords {
            one: ONE,
            half: &[],
            singular: &["week"],
            plural: &["weeks"],
            short: &["wk", "wks"],
        },
        UnitWords {
            one: ONE,
            half: &["half a", "a half"],
            singular: &["day"],
            plural: &["days"],
            short: &[],
        },
        UnitWords {
            one: &["an", "one"],
            half: &["half an", "a half"],
            singular: &["hour"],
            plural: &["hours"],
            short: &["h", "hr", "hrs"],
        },
        UnitWords {
            one: ONE,
            half: &["half a", "a half"],
            singular: &["minute"],
            plural: &["minutes"],
            short: &["min", "mins"],
        },
        UnitWords {
            one: ONE,
            half: &[],
            singular: &["second"],
            plural: &["seconds"],
            short: &["s", "sec", "secs"],
        },
    ],
    and: " and ",
    count,
    halves,
    more_halves: Some(more_halves),
    one_hour: &["an hour", "one hour"],
    idioms,
};

/// Every form.
pub(super) fn expr(n: &Numbers) -> Expr {
    duration(n, &DURATIONS)
}

/// A count from 2 to 999 in words.
fn count(n: &Numbers) -> Expr {
    let hundreds = (1..10).flat_map(|hundreds| {
        let mut starts = forms(n, hundreds);
        if hundreds == 1 {
            starts.push(A.to_owned());
        }
        starts
            .into_iter()
            .map(move |start| marked(format!("{start} {}", n.word(100)), COUNT, 100 * hundreds))
    });
    let more = seq([
        opt(lit(format!(" {AND}"))),
        space(),
        spoken(n, 1..=99, MORE),
    ]);
    alt([spoken(n, 2..=99, COUNT), seq([alt(hundreds), opt(more)])])
}

/// "one and a half", "two and a half".
fn halves(n: &Numbers) -> Expr {
    let and_a_half = " and a half";
    let one = marked(format!("{}{and_a_half}", n.word(1)), COUNT, 1);
    let more = seq([spoken(n, 2..=99, COUNT), lit(and_a_half)]);
    seq([alt([one, more]), mark(HALF, 0)])
}

/// "an hour and a half", "two hours and a half".
fn more_halves(n: &Numbers, index: u32, name: &UnitWords) -> Expr {
    let of = |texts: &[&'static str]| each(texts.iter().copied(), UNIT, index);
    let a = name.one.first().copied().unwrap_or(A);
    alt([
        seq([
            lit(a),
            mark(COUNT, 1),
            lit(" "),
            of(name.singular),
            lit(" and a half"),
            mark(HALF, 0),
        ]),
        seq([
            spoken(n, 2..=99, COUNT),
            lit(" "),
            of(name.plural),
            lit(" and a half"),
            mark(HALF, 0),
        ]),
    ])
}

/// Words of their own for some count of a unit.
fn idioms(index: u32) -> Option<Expr> {
    let fixed = |text: &str, count| seq([lit(text), mark(COUNT, count), mark(UNIT, index)]);
    match index {
        unit::MINUTE => {
            let counted = [("1/4", 15), ("¼", 15), ("3/4", 45), ("¾", 45)];
            let figures = counted.map(|(text, minutes)| marked(text, COUNT, minutes));
            Some(alt([
                fixed("a quarter of an hour", 15),
                fixed("quarter of an hour", 15),
                fixed("a quarter hour", 15),
                fixed("three quarters of an hour", 45),
                seq([alt(figures), each([" hour", " of an hour"], UNIT, index)]),
            ]))
        }
        unit::WEEK => Some(alt([fixed("a fortnight", 2), fixed("one fortnight", 2)])),
        _ => None,
    }
}
