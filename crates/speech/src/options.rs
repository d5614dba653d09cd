//! What a caller may set about the search.

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

/// How far the search looks and what it reports. How it weighs is no option: the confidences are
/// fitted to that, and the model's `calibration.json` says it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DecodeOptions {
    /// What searches.
    pub search: Search,
    /// Hypotheses kept at each step; 8 is enough, fewer are faster.
    pub beam: usize,
    /// The most sentences reported.
    pub hypotheses: usize,
    /// The confidence from which the best sentence is accepted, 0 … 1.
    pub strictness: f32,
    /// Whether a name that no list has is doubted for its other spellings even where the free transcription, which no
    /// list leads, spells it the same. Whoever reads names back, or took the sentence from that transcription, need not.
    pub doubt_agreed_spellings: bool,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self {
            search: Search::Joint,
            beam: 8,
            hypotheses: 5,
            strictness: 0.5,
            doubt_agreed_spellings: true,
        }
    }
}
