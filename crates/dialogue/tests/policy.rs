//! What the policy and the gate let through.

#![allow(clippy::unwrap_used, reason = "helpers outside of test functions")]

use jiff::Timestamp;
use jiff::civil::date;
use zahlwort_commands::{Effect, Order, Party, Pin, ReadBy};
use zahlwort_dialogue::PinRefused;
use zahlwort_dialogue::gate::{Asked, Asks, Gate, GateState, NotConfirmed};
use zahlwort_dialogue::policy::{
    Confidence, Context, Declared, Demand, Moment, PayeeKey, Policy, Refusal, Speaker,
};

fn at(second: i64) -> Moment {
    Moment {
        at: Timestamp::from_second(1_800_000_000 + second).unwrap(),
        date: date(2027, 1, 15),
    }
}

fn send(amount: &str, currency: &str, to: &str) -> Order {
    serde_json::from_value(serde_json::json!({
        "type": "send_money",
        "recipient": {"name": to},
        "amount": {"amount": amount, "currency": currency},
    }))
    .unwrap()
}

fn sure() -> Context {
    Context::new(Confidence::CERTAIN)
}

fn gate() -> Gate {
    let mut gate = Gate::new(Policy::default(), GateState::default());
    gate.trust(PayeeKey::party(&Party::named("Anna")));
    gate.set_pin(&Pin::new("830592").unwrap()).unwrap();
    gate
}

fn asks(gate: &mut Gate, command: Order, context: Context) -> Result<Option<Asks>, Refusal> {
    Ok(match gate.ask(command, context, at(0))? {
        Asked::Run(_) => None,
        Asked::Question(question) => Some(question.asks()),
    })
}

#[test]
fn the_default_is_safe() {
    let mut gate = gate();
    let yes_no = Ok(Some(Asks::Confirmation));
    let pin = Ok(Some(Asks::Pin));
    assert_eq!(asks(&mut gate, send("50", "EUR", "anna"), sure()), yes_no);
    assert_eq!(asks(&mut gate, send("50.01", "EUR", "Anna"), sure()), pin);
    assert_eq!(asks(&mut gate, send("1", "EUR", "Ben"), sure()), pin);
    assert!(matches!(
        asks(&mut gate, send("1000.01", "EUR", "Anna"), sure()),
        Err(Refusal::TooMuch { .. })
    ));
    assert!(matches!(
        asks(&mut gate, send("1", "JPY", "Anna"), sure()),
        Err(Refusal::UnknownCurrency { .. })
    ));
    let cart = r#"{"type":"add_to_cart","product":{"name":"Kaffee","open":true}}"#;
    let cart: Order = serde_json::from_str(cart).unwrap();
    let unsure = Context::new(Confidence::new(0.1));
    assert_eq!(asks(&mut gate, cart, unsure), Ok(None));
    assert_eq!(
        asks(&mut gate, send("1", "EUR", "Anna"), unsure),
        Err(Refusal::Uncertain)
    );
    assert_eq!(
        asks(
            &mut gate,
            send("1", "EUR", "Anna"),
            Context::new(Confidence::new(f64::NAN))
        ),
        Err(Refusal::Uncertain)
    );
    let stranger = Context {
        speaker: Speaker::Unknown,
        ..sure()
    };
    assert_eq!(asks(&mut gate, send("1", "EUR", "Anna"), stranger), pin);
    let mut open = Gate::new(Policy::default(), GateState::default());
    assert_eq!(
        asks(&mut open, send("1", "EUR", "Ben"), sure()),
        Err(Refusal::NoPin)
    );
}

#[test]
fn what_is_an_estimate_is_read_back_whatever_runs_at_once() {
    let small = "[commands]\nblock_card = \"run_at_once\"\n\
                 [currencies.EUR]\nrun_at_once_up_to = \"5\"\npin_above = \"10\"\ndaily_limit = \"100\"";
    let estimate = Context {
        reading: ReadBy::Learned,
        ..sure()
    };
    let block: Order = serde_json::from_str(r#"{"type":"block_card"}"#).unwrap();
    let search = r#"{"type":"search_product","product":{"name":"Tee"}}"#;
    let search: Order = serde_json::from_str(search).unwrap();
    let asked = |toml: &str, context| {
        let policy = Policy::from_toml(&format!("{toml}\n{small}")).unwrap();
        let mut gate = Gate::new(policy, gate().state().clone());
        let pay = send("4", "EUR", "Anna");
        [pay, block.clone(), search.clone()].map(|order| asks(&mut gate, order, context))
    };
    let yes_no = || Ok(Some(Asks::Confirmation));
    assert_eq!(asked("", sure()), [Ok(None), Ok(None), Ok(None)]);
    assert_eq!(asked("", estimate), [yes_no(), yes_no(), Ok(None)]);
    assert_eq!(
        asked("learned = \"run_at_once\"", estimate),
        [Ok(None), Ok(None), Ok(None)]
    );
    let pin = || Ok(Some(Asks::Pin));
    assert_eq!(
        asked("learned = \"ask_pin\"", estimate),
        [pin(), pin(), Ok(None)]
    );
    let uncertain = || Err(Refusal::Uncertain);
    assert_eq!(
        asked("learned = \"refuse\"", estimate),
        [uncertain(), uncertain(), Ok(None)]
    );
}

#[test]
fn every_order_has_a_name_for_its_rule_and_no_answer_has() {
    for name in ["send_money", "block_card", "book_rental_car", "custom"] {
        assert!(Policy::default().with_command(name, Demand::Refuse).is_ok());
    }
    for answer in ["confirm", "Confirm", "provide_pin", "NameContact"] {
        let policy = Policy::default();
        assert!(policy.clone().with_command(answer, Demand::Refuse).is_err());
        let own = Declared::new(Effect::Spend);
        assert!(policy.with_intent(answer, own).is_err(), "{answer}");
    }
    let policy = Policy::default()
        .with_command("send_money", Demand::Refuse)
        .unwrap();
    let mut gate = Gate::new(policy, gate().state().clone());
    assert!(matches!(
        asks(&mut gate, send("1", "EUR", "Anna"), sure()),
        Err(Refusal::Forbidden { .. })
    ));
}

#[test]
fn small_payments_run_at_once_where_the_file_says_so() {
    let policy = Policy::from_toml(
        "pin_grace_seconds = 60\n[currencies.EUR]\nrun_at_once_up_to = \"5\"\npin_above = \"10\"\ndaily_limit = \"100\"",
    )
    .unwrap();
    let mut gate = Gate::new(policy, gate().state().clone());
    assert_eq!(asks(&mut gate, send("5", "EUR", "Anna"), sure()), Ok(None));
    let unsure = Context::new(Confidence::new(0.7));
    let yes_no = Ok(Some(Asks::Confirmation));
    assert_eq!(asks(&mut gate, send("5", "EUR", "Anna"), unsure), yes_no);
    let Ok(Asked::Question(question)) = gate.ask(send("20", "EUR", "Anna"), sure(), at(0)) else {
        panic!("asked")
    };
    assert_eq!(question.asks(), Asks::Pin);
    let pin = Pin::new("830592").unwrap();
    assert!(gate.confirm_with_pin(&question, &pin, at(0)).is_ok());
    assert_eq!(asks(&mut gate, send("20", "EUR", "Anna"), sure()), yes_no);
    assert_eq!(
        asks(&mut gate, send("20", "EUR", "Ben"), sure()),
        Ok(Some(Asks::Pin))
    );
}

#[test]
fn limits_count_what_was_confirmed_and_are_checked_again_on_yes() {
    let mut gate = gate();
    let question = |gate: &mut Gate| match gate.ask(send("600", "EUR", "Anna"), sure(), at(0)) {
        Ok(Asked::Question(question)) => question,
        other => panic!("{other:?}"),
    };
    let (first, second) = (question(&mut gate), question(&mut gate));
    let pin = Pin::new("830592").unwrap();
    assert_eq!(gate.confirm(&first, at(1)), Err(NotConfirmed::PinNeeded));
    let authorised = gate.confirm_with_pin(&first, &pin, at(1)).unwrap();
    assert!(authorised.redeem(at(46)).is_err());
    assert!(matches!(
        gate.confirm_with_pin(&second, &pin, at(2)),
        Err(NotConfirmed::Refused(Refusal::DailyLimit { .. }))
    ));
    assert_eq!(
        gate.confirm_with_pin(&first, &pin, at(3)),
        Err(NotConfirmed::Replayed)
    );
    // The limit outlives a restart and a clock set back by a day.
    let json = serde_json::to_string(gate.state()).unwrap();
    let mut gate = Gate::new(Policy::default(), serde_json::from_str(&json).unwrap());
    let yesterday = Moment {
        date: date(2027, 1, 14),
        ..at(0)
    };
    assert!(
        gate.ask(send("600", "EUR", "Anna"), sure(), yesterday)
            .is_err()
    );
    let tomorrow = Moment {
        date: date(2027, 1, 16),
        ..at(0)
    };
    assert!(
        gate.ask(send("600", "EUR", "Anna"), sure(), tomorrow)
            .is_ok()
    );
}

#[test]
fn late_answers_and_wrong_pins_do_not_authorise() {
    let mut gate = gate();
    let Ok(Asked::Question(question)) = gate.ask(send("20", "EUR", "Anna"), sure(), at(0)) else {
        panic!("asked")
    };
    assert_eq!(gate.confirm(&question, at(45)), Err(NotConfirmed::Expired));
    assert_eq!(gate.confirm(&question, at(-1)), Err(NotConfirmed::Expired));
    let wrong = Pin::new("830593").unwrap();
    assert_eq!(
        gate.confirm_with_pin(&question, &wrong, at(1)),
        Err(NotConfirmed::Pin(PinRefused::Wrong))
    );
    let shown = format!(
        "{gate:?} {question:?} {}",
        serde_json::to_string(gate.state()).unwrap()
    );
    assert!(!shown.contains("830592") && !shown.contains("830593"));
    assert!(gate.confirm(&question, at(44)).is_ok());
}

#[test]
fn one_payee_has_a_limit_of_its_own() {
    let policy = Policy::from_toml(
        "[currencies.EUR]\npin_above = \"100\"\ndaily_limit = \"90\"\npayee_daily_limit = \"50\"",
    )
    .unwrap();
    let mut gate = Gate::new(policy, gate().state().clone());
    gate.trust(PayeeKey::party(&Party::named("Ben")));
    let mut pay = |amount: &str, to: &str| -> Result<(), Refusal> {
        let Asked::Question(question) = gate.ask(send(amount, "EUR", to), sure(), at(0))? else {
            panic!("read back")
        };
        gate.confirm(&question, at(1)).map(drop).unwrap();
        Ok(())
    };
    assert_eq!(pay("50", "Anna"), Ok(()));
    assert!(matches!(
        pay("0.01", "ANNA"),
        Err(Refusal::PayeeLimit { .. })
    ));
    assert_eq!(pay("40", "Ben"), Ok(()));
    assert!(matches!(
        pay("0.01", "Ben"),
        Err(Refusal::DailyLimit { .. })
    ));
}

#[test]
fn a_heard_name_stays_new_and_the_total_stands_for_the_amount() {
    let mut gate = gate();
    let open = |to: &str| -> Order {
        serde_json::from_value(serde_json::json!({
            "type": "send_money", "recipient": {"name": to, "open": true},
            "amount": {"amount": "1", "currency": "EUR"},
        }))
        .unwrap()
    };
    assert_eq!(asks(&mut gate, open("Anna"), sure()), Ok(Some(Asks::Pin)));
    let checkout = Order::Checkout {
        payment_method: None,
    };
    let total = |amount: &str| Context {
        total: serde_json::from_value(serde_json::json!({"amount": amount, "currency": "EUR"}))
            .ok(),
        ..sure()
    };
    let yes_no = Ok(Some(Asks::Confirmation));
    assert_eq!(asks(&mut gate, checkout.clone(), total("49.90")), yes_no);
    assert_eq!(
        asks(&mut gate, checkout.clone(), sure()),
        Ok(Some(Asks::Pin))
    );
    assert!(asks(&mut gate, checkout, total("2000")).is_err());
}

fn ticket(slots: serde_json::Value) -> Order {
    serde_json::from_value(serde_json::json!({
        "type": "custom", "intent": "OrderTicket", "slots": slots,
    }))
    .unwrap()
}

const TICKETS: &str = "[intents.OrderTicket]\neffect = \"spend\"\namount = \"price\"\npayee = \"seller\"\nsay = \"Kinokarte\"";

#[test]
fn a_hosts_own_intent_has_limits_and_the_pin_once_it_is_declared() {
    let price = |amount: &str| {
        let price = serde_json::json!({"amount": amount, "currency": "EUR"});
        ticket(serde_json::json!({"price": price, "seller": "Anna", "row": 7}))
    };
    let yes_no = Ok(Some(Asks::Confirmation));
    let pin = Ok(Some(Asks::Pin));
    // Undeclared, it is a change that nothing counts.
    assert_eq!(asks(&mut gate(), price("5000"), sure()), yes_no);
    let policy = Policy::from_toml(TICKETS).unwrap();
    let mut gate = Gate::new(policy.clone(), gate().state().clone());
    assert_eq!(asks(&mut gate, price("50"), sure()), yes_no);
    assert_eq!(asks(&mut gate, price("50.01"), sure()), pin);
    assert!(matches!(
        asks(&mut gate, price("1000.01"), sure()),
        Err(Refusal::TooMuch { .. })
    ));
    // Nobody knows what it costs, unless the host does.
    let unsaid = ticket(serde_json::json!({"seller": "Anna"}));
    assert_eq!(asks(&mut gate, unsaid.clone(), sure()), pin);
    let total = serde_json::json!({"amount": "9.00", "currency": "EUR"});
    let quoted = Context {
        total: serde_json::from_value(total.clone()).ok(),
        ..sure()
    };
    assert_eq!(asks(&mut gate, unsaid, quoted), yes_no);
    // Somebody new, somebody who was only heard, and what is no amount or name.
    let new = ticket(serde_json::json!({"price": total, "seller": "Kino"}));
    assert_eq!(asks(&mut gate, new, sure()), pin);
    let heard = serde_json::json!({
        "type": "custom", "intent": "OrderTicket", "open": ["seller"],
        "slots": {"price": total, "seller": "Anna"},
    });
    let heard: Order = serde_json::from_value(heard).unwrap();
    assert_eq!(asks(&mut gate, heard, sure()), pin);
    for unclear in [
        serde_json::json!({"price": [total, {"amount": "10.00", "currency": "EUR"}]}),
        serde_json::json!({"price": {"amount": "0.00", "currency": "EUR"}}),
        serde_json::json!({"price": 9}),
        serde_json::json!({"price": total, "seller": ["Anna", "Ben"]}),
    ] {
        let refused = asks(&mut gate, ticket(unclear.clone()), sure());
        assert_eq!(refused, Err(Refusal::Uncertain), "{unclear}");
    }
    // It counts towards the day's limit, as ours do.
    let question = match gate.ask(price("990"), sure(), at(0)) {
        Ok(Asked::Question(question)) => question,
        other => panic!("{other:?}"),
    };
    let right = Pin::new("830592").unwrap();
    let authorised = gate.confirm_with_pin(&question, &right, at(1)).unwrap();
    assert_eq!(
        authorised.amount().map(|a| a.to_string()),
        Some("990.00 EUR".into())
    );
    assert!(matches!(
        asks(&mut gate, send("20", "EUR", "Anna"), sure()),
        Err(Refusal::DailyLimit { .. })
    ));
}

#[test]
fn what_a_host_declares_must_make_sense() {
    let policy =
        Policy::from_toml(&format!("{TICKETS}\n[commands]\nOrderTicket = \"refuse\"")).unwrap();
    let mut forbidding = Gate::new(policy, gate().state().clone());
    assert!(matches!(
        asks(&mut forbidding, ticket(serde_json::json!({})), sure()),
        Err(Refusal::Forbidden { command }) if command == "OrderTicket"
    ));
    for (file, told) in [
        (
            "[intents.SendMoney]\neffect = \"harmless\"",
            "intents.SendMoney",
        ),
        (
            "[intents.send_money]\neffect = \"harmless\"",
            "intents.send_money",
        ),
        (
            "[intents.X]\neffect = \"answer\"",
            "unknown variant `answer`",
        ),
        (
            "[intents.X]\neffect = \"change\"\namount = \"price\"",
            "\"spend\"",
        ),
        ("[intents.X]\neffect = \"steal\"", "steal"),
        ("[intents.X]\neffect = \"spend\"\nprice = \"p\"", "price"),
        ("[intents.X]\namount = \"p\"", "effect"),
    ] {
        let error = Policy::from_toml(file).expect_err(file).to_string();
        assert!(error.contains(told), "{error}");
    }
    let lamp = Declared::new(Effect::Harmless);
    let policy = Policy::default().with_intent("OrderTicket", lamp).unwrap();
    let mut gate = Gate::new(policy, gate().state().clone());
    assert_eq!(
        asks(&mut gate, ticket(serde_json::json!({})), sure()),
        Ok(None)
    );
}
