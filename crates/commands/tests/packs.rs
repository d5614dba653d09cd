//! The packs, sentence by sentence: what people say, and the intent and slots that must come out.
//!
//! `sentences.<language>.tsv` holds a sentence, its intent and its slots (`slot=value; …`; `~` marks
//! a value that came through an open slot) per line; `?` behind the intent marks an order that
//! lacks something and is asked about. "Today" is Monday, 23 November 2026.
//! `ordinary.<language>.txt` holds sentences that are no command.

use std::collections::BTreeMap;
use std::sync::Mutex;

use jiff::civil::date;
use zahlwort_commands::{
    Catalog, Command, Draft, Expectation, Meaning, Pack, Rejection, answers, narrowed, value_json,
};
use zahlwort_grammar::source::LoadOptions;
use zahlwort_grammar::{
    Automaton, Grammar, Language, Match, MatchOptions, SlotMatch, ValueContext,
};

/// What is listened for: a pack's orders, or the answers to a question of the payments pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Heard {
    Orders(Pack),
    Answers,
}

const HEARD: [Heard; 3] = [
    Heard::Orders(Pack::Payments),
    Heard::Orders(Pack::Home),
    Heard::Answers,
];

impl Heard {
    fn grammar(self, language: Language) -> Grammar {
        let grammar = match self {
            Heard::Orders(pack) => pack.load(language),
            Heard::Answers => Pack::Payments.load(language).and_then(|orders| {
                let asked = Expectation {
                    orders: false,
                    ..Expectation::any()
                };
                narrowed(orders, &asked)
            }),
        };
        grammar.unwrap_or_else(|e| panic!("{e}"))
    }

    fn compile(self, language: Language) -> Automaton {
        let catalog = Catalog::example().unwrap_or_else(|e| panic!("{e}"));
        Automaton::compile(&self.grammar(language), &catalog.lists())
            .unwrap_or_else(|e| panic!("{self:?}: {e}"))
    }

    /// Compiled once for all tests; clones share their nets.
    fn automaton(self, language: Language) -> Automaton {
        static COMPILED: Mutex<BTreeMap<(Heard, Language), Automaton>> =
            Mutex::new(BTreeMap::new());
        let mut compiled = COMPILED.lock().unwrap_or_else(|e| e.into_inner());
        compiled
            .entry((self, language))
            .or_insert_with(|| self.compile(language))
            .clone()
    }
}

fn options() -> MatchOptions {
    MatchOptions {
        values: ValueContext::on(date(2026, 11, 23)),
        ..MatchOptions::default()
    }
}

/// The reading that counts.
fn best(automaton: &Automaton, text: &str) -> Option<Match> {
    let found = automaton.parse(text, &options());
    let at = match Meaning::of(&found)? {
        Meaning::Commands(all) => all.first()?.at,
        Meaning::Incomplete(all) => all.first()?.at,
        Meaning::Invalid { at, .. } => at,
    };
    found.into_iter().nth(at)
}

fn show(slot: &SlotMatch) -> String {
    let open = if slot.open { "~" } else { "" };
    let value = match &slot.value {
        Ok(value) => match value_json(value) {
            serde_json::Value::String(text) => text,
            serde_json::Value::Object(fields) => fields
                .into_iter()
                .collect::<BTreeMap<_, _>>()
                .into_values()
                .map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned))
                .collect::<Vec<_>>()
                .join(" "),
            other => other.to_string(),
        },
        Err(error) => format!("!{error}"),
    };
    format!("{}={open}{value}", slot.name)
}

fn slots_of(found: &Match) -> String {
    let mut slots: Vec<String> = found.slots.iter().map(show).collect();
    slots.sort();
    slots.join("; ")
}

fn check(language: Language, table: &str) {
    let heard: Vec<(Vec<String>, Automaton)> = HEARD
        .into_iter()
        .map(|heard| {
            let intents = match heard {
                Heard::Orders(_) => heard.grammar(language).intents,
                // "Abbrechen" is heard always, and belongs to the orders.
                Heard::Answers => answers(language).unwrap_or_else(|e| panic!("{e}")).intents,
            };
            let names = intents.into_iter().map(|i| i.name).collect();
            (names, heard.automaton(language))
        })
        .collect();
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (number, line) in table.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [sentence, intent, slots] = fields[..] else {
            panic!("line {}: not three columns: {line}", number + 1)
        };
        let (intent, is_complete) = match intent.strip_suffix('?') {
            Some(intent) => (intent, false),
            None => (intent, true),
        };
        let mut expected: Vec<&str> = slots.split("; ").filter(|s| !s.is_empty()).collect();
        expected.sort_unstable();
        let expected = expected.join("; ");
        let (_, automaton) = heard
            .iter()
            .find(|(intents, _)| intents.iter().any(|i| i == intent))
            .expect(intent);
        *seen.entry(intent.to_owned()).or_default() += 1;
        let got = match best(automaton, sentence) {
            None => "nothing".to_owned(),
            Some(found) if found.intent == intent && slots_of(&found) == expected => {
                let command = Command::from_match(&found);
                let lacks = matches!(command, Err(Rejection::MissingSlot { .. }));
                let draft = Draft::from_match(&found).expect(sentence);
                match command {
                    Ok(command) if is_complete => {
                        let same = draft
                            .is_none_or(|draft| draft.complete().map(Command::from) == Ok(command));
                        assert!(same, "{sentence}");
                    }
                    Ok(command) => wrong.push(format!("{sentence}\n    complete: {command:?}")),
                    Err(_) if !is_complete && lacks => {}
                    Err(rejection) => wrong.push(format!("{sentence}\n    rejected: {rejection}")),
                }
                continue;
            }
            Some(found) => format!("{}  {}", found.intent, slots_of(&found)),
        };
        wrong.push(format!(
            "{sentence}\n    expected {intent}  {expected}\n    got      {got}"
        ));
    }
    for intent in heard.iter().flat_map(|(intents, _)| intents) {
        assert!(
            seen.get(intent).is_some_and(|n| *n >= 2),
            "{intent} has too few sentences"
        );
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn german_sentences() {
    check(Language::De, include_str!("sentences.de.tsv"));
}

#[test]
fn english_sentences() {
    check(Language::En, include_str!("sentences.en.tsv"));
}

#[test]
fn ordinary_talk_is_no_command() {
    for (language, text) in [
        (Language::De, include_str!("ordinary.de.txt")),
        (Language::En, include_str!("ordinary.en.txt")),
    ] {
        let packs = HEARD.map(|heard| heard.automaton(language));
        for sentence in text
            .lines()
            .filter(|l| !l.is_empty() && !l.starts_with('#'))
        {
            for automaton in &packs {
                let found = best(automaton, sentence)
                    // "For me." does answer "To whom?".
                    .filter(|m| m.intent != "NameContact")
                    .map(|m| (m.intent.clone(), slots_of(&m)));
                assert_eq!(found, None, "{sentence}");
            }
        }
    }
}

#[test]
fn every_pack_has_the_intents_it_promises_and_only_them() {
    for pack in Pack::ALL {
        for language in Language::ALL {
            let grammar = pack.load(language).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(grammar.language, language);
            let names: Vec<&str> = grammar.intents.iter().map(|i| i.name.as_str()).collect();
            assert_eq!(names, pack.intents(), "{pack} {language}");
        }
    }
}

#[test]
fn nothing_in_a_pack_is_without_effect() {
    let options = LoadOptions::with_lists(Catalog::list_names());
    for pack in Pack::ALL {
        for language in Language::ALL {
            let (_, notes) =
                Grammar::check_yaml(pack.file_name(language), pack.yaml(language), &options)
                    .unwrap_or_else(|e| panic!("{e}"));
            assert!(notes.is_empty(), "{pack} {language}: {notes:?}");
        }
    }
}

#[test]
fn an_example_command_of_the_output_format() {
    let automaton = Heard::Orders(Pack::Payments).automaton(Language::De);
    let found = best(&automaton, "Überweise fünfzig Euro an Anna.").unwrap();
    let command = Command::from_match(&found).unwrap();
    assert_eq!(
        serde_json::to_value(command).unwrap(),
        serde_json::json!({
            "type": "send_money",
            "amount": {"amount": "50.00", "currency": "EUR"},
            "recipient": {"name": "Anna Schmidt"},
        })
    );
}

/// What is understood and cannot be done is told apart from what is not understood.
#[test]
fn impossible_payments_are_rejected_not_misread() {
    for (language, sentence, kind) in [
        (
            Language::De,
            "Überweise null Euro an Anna",
            "amount_not_positive",
        ),
        (
            Language::De,
            "Überweise 50 Euro an Anna am 31. April",
            "no_such_day",
        ),
        (
            Language::De,
            "Überweise 50 Euro an DE89 3704 0044 0532 0130 01",
            "invalid_iban",
        ),
        (
            Language::En,
            "Transfer zero euros to Anna",
            "amount_not_positive",
        ),
        (
            Language::En,
            "Send 50 euros to Anna on April 31st",
            "no_such_day",
        ),
    ] {
        let payments = Heard::Orders(Pack::Payments).automaton(language);
        let readings = payments.parse(sentence, &options());
        let meaning = Meaning::of(&readings);
        let Some(Meaning::Invalid { at, rejection }) = meaning else {
            panic!("{sentence}: {meaning:?}")
        };
        assert_eq!(readings[at].intent, "SendMoney", "{sentence}");
        let json = serde_json::to_value(&rejection).unwrap();
        assert_eq!(json["kind"], kind, "{sentence}: {rejection}");
    }
}

/// Not a benchmark: a guard against packs whose templates multiply instead of sharing.
#[test]
fn packs_compile_in_reasonable_time() {
    for heard in HEARD {
        for language in Language::ALL {
            let start = std::time::Instant::now();
            let size = heard.compile(language).size();
            let elapsed = start.elapsed();
            eprintln!("{heard:?} {language}: {elapsed:?} {size:?}");
            assert!(elapsed.as_secs() < 30, "{heard:?} {language}: {elapsed:?}");
            assert!(size.states < 200_000, "{heard:?} {language}: {size:?}");
        }
    }
}
