//! An assistant and its host: what is spoken about what the host says.

#![allow(clippy::unwrap_used, reason = "helpers outside of test functions")]

use jiff::Timestamp;
use jiff::civil::date;
use zahlwort::dialogue::gate::{Authorised, GateState};
use zahlwort::dialogue::host::{Answer, Host, HostError};
use zahlwort::dialogue::policy::{CurrencyRules, Demand, Moment, Policy, Speaker};
use zahlwort::dialogue::{Address, Dialogue, Templates};
use zahlwort::{
    Alternative, Assistant, AssistantState, Catalog, Command, Currency, Engine, Interpreter,
    Language, Languages, Money, Outcome, Reply, ReplyKind,
};

/// Two kinds of coffee at two prices, and a hundred euros.
struct Shop;

fn euros(amount: i64) -> Money {
    Money::new(amount.into(), Currency::EUR).unwrap()
}

impl Host for Shop {
    fn can(&self, command: &str) -> bool {
        command != "block_card"
    }

    fn quote(&self, command: &Command) -> Result<Option<Money>, HostError> {
        Ok(match command {
            Command::BuyProduct { product, .. } if product.name == "Espresso" => Some(euros(9)),
            Command::BuyProduct { .. } => Some(euros(5)),
            _ => None,
        })
    }

    fn authorise(&self, _: &Command, amount: Option<Money>) -> Result<(), HostError> {
        match amount {
            Some(amount) if amount.amount() > 100.into() => Err(HostError::InsufficientFunds),
            _ => Ok(()),
        }
    }

    fn save(&mut self, _: &Dialogue, _: &GateState) -> Result<(), HostError> {
        Ok(())
    }

    fn execute(&mut self, authorised: Authorised, now: Moment) -> Result<Answer, HostError> {
        let paid = authorised.amount();
        authorised.redeem(now).map_err(|_| HostError::Expired)?;
        Ok(paid.map_or(Answer::Done, Answer::Balance))
    }
}

struct Room {
    interpreter: Interpreter,
    assistant: Assistant<Shop>,
    second: i64,
}

impl Room {
    fn new() -> Self {
        let catalog =
            "products: [Filterkaffee, Espresso]\ncontacts: [Anna]\npayment_methods: [Visa]";
        let builder = Engine::builder().languages(Languages::Only(Language::DE));
        let builder = builder.catalog(Catalog::parse("names.yaml", catalog).unwrap());
        // Everything is read back, and nothing more is asked.
        let rules = CurrencyRules {
            pin_above: Some(1_000.into()),
            ..CurrencyRules::default()
        };
        let policy = Policy::default()
            .with_currency(Currency::EUR, rules)
            .with_new_payee(Demand::ReadBack);
        let templates = Templates::new(Language::DE, Address::Familiar);
        Self {
            interpreter: builder.interpreter().unwrap(),
            assistant: Assistant::new(Shop, policy, AssistantState::default(), templates),
            second: 0,
        }
    }

    fn now(&mut self) -> Moment {
        self.second += 1;
        Moment {
            at: Timestamp::from_second(1_800_000_000 + self.second).unwrap(),
            date: date(2027, 1, 15),
        }
    }

    fn say(&mut self, text: &str) -> Option<Reply> {
        let now = self.now();
        self.assistant.read(&self.interpreter, text, now).unwrap()
    }

    /// What was heard as one or the other, as likely.
    fn mumble(&mut self, one: &str, other: &str) -> Reply {
        let [mut one, other] = [one, other].map(|text| match self.interpreter.parse(text) {
            Outcome::Understood(said) => said,
            outcome => panic!("{outcome:?}"),
        });
        one.confidence = 0.5;
        one.alternatives = vec![Alternative {
            intent: other.intent,
            transcript: other.transcript,
            confidence: 0.5,
            slots: other.slots,
            command: other.command,
        }];
        let now = self.now();
        let outcome = Outcome::Understood(one);
        let reply = self.assistant.take(&outcome, Speaker::NotChecked, now);
        reply.unwrap()
    }

    fn hears(&mut self, said: &str, answer: &str) {
        let reply = self.say(said).unwrap();
        assert_eq!(reply.spoken.text, answer, "{said}: {reply:?}");
    }

    fn fails(&mut self, said: &str, reason: HostError) {
        let reply = self.say(said).unwrap();
        assert_eq!(reply.kind, ReplyKind::Failed(reason), "{said}: {reply:?}");
        assert_eq!(self.say("ja"), None);
    }
}

#[test]
fn the_second_of_two_products_costs_what_it_costs() {
    let mut room = Room::new();
    let which = room.mumble("kaufe Filterkaffee", "kaufe Espresso");
    let text = "Was meinst du: Filterkaffee oder Espresso?";
    assert_eq!(which.spoken.text, text, "{which:?}");
    let read = room.say("die zweite").unwrap();
    assert!(read.spoken.text.contains("neun Euro"), "{read:?}");
    let done = room.say("ja").unwrap();
    let paid = ReplyKind::Answered(Answer::Balance(euros(9)));
    assert_eq!(done.kind, paid, "{done:?}");
}

#[test]
fn what_the_host_refuses_is_said_whichever_way_it_was_asked_for() {
    let mut room = Room::new();
    room.fails("überweise Anna 500 Euro", HostError::InsufficientFunds);
    room.hears("überweise 500 Euro", "An wen?");
    room.fails("Anna", HostError::InsufficientFunds);
    room.hears(
        "überweise Anna 50 Euro",
        "Fünfzig Euro an Anna überweisen. Stimmt das?",
    );
    room.fails("nein 500 Euro", HostError::InsufficientFunds);
    room.fails("sperre meine Visa", HostError::Unsupported);
}
