//! What holds for every grammar text: loading never panics, errors point into the text, and what is
//! written out loads as what it was.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};
use zahlwort_grammar::source::{
    Entry, GrammarError, Intent, IntentData, List, LoadOptions, parse_phrase, print_template,
};
use zahlwort_grammar::{Expr, Grammar, Language, Open};

fn options() -> LoadOptions {
    LoadOptions::with_lists(["farbe", "raum"])
}

/// The error's place exists in the text.
fn points_into(text: &str, error: &GrammarError) -> Result<(), TestCaseError> {
    let line = text.split('\n').nth(error.line.wrapping_sub(1));
    prop_assert!(line.is_some(), "no line {}: {error}\n{text:?}", error.line);
    let columns = line.unwrap_or_default().chars().count();
    prop_assert!(
        (1..=columns + 1).contains(&error.column),
        "no column {}: {error}\n{text:?}",
        error.column
    );
    prop_assert!(!error.message.is_empty() && !error.hint.is_empty());
    Ok(())
}

/// A file with this one sentence, in double quotes.
fn file(sentence: &str) -> String {
    let quoted = serde_json::to_string(sentence).expect("a text");
    format!("language: de\nintents:\n  I:\n    data:\n      - sentences:\n          - {quoted}\n")
}

/// Expressions in the one shape that templates parse to.
fn expr() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        4 => "[ ]?[a-zäöüß'%&€(){}|;,.!?\\\\\\[\\]<>-]{1,6}( [a-z0-9,.]{1,4})?[ ]?".prop_map(Expr::Lit),
        1 => ("(farbe|raum|@money|@number|1\\.\\.9|0\\.\\.50,5)", "[a-z]{1,5}")
            .prop_map(|(list, slot)| Expr::Slot { list, slot }),
        1 => Just(Expr::Slot { list: "raum".into(), slot: "raum".into() }),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(seq),
            vec(inner.clone(), 2..4).prop_map(alt),
            vec(inner.clone(), 2..3).prop_map(Expr::Perm),
            inner.prop_map(opt),
        ]
    })
}

/// Expressions that cannot be said without a word.
fn sentence() -> impl Strategy<Value = Expr> {
    expr().prop_map(|expr| match is_wordless(&expr) {
        true => seq(vec![Expr::Lit("wort".into()), expr]),
        false => expr,
    })
}

fn is_wordless(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(text) => !text.contains(|c: char| c.is_alphanumeric() || "%&€".contains(c)),
        Expr::Seq(parts) | Expr::Perm(parts) => parts.iter().all(is_wordless),
        Expr::Alt(parts) => parts.iter().any(is_wordless),
        Expr::Opt(_) | Expr::Tag(_) => true,
        Expr::Slot { .. } => false,
    }
}

fn seq(parts: Vec<Expr>) -> Expr {
    let mut out: Vec<Expr> = Vec::new();
    for part in parts {
        let parts = if let Expr::Seq(parts) = part {
            parts
        } else {
            vec![part]
        };
        for part in parts {
            match (out.last_mut(), part) {
                (Some(Expr::Lit(before)), Expr::Lit(text)) => {
                    let text = if before.ends_with(' ') {
                        text.trim_start()
                    } else {
                        &text
                    };
                    before.push_str(text);
                }
                (_, part) => out.push(part),
            }
        }
    }
    if out.len() == 1 {
        out.remove(0)
    } else {
        Expr::Seq(out)
    }
}

fn alt(parts: Vec<Expr>) -> Expr {
    let mut out = Vec::new();
    let mut optional = false;
    for part in parts {
        let part = match part {
            Expr::Opt(inner) => {
                optional = true;
                *inner
            }
            part => part,
        };
        if let Expr::Alt(parts) = part {
            out.extend(parts)
        } else {
            out.push(part)
        }
    }
    let choice = Expr::Alt(out);
    if optional { opt(choice) } else { choice }
}

fn opt(inner: Expr) -> Expr {
    match inner {
        Expr::Opt(_) => inner,
        inner => Expr::Opt(Box::new(inner)),
    }
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("a JSON number", |f| f.is_finite())
            .prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "(true|null|~|1\\.5|0x1f|-|on|<<|'|: )".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            btree_map(any::<String>(), inner, 0..3).prop_map(|map| json!(map)),
        ]
    })
}

fn map() -> impl Strategy<Value = BTreeMap<String, Value>> {
    btree_map(any::<String>(), value(), 0..3)
}

/// What a context can be compared with.
fn conditions() -> impl Strategy<Value = BTreeMap<String, Value>> {
    let condition = value().prop_map(|value| match value {
        Value::Array(any) if any.is_empty() => json!(["any"]),
        Value::Object(_) => json!({ "value": value, "slot": true }),
        value => value,
    });
    btree_map(any::<String>(), condition, 0..3)
}

fn data() -> impl Strategy<Value = IntentData> {
    (
        vec(sentence(), 0..3),
        map(),
        conditions(),
        conditions(),
        map(),
        any::<Option<String>>(),
    )
        .prop_map(
            |(sentences, slots, requires_context, excludes_context, metadata, response)| {
                IntentData {
                    sentences,
                    slots,
                    requires_context,
                    excludes_context,
                    metadata,
                    response,
                }
            },
        )
}

fn words() -> impl Strategy<Value = Expr> {
    "[a-z]{1,5}( [a-zäöü]{1,5})?".prop_map(Expr::Lit)
}

fn list() -> impl Strategy<Value = List> {
    let entry = (words(), value(), any::<Option<String>>(), map(), map()).prop_map(
        |(say, out, id, context, metadata)| Entry {
            say,
            out,
            id,
            context,
            metadata,
        },
    );
    prop_oneof![
        vec(entry, 0..3).prop_map(List::Values),
        (-99i64..99, 0i64..99, 1i64..9, any::<Option<i16>>()).prop_map(
            |(from, length, step, m)| {
                let multiplier = m.map(|m| rust_decimal::Decimal::new(m.into(), 3));
                List::Range {
                    from,
                    to: from + length,
                    step,
                    multiplier,
                }
            }
        ),
        proptest::sample::select(Open::ALL.to_vec()).prop_map(List::Wildcard),
    ]
}

fn inline_ranges(expr: &Expr, lists: &mut BTreeMap<String, List>) {
    match expr {
        Expr::Slot { list, .. } if list == "1..9" => {
            lists.insert(
                list.clone(),
                List::Range {
                    from: 1,
                    to: 9,
                    step: 1,
                    multiplier: None,
                },
            );
        }
        Expr::Slot { list, .. } if list == "0..50,5" => {
            lists.insert(
                list.clone(),
                List::Range {
                    from: 0,
                    to: 50,
                    step: 5,
                    multiplier: None,
                },
            );
        }
        Expr::Seq(parts) | Expr::Alt(parts) | Expr::Perm(parts) => {
            parts.iter().for_each(|part| inline_ranges(part, lists));
        }
        Expr::Opt(inner) => inline_ranges(inner, lists),
        _ => {}
    }
}

fn grammar() -> impl Strategy<Value = Grammar> {
    (
        btree_map(any::<String>(), vec(data(), 0..3), 0..3),
        btree_map("[a-z_]{1,8}", list(), 0..3),
        vec(words(), 0..3),
    )
        .prop_map(|(intents, mut lists, skip_words)| {
            let intents: Vec<Intent> = intents
                .into_iter()
                .map(|(name, data)| Intent { name, data })
                .collect();
            for sentence in intents
                .iter()
                .flat_map(|i| &i.data)
                .flat_map(|d| &d.sentences)
            {
                inline_ranges(sentence, &mut lists);
            }
            Grammar {
                language: Language::DE,
                intents,
                lists,
                skip_words,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_loads_or_is_refused_at_a_place_in_it(text in any::<String>()) {
        if let Err(error) = Grammar::from_yaml("t", &text, &options()) {
            points_into(&text, &error)?;
        }
        if let Err(error) = Grammar::from_rhino("t", &text, Language::EN) {
            points_into(&text, &error)?;
        }
    }

    #[test]
    fn any_yaml_like_text_loads_or_is_refused_at_a_place_in_it(
        text in "(language: de\n)?((intents|lists|expansion_rules|I|data|sentences|values|range|x|- |  |\n|: |[\\[\\]{}&*a!|>'\"#%@ä,.\r\t\u{feff}-]|<x>|\\{x\\}|1){0,40})"
    ) {
        if let Err(error) = Grammar::from_yaml("t", &text, &options()) {
            points_into(&text, &error)?;
        }
    }

    #[test]
    fn any_bytes_load_from_a_file_or_are_refused(bytes in vec(any::<u8>(), 0..200)) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("g.yaml");
        std::fs::write(&path, &bytes).expect("a file");
        if let Err(error) = Grammar::load(&path, &options()) {
            prop_assert!(error.line >= 1 && error.column >= 1, "{}", error);
        }
    }

    #[test]
    fn any_sentence_loads_or_is_refused_at_a_place_in_it(
        sentence in "([a-zäß ]{1,4}|[(){}|;<>,.:@!?\\\\\\[\\]0-9]|\\{farbe\\}|\\{1\\.\\.9:n\\}|é|\u{1f600}|\u{7}){0,30}"
    ) {
        let text = file(&sentence);
        match Grammar::from_yaml("t", &text, &options()) {
            Err(error) => points_into(&text, &error)?,
            Ok(grammar) => {
                // What loads is in the shape that printing keeps.
                let again = Grammar::from_yaml("again", &grammar.to_yaml(), &options());
                prop_assert_eq!(again, Ok(grammar));
            }
        }
        if let Err(error) = parse_phrase(&sentence) {
            points_into(&sentence, &error)?;
        }
    }

    #[test]
    fn any_rhino_expression_imports_or_is_refused_at_a_place_in_it(
        expression in "([a-z' ]{1,4}|[(),$:@!?\\[\\]]|\\$s:x|@m|\\$pv\\.Percent:p|ü){0,24}"
    ) {
        let quoted = serde_json::to_string(&expression).expect("a text");
        let text = format!("context:\n  expressions:\n    I: [{quoted}]\n  slots: {{s: [a]}}\n  macros: {{m: [b, c]}}\n");
        match Grammar::from_rhino("t", &text, Language::EN) {
            Err(error) => points_into(&text, &error)?,
            Ok(grammar) => {
                let again = Grammar::from_yaml("again", &grammar.to_yaml(), &options());
                prop_assert_eq!(again, Ok(grammar));
            }
        }
    }

    #[test]
    fn a_printed_template_parses_to_what_was_printed(expr in sentence()) {
        let text = file(&print_template(&expr));
        let grammar = Grammar::from_yaml("t", &text, &options());
        let grammar = grammar.map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
        prop_assert_eq!(&grammar.intents[0].data[0].sentences[0], &expr, "{}", text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_grammar_written_out_loads_as_an_equal_one(grammar in grammar()) {
        let text = grammar.to_yaml();
        let again = Grammar::from_yaml("again", &text, &options());
        prop_assert_eq!(again, Ok(grammar), "{}", text);
    }
}
