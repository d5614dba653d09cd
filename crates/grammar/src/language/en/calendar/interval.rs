//! The English forms of `@interval`.

use super::{WEEKDAYS, ordinal_digits};
use crate::language::calendar::{digits, spoken, spoken_ordinal, steps};
use crate::language::en::numbers::ORDINALS;
use crate::language::marks::{COUNT, DAY, MONTH_END, STEP, WEEKDAY, each, mark, marked, unit};
use crate::language::numbers::Numbers;
use crate::{Expr, alt, lit, opt, seq, words};

/// Every form.
pub(super) fn expr(n: &Numbers) -> Expr {
    let number = || alt([spoken(n, 2..=99, COUNT), digits(1..=99, COUNT)]);
    let nth = || {
        alt([
            marked("other", COUNT, 2),
            spoken_ordinal(n, &ORDINALS, 2..=31, COUNT),
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
                    words(["every couple of ", "once every couple of "]),
                    mark(COUNT, 2),
                    lit(name),
                    lit("s"),
                ]),
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
    let weekday = || weekdays("");
    let plural = || weekdays("s");
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
    let day = || alt([spoken_ordinal(n, &ORDINALS, 1..=31, DAY), suffixed()]);
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
        spoken_ordinal(n, &ORDINALS, [1].into_iter().chain(3..=31), DAY),
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

/// The weekdays with an ending.
fn weekdays(ending: &str) -> Expr {
    alt((1..).zip(WEEKDAYS).flat_map(|(day, names)| {
        std::iter::once(names.0).map(move |name| marked(format!("{name}{ending}"), WEEKDAY, day))
    }))
}
