//! What an utterance that is not over yet begins with.

use zahlwort_audio::Utterance;
use zahlwort_grammar::{Automaton, Language, Walker};

use crate::ctc::search::{CtcFound, search};
use crate::model::CtcHead;
use crate::{Recogniser, SpeechError};

/// Nats a letter by which the beginning of a sentence may trail the best letters of all; what trails
/// them further is other speech, forced into the words of the grammar.
const BENT: f32 = 0.6;

/// The words with which an utterance begins, as far as they are heard by now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partial {
    /// The language of the grammar that they are of.
    pub language: Language,
    /// Whole words, lower case, numbers in words: "überweise fünfzig euro".
    pub text: String,
}

impl Recogniser {
    /// The likeliest beginning of a sentence in what was said so far, by the CTC head alone: quick
    /// enough to ask several times a second, and it may be wrong where [`Recogniser::recognise`] is
    /// not. Never act on it.
    ///
    /// `None` if the model has no CTC head, no whole word was heard, or what was heard is nothing that
    /// the grammars begin with.
    ///
    /// # Errors
    /// If audio or model fail.
    pub fn partial(
        &self,
        utterance: &Utterance,
        grammars: &[&Automaton],
    ) -> Result<Option<Partial>, SpeechError> {
        let Some(head) = &self.model().ctc else {
            return Ok(None);
        };
        self.within(|| {
            let weights = &self.calibration(true).search;
            let log_mel = &self.log_mel;
            let features = log_mel.compute_padded(utterance.samples(), weights.padding())?;
            let encoder = &self.model().encoder;
            let states = encoder.forward_keeping(features.view(), CtcHead::BLOCKS)?;
            let log_probs = head.forward(&states)?;
            let settings = weights.first_pass();
            let heard = grammars.iter().filter_map(|automaton| {
                let mut walker = Walker::new(automaton);
                let speller = self.speller(automaton.language());
                let found = search(&log_probs, speller.alphabet(), &mut walker, &settings);
                let CtcFound {
                    leading,
                    greedy_log_prob,
                    ..
                } = found;
                let leading = leading?;
                let letters = leading.text.chars().filter(|c| c.is_alphabetic()).count();
                let bent = greedy_log_prob - leading.log_prob > BENT * letters as f32;
                (!bent).then_some((automaton.language(), leading))
            });
            let best = heard.max_by(|a, b| a.1.score().total_cmp(&b.1.score()));
            Ok(best.map(|(language, leading)| Partial {
                language,
                text: leading.text,
            }))
        })
    }
}
