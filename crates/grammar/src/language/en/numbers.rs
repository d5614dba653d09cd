//! English number words.

use super::{counting, speaking};
use crate::language::definition::Ordinals;
use crate::language::numbers::{Numbers, Numeral, Place};
use crate::language::step::Step;

const fn word(value: u32, word: &'static str) -> Numeral {
    Numeral::new(value, word)
}

const WORDS: &[Numeral] = &[
    word(0, "zero").or(&[
        ("oh", &[Place::Digit, Place::Leading]),
        ("o", &[Place::Digit, Place::Leading]),
        ("nought", &[Place::Number, Place::Digit, Place::Spelled]),
        ("naught", &[Place::Number]),
    ]),
    word(1, "one").ordinal(&["first"]),
    word(2, "two").ordinal(&["second"]),
    word(3, "three").ordinal(&["third"]),
    word(4, "four"),
    word(5, "five").ordinal(&["fifth"]),
    word(6, "six"),
    word(7, "seven"),
    word(8, "eight").ordinal(&["eighth"]),
    word(9, "nine").ordinal(&["ninth"]),
    word(10, "ten"),
    word(11, "eleven"),
    word(12, "twelve").ordinal(&["twelfth"]),
    word(13, "thirteen"),
    word(14, "fourteen"),
    word(15, "fifteen"),
    word(16, "sixteen"),
    word(17, "seventeen"),
    word(18, "eighteen"),
    word(19, "nineteen"),
    word(20, "twenty"),
    word(30, "thirty"),
    word(40, "forty").or(&[("fourty", &[Place::Number])]),
    word(50, "fifty"),
    word(60, "sixty"),
    word(70, "seventy"),
    word(80, "eighty"),
    word(90, "ninety").or(&[("ninty", &[Place::Number])]),
    word(100, "hundred"),
    word(1_000, "thousand"),
    word(1_000_000, "million"),
];

pub(super) const NUMBERS: Numbers = Numbers {
    point: &["point"],
    minus: &["minus", "negative"],
    repeated: &[("double", 2), ("triple", 3), ("treble", 3)],
    percent: &["percent", "per cent"],
    before_percent: &[
        (counting::A, Step::Add(1)),
        ("half a", Step::Hundredths(50)),
    ],
    integer: counting::integer,
    number: counting::number,
    pair: Some(counting::pair),
    scale: Some(counting::scale),
    dozen: Some((counting::dozens, "dozen")),
    ..Numbers::new(WORDS, 999_999_999, speaking::speak)
};

pub(super) const ORDINALS: Ordinals = Ordinals {
    articles: &["the"],
    stems: counting::ordinal_stems,
    last: "last",
    endings: &[""],
    marks: &["st", "nd", "rd", "th"],
    after: &["one"],
    of: counting::ordinals,
};
