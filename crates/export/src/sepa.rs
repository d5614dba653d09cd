//! What SEPA credit transfers carry, whatever they are written in.

use std::fmt;

use iso_currency::Currency;
use jiff::civil::Date;
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use zahlwort_commands::{Iban, Instrument, Money, Order, Party};
use zahlwort_grammar::builtin::is_iban;

use crate::{Account, ExportError, Format, Instruction, Payee};

/// The longest name of a party (EPC SEPA Credit Transfer rulebook, AT-P001 and AT-E001).
pub(super) const MAX_NAME: usize = 70;
/// The longest unstructured remittance information (the same, AT-T009).
pub(super) const MAX_REFERENCE: usize = 140;

const LEAST: &str = "0.01";
const MOST: &str = "999999999.99";

/// The members of the European Economic Area, inside of which an IBAN suffices.
const EEA: [&str; 30] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS",
    "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// IBAN countries that the grammar knows and SEPA leaves out (EPC409-09: the Danish autonomous territories).
const NOT_SEPA: [&str; 2] = ["FO", "GL"];

/// A payment that a credit transfer can be.
pub(super) struct Transfer<'a> {
    pub payee: &'a Party,
    pub amount: Money,
    pub reference: Option<&'a str>,
    pub date: Option<Date>,
    pub payment_method: Option<&'a Instrument>,
}

impl<'a> Transfer<'a> {
    /// The payment in a command that pays somebody an amount once.
    pub fn of(instruction: &Instruction<'a>, format: Format) -> Result<Self, ExportError> {
        let command = instruction.name();
        let (payee, amount, reference, date, payment_method) = match instruction.command() {
            Order::SendMoney {
                recipient,
                amount,
                reference,
                execution_date,
                payment_method,
            } => (
                recipient,
                Some(*amount),
                reference.as_deref(),
                *execution_date,
                payment_method,
            ),
            Order::PayBill {
                biller,
                amount,
                due_date,
                payment_method,
            } => (biller, *amount, None, *due_date, payment_method),
            Order::PayMerchant {
                merchant,
                amount,
                payment_method,
            } => (merchant, *amount, None, None, payment_method),
            _ => return Err(ExportError::NoForm { command, format }),
        };
        // A bill's or shop's own amount is not in the command; it was read back and counted, though.
        let known = instruction.authorisation().and_then(|by| by.amount);
        let amount = amount
            .or(known)
            .ok_or(ExportError::NoAmount { command, format })?;
        Ok(Self {
            payee,
            amount,
            reference,
            date,
            payment_method: payment_method.as_ref(),
        })
    }
}

/// The payee's account: the host's, or the one that was said.
pub(super) fn account(party: &Party, given: Option<&Payee>) -> Result<Account, ExportError> {
    match (given, &party.iban) {
        (Some(given), Some(said)) if given.account.iban != *said => {
            Err(ExportError::OtherAccount {
                said: said.clone(),
                given: given.account.iban.clone(),
            })
        }
        (Some(given), _) => Ok(given.account.clone()),
        // Where only an IBAN was said, it stands for the name too.
        (None, Some(said)) if Iban::new(&party.name).is_ok() => {
            Err(ExportError::NoName(said.clone()))
        }
        (None, Some(said)) => Ok(Account::new(&party.name, said.clone())),
        (None, None) => Err(ExportError::NoAccount {
            payee: party.name.clone(),
        }),
    }
}

/// Refuses what no transfer reaches.
pub(super) fn check_account(account: &Account) -> Result<(), ExportError> {
    let iban = account.iban.as_str();
    let country = iban.get(..2).unwrap_or_default();
    if !is_iban(iban) || NOT_SEPA.contains(&country) {
        return Err(ExportError::NotSepa(account.iban.clone()));
    }
    if account.bic.is_none() && !EEA.contains(&country) {
        return Err(ExportError::NoBic(account.iban.clone()));
    }
    Ok(())
}

/// An amount in euros with two places, as every SEPA format writes it.
pub(super) fn euros(amount: Money, format: Format) -> Result<String, ExportError> {
    if amount.currency() != Currency::EUR {
        return Err(ExportError::Currency {
            currency: amount.currency().code(),
            format,
            accepted: "EUR",
        });
    }
    let written = format!("{:.2}", amount.amount());
    // Money has no more places than its currency, and this does not rely on it.
    if written.parse() != Ok(amount.amount()) {
        return Err(ExportError::AmountPlaces {
            amount: amount.amount().to_string(),
            format,
        });
    }
    let most = Decimal::new(99_999_999_999, 2);
    if amount.amount() < Decimal::new(1, 2) || amount.amount() > most {
        return Err(ExportError::AmountRange {
            amount: written,
            format,
            least: LEAST,
            most: MOST,
        });
    }
    Ok(written)
}

/// Text of nothing but the SEPA character set, none of which is markup in XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Latin(String);

impl fmt::Display for Latin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text in the SEPA character set: a–z, A–Z, 0–9, `/-?:().,'+` and space (EPC132-08, section 1.4).
///
/// German umlauts and ß become two letters, as banks in Germany write them (Die Deutsche Kreditwirtschaft,
/// "Schnittstellenspezifikation für die Datenfernübertragung", annex 3, section 2.1, alternative column);
/// other Latin letters lose their accents (EPC217-08), typographic quotes and dashes become plain, `&` becomes
/// `+`, and runs of spaces become one. Whatever else there is, is an error: a name in another script or an
/// emoji has no spelling that a payee would recognise.
pub(super) fn latin(
    field: &'static str,
    text: &str,
    most: usize,
    format: Format,
) -> Result<Latin, ExportError> {
    let mut written = String::with_capacity(text.len());
    for character in text.nfc() {
        if is_sepa(character) {
            written.push(character);
        } else if character.is_whitespace() && !character.is_control() {
            written.push(' ');
        } else if let Some(spelled) = spelled(character) {
            written.push_str(spelled);
        } else {
            written.push(without_accent(character).ok_or(ExportError::Character {
                field,
                character,
                format,
            })?);
        }
    }
    let words: Vec<&str> = written.split(' ').filter(|word| !word.is_empty()).collect();
    let written = words.join(" ");
    check_length(field, &written, most, format)?;
    Ok(Latin(written))
}

/// Refuses empty and overlong text.
pub(super) fn check_length(
    field: &'static str,
    text: &str,
    most: usize,
    format: Format,
) -> Result<(), ExportError> {
    let length = text.chars().count();
    if length == 0 {
        return Err(ExportError::Empty { field });
    }
    if length > most {
        return Err(ExportError::TooLong {
            field,
            length,
            most,
            format,
        });
    }
    Ok(())
}

fn is_sepa(character: char) -> bool {
    character.is_ascii_alphanumeric() || "/-?:().,'+ ".contains(character)
}

fn spelled(character: char) -> Option<&'static str> {
    Some(match character {
        'ä' => "ae",
        'ö' => "oe",
        'ü' => "ue",
        'Ä' => "Ae",
        'Ö' => "Oe",
        'Ü' => "Ue",
        'ß' => "ss",
        'ẞ' => "SS",
        'æ' => "ae",
        'Æ' => "Ae",
        'œ' => "oe",
        'Œ' => "Oe",
        'ø' => "o",
        'Ø' => "O",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ł' => "l",
        'Ł' => "L",
        'þ' => "th",
        'Þ' => "Th",
        'ı' => "i",
        '‘' | '’' | '‚' | '“' | '”' | '„' | '«' | '»' | '"' | '´' | '`' => "'",
        '‐' | '‑' | '‒' | '–' | '—' | '_' => "-",
        '&' => "+",
        _ => return None,
    })
}

/// The letter that carries the accents, if it is one of ours.
fn without_accent(character: char) -> Option<char> {
    let mut parts = std::iter::once(character).nfd();
    let letter = parts.next().filter(char::is_ascii_alphabetic)?;
    parts.all(is_combining_mark).then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(text: &str) -> Result<String, ExportError> {
        latin("name", text, MAX_NAME, Format::Pain001).map(|latin| latin.0)
    }

    #[test]
    fn latin_letters_are_spelled_and_others_refused() {
        for (text, expected) in [
            ("Jürgen Größe", "Juergen Groesse"),
            ("Ju\u{308}rgen", "Juergen"),
            ("Ärzte & Söhne", "Aerzte + Soehne"),
            ("Łukasz Dvořák", "Lukasz Dvorak"),
            ("Ağaoğlu İpek Ñandú", "Agaoglu Ipek Nandu"),
            ("  O’Neill\u{a0}–  Kai ", "O'Neill - Kai"),
        ] {
            assert_eq!(written(text).as_deref(), Ok(expected));
        }
        for (text, character) in [
            ("Иван", 'И'),
            ("a<b", '<'),
            ("Anna\nBCD", '\n'),
            ("Anna\u{202e}", '\u{202e}'),
            ("5 €", '€'),
            ("\u{301}", '\u{301}'),
            ("🍕", '🍕'),
        ] {
            let error = written(text).unwrap_err();
            assert!(
                matches!(error, ExportError::Character { character: c, .. } if c == character),
                "{error:?}"
            );
        }
        assert!(matches!(written(" "), Err(ExportError::Empty { .. })));
        // Long enough only once it is spelled.
        let error = written(&"ä".repeat(36)).unwrap_err();
        assert!(matches!(error, ExportError::TooLong { length: 72, .. }));
    }

    proptest! {
        #[test]
        fn what_comes_out_is_in_the_character_set(text in ".{0,40}") {
            if let Ok(written) = written(&text) {
                prop_assert!(written.chars().all(is_sepa), "{written}");
                prop_assert!(!written.contains("  ") && written.trim() == written);
                prop_assert_eq!(super::tests::written(&written), Ok(written.clone()));
            }
        }
    }
}
