//! The search of the CTC head's scores, for fuzzing. Not public API: it is there with the feature
//! `fuzzing` alone, and changes as the search does.

use zahlwort_grammar::{Automaton, MatchOptions, Walker};

use crate::calibration::WHISPER_BASE;
use crate::ctc::search::search;
use crate::first_pass::{FirstPass, Speller};
use crate::model::CtcLogProbs;

/// What was heard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    /// The sentences found, each with its natural-log probability.
    pub sentences: Vec<(String, f32)>,
    /// How many texts the search looked at.
    pub looked_at: usize,
}

/// Searches scores for the sentences of an automaton, and does with them what recognition does before
/// it asks the attention decoder.
pub fn listen(log_probs: &CtcLogProbs, automaton: &Automaton) -> Heard {
    let speller = Speller::new(automaton.language());
    let settings = WHISPER_BASE.search.first_pass();
    let mut walker = Walker::new(automaton);
    let found = search(log_probs, speller.alphabet(), &mut walker, &settings);
    let options = MatchOptions::default();
    let first = FirstPass::new(
        log_probs,
        &speller,
        automaton,
        &mut walker,
        &options,
        &settings,
    );
    let _ = (first.written(), first.is_clear(0.3), first.candidates());
    for candidate in &found.candidates {
        let _ = first.align(&candidate.text);
        for reading in automaton.parse(&candidate.text, &options) {
            let _ = first.log_prob(&candidate.text, &reading);
        }
    }
    Heard {
        sentences: found
            .candidates
            .into_iter()
            .map(|candidate| (candidate.text, candidate.log_prob))
            .collect(),
        looked_at: found.prefixes,
    }
}
