//! Commands in the formats of banks, shops and assistants.
//!
//! The outputs in `golden/` are also what `validate/validate.py` checks with software that is not ours. They
//! change only on purpose: set `UPDATE_GOLDEN=1` to write new ones, look at the difference, and validate them.

#![allow(clippy::unwrap_used, reason = "helpers outside of test functions")]

mod sepa;
mod shop;
mod support;

use serde_json::json;
use zahlwort_commands::Order;
use zahlwort_dialogue::gate::Expired;
use zahlwort_export::amazon_pay::{self, Merchant};
use zahlwort_export::{ExportError, Format, Instruction, epc_qr, json as own, pain001, schema_org};

use support::*;

/// One action of each kind, as schema.org's types are checked with outside of this test.
#[test]
fn assistants_get_actions() {
    let quantity = |n: &str, unit: &str| json!({"amount": n, "unit": unit});
    let product = || json!({"name": "Kaffee", "id": "sku-123"});
    for (name, total, said) in [
        (
            "search",
            None,
            json!({"type": "search_product", "product": {"name": "rote Schuhe", "open": true}}),
        ),
        (
            "add",
            None,
            json!({"type": "add_to_cart", "product": product(), "quantity": quantity("1.5", "kilogram")}),
        ),
        (
            "remove",
            None,
            json!({"type": "remove_from_cart", "product": product()}),
        ),
        (
            "buy",
            None,
            json!({
                "type": "buy_product", "product": product(), "quantity": quantity("2", "pack"),
                "merchant": {"name": "Rewe", "id": "m-7"}, "payment_method": {"name": "Visa"}, "max_price": euros("9.99"),
            }),
        ),
        (
            "checkout",
            Some(money("42", "EUR")),
            json!({"type": "checkout", "payment_method": {"name": "PayPal"}}),
        ),
        ("reorder", None, json!({"type": "reorder"})),
        (
            "track",
            None,
            json!({"type": "track_order", "product": product()}),
        ),
        ("cancel", None, json!({"type": "cancel_order"})),
        (
            "pay-merchant",
            None,
            json!({"type": "pay_merchant", "merchant": {"name": "Rewe"}, "amount": euros("19.9")}),
        ),
        (
            "pay-bill",
            Some(money("83.40", "EUR")),
            json!({
                "type": "pay_bill", "biller": {"name": "Stadtwerke"}, "due_date": "2027-02-01",
            }),
        ),
        ("send-money", None, {
            let mut said = send();
            said["recipient"] = json!({"name": "Anna Schmidt", "id": "c-1", "iban": ANNA});
            said
        }),
        (
            "request-money",
            None,
            json!({
                "type": "request_money", "recipient": {"name": "Ben"}, "amount": euros("12.5"), "reference": "Pizza",
            }),
        ),
        (
            "standing-order",
            None,
            json!({
                "type": "create_standing_order", "recipient": {"name": "Anna Schmidt"}, "amount": euros("500"),
                "interval": {"frequency": "monthly", "every": 3, "month_day": 31}, "start_date": "2027-02-01",
            }),
        ),
        (
            "weekly",
            None,
            json!({
                "type": "create_standing_order", "recipient": {"name": "Anna Schmidt"}, "amount": euros("5"),
                "interval": {"frequency": "weekly", "every": 1, "weekday": 5},
            }),
        ),
        (
            "top-up",
            None,
            json!({"type": "top_up", "target": {"name": "Handy"}, "amount": euros("15")}),
        ),
    ] {
        // What runs at once has no question whose key could be set, and is shown unconfirmed.
        let kept;
        let said_command = command(said.clone());
        let instruction = if ["remove", "track"].contains(&name) {
            Instruction::unconfirmed(&said_command, now())
        } else {
            kept = authorised(said, total);
            Instruction::authorised(&kept, now()).unwrap()
        };
        let action = schema_org::action(&instruction, Some("Erika Mustermann")).unwrap();
        let status = action["actionStatus"].as_str().unwrap();
        assert_eq!(
            status.ends_with("/ActiveActionStatus"),
            instruction.is_authorised()
        );
        golden(&format!("schema-org.{name}.json"), &pretty(&action));
    }
    let music = command(json!({"type": "play_music"}));
    let instruction = Instruction::unconfirmed(&music, now());
    assert_eq!(
        schema_org::action(&instruction, None),
        Err(ExportError::NoForm {
            command: "play_music",
            format: Format::SchemaOrg
        })
    );
}

#[test]
fn our_own_json_is_read_back_and_has_a_schema() {
    let authorised = authorised(send_plain(), None);
    let instruction = Instruction::authorised(&authorised, now()).unwrap();
    let envelope = own::envelope(&instruction);
    golden("json.authorised.json", &pretty(&envelope));
    let shown = serde_json::to_value(&envelope).unwrap();
    assert_eq!(shown["idempotency_key"], KEY);
    assert_eq!(
        serde_json::from_value::<own::Envelope>(shown).unwrap(),
        envelope
    );
    let said = command(send_plain());
    let envelope = own::envelope(&Instruction::unconfirmed(&said, now()));
    golden("json.unconfirmed.json", &pretty(&envelope));
    assert!(
        serde_json::to_value(&envelope)
            .unwrap()
            .get("idempotency_key")
            .is_none()
    );
}

/// The published schema changes only on purpose: set `UPDATE_SCHEMA=1` to write the new one.
#[test]
fn the_schema_is_the_published_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/export.schema.json");
    let now = serde_json::to_string_pretty(&own::schema()).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(path, &now).unwrap();
    }
    let published = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(
        now, published,
        "run with UPDATE_SCHEMA=1 and look at the difference"
    );
}

#[test]
fn what_nobody_confirmed_says_so_in_every_format() {
    let said = command(send_plain());
    let instruction = Instruction::unconfirmed(&said, now());
    let xml = pain001::credit_transfer(&instruction, &mine(), Some(&anna())).unwrap();
    golden("pain001.unconfirmed.xml", &xml);
    assert_eq!(Xml::read(&xml).text("GrpHdr/MsgId"), Some("UNCONFIRMED"));
    let code = epc_qr::payload(&instruction, Some(&anna())).unwrap();
    golden("epc-qr.unconfirmed.txt", &code);
    assert!(code.ends_with("\nUNCONFIRMED - check before you pay"));
    let action = schema_org::action(&instruction, None).unwrap();
    golden("schema-org.unconfirmed.json", &pretty(&action));
    assert_eq!(
        action["actionStatus"],
        "https://schema.org/PotentialActionStatus"
    );
    let pay = command(
        json!({"type": "pay_merchant", "merchant": {"name": "Rewe"}, "amount": euros("5")}),
    );
    let instruction = Instruction::unconfirmed(&pay, now());
    let merchant = Merchant {
        reference: None,
        ..shop()
    };
    let request = amazon_pay::charge(&instruction, &merchant).unwrap();
    golden("amazon-pay.unconfirmed.json", &pretty(&request));
    assert!(request.unconfirmed && request.headers.idempotency_key.is_none());
}

#[test]
fn neither_answers_nor_expired_commands_are_exported() {
    for answer in [
        json!({"type": "confirm"}),
        json!({"type": "provide_pin", "pin": PIN}),
        json!({"type": "provide_amount", "amount": euros("5")}),
    ] {
        let envelope = json!({"status": "unconfirmed", "version": 1, "command": answer});
        for error in [
            serde_json::from_value::<Order>(answer).unwrap_err(),
            serde_json::from_value::<own::Envelope>(envelope).unwrap_err(),
        ] {
            assert!(!error.to_string().contains(PIN), "{error}");
        }
    }
    let authorised = authorised(send_plain(), None);
    assert!(Instruction::authorised(&authorised, later(44)).is_ok());
    for when in [later(45), later(-1)] {
        let error = Instruction::authorised(&authorised, when).unwrap_err();
        assert_eq!(error, ExportError::Expired(Expired));
    }
}
