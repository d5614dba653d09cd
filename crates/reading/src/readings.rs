//! What a text may mean.

use std::ops::Range;

/// What a text may mean, best first.
#[derive(Debug, Clone, PartialEq)]
pub struct Readings {
    /// At most three, each of another intent.
    pub readings: Vec<Marked>,
    /// The probability that the text has none of the intents, 0 to 1.
    pub none: f32,
}

/// A text with an intent and with its words marked.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    /// One of [`Reader::intents`](crate::Reader::intents).
    pub intent: String,
    /// The words that fill slots, in the order of the text. Where a slot's words lie apart there is a span for each part.
    pub spans: Vec<Span>,
    /// The bytes of the text that the speaker took back, in its order.
    pub taken_back: Vec<Range<usize>>,
    /// How probable the model finds the intent and all marks together, 0 to 1.
    pub probability: f32,
    /// How often a reading of this probability is right, 0 to 1, as measured when the model was made.
    pub confidence: f32,
}

/// Words that stand together and fill a slot.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// The slot's name.
    pub slot: String,
    /// Its bytes in the text, from the first word's to the last one's, without the punctuation around them.
    pub range: Range<usize>,
    /// How probable the model finds the mark of the word of which it is least sure, 0 to 1, whatever the intent.
    pub confidence: f32,
}

impl Readings {
    /// Of a text that cannot be read.
    pub(crate) fn none() -> Self {
        Self {
            readings: Vec::new(),
            none: 1.0,
        }
    }
}
