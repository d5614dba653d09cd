//! An utterance to the sentences of a grammar that it may be.

use std::ops::Range;
use std::path::Path;
use std::time::Instant;

use zahlwort_audio::{AudioError, Features, LogMel, Utterance};
use zahlwort_grammar::{Automaton, Language};

use crate::align::{STATE_MS, onsets};
use crate::beam::{Beam, Candidate, Found, Settings, Walk};
use crate::confidence::{Evidence, confidence};
use crate::model::{CrossKv, Model, ModelError, log_softmax};
use crate::trie::TokenTrie;

/// Tokens of German and English speech in a second, with room for the fastest speaker.
const TOKENS_PER_SECOND: f32 = 8.0;
/// Frames of 10 ms of faint noise that the wording's own probability is taken from.
const PRIOR_FRAMES: usize = 50;
/// Sentences whose wording is weighed; the right one is nearly always among the first few.
const WEIGHED: usize = 12;
/// With less than this probability for either, both languages are searched.
const LANGUAGE_CERTAINTY: f32 = 0.98;
/// Sentences further than this behind the likeliest, in nats, are not what was said, however little
/// their wording is to be expected.
const PLAUSIBLE: f32 = 8.0;

/// Why an utterance could not be searched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SpeechError {
    /// The audio cannot be analysed.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// The model refused its input.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// No grammar was given.
    #[error("there is no grammar to recognise against; pass at least one")]
    NoGrammar,
    /// The threads could not be started.
    #[error("cannot start {threads} threads: {reason}; ask for fewer")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// What the system said.
        reason: String,
    },
}

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
            strictness: 0.6,
            patience: 14.0,
            word_bonus: 0.5,
            open_cost: 3.0,
            open_token_cost: 1.0,
            prior_weight: 0.4,
            padding_ms: 100,
        }
    }
}

/// What an utterance may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognition {
    /// The language of the best sentence; without one, the likeliest language.
    pub language: Language,
    /// The sentences, best first; empty if no path through the grammar was found.
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

/// A sentence of the grammar.
#[derive(Clone, Debug, PartialEq)]
pub struct Hypothesis {
    /// Its words, as the model spells them.
    pub text: String,
    /// Its tokens, without prompt and end.
    pub tokens: Vec<u32>,
    /// Natural-log probability of the tokens and the end.
    pub log_prob: f32,
    /// The end's part of it.
    pub end_log_prob: f32,
    /// What it is ranked by: the log probability, with the bonus for words and the costs of open slots.
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

/// A loaded model, ready to search any grammar. Share it between threads.
#[derive(Debug)]
pub struct Recogniser {
    model: Model,
    trie: TokenTrie,
    pool: rayon::ThreadPool,
    /// An utterance in which nothing is said: how likely the model finds a wording by itself.
    nothing: CrossKv,
}

impl Recogniser {
    /// Loads a model directory and starts `threads` threads for it.
    ///
    /// # Errors
    /// [`SpeechError::Model`] if the directory is not a usable model, [`SpeechError::Threads`].
    pub fn load(directory: &Path, threads: usize) -> Result<Self, SpeechError> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads.max(1))
            .thread_name(|i| format!("zahlwort-{i}"))
            .build()
            .map_err(|e| SpeechError::Threads {
                threads,
                reason: e.to_string(),
            })?;
        let model = pool.install(|| Model::load(directory))?;
        let vocabulary = &model.vocabulary;
        let texts = (0..vocabulary.len() as u32)
            .filter_map(|t| Some((t, std::str::from_utf8(vocabulary.token_bytes(t)).ok()?)));
        let trie = TokenTrie::new(texts);
        let nothing = pool.install(|| nothing(&model))?;
        Ok(Self {
            model,
            trie,
            pool,
            nothing,
        })
    }

    /// The model, for those who want to use its parts on their own.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Searches one grammar for each language in question for what was said. With several, the
    /// language is recognised as well. Silence around the speech should be cut off before.
    ///
    /// # Errors
    /// If there is no grammar, or audio or model fail.
    pub fn recognise(
        &self,
        utterance: &Utterance,
        grammars: &[&Automaton],
        options: &DecodeOptions,
    ) -> Result<Recognition, SpeechError> {
        self.pool
            .install(|| self.search(utterance, grammars, options))
    }

    fn search(
        &self,
        utterance: &Utterance,
        grammars: &[&Automaton],
        options: &DecodeOptions,
    ) -> Result<Recognition, SpeechError> {
        let mut timing = Timing::default();
        let clock = Instant::now();
        let mut features = Features::default();
        let pad = (options.padding_ms as usize * zahlwort_audio::SAMPLE_RATE as usize) / 1000;
        LogMel::new().compute_padded(utterance.samples(), pad, &mut features)?;
        timing.features_ms = milliseconds(clock);

        let clock = Instant::now();
        let states = self
            .model
            .encoder
            .forward(&features.data, features.frames)?;
        let cross = self.model.decoder.start(&states)?;
        timing.encoder_ms = milliseconds(clock);

        let clock = Instant::now();
        let Spoken {
            languages,
            no_speech,
        } = self.languages(&cross, grammars)?;
        let seconds = utterance.duration().as_secs_f32();
        let settings = Settings {
            beam: options.beam.max(1),
            patience: options.patience,
            max_tokens: ((seconds * TOKENS_PER_SECOND) as usize + 8)
                .min(self.model.config.max_target_positions - 8),
            word_bonus: options.word_bonus,
            open_cost: options.open_cost,
            open_token_cost: options.open_token_cost,
        };
        let mut best: Option<Searched> = None;
        for (automaton, probability) in languages {
            let prompt = self.model.vocabulary.prompt(automaton.language().code());
            let beam = Beam::new(&self.model.decoder, &self.model.vocabulary, &self.trie);
            let mut found = beam.search(&cross, &prompt, &mut Walk::new(automaton), &settings)?;
            self.weigh_wording(&prompt, &mut found.candidates, options.prior_weight)?;
            let evidence = Evidence::of(
                &found,
                &self.model.vocabulary.decode(&found.free.tokens),
                probability,
                no_speech,
                seconds,
            );
            let confidence = confidence(&evidence);
            let next = Searched {
                language: automaton.language(),
                prompt,
                found,
                evidence,
                confidence,
            };
            if best.as_ref().is_none_or(|b| next.confidence > b.confidence) {
                best = Some(next);
            }
        }
        let Some(best) = best else {
            return Err(SpeechError::NoGrammar);
        };
        let words = match best.found.candidates.first() {
            Some(candidate) => self.words(&cross, &best.prompt, candidate, utterance)?,
            None => Vec::new(),
        };
        timing.decoder_ms = milliseconds(clock);
        Ok(best.report(&self.model, words, no_speech, options, timing))
    }

    /// The grammars whose language may be the one spoken.
    fn languages<'a>(
        &self,
        cross: &CrossKv,
        grammars: &[&'a Automaton],
    ) -> Result<Spoken<'a>, SpeechError> {
        let vocabulary = &self.model.vocabulary;
        let mut state = self.model.decoder.state(cross);
        let logits = self
            .model
            .decoder
            .prompt(&mut state, &[vocabulary.start_of_transcript()])?;
        let mut log_probs = logits.row(0).unwrap_or_default().to_vec();
        log_softmax(&mut log_probs);
        let probability = |token: Option<u32>| {
            token
                .and_then(|t| log_probs.get(t as usize))
                .map_or(0.0, |p| p.exp())
        };
        let no_speech = probability(vocabulary.no_speech());
        let of = |a: &Automaton| probability(vocabulary.language(a.language().code()));
        let total: f32 = grammars.iter().map(|a| of(a)).sum();
        let mut languages: Vec<(&Automaton, f32)> = grammars
            .iter()
            .map(|a| {
                (
                    *a,
                    if total > 0.0 {
                        of(a) / total
                    } else {
                        1.0 / grammars.len() as f32
                    },
                )
            })
            .collect();
        languages.sort_by(|a, b| b.1.total_cmp(&a.1));
        if languages.first().is_some_and(|l| l.1 >= LANGUAGE_CERTAINTY) {
            languages.truncate(1);
        }
        Ok(Spoken {
            languages,
            no_speech,
        })
    }

    /// Takes off each candidate's score a part of what its wording alone makes likely.
    ///
    /// The decoder is a language model too: under noise it prefers "sugar" to "sweetener" and a short
    /// sentence to a long one whatever was said. What it thinks of the words when it hears nothing is
    /// an estimate of that preference (internal language model subtraction: Meng et al., "Internal
    /// language model estimation for domain-adaptive end-to-end speech recognition", 2021).
    fn weigh_wording(
        &self,
        prompt: &[u32],
        candidates: &mut Vec<Candidate>,
        weight: f32,
    ) -> Result<(), SpeechError> {
        candidates.truncate(WEIGHED);
        let least = candidates.first().map_or(0.0, |c| c.score() - PLAUSIBLE);
        candidates.retain(|c| c.score() >= least);
        if weight == 0.0 || candidates.is_empty() {
            return Ok(());
        }
        let sequences: Vec<Vec<u32>> = candidates
            .iter()
            .map(|c| [prompt, &c.tokens].concat())
            .collect();
        let scores = self
            .model
            .decoder
            .score(&self.nothing, &sequences, prompt.len(), false)?;
        for (candidate, score) in candidates.iter_mut().zip(scores) {
            // The words of an open slot are not of the grammar's choosing: nothing is to be evened out.
            let wording = score.tokens.iter().zip(&candidate.opens);
            let wording = wording.filter(|(_, open)| !**open).map(|(t, _)| t.log_prob);
            candidate.adjustment -= weight * wording.sum::<f32>();
        }
        candidates.sort_by(|a, b| b.score().total_cmp(&a.score()));
        Ok(())
    }

    /// The words of a sentence with their times.
    fn words(
        &self,
        cross: &CrossKv,
        prompt: &[u32],
        candidate: &Candidate,
        utterance: &Utterance,
    ) -> Result<Vec<TimedWord>, SpeechError> {
        let mut sequence = prompt.to_vec();
        sequence.extend_from_slice(&candidate.tokens);
        let scored = self
            .model
            .decoder
            .score(cross, &[sequence], prompt.len(), true)?;
        let onsets = scored
            .first()
            .and_then(|s| s.alignment.as_ref())
            .map(|a| onsets(a, prompt.len()))
            .unwrap_or_default();
        let length_ms = utterance.duration().as_millis() as u32;
        let time = |token: usize| {
            onsets
                .get(token)
                .map_or(length_ms, |s| (*s as u32 * STATE_MS).min(length_ms))
        };

        let mut words: Vec<TimedWord> = Vec::new();
        let mut log_prob = 0.0;
        let mut at = 0;
        for (i, token) in candidate.tokens.iter().enumerate() {
            let text = self.trie.text(*token).unwrap_or_default();
            // A comma is the model's, not the sentence's.
            if text == "," {
                continue;
            }
            if text.starts_with(' ') || words.is_empty() {
                log_prob = 0.0;
                words.push(TimedWord {
                    text: String::new(),
                    range: at..at,
                    start_ms: time(i),
                    end_ms: 0,
                    confidence: 0.0,
                });
            }
            log_prob += candidate.log_probs.get(i).copied().unwrap_or_default();
            if let Some(word) = words.last_mut() {
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
                word.end_ms = time(i + 1);
                word.confidence = log_prob.exp();
            }
        }
        Ok(words)
    }
}

/// What the decoder attends to when there is only faint noise.
fn nothing(model: &Model) -> Result<CrossKv, SpeechError> {
    // Any noise does; this is a linear congruential generator with Knuth's MMIX constants.
    let mut state = 7u64;
    let samples: Vec<f32> = (0..PRIOR_FRAMES * zahlwort_audio::HOP)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            ((state >> 40) as f32 / (1 << 24) as f32 - 0.5) * 0.01
        })
        .collect();
    let mut features = Features::default();
    LogMel::new().compute(&samples, &mut features)?;
    let states = model.encoder.forward(&features.data, features.frames)?;
    Ok(model.decoder.start(&states)?)
}

/// What is spoken, before any words are known.
struct Spoken<'a> {
    /// The grammars in question, each with the probability of its language, the likeliest first.
    languages: Vec<(&'a Automaton, f32)>,
    /// The probability that nothing is spoken.
    no_speech: f32,
}

struct Searched {
    language: Language,
    prompt: Vec<u32>,
    found: Found,
    evidence: Evidence,
    confidence: f32,
}

impl Searched {
    fn report(
        self,
        model: &Model,
        words: Vec<TimedWord>,
        no_speech: f32,
        options: &DecodeOptions,
        timing: Timing,
    ) -> Recognition {
        let Found { candidates, free } = self.found;
        let best = candidates.first().map_or(0.0, Candidate::score);
        let mut words = Some(words);
        let hypotheses: Vec<Hypothesis> = candidates
            .into_iter()
            .take(options.hypotheses.max(1))
            .map(|c| Hypothesis {
                log_prob: c.log_prob(),
                end_log_prob: c.end,
                score: c.score(),
                // Relative to the best, as the scores say.
                confidence: self.confidence * (c.score() - best).min(0.0).exp(),
                text: c.text,
                tokens: c.tokens,
                words: words.take().unwrap_or_default(),
            })
            .collect();
        Recognition {
            language: self.language,
            accepted: hypotheses
                .first()
                .is_some_and(|h| h.confidence >= options.strictness),
            hypotheses,
            free_text: model.vocabulary.decode(&free.tokens).trim().to_owned(),
            no_speech,
            evidence: self.evidence,
            timing,
        }
    }
}

fn milliseconds(since: Instant) -> f32 {
    since.elapsed().as_secs_f32() * 1e3
}
