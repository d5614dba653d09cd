//! Random scores of letters under whole grammars made at random.

mod scores;

use zahlwort_grammar::Walker;
use zahlwort_speech::fuzzing::listen;

use crate::generate::{Draw, Grammar, property};

/// What a search may look at for each state of the sound: the beams' texts, each with every letter in
/// every spelling.
const TEXTS_A_STATE: usize = 20_000;

/// Makes a grammar and scores of the bytes and listens: only sentences of the grammar are heard, none
/// longer than there is room for, and the work is bounded.
pub fn check(bytes: &[u8]) {
    let draw = &mut Draw::new(bytes);
    let grammar = Grammar::draw(draw);
    let automaton = property::compile(&grammar);
    let log_probs = scores::draw(draw, &grammar);
    let found = listen(&log_probs, &automaton);
    assert!(
        found.looked_at <= 1 + log_probs.len() * TEXTS_A_STATE,
        "{} texts in {} states",
        found.looked_at,
        log_probs.len()
    );
    let mut walker = Walker::new(&automaton);
    for (text, log_prob) in &found.sentences {
        let end = format!(" {text}")
            .chars()
            .try_fold(walker.start(), |state, c| walker.step(state, c));
        assert!(
            end.is_some_and(|state| walker.is_complete(state)),
            "{text:?}\n{}",
            grammar.yaml()
        );
        assert!(!log_prob.is_nan(), "{text:?}");
        // A state is at most one letter.
        assert!(text.chars().count() <= log_probs.len(), "{text:?}");
    }
}
