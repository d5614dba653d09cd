//! The people, accounts and authorisations of these tests.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::date;
use serde_json::{Value, json};
use zahlwort_commands::{Iban, Money, Order, Pin};
use zahlwort_dialogue::gate::{Asked, Authorised, Gate, GateState, Question};
use zahlwort_dialogue::policy::{Confidence, Context, CurrencyRules, Demand, Moment, Policy};
use zahlwort_export::amazon_pay::{Capture, Merchant};
use zahlwort_export::{Account, Bic, Debtor, Payee};

pub const PIN: &str = "83059264";
pub const KEY: &str = "0123456789abcdef0123456789abcdef";
pub const ANNA: &str = "AT611904300234573201";

pub fn now() -> Moment {
    later(0)
}

pub fn later(seconds: i64) -> Moment {
    Moment {
        at: Timestamp::from_second(1_800_000_000 + seconds).unwrap(),
        date: date(2027, 1, 15),
    }
}

pub fn command(json: Value) -> Order {
    serde_json::from_value(json).unwrap()
}

pub fn euros(amount: &str) -> Value {
    json!({"amount": amount, "currency": "EUR"})
}

pub fn money(amount: &str, currency: &str) -> Money {
    serde_json::from_value(json!({"amount": amount, "currency": currency})).unwrap()
}

/// The command as a gate authorises it, with a key that stays the same from run to run.
pub fn authorised(json: Value, total: Option<Money>) -> Authorised {
    let rules = CurrencyRules::default();
    let policy = ["EUR", "USD", "JPY"]
        .iter()
        .map(|code| currency(code))
        .fold(Policy::default(), |policy, currency| {
            policy.with_currency(currency, rules)
        });
    // Every command is read back, so that there is a question whose key can be set.
    let policy = ["search_product", "add_to_cart", "show_cart"]
        .iter()
        .fold(policy, |policy, name| {
            policy.with_command(name, Demand::ReadBack).unwrap()
        });
    let mut gate = Gate::new(policy, GateState::default());
    let pin = Pin::new(PIN).unwrap();
    gate.set_pin(&pin).unwrap();
    let context = Context {
        total,
        ..Context::new(Confidence::CERTAIN)
    };
    let Asked::Question(question) = gate.ask(command(json), context, now()).unwrap() else {
        panic!("nothing runs at once under this policy");
    };
    let mut saved = serde_json::to_value(&question).unwrap();
    saved["key"] = json!(KEY);
    let question: Question = serde_json::from_value(saved).unwrap();
    gate.confirm_with_pin(&question, &pin, now()).unwrap()
}

fn currency(code: &str) -> iso_currency::Currency {
    iso_currency::Currency::from_code(code).unwrap()
}

pub fn iban(text: &str) -> Iban {
    Iban::new(text).unwrap()
}

pub fn mine() -> Debtor {
    Debtor {
        account: Account {
            bic: Some(Bic::new("COBADEFFXXX").unwrap()),
            ..Account::new("Jürgen Größe & Söhne", iban("DE89370400440532013000"))
        },
        payment_methods: vec!["Girokonto".to_owned()],
    }
}

pub fn anna() -> Payee {
    Payee::new(Account::new("Anna Schmidt", iban(ANNA)))
}

pub fn power() -> Payee {
    Payee {
        account: Account {
            bic: Some(Bic::new("UBSWCHZH80A").unwrap()),
            ..Account::new("Stadtwerke Zürich", iban("CH9300762011623852957"))
        },
        reference: Some("Rechnung 4711/26".to_owned()),
    }
}

pub fn shop() -> Merchant {
    Merchant {
        charge_permission_id: "B01-1234567-1234567".to_owned(),
        capture: capture("Kaffee Rewe"),
        reference: Some("order-7".to_owned()),
        store_name: Some("Rewe".to_owned()),
        payment_methods: vec!["Amazon Pay".to_owned()],
        ..Merchant::default()
    }
}

/// At once, with this on the statement.
pub fn capture(text: &str) -> Capture {
    Capture::Now {
        soft_descriptor: Some(text.to_owned()),
    }
}

pub fn send() -> Value {
    json!({
        "type": "send_money", "recipient": {"name": "Anna Schmidt"}, "amount": euros("1250.5"),
        "reference": "Miete März <3>", "execution_date": "2027-02-01",
        "payment_method": {"name": "Girokonto"},
    })
}

pub fn send_plain() -> Value {
    json!({"type": "send_money", "recipient": {"name": "Anna Schmidt"}, "amount": euros("50")})
}

pub fn bill() -> Value {
    json!({"type": "pay_bill", "biller": {"name": "Stadtwerke"}})
}

pub fn golden(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, kept, "{name} has changed; see the top of this file");
}

pub fn pretty(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

/// The texts of an XML document with the names of the elements that they stand in, read by a parser.
pub struct Xml {
    pub texts: Vec<(String, String)>,
}

impl Xml {
    pub fn read(xml: &str) -> Self {
        use quick_xml::events::Event;
        let mut reader = quick_xml::Reader::from_str(xml);
        reader.config_mut().trim_text(true);
        let (mut path, mut texts) = (Vec::new(), Vec::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) => {
                    path.push(tag.name().as_ref().to_owned());
                }
                Event::End(_) => {
                    path.pop();
                }
                Event::Text(text) => {
                    let text = text.as_ref().to_owned();
                    texts.push((path.get(2..).unwrap_or_default().join("/"), text));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert!(path.is_empty());
        Self { texts }
    }

    pub fn text(&self, path: &str) -> Option<&str> {
        let mut found = self.texts.iter().filter(|(at, _)| at == path);
        let text = found.next()?.1.as_str();
        assert!(found.next().is_none(), "{path} twice");
        Some(text)
    }
}
