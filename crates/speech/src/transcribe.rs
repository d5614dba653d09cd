//! What was said, in whatever words: the likeliest few transcriptions, with no grammar.

use crate::beam::{Beam, Settings, Walk};
use crate::encoded::Encoded;
use crate::texts::Texts;
use crate::{Recogniser, SpeechError};

/// Nats below the best complete transcription at which longer ones are given up.
const PATIENCE: f32 = 6.0;

/// A transcription that no grammar binds.
#[derive(Clone, Debug, PartialEq)]
pub struct Transcript {
    /// Its words, as the model spells them.
    pub text: String,
    /// Natural-log probability that the model writes this.
    pub log_prob: f32,
}

impl Recogniser {
    /// The likeliest transcriptions in a language (an ISO 639-1 code), the best first: at most `count`, all different.
    /// Where two words sound alike, or words may be divided in two ways, whoever reads them can tell which it was.
    ///
    /// # Errors
    /// If the model fails.
    pub fn transcribe(
        &self,
        encoded: &Encoded<'_>,
        language: &str,
        count: usize,
    ) -> Result<Vec<Transcript>, SpeechError> {
        let settings = Settings {
            beam: count.max(1),
            patience: PATIENCE,
            max_tokens: self.most_tokens(encoded.utterance.duration().as_secs_f32()),
            word_bonus: 0.0,
            open_cost: 0.0,
            open_token_cost: 0.0,
        };
        let prompt = self.model().vocabulary.prompt(language);
        let found = self.within(|| {
            let beam = Beam::new(&self.model().decoder, &self.model().vocabulary, &self.trie);
            beam.search(&encoded.cross, &prompt, &mut Walk::new(Anything), &settings)
        })?;
        let all = found.candidates.into_iter().map(|found| Transcript {
            log_prob: found.log_prob(),
            text: found.text,
        });
        Ok(all.take(count).collect())
    }
}

/// Every text of words and figures.
struct Anything;

/// What the last character was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Last {
    Nothing,
    Blank,
    Letter,
    Digit,
    /// A mark in a number, behind which more of it comes.
    Point,
}

impl Texts for Anything {
    type State = Last;

    fn start(&self) -> Last {
        Last::Nothing
    }
    fn step(&mut self, last: Last, c: char) -> Option<Last> {
        match (last, c) {
            (_, '0'..='9') => Some(Last::Digit),
            (Last::Point, _) => None,
            (Last::Nothing | Last::Letter | Last::Digit, ' ') => Some(Last::Blank),
            (Last::Digit, '.' | ',' | ':') => Some(Last::Point),
            (Last::Letter | Last::Digit, '-' | '\'' | '’' | '%') => Some(Last::Letter),
            (_, '€' | '$' | '£' | '&') => Some(Last::Letter),
            _ => c.is_alphabetic().then_some(Last::Letter),
        }
    }
    fn is_complete(&self, last: Last) -> bool {
        matches!(last, Last::Letter | Last::Digit)
    }
    fn is_open(&self, _: Last) -> bool {
        false
    }
    fn reads_open(&self, _: Last) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_are_texts_and_loose_marks_are_not() {
        let reads = |text: &str| {
            let end = text
                .chars()
                .try_fold(Anything.start(), |last, c| Anything.step(last, c));
            end.is_some_and(|last| Anything.is_complete(last))
        };
        for text in [
            " Zahl 12,50 € an Café Müller",
            " it's 9:30",
            " Steam-Konto 50%",
            "$12.50",
        ] {
            assert!(reads(text), "{text}");
        }
        for text in ["", " ", " zahl, bitte", " 12,", " ja ", " - ja", " (ja)"] {
            assert!(!reads(text), "{text}");
        }
    }
}
