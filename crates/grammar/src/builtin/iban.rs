//! `@iban`: an International Bank Account Number (ISO 13616), spelled or written.
//!
//! Written ones may have any length and are judged afterwards, so that a missing digit is reported
//! as such. Spoken ones follow their country's structure: after "D E" come twenty digits, one by one
//! or in pairs ("neunundachtzig"), and nothing else is listened for.

use super::digits;
use crate::language::{Numbers, Place, Step, figure, repeat, word};
use crate::{Expr, Tag, Value, ValueError, alt, lit, opt, seq, space, words};

/// The fields of an account number: how many characters of which kind.
type Structure = &'static [(usize, char)];

/// Countries of the Single Euro Payments Area, and their structures in the notation of the SWIFT
/// IBAN Registry (ISO 13616-1): `n` digits, `a` upper-case letters, `c` either. Neighbouring fields
/// of one kind are joined; country code and check digits (`2!a2!n`) are left out.
pub(super) const STRUCTURES: [(&str, Structure); 44] = [
    ("AD", &[(8, 'n'), (12, 'c')]),
    ("AL", &[(8, 'n'), (16, 'c')]),
    ("AT", &[(16, 'n')]),
    ("BE", &[(12, 'n')]),
    ("BG", &[(4, 'a'), (6, 'n'), (8, 'c')]),
    ("CH", &[(5, 'n'), (12, 'c')]),
    ("CY", &[(8, 'n'), (16, 'c')]),
    ("CZ", &[(20, 'n')]),
    ("DE", &[(18, 'n')]),
    ("DK", &[(14, 'n')]),
    ("EE", &[(16, 'n')]),
    ("ES", &[(20, 'n')]),
    ("FI", &[(14, 'n')]),
    ("FO", &[(14, 'n')]),
    ("FR", &[(10, 'n'), (11, 'c'), (2, 'n')]),
    ("GB", &[(4, 'a'), (14, 'n')]),
    ("GI", &[(4, 'a'), (15, 'c')]),
    ("GL", &[(14, 'n')]),
    ("GR", &[(7, 'n'), (16, 'c')]),
    ("HR", &[(17, 'n')]),
    ("HU", &[(24, 'n')]),
    ("IE", &[(4, 'a'), (14, 'n')]),
    ("IS", &[(22, 'n')]),
    ("IT", &[(1, 'a'), (10, 'n'), (12, 'c')]),
    ("LI", &[(5, 'n'), (12, 'c')]),
    ("LT", &[(16, 'n')]),
    ("LU", &[(3, 'n'), (13, 'c')]),
    ("LV", &[(4, 'a'), (13, 'c')]),
    ("MC", &[(10, 'n'), (11, 'c'), (2, 'n')]),
    ("MD", &[(20, 'c')]),
    ("ME", &[(18, 'n')]),
    ("MK", &[(3, 'n'), (10, 'c'), (2, 'n')]),
    ("MT", &[(4, 'a'), (5, 'n'), (18, 'c')]),
    ("NL", &[(4, 'a'), (10, 'n')]),
    ("NO", &[(11, 'n')]),
    ("PL", &[(24, 'n')]),
    ("PT", &[(21, 'n')]),
    ("RO", &[(4, 'a'), (16, 'c')]),
    ("RS", &[(18, 'n')]),
    ("SE", &[(20, 'n')]),
    ("SI", &[(15, 'n')]),
    ("SK", &[(20, 'n')]),
    ("SM", &[(1, 'a'), (10, 'n'), (12, 'c')]),
    ("VA", &[(18, 'n')]),
];

/// Every form of `@iban`.
pub(super) fn expr(numbers: &Numbers, spelling: &[&'static str; 26]) -> Expr {
    alt([written(), spoken(numbers, spelling)])
}

fn letter(c: u8) -> Expr {
    word(&char::from(c).to_string(), Step::Letter(c))
}

/// "DE89 3704 0044 0532 0130 00", with spaces or hyphens anywhere.
fn written() -> Expr {
    let separator = opt(words([" ", "-"]));
    let character = alt([figure(0), alt((b'A'..=b'Z').map(letter))]);
    let country = alt(STRUCTURES.iter().map(|(code, _)| {
        let mut letters = code.bytes().map(letter);
        let first = letters.next().unwrap_or_else(crate::empty);
        seq([first, separator.clone()].into_iter().chain(letters))
    }));
    seq([
        country,
        separator.clone(),
        repeat(&figure(0), &separator, 2, 2),
        separator.clone(),
        repeat(&character, &separator, 11, 30),
    ])
}

/// Letter by letter and digit by digit, or in pairs of digits.
fn spoken(numbers: &Numbers, spelling: &[&'static str; 26]) -> Expr {
    let spelled = |c: u8| {
        let name = spelling
            .get(usize::from(c.wrapping_sub(b'A')))
            .copied()
            .unwrap_or_default();
        alt([letter(c), word(name, Step::Letter(c))])
    };
    // Spelling words for the country only: with them in every place of every country's account
    // number the automaton doubles, for letters that few countries have.
    let any_letter = alt((b'A'..=b'Z').map(letter));
    let digit = numbers.digit();
    // "O" is a letter here, and the digit is said otherwise.
    let spelled_digit = numbers.said(0..=9, Place::Spelled, |d| Step::Digit(d as u8));
    let either = alt([any_letter.clone(), spelled_digit]);
    let pair = numbers.pair.map(|pair| pair(numbers, false));
    let two = alt([seq([digit.clone(), space(), digit.clone()])]
        .into_iter()
        .chain(pair)
        .chain(digits::repeated(numbers, 2)));
    let field = |(length, kind): &(usize, char)| match kind {
        'n' => {
            let mut parts = vec![repeat(&two, &space(), length / 2, length / 2)];
            if length % 2 == 1 {
                if *length > 1 {
                    parts.push(space());
                }
                parts.push(digit.clone());
            }
            seq(parts)
        }
        'a' => repeat(&any_letter, &space(), *length, *length),
        _ => repeat(&either, &space(), *length, *length),
    };
    // Countries of the same structure share its expression.
    let mut groups: Vec<(Structure, Vec<&str>)> = Vec::new();
    for (code, structure) in STRUCTURES {
        match groups.iter_mut().find(|(known, _)| *known == structure) {
            Some((_, codes)) => codes.push(code),
            None => groups.push((structure, vec![code])),
        }
    }
    alt(groups.into_iter().map(|(structure, codes)| {
        let country = codes.into_iter().map(|code| {
            let letters: Vec<Expr> = code.bytes().map(spelled).collect();
            let together = code.bytes().map(|c| Step::Letter(c).tag());
            alt([
                seq(letters.into_iter().flat_map(|l| [l, space()])),
                seq([lit(code), seq(together), space()]),
            ])
        });
        let mut parts = vec![alt(country), two.clone()];
        for part in structure {
            parts.push(space());
            parts.push(field(part));
        }
        seq(parts)
    }))
}

/// The value of a path of [`expr`].
pub(super) fn evaluate(tags: &[Tag]) -> Result<Value, ValueError> {
    let iban = digits::characters(tags).ok_or(ValueError::InvalidIban)?;
    if is_valid(&iban) {
        Ok(Value::Iban(iban))
    } else {
        Err(ValueError::InvalidIban)
    }
}

/// Whether an IBAN in upper case and without spaces has the structure of a country that this library
/// knows (ISO 13616-1) and the right check digits.
///
/// ```
/// use zahlwort_grammar::builtin::is_iban;
/// assert!(is_iban("DE89370400440532013000"));
/// assert!(!is_iban("DE8937040044053201300"));
/// ```
pub fn is_valid(iban: &str) -> bool {
    let (Some(country), Some(check), Some(account)) =
        (iban.get(..2), iban.get(2..4), iban.get(4..))
    else {
        return false;
    };
    let Some((_, structure)) = STRUCTURES.iter().find(|(code, _)| *code == country) else {
        return false;
    };
    let kinds = structure
        .iter()
        .flat_map(|(length, kind)| std::iter::repeat_n(*kind, *length));
    let length: usize = structure.iter().map(|(length, _)| length).sum();
    account.len() == length
        && account.chars().zip(kinds).all(|(c, kind)| match kind {
            'n' => c.is_ascii_digit(),
            'a' => c.is_ascii_uppercase(),
            _ => c.is_ascii_digit() || c.is_ascii_uppercase(),
        })
        // ISO 13616-1: check digits are 98 minus a remainder by 97, so 00, 01 and 99 do not occur.
        && !matches!(check, "00" | "01" | "99")
        && remainder(account.chars().chain(iban.chars().take(4))) == Some(1)
}

/// The remainder by 97 of a text in which letters count as 10 … 35 (ISO 7064, mod 97-10).
pub(super) fn remainder(text: impl Iterator<Item = char>) -> Option<u32> {
    text.map(|c| c.to_digit(36)).try_fold(0, |sum, digit| {
        let digit = digit?;
        Some(if digit < 10 {
            (sum * 10 + digit) % 97
        } else {
            (sum * 100 + digit) % 97
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registry_examples_are_valid() {
        // The examples of the SWIFT IBAN Registry.
        for iban in [
            "DE89370400440532013000",
            "AT611904300234573201",
            "CH9300762011623852957",
            "GB29NWBK60161331926819",
            "FR1420041010050500013M02606",
            "NL91ABNA0417164300",
            "IT60X0542811101000000123456",
            "BE68539007547034",
            "ES9121000418450200051332",
            "MT84MALT011000012345MTLCAST001S",
            "LU280019400644750000",
            "NO9386011117947",
            "PL61109010140000071219812874",
            "SE4550000000058398257466",
            "VA59001123000012345678",
            "MD24AG000225100013104168",
            "IE29AIBK93115212345678",
            "GR1601101250000000012300695",
            "PT50000201231234567890154",
            "BG80BNBG96611020345678",
            "RO49AAAA1B31007593840000",
        ] {
            assert!(is_valid(iban), "{iban}");
        }
    }

    #[test]
    fn lengths_and_structures_count() {
        assert!(!is_valid("DE8937040044053201300"));
        assert!(!is_valid("DE893704004405320130000"));
        assert!(!is_valid("XX89370400440532013000"));
        assert!(!is_valid("DE"));
        assert!(!is_valid(""));
    }
}
