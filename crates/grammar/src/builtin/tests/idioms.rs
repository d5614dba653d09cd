//! The smaller types: tables of what people say and text models write.

use super::*;
use crate::{Quantity, Unit, ValueError};
const DE: Language = Language::DE;
const EN: Language = Language::EN;

#[test]
fn ordinals() {
    let ordinals = |language, table: &[(&'static str, i32)]| {
        let table: Vec<_> = table
            .iter()
            .map(|(t, n)| (*t, Value::Ordinal(*n)))
            .collect();
        all_read(Builtin::Ordinal, language, &table);
    };
    ordinals(
        DE,
        &[
            ("erste", 1),
            ("ersten", 1),
            ("der zweite", 2),
            ("das dritte", 3),
            ("siebte", 7),
            ("die siebente", 7),
            ("achten", 8),
            ("zwölfter", 12),
            ("zwanzigste", 20),
            ("einundzwanzigsten", 21),
            ("neunundneunzigste", 99),
            ("hundertste", 100),
            ("hundertunderste", 101),
            ("letzte", -1),
            ("das letzte", -1),
            ("1.", 1),
            ("die 2.", 2),
            ("die 2", 2),
            ("12te", 12),
        ],
    );
    ordinals(
        EN,
        &[
            ("first", 1),
            ("the first", 1),
            ("the second one", 2),
            ("third", 3),
            ("twelfth", 12),
            ("twenty-first", 21),
            ("twenty first", 21),
            ("ninety ninth", 99),
            ("hundredth", 100),
            ("one hundred and first", 101),
            ("the last one", -1),
            ("last", -1),
            ("2nd", 2),
            ("the 3rd", 3),
            ("21st", 21),
            ("11th", 11),
        ],
    );
    none_read(Builtin::Ordinal, DE, &["eins", "0.", "der", "zwanzig"]);
    none_read(Builtin::Ordinal, EN, &["one", "0th", "the", "twenty"]);
}

#[test]
fn percentages() {
    let percentages = |language, table: &[(&'static str, &str)]| {
        let table: Vec<_> = table
            .iter()
            .map(|(t, n)| (*t, Value::Percentage(decimal(n))))
            .collect();
        all_read(Builtin::Percentage, language, &table);
    };
    percentages(
        DE,
        &[
            ("zwölf Prozent", "12"),
            ("ein Prozent", "1"),
            ("zwölf Komma fünf Prozent", "12.5"),
            ("50 %", "50"),
            ("50%", "50"),
            ("12,5 Prozent", "12.5"),
            ("ein halbes Prozent", "0.5"),
        ],
    );
    percentages(
        EN,
        &[
            ("twelve percent", "12"),
            ("twelve per cent", "12"),
            ("50%", "50"),
            ("12.5 %", "12.5"),
            ("half a percent", "0.5"),
            ("a hundred percent", "100"),
        ],
    );
    none_read(Builtin::Percentage, DE, &["zwölf", "Prozent"]);
}

fn quantities(language: Language, table: &[(&str, &str, Unit)]) {
    let table: Vec<_> = table
        .iter()
        .map(|(t, n, unit)| {
            (
                *t,
                Value::Quantity(Quantity {
                    amount: decimal(n),
                    unit: *unit,
                }),
            )
        })
        .collect();
    all_read(Builtin::Quantity, language, &table);
}

#[test]
fn german_quantities() {
    use Unit::*;
    quantities(
        DE,
        &[
            ("zwei", "2", Piece),
            ("eine", "1", Piece),
            ("einen", "1", Piece),
            ("drei Stück", "3", Piece),
            ("zwei Kilo", "2", Kilogram),
            ("ein halbes Kilo", "0.5", Kilogram),
            ("anderthalb Kilo", "1.5", Kilogram),
            ("ein Pfund", "1", Pound),
            ("500 g", "500", Gram),
            ("500g", "500", Gram),
            ("2 kg", "2", Kilogram),
            ("2kg", "2", Kilogram),
            ("1,5 Liter", "1.5", Litre),
            ("eineinhalb Liter", "1.5", Litre),
            ("einen halben Liter", "0.5", Litre),
            ("ein dreiviertel Liter", "0.75", Litre),
            ("zwei Komma fünf Liter", "2.5", Litre),
            ("eine Packung", "1", Pack),
            ("drei Päckchen", "3", Pack),
            ("einen Kasten", "1", Crate),
            ("zwei Kästen", "2", Crate),
            ("eine Kiste", "1", Crate),
            ("eine Flasche", "1", Bottle),
            ("sechs Flaschen", "6", Bottle),
            ("vier Dosen", "4", Can),
            ("eine Tüte", "1", Bag),
            ("zwei Becher", "2", Cup),
            ("ein Glas", "1", Glass),
            ("zwei Gläser", "2", Glass),
            ("eine Schachtel", "1", Box),
            ("ein Bund", "1", Bunch),
            ("ein Dutzend", "1", Dozen),
            ("zwei Dutzend", "2", Dozen),
            ("ein halbes Dutzend", "0.5", Dozen),
            ("ein Dutzend Flaschen", "12", Bottle),
            ("zweimal", "2", Piece),
            ("einmal", "1", Piece),
            ("2x", "2", Piece),
            ("2 mal", "2", Piece),
            ("zwei Paar", "2", Pair),
            ("1 Paar", "1", Pair),
            ("zwei Tafeln", "2", Bar),
        ],
    );
    none_read(
        Builtin::Quantity,
        DE,
        &["ein paar", "Liter", "zwei Liter Liter", ""],
    );
}

#[test]
fn english_quantities() {
    use Unit::*;
    quantities(
        EN,
        &[
            ("two", "2", Piece),
            ("a", "1", Piece),
            ("a bottle", "1", Bottle),
            ("two kilos", "2", Kilogram),
            ("half a litre", "0.5", Litre),
            ("half a liter", "0.5", Litre),
            ("half an ounce", "0.5", Ounce),
            ("half a dozen", "0.5", Dozen),
            ("half a dozen bottles", "6", Bottle),
            ("a dozen", "1", Dozen),
            ("a dozen bottles", "12", Bottle),
            ("two dozen", "2", Dozen),
            ("a quarter pound", "0.25", Pound),
            ("a litre and a half", "1.5", Litre),
            ("one and a half litres", "1.5", Litre),
            ("a pint", "1", Pint),
            ("an ounce", "1", Ounce),
            ("500 g", "500", Gram),
            ("2kg", "2", Kilogram),
            ("three packs", "3", Pack),
            ("a pair", "1", Pair),
            ("two boxes", "2", Box),
            ("two loaves", "2", Loaf),
            ("2x", "2", Piece),
        ],
    );
    none_read(Builtin::Quantity, EN, &["bottle", "a few", ""]);
}

#[test]
fn digit_strings() {
    let digits = |language, table: &[(&'static str, &str)]| {
        let table: Vec<_> = table
            .iter()
            .map(|(t, d)| (*t, Value::Digits((*d).into())))
            .collect();
        all_read(Builtin::Digits, language, &table);
    };
    digits(
        DE,
        &[
            ("eins zwo drei vier", "1234"),
            ("null null sieben", "007"),
            ("doppel sieben eins", "771"),
            ("zwölf vierunddreißig", "1234"),
            ("zwanzig fünf und zwanzig", "2025"),
            ("1234", "1234"),
            ("12 34", "1234"),
            ("1 2 3 4", "1234"),
            ("12-34", "1234"),
            ("0049", "0049"),
        ],
    );
    digits(
        EN,
        &[
            ("one two three four", "1234"),
            ("double seven oh one", "7701"),
            ("triple five", "555"),
            ("twelve thirty-four", "1234"),
            ("twenty five thirty", "2530"),
            ("oh oh seven", "007"),
            ("1234", "1234"),
            ("one one eight", "118"),
        ],
    );
    none_read(
        Builtin::Digits,
        DE,
        &["eins", "drei zehn", "12", "hundert", "eins zwölf"],
    );
    let long = ["doppel sieben"; 20].join(" ");
    let value = testing::read(Builtin::Digits, DE, &long);
    assert!(
        matches!(value, Some(Err(ValueError::OutOfRange(_)))),
        "{value:?}"
    );
}

#[test]
fn ibans() {
    let german = Value::Iban("DE89370400440532013000".into());
    for text in [
        "DE89 3704 0044 0532 0130 00",
        "DE89370400440532013000",
        "de 89 37 04 00 44 05 32 01 30 00",
        "D E 8 9 3 7 0 4 0 0 4 4 0 5 3 2 0 1 3 0 0 0",
        "D E neunundachtzig drei sieben null vier null null vier vier null fünf drei zwo null eins drei null null null",
        "DE acht neun siebenunddreißig null vier doppel null doppel vier null fünf zweiunddreißig null eins drei null doppel null",
        "Dora Emil neun und achtzig drei sieben null vier null null vier vier null fünf drei zwei null eins drei null null null",
    ] {
        all_read(Builtin::Iban, DE, &[(text, german.clone())]);
    }
    for text in [
        "D E eighty-nine three seven oh four oh oh four four oh five three two oh one three oh oh oh",
        "D E eight nine three seven zero four double zero double four zero five three two zero one three zero double zero",
    ] {
        all_read(Builtin::Iban, EN, &[(text, german.clone())]);
    }
    all_read(
        Builtin::Iban,
        EN,
        &[(
            "G B two nine N W B K six zero one six one three three one nine two six eight one nine",
            Value::Iban("GB29NWBK60161331926819".into()),
        )],
    );
    for text in [
        "DE88 3704 0044 0532 0130 00",
        "DE89 3704 0044 0532 0130 0",
        "FR89 3704 0044 0532 0130 00",
    ] {
        let value = testing::read(Builtin::Iban, DE, text);
        assert_eq!(value, Some(Err(ValueError::InvalidIban)), "{text}");
    }
    none_read(
        Builtin::Iban,
        DE,
        &["DE", "XX89 3704 0044 0532 0130 00", "D E neun", "hallo"],
    );
}
