//! German number words.

use super::{counting, speaking};
use crate::language::definition::Ordinals;
use crate::language::figures::Signs;
use crate::language::numbers::{Numbers, Numeral, Place};

const fn word(value: u32, word: &'static str) -> Numeral {
    Numeral::new(value, word)
}

/// How the last syllable is spelled by ear, "vierzich", is no other word: see [`Numbers::heard_endings`].
const WORDS: &[Numeral] = &[
    word(0, "null"),
    word(1, "eins").ordinal(&["erst"]),
    word(2, "zwei").or(&[("zwo", Place::ALL)]),
    word(3, "drei").ordinal(&["dritt"]),
    word(4, "vier"),
    word(5, "fünf"),
    word(6, "sechs"),
    word(7, "sieben").ordinal(&["siebt", "siebent"]),
    word(8, "acht").ordinal(&["acht"]),
    word(9, "neun"),
    word(10, "zehn"),
    word(11, "elf"),
    word(12, "zwölf"),
    word(13, "dreizehn"),
    word(14, "vierzehn"),
    word(15, "fünfzehn").or(&[("fuffzehn", &[Place::Number])]),
    word(16, "sechzehn"),
    word(17, "siebzehn"),
    word(18, "achtzehn"),
    word(19, "neunzehn"),
    word(20, "zwanzig"),
    word(30, "dreißig"),
    word(40, "vierzig"),
    word(50, "fünfzig").or(&[("fuffzig", &[Place::Number])]),
    word(60, "sechzig"),
    word(70, "siebzig").or(&[("siebenzig", &[Place::Number])]),
    word(80, "achtzig"),
    word(90, "neunzig"),
    word(100, "hundert"),
    word(1_000, "tausend"),
    word(1_000_000, "Million").or(&[("Millionen", &[Place::Number])]),
];

pub(super) const NUMBERS: Numbers = Numbers {
    signs: Signs {
        decimal: ",",
        group: ".",
    },
    point: &["Komma", "Punkt"],
    minus: &["minus"],
    ones: &[
        counting::BOUND,
        counting::FEMININE,
        counting::INFLECTED[0],
        counting::INFLECTED[1],
        counting::INFLECTED[2],
    ],
    repeated: &[("doppel", 2), ("zweimal", 2), ("dreimal", 3)],
    // "einundreißig": two d are heard as one.
    contracted: &[("undd", "und")],
    // "vierzich"; "g" is how Duden has it.
    heard_endings: &[("ch", "g")],
    percent: &["Prozent"],
    integer: counting::integer,
    number: counting::number,
    pair: Some(counting::pair),
    scale: Some(counting::scale),
    dozen: Some((counting::dozens, "Dutzend")),
    ..Numbers::new(WORDS, 999_999_999, speaking::speak)
};

pub(super) const ORDINALS: Ordinals = Ordinals {
    articles: &["der", "die", "das", "den", "dem"],
    stems: counting::ordinal_stems,
    last: "letzt",
    endings: &["e", "en", "er", "es", "em"],
    marks: &[
        ".", "te", "ten", "ter", "tes", "ste", "sten", "ster", "stes",
    ],
    after: &[],
    of: counting::ordinals,
};
