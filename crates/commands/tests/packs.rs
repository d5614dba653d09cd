//! The packs, sentence by sentence: what people say, and the intent and slots that must come out.
//!
//! Beside each intent's file, `<Intent>.tests.tsv` holds a sentence, its intent and its slots (`slot=value; …`; `~` marks
//! a value that came through an open slot) per line; `?` behind the intent marks an order that
//! lacks something and is asked about. "Today" is Monday, 23 November 2026.
//! `ordinary.<language>.txt` holds sentences that are no command.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use jiff::civil::date;
use zahlwort_commands::{
    Catalog, Command, Draft, Expectation, Meaning, Pack, Rejection, answers, narrowed, value_json,
};
use zahlwort_grammar::{
    Automaton, Grammar, Language, Match, MatchOptions, SlotMatch, ValueContext,
};

/// What is listened for: a pack's orders, or the answers to a question of the payments pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Heard {
    Orders(Pack),
    Answers,
}

const HEARD: [Heard; 3] = [
    Heard::Orders(Pack::PAYMENTS),
    Heard::Orders(Pack::HOME),
    Heard::Answers,
];

impl Heard {
    /// The folder below `packs` that its sentences are in.
    fn folder(&self) -> &str {
        match self {
            Heard::Orders(pack) => pack.name(),
            Heard::Answers => "answers",
        }
    }

    /// The intents that have a file there. "Abbrechen" is heard always, and belongs to the orders.
    fn intents(&self, language: Language) -> Vec<String> {
        let grammar = match self {
            Heard::Orders(pack) => pack.load(language),
            Heard::Answers => answers(language),
        };
        let intents = grammar.unwrap_or_else(|e| panic!("{e}")).intents;
        intents.into_iter().map(|i| i.name).collect()
    }

    fn grammar(&self, language: Language) -> Grammar {
        let grammar = match self {
            Heard::Orders(pack) => pack.load(language),
            Heard::Answers => Pack::PAYMENTS.load(language).and_then(|orders| {
                let asked = Expectation {
                    orders: false,
                    ..Expectation::any()
                };
                narrowed(orders, &asked)
            }),
        };
        grammar.unwrap_or_else(|e| panic!("{e}"))
    }

    fn compile(&self, language: Language) -> Automaton {
        let catalog = Catalog::example().unwrap_or_else(|e| panic!("{e}"));
        Automaton::compile(&self.grammar(language), &catalog.lists())
            .unwrap_or_else(|e| panic!("{self:?}: {e}"))
    }

    /// Compiled once for all tests; clones share their nets.
    fn automaton(&self, language: Language) -> Automaton {
        static COMPILED: Mutex<BTreeMap<(Heard, Language), Automaton>> =
            Mutex::new(BTreeMap::new());
        let mut compiled = COMPILED.lock().unwrap_or_else(|e| e.into_inner());
        compiled
            .entry((self.clone(), language))
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

/// A sentence with what must come out of it.
struct Row<'t> {
    sentence: &'t str,
    intent: &'t str,
    is_complete: bool,
    slots: String,
}

impl<'t> Row<'t> {
    fn read(line: &'t str) -> Option<Self> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [sentence, intent, slots] = fields[..] else {
            return None;
        };
        let mut slots: Vec<&str> = slots.split("; ").filter(|s| !s.is_empty()).collect();
        slots.sort_unstable();
        Some(Row {
            sentence,
            intent: intent.trim_end_matches('?'),
            is_complete: !intent.ends_with('?'),
            slots: slots.join("; "),
        })
    }

    /// What is wrong with what comes out.
    fn try_with(&self, automaton: &Automaton) -> Result<(), String> {
        let expected = format!("expected {}  {}", self.intent, self.slots);
        let found = best(automaton, self.sentence)
            .ok_or_else(|| format!("{expected}\n    got      nothing"))?;
        if found.intent != self.intent || slots_of(&found) != self.slots {
            let got = format!("{}  {}", found.intent, slots_of(&found));
            return Err(format!("{expected}\n    got      {got}"));
        }
        let draft = Draft::from_match(&found).map_err(|e| format!("no draft: {e}"))?;
        match Command::from_match(&found) {
            Ok(command) if self.is_complete => {
                let same =
                    draft.is_none_or(|draft| draft.complete().map(Command::from) == Ok(command));
                same.then_some(())
                    .ok_or_else(|| "the draft becomes another command".to_owned())
            }
            Ok(command) => Err(format!("complete: {command:?}")),
            Err(Rejection::MissingSlot { .. }) if !self.is_complete => Ok(()),
            Err(rejection) => Err(format!("rejected: {rejection}")),
        }
    }
}

/// The file of an intent's test sentences.
fn tests_of(heard: &Heard, language: Language, intent: &str) -> PathBuf {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs");
    let folder = packs.join(heard.folder()).join(language.code());
    folder.join(format!("{intent}.tests.tsv"))
}

#[test]
fn every_sentence_beside_an_intent_is_understood_as_it_says() {
    let mut wrong = Vec::new();
    for heard in HEARD {
        for language in Language::ALL {
            let automaton = heard.automaton(language);
            for intent in heard.intents(language) {
                let path = tests_of(&heard, language, &intent);
                let text = std::fs::read_to_string(&path)
                    .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
                let lines = text.lines().zip(1..);
                let rows: Vec<(&str, usize)> = lines
                    .filter(|(line, _)| !line.is_empty() && !line.starts_with('#'))
                    .collect();
                assert!(rows.len() >= 2, "{}: too few sentences", path.display());
                for (line, number) in rows {
                    let outcome = match Row::read(line) {
                        Some(row) if row.intent == intent => row.try_with(&automaton),
                        Some(row) => Err(format!("{} has a file of its own", row.intent)),
                        None => Err("not three columns".to_owned()),
                    };
                    if let Err(why) = outcome {
                        let place = format!("{}:{number}", path.display());
                        wrong.push(format!("{place}: {line}\n    {why}"));
                    }
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// A file of sentences beside no intent would never be tried.
#[test]
fn no_test_sentences_are_left_over() {
    for heard in HEARD {
        for language in Language::ALL {
            let mut known: Vec<PathBuf> = heard
                .intents(language)
                .iter()
                .map(|intent| tests_of(&heard, language, intent))
                .collect();
            known.sort();
            let folder = known[0].parent().unwrap();
            let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.extension().is_some_and(|ending| ending != "yaml"))
                .collect();
            found.sort();
            assert_eq!(found, known);
        }
    }
}

/// Long ones are read by nobody: name their parts in rules.
#[test]
fn no_template_and_no_rule_is_longer_than_120_characters() {
    let long = |line: &&str| {
        let quoted = line.split('"').nth(1);
        quoted.is_some_and(|template| template.chars().count() > 120)
    };
    let packs = [Pack::PAYMENTS, Pack::HOME];
    for (pack, language) in packs
        .iter()
        .flat_map(|p| p.languages().into_iter().map(move |l| (p, l)))
    {
        for (file, text) in pack.texts(language).unwrap() {
            let found: Vec<&str> = text.lines().filter(long).collect();
            assert!(found.is_empty(), "{pack}/{language}/{file}: {found:#?}");
        }
    }
}

#[test]
fn ordinary_talk_is_no_command() {
    for (language, text) in [
        (Language::DE, include_str!("ordinary.de.txt")),
        (Language::EN, include_str!("ordinary.en.txt")),
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
        assert_eq!(pack.languages(), Language::ALL);
        for language in Language::ALL {
            let grammar = pack.load(language).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(grammar.language, language);
            let mut names: Vec<&str> = grammar.intents.iter().map(|i| i.name.as_str()).collect();
            let mut promised = pack.intents();
            names.sort_unstable();
            promised.sort_unstable();
            assert_eq!(names, promised, "{pack} {language}");
            // A file an intent, and what they share.
            let files = pack.texts(language).unwrap().iter().map(|(name, _)| *name);
            let mut expected = vec!["_common.yaml".to_owned()];
            expected.extend(names.iter().map(|n| format!("{n}.yaml")));
            assert_eq!(files.collect::<Vec<_>>(), expected);
        }
    }
}

#[test]
fn nothing_in_a_pack_is_without_effect() {
    for pack in Pack::ALL {
        for language in Language::ALL {
            let (_, notes) = pack.check(language).unwrap_or_else(|e| panic!("{e}"));
            assert!(notes.is_empty(), "{pack} {language}: {notes:?}");
        }
    }
}

/// What is built in is what lies in the folders, and a program's own folder is read the same way.
#[test]
fn a_pack_in_a_folder_is_the_same_as_a_built_in_one() {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs");
    for pack in Pack::ALL {
        let own = Pack::in_folder(packs.join(pack.name())).unwrap();
        assert_eq!(
            (own.name(), own.languages()),
            (pack.name(), pack.languages())
        );
        for language in Language::ALL {
            assert_eq!(own.load(language), pack.load(language));
        }
    }
    assert_eq!(Pack::in_folder(packs.join("payments/de")), None);
}

#[test]
fn an_example_command_of_the_output_format() {
    let automaton = Heard::Orders(Pack::PAYMENTS).automaton(Language::DE);
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
            Language::DE,
            "Überweise null Euro an Anna",
            "amount_not_positive",
        ),
        (
            Language::DE,
            "Überweise 50 Euro an Anna am 31. April",
            "no_such_day",
        ),
        (
            Language::DE,
            "Überweise 50 Euro an DE89 3704 0044 0532 0130 01",
            "invalid_iban",
        ),
        (
            Language::EN,
            "Transfer zero euros to Anna",
            "amount_not_positive",
        ),
        (
            Language::EN,
            "Send 50 euros to Anna on April 31st",
            "no_such_day",
        ),
    ] {
        let payments = Heard::Orders(Pack::PAYMENTS).automaton(language);
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
