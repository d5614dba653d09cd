//! The search of the CTC head's scores never fails and never makes a sentence up, whatever the scores
//! and the grammar. Needs the feature `fuzzing`; the fuzz target of the same name draws from bytes.

// Of what grammars can do, only some is needed here.
#[allow(dead_code)]
#[path = "../../grammar/tests/generate/mod.rs"]
mod generate;
mod heard;

#[test]
fn random_scores_under_random_grammars_are_heard_as_their_sentences_or_as_nothing() {
    for seed in 0..200 {
        heard::check(&generate::bytes(seed, 1_500));
    }
}
