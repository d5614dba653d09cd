use std::collections::BTreeMap;

use proptest::prelude::*;
use zahlwort_grammar::source::LoadOptions;
use zahlwort_grammar::{Automaton, Grammar, Language};

use super::super::score::log_prob;
use super::super::testing::{from_logits, heard, noise};
use super::*;
use crate::calibration::WHISPER_BASE;

/// The product's.
fn settings() -> CtcSettings {
    WHISPER_BASE.search.first_pass()
}

/// Everything that is followed at all.
const EXHAUSTIVE: CtcSettings = CtcSettings {
    beam: usize::MAX,
    open_beam: usize::MAX,
    threshold: f32::INFINITY,
    floor: f32::NEG_INFINITY,
    open_outputs: usize::MAX,
    word_bonus: 0.0,
    open_cost: 0.0,
    open_char_cost: 0.0,
    n_best: usize::MAX,
};

fn compile(sentences: &str, lists: &str) -> Automaton {
    let yaml = format!(
        "language: de\nintents:\n  I:\n    data:\n      - sentences: {sentences}\nlists:\n{lists}\n"
    );
    let grammar = Grammar::from_yaml("g.yaml", &yaml, &LoadOptions::default()).unwrap();
    Automaton::compile(&grammar, &BTreeMap::new()).unwrap()
}

fn payments() -> Automaton {
    compile(
        "['zahle {@money:amount} [an {wer}]', 'sende {@money:amount} an ({wer}|{andere}) [sofort]', 'wie ist mein kontostand']",
        "  wer: {values: [Anna, Anton, Café Blau, Bäckerei-Müller]}\n  andere: {wildcard: true}",
    )
}

fn find(automaton: &Automaton, log_probs: &CtcLogProbs) -> CtcFound {
    let alphabet = Alphabet::new(Language::DE);
    let mut walker = Walker::new(automaton);
    search(log_probs, &alphabet, &mut walker, &settings())
}

fn best(automaton: &Automaton, log_probs: &CtcLogProbs) -> Option<String> {
    find(automaton, log_probs)
        .candidates
        .into_iter()
        .next()
        .map(|c| c.text)
}

#[test]
fn the_right_sentence_is_found() {
    let automaton = payments();
    for text in [
        "zahle fünfzig euro",
        "zahle zwölf euro fünfzig an anton",
        "sende dreiundzwanzig euro an anna sofort",
        "wie ist mein kontostand",
    ] {
        for seed in 1..6 {
            let log_probs = heard(text, 8.0, 3.0, seed);
            assert_eq!(best(&automaton, &log_probs).as_deref(), Some(text));
        }
        let found = find(&automaton, &heard(text, 12.0, 1.0, 1));
        assert_eq!(found.greedy, text);
        let first = &found.candidates[0];
        // The sum over a text's alignments may have more than the best one of them alone.
        assert!((first.log_prob - found.greedy_log_prob).abs() < 1.0);
        assert!(first.opens.iter().all(|open| !open));
    }
}

#[test]
fn the_grammar_mends_what_was_misheard() {
    let automaton = payments();
    let found = find(&automaton, &heard("zale fümfzik euro", 8.0, 1.0, 1));
    assert_eq!(found.greedy, "zale fümfzik euro");
    assert_eq!(found.candidates[0].text, "zahle fünfzig euro");
}

#[test]
fn what_is_not_over_yet_is_told_up_to_its_last_whole_word() {
    let automaton = payments();
    for (so_far, words) in [
        ("zahle fünfzig eu", Some("zahle fünfzig")),
        ("zale fümfzik euro an an", Some("zahle fünfzig euro an")),
        (
            "sende elf euro an fatima özd",
            Some("sende elf euro an fatima"),
        ),
        ("zahle", None),
    ] {
        let found = find(&automaton, &heard(so_far, 8.0, 1.0, 1));
        let leading = found.leading.map(|c| c.text);
        assert_eq!(leading.as_deref(), words, "{so_far}");
    }
}

#[test]
fn names_keep_their_own_spelling() {
    let automaton = payments();
    for (heard_as, written) in [
        (
            "zahle zwei euro an cafe blau",
            "zahle zwei euro an café blau",
        ),
        (
            "zahle zwei euro an bäckerei müller",
            "zahle zwei euro an bäckerei-müller",
        ),
    ] {
        let found = find(&automaton, &heard(heard_as, 8.0, 1.0, 1));
        assert_eq!(found.candidates[0].text, written);
    }
}

#[test]
fn doubled_letters_need_a_blank_between() {
    let automaton = compile("['ana', 'anna']", "  keine: {values: [x]}");
    let spell = |outputs: &[usize]| {
        let mut values = Vec::new();
        for right in outputs {
            values.extend((0..CtcHead::OUTPUTS).map(|o| if o == *right { 9.0 } else { 0.0 }));
        }
        from_logits(values)
    };
    let (a, n, blank) = (3, 16, CtcHead::BLANK);
    assert_eq!(
        best(&automaton, &spell(&[a, n, n, a])).as_deref(),
        Some("ana")
    );
    assert_eq!(
        best(&automaton, &spell(&[a, n, blank, n, a])).as_deref(),
        Some("anna")
    );
}

#[test]
fn an_open_slot_is_spelled_from_the_outputs() {
    let automaton = payments();
    let found = find(
        &automaton,
        &heard("sende zwei euro an fatima özdemir", 8.0, 2.0, 1),
    );
    let first = &found.candidates[0];
    assert_eq!(first.text, "sende zwei euro an fatima özdemir");
    let opens: String = first
        .text
        .chars()
        .zip(&first.opens)
        .filter(|(_, open)| **open)
        .map(|(c, _)| c)
        .collect();
    // The space between may as well be the one before "sofort".
    assert_eq!(opens, "fatimaözdemir");
    // The slot is entered once, though its second word begins like "sofort".
    let found = find(
        &automaton,
        &heard("sende zwei euro an fatima sommer", 8.0, 2.0, 1),
    );
    let (first, settings) = (&found.candidates[0], settings());
    let open_chars = first.opens.iter().filter(|open| **open).count() as f32;
    let expected =
        6.0 * settings.word_bonus - settings.open_cost - open_chars * settings.open_char_cost;
    assert!((first.adjustment - expected).abs() < 1e-4);
}

#[test]
fn no_or_few_states_give_no_or_short_sentences() {
    let automaton = payments();
    for len in 0..4 {
        let found = find(&automaton, &noise(len, 1.0, 7));
        assert!(found.candidates.is_empty());
        assert!(found.greedy.chars().count() <= len);
    }
    assert_eq!(find(&automaton, &noise(0, 1.0, 7)).greedy_log_prob, 0.0);
    let alphabet = Alphabet::new(Language::EN);
    let mut walker = Walker::new(&automaton);
    let odd = CtcSettings {
        beam: 0,
        n_best: 0,
        ..settings()
    };
    let found = search(&noise(9, 1.0, 7), &alphabet, &mut walker, &odd);
    assert!(found.candidates.is_empty());
}

#[test]
fn a_long_list_does_not_widen_the_search() {
    let syllables = ["ka", "lo", "mi", "ne", "ru", "sa", "to", "vi", "be", "du"];
    let name = |i: usize| -> String { [1000, 100, 10, 1].map(|d| syllables[i / d % 10]).concat() };
    let names = |n: usize| {
        // The same first, so that the one that is heard is in both.
        let all: Vec<String> = (0..n).map(|i| name(i * 7919 % 10_000)).collect();
        compile(
            "['kaufe {was}']",
            &format!("  was: {{values: [{}]}}", all.join(", ")),
        )
    };
    let (few, many) = (names(1_000), names(10_000));
    for (seed, peak) in [(1, 9.0), (2, 7.0), (3, 6.0)] {
        let text = format!("kaufe {}", name(7919 * 3 % 10_000));
        let log_probs = heard(&text, peak, 2.0, seed);
        let (few, many) = (find(&few, &log_probs), find(&many, &log_probs));
        assert_eq!(few.candidates[0].text, text);
        assert_eq!(many.candidates[0].text, text);
        assert!(
            many.prefixes < 3 * few.prefixes,
            "{} {}",
            many.prefixes,
            few.prefixes
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Without pruning, the search sums every alignment of every sentence, as scoring does.
    #[test]
    fn nothing_is_lost_without_pruning(len in 0usize..9, seed in any::<u64>()) {
        let automaton = compile("['ab[b[a]]', 'a [b]', 'b-a', 'bé']", "  keine: {values: [x]}");
        let alphabet = Alphabet::new(Language::DE);
        let log_probs = noise(len, 2.0, seed);
        let mut walker = Walker::new(&automaton);
        let found = search(&log_probs, &alphabet, &mut walker, &EXHAUSTIVE);
        for text in ["ab", "abb", "abba", "a", "a b", "b-a", "bé"] {
            let expected = log_prob(&log_probs, text, &alphabet).unwrap();
            match found.candidates.iter().find(|c| c.text == text) {
                Some(c) => prop_assert!((c.log_prob - expected).abs() < 1e-3),
                None => prop_assert_eq!(expected, f32::NEG_INFINITY),
            }
        }
        prop_assert!(found.candidates.len() <= 7);
    }

    /// With pruning, it finds at most what there is.
    #[test]
    fn a_text_is_at_least_as_likely_as_the_search_says(seed in any::<u64>(), peak in 2.0f32..9.0) {
        let alphabet = Alphabet::new(Language::DE);
        let log_probs = heard("sende elf euro an anna", peak, 3.0, seed);
        let found = find(&payments(), &log_probs);
        for candidate in &found.candidates {
            let all = log_prob(&log_probs, &candidate.text, &alphabet).unwrap();
            prop_assert!(all >= candidate.log_prob - 1e-3, "{} {all}", candidate.log_prob);
        }
        prop_assert!(found.candidates.is_sorted_by(|a, b| a.score() >= b.score()));
    }
}
