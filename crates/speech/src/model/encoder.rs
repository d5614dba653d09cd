//! The encoder: log-mel frames in, one state per 20 ms out.

use std::borrow::Cow;

use ndarray::{Array2, ArrayView2};
use rayon::prelude::*;

use super::attention::KeysValues;
use super::linear::Linear;
use super::weights::{Matrix, Weights};
use super::{Config, ModelError};
use crate::kernel::ProductError;
use crate::kernel::ops::{self, LayerNorm};

/// Whisper's audio encoder.
///
/// Unlike the original it does not need 30 s of input: only the frames that are
/// there are looked at, so its cost follows the length of the utterance.
#[derive(Debug)]
pub struct Encoder {
    mels: usize,
    d: usize,
    heads: usize,
    conv1: Linear,
    conv2: Linear,
    positions: Vec<f32>,
    blocks: Vec<Block>,
    norm: LayerNorm,
    max_states: usize,
}

#[derive(Debug)]
struct Block {
    attention_norm: LayerNorm,
    /// Queries (already scaled), keys and values in one product.
    qkv: Linear,
    out: Linear,
    norm: LayerNorm,
    fc1: Linear,
    fc2: Linear,
}

/// What the encoder makes of an utterance: one state per 20 ms.
#[derive(Debug, Clone)]
pub struct EncoderStates {
    /// The final states, a row for each.
    pub states: Array2<f32>,
    /// On demand, the residual stream after each of the last blocks, before the
    /// final normalisation, the last block's last; each of the shape of the states.
    pub blocks: Vec<Array2<f32>>,
}

impl Encoder {
    pub(crate) fn read(weights: &Weights, config: &Config) -> Result<Self, ModelError> {
        let (d, mels) = (config.d_model, config.num_mel_bins);
        let blocks = (0..config.encoder_layers)
            .into_par_iter()
            .map(|index| Block::read(weights, config, &format!("encoder.layers.{index}")))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            mels,
            d,
            heads: config.encoder_attention_heads,
            conv1: Linear::read(weights, "encoder.conv1", &[d, mels, 3], true)?,
            conv2: Linear::read(weights, "encoder.conv2", &[d, d, 3], true)?,
            positions: weights.values(
                "encoder.embed_positions.weight",
                &[config.max_source_positions, d],
            )?,
            blocks,
            norm: read_norm(weights, "encoder.layer_norm", d)?,
            max_states: config.max_source_positions,
        })
    }

    /// Encodes log-mel energies, a row of `num_mel_bins` for each frame of 10 ms, as
    /// [`LogMel`](zahlwort_audio::LogMel) computes them. Gives `ceil(frames / 2)` states.
    ///
    /// # Errors
    /// [`ModelError::Input`] if the rows have another width, if there are none, or more than the
    /// model has positions for (3000 frames, 30 s).
    pub fn forward(&self, log_mel: ArrayView2<'_, f32>) -> Result<EncoderStates, ModelError> {
        self.forward_keeping(log_mel, 0)
    }

    /// Like [`Encoder::forward`], and also keeps the output of the last `keep`
    /// blocks, for heads that read more than the final states.
    ///
    /// # Errors
    /// As [`Encoder::forward`].
    pub fn forward_keeping(
        &self,
        log_mel: ArrayView2<'_, f32>,
        keep: usize,
    ) -> Result<EncoderStates, ModelError> {
        let (frames, mels) = log_mel.dim();
        let len = frames.div_ceil(2);
        if mels != self.mels {
            return Err(ModelError::Input(format!(
                "log-mel frames of {mels} channels do not fit this encoder of {}; pass a row for each frame",
                self.mels
            )));
        }
        if len == 0 || len > self.max_states {
            return Err(ModelError::Input(format!(
                "{frames} frames cannot be encoded; pass between 1 and {}",
                2 * self.max_states
            )));
        }
        // Both convolutions are matrix products of windows over the rows.
        let x = windows(&values(&log_mel), self.mels, 1);
        let x = self.conv1.forward_gelu(&x)?;
        let mut x = self.conv2.forward_gelu(&windows(&x, self.d, 2))?;
        ops::add(&mut x, &self.positions);

        let mut kept = Vec::with_capacity(keep.min(self.blocks.len()));
        for (index, block) in self.blocks.iter().enumerate() {
            block.forward(&mut x, self.d, self.heads)?;
            if index + keep >= self.blocks.len() {
                kept.push(matrix(x.clone(), self.d)?);
            }
        }
        Ok(EncoderStates {
            states: matrix(self.norm.forward(&x), self.d)?,
            blocks: kept,
        })
    }
}

impl Block {
    fn read(weights: &Weights, config: &Config, name: &str) -> Result<Self, ModelError> {
        let (d, ffn) = (config.d_model, config.encoder_ffn_dim);
        Ok(Self {
            attention_norm: read_norm(weights, &format!("{name}.self_attn_layer_norm"), d)?,
            qkv: {
                let (weight, bias) = read_qkv(
                    weights,
                    &format!("{name}.self_attn"),
                    d,
                    config.encoder_attention_heads,
                )?;
                Linear::new(weight, Some(bias), d)?
            },
            out: Linear::read(
                weights,
                &format!("{name}.self_attn.out_proj"),
                &[d, d],
                true,
            )?,
            norm: read_norm(weights, &format!("{name}.final_layer_norm"), d)?,
            fc1: Linear::read(weights, &format!("{name}.fc1"), &[ffn, d], true)?,
            fc2: Linear::read(weights, &format!("{name}.fc2"), &[d, ffn], true)?,
        })
    }

    fn forward(&self, x: &mut [f32], d: usize, heads: usize) -> Result<(), ModelError> {
        let qkv = self.qkv.forward(&self.attention_norm.forward(x))?;
        let attended = KeysValues::new(&qkv, 3 * d, d, d, heads)?.attend(&qkv, 3 * d, None)?;
        self.out.forward_add(&attended, x)?;
        let hidden = self.fc1.forward_gelu(&self.norm.forward(x))?;
        self.fc2.forward_add(&hidden, x)
    }
}

/// The inputs of a convolution of three frames with one frame of zeros at both
/// ends, every `stride` frames: rows of `[channel][3]`, as the weight has them.
fn windows(rows: &[f32], channels: usize, stride: usize) -> Vec<f32> {
    let frames = rows.len() / channels;
    let mut out = vec![0.0; frames.div_ceil(stride) * channels * 3];
    for (index, window) in out.chunks_exact_mut(channels * 3).enumerate() {
        for tap in 0..3 {
            // The frame left of the first one wraps around and is not found.
            let frame = (index * stride + tap).wrapping_sub(1);
            if frame < frames {
                let row = &rows[frame * channels..][..channels];
                row.iter()
                    .enumerate()
                    .for_each(|(channel, value)| window[channel * 3 + tap] = *value);
            }
        }
    }
    out
}

/// Values of whole rows as a matrix.
fn matrix(values: Vec<f32>, width: usize) -> Result<Array2<f32>, ModelError> {
    let rows = values.len() / width;
    let matrix = Array2::from_shape_vec((rows, width), values);
    Ok(matrix.map_err(ProductError::new)?)
}

/// The values of a matrix row by row; copied only where it is laid out otherwise.
pub(crate) fn values<'a>(matrix: &'a ArrayView2<'_, f32>) -> Cow<'a, [f32]> {
    match matrix.as_slice() {
        Some(values) => Cow::Borrowed(values),
        None => Cow::Owned(matrix.iter().copied().collect()),
    }
}

/// A layer normalisation's gain and offset.
pub(crate) fn read_norm(weights: &Weights, name: &str, d: usize) -> Result<LayerNorm, ModelError> {
    let gain = weights.values(&format!("{name}.weight"), &[d])?;
    Ok(LayerNorm::new(
        gain,
        weights.values(&format!("{name}.bias"), &[d])?,
    ))
}

/// The query, key and value projections of `name` as one weight and its bias, the queries
/// scaled by `1/√(d/heads)` so that attention need not. Whisper's keys have no
/// bias.
pub(crate) fn read_qkv(
    weights: &Weights,
    name: &str,
    d: usize,
    heads: usize,
) -> Result<(Matrix, Vec<f32>), ModelError> {
    let scale = 1.0 / ((d / heads) as f32).sqrt();
    let weight = |part| weights.matrix(&format!("{name}.{part}_proj.weight"), &[d, d]);
    let bias = |part| weights.values(&format!("{name}.{part}_proj.bias"), &[d]);
    let matrix = weight("q")?
        .scaled(scale)
        .above(weight("k")?)
        .above(weight("v")?);
    let mut biases: Vec<f32> = bias("q")?.iter().map(|b| b * scale).collect();
    biases.resize(2 * d, 0.0);
    biases.extend(bias("v")?);
    Ok((matrix, biases))
}
