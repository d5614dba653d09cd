//! A command that a program adds by itself, as docs/add-a-command.md says: its sentences, a line of the policy and
//! a name to call it by. Nothing of the library is touched, and it is limited, read back and asked the PIN for as
//! the library's own are.

#![allow(clippy::unwrap_used, reason = "helpers outside of test functions")]

use jiff::Timestamp;
use jiff::civil::date;
use zahlwort::commands::Pin;
use zahlwort::dialogue::gate::{Authorised, GateState};
use zahlwort::dialogue::host::{Host, HostError, Response};
use zahlwort::dialogue::policy::{Moment, Policy};
use zahlwort::dialogue::{Address, Dialogue, Refused, Templates};
use zahlwort::{
    Assistant, AssistantState, Engine, Grammar, Language, Money, Order, Pack, Reply, ReplyKind,
};

/// Its sentences.
const GRAMMAR: &str = "language: de
intents:
  OrderTicket:
    data:
      - sentences:
          - '(kauf|löse) eine Fahrkarte nach {cities:city} für {@money:price}'
          - '(kauf|löse) eine Fahrkarte nach {cities:city}'
lists:
  cities: {values: [Köln, Hannover]}
";

/// What it does.
const POLICY: &str = r#"
[intents.OrderTicket]
effect = "spend"
amount = "price"
say = "Fahrkarte"
[commands]
OrderTicket = "read_back"
"#;

/// What it is called where it is one of several that may be meant.
const WORDS: &str = "[intent]\nOrderTicket = \"eine Fahrkarte kaufen\"\n";

#[derive(Default)]
struct Counter {
    sold: Vec<Order>,
}

impl Host for Counter {
    fn quote(&self, order: &Order) -> Result<Option<Money>, HostError> {
        Ok(match order {
            Order::Custom { intent, slots, .. }
                if intent == "OrderTicket" && !slots.contains_key("price") =>
            {
                serde_json::from_str(r#"{"amount":"80.00","currency":"EUR"}"#).ok()
            }
            _ => None,
        })
    }

    fn authorise(&self, _: &Order, _: Option<Money>) -> Result<(), HostError> {
        Ok(())
    }

    fn save(&mut self, _: &Dialogue, _: &GateState) -> Result<(), HostError> {
        Ok(())
    }

    fn execute(&mut self, authorised: Authorised, now: Moment) -> Result<Response, HostError> {
        let (order, _) = authorised.redeem(now).map_err(|_| HostError::Expired)?;
        self.sold.push(order);
        Ok(Response::Done)
    }
}

#[test]
fn an_order_of_ones_own_is_understood_read_back_limited_and_carried_out() {
    let grammar = Grammar::from_yaml("own.de.yaml", GRAMMAR, &Default::default()).unwrap();
    let builder = Engine::builder().pack(Pack::PAYMENTS).grammar(grammar);
    let interpreter = builder.interpreter().unwrap();
    let mut words = Templates::new(Language::DE, Address::Familiar);
    words.set_all(WORDS).unwrap();
    let policy = Policy::from_toml(POLICY).unwrap();
    let mut assistant =
        Assistant::new(Counter::default(), policy, AssistantState::default(), words);
    let gate = assistant.gate_mut();
    gate.set_pin(&Pin::new("83059264").unwrap()).unwrap();
    let mut second = 0;
    let mut say = |assistant: &mut Assistant<Counter>, text: &str| -> Reply {
        second += 1;
        let at = Timestamp::from_second(1_800_000_000 + second).unwrap();
        let date = date(2027, 1, 15);
        let reply = assistant.read(&interpreter, text, Moment { at, date });
        reply.unwrap().unwrap()
    };
    let read = say(&mut assistant, "kauf eine Fahrkarte nach Köln für 20 Euro");
    assert_eq!(
        read.spoken.text,
        "Fahrkarte: zwanzig Euro, Köln. Stimmt das?"
    );
    let done = say(&mut assistant, "ja");
    assert_eq!(done.kind, ReplyKind::Answered(Response::Done), "{done:?}");
    let Some(Order::Custom { intent, slots, .. }) = assistant.host().sold.first() else {
        panic!("{:?}", assistant.host().sold)
    };
    assert_eq!(
        (intent.as_str(), &slots["city"]),
        ("OrderTicket", &"Köln".into())
    );
    // What it costs counts towards the limits, whoever says it: the speaker or the host.
    let dear = say(&mut assistant, "löse eine Fahrkarte nach Hannover");
    let text = "Fahrkarte: achtzig Euro, Hannover. Sag bitte deine PIN.";
    assert_eq!(dear.spoken.text, text);
    let refused = say(&mut assistant, "abbrechen");
    assert!(
        matches!(refused.kind, ReplyKind::Cancelled(_)),
        "{refused:?}"
    );
    let refused = say(
        &mut assistant,
        "kauf eine Fahrkarte nach Köln für 1200 Euro",
    );
    assert!(
        matches!(refused.kind, ReplyKind::Refused(Refused::Policy(_))),
        "{refused:?}"
    );
    assert_eq!(assistant.host().sold.len(), 1);
}
