//! An utterance to the sentences of a grammar that it may be.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use zahlwort_audio::{LogMel, Utterance};
use zahlwort_grammar::language::PerLanguage;
use zahlwort_grammar::{Automaton, Language, MatchOptions, Walker};

use crate::beam::{Beam, Settings, Walk};
use crate::calibration::{Calibration, Calibrations};
use crate::candidate::{Candidate, Found, Free};
use crate::confidence::{Evidence, confidence};
use crate::encoded::{Encoded, milliseconds};
use crate::first_pass::{FirstPass, Speller};
use crate::meaning::{Meant, group, prefer_known};
use crate::model::{CrossKv, Model, log_softmax};
use crate::options::Search;
use crate::texts::TextList;
use crate::trie::TokenTrie;
use crate::words;
use crate::{DecodeOptions, Hypothesis, Recognition, SpeechError, TimedWord, Timing};

/// Frames of 10 ms of faint noise that the wording's own probability is taken from.
const PRIOR_FRAMES: usize = 50;
/// Sentences whose wording is weighed; the right one is nearly always among the first few.
const WEIGHED: usize = 12;
/// With less than this probability for one, all languages in question are searched.
const LANGUAGE_CERTAINTY: f32 = 0.98;
/// Sentences further than this behind the likeliest, in nats, are not what was said, however little
/// their wording is to be expected.
const PLAUSIBLE: f32 = 8.0;

/// A loaded model, ready to search any grammar. Share it between threads.
#[derive(Debug)]
pub struct Recogniser {
    model: Model,
    pub(crate) trie: TokenTrie,
    spellers: PerLanguage<Speller>,
    pool: rayon::ThreadPool,
    calibrations: Calibrations,
    pub(crate) log_mel: LogMel,
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
        let checksum = model.checksum.as_deref();
        let calibrations = Calibrations::read(directory, model.ctc.is_some(), checksum)?;
        let vocabulary = &model.vocabulary;
        let texts = (0..vocabulary.len() as u32)
            .filter_map(|t| Some((t, std::str::from_utf8(vocabulary.token_bytes(t)).ok()?)));
        let trie = TokenTrie::new(texts);
        let log_mel = LogMel::new();
        let nothing = pool.install(|| nothing(&model, &log_mel))?;
        Ok(Self {
            model,
            trie,
            spellers: PerLanguage::new(),
            pool,
            calibrations,
            log_mel,
            nothing,
        })
    }

    /// The model, for those who want to use its parts on their own.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Searches one grammar for each language in question for what was said. With several, the
    /// language is recognised as well. Silence around the speech should be cut off before. `reading`
    /// is what the sentences are read under: reference day, currency, context.
    ///
    /// # Errors
    /// If there is no grammar, or audio or model fail.
    pub fn recognise(
        &self,
        utterance: &Utterance,
        grammars: &[&Automaton],
        reading: &MatchOptions,
        options: &DecodeOptions,
    ) -> Result<Recognition, SpeechError> {
        let encoded = self.encode(utterance, options)?;
        self.search(&encoded, grammars, reading, options)
    }

    /// As [`recognise`](Self::recognise), of an utterance that the encoder has heard: whoever listens for one thing and
    /// then for another encodes once.
    ///
    /// # Errors
    /// If there is no grammar, or the model fails.
    pub fn search(
        &self,
        encoded: &Encoded<'_>,
        grammars: &[&Automaton],
        reading: &MatchOptions,
        options: &DecodeOptions,
    ) -> Result<Recognition, SpeechError> {
        self.within(|| self.search_here(encoded, grammars, reading, options))
    }

    fn search_here(
        &self,
        encoded: &Encoded<'_>,
        grammars: &[&Automaton],
        reading: &MatchOptions,
        options: &DecodeOptions,
    ) -> Result<Recognition, SpeechError> {
        let Encoded {
            utterance,
            log_probs,
            cross,
            timing,
        } = encoded;
        let mut timing = *timing;
        let calibration = self.calibration(log_probs.is_some());
        let clock = Instant::now();
        let Spoken {
            languages,
            no_speech,
        } = self.languages(cross, grammars)?;
        let mut best: Option<(Searched, Option<FirstPass<'_>>)> = None;
        let spellers = languages.iter().map(|(a, _)| self.speller(a.language()));
        let spellers: Vec<Arc<Speller>> = spellers.collect();
        for ((automaton, probability), speller) in languages.into_iter().zip(&spellers) {
            // Both passes walk the same grammar, the second mostly where the first has been.
            let mut walker = Walker::new(automaton);
            let first = log_probs.as_deref().map(|log_probs| {
                let settings = calibration.search.first_pass();
                FirstPass::new(
                    log_probs,
                    speller,
                    automaton,
                    &mut walker,
                    reading,
                    &settings,
                )
            });
            let heard = Heard {
                cross,
                calibration,
                seconds: utterance.duration().as_secs_f32(),
                no_speech,
                language: probability,
            };
            let next = self.search_one(&heard, walker, first.as_ref(), reading, options)?;
            if best
                .as_ref()
                .is_none_or(|(b, _)| next.confidence > b.confidence)
            {
                best = Some((next, first));
            }
        }
        let Some((best, first)) = best else {
            return Err(SpeechError::NoGrammar);
        };
        let words = self.words(cross, &best, first.as_ref(), utterance)?;
        timing.decoder_ms = milliseconds(clock);
        Ok(best.report(words, no_speech, options, timing))
    }

    /// Runs something on the threads of the model.
    pub(crate) fn within<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.pool.install(work)
    }

    /// What a search is weighed and judged by that the CTC head takes part in, or does not.
    pub(crate) fn calibration(&self, head: bool) -> &Calibration {
        self.calibrations.of(head)
    }

    pub(crate) fn speller(&self, language: Language) -> Arc<Speller> {
        self.spellers.get(language, || Speller::new(language))
    }

    /// Searches one grammar, after the first pass if there is one.
    fn search_one(
        &self,
        heard: &Heard<'_>,
        walker: Walker<'_>,
        first: Option<&FirstPass<'_>>,
        reading: &MatchOptions,
        options: &DecodeOptions,
    ) -> Result<Searched, SpeechError> {
        let automaton = walker.automaton();
        let weights = &heard.calibration.search;
        let prompt = self.model.vocabulary.prompt(automaton.language().code());
        let (mut meant, free, free_text) = match first {
            Some(first) if options.search == Search::Ctc => {
                let meant = group(first.candidates(), automaton, reading);
                (meant, Free::default(), first.greedy.clone())
            }
            _ => {
                let (meant, free) = self.attend(heard, &prompt, walker, first, reading, options)?;
                let text = self.model.vocabulary.decode(&free.tokens);
                (meant, free, text.trim().to_owned())
            }
        };
        if let Some(first) = first {
            let weight = match options.search {
                Search::Ctc => 1.0,
                Search::Attention | Search::Joint => weights.ctc_weight,
            };
            for meant in &mut meant {
                meant.ctc = first.log_prob(&meant.candidate.text, &meant.reading);
                let open = meant.open_letters() as f32 * weights.open_letter_cost;
                meant.score += weight * (meant.ctc - first.greedy_log_prob - open);
            }
            // The decoder, where a grammar lets it, says what it heard again and again; the sound has room
            // for it once.
            meant.retain(|meant| meant.ctc.is_finite());
        }
        prefer_known(&mut meant, weights.near_name_cost);
        meant.sort_by(|a, b| b.score.total_cmp(&a.score));
        let evidence = Evidence {
            language: heard.language,
            no_speech: heard.no_speech,
            seconds: heard.seconds,
            ..Evidence::of(&meant, &free, &free_text, first, options)
        };
        Ok(Searched {
            language: automaton.language(),
            prompt,
            confidence: confidence(&evidence, heard.calibration),
            meant,
            free_text,
            evidence,
        })
    }

    /// The attention decoder's search: among what the first pass heard clearly, or along the grammar.
    fn attend(
        &self,
        heard: &Heard<'_>,
        prompt: &[u32],
        walker: Walker<'_>,
        first: Option<&FirstPass<'_>>,
        reading: &MatchOptions,
        options: &DecodeOptions,
    ) -> Result<(Vec<Meant>, Free), SpeechError> {
        let automaton = walker.automaton();
        let weights = &heard.calibration.search;
        let settings = Settings {
            beam: options.beam.max(1),
            patience: weights.patience,
            max_tokens: self.most_tokens(heard.seconds),
            word_bonus: weights.word_bonus,
            open_cost: weights.open_cost,
            open_token_cost: weights.open_token_cost,
        };
        let beam = Beam::new(&self.model.decoder, &self.model.vocabulary, &self.trie);
        let among =
            |list: TextList| beam.search(heard.cross, prompt, &mut Walk::new(list), &settings);
        let judge = |found: Found| -> Result<(Vec<Meant>, Free), SpeechError> {
            let weighed = self.weigh_wording(prompt, found, weights.prior_weight)?;
            let meant = group(weighed.candidates, automaton, reading);
            Ok((meant, weighed.free))
        };
        let clear = first.filter(|f| f.is_clear(weights.clear));
        if let Some(list) = clear.and_then(FirstPass::written) {
            let (meant, free) = judge(among(list)?)?;
            if !meant.is_empty() {
                return Ok((meant, free));
            }
        }
        let mut walk = Walk::new(walker);
        let mut found = beam.search(heard.cross, prompt, &mut walk, &settings)?;
        // A name that is on no list is compared with names that are, which the search along the grammar
        // may have dropped.
        let open = |c: &Candidate| c.opens.contains(&true);
        if found.candidates.first().is_none_or(open)
            && let Some(list) = first.and_then(FirstPass::written)
        {
            found.add(among(list)?.candidates);
        }
        judge(found)
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
        found: Found,
        weight: f32,
    ) -> Result<Found, SpeechError> {
        let Found {
            mut candidates,
            mut free,
        } = found;
        candidates.truncate(WEIGHED);
        let least = candidates.first().map_or(0.0, |c| c.score() - PLAUSIBLE);
        candidates.retain(|c| c.score() >= least);
        let sequences: Vec<Vec<u32>> = candidates
            .iter()
            .map(|c| &c.tokens)
            .chain([&free.tokens])
            .map(|tokens| [prompt, tokens].concat())
            .collect();
        let mut scores =
            self.model
                .decoder
                .score(&self.nothing, &sequences, prompt.len(), false)?;
        free.wording = scores.pop().map_or(0.0, |s| s.log_prob());
        for (candidate, score) in candidates.iter_mut().zip(scores) {
            // The words of an open slot are not chosen by the grammar, so nothing has to be taken off for them.
            let chosen = score.tokens.iter().zip(&candidate.opens);
            let chosen = chosen.filter(|(_, open)| !**open).map(|(t, _)| t.log_prob);
            candidate.adjustment -= weight * chosen.sum::<f32>();
            candidate.wording = score.log_prob();
        }
        candidates.sort_by(|a, b| b.score().total_cmp(&a.score()));
        Ok(Found { candidates, free })
    }

    /// The words of a sentence with their times.
    fn words(
        &self,
        cross: &CrossKv,
        searched: &Searched,
        first: Option<&FirstPass<'_>>,
        utterance: &Utterance,
    ) -> Result<Vec<TimedWord>, SpeechError> {
        let Some(candidate) = searched.meant.first().map(|m| &m.candidate) else {
            return Ok(Vec::new());
        };
        // The head hears when each character is said; the decoder, where it looks as it writes.
        if let Some(spans) = first.and_then(|f| f.align(&candidate.text)) {
            return Ok(words::aligned(candidate, &spans, &self.trie, utterance));
        }
        let prompt = &searched.prompt;
        let sequence = [prompt.as_slice(), &candidate.tokens].concat();
        let decoder = &self.model.decoder;
        let scored = decoder.score(cross, &[sequence], prompt.len(), true)?;
        Ok(words::attended(
            candidate,
            scored.first(),
            prompt.len(),
            &self.trie,
            utterance,
        ))
    }
}

/// What the decoder attends to when there is only faint noise.
fn nothing(model: &Model, log_mel: &LogMel) -> Result<CrossKv, SpeechError> {
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
    let features = log_mel.compute(&samples)?;
    let states = model.encoder.forward(features.view())?;
    Ok(model.decoder.start(&states)?)
}

/// What is spoken, before any words are known.
struct Spoken<'a> {
    /// The grammars in question, each with the probability of its language, the likeliest first.
    languages: Vec<(&'a Automaton, f32)>,
    /// The probability that nothing is spoken.
    no_speech: f32,
}

/// An utterance as the searches need it.
struct Heard<'a> {
    cross: &'a CrossKv,
    calibration: &'a Calibration,
    seconds: f32,
    no_speech: f32,
    /// The probability of the language searched.
    language: f32,
}

struct Searched {
    language: Language,
    prompt: Vec<u32>,
    meant: Vec<Meant>,
    free_text: String,
    evidence: Evidence,
    confidence: f32,
}

impl Searched {
    fn report(
        self,
        words: Vec<TimedWord>,
        no_speech: f32,
        options: &DecodeOptions,
        timing: Timing,
    ) -> Recognition {
        let best = self.meant.first().map_or(0.0, |m| m.score);
        let mut words = Some(words);
        let hypotheses: Vec<Hypothesis> = self
            .meant
            .into_iter()
            .take(options.hypotheses.max(1))
            .map(|m| Hypothesis {
                log_prob: m.candidate.log_prob(),
                end_log_prob: m.candidate.end,
                score: m.score,
                // Relative to the best, as the scores say.
                confidence: self.confidence * (m.score - best).min(0.0).exp(),
                text: m.candidate.text,
                tokens: m.candidate.tokens,
                reading: m.reading,
                also: m.also,
                words: words.take().unwrap_or_default(),
            })
            .collect();
        Recognition {
            language: self.language,
            accepted: hypotheses
                .first()
                .is_some_and(|h| h.confidence >= options.strictness),
            hypotheses,
            free_text: self.free_text,
            no_speech,
            evidence: self.evidence,
            timing,
        }
    }
}
