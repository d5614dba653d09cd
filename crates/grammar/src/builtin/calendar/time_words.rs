//! The spoken and written forms of `@time`.

use super::marks::{COUNT, HOUR, MINUTE, PART, SHIFT, SHIFT_ZERO, SIDE, each, mark, marked};
use super::time::part;
use super::words::{cardinal, digits, spoken, two_digits};
use crate::{Expr, Language, alt, lit, opt, seq, words};

/// Every form.
pub(super) fn expr(language: Language) -> Expr {
    match language {
        Language::De => german(),
        Language::En => english(),
    }
}

fn shift(minutes: i64) -> Expr {
    mark(SHIFT, (i64::from(SHIFT_ZERO) + minutes) as u32)
}

/// An hour in one or two digits, existing or not.
fn hour_digits() -> Expr {
    alt([
        digits(0..=99, HOUR),
        alt((0..10).map(|n| marked(format!("{n:02}"), HOUR, n))),
    ])
}

fn german() -> Expr {
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
            spoken(Language::De, [0].into_iter().chain(2..30), HOUR),
        ])
    };
    let minutes = seq([
        opt(lit(" und")),
        lit(" "),
        alt([
            seq([spoken(Language::De, 0..=59, MINUTE), opt(lit(" Minuten"))]),
            marked("eine Minute", MINUTE, 1),
            seq([
                alt([digits(0..=99, MINUTE), two_digits(MINUTE)]),
                opt(lit(" Minuten")),
            ]),
        ]),
    ]);
    let clock = seq([alt([hour(), hour_digits()]), lit(" Uhr"), opt(minutes)]);
    let written = alt([
        seq([
            hour_digits(),
            lit(":"),
            two_digits(MINUTE),
            opt(lit(" Uhr")),
        ]),
        seq([hour_digits(), lit("."), two_digits(MINUTE), lit(" Uhr")]),
    ]);
    let dial = || alt([spoken(Language::De, 1..=12, HOUR), digits(1..=12, HOUR)]);
    let count = || {
        seq([
            alt([spoken(Language::De, 2..=29, COUNT), digits(2..=29, COUNT)]),
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
            alt([spoken(Language::De, 1..30, HOUR), digits(0..=99, HOUR)]),
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

fn english() -> Expr {
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
            spoken(Language::En, 10..=59, MINUTE),
            seq([
                words(["oh ", "o ", "zero "]),
                alt((1..10).map(|n| marked(cardinal(Language::En, n), MINUTE, n))),
            ]),
        ])
    };
    let o_clock = || words([" o'clock", " oclock", " o clock"]);
    let dial = || alt([spoken(Language::En, 1..=12, HOUR), digits(1..=12, HOUR)]);
    let count = alt([
        seq([
            alt([spoken(Language::En, 2..=29, COUNT), digits(2..=29, COUNT)]),
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
            seq([
                spoken(Language::En, 0..30, HOUR),
                lit(" "),
                spoken_minutes(),
            ]),
            seq([spoken(Language::En, 0..30, HOUR), o_clock()]),
            seq([hour_digits(), o_clock()]),
            seq([hour_digits(), lit(":"), two_digits(MINUTE)]),
            seq([
                spoken(Language::En, 0..30, HOUR),
                lit(" hundred"),
                opt(lit(" hours")),
            ]),
            seq([relative(), opt(o_clock())]),
        ])
    };
    let dotted = || seq([hour_digits(), lit("."), two_digits(MINUTE)]);
    let bare = || alt([spoken(Language::En, 0..30, HOUR), hour_digits()]);
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
            hour_digits(),
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
