//! Orders that lack something, words that name no single method, and intents of a host's own: what
//! the dialogue asks about them, and what it reads back.

#![allow(clippy::unwrap_used, reason = "helpers outside of test functions")]

mod common;

use common::{PIN, Talk, amount, command, named, pin, prompt, sure};
use serde_json::json;
use zahlwort_commands::{
    Catalog, Command, Descriptor, Draft, Effect, Instrument, Missing, Pack, Party, Rejection,
};
use zahlwort_dialogue::policy::{Declared, Policy};
use zahlwort_dialogue::{Address, Ask, Event, Input, Prompt, Templates};
use zahlwort_grammar::{Automaton, Language, MatchOptions};

/// The methods that the options of a question differ in.
fn methods(which: &Prompt) -> Vec<String> {
    let Ask::Choose(options) = &which.ask else {
        panic!("{which:?}")
    };
    let method = |option: &Command| {
        let json = serde_json::to_value(option).unwrap();
        json["payment_method"]["name"].as_str().unwrap().to_owned()
    };
    options.iter().map(method).collect()
}

/// The reading of a text in a pack, as a draft.
fn begun(catalog: &str, language: Language, text: &str) -> Draft {
    let grammar = Pack::PAYMENTS.load(language).unwrap();
    let catalog = Catalog::parse("c.yaml", catalog).unwrap();
    let automaton = Automaton::compile(&grammar, &catalog.lists()).unwrap();
    let found = automaton.parse(text, &MatchOptions::default());
    let first = found.first().expect(text);
    let rejected = Command::from_match(first);
    assert!(
        matches!(rejected, Err(Rejection::MissingSlot { .. })),
        "{text}: {rejected:?}"
    );
    Draft::from_match(first).unwrap().expect(text)
}

#[test]
fn an_order_that_lacks_something_is_completed_question_by_question() {
    let mut talk = Talk::new(Policy::default());
    let names = "billers: [{name: Vermieter, id: v}]";
    let text = "Richte einen Dauerauftrag über fünfhundert Euro an den Vermieter ein";
    let draft = begun(names, Language::DE, text);
    let asked = prompt(talk.hear(0, Input::Draft(draft, sure())));
    assert_eq!(asked.ask, Ask::Slot(Missing::Interval));
    assert_eq!(asked.expect.intents.first(), Some(&"ProvideInterval"));
    talk.restart();
    let monthly = json!({"frequency": "monthly", "every": 1});
    let monthly = command(json!({"type": "provide_interval", "interval": monthly}));
    let Ask::Pin(Command::CreateStandingOrder { recipient, .. }) = prompt(talk.say(1, monthly)).ask
    else {
        panic!("read back")
    };
    assert_eq!(
        (recipient.id.as_deref(), recipient.open),
        (Some("v"), false)
    );

    // Every order, from nothing to complete, asks only for what it can be told.
    for kind in Descriptor::ALL {
        let Some(mut draft) = Draft::new(kind.intent) else {
            continue;
        };
        let mut talk = Talk::new(Policy::default());
        let mut asked = 0;
        while let Some(&missing) = draft.missing().first() {
            asked += 1;
            assert!(asked <= kind.slots.len(), "{kind:?}");
            let event = talk.hear(0, Input::Draft(draft.clone(), sure()));
            let prompt = prompt(event);
            assert_eq!(prompt.ask, Ask::Slot(missing));
            assert!(!prompt.expect.intents.is_empty());
            for language in Language::ALL {
                let spoken = Templates::new(language, Address::Familiar).render(&prompt);
                assert!(spoken.text.ends_with('?'), "{missing:?}: {}", spoken.text);
            }
            draft = match missing {
                Missing::Amount => draft.with("amount", &json!({"amount": "5", "currency": "EUR"})),
                Missing::Interval => {
                    draft.with("interval", &json!({"frequency": "daily", "every": 1}))
                }
                _ => draft.with_names(&Party::named("Rewe"), &[]),
            }
            .unwrap();
        }
        assert!(draft.complete().is_ok(), "{kind:?}");
    }
}

#[test]
fn a_general_word_for_a_card_is_asked_about_where_it_is_not_clear() {
    let two =
        "payment_methods: [{name: Visa, id: v}, Mastercard, PayPal]\ncontacts: [Anna Schmidt]";
    for (language, text) in [
        (Language::DE, "Sperre meine Kreditkarte"),
        (Language::EN, "Lock my credit card"),
    ] {
        let mut talk = Talk::new(Policy::default());
        let draft = begun(two, language, text);
        let which = prompt(talk.hear(0, Input::Draft(draft, sure())));
        assert_eq!(methods(&which), ["Visa", "Mastercard"]);
        talk.restart();
        let block = json!({"type": "block_card", "payment_method": {"name": "Visa", "id": "v"}});
        assert_eq!(
            prompt(talk.hear(1, named(&["Visa"]))).ask,
            Ask::ReadBack(command(block))
        );
    }
    // Also where it could be left out: what was said must not be left out silently.
    let mut talk = Talk::new(Policy::default());
    let draft = begun(
        two,
        Language::DE,
        "Überweise Anna Schmidt 20 Euro mit der Karte",
    );
    let which = prompt(talk.hear(0, Input::Draft(draft, sure())));
    assert_eq!(methods(&which), ["Visa", "Mastercard"]);
    let with_master = prompt(talk.hear(1, named(&["Mastercard"])));
    let Ask::ReadBack(Command::SendMoney { payment_method, .. }) = with_master.ask else {
        panic!("read back")
    };
    assert_eq!(payment_method, Some(Instrument::named("Mastercard")));
    // None of that kind: which one is asked.
    let none = "payment_methods: [PayPal]";
    for text in [
        "Sperre meine Kreditkarte",
        "Ich möchte mit Kreditkarte bezahlen",
    ] {
        let mut talk = Talk::new(Policy::default());
        let draft = begun(none, Language::DE, text);
        let which = prompt(talk.hear(0, Input::Draft(draft, sure())));
        assert_eq!(which.ask, Ask::Slot(Missing::PaymentMethod));
        assert_eq!(which.expect.names_of, ["payment_methods"]);
        let read = prompt(talk.hear(1, named(&["PayPal"])));
        assert!(matches!(read.ask, Ask::ReadBack(_)), "{read:?}");
    }
}

#[test]
fn a_hosts_own_order_is_read_back_with_amount_payee_and_everything_else() {
    let ticket = Declared {
        amount: Some("price".into()),
        payee: Some("seller".into()),
        say: Some("Kinokarte".into()),
        ..Declared::new(Effect::Spend)
    };
    let policy = Policy::default()
        .with_intent("OrderTicket", ticket)
        .unwrap();
    let mut talk = Talk::new(policy);
    let order = |amount: i64| {
        let price = json!({"amount": amount.to_string() + ".00", "currency": "EUR"});
        command(json!({"type": "custom", "intent": "OrderTicket",
                       "slots": {"price": price, "seller": "Anna Schmidt", "row": 7}}))
    };
    let asked = prompt(talk.say(0, order(20)));
    assert_eq!(asked.ask, Ask::ReadBack(order(20)));
    talk.restart();
    let again = prompt(talk.say(1, Command::Repeat));
    let say = |prompt: &Prompt| {
        Templates::new(Language::DE, Address::Familiar)
            .render(prompt)
            .text
    };
    let text = "Kinokarte: zwanzig Euro, an Anna Schmidt, 7. Stimmt das?";
    assert_eq!((say(&asked).as_str(), say(&again).as_str()), (text, text));
    // Another amount is another question, and above the limit the PIN's.
    let corrected = prompt(talk.say(2, amount(60)));
    assert_eq!(corrected.ask, Ask::Pin(order(60)));
    let Some(Event::Authorised(authorised)) = talk.say(3, pin(PIN)) else {
        panic!("authorised")
    };
    assert_eq!(*authorised.command(), order(60));
    let unsaid = json!({"type": "custom", "intent": "OrderTicket", "slots": {}});
    let asked = prompt(talk.say(4, command(unsaid)));
    assert_eq!(
        say(&asked),
        "Kinokarte: Betrag noch offen. Sag bitte deine PIN."
    );
}
