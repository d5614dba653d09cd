//! Numbers: tables of what people say and text models write.

use super::*;
use crate::ValueError;
const DE: Language = Language::DE;
const EN: Language = Language::EN;

fn numbers(language: Language, table: &[(&str, &str)]) {
    let table: Vec<_> = table
        .iter()
        .map(|(text, n)| (*text, Value::Number(decimal(n))))
        .collect();
    all_read(Builtin::Number, language, &table);
}

#[test]
fn german_numbers() {
    numbers(
        DE,
        &[
            ("null", "0"),
            ("eins", "1"),
            ("eine", "1"),
            ("einen", "1"),
            ("einem", "1"),
            ("zwo", "2"),
            ("zwölf", "12"),
            ("sechzehn", "16"),
            ("siebzehn", "17"),
            ("fünfundzwanzig", "25"),
            ("fünf und zwanzig", "25"),
            ("zwoundzwanzig", "22"),
            ("dreißig", "30"),
            ("hundert", "100"),
            ("einhundert", "100"),
            ("ein hundert", "100"),
            ("hunderteins", "101"),
            ("hundertundeins", "101"),
            ("hundert und eins", "101"),
            ("tausendzweihundert", "1200"),
            ("zwölfhundert", "1200"),
            ("zwölf hundert", "1200"),
            ("neunzehnhundertfünfundachtzig", "1985"),
            ("zwei tausend drei hundert", "2300"),
            ("zweitausendeinhundert", "2100"),
            ("hunderttausend", "100000"),
            ("eine Million", "1000000"),
            ("zwei Millionen dreihunderttausend", "2300000"),
            ("eine Million und eins", "1000001"),
            ("einundzwanzig Millionen", "21000000"),
            (
                "neunhundertneunundneunzig Millionen neunhundertneunundneunzigtausendneunhundertneunundneunzig",
                "999999999",
            ),
            ("anderthalb", "1.5"),
            ("eineinhalb", "1.5"),
            ("ein einhalb", "1.5"),
            ("zweieinhalb", "2.5"),
            ("zwei ein halb", "2.5"),
            ("zweiundeinhalb", "2.5"),
            ("ein halb", "0.5"),
            ("einhalb", "0.5"),
            ("ein halbes", "0.5"),
            ("dreiviertel", "0.75"),
            ("zwölf Komma fünf", "12.5"),
            ("null Komma null fünf", "0.05"),
            ("zwölf Komma fünfundzwanzig", "12.25"),
            ("zwölf Komma zwei fünf", "12.25"),
            ("drei Komma eins vier eins fünf neun", "3.14159"),
            ("zwölf Punkt fünf", "12.5"),
            ("zwei Komma fünf Millionen", "2500000"),
            ("anderthalb Millionen", "1500000"),
            ("eine halbe Million", "500000"),
            ("zweieinhalbtausend", "2500"),
            ("ein Dutzend", "12"),
            ("zwei Dutzend", "24"),
            ("ein halbes Dutzend", "6"),
            ("anderthalb Dutzend", "18"),
            ("0", "0"),
            ("12", "12"),
            ("1200", "1200"),
            ("1.200", "1200"),
            ("0,5", "0.5"),
            ("1.5", "1.5"),
            ("1,5", "1.5"),
            ("12.50", "12.5"),
            ("1.200,75", "1200.75"),
            ("1,200.75", "1200.75"),
            ("1,200", "1.2"),
            ("0.125", "0.125"),
            ("999.999.999", "999999999"),
            ("5 Millionen", "5000000"),
            ("1,5 Millionen", "1500000"),
            ("5 Mio", "5000000"),
        ],
    );
    none_read(
        Builtin::Number,
        DE,
        &[
            "ein paar",
            "",
            "und",
            "zwanzig fünf",
            "fünf zwanzig",
            "drei zehn",
            "007",
            "1.20.0",
            "hundert hundert",
            "zwei drei",
            "null Millionen",
            "12.3456",
            "1.2345",
        ],
    );
}

#[test]
fn english_numbers() {
    numbers(
        EN,
        &[
            ("zero", "0"),
            ("one", "1"),
            ("twelve", "12"),
            ("twenty five", "25"),
            ("twenty-five", "25"),
            ("a hundred", "100"),
            ("hundred", "100"),
            ("one hundred", "100"),
            ("two hundred five", "205"),
            ("two hundred and five", "205"),
            ("hundred and five", "105"),
            ("twelve hundred", "1200"),
            ("twenty-five hundred", "2500"),
            ("nineteen hundred and eighty-five", "1985"),
            ("a thousand", "1000"),
            ("two thousand and five", "2005"),
            ("a hundred and one thousand", "101000"),
            ("a million", "1000000"),
            ("two million three hundred thousand and twelve", "2300012"),
            ("twelve point five", "12.5"),
            ("point five", "0.5"),
            ("twelve point oh five", "12.05"),
            ("twelve point twenty five", "12.25"),
            ("two point five million", "2500000"),
            ("half", "0.5"),
            ("one and a half", "1.5"),
            ("two and a half", "2.5"),
            ("half a million", "500000"),
            ("a million and a half", "1500000"),
            ("two and a half thousand", "2500"),
            ("three quarters", "0.75"),
            ("a dozen", "12"),
            ("half a dozen", "6"),
            ("two dozen", "24"),
            ("12", "12"),
            ("1,200", "1200"),
            ("1,200.50", "1200.5"),
            ("1.5", "1.5"),
            ("12,50", "12.5"),
            ("1.200,50", "1200.5"),
            ("1.200", "1.2"),
            ("2.5 million", "2500000"),
        ],
    );
    none_read(
        Builtin::Number,
        EN,
        &[
            "a",
            "a few",
            "and",
            "five twenty",
            "ten five",
            "two three",
            "twenty hundred",
            "",
        ],
    );
}

#[test]
fn numbers_out_of_range() {
    for (language, text) in [(DE, "2000 Millionen"), (EN, "999,999,999 thousand")] {
        let value = testing::read(Builtin::Number, language, text);
        assert_eq!(
            value,
            Some(Err(ValueError::OutOfRange(text.into()))),
            "{text}"
        );
    }
}
