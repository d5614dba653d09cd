//! What is said about every sentence that the packs are tested with, and what help says can be said.
#![allow(clippy::unwrap_used, reason = "helpers outside of test functions")]

use std::path::Path;

use jiff::civil::date;
use serde_json::{Value, json};
use zahlwort_commands::{Catalog, Descriptor, Draft, Meaning, Order, Pack};
use zahlwort_dialogue::{Address, Ask, Prompt, Templates};
use zahlwort_grammar::{Automaton, Language, MatchOptions, ValueContext};

struct Reader(Vec<Automaton>);

impl Reader {
    fn new(language: Language) -> Self {
        let lists = Catalog::example().unwrap().lists();
        let compile =
            |pack: Pack| Automaton::compile(&pack.load(language).unwrap(), &lists).unwrap();
        Self(Pack::ALL.into_iter().map(compile).collect())
    }

    fn meaning(&self, text: &str) -> Option<Meaning> {
        let options = MatchOptions {
            values: ValueContext::on(date(2026, 11, 23)),
            ..MatchOptions::default()
        };
        let read = self.0.iter().flat_map(|a| a.parse(text, &options));
        let found: Vec<_> = read.collect();
        Meaning::of(&found)
    }

    fn order(&self, text: &str) -> Option<Order> {
        match self.meaning(text)? {
            Meaning::Commands(commands) => commands[0].meaning.order().cloned(),
            _ => None,
        }
    }

    /// The name of the order that it is, or begins.
    fn name(&self, text: &str) -> Option<&'static str> {
        match self.meaning(text)? {
            Meaning::Commands(commands) => Some(commands[0].meaning.name()),
            Meaning::Incomplete(drafts) => Some(drafts[0].meaning.kind().name),
            _ => None,
        }
    }
}

/// The sentences that the packs are tested with: those beside each intent's file.
fn sentences(language: Language) -> Vec<String> {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../commands/packs");
    let mut sentences = Vec::new();
    for pack in Pack::ALL {
        for intent in pack.intents() {
            let file = format!("{pack}/{}/{intent}.tests.tsv", language.code());
            let table = std::fs::read_to_string(packs.join(&file)).expect(&file);
            let rows = table.lines().filter(|line| !line.starts_with('#'));
            sentences.extend(
                rows.filter_map(|row| row.split('\t').next())
                    .map(str::to_owned),
            );
        }
    }
    sentences
}

#[test]
fn every_command_is_read_back_in_whole_sentences() {
    for language in Language::ALL {
        let reader = Reader::new(language);
        let templates = Templates::new(language, Address::Familiar);
        let mut read_back = 0;
        for sentence in sentences(language) {
            let Some(order) = reader.order(&sentence) else {
                continue;
            };
            let ask = Ask::ReadBack(order);
            let expect = ask.expects();
            let prompt = Prompt {
                declared: None,
                ask,
                note: None,
                total: None,
                expect,
            };
            let text = templates.render(&prompt).text;
            let debris = [
                "  ",
                "..",
                "_",
                "{",
                "}",
                ": .",
                ": ,",
                " ,",
                "(",
                "sie kaufen, Preis: .",
            ];
            let found: Vec<_> = debris.iter().filter(|d| text.contains(**d)).collect();
            assert!(found.is_empty(), "{sentence}: {found:?} in {text}");
            read_back += 1;
        }
        assert!(read_back > 150, "only {read_back}");
    }
}

/// Every sentence that help suggests is understood.
#[test]
fn what_help_names_is_understood_as_that_command() {
    let mut wrong = Vec::new();
    for (language, address) in [
        (Language::DE, Address::Familiar),
        (Language::DE, Address::Formal),
        (Language::EN, Address::Familiar),
    ] {
        let reader = Reader::new(language);
        let templates = Templates::new(language, address);
        let mut examples = 0;
        for name in Templates::names() {
            let Some(command) = name.strip_prefix("help.") else {
                continue;
            };
            if ["can", "nothing"].contains(&command) {
                continue;
            }
            examples += 1;
            let sentence = templates.sentence(name, &[]);
            // Of some it is asked which: "Sperre meine Karte".
            let understood = reader.name(&sentence);
            if understood != Some(command) {
                wrong.push(format!("{name}: {sentence}: {understood:?}"));
            }
            for section in ["read", "option"] {
                let name = format!("{section}.{command}");
                assert!(Templates::names().any(|known| known == name), "{name}");
            }
        }
        // One for each intent of the packs that is no answer.
        let packs = Pack::ALL;
        let intents = packs.iter().flat_map(Pack::intents);
        let orders = intents.filter(|intent| Descriptor::of_intent(intent).is_some());
        assert_eq!(examples, orders.count());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is not read back, nobody confirms: of every order, whatever its row in the table, all that can be said.
#[test]
fn everything_that_an_order_holds_is_read_back() {
    let templates = Templates::new(Language::DE, Address::Familiar);
    let spoken = |name: &str| templates.sentence(name, &[]);
    for kind in Descriptor::ALL {
        let Some(mut draft) = Draft::new(kind.intent) else {
            continue;
        };
        let mut expected = Vec::new();
        for (place, slot) in kind.slots.iter().enumerate() {
            let name = format!("Xaver {place}");
            let named = (json!({"name": &name}), name.clone());
            let euros = json!({"amount": "50", "currency": "EUR"});
            let pieces = json!({"amount": "3", "unit": "piece"});
            let daily = json!({"frequency": "daily", "every": 1});
            let values = [
                named,
                (json!(name), name.clone()),
                (euros, "fünfzig Euro".to_owned()),
                (pieces, "drei".to_owned()),
                (json!("2026-12-01"), "Dezember".to_owned()),
                (daily, spoken("interval.daily")),
                (json!("last_week"), spoken("period.last_week")),
            ];
            // A text takes a day's and a period's as well, so the first that fits.
            let fits = |(value, said): &(Value, String)| {
                let filled = draft.clone().with(slot.name, value)?;
                Some((filled, said.to_lowercase()))
            };
            let (filled, said) = values.iter().find_map(fits).expect(slot.name);
            draft = filled;
            expected.push(said);
        }
        let order = draft.complete().unwrap();
        let ask = Ask::ReadBack(order);
        let prompt = Prompt {
            declared: None,
            expect: ask.expects(),
            ask,
            note: None,
            total: None,
        };
        let text = templates.render(&prompt).text;
        for said in expected {
            assert!(
                text.to_lowercase().contains(&said),
                "{said} of {kind:?} in {text}"
            );
        }
    }
}
