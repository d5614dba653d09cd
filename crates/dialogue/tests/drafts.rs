//! Orders that lack something, words that name no single method, and intents of a host's own: what
//! the dialogue asks about them, and what it reads back.

#![allow(clippy::unwrap_used, reason = "helpers outside of test functions")]

use jiff::Timestamp;
use jiff::civil::date;
use serde_json::{Value, json};
use zahlwort_commands::{
    Catalog, Command, Descriptor, Draft, Effect, Instrument, Missing, Pack, Party, Pin, Rejection,
};
use zahlwort_dialogue::gate::{Gate, GateState};
use zahlwort_dialogue::policy::{Confidence, Context, Declared, Moment, PayeeKey, Policy};
use zahlwort_dialogue::{Address, Ask, Dialogue, Event, Input, Prompt, Templates};
use zahlwort_grammar::{Automaton, Language, MatchOptions};

const PIN: &str = "83059264";

fn at(second: i64) -> Moment {
    Moment {
        at: Timestamp::from_second(1_800_000_000 + second).unwrap(),
        date: date(2027, 1, 15),
    }
}

fn command(json: Value) -> Command {
    serde_json::from_value(json).unwrap()
}

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

fn amount(amount: i64) -> Command {
    let amount = json!({"amount": amount.to_string(), "currency": "EUR"});
    command(json!({"type": "provide_amount", "amount": amount}))
}

fn sure() -> Context {
    Context::new(Confidence::CERTAIN)
}

struct Talk {
    dialogue: Dialogue,
    gate: Gate,
}

impl Talk {
    fn new(policy: Policy) -> Self {
        let mut gate = Gate::new(policy, GateState::default());
        gate.trust(PayeeKey::party(&Party::named("Anna Schmidt")));
        gate.set_pin(&Pin::new(PIN).unwrap()).unwrap();
        Self {
            dialogue: Dialogue::default(),
            gate,
        }
    }

    fn hear(&mut self, second: i64, input: Input) -> Option<Event> {
        self.dialogue.advance(input, &mut self.gate, at(second))
    }

    fn say(&mut self, second: i64, command: Command) -> Option<Event> {
        let input = Input::Command {
            command,
            alternatives: Vec::new(),
            context: sure(),
        };
        self.hear(second, input)
    }

    /// The open question outlives the program.
    fn restart(&mut self) {
        let json = serde_json::to_string(&self.dialogue).unwrap();
        self.dialogue = serde_json::from_str(&json).unwrap();
    }
}

fn prompt(event: Option<Event>) -> Prompt {
    match event {
        Some(Event::Prompt(prompt)) => prompt,
        other => panic!("no prompt: {other:?}"),
    }
}

fn named(name: &str) -> Input {
    Input::Name {
        name: Party::named(name),
        namesakes: Vec::new(),
        context: sure(),
    }
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
    let draft = begun(names, Language::De, text);
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
        (Language::De, "Sperre meine Kreditkarte"),
        (Language::En, "Lock my credit card"),
    ] {
        let mut talk = Talk::new(Policy::default());
        let draft = begun(two, language, text);
        let which = prompt(talk.hear(0, Input::Draft(draft, sure())));
        assert_eq!(methods(&which), ["Visa", "Mastercard"]);
        talk.restart();
        let block = json!({"type": "block_card", "payment_method": {"name": "Visa", "id": "v"}});
        assert_eq!(
            prompt(talk.hear(1, named("Visa"))).ask,
            Ask::ReadBack(command(block))
        );
    }
    // Also where it could be left out: what was said must not be left out silently.
    let mut talk = Talk::new(Policy::default());
    let draft = begun(
        two,
        Language::De,
        "Überweise Anna Schmidt 20 Euro mit der Karte",
    );
    let which = prompt(talk.hear(0, Input::Draft(draft, sure())));
    assert_eq!(methods(&which), ["Visa", "Mastercard"]);
    let with_master = prompt(talk.hear(1, named("Mastercard")));
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
        let draft = begun(none, Language::De, text);
        let which = prompt(talk.hear(0, Input::Draft(draft, sure())));
        assert_eq!(which.ask, Ask::Slot(Missing::PaymentMethod));
        assert_eq!(which.expect.names_of, ["payment_methods"]);
        let read = prompt(talk.hear(1, named("PayPal")));
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
        Templates::new(Language::De, Address::Familiar)
            .render(prompt)
            .text
    };
    let text = "Kinokarte: zwanzig Euro, an Anna Schmidt, 7. Stimmt das?";
    assert_eq!((say(&asked).as_str(), say(&again).as_str()), (text, text));
    // Another amount is another question, and above the limit the PIN's.
    let corrected = prompt(talk.say(2, amount(60)));
    assert_eq!(corrected.ask, Ask::Pin(order(60)));
    let pin = command(json!({"type": "provide_pin", "pin": PIN}));
    let Some(Event::Authorised(authorised)) = talk.say(3, pin) else {
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
