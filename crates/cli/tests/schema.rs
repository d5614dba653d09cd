//! The published JSON Schema describes what the program really prints.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

mod common;

use common::{lines, run, stdout};
use serde_json::{Value, json};

/// The part of JSON Schema (draft 2020-12) that the published schema uses. A keyword that is not
/// known here fails the test, so that nothing is passed over in silence.
struct Validator {
    schema: Value,
}

impl Validator {
    fn published() -> Self {
        Self {
            schema: serde_json::from_str(&stdout(&run(&["schema"]))).unwrap(),
        }
    }

    fn check(&self, value: &Value) -> Result<(), String> {
        self.against(&self.schema, value, "$")
    }

    fn against(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let Some(keywords) = schema.as_object() else {
            return if schema == &json!(true) {
                Ok(())
            } else {
                Err(format!("{at}: never allowed"))
            };
        };
        for (keyword, rule) in keywords {
            let good = match keyword.as_str() {
                "$schema" | "$id" | "$defs" | "version" | "title" | "description" | "examples"
                | "format" | "default" => true,
                "$ref" => {
                    let path = rule.as_str().unwrap().trim_start_matches('#');
                    let target = self
                        .schema
                        .pointer(path)
                        .unwrap_or_else(|| panic!("no {path}"));
                    self.against(target, value, at)?;
                    true
                }
                "type" => match rule {
                    Value::Array(any) => any.iter().any(|t| is_type(value, t)),
                    one => is_type(value, one),
                },
                "const" => value == rule,
                "enum" => rule.as_array().unwrap().contains(value),
                "anyOf" => self.matching(rule, value, at) > 0,
                "oneOf" => self.matching(rule, value, at) == 1,
                "allOf" => self.matching(rule, value, at) == rule.as_array().unwrap().len(),
                "required" => {
                    let object = value.as_object();
                    object.is_none_or(|o| {
                        rule.as_array()
                            .unwrap()
                            .iter()
                            .all(|k| o.contains_key(k.as_str().unwrap()))
                    })
                }
                "properties" => {
                    for (name, property) in rule.as_object().unwrap() {
                        if let Some(inner) = value.get(name) {
                            self.against(property, inner, &format!("{at}.{name}"))?;
                        }
                    }
                    true
                }
                "additionalProperties" => {
                    let known = keywords.get("properties").and_then(Value::as_object);
                    for (name, inner) in value.as_object().into_iter().flatten() {
                        if !known.is_some_and(|k| k.contains_key(name)) {
                            self.against(rule, inner, &format!("{at}.{name}"))?;
                        }
                    }
                    true
                }
                "items" => {
                    for (i, inner) in value.as_array().into_iter().flatten().enumerate() {
                        self.against(rule, inner, &format!("{at}[{i}]"))?;
                    }
                    true
                }
                "minimum" => value.as_f64().is_none_or(|v| v >= rule.as_f64().unwrap()),
                "maximum" => value.as_f64().is_none_or(|v| v <= rule.as_f64().unwrap()),
                "exclusiveMinimum" => value.as_f64().is_none_or(|v| v > rule.as_f64().unwrap()),
                "not" => self.against(rule, value, at).is_err(),
                // Regular expressions are checked for the one that matters: amounts are decimals.
                "pattern" => value
                    .as_str()
                    .is_none_or(|text| match rule.as_str().unwrap() {
                        "^[0-9]+(\\.[0-9]+)?$" => {
                            text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                                && !text.is_empty()
                        }
                        _ => true,
                    }),
                unknown => {
                    return Err(format!(
                        "{at}: the test does not know the keyword {unknown}"
                    ));
                }
            };
            if !good {
                return Err(format!("{at}: {value} breaks {keyword}: {rule}"));
            }
        }
        Ok(())
    }

    fn matching(&self, any: &Value, value: &Value, at: &str) -> usize {
        any.as_array()
            .unwrap()
            .iter()
            .filter(|s| self.against(s, value, at).is_ok())
            .count()
    }
}

fn is_type(value: &Value, name: &Value) -> bool {
    match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("unknown type {other}"),
    }
}

#[test]
fn real_output_is_valid() {
    let validator = Validator::published();
    let samples = run(&["grammar", "sample", "-n", "200", "--seed", "11"]);
    let rejected = run(&["parse", "die Sonne scheint", "zahle null Euro an Anna"]);
    let answers = run(&["grammar", "sample", "-n", "50", "--expect", "any"]);
    let begun = run(&["parse", "überweise fünfzig Euro"]);
    assert_eq!(lines(&begun)[0]["status"], "incomplete");
    let failed = run(&[
        "recognize",
        "--model",
        &common::root().join("models/default").display().to_string(),
        "no-such-file.wav",
    ]);
    let outputs = [&samples, &rejected, &answers, &begun, &failed];
    let all: Vec<Value> = outputs.into_iter().flat_map(lines).collect();
    assert_eq!(all.len(), 254);
    for line in &all {
        validator
            .check(line)
            .unwrap_or_else(|e| panic!("{line}\n{e}"));
    }
}

#[test]
fn events_are_valid() {
    let validator = Validator::published();
    let said = lines(&run(&["parse", "überweise fünfzig Euro an Anna"])).remove(0);
    let mut outcome = said.clone();
    for (key, value) in [
        ("event", json!("outcome")),
        ("start_ms", json!(1_200)),
        ("end_ms", json!(3_400)),
    ] {
        outcome[key] = value;
    }
    let started = json!({"event": "speech_started", "at_ms": 1_200});
    let overflow = json!({"event": "overflow", "start_ms": 0, "end_ms": 15_000});
    for event in [&outcome, &started, &overflow] {
        validator.check(event).unwrap();
    }
    for wrong in [json!({"event": "overflow"}), json!({"event": "laughter"})] {
        assert!(validator.check(&wrong).is_err(), "{wrong}");
    }
}

#[test]
fn what_the_program_never_prints_is_invalid() {
    let validator = Validator::published();
    let good = &lines(&run(&["parse", "überweise fünfzig Euro an Anna"]))[0];
    validator.check(good).unwrap();
    let broken: [(&str, Value); 6] = [
        ("/command/amount/amount", json!(50.0)),
        ("/command/type", json!("give_everything")),
        ("/confidence", json!(1.5)),
        ("/status", json!("perhaps")),
        ("/status", json!("incomplete")),
        ("/language", json!("fr")),
    ];
    for (place, value) in broken {
        let mut bad = good.clone();
        *bad.pointer_mut(place).unwrap() = value;
        assert!(validator.check(&bad).is_err(), "{place}");
    }
    let mut without = good.clone();
    without.as_object_mut().unwrap().remove("command");
    assert!(
        validator.check(&without).is_err(),
        "understood without a command"
    );
}

#[test]
fn the_schema_has_a_version() {
    let schema = Validator::published().schema;
    assert_eq!(schema["version"], json!(2));
    assert_eq!(schema["$id"], "urn:zahlwort:report:2");
}

#[test]
fn what_each_order_is_can_be_asked_for() {
    let orders: Vec<Value> = serde_json::from_str(&stdout(&run(&["schema", "--orders"]))).unwrap();
    let of = |intent: &str| orders.iter().find(|o| o["intent"] == intent).unwrap();
    let send = of("SendMoney");
    assert_eq!(
        (&send["type"], &send["effect"]),
        (&json!("send_money"), &json!("spend"))
    );
    assert_eq!(
        send["slots"][1],
        json!({"name": "amount", "role": "amount", "needed": true})
    );
    assert_eq!(of("RequestMoney")["effect"], "request");
    assert!(orders.iter().all(|order| order["intent"] != "Confirm"));
}
