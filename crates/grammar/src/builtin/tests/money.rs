//! Money: tables of what people say and text models write.

use super::*;
use crate::{ValueContext, ValueError};
const DE: Language = Language::DE;
const EN: Language = Language::EN;

fn monies(language: Language, table: &[(&str, &str, Currency)]) {
    let table: Vec<_> = table
        .iter()
        .map(|(text, n, c)| (*text, super::amount(n, *c)))
        .collect();
    all_read(Builtin::Money, language, &table);
}

#[test]
fn german_money() {
    use Currency::{CHF, EUR, GBP, USD};
    monies(
        DE,
        &[
            ("zwölf Euro fünfzig", "12.50", EUR),
            ("zwölf Euro und fünfzig Cent", "12.50", EUR),
            ("zwölf Euro fünfzig Cent", "12.50", EUR),
            ("zwölf fünfzig", "12.50", EUR),
            ("eins fünfzig", "1.50", EUR),
            ("zwo Euro", "2.00", EUR),
            ("zwei Euro zwanzig", "2.20", EUR),
            ("zwölf null fünf", "12.05", EUR),
            ("zwölf Euro fünf", "12.05", EUR),
            ("zwölf Euro null fünf", "12.05", EUR),
            ("null Euro", "0", EUR),
            ("ein Euro", "1", EUR),
            ("einen Euro", "1", EUR),
            ("einen Euro zehn", "1.10", EUR),
            ("fünfzig Cent", "0.50", EUR),
            ("einen Cent", "0.01", EUR),
            ("hundert Cent", "1.00", EUR),
            ("50 Cent", "0.50", EUR),
            ("50 ct", "0.50", EUR),
            ("fünfhundert Euro", "500", EUR),
            ("tausend Euro", "1000", EUR),
            ("hundertfünfzig Euro", "150", EUR),
            ("hundert fünfzig Euro", "150", EUR),
            ("hundertzwanzig fünfzig", "120.50", EUR),
            ("zwanzig fünfzehn", "20.15", EUR),
            ("neunzehn neunundneunzig", "19.99", EUR),
            ("null neunundneunzig", "0.99", EUR),
            ("zwölf Komma fünf Euro", "12.50", EUR),
            ("zwölf Komma fünf null Euro", "12.50", EUR),
            ("anderthalb Euro", "1.50", EUR),
            ("zweieinhalb tausend Euro", "2500", EUR),
            ("anderthalbtausend Euro", "1500", EUR),
            ("ein Fuffziger", "50", EUR),
            ("einen Fuffi", "50", EUR),
            ("ein Zwanziger", "20", EUR),
            ("ein Hunderter", "100", EUR),
            ("einen Zehner", "10", EUR),
            ("ein Fünfer", "5", EUR),
            ("zwanzig Tacken", "20", EUR),
            ("zwölf Dollar", "12", USD),
            ("zwölf Dollar fünfzig", "12.50", USD),
            ("zwölf Pfund fünfzig", "12.50", GBP),
            ("zwanzig Schweizer Franken", "20", CHF),
            ("zwanzig Franken fünfzig", "20.50", CHF),
            ("fünfzig Rappen", "0.50", CHF),
            ("zehn US-Dollar", "10", USD),
            ("zehn US Dollar", "10", USD),
            ("12,50 €", "12.50", EUR),
            ("12,50€", "12.50", EUR),
            ("€12.50", "12.50", EUR),
            ("€ 12,50", "12.50", EUR),
            ("EUR 50", "50", EUR),
            ("50 EUR", "50", EUR),
            ("$12.50", "12.50", USD),
            ("1.200 €", "1200", EUR),
            ("1.200,50 Euro", "1200.50", EUR),
            ("1,200.50 Euro", "1200.50", EUR),
            ("12 Euro 50", "12.50", EUR),
            ("8,90 €", "8.90", EUR),
            ("8.90 €", "8.90", EUR),
            ("12 Euro und 50 Cent", "12.50", EUR),
            ("12 € 50", "12.50", EUR),
            ("12 Euro 5 Cent", "12.05", EUR),
            ("zwölf Euro 50", "12.50", EUR),
            ("12,50", "12.50", EUR),
            ("12.50", "12.50", EUR),
            ("12:50", "12.50", EUR),
            ("12 50", "12.50", EUR),
            ("12,5 Euro", "12.50", EUR),
            ("12 Komma 5 Euro", "12.50", EUR),
            ("1,5 Millionen Euro", "1500000", EUR),
            ("5 Mio €", "5000000", EUR),
            ("eine Million Euro", "1000000", EUR),
            ("5k €", "5000", EUR),
            ("einundzwanzig Euro ein", "21.01", EUR),
            ("fünfzig CHF", "50", CHF),
        ],
    );
    none_read(
        Builtin::Money,
        DE,
        &[
            "zwölf",
            "12",
            "1.200",
            "hundert",
            "hundertfünfzig",
            "hundert fünfzig",
            "zwölf fünf",
            "fünf zwanzig Cent Euro",
            "12,505 €",
            "1,200 €",
            "zwölf Komma fünf",
            "12,5",
            "Euro",
            "ein fünfzig",
            "12 5",
            "1 200",
            "zwölf Komma fünf Euro zwanzig",
            "007 €",
            "",
            "zwei tausend zwölf",
            "zwölf Euro und",
            "tausend zwanzig",
        ],
    );
}

#[test]
fn english_money() {
    use Currency::{CHF, EUR, GBP, USD};
    monies(
        EN,
        &[
            ("twelve ninety-nine", "12.99", EUR),
            ("twelve ninety nine", "12.99", EUR),
            ("twelve oh five", "12.05", EUR),
            ("twelve dollars ninety-nine", "12.99", USD),
            ("twelve dollars and ninety-nine cents", "12.99", USD),
            ("twenty bucks", "20", USD),
            ("a buck", "1", USD),
            ("a fiver", "5", GBP),
            ("a tenner", "10", GBP),
            ("a hundred euros", "100", EUR),
            ("five grand", "5000", EUR),
            ("a grand", "1000", EUR),
            ("twelve pounds fifty", "12.50", GBP),
            ("ten quid", "10", GBP),
            ("fifty pence", "0.50", GBP),
            ("fifty p", "0.50", GBP),
            ("50p", "0.50", GBP),
            ("fifty cents", "0.50", EUR),
            ("a euro", "1", EUR),
            ("one euro fifty", "1.50", EUR),
            ("half a dollar", "0.50", USD),
            ("a euro and ten cents", "1.10", EUR),
            ("two hundred and five euros", "205", EUR),
            ("two hundred euros and five cents", "200.05", EUR),
            ("twenty Swiss francs", "20", CHF),
            ("twelve point five dollars", "12.50", USD),
            ("two and a half euros", "2.50", EUR),
            ("two and a half million dollars", "2500000", USD),
            ("zero dollars", "0", USD),
            ("one hundred twenty fifty", "120.50", EUR),
            ("twenty five fifteen", "25.15", EUR),
            ("twenty fifty five", "20.55", EUR),
            ("twelve dollars oh five", "12.05", USD),
            ("$12.50", "12.50", USD),
            ("$ 12.50", "12.50", USD),
            ("€12.50", "12.50", EUR),
            ("£5", "5", GBP),
            ("1,200.50 dollars", "1200.50", USD),
            ("$1,200", "1200", USD),
            ("12 dollars 50", "12.50", USD),
            ("50 cents", "0.50", EUR),
            ("12,50 €", "12.50", EUR),
            ("1.200,50 €", "1200.50", EUR),
            ("$1.5 million", "1500000", USD),
            ("$5k", "5000", USD),
            ("12.99", "12.99", EUR),
            ("12 99", "12.99", EUR),
            ("12 point 5 dollars", "12.50", USD),
            ("USD 20", "20", USD),
        ],
    );
    none_read(
        Builtin::Money,
        EN,
        &[
            "twelve",
            "12",
            "1,200",
            "a hundred",
            "one hundred fifty",
            "hundred fifty",
            "twelve five",
            "$12.505",
            "a",
            "twelve hundred fifty",
            "dollars",
            "twenty five",
            "",
        ],
    );
}

#[test]
fn the_host_chooses_the_default_currency() {
    let context = |default_currency| ValueContext {
        default_currency,
        ..ValueContext::on(jiff::civil::date(2026, 3, 2))
    };
    for (language, text, default, amount, currency) in [
        (DE, "zwölf fünfzig", Currency::CHF, "12.50", Currency::CHF),
        (DE, "fünfzig Cent", Currency::CHF, "0.50", Currency::EUR),
        (EN, "fifty cents", Currency::USD, "0.50", Currency::USD),
        (EN, "fifty cents", Currency::GBP, "0.50", Currency::USD),
        (EN, "ten dollars", Currency::CAD, "10.00", Currency::CAD),
        (EN, "ten US dollars", Currency::CAD, "10.00", Currency::USD),
        (EN, "ten euros", Currency::CAD, "10.00", Currency::EUR),
    ] {
        let tags = testing::paths(&testing::cached(Builtin::Money, language), text);
        assert!(!tags.is_empty(), "{text}");
        for tags in tags {
            let value =
                crate::builtin::evaluate(Builtin::Money, language, &tags, text, &context(default));
            assert_eq!(value, Ok(super::amount(amount, currency)), "{text}");
            let Ok(Value::Money(money)) = value else {
                unreachable!()
            };
            assert_eq!(money.amount.to_string(), amount, "two decimals are kept");
        }
    }
    // The yen has no minor digits.
    let tags = testing::paths(&testing::cached(Builtin::Money, DE), "zwölf fünfzig");
    let value = crate::builtin::evaluate(
        Builtin::Money,
        DE,
        &tags[0],
        "zwölf fünfzig",
        &context(Currency::JPY),
    );
    assert!(matches!(value, Err(ValueError::OutOfRange(_))), "{value:?}");
}
