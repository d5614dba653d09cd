//! What a caller may set about the search.

use crate::ctc::search::CtcSettings;

/// Which parts of the model search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Search {
    /// CTC head and attention decoder together; the decoder alone where a model has no head.
    #[default]
    Joint,
    /// The attention decoder alone, along the grammar.
    Attention,
    /// The CTC head alone: quick, less accurate, and its confidences are not calibrated.
    Ctc,
}

/// How the search weighs and what it reports.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DecodeOptions {
    /// What searches.
    pub search: Search,
    /// How much a nat of the CTC head counts beside one of the attention decoder.
    pub ctc_weight: f32,
    /// Nats for each letter by which the CTC head's best sentence may trail its best letters to be
    /// heard clearly: then the decoder only weighs the head's n best and does not search the grammar
    /// itself. 0: it always does.
    pub clear: f32,
    /// Hypotheses kept at each step; 8 is enough, fewer are faster.
    pub beam: usize,
    /// The most sentences reported.
    pub hypotheses: usize,
    /// The confidence from which the best sentence is accepted, 0 … 1.
    pub strictness: f32,
    /// Nats by which complete sentences may trail the best before the search stops looking for
    /// longer ones.
    pub patience: f32,
    /// Nats for each word: under noise, the model finds it cheap to end early.
    pub word_bonus: f32,
    /// Nats that entering an open slot costs, so that names of the catalog win when they were meant.
    pub open_cost: f32,
    /// Nats that each token of an open slot costs.
    pub open_token_cost: f32,
    /// Nats that each letter of an open slot costs by the measure of the CTC head, which can spell
    /// whatever it hears.
    pub open_letter_cost: f32,
    /// Nats that a name of no list costs beside one of a list which it nearly sounds like, "Prüger"
    /// beside "Krüger".
    pub near_name_cost: f32,
    /// How much of what a sentence's wording alone makes likely is taken off its score.
    pub prior_weight: f32,
    /// Silence appended before analysis, in milliseconds.
    pub padding_ms: u32,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self {
            search: Search::Joint,
            ctc_weight: 0.1,
            clear: 0.15,
            beam: 8,
            hypotheses: 5,
            strictness: 0.5,
            patience: 14.0,
            word_bonus: 0.5,
            open_cost: 3.0,
            open_token_cost: 1.0,
            open_letter_cost: 2.0,
            near_name_cost: 3.0,
            prior_weight: 0.4,
            padding_ms: 100,
        }
    }
}

impl DecodeOptions {
    /// Silence appended before analysis, in samples.
    pub(crate) fn padding(&self) -> usize {
        (self.padding_ms as usize * zahlwort_audio::SAMPLE_RATE as usize) / 1000
    }

    /// How the CTC head's search weighs.
    pub(crate) fn first_pass(&self) -> CtcSettings {
        CtcSettings {
            word_bonus: self.word_bonus,
            open_cost: self.open_cost,
            open_char_cost: self.open_letter_cost,
            ..CtcSettings::default()
        }
    }
}
