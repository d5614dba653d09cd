//! German number words: in one word as Duden writes them ("zweihundertfünfundzwanzig"), and with
//! word boundaries wherever a transcript might put them.

use super::forms::{gap, spoken_decimals};
use super::ops::{Op, word};
use crate::{Expr, Language, alt, lit, opt, seq, space, words};

/// 10 … 19.
pub(super) const TEENS: [&str; 10] = [
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
];

/// 20, 30 … 90.
pub(super) const TENS: [&str; 8] = [
    "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig",
];

/// The same as they are heard: [`TENS`], "fuffzig" and "siebenzig". How people spell the last syllable,
/// "vierzich", is no other word to hear: texts are read so ([`SPELLED`]).
pub(super) const TENS_HEARD: [(&str, u32); 10] = [
    ("zwanzig", 20),
    ("dreißig", 30),
    ("vierzig", 40),
    ("fünfzig", 50),
    ("fuffzig", 50),
    ("sechzig", 60),
    ("siebzig", 70),
    ("siebenzig", 70),
    ("achtzig", 80),
    ("neunzig", 90),
];

/// How number words end where somebody spells what they hear, without umlauts; "g" for "ch" is how Duden
/// has them.
pub(crate) const SPELLED: [&str; 10] = [
    "zwanzich",
    "dreissich",
    "vierzich",
    "fuenfzich",
    "fuffzich",
    "sechzich",
    "siebzich",
    "siebenzich",
    "achtzich",
    "neunzich",
];

/// 2 … 9.
const UNITS: [(&str, u32); 9] = [
    ("zwei", 2),
    ("zwo", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
];

/// How a final one is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum One {
    /// "hunderteins", "hundertein (Euro)".
    Free,
    /// "eins" only.
    Counting,
    /// "ein(tausend)".
    Bound,
    /// "eine (Million)".
    Feminine,
}

impl One {
    fn forms(self) -> &'static [&'static str] {
        match self {
            One::Free => &["eins", "ein"],
            One::Counting => &["eins"],
            One::Bound => &["ein"],
            One::Feminine => &["eine", "ein"],
        }
    }
}

fn units(one: One) -> Expr {
    let ones = one.forms().iter().map(|text| word(text, Op::Add(1)));
    alt(ones.chain(UNITS.iter().map(|(text, n)| word(text, Op::Add(*n)))))
}

fn teens() -> Expr {
    let names = TEENS
        .iter()
        .zip(10..)
        .map(|(name, n)| word(name, Op::Add(n)));
    alt(names.chain([word("fuffzehn", Op::Add(15))]))
}

fn tens() -> Expr {
    alt(TENS_HEARD.iter().map(|(name, n)| word(name, Op::Add(*n))))
}

/// "sechsundreißig", "hundertreißig": the d of "dreißig" is not heard behind another d or t, and so
/// not written either.
fn thirty_behind_d() -> Expr {
    word("reißig", Op::Add(30))
}

/// "1 und 20", without the spaces or with them.
fn units_and_tens() -> Expr {
    seq([
        units(One::Bound),
        gap(),
        lit("und"),
        alt([seq([gap(), tens()]), thirty_behind_d()]),
    ])
}

/// 10 … 99.
pub(super) fn double_figure() -> Expr {
    alt([teens(), tens(), units_and_tens()])
}

/// 1 … 99.
pub(super) fn below_hundred(one: One) -> Expr {
    alt([units(one), double_figure()])
}

/// What follows a hundred, thousand or million.
fn rest(rest: Expr) -> Expr {
    seq([gap(), opt(seq([lit("und"), gap()])), rest])
}

fn hundred() -> Expr {
    seq([
        opt(seq([units(One::Bound), gap()])),
        word("hundert", Op::Hundred),
    ])
}

/// What makes another number of a hundred.
fn beyond_hundred(one: One) -> Expr {
    let thirty = seq([opt(seq([gap(), lit("und")])), thirty_behind_d()]);
    alt([rest(below_hundred(one)), thirty])
}

/// 1 … 999.
pub(super) fn below_thousand(one: One) -> Expr {
    alt([
        below_hundred(one),
        seq([hundred(), opt(beyond_hundred(one))]),
    ])
}

/// 1 … 999 of which the last two figures are not 00, so that another number can follow.
pub(super) fn ending_in_figures(one: One) -> Expr {
    alt([below_hundred(one), seq([hundred(), beyond_hundred(one)])])
}

/// 1 … 999 999.
fn below_million(one: One) -> Expr {
    // zwölfhundert
    let many = seq([
        alt(TEENS
            .iter()
            .zip(10..)
            .skip(1)
            .map(|(name, n)| word(name, Op::Add(n)))),
        gap(),
        word("hundert", Op::Hundred),
        opt(rest(below_hundred(one))),
    ]);
    let thousands = seq([
        opt(seq([below_thousand(One::Bound), gap()])),
        word("tausend", Op::Thousand),
        opt(rest(below_thousand(one))),
    ]);
    alt([below_thousand(one), many, thousands])
}

fn million() -> Expr {
    alt([word("Million", Op::Million), word("Millionen", Op::Million)])
}

/// "ein" as an article or numeral alone, in every case.
pub(super) fn inflected_one() -> Expr {
    alt(["eine", "einen", "einem", "einer", "eines"].map(|text| word(text, Op::Add(1))))
}

/// 0 … 999 999 999 in words.
pub(super) fn integer() -> Expr {
    alt([
        word("null", Op::Add(0)),
        inflected_one(),
        below_million(One::Free),
        seq([
            below_thousand(One::Feminine),
            gap(),
            million(),
            opt(rest(below_million(One::Free))),
        ]),
    ])
}

/// "tausend", "Millionen" after something that is not an integer or is written in figures.
pub(super) fn scale() -> Expr {
    alt([
        word("tausend", Op::Thousand),
        million(),
        word("Mio", Op::Million),
    ])
}

/// Halves and quarters: "anderthalb", "zweieinhalb", "ein halbes".
pub(super) fn halves() -> Expr {
    let half = Op::Hundredths(50);
    let after = |mixed: &[&str], n| alt(mixed.iter().map(|text| word(text, Op::Hundredths(n))));
    let half_past = after(&["einhalb", "ein halb"], 50);
    let mixed = seq([
        below_hundred(One::Bound),
        gap(),
        alt([
            half_past.clone(),
            // Not without "und": "ein dreiviertel Liter" is less than one litre.
            seq([
                lit("und"),
                gap(),
                alt([half_past, after(&["dreiviertel"], 75)]),
            ]),
        ]),
    ]);
    let one_and_a_half = [
        "anderthalb",
        "anderthalbe",
        "anderthalben",
        "eineinhalbe",
        "eineinhalben",
    ]
    .map(|text| seq([lit(text), Op::Add(1).tag(), half.tag()]));
    alt([
        mixed,
        alt(one_and_a_half),
        seq([
            opt(words(["ein ", "eine ", "einen ", "einem ", "einer "])),
            alt(["halb", "halbe", "halben", "halber", "halbes", "halbem"].map(|t| word(t, half))),
        ]),
        word("einhalb", half),
        after(
            &[
                "dreiviertel",
                "drei viertel",
                "ein dreiviertel",
                "einen dreiviertel",
            ],
            75,
        ),
        after(&["viertel", "ein viertel", "einviertel"], 25),
    ])
}

/// Every spoken number without a dozen, with up to `decimals` decimals.
pub(super) fn number(decimals: usize) -> Expr {
    let mut fraction = vec![
        words([" Komma ", " Punkt "]),
        Op::Point.tag(),
        spoken_decimals(Language::De, decimals),
    ];
    fraction.push(opt(seq([space(), scale()])));
    alt([
        seq([integer(), opt(seq(fraction))]),
        seq([halves(), opt(seq([gap(), scale()]))]),
    ])
}

/// What stands before "Dutzend".
pub(super) fn dozens() -> Expr {
    alt([
        below_hundred(One::Bound),
        word("einem", Op::Add(1)),
        halves(),
    ])
}

/// Digits that are said once and count twice.
pub(super) fn doubled() -> Expr {
    alt([
        word("doppel", Op::Times(2)),
        word("zweimal", Op::Times(2)),
        tripled(),
    ])
}

/// Digits that are said once and count three times.
pub(super) fn tripled() -> Expr {
    word("dreimal", Op::Times(3))
}

/// "erst", "zweit" … "neunundneunzigst", "hundertst" … "neunhundertneunundneunzigst", to which an
/// ending is added.
pub(super) fn ordinal_stems() -> Expr {
    let below_twenty = [
        ("erst", 1),
        ("zweit", 2),
        ("zwot", 2),
        ("dritt", 3),
        ("viert", 4),
        ("fünft", 5),
        ("sechst", 6),
        ("siebt", 7),
        ("siebent", 7),
        ("acht", 8),
        ("neunt", 9),
    ];
    let teens = TEENS
        .iter()
        .zip(10..)
        .map(|(name, n)| seq([word(name, Op::Add(n)), lit("t")]));
    let small = below_twenty.iter().map(|(text, n)| word(text, Op::Add(*n)));
    let round = seq([alt([tens(), units_and_tens()]), lit("st")]);
    let below_hundred = alt(small.chain(teens).chain([round]));
    alt([
        below_hundred.clone(),
        seq([hundred(), alt([lit("st"), rest(below_hundred)])]),
    ])
}

/// Number words for a count of times: "zweimal".
pub(super) fn times() -> Expr {
    seq([below_hundred(One::Bound), gap(), lit("mal")])
}

/// 2 … 99.
pub(super) fn plural() -> Expr {
    let units = UNITS.iter().map(|(text, n)| word(text, Op::Add(*n)));
    alt(units.chain([double_figure()]))
}
