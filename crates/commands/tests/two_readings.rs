//! Sentences of the packs that mean two things at once: drawn from every template, read again, and listed.
//!
//! Two orders that the same words give are a question to the speaker each time. Where people mean one of them, the
//! packs say so: by narrower templates, or by `metadata: {yields_to: …}`.

use std::collections::BTreeMap;

use jiff::civil::date;
use zahlwort_commands::{Catalog, Command, Meaning, Pack, Reading};
use zahlwort_grammar::source::{Intent, IntentData};
use zahlwort_grammar::{Automaton, Grammar, Language, Match, MatchOptions, Sampler, ValueContext};

/// Templates that are drawn from together: to compile each alone takes a minute.
const TOGETHER: usize = 8;
/// Sentences drawn from these.
const SENTENCES: usize = 100;
/// A share from which on it is worth a question, as there is one from four fifths of the best on.
const WORTH_ASKING: f32 = 0.3;

/// Commands that the same words may really mean, by their names in JSON, and why they cannot be told apart.
const ALLOWED: [(&str, &str, &str); 0] = [];

/// All orders of a language, as an engine without settings hears them.
fn orders(language: Language) -> Grammar {
    let [payments, home] =
        Pack::ALL.map(|pack| pack.load(language).unwrap_or_else(|e| panic!("{e}")));
    payments.merge(home).unwrap_or_else(|e| panic!("{e}"))
}

fn compile(grammar: &Grammar) -> Automaton {
    let catalog = Catalog::example().unwrap_or_else(|e| panic!("{e}"));
    Automaton::compile(grammar, &catalog.lists()).unwrap_or_else(|e| panic!("{e}"))
}

/// Grammars of a few templates each, without words that may be passed over.
fn templates(all: &Grammar) -> Vec<Grammar> {
    let mut out = Vec::new();
    for intent in &all.intents {
        for data in &intent.data {
            for sentences in data.sentences.chunks(TOGETHER) {
                out.push(Grammar {
                    language: all.language,
                    intents: vec![Intent {
                        name: intent.name.clone(),
                        data: vec![IntentData {
                            sentences: sentences.to_vec(),
                            slots: data.slots.clone(),
                            ..IntentData::default()
                        }],
                    }],
                    lists: all.lists.clone(),
                    skip_words: Vec::new(),
                });
            }
        }
    }
    out
}

fn name(command: &Command) -> String {
    let json = serde_json::to_value(command).unwrap_or_else(|e| panic!("{e}"));
    json["type"].as_str().unwrap_or_default().to_owned()
}

/// The commands that would be asked about, if they are more than people of one name.
fn contest<'c>(commands: &'c [Reading<Command>], readings: &[Match]) -> Vec<&'c Command> {
    let mut likely: Vec<&Reading<Command>> = commands
        .iter()
        .filter(|c| c.share >= WORTH_ASKING)
        .collect();
    if let Some(first) = likely.first().map(|c| &readings[c.at]) {
        likely.retain(|c| !first.is_namesake(&readings[c.at]));
    }
    let mut commands: Vec<&Command> = likely.into_iter().map(|c| &c.meaning).collect();
    commands.sort_by_key(|command| name(command));
    commands
}

#[test]
fn no_sentence_of_the_packs_is_two_orders() {
    let mut found: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let mut sentences = 0;
    for language in Language::ALL {
        let all = orders(language);
        let automaton = compile(&all);
        let options = MatchOptions {
            values: ValueContext::on(date(2026, 11, 23)),
            ..MatchOptions::default()
        };
        for (seed, template) in templates(&all).iter().enumerate() {
            let template = compile(template);
            for sentence in Sampler::new(&template, seed as u64).take(SENTENCES) {
                sentences += 1;
                let readings = automaton.parse(&sentence, &options);
                let Some(Meaning::Commands(commands)) = Meaning::of(&readings) else {
                    continue;
                };
                let contest = contest(&commands, &readings);
                if let [first, .., last] = contest[..] {
                    found
                        .entry((name(first), name(last)))
                        .or_default()
                        .push(format!("{sentence}\n        {contest:?}"));
                }
            }
        }
    }
    assert!(sentences > 10_000, "only {sentences} sentences");
    let allowed = |a: &str, b: &str| {
        ALLOWED
            .iter()
            .any(|(first, last, _)| (*first, *last) == (a, b))
    };
    found.retain(|(first, last), _| !allowed(first, last));
    let report: Vec<String> = found
        .iter()
        .map(|((first, last), sentences)| {
            let some: Vec<&str> = sentences.iter().take(12).map(String::as_str).collect();
            let count = sentences.len();
            format!(
                "{first} or {last}, {count} times:\n    {}",
                some.join("\n    ")
            )
        })
        .collect();
    assert!(found.is_empty(), "{}", report.join("\n"));
}

/// What people mean by words that two orders could have.
#[test]
fn where_people_mean_one_order_it_is_that_one() {
    let (german, english) = (
        compile(&orders(Language::DE)),
        compile(&orders(Language::EN)),
    );
    for (language, text, wanted) in [
        (Language::DE, "bestelle noch einmal Kaffee", "reorder"),
        (Language::DE, "bestell mir nochmal Kaffee", "reorder"),
        (Language::DE, "kauf bitte noch mal Milch", "reorder"),
        (Language::DE, "bestelle erneut Kaffee", "reorder"),
        (Language::DE, "bestell wieder Hafermilch", "reorder"),
        (Language::DE, "ich möchte noch einmal Kaffee", "reorder"),
        (Language::DE, "bestelle noch zwei Kaffee", "buy_product"),
        (Language::DE, "kauf noch Kaffee", "buy_product"),
        (Language::DE, "ich möchte jetzt bezahlen", "checkout"),
        (Language::DE, "jetzt bezahlen mit PayPal", "checkout"),
        (
            Language::DE,
            "ich will jetzt mit Apple Pay bezahlen",
            "checkout",
        ),
        (Language::EN, "order coffee again", "reorder"),
        (Language::EN, "buy milk once more", "reorder"),
        (Language::EN, "I'd like to order bread again", "reorder"),
        (Language::EN, "pay now with PayPal", "checkout"),
        (Language::EN, "pay now with Apple Pay", "checkout"),
        (Language::EN, "order two coffee", "buy_product"),
    ] {
        let automaton = match language.code() {
            "de" => &german,
            _ => &english,
        };
        let readings = automaton.parse(text, &MatchOptions::default());
        let Some(Meaning::Commands(commands)) = Meaning::of(&readings) else {
            panic!("{text}: {readings:?}")
        };
        let names: Vec<String> = commands.iter().map(|c| name(&c.meaning)).collect();
        assert_eq!(names, [wanted], "{text}: {commands:?}");
    }
}
