//! The saved state of gate and dialogue, and a conversation that goes on from it: `dialogue NUL gate`.
#![no_main]

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use libfuzzer_sys::fuzz_target;
use zahlwort_commands::{Command, Draft, Party, Pin};
use zahlwort_dialogue::gate::{Gate, GateState};
use zahlwort_dialogue::policy::{Confidence, Context, Moment, Policy};
use zahlwort_dialogue::{Address, Dialogue, Event, Input, Templates};
use zahlwort_grammar::Language;

fuzz_target!(|text: &str| {
    let (dialogue, gate) = text.split_once('\0').unwrap_or((text, "{}"));
    let state = serde_json::from_str::<GateState>(gate);
    // A PIN's hash is slow on purpose, and its own reader has been here by now.
    let state = state.ok().filter(|state| state.pin.is_none());
    let Ok(dialogue) = serde_json::from_str::<Dialogue>(dialogue) else {
        return;
    };
    let written = serde_json::to_string(&dialogue).expect("what was read is written");
    assert_eq!(
        serde_json::from_str::<Dialogue>(&written).ok(),
        Some(dialogue.clone())
    );
    let state = state.unwrap_or_default();
    let templates = Templates::new(Language::DE, Address::Familiar);
    let sure = Context::new(Confidence::CERTAIN);
    let heard = |command: Command| Input::Command {
        command,
        alternatives: Vec::new(),
        context: sure,
    };
    for at in [Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX] {
        for seconds in [0, 1, 44, 45] {
            let at = at
                .checked_add(SignedDuration::from_secs(seconds))
                .unwrap_or(at);
            let now = Moment {
                at,
                date: Date::MAX,
            };
            for input in [
                heard(Command::Confirm),
                heard(Command::Deny),
                heard(Command::Repeat),
                heard(Command::ProvidePin {
                    pin: Pin::new("0471").expect("a PIN"),
                }),
                Input::Draft(Draft::new("SendMoney").expect("an order"), sure),
                Input::Name {
                    name: Party::named("Anna Schmidt"),
                    namesakes: vec![Party::named("Anna Weber")],
                    context: sure,
                },
                Input::Rejected,
                Input::Timeout,
            ] {
                let mut dialogue = dialogue.clone();
                let mut gate = Gate::new(Policy::default(), state.clone());
                match dialogue.advance(input, &mut gate, &(), now) {
                    Some(Event::Prompt(prompt)) => {
                        let _ = templates.render(&prompt);
                    }
                    Some(Event::Authorised(authorised)) => {
                        assert!(authorised.check(now).is_ok() || authorised.expires_at() <= at);
                    }
                    _ => {}
                }
                let saved = serde_json::to_string(gate.state()).expect("a state is written");
                serde_json::from_str::<GateState>(&saved).expect("and read");
            }
        }
    }
});
