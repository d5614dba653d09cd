//! The German forms of `@duration`.

use crate::language::calendar::{forms, spoken};
use crate::language::de::counting::{AND, BOUND};
use crate::language::duration::{DurationWords, UnitWords, duration};
use crate::language::marks::{COUNT, HALF, MORE, UNIT, each, mark, marked, unit};
use crate::language::numbers::Numbers;
use crate::{Expr, alt, lit, opt, seq, space, words};

const MASCULINE_HALF: &[&str] = &["ein halber", "einen halben", "einem halben", "eines halben"];
const FEMININE_HALF: &[&str] = &["eine halbe", "einer halben", "halbe"];

pub(super) const DURATIONS: DurationWords = DurationWords {
    units: [
        UnitWords {
            one: &["ein", "einem", "eines"],
            half: &["ein halbes", "einem halben", "halbes"],
            singular: &["Jahr", "Jahre", "Jahres"],
            plural: &["Jahre", "Jahren"],
            short: &[],
        },
        UnitWords {
            one: &["ein", "einen", "einem", "eines"],
            half: MASCULINE_HALF,
            singular: &["Monat", "Monats"],
            plural: &["Monate", "Monaten"],
            short: &[],
        },
        UnitWords {
            one: &["eine", "einer"],
            half: &[],
            singular: &["Woche"],
            plural: &["Wochen"],
            short: &[],
        },
        UnitWords {
            one: &["ein", "einen", "einem", "eines"],
            half: MASCULINE_HALF,
            singular: &["Tag", "Tages"],
            plural: &["Tage", "Tagen"],
            short: &[],
        },
        UnitWords {
            one: &["eine", "einer"],
            half: FEMININE_HALF,
            singular: &["Stunde"],
            plural: &["Stunden"],
            short: &["h", "Std.", "Std"],
        },
        UnitWords {
            one: &["eine", "einer"],
            half: FEMININE_HALF,
            singular: &["Minute"],
            plural: &["Minuten"],
            short: &["min", "Min."],
        },
        UnitWords {
            one: &["eine", "einer"],
            half: &[],
            singular: &["Sekunde"],
            plural: &["Sekunden"],
            short: &["s", "sec", "Sek.", "Sek"],
        },
    ],
    and: " und ",
    count,
    halves,
    more_halves: None,
    one_hour: &["eine Stunde"],
    idioms,
};

/// Every form.
pub(super) fn expr(n: &Numbers) -> Expr {
    duration(n, &DURATIONS)
}

/// A count from 2 to 999 in words.
fn count(n: &Numbers) -> Expr {
    let hundreds = (1..10).flat_map(|hundreds| {
        let starts = match hundreds {
            1 => vec![String::new(), BOUND.to_owned()],
            _ => forms(n, hundreds),
        };
        starts
            .into_iter()
            .map(move |start| marked(format!("{start}{}", n.word(100)), COUNT, 100 * hundreds))
    });
    let more = seq([opt(lit(AND)), opt(space()), spoken(n, 1..=99, MORE)]);
    alt([spoken(n, 2..=99, COUNT), seq([alt(hundreds), opt(more)])])
}

/// "anderthalb", "zweieinhalb".
fn halves(n: &Numbers) -> Expr {
    let half = || mark(HALF, 0);
    alt([
        seq([words(["anderthalb", "eineinhalb"]), mark(COUNT, 1), half()]),
        seq([spoken(n, 2..=99, COUNT), lit("einhalb"), half()]),
    ])
}

/// Words of their own for some count of a unit.
fn idioms(index: u32) -> Option<Expr> {
    let fixed = |text: &str, count| seq([lit(text), mark(COUNT, count), mark(UNIT, index)]);
    let neuter = |text, count| seq([words(["ein ", "einem "]), fixed(text, count)]);
    let feminine = |texts: [&str; 2], count| {
        seq([
            opt(words(["eine ", "einer "])),
            alt(texts.map(|text| fixed(text, count))),
        ])
    };
    match index {
        unit::MONTH => Some(alt([
            neuter("Vierteljahr", 3),
            neuter("Quartal", 3),
            neuter("Halbjahr", 6),
            neuter("Dreivierteljahr", 9),
            neuter("dreiviertel Jahr", 9),
        ])),
        unit::MINUTE => {
            let counted = [("1/4", 15), ("¼", 15), ("3/4", 45), ("¾", 45)];
            let figures = counted.map(|(text, minutes)| marked(text, COUNT, minutes));
            Some(alt([
                feminine(["Viertelstunde", "viertel Stunde"], 15),
                feminine(["Dreiviertelstunde", "dreiviertel Stunde"], 45),
                seq([alt(figures), each([" Stunde"], UNIT, index)]),
            ]))
        }
        _ => None,
    }
}
