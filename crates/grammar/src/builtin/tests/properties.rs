//! What is said or written of a value is read as that value: over whole ranges.

use proptest::prelude::*;

use super::super::iban::{STRUCTURES, remainder};
use super::super::speak;
use super::*;
use crate::ValueError;
use testing::{cached, read, readings, sample, size};

/// Random decisions.
fn decisions(seed: u64) -> impl FnMut(usize) -> usize {
    let mut random = fastrand::Rng::with_seed(seed);
    move |n| random.usize(..n)
}

/// All magnitudes alike: most of 0 … 999 999 999 has nine digits.
fn magnitudes() -> impl Strategy<Value = u64> {
    (1_u32..=9, any::<u64>(), any::<u8>()).prop_map(|(digits, n, rounding)| {
        let n = n % 10_u64.pow(digits);
        // Round numbers are where words differ.
        let round = 10_u64.pow(u32::from(rounding) % 7);
        if rounding & 0x80 == 0 {
            n
        } else {
            n / round * round
        }
    })
}

fn language() -> impl Strategy<Value = Language> {
    prop_oneof![Just(Language::DE), Just(Language::EN)]
}

fn number(n: u64) -> Option<Result<Value, ValueError>> {
    Some(Ok(Value::Number(n.into())))
}

#[test]
fn every_number_to_ten_thousand() {
    for language in Language::ALL {
        for n in 0..=10_000 {
            for text in [speak::speak_number(n, language)]
                .into_iter()
                .chain(speak::written_numbers(n, language))
            {
                assert_eq!(read(Builtin::Number, language, &text), number(n), "{text}");
            }
        }
        for n in 0..=2_500 {
            for text in speak::spoken_numbers(n, language) {
                assert_eq!(read(Builtin::Number, language, &text), number(n), "{text}");
            }
        }
    }
}

#[test]
fn every_ordinal() {
    for language in Language::ALL {
        for n in [-1].into_iter().chain(1..=999) {
            let forms = speak::spoken_ordinals(n, language);
            assert!(!forms.is_empty());
            for text in forms {
                let value = read(Builtin::Ordinal, language, &text);
                assert_eq!(value, Some(Ok(Value::Ordinal(n))), "{text}");
            }
        }
        assert!(speak::spoken_ordinals(0, language).is_empty());
    }
}

#[test]
fn every_price_to_a_hundred() {
    for language in Language::ALL {
        for cents in 0..10_000 {
            let price = Money {
                amount: Decimal::new(cents, 2),
                currency: Currency::EUR,
            };
            let text = &speak::speak_money(&price, language)[0];
            assert_eq!(
                read(Builtin::Money, language, text),
                Some(Ok(Value::Money(price))),
                "{text}"
            );
        }
    }
}

#[test]
fn expressions_stay_small() {
    for builtin in [
        Builtin::Number,
        Builtin::Ordinal,
        Builtin::Money,
        Builtin::Percentage,
        Builtin::Quantity,
        Builtin::Digits,
        Builtin::Iban,
    ] {
        for language in Language::ALL {
            let size = size(&cached(builtin, language));
            println!("{} {language}: {size} characters", builtin.name());
            assert!(
                size < 200_000,
                "{} {language}: {size} characters",
                builtin.name()
            );
        }
    }
}

fn iban() -> impl Strategy<Value = String> {
    (0..STRUCTURES.len(), any::<u64>()).prop_map(|(country, seed)| {
        let mut choose = decisions(seed);
        let (code, structure) = STRUCTURES[country];
        let mut account = String::new();
        for (length, kind) in structure {
            for _ in 0..*length {
                let digit = match kind {
                    'n' => choose(10),
                    'a' => 10 + choose(26),
                    _ => choose(36),
                };
                let digit = char::from_digit(digit as u32, 36).expect("base 36");
                account.push(digit.to_ascii_uppercase());
            }
        }
        let unchecked = account.chars().chain(code.chars()).chain("00".chars());
        let check = 98 - remainder(unchecked).expect("letters and digits");
        format!("{code}{check:02}{account}")
    })
}

/// An IBAN character by character in words.
fn spell_iban(iban: &str, language: Language) -> String {
    let spoken = iban.chars().map(|c| match c.to_digit(10) {
        Some(d) => speak::speak_number(d.into(), language),
        None => c.to_string(),
    });
    spoken.collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn numbers_said_in_any_way(n in magnitudes(), language in language(), seed: u64) {
        let mut choose = decisions(seed);
        let numbers = &language.definition().numbers;
        let text = numbers.spell(n, &mut |_| choose(2) == 1);
        prop_assert_eq!(read(Builtin::Number, language, &text), number(n), "{}", text);
    }

    #[test]
    fn numbers_written(n in magnitudes(), language in language()) {
        for text in speak::written_numbers(n, language) {
            prop_assert_eq!(read(Builtin::Number, language, &text), number(n), "{}", text);
        }
    }

    #[test]
    fn decimals(n in magnitudes(), decimals in "[0-9]{1,6}", language in language()) {
        let (word, sign) = match language.code() {
            "de" => ("Komma", ','),
            _ => ("point", '.'),
        };
        let value = Some(Ok(Value::Number(format!("{n}.{decimals}").parse().expect("a decimal"))));
        let digits = spell_iban(&decimals, language);
        let text = format!("{} {word} {digits}", speak::speak_number(n, language));
        prop_assert_eq!(read(Builtin::Number, language, &text), value.clone(), "{}", text);
        for whole in speak::written_numbers(n, language) {
            let text = format!("{whole}{sign}{decimals}");
            prop_assert_eq!(read(Builtin::Number, language, &text), value.clone(), "{}", text);
        }
    }

    #[test]
    fn percentages(n in magnitudes(), language in language()) {
        let value = Some(Ok(Value::Percentage(n.into())));
        let word = if language == Language::DE { "Prozent" } else { "percent" };
        let text = format!("{} {word}", speak::speak_number(n, language));
        prop_assert_eq!(read(Builtin::Percentage, language, &text), value.clone(), "{}", text);
        let text = format!("{n}%");
        prop_assert_eq!(read(Builtin::Percentage, language, &text), value, "{}", text);
    }

    #[test]
    fn monies(whole in magnitudes(), cents in 0_i64..100, currency in 0_usize..4,
              language in language()) {
        let currency =
            [Currency::EUR, Currency::USD, Currency::GBP, Currency::CHF][currency];
        let amount = Decimal::new(whole as i64 * 100 + cents, 2);
        let money = Money { amount, currency };
        let spoken = speak::speak_money(&money, language);
        let written = speak::written_money(&money, language);
        prop_assert!(!spoken.is_empty() && written.len() > 4);
        for text in spoken.into_iter().chain(written) {
            let value = read(Builtin::Money, language, &text);
            prop_assert_eq!(value, Some(Ok(Value::Money(money))), "{}", text);
        }
    }

    #[test]
    fn digits(digits in "[0-9]{3,20}", every in 1_usize..6, language in language()) {
        let value = Some(Ok(Value::Digits(digits.clone())));
        let spoken = spell_iban(&digits, language);
        prop_assert_eq!(read(Builtin::Digits, language, &spoken), value.clone(), "{}", spoken);
        let chars: Vec<char> = digits.chars().collect();
        let groups: Vec<String> = chars.chunks(every).map(|c| c.iter().collect()).collect();
        for text in [groups.join(" "), groups.join("-"), groups.concat()] {
            prop_assert_eq!(read(Builtin::Digits, language, &text), value.clone(), "{}", text);
        }
    }

    #[test]
    fn ibans(iban in iban(), place in any::<prop::sample::Index>(), by in 1_u32..10,
             language in language()) {
        let value = Some(Ok(Value::Iban(iban.clone())));
        let chars: Vec<char> = iban.chars().collect();
        let in_fours: Vec<String> = chars.chunks(4).map(|c| c.iter().collect()).collect();
        let spoken = spell_iban(&iban, language);
        for text in [iban.clone(), in_fours.join(" "), iban.to_lowercase(), spoken] {
            prop_assert_eq!(read(Builtin::Iban, language, &text), value.clone(), "{}", text);
        }
        // Any other digit in any place is noticed.
        let digits: Vec<usize> =
            (0..chars.len()).filter(|i| chars[*i].is_ascii_digit()).collect();
        let at = digits[place.index(digits.len())];
        let mut wrong = chars.clone();
        let other = (chars[at].to_digit(10).expect("a digit") + by) % 10;
        wrong[at] = char::from_digit(other, 10).expect("a digit");
        let wrong: String = wrong.into_iter().collect();
        for text in [wrong.clone(), spell_iban(&wrong, language)] {
            let value = read(Builtin::Iban, language, &text);
            prop_assert_eq!(value, Some(Err(ValueError::InvalidIban)), "{}", text);
        }
    }

    #[test]
    fn nothing_has_two_meanings(seed: u64, language in language()) {
        for builtin in [
            Builtin::Number, Builtin::Ordinal, Builtin::Money, Builtin::Percentage,
            Builtin::Quantity, Builtin::Digits, Builtin::Iban,
        ] {
            let expr = cached(builtin, language);
            let text = sample(&expr, &mut decisions(seed));
            let values = readings(builtin, language, &expr, &text);
            prop_assert_eq!(values.len(), 1, "{} {:?}: {:?}", builtin.name(), text, values);
        }
    }
}
