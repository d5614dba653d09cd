//! What is written is what is understood: every mark of a number counts, or the text is rejected.
//!
//! Tables of texts and their values, and a property: whatever is changed in a written amount, number,
//! quantity or time, what is still understood has the value that a second reader finds in the new text.

#[path = "written/calendar.rs"]
mod calendar;
#[path = "written/reader.rs"]
mod reader;
#[path = "written/tables.rs"]
mod tables;

use std::collections::BTreeMap;
use std::collections::HashMap;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use zahlwort_grammar::source::LoadOptions;
use zahlwort_grammar::{Automaton, Grammar, Language, MatchOptions, Value};

/// The sentences "zahle … [an Anna]" or "pay … [to Anna]" with one type in the gap.
struct Sentences(HashMap<(Language, &'static str), Automaton>);

impl Sentences {
    fn new() -> Self {
        let mut all = HashMap::new();
        for language in Language::ALL {
            for kind in [
                "number",
                "money",
                "percentage",
                "quantity",
                "date",
                "time",
                "duration",
                "digits",
                "ordinal",
            ] {
                let template = match language.code() {
                    "de" => "zahle {@KIND:value} [an Anna]",
                    _ => "pay {@KIND:value} [to Anna]",
                };
                let sentence = template.replace("KIND", kind);
                let file = format!(
                    "language: {language}\nintents:\n  Pay:\n    data:\n      - sentences: ['{sentence}']\n"
                );
                let grammar = Grammar::from_yaml("pay.yaml", &file, &LoadOptions::default())
                    .expect("a grammar");
                let automaton =
                    Automaton::compile(&grammar, &BTreeMap::new()).expect("an automaton");
                all.insert((language, kind), automaton);
            }
        }
        Self(all)
    }

    /// The different values of a text in the gap; errors of values that do not exist are none.
    fn values(&self, language: Language, kind: &'static str, text: &str, more: bool) -> Vec<Value> {
        let (verb, payee) = match (language.code(), more) {
            ("de", true) => ("zahle", " an Anna"),
            (_, true) => ("pay", " to Anna"),
            ("de", false) => ("zahle", ""),
            (_, false) => ("pay", ""),
        };
        let found = self.0[&(language, kind)]
            .parse(&format!("{verb} {text}{payee}"), &MatchOptions::default());
        let mut values = Vec::new();
        for slot in found.into_iter().flat_map(|m| m.slots) {
            if let Ok(value) = slot.value
                && !values.contains(&value)
            {
                values.push(value);
            }
        }
        values
    }
}

/// A value as the tables and the second reader write it.
fn shown(value: &Value) -> String {
    match value {
        Value::Number(n) | Value::Percentage(n) => n.normalize().to_string(),
        Value::Money(m) => format!("{} {}", m.amount.normalize(), m.currency.code()),
        Value::Quantity(q) => format!(
            "{} {}",
            q.amount.normalize(),
            format!("{:?}", q.unit).to_lowercase()
        ),
        Value::Time(t) => format!("{:02}:{:02}", t.hour(), t.minute()),
        Value::Date(d) => d.to_string(),
        Value::Ordinal(n) => format!("{n}."),
        Value::Digits(d) => d.clone(),
        Value::Duration(d) => {
            let parts = [
                (d.years, "y"),
                (d.months, "mo"),
                (d.weeks, "w"),
                (d.days, "d"),
                (d.hours, "h"),
                (d.minutes, "min"),
                (d.seconds, "s"),
            ];
            let said = parts.iter().filter(|p| p.0 > 0);
            let said: Vec<String> = said.map(|(n, unit)| format!("{n}{unit}")).collect();
            said.join(" ")
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn texts_have_the_value_that_people_mean_or_none() {
    let sentences = Sentences::new();
    let mut wrong = Vec::new();
    for (language, kind, table) in tables::TABLES {
        for (text, value) in *table {
            for more in [false, true] {
                let found = sentences.values(*language, kind, text, more);
                let found: Vec<String> = found.iter().map(shown).collect();
                if found.join(" or ") != *value {
                    wrong.push(format!(
                        "{language} @{kind} {text:?} (more: {more}) should be {value:?}, is {found:?}"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the second reader finds.
fn meant(language: Language, kind: &str, text: &str) -> Option<String> {
    match kind {
        "money" => reader::money(text, language).map(|(n, c)| format!("{} {c}", n.normalize())),
        "number" => reader::number(text, language).map(|n| n.normalize().to_string()),
        "quantity" => {
            reader::quantity(text, language).map(|(n, unit)| format!("{} {unit}", n.normalize()))
        }
        _ => reader::time(text, language).map(|(h, m)| format!("{h:02}:{m:02}")),
    }
}

/// A whole number in one of its written forms.
fn whole(language: Language) -> impl Strategy<Value = String> {
    let own = if language == Language::DE { "." } else { "," };
    let group = select(vec!["", "", own, " ", "\u{202f}", "'", "’"]);
    (1_u32..=7, any::<u32>(), group).prop_map(|(digits, n, mark)| {
        let plain = (n % 10_u32.pow(digits)).to_string();
        let mut out = String::new();
        for (i, c) in plain.chars().enumerate() {
            if i > 0 && (plain.len() - i) % 3 == 0 {
                out.push_str(mark);
            }
            out.push(c);
        }
        out
    })
}

/// A written number, with decimals or a fraction or neither.
fn number(language: Language) -> BoxedStrategy<String> {
    let own = if language == Language::DE { ',' } else { '.' };
    prop_oneof![
        3 => whole(language),
        3 => (whole(language), "[0-9]{1,2}").prop_map(move |(n, d)| format!("{n}{own}{d}")),
        1 => "[0-9]{1,2}".prop_map(move |d| format!("{own}{d}")),
        1 => (0_u32..1000, "[0-9]{2}", select(vec!['.', ','])).prop_map(|(n, d, s)| format!("{n}{s}{d}")),
        1 => (0_u32..30, select(vec!["1/2", "½", "3/4", "¼"])).prop_map(|(n, f)| match n {
            0 => f.to_owned(),
            n => format!("{n} {f}"),
        }),
    ]
    .boxed()
}

/// A written amount.
fn amount(language: Language) -> BoxedStrategy<String> {
    let (words, and, cents): (Vec<&str>, _, _) = match language.code() {
        "de" => (vec!["Euro", "Dollar", "Franken"], "und ", "Cent"),
        _ => (vec!["euros", "dollars", "pounds"], "and ", "cents"),
    };
    let signs = select(vec!["€", "$", "£", "EUR", "USD", "CHF"]);
    let word = select(words.clone());
    let euro = words[0];
    prop_oneof![
        3 => (number(language), word).prop_map(|(n, w)| format!("{n} {w}")),
        3 => (number(language), signs.clone(), "[ ]?").prop_map(|(n, s, gap)| format!("{n}{gap}{s}")),
        3 => (number(language), signs, "[ ]?").prop_map(|(n, s, gap)| format!("{s}{gap}{n}")),
        1 => (whole(language), "[0-9]{2}").prop_map(move |(n, c)| format!("{n} {euro} {c}")),
        1 => (whole(language), 1..100_u32, select(vec!["", and])).prop_map(move |(n, c, and)| {
            format!("{n} {euro} {and}{c} {cents}")
        }),
        1 => (1..100_u32).prop_map(move |c| format!("{c} {cents}")),
        1 => (1..1000_u32, select(vec![",-", ",– €", ".-", ",-€"])).prop_map(|(n, d)| format!("{n}{d}")),
        1 => (0..1000_u32, "[.,][0-9]{2}").prop_map(|(n, d)| format!("{n}{d}")),
    ]
    .boxed()
}

fn quantity(language: Language) -> BoxedStrategy<String> {
    let units = match language.code() {
        "de" => vec!["Flaschen", "Liter", "Stück", "kg", "g", "ml"],
        _ => vec!["bottles", "liters", "pieces", "kg", "g", "lbs"],
    };
    // Spaces between groups are none in a quantity: "4 500 g" are four times 500.
    let single = number(language).prop_filter("one number", |n| {
        !n.contains([' ', '\u{202f}', '\'', '’']) || n.contains(['/', '½', '¼'])
    });
    prop_oneof![
        3 => (single.clone(), select(units), "[ ]?").prop_map(|(n, u, gap)| format!("{n}{gap}{u}")),
        1 => single,
        1 => (1..1000_u32).prop_map(|n| format!("{n}x")),
    ]
    .boxed()
}

fn time(language: Language) -> BoxedStrategy<String> {
    let at = if language == Language::DE { "um" } else { "at" };
    prop_oneof![
        3 => (0..24_u32, 0..60_u32).prop_map(|(h, m)| format!("{h}:{m:02}")),
        1 => (0..24_u32, 0..60_u32).prop_map(move |(h, m)| format!("{at} {h:02}:{m:02}")),
        1 => (0..24_u32, 0..60_u32).prop_map(move |(h, m)| match language.code() {
            "de" => format!("{h}.{m:02} Uhr"),
            _ => format!("{at} {h}"),
        }),
    ]
    .boxed()
}

/// A written form of a type, with a sign before it now and then.
fn form(language: Language, kind: &str) -> BoxedStrategy<String> {
    match kind {
        "money" => amount(language),
        "number" => number(language),
        "quantity" => quantity(language),
        _ => time(language),
    }
}

/// What is inserted: digits, marks, and letters.
fn inserted() -> impl Strategy<Value = char> {
    prop_oneof![
        3 => proptest::char::range('0', '9'),
        6 => select(".,'-+/ :%€$".chars().collect::<Vec<_>>()),
        2 => select("aekcmgxs".chars().collect::<Vec<_>>()),
        2 => select("−–±~#*()\"½²;!?…_^=<>٣５’\u{a0}\u{202f}\u{200b}\u{336}°".chars().collect::<Vec<_>>()),
    ]
}

#[derive(Clone, Debug)]
enum Change {
    Nothing,
    Insert(Index, char),
    Delete(Index),
    Double(Index),
    Sign(char),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        1 => Just(Change::Nothing),
        8 => (any::<Index>(), inserted()).prop_map(|(at, c)| Change::Insert(at, c)),
        2 => any::<Index>().prop_map(Change::Delete),
        2 => any::<Index>().prop_map(Change::Double),
        1 => select(vec!['-', '+', '−', '–']).prop_map(Change::Sign),
    ]
}

fn changed(text: &str, change: &Change) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    match change {
        Change::Nothing => {}
        Change::Insert(at, c) => chars.insert(at.index(chars.len() + 1), *c),
        Change::Delete(at) => {
            chars.remove(at.index(chars.len()));
        }
        Change::Double(at) => {
            let at = at.index(chars.len());
            chars.insert(at, chars[at]);
        }
        Change::Sign(sign) => chars.insert(0, *sign),
    }
    chars.into_iter().collect()
}

#[test]
fn a_changed_number_has_the_value_of_the_new_text_or_none() {
    let sentences = Sentences::new();
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let case = (
        select(Language::ALL.to_vec()),
        select(vec!["money", "money", "number", "quantity", "time"]),
    )
        .prop_flat_map(|(language, kind)| {
            (
                Just(language),
                Just(kind),
                form(language, kind),
                change(),
                any::<bool>(),
            )
        });
    runner
        .run(&case, |(language, kind, form, change, more)| {
            let text = changed(&form, &change);
            let found = sentences.values(language, kind, &text, more);
            let found: Vec<String> = found.iter().map(shown).collect();
            let meant = meant(language, kind, &text);
            prop_assert!(
                found.iter().all(|value| Some(value) == meant.as_ref()),
                "{language} @{kind} {form:?} became {text:?}: {found:?} is not {meant:?}"
            );
            // What was not changed must be understood, or there would be nothing to see here.
            if matches!(change, Change::Nothing) {
                prop_assert!(
                    !found.is_empty(),
                    "{language} @{kind} {text:?} is {meant:?} and not understood"
                );
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}
