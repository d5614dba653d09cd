//! Whether what came out is what the label says.

use serde_json::Value;
use zahlwort::commands::Effect;
use zahlwort::{Command, Outcome, Slot, Understood};

use super::manifest::Expected;

/// How an outcome compares with its label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The intent is right, or rightly none.
    pub intent: bool,
    /// Labelled slots that are right.
    pub slots_right: usize,
    /// Intent and every labelled slot are right: the command counts.
    pub exact: bool,
    /// No slot was heard that the label does not have, either.
    pub strict: bool,
    /// The status is the labelled one; `None` if the label names none.
    pub status: Option<bool>,
    /// The language is the labelled one; `None` if the label names none or nothing was understood.
    pub language: Option<bool>,
}

pub fn compare(expected: &Expected, outcome: &Outcome) -> Verdict {
    let said = outcome.understood();
    let intent = said.map(|u| u.intent.as_str()) == expected.intent.as_deref();
    let right = |(name, label): &(&String, &Value)| {
        said.and_then(|u| u.slots.get(*name))
            .is_some_and(|slot| same(label, slot))
    };
    let slots_right = expected.slots.iter().filter(right).count();
    let exact = intent && slots_right == expected.slots.len();
    let unlabelled = |u: &Understood| {
        u.slots
            .iter()
            .any(|(n, s)| s.text.is_some() && !expected.slots.contains_key(n))
    };
    Verdict {
        intent,
        slots_right,
        exact,
        strict: exact && !said.is_some_and(unlabelled),
        status: expected
            .status
            .as_ref()
            .map(|status| status == outcome.status()),
        language: expected
            .language
            .as_ref()
            .zip(said)
            .map(|(wanted, u)| wanted == u.language.code()),
    }
}

/// Whether a slot holds what its label says: its value, or in words its name, its text or its
/// identifier, whatever the case.
fn same(label: &Value, slot: &Slot) -> bool {
    if *label == slot.value {
        return true;
    }
    let wanted = match label {
        Value::String(words) => folded(words),
        Value::Number(number) => number.to_string(),
        _ => return false,
    };
    let value = match &slot.value {
        Value::String(text) => Some(folded(text)),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let said = slot.text.as_deref().map(folded);
    [value, said, slot.id.as_deref().map(folded)]
        .into_iter()
        .flatten()
        .any(|have| have == wanted)
}

/// Lower case, single spaces, no punctuation at the ends: what two spellings of a name share.
fn folded(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_ascii_punctuation() || c.is_whitespace());
    text.to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether carrying the command out moves the speaker's money.
pub fn moves_money(command: &Command) -> bool {
    command.descriptor().effect == Effect::Spend
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::path::PathBuf;
    use zahlwort::{Engine, Interpreter, Language, Languages};

    fn german() -> Interpreter {
        Engine::builder()
            .languages(Languages::Only(Language::DE))
            .interpreter()
            .unwrap()
    }

    fn expected(intent: Option<&str>, slots: Value) -> Expected {
        Expected {
            name: "a.wav".into(),
            audio: PathBuf::from("a.wav"),
            intent: intent.map(str::to_owned),
            slots: serde_json::from_value(slots).unwrap(),
            expect: None,
            status: None,
            language: Some("de".into()),
            text: None,
        }
    }

    #[test]
    fn a_command_counts_when_intent_and_every_labelled_slot_are_right() {
        let outcome = german().parse("überweise fünfzig Euro an Anna");
        let fifty = json!({"amount": "50.00", "currency": "EUR"});
        let recipient = outcome.understood().unwrap().slots["recipient"]
            .value
            .clone();
        let check = |intent, slots| compare(&expected(intent, slots), &outcome);

        let right = check(
            Some("SendMoney"),
            json!({"amount": fifty, "recipient": recipient}),
        );
        assert!(right.exact && right.strict && right.language == Some(true));
        let said = check(
            Some("SendMoney"),
            json!({"amount": "Fünfzig Euro", "recipient": "anna"}),
        );
        assert!(said.exact && said.strict);
        let fewer = check(Some("SendMoney"), json!({"amount": fifty}));
        assert!(fewer.exact && !fewer.strict);
        let sixty = check(
            Some("SendMoney"),
            json!({"amount": {"amount": "60.00", "currency": "EUR"}, "recipient": "Anna"}),
        );
        assert!(sixty.intent && !sixty.exact && sixty.slots_right == 1);
        let missing = check(
            Some("SendMoney"),
            json!({"amount": fifty, "reference": "Miete"}),
        );
        assert!(!missing.exact && missing.slots_right == 1);
        let other = check(Some("RequestMoney"), json!({"amount": fifty}));
        assert!(!other.intent && !other.exact);
    }

    #[test]
    fn what_must_not_be_understood_is_right_when_it_is_not() {
        let interpreter = german();
        let label = expected(None, json!({}));
        let verdict = compare(&label, &interpreter.parse("die Sonne scheint heute"));
        assert!(verdict.exact && verdict.strict && verdict.language.is_none());
        let payment = interpreter.parse("überweise fünfzig Euro an Anna");
        assert!(!compare(&label, &payment).exact);
        assert!(moves_money(payment.command().unwrap()));
    }
}
