//! Policies, and what they decide: nothing that spends runs at once, unless the file says so.
#![no_main]

use jiff::Timestamp;
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use zahlwort_commands::Order;
use zahlwort_dialogue::policy::{Confidence, Context, Decision, Ledger, Moment, Policy};

fuzz_target!(|text: &str| {
    let Ok(policy) = Policy::from_toml(text) else {
        return;
    };
    let now = Moment {
        at: Timestamp::UNIX_EPOCH,
        date: date(1970, 1, 1),
    };
    let pay: Order = serde_json::from_str(
        r#"{"type":"pay_merchant","merchant":{"name":"Rewe"},"amount":{"amount":"20.00","currency":"EUR"}}"#,
    )
    .expect("a command");
    let context = Context::new(Confidence::CERTAIN);
    let decision = policy.decide(&pay, &context, &Ledger::default(), None, now);
    let may_run = text.contains("run_at_once");
    assert!(may_run || decision != Decision::RunAtOnce, "{policy:?}");
    assert!((1..=600).contains(&policy.confirmation_seconds()));
});
