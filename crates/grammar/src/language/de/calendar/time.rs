//! The German forms of `@time`.

use crate::language::calendar::{digits, one_or_two_digits, spoken, two_digits};
use crate::language::marks::{COUNT, HOUR, MINUTE, PART, SIDE, each, mark, marked, part, shift};
use crate::language::numbers::Numbers;
use crate::{Expr, alt, lit, opt, seq, words};

/// Every form.
pub(super) fn expr(n: &Numbers) -> Expr {
    let part = || {
        alt([
            each(
                [
                    "morgens",
                    "früh",
                    "in der Früh",
                    "am Morgen",
                    "vormittags",
                    "am Vormittag",
                ],
                PART,
                part::MORNING,
            ),
            each(["mittags", "am Mittag"], PART, part::NOON),
            each(["nachmittags", "am Nachmittag"], PART, part::AFTERNOON),
            each(["abends", "am Abend"], PART, part::EVENING),
            each(["nachts", "in der Nacht"], PART, part::NIGHT),
        ])
    };
    // "ein Uhr", but "um eins".
    let hour = || {
        alt([
            marked("ein", HOUR, 1),
            spoken(n, [0].into_iter().chain(2..30), HOUR),
        ])
    };
    let minutes = seq([
        opt(lit(" und")),
        lit(" "),
        alt([
            seq([spoken(n, 0..=59, MINUTE), opt(lit(" Minuten"))]),
            marked("eine Minute", MINUTE, 1),
            seq([one_or_two_digits(MINUTE), opt(lit(" Minuten"))]),
        ]),
    ]);
    let clock = seq([
        alt([hour(), one_or_two_digits(HOUR)]),
        lit(" Uhr"),
        opt(minutes),
    ]);
    let written = alt([
        seq([
            one_or_two_digits(HOUR),
            lit(":"),
            two_digits(MINUTE),
            opt(lit(" Uhr")),
        ]),
        seq([
            one_or_two_digits(HOUR),
            lit("."),
            two_digits(MINUTE),
            lit(" Uhr"),
        ]),
    ]);
    let dial = || alt([spoken(n, 1..=12, HOUR), digits(1..=12, HOUR)]);
    let count = || {
        seq([
            alt([spoken(n, 2..=29, COUNT), digits(2..=29, COUNT)]),
            opt(lit(" Minuten")),
        ])
    };
    let count = || {
        alt([
            count(),
            seq([words(["eine Minute", "1 Minute"]), mark(COUNT, 1)]),
        ])
    };
    let side = || alt([marked(" vor", SIDE, 0), marked(" nach", SIDE, 1)]);
    // How much of the named hour has passed; a quarter, and three quarters, are the south's and east's.
    let part_of_hour = || {
        alt([
            seq([lit("halb "), shift(-30)]),
            seq([lit("viertel "), shift(-45)]),
            seq([words(["dreiviertel ", "drei Viertel ", "3/4 "]), shift(-15)]),
        ])
    };
    let relative = alt([
        seq([lit("Viertel nach "), shift(15), dial()]),
        seq([lit("Viertel vor "), shift(-15), dial()]),
        seq([part_of_hour(), dial()]),
        // "fünf vor dreiviertel neun"
        seq([count(), side(), lit(" "), part_of_hour(), dial()]),
        seq([count(), side(), lit(" "), dial()]),
    ]);
    let relative = || seq([relative.clone(), opt(lit(" Uhr"))]);
    let named = alt([
        seq([words(["Mittag", "mittags", "zu Mittag"]), mark(HOUR, 12)]),
        seq([words(["Mitternacht", "um Mitternacht"]), mark(HOUR, 0)]),
    ]);
    let at = || {
        words([
            "um ",
            "gegen ",
            "ab ",
            "bis ",
            "bis um ",
            "vor ",
            "nach ",
            "Punkt ",
            "um Punkt ",
        ])
    };
    let told = || alt([clock.clone(), written.clone(), relative()]);
    let bare = || {
        seq([
            words(["um ", "gegen ", "um Punkt "]),
            alt([spoken(n, 1..30, HOUR), digits(0..=99, HOUR)]),
        ])
    };
    let any = || alt([seq([opt(at()), told()]), bare()]);
    alt([
        seq([any(), opt(seq([lit(" "), part()]))]),
        seq([part(), lit(" "), any()]),
        // "drei nachmittags"
        seq([dial(), lit(" "), part()]),
        seq([opt(words(["am ", "gegen ", "bis ", "ab "])), named]),
    ])
}
