//! How German number words combine: in one word as Duden writes them ("zweihundertfünfundzwanzig"),
//! and with word boundaries wherever a transcript might put them.

use crate::language::figures::gap;
use crate::language::numbers::{Numbers, Place, with_decimals};
use crate::language::step::{Step, word};
use crate::{Expr, alt, lit, opt, seq, words};

/// "ein", which binds to what follows.
pub(super) const BOUND: &str = "ein";
/// The same before what is feminine.
pub(super) const FEMININE: &str = "eine";
/// The other cases of it.
pub(super) const INFLECTED: [&str; 4] = ["einen", "einem", "einer", "eines"];
/// Between units and tens, and behind hundreds.
pub(super) const AND: &str = "und";

/// 20, 30 … 90.
const TENS: [u32; 8] = [20, 30, 40, 50, 60, 70, 80, 90];

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
    fn forms(self, n: &Numbers) -> Vec<&'static str> {
        match self {
            One::Free => vec![n.word(1), BOUND],
            One::Counting => vec![n.word(1)],
            One::Bound => vec![BOUND],
            One::Feminine => vec![FEMININE, BOUND],
        }
    }
}

fn units(n: &Numbers, one: One) -> Expr {
    let ones = one.forms(n).into_iter();
    let ones = ones.map(|text| word(text, Step::Add(1)));
    alt(ones.chain([n.said(2..=9, Place::Number, Step::Add)]))
}

fn teens(n: &Numbers) -> Expr {
    n.said(10..=19, Place::Number, Step::Add)
}

fn tens(n: &Numbers) -> Expr {
    n.said(TENS, Place::Number, Step::Add)
}

/// "sechsundreißig", "hundertreißig": the d of "dreißig" is not heard behind another d or t, and so
/// not written either.
fn thirty_behind_d(n: &Numbers) -> Expr {
    word(n.word(30).trim_start_matches('d'), Step::Add(30))
}

/// "1 und 20", without the spaces or with them.
fn units_and_tens(n: &Numbers) -> Expr {
    seq([
        units(n, One::Bound),
        gap(),
        lit(AND),
        alt([seq([gap(), tens(n)]), thirty_behind_d(n)]),
    ])
}

/// 10 … 99.
pub(super) fn double_figure(n: &Numbers) -> Expr {
    alt([teens(n), tens(n), units_and_tens(n)])
}

/// 1 … 99.
pub(super) fn below_hundred(n: &Numbers, one: One) -> Expr {
    alt([units(n, one), double_figure(n)])
}

/// What follows a hundred, thousand or million.
fn rest(rest: Expr) -> Expr {
    seq([gap(), opt(seq([lit(AND), gap()])), rest])
}

fn hundred(n: &Numbers) -> Expr {
    seq([
        opt(seq([units(n, One::Bound), gap()])),
        word(n.word(100), Step::Hundred),
    ])
}

/// What makes another number of a hundred.
fn beyond_hundred(n: &Numbers, one: One) -> Expr {
    let thirty = seq([opt(seq([gap(), lit(AND)])), thirty_behind_d(n)]);
    alt([rest(below_hundred(n, one)), thirty])
}

/// 1 … 999.
fn below_thousand(n: &Numbers, one: One) -> Expr {
    alt([
        below_hundred(n, one),
        seq([hundred(n), opt(beyond_hundred(n, one))]),
    ])
}

/// 1 … 999 of which the last two figures are not 00, so that another number can follow.
pub(super) fn ending_in_figures(n: &Numbers, one: One) -> Expr {
    alt([
        below_hundred(n, one),
        seq([hundred(n), beyond_hundred(n, one)]),
    ])
}

/// 1 … 999 999.
fn below_million(n: &Numbers, one: One) -> Expr {
    // zwölfhundert
    let many = seq([
        n.usual(11..=19, Step::Add),
        gap(),
        word(n.word(100), Step::Hundred),
        opt(rest(below_hundred(n, one))),
    ]);
    let thousands = seq([
        opt(seq([below_thousand(n, One::Bound), gap()])),
        word(n.word(1_000), Step::Thousand),
        opt(rest(below_thousand(n, one))),
    ]);
    alt([below_thousand(n, one), many, thousands])
}

fn million(n: &Numbers) -> Expr {
    n.said([1_000_000], Place::Number, |_| Step::Million)
}

/// "ein" as an article or numeral alone, in every case.
fn inflected_one() -> Expr {
    let forms = [FEMININE].into_iter().chain(INFLECTED);
    alt(forms.map(|text| word(text, Step::Add(1))))
}

/// 0 … 999 999 999 in words.
pub(super) fn integer(n: &Numbers) -> Expr {
    alt([
        n.usual([0], Step::Add),
        inflected_one(),
        below_million(n, One::Free),
        seq([
            below_thousand(n, One::Feminine),
            gap(),
            million(n),
            opt(rest(below_million(n, One::Free))),
        ]),
    ])
}

/// "tausend", "Millionen" after something that is not an integer or is written in figures.
pub(super) fn scale(n: &Numbers) -> Expr {
    alt([
        word(n.word(1_000), Step::Thousand),
        million(n),
        word("Mio", Step::Million),
    ])
}

/// Halves and quarters: "anderthalb", "zweieinhalb", "ein halbes".
fn halves(n: &Numbers) -> Expr {
    let half = Step::Hundredths(50);
    let after = |mixed: &[&str], n| alt(mixed.iter().map(|text| word(text, Step::Hundredths(n))));
    let half_past = after(&["einhalb", "ein halb"], 50);
    let mixed = seq([
        below_hundred(n, One::Bound),
        gap(),
        alt([
            half_past.clone(),
            // Not without "und": "ein dreiviertel Liter" is less than one litre.
            seq([
                lit(AND),
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
    .map(|text| seq([lit(text), Step::Add(1).tag(), half.tag()]));
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
pub(super) fn number(n: &Numbers, decimals: usize) -> Expr {
    alt([
        with_decimals(n, decimals),
        seq([halves(n), opt(seq([gap(), scale(n)]))]),
    ])
}

/// What stands before "Dutzend".
pub(super) fn dozens(n: &Numbers) -> Expr {
    alt([
        below_hundred(n, One::Bound),
        word("einem", Step::Add(1)),
        halves(n),
    ])
}

/// "erst", "zweit" … "neunundneunzigst", "hundertst" … "neunhundertneunundneunzigst", to which an
/// ending is added.
pub(super) fn ordinal_stems(n: &Numbers) -> Expr {
    let units = (1..=9_u32).flat_map(|value| {
        let stems = n
            .forms(value, Place::Number)
            .flat_map(move |form| ordinals(n, value.into(), form));
        stems.map(move |stem| word(&stem, Step::Add(value)))
    });
    let teens = seq([n.usual(10..=19, Step::Add), lit("t")]);
    let round = seq([alt([tens(n), units_and_tens(n)]), lit("st")]);
    let below_hundred = alt(units.chain([teens, round]));
    alt([
        below_hundred.clone(),
        seq([hundred(n), alt([lit("st"), rest(below_hundred)])]),
    ])
}

/// Number words for a count of times: "zweimal".
pub(super) fn times(n: &Numbers) -> Expr {
    seq([below_hundred(n, One::Bound), gap(), lit("mal")])
}

/// 2 … 99.
pub(super) fn plural(n: &Numbers) -> Expr {
    alt([n.said(2..=9, Place::Number, Step::Add), double_figure(n)])
}

/// Two digits said as one number.
pub(super) fn pair(n: &Numbers, _round: bool) -> Expr {
    let units = n.said(2..=9, Place::Digit, |d| Step::Digit(d as u8));
    alt([
        n.usual(10..=19, |n| Step::Pair(n as u8)),
        n.usual(TENS, |n| Step::Pair(n as u8)),
        seq([
            alt([word(BOUND, Step::Digit(1)), units]),
            gap(),
            lit(AND),
            gap(),
            n.usual(TENS, |n| Step::Tens((n / 10) as u8)),
        ]),
    ])
}

/// The ordinals, without an ending, of a number and one of the ways in which it is said: its last word
/// changes.
pub(super) fn ordinals(n: &Numbers, value: u64, said: &str) -> Vec<String> {
    let last = (value % 100) as u32;
    let irregular = n.ordinals(last);
    match last {
        1..=9 if !irregular.is_empty() => {
            // "ein" and its cases are no cardinals here.
            let head = said.strip_suffix(n.word(last));
            let changed = head.map(|head| irregular.iter().map(move |o| format!("{head}{o}")));
            changed.into_iter().flatten().collect()
        }
        1..=19 => vec![format!("{said}t")],
        _ => vec![format!("{said}st")],
    }
}
