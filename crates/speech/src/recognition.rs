//! What a search comes to.

use std::ops::Range;

use zahlwort_grammar::{Language, Match};

use crate::confidence::Evidence;

/// What an utterance may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognition {
    /// The language of the best sentence; without one, the likeliest language.
    pub language: Language,
    /// What may have been said, best first; empty if no path through the grammar was found.
    pub hypotheses: Vec<Hypothesis>,
    /// Whether the best sentence explains the audio nearly as well as unbound transcription does.
    pub accepted: bool,
    /// What the model transcribes when no grammar binds it.
    pub free_text: String,
    /// The model's probability that there is no speech.
    pub no_speech: f32,
    /// What [`Hypothesis::confidence`] of the best was computed from.
    pub evidence: Evidence,
    /// Where the time went.
    pub timing: Timing,
}

/// A meaning that the utterance may have, in its likeliest wording.
#[derive(Clone, Debug, PartialEq)]
pub struct Hypothesis {
    /// Its words, as the model spells them.
    pub text: String,
    /// What it means: intent and slots.
    pub reading: Match,
    /// What the same words mean as well, the best first: to another person of that name, or by another sentence.
    pub also: Vec<Match>,
    /// Its tokens, without prompt and end.
    pub tokens: Vec<u32>,
    /// Natural-log probability of the tokens and the end.
    pub log_prob: f32,
    /// The end's part of it.
    pub end_log_prob: f32,
    /// What it is ranked by: the log probability of all wordings of this meaning, with the bonus for
    /// words and the costs of open slots.
    pub score: f32,
    /// Probability that this is what was said, 0 … 1.
    pub confidence: f32,
    /// Its words with their times; empty for all but the best.
    pub words: Vec<TimedWord>,
}

/// A word and when it was said.
#[derive(Clone, Debug, PartialEq)]
pub struct TimedWord {
    /// The word.
    pub text: String,
    /// Where it stands in [`Hypothesis::text`], in bytes.
    pub range: Range<usize>,
    /// Its first millisecond in the utterance.
    pub start_ms: u32,
    /// The millisecond after its last.
    pub end_ms: u32,
    /// The model's probability of its likeliest spelling, 0 … 1.
    pub confidence: f32,
}

/// Wall-clock milliseconds of each stage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Timing {
    /// Log-mel features.
    pub features_ms: f32,
    /// Encoder, with the projections for cross-attention.
    pub encoder_ms: f32,
    /// Language detection, search and alignment.
    pub decoder_ms: f32,
}
