//! From matches to commands: what is valid, what is rejected, and what both look like in JSON.

use std::collections::BTreeMap;

use iso_currency::Currency;
use jiff::civil::date;
use rust_decimal::Decimal;
use serde_json::json;
use zahlwort_commands::{Command, Descriptor, Order, Pack, Party, Rejection, command_schema};
use zahlwort_grammar::{
    Frequency, Interval, Match, Money, Name, Quantity, SlotMatch, Unit, Value, ValueError,
};

fn slot(name: &str, value: Result<Value, ValueError>) -> SlotMatch {
    let open = matches!(value, Ok(Value::Text(_)));
    SlotMatch {
        name: name.into(),
        list: String::new(),
        text: format!("<{name}>"),
        span: 0..0,
        value,
        open,
        score: 1.0,
        metadata: BTreeMap::new(),
    }
}

fn matched(intent: &str, slots: Vec<(&str, Value)>) -> Match {
    Match {
        intent: intent.into(),
        slots: slots
            .into_iter()
            .map(|(name, value)| slot(name, Ok(value)))
            .collect(),
        fixed: BTreeMap::new(),
        metadata: BTreeMap::new(),
        score: 1.0,
        cost: 0,
    }
}

fn name(name: &str) -> Value {
    Value::Name(Name {
        name: name.into(),
        id: None,
    })
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn euro(cents: i64) -> Value {
    Value::Money(Money {
        amount: Decimal::new(cents, 2),
        currency: Currency::EUR,
    })
}

fn pieces(amount: i64) -> Value {
    Value::Quantity(Quantity {
        amount: amount.into(),
        unit: Unit::Piece,
    })
}

fn monthly() -> Value {
    Value::Interval(Interval {
        frequency: Frequency::Monthly,
        every: 1,
        month_day: Some(1),
        weekday: None,
    })
}

fn json_of(found: &Match) -> serde_json::Value {
    serde_json::to_value(Command::from_match(found).expect("a command")).expect("JSON")
}

/// A match for every intent of the packs, with every slot filled.
fn full(intent: &str) -> Match {
    let value = |slot: &str| match slot {
        "product" => name("Kaffee"),
        "payment_method" => name("Visa"),
        "recipient" => name("Anna Schmidt"),
        "merchant" => name("Rewe"),
        "biller" => name("Telekom"),
        "target" => name("Handy"),
        "account" => name("Girokonto"),
        "period" => name("last_week"),
        "room" => name("Küche"),
        "amount" | "max_price" => euro(5000),
        "quantity" => pieces(2),
        "interval" => monthly(),
        "execution_date" | "due_date" | "start_date" | "date" => Value::Date(date(2026, 12, 1)),
        other => text(other),
    };
    let slots = match intent {
        "ProvidePin" => vec![("pin", Value::Digits("0471".into()))],
        "ProvideAmount" => vec![("amount", euro(5000))],
        "ProvideQuantity" => vec![("quantity", pieces(3))],
        "ChooseOption" => vec![("position", Value::Ordinal(2))],
        order => {
            let slots = Descriptor::of_intent(order).map_or(&[][..], |order| order.slots);
            slots
                .iter()
                .map(|slot| (slot.name, value(slot.name)))
                .collect()
        }
    };
    matched(intent, slots)
}

#[test]
fn a_transfer_reads_as_the_output_format_says() {
    let found = matched(
        "SendMoney",
        vec![("amount", euro(5000)), ("recipient", name("Anna Schmidt"))],
    );
    assert_eq!(
        json_of(&found),
        json!({
            "type": "send_money",
            "amount": {"amount": "50.00", "currency": "EUR"},
            "recipient": {"name": "Anna Schmidt"},
        })
    );
}

#[test]
fn every_intent_of_the_packs_becomes_its_own_command_and_survives_json() {
    for intent in Pack::ALL.iter().flat_map(Pack::intents) {
        let found = full(intent);
        let command = Command::from_match(&found).expect(intent);
        let json = serde_json::to_value(&command).unwrap();
        assert_eq!(json["type"], snake_case(intent), "{json}");
        for slot in &found.slots {
            assert!(
                json.get(&slot.name).is_some(),
                "{intent} loses {}",
                slot.name
            );
        }
        assert_eq!(serde_json::from_value::<Command>(json).unwrap(), command);
    }
}

fn snake_case(intent: &str) -> String {
    let mut out = String::new();
    for c in intent.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

#[test]
fn an_open_name_says_so_and_a_known_one_brings_its_identifier() {
    let known = Value::Name(Name {
        name: "Rewe".into(),
        id: Some("m-7".into()),
    });
    let found = matched(
        "BuyProduct",
        vec![("product", text(" rote  Schuhe ")), ("merchant", known)],
    );
    assert_eq!(
        json_of(&found),
        json!({
            "type": "buy_product",
            "product": {"name": "rote Schuhe", "open": true},
            "merchant": {"name": "Rewe", "id": "m-7"},
        })
    );
}

#[test]
fn a_recipient_may_be_an_iban() {
    let iban = Value::Iban("DE89370400440532013000".into());
    let found = matched(
        "SendMoney",
        vec![("amount", euro(100)), ("recipient", iban)],
    );
    let Ok(Command::Order(Order::SendMoney {
        recipient: Party {
            iban: Some(iban), ..
        },
        ..
    })) = Command::from_match(&found)
    else {
        panic!("no transfer to an IBAN")
    };
    assert_eq!(iban.as_str(), "DE89370400440532013000");
}

#[test]
fn what_cannot_be_a_command_is_a_typed_rejection() {
    let anna = || slot("recipient", Ok(name("Anna")));
    let send = |slots: Vec<SlotMatch>| Match {
        slots,
        ..matched("SendMoney", vec![])
    };
    let day = ValueError::NoSuchDay("31.04.2026".into());
    for (found, kind, blamed) in [
        (send(vec![anna()]), "missing_slot", "amount"),
        (
            send(vec![slot("amount", Ok(euro(100)))]),
            "missing_slot",
            "recipient",
        ),
        (
            send(vec![anna(), slot("amount", Ok(euro(0)))]),
            "amount_not_positive",
            "amount",
        ),
        (
            send(vec![anna(), slot("amount", Ok(euro(-100)))]),
            "amount_not_positive",
            "amount",
        ),
        (
            send(vec![
                anna(),
                slot("amount", Ok(euro(100))),
                slot("amount", Ok(euro(200))),
            ]),
            "contradiction",
            "amount",
        ),
        (
            send(vec![
                anna(),
                slot("amount", Ok(euro(100))),
                slot("execution_date", Err(day)),
            ]),
            "no_such_day",
            "execution_date",
        ),
        (
            send(vec![
                slot("recipient", Err(ValueError::InvalidIban)),
                slot("amount", Ok(euro(1))),
            ]),
            "invalid_iban",
            "recipient",
        ),
        (
            send(vec![anna(), slot("amount", Ok(pieces(3)))]),
            "wrong_type",
            "amount",
        ),
        (
            send(vec![
                slot("recipient", Ok(text("  "))),
                slot("amount", Ok(euro(1))),
            ]),
            "empty_name",
            "recipient",
        ),
        (
            matched("ProvideQuantity", vec![("quantity", pieces(0))]),
            "quantity_not_positive",
            "quantity",
        ),
        (
            matched("ProvidePin", vec![("pin", Value::Digits("12".into()))]),
            "invalid_pin",
            "pin",
        ),
        (
            matched("ChooseOption", vec![("position", Value::Ordinal(0))]),
            "out_of_range",
            "position",
        ),
        (
            matched("ListTransactions", vec![("period", name("someday"))]),
            "invalid_value",
            "period",
        ),
    ] {
        let rejection = Command::from_match(&found).expect_err(kind);
        let json = serde_json::to_value(&rejection).unwrap();
        assert_eq!(
            (json["kind"].as_str(), rejection.slot()),
            (Some(kind), blamed),
            "{rejection}"
        );
        assert_eq!(
            serde_json::from_value::<Rejection>(json).unwrap(),
            rejection
        );
    }
}

#[test]
fn the_same_value_twice_is_no_contradiction() {
    let found = matched(
        "SendMoney",
        vec![
            ("amount", euro(100)),
            ("recipient", name("Anna")),
            ("amount", euro(100)),
        ],
    );
    assert!(Command::from_match(&found).is_ok());
}

#[test]
fn a_rejected_pin_stays_secret() {
    let found = matched(
        "ProvidePin",
        vec![("pin", Value::Digits("7531598520741".into()))],
    );
    let rejection = Command::from_match(&found).unwrap_err();
    assert!(!format!("{rejection} {rejection:?}").contains("753"));
    let command = Command::from_match(&full("ProvidePin")).unwrap();
    assert!(!format!("{command:?}").contains("0471"));
}

#[test]
fn fixed_slots_count_and_said_ones_win() {
    let mut found = matched("TopUp", vec![("amount", euro(2000))]);
    found.fixed.insert("target".into(), json!("Handy"));
    found.fixed.insert(
        "amount".into(),
        json!({"amount": "10.00", "currency": "EUR"}),
    );
    let command = json_of(&found);
    assert_eq!(command["target"], json!({"name": "Handy"}));
    assert_eq!(command["amount"]["amount"], "20.00");
    found.slots.clear();
    assert_eq!(json_of(&found)["amount"]["amount"], "10.00");
    found.fixed.insert(
        "amount".into(),
        json!({"amount": "0.00", "currency": "EUR"}),
    );
    assert!(matches!(
        Command::from_match(&found),
        Err(Rejection::InvalidValue { .. })
    ));
}

#[test]
fn an_intent_of_the_host_keeps_its_slots() {
    let mut found = matched(
        "orderDrink",
        vec![
            ("size", name("large")),
            ("syrup", name("vanilla")),
            ("syrup", name("mint")),
        ],
    );
    found.fixed.insert("hot".into(), json!(true));
    assert_eq!(
        json_of(&found),
        json!({
            "type": "custom",
            "intent": "orderDrink",
            "slots": {"size": "large", "syrup": ["vanilla", "mint"], "hot": true},
        })
    );
}

#[test]
fn a_command_from_elsewhere_is_validated_too() {
    for json in [
        json!({"type": "send_money", "amount": {"amount": "0.00", "currency": "EUR"}, "recipient": {"name": "Anna"}}),
        json!({"type": "send_money", "amount": {"amount": "1.00", "currency": "EUR"}}),
        json!({"type": "send_money", "amount": {"amount": "1.00", "currency": "EUR"},
               "recipient": {"name": "x", "iban": "DE00370400440532013000"}}),
        json!({"type": "pay_bill", "biller": {"name": "Telekom"}, "due_date": "2026-04-31"}),
        json!({"type": "provide_pin", "pin": "12"}),
        json!({"type": "rob_bank"}),
    ] {
        assert!(
            serde_json::from_value::<Command>(json.clone()).is_err(),
            "{json}"
        );
    }
}

/// The published schema changes only on purpose: set `UPDATE_SCHEMA=1` to write the new one.
#[test]
fn the_schema_is_the_published_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/command.schema.json");
    let now = serde_json::to_string_pretty(&command_schema()).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, &now).unwrap();
    }
    let published = std::fs::read_to_string(path).unwrap();
    assert!(
        now == published,
        "the schema of Command has changed; run with UPDATE_SCHEMA=1 and look at the difference"
    );
    for intent in Pack::ALL.iter().flat_map(Pack::intents) {
        assert!(
            published.contains(&format!("\"{}\"", snake_case(intent))),
            "{intent}"
        );
    }
}
