//! The decoder: tokens and an encoded utterance in, the next token's logits out.

use rayon::prelude::*;

use super::attention::KeysValues;
use super::embedding::Embedding;
use super::encoder::{EncoderStates, read_norm, read_qkv, values};
use super::linear::Linear;
use super::state::{CrossKv, DecoderState, ROOT, Tree};
use super::weights::Weights;
use super::{Config, ModelError};
use crate::kernel::ops::{self, LayerNorm};

/// Whisper's text decoder.
///
/// One [`CrossKv`] per utterance ([`Decoder::start`]) serves any number of
/// [`DecoderState`]s for search, and [`Decoder::score`] for rescoring.
#[derive(Debug)]
pub struct Decoder {
    pub(super) d: usize,
    pub(super) heads: usize,
    pub(super) vocab: usize,
    pub(super) max_tokens: usize,
    /// Embedding table and, transposed, the output layer.
    embedding: Embedding,
    positions: Vec<f32>,
    blocks: Vec<Block>,
    norm: LayerNorm,
    pub(super) alignment_heads: Vec<[usize; 2]>,
}

#[derive(Debug)]
struct Block {
    self_norm: LayerNorm,
    /// Queries (already scaled), keys and values in one product.
    qkv: Linear,
    self_out: Linear,
    cross_norm: LayerNorm,
    /// Already scaled.
    cross_q: Linear,
    cross_kv: Linear,
    cross_out: Linear,
    norm: LayerNorm,
    fc1: Linear,
    fc2: Linear,
}

/// The decoder's last hidden state, after the final normalisation: one row per
/// hypothesis, to be turned into logits.
#[derive(Debug, Clone)]
pub struct Hidden {
    pub(super) values: Vec<f32>,
    pub(super) width: usize,
}

/// Logits, a row of `vocab_size` per hypothesis or position.
#[derive(Debug, Clone)]
pub struct Logits {
    values: Vec<f32>,
    width: usize,
}

/// A token to append after a node of the tree.
pub(super) struct Node {
    pub(super) token: u32,
    pub(super) parent: u32,
}

/// Sees the cross-attention weights of a layer, `[heads][nodes][encoder states]`.
pub(super) type Sink<'a> = &'a mut dyn FnMut(usize, &[f32]);

impl Hidden {
    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.values.len() / self.width.max(1)
    }

    /// One row, `d_model` wide; `None` if there is no such row.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<&[f32]> {
        self.values.chunks_exact(self.width.max(1)).nth(row)
    }
}

impl Logits {
    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.values.len() / self.width.max(1)
    }

    /// One row, `vocab_size` wide; `None` if there is no such row.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<&[f32]> {
        self.values.chunks_exact(self.width.max(1)).nth(row)
    }

    /// All rows, first to last.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.values.chunks_exact(self.width.max(1))
    }

    /// Turns every row into natural-log probabilities, in place.
    pub fn log_softmax(&mut self) {
        self.values
            .par_chunks_exact_mut(self.width.max(1))
            .for_each(ops::log_softmax);
    }
}

impl Decoder {
    pub(crate) fn read(weights: &Weights, config: &Config) -> Result<Self, ModelError> {
        let d = config.d_model;
        let name = "decoder.embed_tokens.weight";
        let embedding = weights.matrix(name, &[config.vocab_size, d])?;
        let blocks = (0..config.decoder_layers)
            .into_par_iter()
            .map(|index| Block::read(weights, config, &format!("decoder.layers.{index}")))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            d,
            heads: config.decoder_attention_heads,
            vocab: config.vocab_size,
            max_tokens: config.max_target_positions,
            embedding: Embedding::new(embedding, d)?,
            positions: weights.values(
                "decoder.embed_positions.weight",
                &[config.max_target_positions, d],
            )?,
            blocks,
            norm: read_norm(weights, "decoder.layer_norm", d)?,
            alignment_heads: config.alignment_heads.clone(),
        })
    }

    /// Projects an utterance to what cross-attention reads. Once per utterance.
    ///
    /// # Errors
    /// [`ModelError::Input`] if the states are another model's or empty.
    pub fn start(&self, states: &EncoderStates) -> Result<CrossKv, ModelError> {
        let (len, width) = states.states.dim();
        if len == 0 || width != self.d {
            return Err(ModelError::Input(format!(
                "the encoder states are {len} rows of {width}, this decoder needs rows of {}; use the encoder of the same model",
                self.d
            )));
        }
        let states = states.states.view();
        let states = values(&states);
        let layers = self
            .blocks
            .iter()
            .map(|block| {
                let rows = block.cross_kv.forward(&states)?;
                KeysValues::new(&rows, 2 * self.d, 0, self.d, self.heads)
            })
            .collect::<Result<Vec<_>, ModelError>>()?;
        Ok(CrossKv {
            layers: layers.into(),
        })
    }

    /// A fresh state for an utterance: one row that has seen no token.
    #[must_use]
    pub fn state(&self, cross: &CrossKv) -> DecoderState {
        DecoderState {
            cross: cross.clone(),
            tree: self.tree(),
            tips: vec![ROOT],
        }
    }

    /// An empty tree for this decoder.
    pub(super) fn tree(&self) -> Tree {
        Tree::new(self.blocks.len(), self.d)
    }

    /// Appends `tokens[i]`, one or more tokens, to row `i` and returns the
    /// hidden state after the last token of every row. Rows may differ in
    /// length; nothing is padded.
    ///
    /// # Errors
    /// [`ModelError::Input`] if there is not exactly one non-empty list of
    /// tokens per row, a token is not in the vocabulary, or a row grows longer
    /// than the model allows (448 tokens). The state is then as before.
    pub fn feed<T: AsRef<[u32]>>(
        &self,
        state: &mut DecoderState,
        tokens: &[T],
    ) -> Result<Hidden, ModelError> {
        if tokens.len() != state.rows() || tokens.iter().any(|row| row.as_ref().is_empty()) {
            return Err(ModelError::Input(format!(
                "{} lists of tokens for {} rows; pass one list of at least one token per row",
                tokens.len(),
                state.rows()
            )));
        }
        let base = state.tree.len() as u32;
        let mut nodes = Vec::new();
        let mut tips = Vec::with_capacity(tokens.len());
        for (row, tip) in tokens.iter().zip(&state.tips) {
            let mut parent = *tip;
            for token in row.as_ref() {
                nodes.push(Node {
                    token: *token,
                    parent,
                });
                parent = base + nodes.len() as u32 - 1;
            }
            tips.push(parent);
        }
        let cross = state.cross.clone();
        let hidden = self.extend(&cross, &mut state.tree, &nodes, None)?;
        let mut values = Vec::with_capacity(tips.len() * self.d);
        for tip in &tips {
            values.extend_from_slice(&hidden[(tip - base) as usize * self.d..][..self.d]);
        }
        state.tips = tips;
        Ok(Hidden {
            values,
            width: self.d,
        })
    }

    /// Appends the same tokens to every row and returns each row's logits for
    /// the token that follows. With the one row of a fresh state: the prompt.
    ///
    /// # Errors
    /// As [`Decoder::feed`].
    pub fn prompt(&self, state: &mut DecoderState, tokens: &[u32]) -> Result<Logits, ModelError> {
        let hidden = self.feed(state, &vec![tokens; state.rows()])?;
        self.logits(&hidden)
    }

    /// Appends token `i` to row `i` and returns each row's logits for the token
    /// that follows.
    ///
    /// # Errors
    /// As [`Decoder::feed`].
    pub fn step(&self, state: &mut DecoderState, tokens: &[u32]) -> Result<Logits, ModelError> {
        let rows: Vec<[u32; 1]> = tokens.iter().map(|token| [*token]).collect();
        let hidden = self.feed(state, &rows)?;
        self.logits(&hidden)
    }

    /// The logits of every token for every row.
    ///
    /// # Errors
    /// [`ModelError::Input`] if the hidden states are another model's.
    pub fn logits(&self, hidden: &Hidden) -> Result<Logits, ModelError> {
        self.check(hidden)?;
        Ok(Logits {
            values: self.embedding.logits(&hidden.values)?,
            width: self.vocab,
        })
    }

    fn check(&self, hidden: &Hidden) -> Result<(), ModelError> {
        if hidden.width == self.d {
            return Ok(());
        }
        Err(ModelError::Input(format!(
            "hidden states of width {} do not fit this decoder of width {}; use one model throughout",
            hidden.width, self.d
        )))
    }

    fn check_token(&self, token: u32) -> Result<(), ModelError> {
        if (token as usize) < self.vocab {
            return Ok(());
        }
        Err(ModelError::Input(format!(
            "token {token} is not in the vocabulary; pass ids below {}",
            self.vocab
        )))
    }

    /// Appends nodes to the tree, a parent before its children, and returns
    /// their final hidden states, `[nodes][d]`. On an error the tree is as before.
    pub(super) fn extend(
        &self,
        cross: &CrossKv,
        tree: &mut Tree,
        nodes: &[Node],
        sink: Option<Sink<'_>>,
    ) -> Result<Vec<f32>, ModelError> {
        let before = tree.len();
        tree.grow(nodes.iter().map(|node| node.parent));
        let hidden = self.extend_grown(cross, tree, nodes, before, sink);
        if hidden.is_err() {
            tree.truncate(before);
        }
        hidden
    }

    fn extend_grown(
        &self,
        cross: &CrossKv,
        tree: &mut Tree,
        nodes: &[Node],
        before: usize,
        mut sink: Option<Sink<'_>>,
    ) -> Result<Vec<f32>, ModelError> {
        let d = self.d;
        let paths: Vec<Vec<u32>> = (before..tree.len())
            .map(|node| tree.path(node as u32).collect())
            .collect();
        let mut x = vec![0.0; nodes.len() * d];
        for ((node, path), row) in nodes.iter().zip(&paths).zip(x.chunks_exact_mut(d)) {
            self.check_token(node.token)?;
            if path.len() > self.max_tokens {
                return Err(ModelError::Input(format!(
                    "a row of {} tokens is too long; the model allows {}",
                    path.len(),
                    self.max_tokens
                )));
            }
            self.embedding.copy_row(node.token as usize, row);
            ops::add(row, &self.positions[(path.len() - 1) * d..][..d]);
        }
        for (layer, (block, memory)) in self.blocks.iter().zip(cross.layers.iter()).enumerate() {
            let qkv = block.qkv.forward(&block.self_norm.forward(&x))?;
            let (keys, values) = (&mut tree.keys[layer], &mut tree.values[layer]);
            for row in qkv.chunks_exact(3 * d) {
                keys.extend_from_slice(&row[d..2 * d]);
                values.extend_from_slice(&row[2 * d..]);
            }
            let attended = attend_paths(&qkv, keys, values, &paths, d, self.heads);
            block.self_out.forward_add(&attended, &mut x)?;

            let queries = block.cross_q.forward(&block.cross_norm.forward(&x))?;
            let attended = match sink.as_mut() {
                Some(sink) => memory.attend(
                    &queries,
                    d,
                    Some(&mut |weights: &[f32]| sink(layer, weights)),
                )?,
                None => memory.attend(&queries, d, None)?,
            };
            block.cross_out.forward_add(&attended, &mut x)?;

            let hidden = block.fc1.forward_gelu(&block.norm.forward(&x))?;
            block.fc2.forward_add(&hidden, &mut x)?;
        }
        Ok(self.norm.forward(&x))
    }
}

impl Block {
    fn read(weights: &Weights, config: &Config, name: &str) -> Result<Self, ModelError> {
        let (d, ffn, heads) = (
            config.d_model,
            config.decoder_ffn_dim,
            config.decoder_attention_heads,
        );
        let cross = format!("{name}.encoder_attn");
        let scale = 1.0 / ((d / heads) as f32).sqrt();
        let weight = |part| weights.matrix(&format!("{cross}.{part}_proj.weight"), &[d, d]);
        let bias = |part| weights.values(&format!("{cross}.{part}_proj.bias"), &[d]);
        let q_bias = bias("q")?.iter().map(|b| b * scale).collect();
        let mut kv_bias = vec![0.0; d];
        kv_bias.extend(bias("v")?);
        Ok(Self {
            self_norm: read_norm(weights, &format!("{name}.self_attn_layer_norm"), d)?,
            qkv: {
                let (weight, bias) = read_qkv(weights, &format!("{name}.self_attn"), d, heads)?;
                Linear::new(weight, Some(bias), d)?
            },
            self_out: Linear::read(
                weights,
                &format!("{name}.self_attn.out_proj"),
                &[d, d],
                true,
            )?,
            cross_norm: read_norm(weights, &format!("{name}.encoder_attn_layer_norm"), d)?,
            cross_q: Linear::new(weight("q")?.scaled(scale), Some(q_bias), d)?,
            cross_kv: Linear::new(weight("k")?.above(weight("v")?), Some(kv_bias), d)?,
            cross_out: Linear::read(weights, &format!("{cross}.out_proj"), &[d, d], true)?,
            norm: read_norm(weights, &format!("{name}.final_layer_norm"), d)?,
            fc1: Linear::read(weights, &format!("{name}.fc1"), &[ffn, d], true)?,
            fc2: Linear::read(weights, &format!("{name}.fc2"), &[d, ffn], true)?,
        })
    }
}

/// Self-attention: every node looks at the nodes of its own path. `qkv` holds a
/// row of queries, keys and values per node.
fn attend_paths(
    qkv: &[f32],
    keys: &[f32],
    values: &[f32],
    paths: &[Vec<u32>],
    d: usize,
    heads: usize,
) -> Vec<f32> {
    let width = d / heads;
    let mut out = vec![0.0; paths.len() * d];
    out.par_chunks_exact_mut(d)
        .zip(paths)
        .zip(qkv.par_chunks_exact(3 * d))
        .with_min_len(8)
        .for_each(|((out, path), query)| {
            let mut scores = vec![0.0; path.len()];
            attend_path(out, &mut scores, query, keys, values, path, d, width);
        });
    out
}

ops::vectorised! {
    /// What one node sees of its path.
    #[allow(clippy::too_many_arguments, reason = "the pieces of one step")]
    fn attend_path<'a>(
        out: &'a mut [f32],
        scores: &'a mut [f32],
        query: &'a [f32],
        keys: &'a [f32],
        values: &'a [f32],
        path: &'a [u32],
        d: usize,
        width: usize,
    ) {
        for (head, out) in out.chunks_exact_mut(width).enumerate() {
            let at = head * width;
            for (score, node) in scores.iter_mut().zip(path) {
                *score = ops::dot(
                    &query[at..at + width],
                    &keys[*node as usize * d + at..][..width],
                );
            }
            ops::softmax(scores);
            for (score, node) in scores.iter().zip(path) {
                let value = &values[*node as usize * d + at..][..width];
                for (o, v) in out.iter_mut().zip(value) {
                    *o += score * v;
                }
            }
        }
    }
}
