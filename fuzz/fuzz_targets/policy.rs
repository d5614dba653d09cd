//! Policies, and what they decide: nothing that spends runs at once, unless the file says so.
#![no_main]

use jiff::Timestamp;
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use zahlwort_commands::Command;
use zahlwort_dialogue::policy::{Confidence, Context, Ledger, Moment, Outcome, Policy};

fuzz_target!(|text: &str| {
    let Ok(policy) = Policy::from_toml(text) else {
        return;
    };
    let now = Moment {
        at: Timestamp::UNIX_EPOCH,
        date: date(1970, 1, 1),
    };
    let pay: Command = serde_json::from_str(
        r#"{"type":"pay_merchant","merchant":{"name":"Rewe"},"amount":{"amount":"20.00","currency":"EUR"}}"#,
    )
    .expect("a command");
    let context = Context::new(Confidence::CERTAIN);
    let outcome = policy.decide(&pay, &context, &Ledger::default(), None, now);
    let may_run = text.contains("run_at_once");
    assert!(may_run || outcome != Outcome::RunAtOnce, "{policy:?}");
    assert!((1..=600).contains(&policy.confirmation_seconds()));
    let _ = policy.decide(&Command::Confirm, &context, &Ledger::default(), None, now);
});
