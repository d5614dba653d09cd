//! The words of a sentence, with their times.

use zahlwort_audio::Utterance;

use crate::TimedWord;
use crate::align::{STATE_MS, onsets};
use crate::candidate::Candidate;
use crate::ctc::score::CharSpan;
use crate::model::{Alignment, SequenceScore};
use crate::trie::TokenTrie;

/// A word and the tokens that spell it.
struct Spelled {
    word: TimedWord,
    first: usize,
    /// The token after its last.
    end: usize,
}

/// The words of the candidate's text; times are of characters, where the CTC head aligned them.
pub(crate) fn aligned(
    candidate: &Candidate,
    spans: &[CharSpan],
    trie: &TokenTrie,
    utterance: &Utterance,
) -> Vec<TimedWord> {
    let length = length_ms(utterance);
    let mut words: Vec<TimedWord> = if candidate.tokens.is_empty() {
        split(&candidate.text)
    } else {
        spelled(candidate, trie)
            .into_iter()
            .map(|s| s.word)
            .collect()
    };
    for word in &mut words {
        let before = |byte: usize| {
            let text = candidate.text.get(..byte).unwrap_or_default();
            text.chars().count()
        };
        let (first, last) = (before(word.range.start), before(word.range.end));
        let ms = |state: usize| (state as u32 * STATE_MS).min(length);
        word.start_ms = spans.get(first).map_or(length, |s| ms(s.first));
        word.end_ms = last
            .checked_sub(1)
            .and_then(|i| spans.get(i))
            .map_or(length, |s| ms(s.last + 1));
    }
    words
}

/// The words of the candidate's text; times are of tokens, where the attention decoder looked.
pub(crate) fn attended(
    candidate: &Candidate,
    scored: Option<&SequenceScore>,
    prompt: usize,
    trie: &TokenTrie,
    utterance: &Utterance,
) -> Vec<TimedWord> {
    let alignment: Option<&Alignment> = scored.and_then(|s| s.alignment.as_ref());
    let onsets = alignment.map(|a| onsets(a, prompt)).unwrap_or_default();
    let length = length_ms(utterance);
    let time = |token: usize| {
        onsets
            .get(token)
            .map_or(length, |s| (*s as u32 * STATE_MS).min(length))
    };
    let words = spelled(candidate, trie).into_iter();
    words
        .map(|Spelled { word, first, end }| TimedWord {
            start_ms: time(first),
            end_ms: time(end),
            ..word
        })
        .collect()
}

fn length_ms(utterance: &Utterance) -> u32 {
    utterance.duration().as_millis() as u32
}

/// The words between spaces, for a text that has no tokens.
fn split(text: &str) -> Vec<TimedWord> {
    let mut at = 0;
    text.split(' ')
        .map(|word| {
            let start = at;
            at += word.len() + 1;
            TimedWord {
                text: word.to_owned(),
                range: start..start + word.len(),
                start_ms: 0,
                end_ms: 0,
                confidence: 1.0,
            }
        })
        .collect()
}

/// The words that the candidate's tokens spell, without their times.
fn spelled(candidate: &Candidate, trie: &TokenTrie) -> Vec<Spelled> {
    let mut words: Vec<Spelled> = Vec::new();
    let mut log_prob = 0.0;
    let mut at = 0;
    for (i, token) in candidate.tokens.iter().enumerate() {
        let text = trie.text(*token).unwrap_or_default();
        // A comma is the model's, not the sentence's.
        if text == "," {
            continue;
        }
        if text.starts_with(' ') || words.is_empty() {
            log_prob = 0.0;
            words.push(Spelled {
                word: TimedWord {
                    text: String::new(),
                    range: at..at,
                    start_ms: 0,
                    end_ms: 0,
                    confidence: 0.0,
                },
                first: i,
                end: i,
            });
        }
        log_prob += candidate.log_probs.get(i).copied().unwrap_or_default();
        if let Some(Spelled { word, end, .. }) = words.last_mut() {
            // A token may hold several words; only its first space is a boundary known here.
            let part = if word.text.is_empty() {
                text.trim_start()
            } else {
                text
            };
            let skipped = text.len() - part.len();
            if word.text.is_empty() && at > 0 {
                at += skipped;
                word.range.start = at;
            }
            word.text.push_str(part);
            at += part.len();
            word.range.end = at;
            word.confidence = log_prob.exp();
            *end = i + 1;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_times_of_their_characters() {
        let candidate = Candidate {
            tokens: Vec::new(),
            log_probs: Vec::new(),
            opens: Vec::new(),
            text: "für Anna".to_owned(),
            end: 0.0,
            adjustment: 0.0,
            wording: 0.0,
        };
        // A state of 20 ms for every character, the first two states silent.
        let spans: Vec<CharSpan> = (0..8)
            .map(|i| CharSpan {
                first: i + 2,
                last: i + 2,
            })
            .collect();
        let utterance =
            Utterance::from_16k(vec![0.0; 16_000], &zahlwort_audio::Limits::default()).unwrap();
        let trie = TokenTrie::new([]);
        let words = aligned(&candidate, &spans, &trie, &utterance);
        let times: Vec<_> = words.iter().map(|w| (w.start_ms, w.end_ms)).collect();
        assert_eq!(times, [(40, 100), (120, 200)]);
        assert_eq!(candidate.text[words[1].range.clone()], *"Anna");
    }
}
