//! A conversation without audio: what is said goes in typed, and the clock is the test's.

#![allow(dead_code, reason = "no test uses all of it")]
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use jiff::Timestamp;
use jiff::civil::date;
use serde_json::{Value, json};
use zahlwort_commands::{Command, Party, Pin};
use zahlwort_dialogue::gate::{Gate, GateState};
use zahlwort_dialogue::host::Quotes;
use zahlwort_dialogue::policy::{Confidence, Context, Moment, PayeeKey, Policy};
use zahlwort_dialogue::{Dialogue, Event, Input, Prompt};

pub const PIN: &str = "83059264";

pub fn at(second: i64) -> Moment {
    Moment {
        at: Timestamp::from_second(1_800_000_000 + second).unwrap(),
        date: date(2027, 1, 15),
    }
}

pub fn command(json: Value) -> Command {
    serde_json::from_value(json).unwrap()
}

pub fn send(amount: i64, to: &str) -> Command {
    command(json!({
        "type": "send_money",
        "recipient": {"name": to},
        "amount": {"amount": amount.to_string(), "currency": "EUR"},
    }))
}

pub fn amount(amount: i64) -> Command {
    let amount = json!({"amount": amount.to_string(), "currency": "EUR"});
    command(json!({"type": "provide_amount", "amount": amount}))
}

pub fn pin(digits: &str) -> Command {
    command(json!({"type": "provide_pin", "pin": digits}))
}

pub fn choose(position: i32) -> Command {
    command(json!({"type": "choose_option", "position": position}))
}

pub fn sure() -> Context {
    Context::new(Confidence::CERTAIN)
}

pub fn heard(command: Command) -> Input {
    one_of(vec![command])
}

/// What may have been any of these, the first a little likelier.
pub fn one_of(mut commands: Vec<Command>) -> Input {
    Input::Command {
        command: commands.remove(0),
        alternatives: commands,
        context: sure(),
    }
}

/// A name that may mean each of these.
pub fn named(names: &[&str]) -> Input {
    let (first, others) = names.split_first().unwrap();
    Input::Name {
        name: Party::named(*first),
        namesakes: others.iter().map(|name| Party::named(*name)).collect(),
        context: sure(),
    }
}

/// A dialogue with its gate, which knows Anna Schmidt and the [`PIN`], and with a host that is asked for prices.
pub struct Talk<H = ()> {
    pub dialogue: Dialogue,
    pub gate: Gate,
    pub host: H,
}

impl Talk {
    pub fn new(policy: Policy) -> Self {
        Self::with(policy, ())
    }
}

impl<H: Quotes> Talk<H> {
    pub fn with(policy: Policy, host: H) -> Self {
        let mut gate = Gate::new(policy, GateState::default());
        gate.trust(PayeeKey::party(&Party::named("Anna Schmidt")));
        gate.set_pin(&Pin::new(PIN).unwrap()).unwrap();
        let dialogue = Dialogue::default();
        Self {
            dialogue,
            gate,
            host,
        }
    }

    pub fn hear(&mut self, second: i64, input: Input) -> Option<Event> {
        self.dialogue
            .advance(input, &mut self.gate, &self.host, at(second))
    }

    pub fn say(&mut self, second: i64, command: Command) -> Option<Event> {
        self.hear(second, heard(command))
    }

    /// What is open and what was counted outlive the program.
    pub fn restart(&mut self) {
        let json = serde_json::to_string(&self.dialogue).unwrap();
        self.dialogue = serde_json::from_str(&json).unwrap();
        let json = serde_json::to_string(self.gate.state()).unwrap();
        let policy = self.gate.policy().clone();
        self.gate = Gate::new(policy, serde_json::from_str(&json).unwrap());
    }
}

pub fn prompt(event: Option<Event>) -> Prompt {
    match event {
        Some(Event::Prompt(prompt)) => prompt,
        other => panic!("no prompt: {other:?}"),
    }
}

pub fn authorised(event: Option<Event>) -> Command {
    match event {
        Some(Event::Authorised(authorised)) => authorised.command().clone(),
        other => panic!("not authorised: {other:?}"),
    }
}
