//! Amazon Pay: what a shop charges.

use serde_json::{Value, json};
use zahlwort_commands::Order;
use zahlwort_export::amazon_pay::{self, Merchant};
use zahlwort_export::{ExportError, Format, Instruction};

use crate::support::*;

#[test]
fn a_shop_gets_a_charge() {
    let pay = json!({
        "type": "pay_merchant", "merchant": {"name": "Rewe", "id": "m-7"}, "amount": euros("19.9"),
        "payment_method": {"name": "Amazon Pay"},
    });
    let pay = authorised(pay, None);
    let instruction = Instruction::authorised(&pay, now()).unwrap();
    let request = amazon_pay::charge(&instruction, &shop()).unwrap();
    golden("amazon-pay.pay-merchant.json", &pretty(&request));
    let buy = json!({
        "type": "buy_product", "product": {"name": "Kaffee"}, "max_price": {"amount": "1200", "currency": "JPY"},
    });
    let buy = authorised(buy, None);
    let instruction = Instruction::authorised(&buy, now()).unwrap();
    let mut merchant = Merchant {
        charge_permission_id: "P03-1".to_owned(),
        price: Some(money("1100", "JPY")),
        ..Merchant::default()
    };
    // Without an order number it is the key by which the shop finds the charge.
    let request = amazon_pay::charge(&instruction, &merchant).unwrap();
    assert_eq!(
        request
            .payload
            .merchant_metadata
            .merchant_reference_id
            .as_deref(),
        Some(KEY)
    );
    golden("amazon-pay.buy-product.json", &pretty(&request));
    // The limit is not the price, and the price not above the limit.
    merchant.price = None;
    let error = amazon_pay::charge(&instruction, &merchant).unwrap_err();
    assert!(matches!(error, ExportError::NoAmount { .. }), "{error}");
    for price in [money("1201", "JPY"), money("11", "EUR")] {
        merchant.price = Some(price);
        let error = amazon_pay::charge(&instruction, &merchant).unwrap_err();
        assert!(matches!(error, ExportError::AboveLimit { .. }), "{error}");
    }
}

#[test]
fn a_checkout_costs_the_total_that_was_read_back() {
    let checkout = || json!({"type": "checkout"});
    let agreed = authorised(checkout(), Some(money("42", "EUR")));
    let instruction = Instruction::authorised(&agreed, now()).unwrap();
    let request = amazon_pay::charge(&instruction, &shop()).unwrap();
    assert_eq!(request.payload.charge_amount.amount, "42.00");
    golden("amazon-pay.checkout.json", &pretty(&request));
    let more = Merchant {
        price: Some(money("42.01", "EUR")),
        ..shop()
    };
    let error = amazon_pay::charge(&instruction, &more).unwrap_err();
    assert!(matches!(error, ExportError::AboveLimit { .. }), "{error}");
    // With no total before the question, no price was agreed to.
    let blind = authorised(checkout(), None);
    let instruction = Instruction::authorised(&blind, now()).unwrap();
    let error = amazon_pay::charge(&instruction, &more).unwrap_err();
    assert!(
        matches!(error, ExportError::PriceNotAgreed { .. }),
        "{error}"
    );
}

#[test]
fn amazon_takes_no_other_method_currency_price_or_text() {
    let pay = |amount: Value, method: &str| {
        command(json!({
            "type": "pay_merchant", "merchant": {"name": "Rewe"}, "amount": amount,
            "payment_method": {"name": method},
        }))
    };
    let charge = |command: &Order, merchant: &Merchant| {
        let instruction = Instruction::unconfirmed(command, now());
        amazon_pay::charge(&instruction, merchant).unwrap_err()
    };
    let good = pay(euros("5"), "Amazon Pay");
    let other = pay(euros("5"), "PayPal");
    assert!(
        matches!(charge(&other, &shop()), ExportError::OtherPaymentMethod { said } if said == "PayPal")
    );
    let francs = pay(json!({"amount": "5", "currency": "CHF"}), "Amazon Pay");
    assert!(matches!(
        charge(&francs, &shop()),
        ExportError::Currency {
            currency: "CHF",
            ..
        }
    ));
    let much = pay(euros("150000.01"), "Amazon Pay");
    assert!(matches!(
        charge(&much, &shop()),
        ExportError::AmountRange { .. }
    ));
    let priced = Merchant {
        price: Some(money("4.99", "EUR")),
        ..shop()
    };
    assert!(matches!(
        charge(&good, &priced),
        ExportError::OtherPrice { .. }
    ));
    let wordy = Merchant {
        capture: capture("seventeen letters"),
        ..shop()
    };
    assert!(matches!(
        charge(&good, &wordy),
        ExportError::TooLong {
            length: 17,
            most: 16,
            ..
        }
    ));
    let nobody = Merchant {
        charge_permission_id: " ".to_owned(),
        ..shop()
    };
    assert!(matches!(charge(&good, &nobody), ExportError::Empty { .. }));
    let send = command(send());
    assert!(matches!(
        charge(&send, &shop()),
        ExportError::NoForm {
            command: "send_money",
            format: Format::AmazonPay
        }
    ));
}
