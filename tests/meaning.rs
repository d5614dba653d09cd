//! Texts that are an answer, an order that lacks something, or two orders at once: what comes out, and what an
//! assistant makes of it.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use serde_json::{Value, json};
use zahlwort::commands::{Expectation, Missing};
use zahlwort::dialogue::policy::Speaker;
use zahlwort::dialogue::{Ask, Input};
use zahlwort::grammar::source::LoadOptions;
use zahlwort::{
    Answer, Engine, EngineBuilder, Grammar, Interpreter, Language, Languages, Order, Outcome,
    Report, input,
};

fn german() -> EngineBuilder {
    Engine::builder().languages(Languages::Only(Language::DE))
}

fn json_of(interpreter: &Interpreter, text: &str) -> Value {
    serde_json::to_value(Report::new(None, Ok(interpreter.parse(text)))).unwrap()
}

#[test]
fn answers_are_heard_where_something_was_asked() {
    let orders = german().interpreter().unwrap();
    let answers = [
        ("ja", "Confirm", Expectation::yes_no()),
        ("nein", "Deny", Expectation::yes_no()),
        ("wie bitte", "Repeat", Expectation::yes_no()),
        ("zwölf fünfzig", "ProvideAmount", Expectation::amount()),
        ("drei Stück", "ProvideQuantity", Expectation::quantity()),
        ("eins zwei drei vier", "ProvidePin", Expectation::pin()),
        ("an Lukas", "NameContact", Expectation::name()),
        ("mein Girokonto", "NameMethod", Expectation::name()),
        ("die zweite", "ChooseOption", Expectation::option()),
        ("jeden Monat", "ProvideInterval", Expectation::interval()),
    ];
    let intent = |outcome: &Outcome| outcome.understood().map(|u| u.intent.clone());
    for (text, wanted, expected) in answers {
        assert_eq!(intent(&orders.parse(text)), None, "{text}");
        let heard = orders.parse_expecting(text, &expected).unwrap();
        assert_eq!(intent(&heard).as_deref(), Some(wanted), "{text}");
        let any = orders.parse_expecting(text, &Expectation::any()).unwrap();
        assert!(any.understood().is_some(), "{text}: {any:?}");
        // An order answers no question, and stopping always does.
        let order = orders
            .parse_expecting("stopp die Musik", &expected)
            .unwrap();
        assert_eq!(intent(&order), None, "{text}");
        for always in ["Abbrechen", "Stopp", "Hilfe"] {
            assert!(orders.parse(always).command().is_some(), "{always}");
            let heard = orders.parse_expecting(always, &expected).unwrap();
            assert!(heard.command().is_some(), "{always}");
        }
    }
    let any = orders.parse_expecting("stopp die Musik", &Expectation::any());
    assert_eq!(any.unwrap().order(), Some(&Order::StopMusic));
}

#[test]
fn an_engine_may_be_there_for_answers_alone() {
    let interpreter = german()
        .expect(Expectation::yes_no())
        .interpreter()
        .unwrap();
    assert_eq!(interpreter.parse("ja").answer(), Some(&Answer::Confirm));
    assert_eq!(interpreter.parse("stopp die Musik").command(), None);
    let orders = interpreter.parse_expecting("stopp die Musik", &Expectation::default());
    assert_eq!(orders.unwrap().order(), Some(&Order::StopMusic));
    // Names can be replaced though no answer here uses them.
    let names = "contacts: [{name: Kim Novak, say: [Kim]}]";
    let catalog = zahlwort::Catalog::parse("names.yaml", names).unwrap();
    interpreter.set_catalog(&catalog).unwrap();
    interpreter
        .set_list("contacts", &catalog.lists()["contacts"])
        .unwrap();
    let kim = interpreter.parse_expecting("sende Kim zehn Euro", &Expectation::default());
    assert!(kim.unwrap().command().is_some());
}

#[test]
fn what_a_program_writes_into_its_grammar_is_heard_whatever_its_name() {
    let yaml = "language: de\nintents:\n  Confirm: {data: [{sentences: [so sei es]}]}\n  ProvidePin: {data: [{sentences: ['öffne mit {@digits:pin}']}]}\n";
    let grammar = Grammar::from_yaml("own.yaml", yaml, &LoadOptions::default()).unwrap();
    let interpreter = german().grammar(grammar).interpreter().unwrap();
    assert_eq!(
        interpreter.parse("so sei es").answer(),
        Some(&Answer::Confirm)
    );
    assert!(
        interpreter
            .parse("öffne mit eins zwei drei vier")
            .command()
            .is_some()
    );
    assert_eq!(interpreter.parse("ja").command(), None);
}

#[test]
fn an_order_that_lacks_something_is_incomplete_and_has_no_command() {
    let interpreter = german().interpreter().unwrap();
    let text = "richte einen Dauerauftrag über fünfhundert Euro an Papa ein";
    let five_hundred = json!({"amount": "500.00", "currency": "EUR"});
    assert_eq!(
        json_of(&interpreter, text),
        json!({
            "status": "incomplete",
            "intent": "CreateStandingOrder",
            "confidence": 1.0,
            "language": "de",
            "reading": "grammar",
            "transcript": text,
            "slots": {
                "amount": {"text": "fünfhundert Euro", "value": five_hundred, "confidence": 1.0},
                "recipient": {"text": "Papa", "value": "Papa", "open": false, "confidence": 1.0},
            },
            "missing": ["interval"],
        })
    );
    let outcome = interpreter.parse(text);
    assert_eq!((outcome.command(), outcome.status()), (None, "incomplete"));
    let Input::Draft(draft, context) = input(&outcome, Speaker::NotChecked) else {
        panic!("{outcome:?}")
    };
    assert_eq!(draft.missing(), [Missing::Interval]);
    let recipient: zahlwort::commands::Party = draft.get("recipient").unwrap();
    assert_eq!(recipient.name, "Papa");
    assert!(context.confidence >= zahlwort::dialogue::policy::Confidence::new(1.0));
    // What is complete is no draft.
    let complete = interpreter.parse("überweise Papa fünfhundert Euro");
    assert_eq!(complete.status(), "understood");
    // And what cannot be is not asked about any further.
    assert_eq!(
        interpreter.parse("überweise null Euro").status(),
        "rejected"
    );
}

#[test]
fn of_two_people_of_one_name_an_incomplete_order_keeps_both() {
    let names = "contacts: [{name: Anna Schmidt, say: [Anna]}, {name: Anna Weber, say: [Anna]}]";
    let catalog = zahlwort::Catalog::parse("names.yaml", names).unwrap();
    let interpreter = german().catalog(catalog).interpreter().unwrap();
    let outcome = interpreter.parse("überweise Geld an Anna");
    let Input::Draft(draft, _) = input(&outcome, Speaker::NotChecked) else {
        panic!("{outcome:?}")
    };
    let twenty: zahlwort::Money =
        serde_json::from_value(json!({"amount": "20.00", "currency": "EUR"})).unwrap();
    let choices = draft.with("amount", &twenty).unwrap().choices().unwrap();
    let mut names: Vec<String> = choices
        .into_iter()
        .map(|command| match command {
            Order::SendMoney { recipient, .. } => recipient.name,
            other => panic!("{other:?}"),
        })
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["Anna Schmidt", "Anna Weber"]);
    let Outcome::Incomplete(begun) = outcome else {
        panic!("{outcome:?}")
    };
    // That it is one of the two is certain.
    assert_eq!(
        (begun.confidence, begun.missing),
        (1.0, vec!["amount".to_owned()])
    );
}

#[test]
fn readings_of_one_text_share_its_confidence_and_are_asked_about() {
    let yaml = "language: de\nintents:\n  SearchProduct: {data: [{sentences: ['{products:product} bitte']}]}\n  AddToCart: {data: [{sentences: ['{products:product} bitte']}]}\n";
    let options = LoadOptions::with_lists(zahlwort::Catalog::list_names());
    let grammar = Grammar::from_yaml("own.yaml", yaml, &options).unwrap();
    let interpreter = german().grammar(grammar).interpreter().unwrap();
    let outcome = interpreter.parse("Kaffee bitte");
    let said = outcome.understood().unwrap();
    let shares: Vec<f32> = said.alternatives.iter().map(|a| a.confidence).collect();
    assert_eq!((said.confidence, shares), (0.5, vec![0.5]));
    let Input::Order {
        alternatives,
        context,
        ..
    } = input(&outcome, Speaker::NotChecked)
    else {
        panic!("{outcome:?}")
    };
    assert_eq!(alternatives.len(), 1);
    assert!(context.confidence >= zahlwort::dialogue::policy::Confidence::new(1.0));
}

#[test]
fn an_ordinary_sentence_is_certain_and_one_misspelt_nearly() {
    let interpreter = Engine::builder().interpreter().unwrap();
    for text in [
        "überweise fünfzig Euro an Anna",
        "bestelle noch einmal Kaffee",
        "jetzt bezahlen mit PayPal",
        "pay now with PayPal",
        "order coffee again",
        "stopp die Musik",
    ] {
        let outcome = interpreter.parse(text);
        let said = outcome.understood().unwrap_or_else(|| panic!("{text}"));
        assert_eq!(said.confidence, 1.0, "{text}: {said:?}");
        assert_eq!(said.alternatives, [], "{text}");
    }
    // An account can only be one of the list.
    let outcome = interpreter.parse("wie hoch ist der Kontostand auf meinem Sparkono");
    let said = outcome.understood().unwrap();
    assert!((0.9..1.0).contains(&said.confidence), "{said:?}");
    assert_eq!(said.slots["account"].value, "Sparkonto");
    // Somebody else may well be called like a contact: money never goes to who was not named.
    let outcome = interpreter.parse("überweise fünfzig Euro an Maria Hofmann");
    let said = outcome.understood().unwrap();
    assert_eq!(said.slots["recipient"].value, "Maria Hofmann");
    assert_eq!(said.slots["recipient"].open, Some(true));
}

#[test]
fn an_expectation_of_a_question_hears_its_answers() {
    let interpreter = german().interpreter().unwrap();
    let asks = [
        (Ask::Slot(Missing::Amount), "zwölf Euro"),
        (Ask::Slot(Missing::Recipient), "an Maria"),
        (Ask::Slot(Missing::Interval), "jede Woche"),
        (Ask::Choose(Vec::new()), "die erste"),
        (Ask::ReadBack(Order::ShowCart), "ja"),
        (Ask::Pin(Order::ShowCart), "eins zwei drei vier"),
    ];
    for (ask, answer) in asks {
        let outcome = interpreter.parse_expecting(answer, &ask.expects());
        assert!(outcome.unwrap().understood().is_some(), "{answer}");
        assert_eq!(interpreter.parse(answer).understood(), None, "{answer}");
    }
}
