//! The English forms of `@time`.

use crate::language::calendar::{digits, one_or_two_digits, spoken, two_digits};
use crate::language::marks::{COUNT, HOUR, MINUTE, PART, SIDE, each, mark, part, shift};
use crate::language::numbers::{Numbers, Place};
use crate::{Expr, alt, lit, opt, seq, words};

/// Every form.
pub(super) fn expr(n: &Numbers) -> Expr {
    let pm = ["pm", "p.m.", "p.m", "p m"];
    let part = || {
        alt([
            each(
                ["am", "a.m.", "a.m", "a m", "in the morning"],
                PART,
                part::MORNING,
            ),
            each(pm, PART, part::AFTER_NOON),
            each(["in the afternoon"], PART, part::AFTERNOON),
            each(["in the evening"], PART, part::EVENING),
            each(["at night"], PART, part::NIGHT),
        ])
    };
    let spoken_minutes = || {
        alt([
            spoken(n, 10..=59, MINUTE),
            seq([
                alt(n.forms(0, Place::Leading).map(|oh| lit(format!("{oh} ")))),
                spoken(n, 1..10, MINUTE),
            ]),
        ])
    };
    let o_clock = || words([" o'clock", " oclock", " o clock"]);
    let dial = || alt([spoken(n, 1..=12, HOUR), digits(1..=12, HOUR)]);
    let count = alt([
        seq([
            alt([spoken(n, 2..=29, COUNT), digits(2..=29, COUNT)]),
            opt(lit(" minutes")),
        ]),
        seq([
            words(["one minute", "a minute", "1 minute"]),
            mark(COUNT, 1),
        ]),
    ]);
    let past = || words([" past ", " after "]);
    let to = || words([" to ", " of ", " till ", " before "]);
    let relative = || {
        alt([
            seq([words(["half past ", "half "]), shift(30), dial()]),
            seq([words(["a quarter", "quarter"]), past(), shift(15), dial()]),
            seq([words(["a quarter", "quarter"]), to(), shift(-15), dial()]),
            seq([count.clone(), past(), mark(SIDE, 1), dial()]),
            seq([count.clone(), to(), mark(SIDE, 0), dial()]),
        ])
    };
    // What is a time without "at" before it.
    let told = || {
        alt([
            seq([spoken(n, 0..30, HOUR), lit(" "), spoken_minutes()]),
            seq([spoken(n, 0..30, HOUR), o_clock()]),
            seq([one_or_two_digits(HOUR), o_clock()]),
            seq([one_or_two_digits(HOUR), lit(":"), two_digits(MINUTE)]),
            seq([spoken(n, 0..30, HOUR), lit(" hundred"), opt(lit(" hours"))]),
            seq([relative(), opt(o_clock())]),
        ])
    };
    let dotted = || seq([one_or_two_digits(HOUR), lit("."), two_digits(MINUTE)]);
    let bare = || alt([spoken(n, 0..30, HOUR), one_or_two_digits(HOUR)]);
    let at = || {
        words([
            "at ",
            "by ",
            "around ",
            "about ",
            "at around ",
            "before ",
            "after ",
            "until ",
            "from ",
        ])
    };
    let exactly = || words(["at ", "around ", "at around "]);
    let named = alt([
        seq([
            words(["noon", "midday", "twelve noon", "12 noon"]),
            mark(HOUR, 12),
        ]),
        seq([
            words(["midnight", "twelve midnight", "12 midnight"]),
            mark(HOUR, 0),
        ]),
    ]);
    alt([
        seq([opt(at()), told(), opt(seq([lit(" "), part()]))]),
        seq([opt(at()), alt([dotted(), bare()]), lit(" "), part()]),
        // "3pm", "3:30pm"
        seq([
            opt(at()),
            one_or_two_digits(HOUR),
            opt(seq([words([":", "."]), two_digits(MINUTE)])),
            alt([
                each(["am"], PART, part::MORNING),
                each(["pm"], PART, part::AFTER_NOON),
            ]),
        ]),
        seq([exactly(), bare()]),
        seq([opt(at()), named]),
    ])
}
