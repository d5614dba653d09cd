//! `@digits`: strings of 3 to 20 digits, such as a PIN: said one by one ("eins zwo drei vier",
//! "double seven"), in pairs throughout ("zwölf vierunddreißig"), or written ("12 34").
//!
//! Pairs and single digits do not mix: "drei zehn" would be heard as "dreizehn".

use super::forms::{figure, repeat, spoken_digit, spoken_pair};
use super::number::out_of_range;
use super::ops::Op;
use super::{english, german};
use crate::{Expr, Language, Tag, Value, ValueError, alt, opt, seq, space, words};

const SHORTEST: usize = 3;
const LONGEST: usize = 20;

/// Every form of `@digits`.
pub(super) fn expr(language: Language) -> Expr {
    let digit = spoken_digit(language);
    let (doubled, tripled) = match language {
        Language::De => (german::doubled(), german::tripled()),
        Language::En => (english::doubled(), english::tripled()),
    };
    let three_alike = seq([tripled, space(), digit.clone()]);
    let item = alt([digit.clone(), seq([doubled, space(), digit])]);
    // "Double seven one" are two items, but three digits; evaluation counts them.
    let one_by_one = repeat(&item, &space(), 2, LONGEST);
    let in_pairs = repeat(&spoken_pair(language, true), &space(), 2, LONGEST / 2);
    let separator = opt(words([" ", "-", "/"]));
    let written = repeat(&figure(0), &separator, SHORTEST, LONGEST);
    alt([one_by_one, three_alike, in_pairs, written])
}

/// The value of a path of [`expr`].
pub(super) fn evaluate(tags: &[Tag], text: &str) -> Result<Value, ValueError> {
    let digits = characters(tags).ok_or_else(|| out_of_range(text))?;
    if (SHORTEST..=LONGEST).contains(&digits.len()) {
        Ok(Value::Digits(digits))
    } else {
        Err(out_of_range(text))
    }
}

/// The digits and letters that a path spells.
pub(super) fn characters(tags: &[Tag]) -> Option<String> {
    let mut spelled = String::new();
    let mut times = 1;
    for tag in tags {
        match Op::of(*tag)? {
            Op::Digit(d) => {
                let digit = char::from_digit(d.into(), 10)?;
                (0..std::mem::replace(&mut times, 1)).for_each(|_| spelled.push(digit));
            }
            Op::Pair(n) => {
                spelled.push(char::from_digit(u32::from(n) / 10, 10)?);
                spelled.push(char::from_digit(u32::from(n) % 10, 10)?);
            }
            Op::Tens(d) => {
                let units = spelled.pop()?;
                spelled.push(char::from_digit(d.into(), 10)?);
                spelled.push(units);
            }
            Op::Times(n) => times = n,
            Op::Letter(c) => spelled.push(char::from(c)),
            _ => return None,
        }
    }
    Some(spelled)
}
