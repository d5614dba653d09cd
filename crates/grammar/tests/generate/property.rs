//! What holds for every generated grammar and every sentence of it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use zahlwort_grammar::source::LoadOptions;
use zahlwort_grammar::{Automaton, Match, MatchOptions, Sampler, Value, Walker};

use super::{Draw, Grammar, Said, change};

/// A sentence takes less than a millisecond; this is for one that goes astray on a busy machine.
const PATIENCE: Duration = Duration::from_secs(5);

/// The most open slots that a sentence can be sure to be read with.
const READ_OPEN: usize = 2;

/// The grammar and its automaton; it must load and compile.
pub fn compile(grammar: &Grammar) -> Automaton {
    let yaml = grammar.yaml();
    let options = LoadOptions::default();
    let loaded = zahlwort_grammar::Grammar::from_yaml("generated.yaml", &yaml, &options);
    let loaded = loaded.unwrap_or_else(|e| panic!("{e}\n{yaml}"));
    let again = zahlwort_grammar::Grammar::from_yaml("again.yaml", &loaded.to_yaml(), &options);
    assert_eq!(again.as_ref(), Ok(&loaded), "{yaml}");
    Automaton::compile(&loaded, &BTreeMap::new()).unwrap_or_else(|e| panic!("{e}\n{yaml}"))
}

/// Makes a grammar of the bytes and reads sentences of it.
pub fn check(bytes: &[u8]) {
    let draw = &mut Draw::new(bytes);
    let grammar = Grammar::draw(draw);
    let automaton = compile(&grammar);
    for _ in 0..4 {
        let said = grammar.say(draw);
        reads_back(&grammar, &automaton, &said);
        for _ in 0..3 {
            let text = change(&said.text, draw);
            holds(
                &grammar,
                &text,
                &parse(&automaton, &text, &context(&grammar, &said)),
            );
            walk(&automaton, &text);
        }
    }
    for text in Sampler::new(&automaton, draw.below(256) as u64).take(2) {
        // The space between groups of digits is a mark of writing, which no search over speech makes.
        let read = walk(&automaton, &text) || has_group(&text);
        assert!(read, "{text:?}\n{}", grammar.yaml());
        holds(
            &grammar,
            &text,
            &parse(&automaton, &text, &MatchOptions::default()),
        );
    }
}

fn parse(automaton: &Automaton, text: &str, options: &MatchOptions) -> Vec<Match> {
    let begun = Instant::now();
    let found = automaton.parse(text, options);
    let taken = begun.elapsed();
    assert!(taken < PATIENCE, "{taken:?} for {text:?}");
    found
}

/// A sentence is read as what its author meant, if its context allows it, and is not read otherwise.
fn reads_back(grammar: &Grammar, automaton: &Automaton, said: &Said) {
    let block = &grammar.blocks[said.block].1;
    let mut options = context(grammar, said);
    assert!(walk(automaton, &said.text), "{said:?}\n{}", grammar.yaml());
    let found = parse(automaton, &said.text, &options);
    holds(grammar, &said.text, &found);
    let mut context = options.context.clone();
    context.extend(said.context.clone());
    let tone = context.get("tone");
    let allowed = block.requires.get("tone").is_none_or(|t| tone == Some(t))
        && (block.excludes.is_empty() || tone != Some(&json!("high")));
    if allowed && said.open.len() <= READ_OPEN {
        let meant = found.iter().any(|m| means(m, said));
        // What needs fewer unknown words is what was said rather.
        let likelier = || found.iter().any(|m| openness(m) < openness_of(said));
        let only_read = !grammar.distinct && !found.is_empty();
        assert!(
            meant || only_read || likelier(),
            "{said:?}\n{found:#?}\n{}",
            grammar.yaml()
        );
    }
    if block.requires.contains_key("place") {
        options.context.remove("place");
        let found = parse(automaton, &said.text, &options);
        let block = json!(said.block);
        assert!(
            found.iter().all(|m| m.fixed.get("block") != Some(&block)),
            "{said:?}\n{found:#?}\n{}",
            grammar.yaml()
        );
    }
}

/// Options under which the block of the sentence is valid, as far as its entries allow.
fn context(grammar: &Grammar, said: &Said) -> MatchOptions {
    let mut options = MatchOptions::default();
    for (key, wanted) in &grammar.blocks[said.block].1.requires {
        let value = match wanted {
            Json::Array(any) => any.first().cloned().unwrap_or_default(),
            Json::Object(fields) => fields.get("value").cloned().unwrap_or_else(|| json!("x")),
            Json::Null => json!("anything"),
            value => value.clone(),
        };
        options.context.insert(key.clone(), value);
    }
    options
}

/// Whether both fill the same slots with the same values, in whatever order: of readings that differ in
/// that alone, only one is reported.
fn means(found: &Match, said: &Said) -> bool {
    let mut left: Vec<&(String, Value)> = said.slots.iter().collect();
    let known = found.slots.iter().all(|slot| {
        let same = |(name, value): &&(String, Value)| {
            slot.name == *name && slot.value.as_ref() == Ok(value)
        };
        let at = left.iter().position(same);
        at.map(|at| left.swap_remove(at)).is_some()
    });
    known && left.is_empty() && found.fixed.get("block") == Some(&json!(said.block))
}

/// Open slots and the words in them.
fn openness(found: &Match) -> (usize, usize) {
    let open = found.slots.iter().filter(|slot| slot.open);
    let words = open.clone().map(|slot| slot.text.split(' ').count()).sum();
    (open.count(), words)
}

fn openness_of(said: &Said) -> (usize, usize) {
    (said.open.len(), said.open.iter().sum())
}

/// What every reading of a text says about it is true of the text.
fn holds(grammar: &Grammar, text: &str, found: &[Match]) {
    for reading in found {
        let place = || format!("{text:?}\n{reading:#?}\n{}", grammar.yaml());
        assert!((0.0..=1.0).contains(&reading.score), "{}", place());
        let mut end = 0;
        for slot in &reading.slots {
            assert_eq!(
                text.get(slot.span.clone()),
                Some(&*slot.text),
                "{}",
                place()
            );
            assert!(
                slot.span.start >= end && !slot.text.is_empty(),
                "{}",
                place()
            );
            assert!((0.0..=1.0).contains(&slot.score), "{}", place());
            end = slot.span.end;
        }
        let block = reading.fixed.get("block").and_then(Json::as_u64);
        let (intent, _) = &grammar.blocks[block.expect("each block sets it") as usize];
        assert_eq!(reading.intent, *intent, "{}", place());
    }
}

/// Whether a walker comes to the end of a sentence by these letters.
/// Whether a space stands between two digits.
fn has_group(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters
        .windows(3)
        .any(|w| w[0].is_ascii_digit() && w[1] == ' ' && w[2].is_ascii_digit())
}

fn walk(automaton: &Automaton, text: &str) -> bool {
    let mut walker = Walker::new(automaton);
    let text = format!(" {text}");
    let read = text
        .chars()
        .try_fold(walker.start(), |state, c| walker.step(state, c));
    read.is_some_and(|state| walker.is_complete(state))
}
