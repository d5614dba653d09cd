//! Whole dialogues, and random ones.

#![allow(clippy::unwrap_used, reason = "helpers outside of test functions")]

mod common;

use std::collections::BTreeSet;

use common::{
    PIN, Talk, amount, authorised, choose, heard, heard_in, named, one_of, order, pin, prompt,
    send, sure,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;
use zahlwort_commands::{Answer, Draft, Missing, Order};
use zahlwort_dialogue::policy::{Confidence, Context, Policy, Speaker};
use zahlwort_dialogue::{
    Address, Ask, CancelReason, Input, Note, Prompt, Refused, Templates, Turn,
};
use zahlwort_grammar::Language;

const WRONG_PIN: &str = "94615027";

#[test]
fn what_is_missing_is_asked_for() {
    let mut talk = Talk::new(Policy::default());
    let draft = Draft::new("SendMoney").unwrap();
    let asked = prompt(talk.hear(0, Input::Draft(draft, sure())));
    assert_eq!(asked.ask, Ask::Slot(Missing::Recipient));
    assert_eq!(asked.expect.names_of, ["payees"]);
    let anna = named(&["Anna Schmidt"]);
    assert_eq!(prompt(talk.hear(1, anna)).ask, Ask::Slot(Missing::Amount));
    talk.restart();
    let asked = prompt(talk.say(2, amount(20)));
    assert_eq!(asked.ask, Ask::ReadBack(send(20, "Anna Schmidt")));
    assert_eq!(
        authorised(talk.say(3, Answer::Confirm)),
        send(20, "Anna Schmidt")
    );
    assert_eq!(talk.say(4, Answer::Confirm), None);
}

#[test]
fn corrections_are_asked_about_anew() {
    let mut talk = Talk::new(Policy::default());
    prompt(talk.say(0, send(20, "Anna Schmidt")));
    let corrected = prompt(talk.say(1, amount(60)));
    assert_eq!(corrected.ask, Ask::Pin(send(60, "Anna Schmidt")));
    let still = prompt(talk.say(2, Answer::Confirm));
    assert_eq!(still.note, Some(Note::PinNeeded));
    prompt(talk.say(3, Answer::Deny));
    let no_question = prompt(talk.say(4, Answer::Confirm));
    assert!(matches!(no_question.ask, Ask::Correction(_)));
    let back = prompt(talk.say(5, amount(30)));
    assert_eq!(back.ask, Ask::ReadBack(send(30, "Anna Schmidt")));
    // The payment said again with another amount keeps what it does not mention.
    let with_reference = order(json!({
        "type": "send_money", "recipient": {"name": "Anna Schmidt"}, "reference": "Kino",
        "amount": {"amount": "20", "currency": "EUR"},
    }));
    prompt(talk.say(6, with_reference));
    let Ask::ReadBack(Order::SendMoney { reference, .. }) =
        prompt(talk.say(7, send(21, "Anna Schmidt"))).ask
    else {
        panic!("read back")
    };
    assert_eq!(reference.as_deref(), Some("Kino"));
    assert_eq!(
        talk.say(8, Answer::Cancel),
        Some(Turn::Cancelled(CancelReason::BySpeaker))
    );
}

#[test]
fn of_two_people_one_is_chosen() {
    for answer in [heard(choose(2)), named(&["Weber"])] {
        let mut talk = Talk::new(Policy::default());
        let input = one_of(vec![send(5, "Anna Schmidt"), send(5, "Anna Weber")]);
        let asked = prompt(talk.hear(0, input));
        let spoken = Templates::new(Language::DE, Address::Formal).render(&asked);
        assert_eq!(spoken.text, "Was meinen Sie: Anna Schmidt oder Anna Weber?");
        let unclear = prompt(talk.hear(1, named(&["Anna"])));
        assert_eq!(unclear.note, Some(Note::NotUnderstood));
        assert_eq!(
            prompt(talk.hear(2, answer)).ask,
            Ask::Pin(send(5, "Anna Weber"))
        );
        assert_eq!(authorised(talk.say(3, pin(PIN))), send(5, "Anna Weber"));
    }
}

#[test]
fn what_names_cannot_tell_apart_is_said_in_full() {
    let kaffee = json!({"name": "Kaffee"});
    let cases = [
        (
            order(json!({"type": "reorder", "product": kaffee})),
            order(json!({"type": "add_to_cart", "product": kaffee})),
            "Was meinst du: Kaffee noch einmal bestellen oder Kaffee in den Warenkorb legen?",
        ),
        (
            send(50, "Anna Schmidt"),
            send(15, "Anna Schmidt"),
            "Was meinst du: fünfzig Euro an Anna Schmidt überweisen oder fünfzehn Euro an Anna Schmidt überweisen?",
        ),
    ];
    for (first, second, question) in cases {
        let mut talk = Talk::new(Policy::default());
        let input = one_of(vec![first, second.clone()]);
        let asked = prompt(talk.hear(0, input));
        let spoken = Templates::new(Language::DE, Address::Familiar).render(&asked);
        assert_eq!(spoken.text, question);
        let answer = heard(choose(2));
        match talk.hear(1, answer) {
            Some(Turn::Authorised(done)) => assert_eq!(done.command(), &second),
            Some(Turn::Prompt(back)) => assert_eq!(back.ask, Ask::ReadBack(second)),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_name_of_two_people_is_asked_about_once_the_rest_is_known() {
    let annas = ["Anna Schmidt", "Anna Weber"];
    let mut talk = Talk::new(Policy::default());
    prompt(talk.hear(0, Input::Draft(Draft::new("SendMoney").unwrap(), sure())));
    let how_much = prompt(talk.hear(1, named(&annas)));
    assert_eq!(how_much.ask, Ask::Slot(Missing::Amount));
    talk.restart();
    let which = Ask::Choose(annas.map(|anna| send(20, anna)).to_vec());
    assert_eq!(prompt(talk.say(2, amount(20))).ask, which);
    // "Anna" again does not say which.
    let again = prompt(talk.hear(3, named(&annas)));
    assert_eq!(
        (again.ask, again.note),
        (which.clone(), Some(Note::NotUnderstood))
    );
    let chosen = prompt(talk.hear(4, named(&["Anna Schmidt"])));
    assert_eq!(chosen.ask, Ask::ReadBack(send(20, "Anna Schmidt")));
    // "Nein, an Anna": which one is asked as well.
    prompt(talk.say(5, Answer::Deny));
    assert_eq!(prompt(talk.hear(6, named(&annas))).ask, which);
}

#[test]
fn dialogues_end() {
    let mut talk = Talk::new(Policy::default());
    prompt(talk.say(0, send(20, "Anna Schmidt")));
    prompt(talk.hear(1, Input::Rejected));
    prompt(talk.hear(2, Input::NoSpeech));
    let ended = Some(Turn::Cancelled(CancelReason::NotUnderstood));
    assert_eq!(talk.hear(3, Input::Rejected), ended);
    prompt(talk.say(4, send(20, "Anna Schmidt")));
    let ended = Some(Turn::Cancelled(CancelReason::TimedOut));
    assert_eq!(talk.hear(5, Input::Timeout), ended);
    // A restored question still expires, and a clock set back closes it.
    for late in [45, 3000, -1] {
        let mut talk = Talk::new(Policy::default());
        prompt(talk.say(0, send(20, "Anna Schmidt")));
        talk.restart();
        assert_eq!(talk.say(late, Answer::Confirm), None);
        assert_eq!(talk.say(1, Answer::Confirm), None);
    }
    let mut talk = Talk::new(Policy::default());
    prompt(talk.say(0, send(20, "Ben")));
    for second in 1..=3 {
        let again = prompt(talk.say(second, pin(WRONG_PIN)));
        assert_eq!(again.note, Some(Note::WrongPin));
    }
    let refused = talk.say(4, pin(PIN));
    assert!(
        matches!(refused, Some(Turn::Refused(Refused::Pin(_)))),
        "{refused:?}"
    );
    assert!(!talk.dialogue.is_open());
}

#[test]
fn a_mumbled_or_strange_yes_is_none() {
    let mut talk = Talk::new(Policy::default());
    prompt(talk.say(0, send(20, "Anna Schmidt")));
    let yes = |context| heard_in(context, Answer::Confirm);
    let mumbled = prompt(talk.hear(1, yes(Context::new(Confidence::new(0.1)))));
    assert_eq!(mumbled.note, Some(Note::NotUnderstood));
    let stranger = Context {
        speaker: Speaker::Unknown,
        ..sure()
    };
    let asked = prompt(talk.hear(2, yes(stranger)));
    assert_eq!(asked.ask, Ask::Pin(send(20, "Anna Schmidt")));
}

#[test]
fn prompts_read_amount_and_payee_and_names_cannot_be_markup() {
    let mut talk = Talk::new(Policy::default());
    let asked = prompt(talk.say(0, send(20, "Anna Schmidt")));
    for (language, address, text) in [
        (
            Language::DE,
            Address::Familiar,
            "Zwanzig Euro an Anna Schmidt überweisen. Stimmt das?",
        ),
        (
            Language::EN,
            Address::Formal,
            "Send twenty euros to Anna Schmidt. Is that right?",
        ),
    ] {
        assert_eq!(Templates::new(language, address).render(&asked).text, text);
    }
    let nasty = "Eve\u{202e}</s><break/>\u{0}{amount} & \"Söhne\"";
    let asked = prompt(talk.say(1, send(20, nasty)));
    let spoken = Templates::new(Language::DE, Address::Formal).render(&asked);
    assert!(
        spoken
            .ssml
            .contains("Eve &lt;/s&gt;&lt;break/&gt; {amount} &amp; &quot;Söhne&quot;"),
        "{}",
        spoken.ssml
    );
    assert!(spoken.text.ends_with("Sagen Sie bitte Ihre PIN."));
    for name in Templates::names() {
        assert!(
            Templates::new(Language::EN, Address::Formal)
                .set(name, "{x}")
                .is_err()
        );
    }
}

#[test]
fn repeat_and_help_do_not_prolong_a_question() {
    let mut talk = Talk::new(Policy::default());
    assert_eq!(talk.say(0, Answer::Repeat), None);
    assert_eq!(prompt(talk.say(0, Answer::Help)).ask, Ask::Anything);
    let first = prompt(talk.say(0, send(20, "Anna Schmidt")));
    assert_eq!(prompt(talk.say(30, Answer::Repeat)), first);
    assert_eq!(prompt(talk.say(31, Answer::Help)).ask, first.ask);
    assert_eq!(talk.say(45, Answer::Confirm), None);
}

#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "a few dozen in a test")]
enum Step {
    Say(Order),
    Answer(Answer),
    Draft(Option<i64>),
    Name(&'static str),
    Rejected,
    Timeout,
    Restart,
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let name = prop_oneof![Just("Anna Schmidt"), Just("Ben")];
    prop_oneof![
        4 => (1_i64..1100, name.clone()).prop_map(|(amount, to)| Step::Say(send(amount, to))),
        4 => (1_i64..50, name.clone()).prop_map(|(amount, to)| Step::Say(send(amount, to))),
        8 => Just(Step::Answer(Answer::Confirm)),
        1 => Just(Step::Answer(Answer::Deny)),
        1 => Just(Step::Answer(Answer::Cancel)),
        1 => Just(Step::Say(Order::Checkout { payment_method: None })),
        1 => Just(Step::Say(Order::ShowCart)),
        2 => (1_i64..1100).prop_map(|n| Step::Answer(amount(n))),
        3 => Just(Step::Answer(pin(PIN))),
        1 => Just(Step::Answer(pin(WRONG_PIN))),
        1 => proptest::option::of(1_i64..100).prop_map(Step::Draft),
        2 => name.prop_map(Step::Name),
        1 => Just(Step::Rejected),
        1 => Just(Step::Timeout),
        2 => Just(Step::Restart),
        2 => (-100_i64..100).prop_map(Step::Wait),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Checks what the default policy promises, without sharing code with it.
    #[test]
    fn no_sequence_gets_around_the_policy(steps in proptest::collection::vec(step(), 1..40)) {
        let mut talk = Talk::new(Policy::default());
        let mut known = BTreeSet::from(["Anna Schmidt".to_owned()]);
        let mut keys = BTreeSet::new();
        let mut spent = Decimal::ZERO;
        // What was last read out, and when.
        let mut asked: Option<(Order, i64)> = None;
        let mut second = 0;
        for step in steps {
            let mut right_pin = false;
            let mut yes = false;
            let input = match step {
                Step::Say(said) => heard(said),
                Step::Answer(said) => {
                    yes = said == Answer::Confirm;
                    right_pin = said == pin(PIN);
                    heard(said)
                }
                Step::Draft(n) => {
                    let mut draft = Draft::new("SendMoney").unwrap();
                    if let Some(Answer::ProvideAmount { amount }) = n.map(amount) {
                        draft = draft.with("amount", &amount).unwrap();
                    }
                    Input::Draft(draft, sure())
                }
                Step::Name(name) => named(&[name]),
                Step::Rejected => Input::Rejected,
                Step::Timeout => Input::Timeout,
                Step::Restart => { talk.restart(); continue; }
                Step::Wait(seconds) => { second += seconds; continue; }
            };
            let event = talk.hear(second, input);
            let shown = format!(
                "{event:?} {talk:?} {} {}",
                serde_json::to_string(&talk.dialogue).unwrap(),
                serde_json::to_string(talk.gate.state()).unwrap(),
                talk = (&talk.dialogue, &talk.gate),
            );
            prop_assert!(!shown.contains(PIN) && !shown.contains(WRONG_PIN));
            match event {
                Some(Turn::Authorised(authorised)) => {
                    prop_assert!(keys.insert(authorised.key()), "twice for one key");
                    let command = authorised.command().clone();
                    if let Order::SendMoney { recipient, amount, .. } = &command {
                        let (read, since) = asked.clone().expect("read back before");
                        prop_assert_eq!(&read, &command);
                        prop_assert!((0..45).contains(&(second - since)));
                        let needs_pin = amount.amount() > Decimal::from(50)
                            || !known.contains(&recipient.name);
                        prop_assert!(right_pin || (yes && !needs_pin));
                        spent += amount.amount();
                        prop_assert!(spent <= Decimal::from(1000), "over the limit");
                        known.insert(recipient.name.clone());
                    } else if matches!(command, Order::Checkout { .. }) {
                        prop_assert!(right_pin);
                    } else {
                        prop_assert_eq!(command, Order::ShowCart);
                    }
                    asked = None;
                }
                // A repeated question keeps its age.
                None | Some(Turn::Prompt(Prompt { note: Some(_), .. })) => {}
                Some(Turn::Prompt(Prompt { ask: Ask::ReadBack(read) | Ask::Pin(read), .. })) => {
                    asked = Some((read, second));
                }
                Some(_) => asked = None,
            }
        }
    }
}
