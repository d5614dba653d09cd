//! Anything that can be said, and much that cannot.

use serde_json::{Value, json};
use zahlwort_commands::{Answer, Draft, Money, NameOf, Order, Party, Pin, ReadBy, Said};
use zahlwort_dialogue::Input;
use zahlwort_dialogue::policy::{Confidence, Context, Speaker};

use crate::counts::Counts;
use crate::random::Random;

/// What is known around something that was said.
pub fn context(random: &mut Random) -> Context {
    let confidence = if random.percent(75) {
        1.0
    } else {
        random.below(101) as f64 / 100.0
    };
    let speaker = match random.below(10) {
        0 => Speaker::Unknown,
        1 => Speaker::Recognised,
        _ => Speaker::NotChecked,
    };
    let total = random.percent(15).then(|| money(random));
    Context {
        confidence: Confidence::new(confidence),
        speaker,
        reading: if random.percent(20) {
            ReadBy::Learned
        } else {
            ReadBy::Grammar
        },
        total: total.and_then(|total| serde_json::from_value(total).ok()),
    }
}

/// The right PIN, or one that is nearly right.
pub fn pin(random: &mut Random, right: &Pin) -> Pin {
    if random.percent(60) {
        return right.clone();
    }
    let wrong = format!("{:06}", random.below(1_000_000));
    match Pin::new(wrong) {
        Ok(wrong) if wrong != *right => wrong,
        _ => right.clone(),
    }
}

/// What goes into a dialogue next.
pub fn input(random: &mut Random, context: Context, right: &Pin, counts: &mut Counts) -> Input {
    let heard = |answer| Input::Answer {
        answer,
        namesakes: Vec::new(),
        context,
    };
    match random.below(100) {
        0..=29 => Input::Order {
            order: order(random, counts),
            alternatives: Vec::new(),
            context,
        },
        30..=64 => heard(Answer::Confirm),
        65 => heard(Answer::ProvidePin {
            pin: pin(random, right),
        }),
        66..=69 => heard(Answer::Deny),
        70..=71 => heard(Answer::Cancel),
        72..=73 => heard(Answer::Repeat),
        74 => heard(Answer::Help),
        75..=80 => heard(parse(
            json!({"type": "provide_amount", "amount": money(random)}),
        )),
        81 => heard(parse(json!({
            "type": "provide_quantity", "quantity": {"amount": "3", "unit": "piece"},
        }))),
        82..=84 => heard(parse(json!({
            "type": "choose_option", "position": *random.pick(&[-1, 1, 2, 3, 9]),
        }))),
        85..=88 => Input::Draft(draft(random), context),
        89..=92 => {
            let others = if random.pick(&[true, false]) == &true {
                vec![party(random), party(random)]
            } else {
                vec![]
            };
            Input::Answer {
                answer: Answer::Name(Said {
                    of: NameOf::Payee,
                    name: party(random),
                    instead_of: None,
                }),
                namesakes: others,
                context,
            }
        }
        93..=95 => Input::Order {
            order: order(random, counts),
            alternatives: vec![order(random, counts), order(random, counts)],
            context,
        },
        96 => Input::Rejected,
        97 => Input::NoSpeech,
        _ => Input::Timeout,
    }
}

fn parse<T: serde::de::DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn money(random: &mut Random) -> Value {
    let code = *random.pick(&["EUR", "EUR", "EUR", "EUR", "USD", "JPY", "CHF"]);
    let units = match random.below(10) {
        0..=5 => random.between(1, 60),
        6..=8 => random.between(1, 900),
        _ => random.between(1, 1_000_000),
    };
    let amount = if code == "JPY" {
        units.to_string()
    } else {
        format!("{units}.{:02}", random.below(100))
    };
    json!({"amount": amount, "currency": code})
}

fn party(random: &mut Random) -> Party {
    parse(match random.below(8) {
        0..=3 => json!({"name": "Anna Schmidt"}),
        4 => json!({"name": "Anna Weber", "id": "c-2"}),
        5 => json!({"name": "anna schmidt", "open": true}),
        6 => json!({"name": "Ben", "iban": "DE89370400440532013000"}),
        _ => json!({"name": "Ben"}),
    })
}

fn draft(random: &mut Random) -> Draft {
    let orders = [
        "SendMoney",
        "RequestMoney",
        "CreateStandingOrder",
        "TopUp",
        "PayMerchant",
        "BuyProduct",
        "SetPaymentMethod",
    ];
    let drafts: Vec<Draft> = orders.into_iter().filter_map(Draft::new).collect();
    let mut draft = random.pick(&drafts).clone();
    // Not every order has both slots.
    if random.percent(50) {
        let amount: Money = parse(money(random));
        draft = draft.clone().with("amount", &amount).unwrap_or(draft);
    }
    if random.percent(40) {
        let name = party(random);
        draft = draft.clone().with("recipient", &name).unwrap_or(draft);
    }
    draft
}

/// An order; one in a few is damaged in its JSON, and taken if it still is an order.
pub fn order(random: &mut Random, counts: &mut Counts) -> Order {
    let whole = whole_order(random);
    if !random.percent(25) {
        return whole;
    }
    counts.mutated += 1;
    let bytes = serde_json::to_vec(&whole).unwrap_or_default();
    let damaged = damage(random, bytes);
    match serde_json::from_slice(&damaged) {
        Ok(command) => {
            counts.mutated_read += 1;
            command
        }
        Err(_) => whole,
    }
}

fn whole_order(random: &mut Random) -> Order {
    let amount = money(random);
    let party = json!(party(random));
    let thing = json!({"name": "Kaffee"});
    parse(match random.below(26) {
        0..=7 => json!({"type": "send_money", "recipient": party, "amount": amount}),
        8 => {
            json!({"type": "send_money", "recipient": party, "amount": amount, "reference": "Miete"})
        }
        9..=10 => json!({"type": "pay_merchant", "merchant": party, "amount": amount}),
        11 => json!({"type": "pay_merchant", "merchant": party}),
        12 => json!({"type": "pay_bill", "biller": party}),
        13 => json!({"type": "pay_bill", "biller": party, "amount": amount}),
        14 => json!({"type": "buy_product", "product": thing, "max_price": amount}),
        15 => json!({"type": "buy_product", "product": thing, "merchant": party}),
        16 => json!({"type": "checkout"}),
        17 => json!({"type": "reorder"}),
        18 => json!({"type": "request_money", "recipient": party, "amount": amount}),
        19 => json!({
            "type": "create_standing_order", "recipient": party, "amount": amount,
            "interval": {"frequency": "monthly", "every": 1},
        }),
        20 => json!({"type": "top_up", "target": {"name": "Handy"}, "amount": amount}),
        21 => json!({"type": "add_to_cart", "product": thing}),
        22 => json!({"type": "show_cart"}),
        23 => json!({"type": "check_balance"}),
        24 => json!({"type": "block_card"}),
        _ => json!({"type": "custom", "intent": "x", "slots": {}}),
    })
}

/// The bytes with a few changed, lost or doubled.
pub fn damage(random: &mut Random, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..=random.below(3) {
        if bytes.is_empty() {
            break;
        }
        let at = random.below(bytes.len());
        match random.below(6) {
            0..=2 => bytes[at] = *random.pick(b"0123456789\"{}[],:.-eEaxZ \\"),
            3 => bytes[at] ^= 1 << random.below(8),
            4 => {
                bytes.remove(at);
            }
            _ => {
                let end = (at + random.below(20)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, part);
            }
        }
    }
    bytes
}
