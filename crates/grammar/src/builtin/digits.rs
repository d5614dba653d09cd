//! `@digits`: strings of 3 to 20 digits, such as a PIN: said one by one ("eins zwo drei vier",
//! "double seven"), in pairs throughout ("zwölf vierunddreißig"), or written ("12 34").
//!
//! Pairs and single digits do not mix: "drei zehn" would be heard as "dreizehn".

use super::number::out_of_range;
use crate::language::{Numbers, Step, figure, repeat, word};
use crate::{Expr, Tag, Value, ValueError, alt, opt, seq, space, words};

const SHORTEST: usize = 3;
const LONGEST: usize = 20;

/// Every form of `@digits`.
pub(super) fn expr(numbers: &Numbers) -> Expr {
    let digit = numbers.digit();
    let item = alt([digit.clone()].into_iter().chain(repeated(numbers, 2)));
    // "Double seven one" are two items, but three digits; evaluation counts them.
    let one_by_one = repeat(&item, &space(), 2, LONGEST);
    let in_pairs = numbers
        .pair
        .map(|pair| repeat(&pair(numbers, true), &space(), 2, LONGEST / 2));
    let separator = opt(words([" ", "-", "/"]));
    let written = repeat(&figure(0), &separator, SHORTEST, LONGEST);
    let forms = [one_by_one, written].into_iter();
    alt(forms.chain(repeated(numbers, 3)).chain(in_pairs))
}

/// A digit said once that counts at least so many times; `None` in a language without such words.
pub(super) fn repeated(numbers: &Numbers, times: u8) -> Option<Expr> {
    let known = numbers.repeated.iter().filter(|(_, n)| *n >= times);
    let known: Vec<Expr> = known.map(|(text, n)| word(text, Step::Times(*n))).collect();
    (!known.is_empty()).then(|| seq([alt(known), space(), numbers.digit()]))
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
        match Step::of(*tag)? {
            Step::Digit(d) => {
                let digit = char::from_digit(d.into(), 10)?;
                (0..std::mem::replace(&mut times, 1)).for_each(|_| spelled.push(digit));
            }
            Step::Pair(n) => {
                spelled.push(char::from_digit(u32::from(n) / 10, 10)?);
                spelled.push(char::from_digit(u32::from(n) % 10, 10)?);
            }
            Step::Tens(d) => {
                let units = spelled.pop()?;
                spelled.push(char::from_digit(d.into(), 10)?);
                spelled.push(units);
            }
            Step::Times(n) => times = n,
            Step::Letter(c) => spelled.push(char::from(c)),
            _ => return None,
        }
    }
    Some(spelled)
}
