//! Teacher-forced scoring of whole token sequences, and where they were heard.

use std::collections::HashMap;

use ndarray::Array3;
use rayon::prelude::*;

use super::ModelError;
use super::decoder::{Decoder, Hidden, Logits, Node, Sink};
use super::state::{CrossKv, ROOT};
use crate::kernel::ops;

/// Rows of logits held at once while scoring, 6.6 MB of them for Whisper's
/// vocabulary.
const ROWS: usize = 32;

/// How the decoder judges one token of a given sequence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TokenScore {
    /// Natural-log probability of the token after those before it.
    pub log_prob: f32,
    /// The token that the decoder would have preferred there.
    pub best: u32,
    /// That token's natural-log probability.
    pub best_log_prob: f32,
}

/// How the decoder judges a given sequence.
#[derive(Debug, Clone)]
pub struct SequenceScore {
    /// One per token from `from` on.
    pub tokens: Vec<TokenScore>,
    /// On demand, for all tokens of the sequence.
    pub alignment: Option<Alignment>,
}

/// Cross-attention weights of the heads that follow the audio: heads × tokens of the whole sequence × encoder
/// states of 20 ms. A token's weights over the states sum to 1; those of token `i` are the ones with which it
/// predicts token `i + 1`.
pub type Alignment = Array3<f32>;

impl SequenceScore {
    /// Natural-log probability of all scored tokens together.
    #[must_use]
    pub fn log_prob(&self) -> f32 {
        self.tokens.iter().map(|token| token.log_prob).sum()
    }
}

/// Sequences merged into a tree, so that common beginnings are computed once.
#[derive(Default)]
struct Prefixes {
    nodes: Vec<Node>,
    children: Vec<Vec<u32>>,
    found: HashMap<(u32, u32), u32>,
}

impl Prefixes {
    /// Adds a sequence and returns its nodes.
    fn insert(&mut self, sequence: &[u32]) -> Vec<u32> {
        let mut parent = ROOT;
        let mut path = Vec::with_capacity(sequence.len());
        for token in sequence {
            let next = self.nodes.len() as u32;
            let node = *self.found.entry((parent, *token)).or_insert(next);
            if node == next {
                self.nodes.push(Node {
                    token: *token,
                    parent,
                });
                self.children.push(Vec::new());
                if let Some(children) = self.children.get_mut(parent as usize) {
                    children.push(node);
                }
            }
            path.push(node);
            parent = node;
        }
        path
    }
}

impl Decoder {
    /// Scores given sequences, prompt included, in one pass: `scores[i].tokens[j]`
    /// belongs to `sequences[i][from + j]`. `from` is usually the prompt's length
    /// and at least 1, as the first token follows nothing. Common beginnings are
    /// computed once. With `align`, each score also has its [`Alignment`].
    ///
    /// # Errors
    /// [`ModelError::Input`] if `from` is 0, a token is not in the vocabulary or
    /// a sequence is longer than the model allows (448 tokens).
    pub fn score<S: AsRef<[u32]>>(
        &self,
        cross: &CrossKv,
        sequences: &[S],
        from: usize,
        align: bool,
    ) -> Result<Vec<SequenceScore>, ModelError> {
        if from == 0 {
            return Err(ModelError::Input(
                "a sequence cannot be scored from its first token; pass from = 1 or the prompt's length".to_owned(),
            ));
        }
        let mut prefixes = Prefixes::default();
        let paths: Vec<Vec<u32>> = sequences
            .iter()
            .map(|s| prefixes.insert(s.as_ref()))
            .collect();
        let mut heads: Vec<Vec<f32>> = vec![Vec::new(); self.alignment_heads.len()];
        let size = prefixes.nodes.len() * cross.len();
        let mut collect = |layer: usize, weights: &[f32]| {
            for (kept, [of, head]) in heads.iter_mut().zip(&self.alignment_heads) {
                if *of == layer {
                    *kept = weights[head * size..][..size].to_vec();
                }
            }
        };
        let sink: Option<Sink<'_>> = if align { Some(&mut collect) } else { None };
        let hidden = self.extend(cross, &mut self.tree(), &prefixes.nodes, sink)?;

        let mut asked: Vec<u32> = paths
            .iter()
            .flat_map(|p| p.iter().take(p.len().saturating_sub(1)).skip(from - 1))
            .copied()
            .collect();
        asked.sort_unstable();
        asked.dedup();
        let mut scores = vec![None; prefixes.nodes.len()];
        for piece in asked.chunks(ROWS) {
            let rows = piece
                .iter()
                .flat_map(|node| &hidden[*node as usize * self.d..][..self.d]);
            let logits = self.logits(&Hidden {
                values: rows.copied().collect(),
                width: self.d,
            })?;
            let judged: Vec<(f32, usize, f32)> = (0..piece.len())
                .into_par_iter()
                .map(|row| {
                    let row = logits.row(row).unwrap_or_default();
                    let (best, top) = ops::arg_max(row).unwrap_or((0, f32::NEG_INFINITY));
                    (ops::log_sum_exp(row), best, top)
                })
                .collect();
            for ((node, row), (total, best, top)) in piece.iter().zip(logits.iter()).zip(judged) {
                for child in &prefixes.children[*node as usize] {
                    let token = prefixes.nodes[*child as usize].token as usize;
                    scores[*child as usize] = Some(TokenScore {
                        log_prob: row[token] - total,
                        best: best as u32,
                        best_log_prob: top - total,
                    });
                }
            }
        }

        let frames = cross.len();
        let alignment = |path: &[u32]| {
            let shape = (heads.len(), path.len(), frames);
            Alignment::from_shape_fn(shape, |(head, token, frame)| {
                heads[head][path[token] as usize * frames + frame]
            })
        };
        Ok(paths
            .iter()
            .map(|path| SequenceScore {
                tokens: path
                    .iter()
                    .skip(from)
                    .filter_map(|node| scores[*node as usize])
                    .collect(),
                alignment: align.then(|| alignment(path)),
            })
            .collect())
    }

    /// The logits after every token of one sequence, computed in one pass.
    ///
    /// # Errors
    /// As [`Decoder::score`].
    pub fn logits_after_each(&self, cross: &CrossKv, tokens: &[u32]) -> Result<Logits, ModelError> {
        let mut prefixes = Prefixes::default();
        prefixes.insert(tokens);
        let values = self.extend(cross, &mut self.tree(), &prefixes.nodes, None)?;
        self.logits(&Hidden {
            values,
            width: self.d,
        })
    }
}
