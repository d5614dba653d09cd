//! From sentences of which somebody has marked what is what to commands. `[recipient:Anna]` is what a slot holds,
//! `[-:fünfzig Euro]` what was taken back.

use zahlwort_commands::{Catalog, Meaning, Order, Pack, marked_objection, marked_readings};
use zahlwort_grammar::{Automaton, Language, MatchOptions, Objection};
use zahlwort_reading::{Marked, Span};

const CATALOG: &str = "
contacts: [Anna, Jonas]
merchants: [Rossmann]
payment_methods: [PayPal]
accounts: [Girokonto]
";

/// The sentence without its marks, and what they say.
fn marked(intent: &str, sentence: &str) -> (String, Marked) {
    let (mut text, mut spans, mut taken_back) = (String::new(), Vec::new(), Vec::new());
    for part in sentence.split_inclusive(['[', ']']) {
        let Some((slot, words)) = part.strip_suffix(']').and_then(|mark| mark.split_once(':'))
        else {
            text.push_str(part.trim_end_matches(['[', ']']));
            continue;
        };
        let range = text.len()..text.len() + words.len();
        text.push_str(words);
        match slot {
            "-" => taken_back.push(range),
            _ => spans.push(Span {
                slot: slot.to_owned(),
                range,
                confidence: 0.9,
            }),
        }
    }
    let marked = Marked {
        intent: intent.to_owned(),
        spans,
        taken_back,
        probability: 0.9,
        confidence: 0.9,
    };
    (text, marked)
}

fn automaton(language: Language) -> Option<Automaton> {
    let catalog = Catalog::parse("names.yaml", CATALOG).ok()?;
    let home = Pack::HOME.load(language).ok()?;
    let grammar = Pack::PAYMENTS.load(language).ok()?.merge(home).ok()?;
    Automaton::compile(&grammar, &catalog.lists()).ok()
}

/// The order's JSON with which a marked sentence comes out; `None` if it has no values.
fn order(language: Language, intent: &str, sentence: &str) -> Option<serde_json::Value> {
    let automaton = automaton(language)?;
    let (text, marked) = marked(intent, sentence);
    let readings = marked_readings(&automaton, &text, &marked, &MatchOptions::default());
    match Meaning::of(&readings)? {
        Meaning::Commands(commands) => {
            let order: &Order = commands.first()?.meaning.order()?;
            serde_json::to_value(order).ok()
        }
        _ => None,
    }
}

fn amount(order: &serde_json::Value) -> String {
    let part = |name: &str| order["amount"][name].as_str().unwrap_or_default();
    format!("{} {}", part("amount"), part("currency"))
}

#[test]
fn what_counts_is_in_the_currency_that_was_taken_back() {
    for (sentence, expected) in [
        (
            "Send [recipient:Anna] [-:a hundred pounds], no, [amount:eighty]",
            "80.00 GBP",
        ),
        (
            "Send [recipient:Anna] [-:a hundred pounds], no, [amount:eighty dollars]",
            "80.00 USD",
        ),
        (
            "Send [recipient:Anna] [-:eighty], I mean [amount:ninety]",
            "90.00 EUR",
        ),
        (
            "Send [recipient:Anna] [-:ten pounds], no, [-:twelve pounds], no, [amount:eleven]",
            "11.00 GBP",
        ),
    ] {
        let order = order(Language::EN, "SendMoney", sentence).expect(sentence);
        assert_eq!(amount(&order), expected, "{sentence}");
    }
}

#[test]
fn of_two_currencies_that_were_taken_back_none_is_guessed() {
    let bare = "Send [recipient:Anna] [-:ten pounds], no, [-:twelve dollars], no, [amount:eleven]";
    assert_eq!(order(Language::EN, "SendMoney", bare), None);
    let named = bare.replace("eleven", "eleven francs");
    let order = order(Language::EN, "SendMoney", &named).unwrap();
    assert_eq!(amount(&order), "11.00 CHF");
}

#[test]
fn a_card_an_account_or_a_room_may_be_one_that_no_list_has() {
    for (intent, sentence, slot, name) in [
        (
            "PayMerchant",
            "Zahl bei [merchant:Rossmann] [amount:12 Euro] mit meiner [payment_method:blauen Karte]",
            "payment_method",
            "blauen Karte",
        ),
        (
            "CheckBalance",
            "Was ist auf meinem [account:Urlaubskonto]?",
            "account",
            "Urlaubskonto",
        ),
    ] {
        let order = order(Language::DE, intent, sentence).expect(sentence);
        assert_eq!(order[slot]["name"], name, "{sentence}");
        assert_eq!(order[slot]["open"], true, "{sentence}");
    }
    for card in ["Visa ending in 88", "Shop Pay", "pay later"] {
        let sentence =
            format!("Pay [merchant:Rossmann] [amount:12 euros] with [payment_method:{card}]");
        let order = order(Language::EN, "PayMerchant", &sentence).expect(card);
        assert_eq!(order["payment_method"]["name"], card);
    }
    let known = order(
        Language::DE,
        "CheckBalance",
        "Was ist auf dem [account:Girokonto]?",
    )
    .unwrap();
    assert_eq!(known["account"]["name"], "Girokonto");
    assert!(known["account"].get("open").is_none());
    let room = order(
        Language::EN,
        "LightOn",
        "It is dark in the [room:boiler room]",
    )
    .unwrap();
    assert_eq!(room["room"], "boiler room");
}

#[test]
fn no_amount_day_or_period_is_made_up() {
    for (intent, sentence) in [
        ("SendMoney", "Send [recipient:Anna] [amount:some of it]"),
        (
            "SendMoney",
            "Send [recipient:Anna] [amount:ten euros] on [execution_date:the blue day]",
        ),
        (
            "ListTransactions",
            "Show what I spent [period:in the good old days]",
        ),
        (
            "PayMerchant",
            "Pay [merchant:Rossmann] [amount:ten euros] with [payment_method:not Visa]",
        ),
    ] {
        assert_eq!(order(Language::EN, intent, sentence), None, "{sentence}");
    }
}

#[test]
fn an_article_in_a_name_may_be_left_out() {
    let sentence = "At [merchant:The Copper Kettle] I owe [amount:ten euros], pay that";
    let order = order(Language::EN, "PayMerchant", sentence).unwrap();
    assert_eq!(order["merchant"]["name"], "Copper Kettle");
}

#[test]
fn a_month_begins_on_its_first_day() {
    for (language, sentence) in [
        (
            Language::DE,
            "[recipient:Anna] kriegt [interval:jeden Monat] [amount:50 Euro], [start_date:ab Dezember]",
        ),
        (
            Language::EN,
            "[recipient:Anna] gets [amount:50 euros] [interval:every month] [start_date:from December]",
        ),
    ] {
        let order = order(language, "CreateStandingOrder", sentence).expect(sentence);
        assert_eq!(order["start_date"], "2000-12-01", "{sentence}");
    }
}

#[test]
fn what_is_a_matter_of_words_is_not_estimated() {
    let german = automaton(Language::DE).unwrap();
    let english = automaton(Language::EN).unwrap();
    let negated = Some(Objection::Negated);
    let several = Some(Objection::Several);
    for (automaton, intent, sentence, expected) in [
        (
            &german,
            "SendMoney",
            "Ich will [recipient:Anna] keine [amount:20 Euro] schicken",
            negated,
        ),
        (
            &english,
            "SendMoney",
            "Send [recipient:Anna] minus [amount:fifty euros]",
            negated,
        ),
        (
            &english,
            "BlockCard",
            "Never lock my [payment_method:PayPal]",
            negated,
        ),
        (
            &german,
            "SendMoney",
            "Schick [recipient:Anna] & Lukas [amount:50 Euro]",
            several,
        ),
        (
            &german,
            "SendMoney",
            "Schick [amount:50 Euro] an [recipient:Anna] oder Jonas",
            several,
        ),
        (
            &english,
            "SendMoney",
            "Send [-:55] or maybe [amount:65 euros] to [recipient:Anna]",
            several,
        ),
        (
            &english,
            "SendMoney",
            "Send [recipient:Anna] 20 [amount:30 euros]",
            several,
        ),
        (
            &german,
            "SendMoney",
            "Schick [recipient:Anna] [-:20], nein, [amount:30 Euro]",
            None,
        ),
        (
            &english,
            "SendMoney",
            "Don't laugh, but send [recipient:Anna] [amount:50 euros]",
            None,
        ),
        (
            &german,
            "BuyProduct",
            "Opa hat keine [product:Bonbons] mehr, bestell [quantity:zwei]",
            None,
        ),
        // Limits, debts and waits negate and take back nothing.
        (
            &german,
            "BuyProduct",
            "Bestell [product:Servietten] für nicht mehr als [max_price:7 Euro]",
            None,
        ),
        (
            &english,
            "PayBill",
            "I still haven't paid [biller:Netflix] the [amount:12 euros] so do it now",
            None,
        ),
        (
            &german,
            "RequestMoney",
            "Ich warte immer noch auf [amount:90 Euro] von [recipient:Stella] also fordere sie an",
            None,
        ),
        (
            &german,
            "SendMoney",
            "Überweis [recipient:Anna] noch nicht [amount:50 Euro]",
            negated,
        ),
        // What goes on behind an "and" is another payee or the rest of the order.
        (
            &german,
            "BuyProduct",
            "Hol sie bei [merchant:Rossmann] und gib höchstens [max_price:20 Euro] aus",
            None,
        ),
        (
            &german,
            "SendMoney",
            "Schick [recipient:Anna] und Lukas [amount:50 Euro]",
            several,
        ),
        (
            &german,
            "SendMoney",
            "Schick [recipient:Anna] und meiner Schwester [amount:50 Euro]",
            several,
        ),
        (
            &german,
            "SendMoney",
            "schick [recipient:anna] und lukas [amount:50 euro]",
            several,
        ),
    ] {
        let (text, marked) = marked(intent, sentence);
        assert_eq!(
            marked_objection(automaton, &text, &marked),
            expected,
            "{sentence}"
        );
    }
}

#[test]
fn of_what_is_cancelled_a_sure_reading_may_say_that_it_is_not_wanted() {
    let automaton = automaton(Language::EN).expect("the English pack is there");
    for (intent, sentence) in [
        (
            "CancelOrder",
            "I don't need the [product:tent] any more so cancel it",
        ),
        (
            "BlockCard",
            "My [payment_method:credit card] is not in the drawer so lock it",
        ),
    ] {
        let (text, unsure) = marked(intent, sentence);
        let sure = Marked {
            confidence: 0.97,
            ..unsure.clone()
        };
        let objects = |marked| marked_objection(&automaton, &text, marked);
        assert_eq!(objects(&unsure), Some(Objection::Negated), "{sentence}");
        assert_eq!(objects(&sure), None, "{sentence}");
    }
    // Money goes nowhere where something is negated, however sure the reading is.
    let (text, mut sure) = marked("SendMoney", "Don't send [recipient:Anna] [amount:20 euros]");
    sure.confidence = 0.99;
    assert_eq!(
        marked_objection(&automaton, &text, &sure),
        Some(Objection::Negated)
    );
}
