//! What stands between a sentence and an account: `cargo run --release --example dialogue`
//!
//! Text is read here; `Assistant::hear` takes recordings in the same way.

use zahlwort::dialogue::gate::{Authorised, GateState};
use zahlwort::dialogue::host::{Host, HostError, Response};
use zahlwort::dialogue::policy::{Demand, Moment, Policy};
use zahlwort::dialogue::{Address, Dialogue, Templates};
use zahlwort::{Assistant, AssistantState, Interpreter, Language, Money, Order};

/// A bank that has nothing but a printer.
struct Bank;

impl Host for Bank {
    fn quote(&self, _: &Order) -> Result<Option<Money>, HostError> {
        Ok(None)
    }

    fn authorise(&self, _: &Order, amount: Option<Money>) -> Result<(), HostError> {
        match amount {
            Some(amount) if amount.amount() > 100.into() => Err(HostError::InsufficientFunds),
            _ => Ok(()),
        }
    }

    /// A bank keeps both, so that nothing is paid twice after a crash.
    fn save(&mut self, _: &Dialogue, _: &GateState) -> Result<(), HostError> {
        Ok(())
    }

    fn execute(&mut self, authorised: Authorised, now: Moment) -> Result<Response, HostError> {
        let (order, key) = authorised.redeem(now).map_err(|_| HostError::Expired)?;
        println!("    bank: {order:?}, once for the key {key}");
        Ok(Response::Done)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let interpreter = Interpreter::builder().interpreter()?;
    // A new payee would need a PIN; here a yes is enough.
    let policy = Policy::default().with_new_payee(Demand::ReadBack);
    let words = Templates::new(Language::EN, Address::Familiar);
    let mut assistant = Assistant::new(Bank, policy, AssistantState::default(), words);
    for said in "send money to Emily,ninety euros,no,send Emily twenty euros,yes".split(',') {
        let now = Moment {
            at: jiff::Timestamp::now(),
            date: jiff::ZonedDateTime::now().date(),
        };
        println!("you: {said}");
        if let Some(reply) = assistant.read(&interpreter, said, now)? {
            println!("    it: {}", reply.spoken.text);
        }
    }
    Ok(())
}
