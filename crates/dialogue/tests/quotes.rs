//! Whatever is put before the gate, the host has been asked about first: what exactly this costs, and whether it
//! could be carried out.

#![allow(clippy::unwrap_used, reason = "helpers outside of test functions")]

mod common;

use std::cell::{Cell, RefCell};

use common::{Talk, amount, authorised, choose, command, named, one_of, prompt, send, sure};
use serde_json::json;
use zahlwort_commands::{Command, Draft, Money};
use zahlwort_dialogue::host::{HostError, Quotes};
use zahlwort_dialogue::policy::{Context, Facts, Policy, Speaker};
use zahlwort_dialogue::{Ask, Event, Input, Refused};

fn euros(amount: i64) -> Money {
    serde_json::from_value(json!({"amount": amount.to_string(), "currency": "EUR"})).unwrap()
}

fn buy(product: &str) -> Command {
    command(json!({"type": "buy_product", "product": {"name": product}}))
}

/// Coffee costs 5 and tea 9; there is a hundred to spend.
struct Shop {
    coffee: Cell<i64>,
    /// What it was asked about.
    asked: RefCell<Vec<Command>>,
}

impl Quotes for Shop {
    fn quoted(&self, command: &Command, facts: &Facts) -> Result<Option<Money>, HostError> {
        self.asked.borrow_mut().push(command.clone());
        let price = match command {
            Command::BuyProduct { product, .. } if product.name == "Kaffee" => {
                Some(euros(self.coffee.get()))
            }
            Command::BuyProduct { product, .. } if product.name == "Tee" => Some(euros(9)),
            Command::BuyProduct { product, .. } => {
                return Err(HostError::OutOfStock(product.name.clone()));
            }
            _ => None,
        };
        match facts.amount.or(price) {
            Some(amount) if amount.amount() > 100.into() => Err(HostError::InsufficientFunds),
            _ => Ok(price),
        }
    }
}

fn talk() -> Talk<Shop> {
    let shop = Shop {
        coffee: Cell::new(5),
        asked: RefCell::default(),
    };
    Talk::with(Policy::default(), shop)
}

/// The dialogue has ended for the host's reason: nothing is left that a yes could pay.
fn is_over(talk: &mut Talk<Shop>, event: Option<Event>, reason: HostError) {
    assert_eq!(event, Some(Event::Refused(Refused::Host(reason))));
    assert!(!talk.dialogue.is_open());
    assert_eq!(talk.say(9, Command::Confirm), None);
}

#[test]
fn the_second_of_two_products_is_read_back_and_paid_at_its_own_price() {
    for answer in [common::heard(choose(2)), named(&["Tee"])] {
        let mut talk = talk();
        let which = prompt(talk.hear(0, one_of(vec![buy("Kaffee"), buy("Tee")])));
        assert!(matches!(which.ask, Ask::Choose(_)), "{which:?}");
        let read = prompt(talk.hear(1, answer));
        assert_eq!(
            (read.ask, read.total),
            (Ask::ReadBack(buy("Tee")), Some(euros(9)))
        );
        let Some(Event::Authorised(done)) = talk.say(2, Command::Confirm) else {
            panic!("authorised")
        };
        assert_eq!(done.amount(), Some(euros(9)));
        assert_eq!(*talk.host.asked.borrow(), [buy("Tee")]);
    }
}

#[test]
fn a_choice_that_the_host_refuses_is_not_read_back() {
    let mut talk = talk();
    prompt(talk.hear(0, one_of(vec![buy("Kaffee"), buy("Gold")])));
    let event = talk.say(1, choose(2));
    is_over(&mut talk, event, HostError::OutOfStock("Gold".to_owned()));
}

#[test]
fn a_draft_that_an_answer_completes_is_authorised_before_it_is_read_back() {
    let begun = |amount| {
        let draft = Draft::new("SendMoney").unwrap();
        Input::Draft(draft.with("amount", &euros(amount)).unwrap(), sure())
    };
    let mut talk = talk();
    prompt(talk.hear(0, begun(500)));
    let event = talk.hear(1, named(&["Anna Schmidt"]));
    is_over(&mut talk, event, HostError::InsufficientFunds);
    // Nor is one of two people asked about in vain for ever: who is chosen is refused as well.
    prompt(talk.hear(10, begun(500)));
    prompt(talk.hear(11, named(&["Anna Schmidt", "Anna Weber"])));
    let event = talk.say(12, choose(1));
    is_over(&mut talk, event, HostError::InsufficientFunds);
    // And one that it does not refuse goes on.
    prompt(talk.hear(20, begun(20)));
    let read = prompt(talk.hear(21, named(&["Anna Schmidt"])));
    assert_eq!(read.ask, Ask::ReadBack(send(20, "Anna Schmidt")));
    let paid = authorised(talk.say(22, Command::Confirm));
    assert_eq!(paid, send(20, "Anna Schmidt"));
    // Nobody asks the host about answers.
    let asked = talk.host.asked.borrow();
    assert_eq!(asked.last(), Some(&send(20, "Anna Schmidt")));
    assert_eq!(asked.len(), 3);
}

#[test]
fn a_corrected_command_is_authorised_anew() {
    for correction in [amount(150), send(150, "Anna Schmidt")] {
        let mut talk = talk();
        prompt(talk.say(0, send(20, "Anna Schmidt")));
        let event = talk.say(1, correction);
        is_over(&mut talk, event, HostError::InsufficientFunds);
    }
    // Another product is another price.
    let mut talk = talk();
    assert_eq!(prompt(talk.say(0, buy("Kaffee"))).total, Some(euros(5)));
    assert_eq!(prompt(talk.say(1, buy("Tee"))).total, Some(euros(9)));
    // What names its amount owes nothing to a price that was quoted for something else.
    let limited = command(json!({"type": "buy_product", "product": {"name": "Tee"},
        "max_price": {"amount": "12", "currency": "EUR"}}));
    prompt(talk.say(2, limited));
    let asked = prompt(talk.say(3, send(20, "Anna Schmidt")));
    assert_eq!(asked.total, None);
}

#[test]
fn who_else_answers_is_told_the_price_of_now() {
    let mut talk = talk();
    assert_eq!(prompt(talk.say(0, buy("Kaffee"))).total, Some(euros(5)));
    talk.host.coffee.set(7);
    let strange = Context {
        speaker: Speaker::Unknown,
        ..sure()
    };
    let yes = |context| Input::Command {
        command: Command::Confirm,
        alternatives: Vec::new(),
        context,
    };
    let asked = prompt(talk.hear(1, yes(strange)));
    assert_eq!(
        (asked.ask, asked.total),
        (Ask::Pin(buy("Kaffee")), Some(euros(7)))
    );
}
