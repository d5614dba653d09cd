//! `@ordinal`: "der zweite", "the second one", "2.", "2nd"; 1 … 999, and "the last one".

use rust_decimal::prelude::ToPrimitive;

use super::forms::figures;
use super::number::out_of_range;
use super::ops::{Op, Register, word};
use super::{english, german};
use crate::{Expr, Language, Tag, Value, ValueError, alt, opt, seq, words};

/// Every form of `@ordinal`. A bare written number is one too: the full stop of "die 2." is gone
/// before a text is matched.
pub(super) fn expr(language: Language) -> Expr {
    let written = |marks: &[&str]| {
        seq([
            super::forms::figure(1),
            figures(0, 2),
            opt(words(marks.iter().copied())),
        ])
    };
    match language {
        Language::De => seq([
            opt(words(["der ", "die ", "das ", "den ", "dem "])),
            alt([
                seq([
                    alt([german::ordinal_stems(), word("letzt", Op::Last)]),
                    words(["e", "en", "er", "es", "em"]),
                ]),
                written(&[
                    ".", "te", "ten", "ter", "tes", "ste", "sten", "ster", "stes",
                ]),
            ]),
        ]),
        Language::En => seq([
            opt(words(["the "])),
            alt([
                english::ordinals(),
                word("last", Op::Last),
                written(&["st", "nd", "rd", "th"]),
            ]),
            opt(words([" one"])),
        ]),
    }
}

/// The value of a path.
pub(super) fn evaluate(tags: &[Tag], text: &str) -> Result<Value, ValueError> {
    let mut register = Register::default();
    for tag in tags {
        match Op::of(*tag) {
            Some(Op::Last) => return Ok(Value::Ordinal(-1)),
            Some(op) => register.apply(op),
            None => None,
        }
        .ok_or_else(|| out_of_range(text))?;
    }
    register
        .value()
        .and_then(|v| v.to_i32())
        .filter(|n| *n >= 1)
        .map(Value::Ordinal)
        .ok_or_else(|| out_of_range(text))
}
