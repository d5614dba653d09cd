//! What a soak has found in the gate (`examples/soak`), or looked for in vain.

#![allow(clippy::unwrap_used, reason = "helpers outside of test functions")]

use jiff::Timestamp;
use jiff::civil::date;
use zahlwort_commands::Order;
use zahlwort_dialogue::gate::{Asked, Gate, GateState, NotConfirmed, Question};
use zahlwort_dialogue::policy::{Confidence, Context, Moment, Policy};

fn at(second: i64) -> Moment {
    Moment {
        at: Timestamp::from_second(1_800_000_000 + second).unwrap(),
        date: date(2027, 1, 15),
    }
}

fn ask(gate: &mut Gate, second: i64) -> Question {
    let command = Order::BlockCard {
        payment_method: None,
    };
    let context = Context::new(Confidence::CERTAIN);
    match gate.ask(command, context, at(second)).unwrap() {
        Asked::Question(question) => question,
        Asked::Run(_) => panic!("a card is blocked only after a yes"),
    }
}

/// The gate does not remember every question for ever, and a clock can be turned back to when the first was
/// open.
#[test]
fn what_was_answered_stays_answered_after_thousands_of_others() {
    let mut gate = Gate::new(Policy::default(), GateState::default());
    let first = ask(&mut gate, 0);
    let waiting = ask(&mut gate, 0);
    assert!(gate.confirm(&first, at(1)).is_ok());
    for second in 1..3_000 {
        let question = ask(&mut gate, second);
        assert!(gate.confirm(&question, at(second)).is_ok());
        assert_eq!(
            gate.confirm(&question, at(second)),
            Err(NotConfirmed::Replayed)
        );
        // Through a restart now and then.
        if second % 500 == 0 {
            let saved = serde_json::to_string(gate.state()).unwrap();
            gate = Gate::new(Policy::default(), serde_json::from_str(&saved).unwrap());
        }
    }
    for old in [first, waiting] {
        assert_eq!(gate.confirm(&old, at(2)), Err(NotConfirmed::Expired));
    }
    // Questions from before the clock was turned back are not all that is refused by it.
    let new = ask(&mut gate, 3);
    assert!(gate.confirm(&new, at(4)).is_ok());
}
