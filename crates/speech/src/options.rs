//! What a caller may set about the search.

/// How the search weighs and what it reports.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DecodeOptions {
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
    /// How much of what a sentence's wording alone makes likely is taken off its score.
    pub prior_weight: f32,
    /// Silence appended before analysis, in milliseconds.
    pub padding_ms: u32,
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self {
            beam: 8,
            hypotheses: 5,
            strictness: 0.5,
            patience: 14.0,
            word_bonus: 0.5,
            open_cost: 3.0,
            open_token_cost: 1.0,
            prior_weight: 0.4,
            padding_ms: 100,
        }
    }
}
