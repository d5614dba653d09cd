//! Beam search over the model's tokens along the texts of a grammar, or a few of them.
//!
//! Every hypothesis is a text that some text of the set begins with, in whatever tokens and
//! letter case the model likes best. A transcription without the grammar runs along as one more row
//! of the same batch: the best sentence is compared with what this row says.

use rustc_hash::FxHashMap;

use crate::candidate::{Candidate, Found, Free, rank};
use crate::model::{CrossKv, Decoder, ModelError, Vocabulary, arg_max, log_sum_exp};
use crate::texts::Texts;
use crate::trie::{Allowed, TokenTrie};

/// Tokens in a row that the unbound transcription does not say twice.
const REPEATED: usize = 5;
/// Tokens looked at where an open slot allows nearly all of them: those that the model finds likeliest.
const OPEN_CHOICES: usize = 128;

/// Nats by which a hypothesis may trail the best before it is given up: where the audio is clear, most
/// of the beam is.
const HOPELESS: f32 = 10.0;

/// What the search may spend and how it weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Settings {
    /// Hypotheses kept at each step.
    pub(crate) beam: usize,
    /// Nats below the best complete sentence at which the search gives up on longer ones.
    pub(crate) patience: f32,
    /// The most tokens of a sentence.
    pub(crate) max_tokens: usize,
    /// Nats for each word, so that a sentence is not better for being shorter.
    pub(crate) word_bonus: f32,
    /// Nats that entering an open slot costs.
    pub(crate) open_cost: f32,
    /// Nats that each token of an open slot costs.
    pub(crate) open_token_cost: f32,
}

/// Tokens that have a meaning of their own in the search.
#[derive(Clone, Debug)]
struct Marks {
    /// The end of the transcript.
    end: u32,
    /// Sentence punctuation after which the transcript ends as well.
    stops: Vec<u32>,
    comma: Option<u32>,
}

/// Tokens that may follow a state; `None`: an open slot, where nearly every token may.
type Followers<S> = Option<Box<[Allowed<S>]>>;

/// The texts as the search walks them, with what it has learnt about them.
#[derive(Debug)]
pub(crate) struct Walk<T: Texts> {
    texts: T,
    allowed: FxHashMap<T::State, Followers<T::State>>,
}

impl<T: Texts> Walk<T> {
    pub(crate) fn new(texts: T) -> Self {
        Self {
            texts,
            allowed: FxHashMap::default(),
        }
    }
}

/// The parts of a model that the search needs.
#[derive(Debug)]
pub(crate) struct Beam<'m> {
    decoder: &'m Decoder,
    trie: &'m TokenTrie,
    marks: Marks,
}

#[derive(Clone, Debug)]
struct Hypothesis<S> {
    state: S,
    tokens: Vec<u32>,
    log_probs: Vec<f32>,
    opens: Vec<bool>,
    text: String,
    log_prob: f32,
    adjustment: f32,
    open: bool,
    comma: bool,
}

impl<S> Hypothesis<S> {
    fn score(&self) -> f32 {
        self.log_prob + self.adjustment
    }
}

/// One way on for a hypothesis.
#[derive(Clone, Copy, Debug)]
struct Extension<S> {
    row: usize,
    token: u32,
    /// `None`: a comma, which the texts do not have.
    state: Option<S>,
    log_prob: f32,
    score: f32,
    open: bool,
}

impl<'m> Beam<'m> {
    pub(crate) fn new(decoder: &'m Decoder, vocabulary: &Vocabulary, trie: &'m TokenTrie) -> Self {
        let stops = [".", "!", "?"]
            .iter()
            .filter_map(|t| vocabulary.token(t.as_bytes()))
            .collect();
        let marks = Marks {
            end: vocabulary.end_of_text(),
            stops,
            comma: vocabulary.token(b","),
        };
        Self {
            decoder,
            trie,
            marks,
        }
    }

    /// Searches the texts for what was heard.
    pub(crate) fn search<T: Texts>(
        &self,
        cross: &CrossKv,
        prompt: &[u32],
        walk: &mut Walk<T>,
        settings: &Settings,
    ) -> Result<Found, ModelError> {
        let mut state = self.decoder.state(cross);
        let mut logits = self.decoder.prompt(&mut state, prompt)?;
        logits.log_softmax();

        let mut active = vec![Hypothesis {
            state: walk.texts.start(),
            tokens: Vec::new(),
            log_probs: Vec::new(),
            opens: Vec::new(),
            text: String::new(),
            log_prob: 0.0,
            adjustment: 0.0,
            open: false,
            comma: false,
        }];
        let mut complete: Vec<Candidate> = Vec::new();
        let mut best_complete = f32::NEG_INFINITY;
        let mut free = Free::default();
        let mut free_row = Some(0);
        for _ in 0..settings.max_tokens {
            let mut ways: Vec<Extension<T::State>> = Vec::new();
            for (row, hypothesis) in active.iter().enumerate() {
                let Some(log_probs) = logits.row(row) else {
                    continue;
                };
                if walk.texts.is_complete(hypothesis.state) && !hypothesis.comma {
                    let ending = self.complete(hypothesis, log_probs);
                    best_complete = best_complete.max(ending.score());
                    complete.push(ending);
                }
                self.extend(row, hypothesis, log_probs, walk, settings, &mut ways);
            }
            let free_token = free_row.and_then(|row| self.extend_free(&mut free, logits.row(row)?));
            let next = select(
                &active,
                ways,
                settings,
                best_complete,
                self.trie,
                self.marks.comma,
            );
            if next.is_empty() && free_token.is_none() {
                break;
            }
            let mut parents: Vec<usize> = next.iter().map(|(way, _)| way.row).collect();
            let mut tokens: Vec<u32> = next.iter().map(|(way, _)| way.token).collect();
            free_row = match (free_row, free_token) {
                (Some(row), Some(token)) => {
                    // Mostly it says what a hypothesis says, and need not be computed twice.
                    let same = next
                        .iter()
                        .position(|(way, _)| (way.row, way.token) == (row, token));
                    same.or_else(|| {
                        parents.push(row);
                        tokens.push(token);
                        Some(tokens.len() - 1)
                    })
                }
                _ => None,
            };
            active = next.into_iter().map(|(_, hypothesis)| hypothesis).collect();
            state.reorder(&parents);
            logits = self.decoder.step(&mut state, &tokens)?;
            logits.log_softmax();
        }
        free.say_once();
        Ok(Found {
            candidates: rank(complete),
            free,
        })
    }

    fn complete<S>(&self, hypothesis: &Hypothesis<S>, log_probs: &[f32]) -> Candidate {
        // Whisper ends most sentences with a full stop, the grammar none: both are an end.
        let ends: Vec<f32> = std::iter::once(self.marks.end)
            .chain(self.marks.stops.iter().copied())
            .filter_map(|t| log_probs.get(t as usize).copied())
            .collect();
        Candidate {
            tokens: hypothesis.tokens.clone(),
            log_probs: hypothesis.log_probs.clone(),
            opens: hypothesis.opens.clone(),
            text: hypothesis.text.trim_start().to_owned(),
            end: log_sum_exp(&ends),
            adjustment: hypothesis.adjustment,
            wording: 0.0,
        }
    }

    fn extend<T: Texts>(
        &self,
        row: usize,
        from: &Hypothesis<T::State>,
        log_probs: &[f32],
        walk: &mut Walk<T>,
        settings: &Settings,
        ways: &mut Vec<Extension<T::State>>,
    ) {
        let Walk { texts, allowed } = walk;
        let trie = self.trie;
        let mut add = |token: u32, state: Option<T::State>, open: bool, cost: f32| {
            let log_prob = log_probs
                .get(token as usize)
                .copied()
                .unwrap_or(f32::NEG_INFINITY);
            let new_word = state.is_some() && trie.text(token).is_some_and(|t| t.starts_with(' '));
            // After a comma comes a new word.
            if from.comma && !new_word {
                return;
            }
            // An open slot is not made better by more words in it.
            let bonus = if new_word && !open {
                settings.word_bonus
            } else {
                0.0
            };
            ways.push(Extension {
                row,
                token,
                state,
                log_prob,
                score: from.score() + log_prob + bonus - cost,
                open,
            });
        };
        let known = allowed
            .entry(from.state)
            .or_insert_with(|| trie.allowed(texts, from.state).map(Into::into));
        match known {
            Some(narrow) => {
                for a in narrow {
                    add(a.token, Some(a.state), false, 0.0);
                }
            }
            None => {
                for token in likeliest(log_probs, OPEN_CHOICES) {
                    if let Some(state) = trie.follow(texts, from.state, token) {
                        let open = texts.is_open(state);
                        let cost = match (open, from.open) {
                            (true, false) => settings.open_cost + settings.open_token_cost,
                            (true, true) => settings.open_token_cost,
                            (false, _) => 0.0,
                        };
                        add(token, Some(state), open, cost);
                    }
                }
            }
        }
        // The model's commas between words cost it nothing and mean nothing to the grammar.
        if let Some(comma) = self.marks.comma
            && !from.comma
            && !from.text.is_empty()
            && let Some(&log_prob) = log_probs.get(comma as usize)
        {
            let score = from.score() + log_prob;
            ways.push(Extension {
                row,
                token: comma,
                state: None,
                log_prob,
                score,
                open: from.open,
            });
        }
    }

    /// Appends the likeliest token to the free transcript; `None` once it is over.
    fn extend_free(&self, free: &mut Free, log_probs: &[f32]) -> Option<u32> {
        let text = log_probs
            .get(..=self.marks.end as usize)
            .unwrap_or(log_probs);
        let (token, log_prob) = arg_max(text)?;
        let token = token as u32;
        if token == self.marks.end {
            return None;
        }
        free.tokens.push(token);
        free.log_probs.push(log_prob);
        // With little context the model may repeat itself; what it writes twice was said once.
        if repeats(&free.tokens) {
            let keep = free.tokens.len() - REPEATED;
            free.tokens.truncate(keep);
            free.log_probs.truncate(keep);
            return None;
        }
        Some(token)
    }
}

/// Whether the last few tokens stood before in the same order.
fn repeats(tokens: &[u32]) -> bool {
    let Some(before) = tokens.len().checked_sub(REPEATED) else {
        return false;
    };
    tokens[..before]
        .windows(REPEATED)
        .any(|w| w == &tokens[before..])
}

/// Whether a text ends with two words that it has said before: a sign that the model repeats itself
/// within an open slot.
fn goes_round(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let Some(before) = words.len().checked_sub(2) else {
        return false;
    };
    words[..=before]
        .windows(2)
        .any(|pair| pair == &words[before..])
}

/// The `n` largest values' indices, in no order.
fn likeliest(values: &[f32], n: usize) -> Vec<u32> {
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    if order.len() > n {
        order.select_nth_unstable_by(n, |a, b| {
            values[*b as usize].total_cmp(&values[*a as usize])
        });
        order.truncate(n);
    }
    order
}

/// Keeps the best extensions. Of several that spell the same text, in other tokens or letter case,
/// only the best goes on, so that the beam holds as many different texts as it has places.
fn select<S: Copy>(
    active: &[Hypothesis<S>],
    mut ways: Vec<Extension<S>>,
    settings: &Settings,
    best_complete: f32,
    trie: &TokenTrie,
    comma: Option<u32>,
) -> Vec<(Extension<S>, Hypothesis<S>)> {
    ways.retain(|w| w.score > best_complete - settings.patience && w.score > f32::NEG_INFINITY);
    ways.sort_unstable_by(|a, b| b.score.total_cmp(&a.score));
    if let Some(best) = ways.first().map(|w| w.score) {
        ways.retain(|w| w.score > best - HOPELESS);
    }
    let mut kept: Vec<(Extension<S>, Hypothesis<S>)> = Vec::new();
    let mut seen: std::collections::HashSet<(String, bool)> = std::collections::HashSet::new();
    for way in ways {
        if kept.len() >= settings.beam {
            break;
        }
        let from = &active[way.row];
        let mut text = from.text.clone();
        let is_comma = Some(way.token) == comma && way.state.is_none();
        if !is_comma {
            text.push_str(trie.text(way.token).unwrap_or_default());
        }
        let open_so_far = way.open || from.opens.contains(&true);
        if open_so_far && goes_round(&text) {
            continue;
        }
        if !seen.insert((text.to_lowercase(), is_comma)) {
            continue;
        }
        let mut tokens = from.tokens.clone();
        tokens.push(way.token);
        let mut log_probs = from.log_probs.clone();
        log_probs.push(way.log_prob);
        let mut opens = from.opens.clone();
        opens.push(way.open);
        let log_prob = from.log_prob + way.log_prob;
        let next = Hypothesis {
            state: way.state.unwrap_or(from.state),
            tokens,
            log_probs,
            opens,
            text,
            log_prob,
            adjustment: way.score - log_prob,
            open: way.open,
            comma: is_comma,
        };
        kept.push((way, next));
    }
    kept
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetition_is_found_at_the_end() {
        assert!(repeats(&[1, 2, 3, 4, 5, 1, 2, 3, 4, 5]));
        assert!(repeats(&[9, 1, 2, 3, 4, 5, 8, 1, 2, 3, 4, 5]));
        assert!(!repeats(&[1, 2, 3, 4, 1, 2, 3, 4]));
        assert!(!repeats(&[1, 2, 3, 4, 5]));
        assert!(goes_round(" send ten to Anna Send ten"));
        assert!(!goes_round(" send ten to Anna and Tim"));
        assert!(!goes_round(" Anna"));
    }

    #[test]
    fn the_likeliest_are_the_largest() {
        let mut top = likeliest(&[0.1, 5.0, -1.0, 3.0, 2.0], 2);
        top.sort_unstable();
        assert_eq!(top, [1, 3]);
    }
}
