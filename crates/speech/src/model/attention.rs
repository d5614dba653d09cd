//! Scaled dot-product attention of many queries over one set of keys and values.

use candle_core::{Device, Tensor};

use super::ModelError;
use super::linear::read;
use super::ops;

/// Sees attention weights, `[heads][queries][keys]`.
pub(crate) type WeightSink<'a> = &'a mut dyn FnMut(&[f32]);

/// Keys and values of one layer, arranged head by head for the two products.
#[derive(Debug)]
pub(crate) struct KeysValues {
    /// `[heads, width, length]`
    keys: Tensor,
    /// `[heads, length, width]`
    values: Tensor,
    heads: usize,
    width: usize,
    length: usize,
}

impl KeysValues {
    /// Takes columns `[at, at + d)` of every row of `rows` as keys and the next
    /// `d` as values, for `heads` heads; `stride` is a row's full length.
    pub(crate) fn new(
        rows: &[f32],
        stride: usize,
        at: usize,
        d: usize,
        heads: usize,
    ) -> Result<Self, ModelError> {
        let length = rows.len() / stride;
        let width = d / heads;
        let mut keys = vec![0.0; length * d];
        let mut values = vec![0.0; length * d];
        for (position, row) in rows.chunks_exact(stride).enumerate() {
            for head in 0..heads {
                let key = &row[at + head * width..][..width];
                for (index, value) in key.iter().enumerate() {
                    keys[(head * width + index) * length + position] = *value;
                }
                values[(head * length + position) * width..][..width]
                    .copy_from_slice(&row[at + d + head * width..][..width]);
            }
        }
        Ok(Self {
            keys: Tensor::from_vec(keys, (heads, width, length), &Device::Cpu)?,
            values: Tensor::from_vec(values, (heads, length, width), &Device::Cpu)?,
            heads,
            width,
            length,
        })
    }

    /// Number of keys.
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// Lets every query row look at all keys. Queries are rows of `stride`
    /// values of which the first `d` count, already scaled. `weights`, if
    /// given, sees the attention weights.
    pub(crate) fn attend(
        &self,
        queries: &[f32],
        stride: usize,
        weights: Option<WeightSink<'_>>,
    ) -> Result<Vec<f32>, ModelError> {
        let count = queries.len() / stride;
        let d = self.heads * self.width;
        let mut q = vec![0.0; count * d];
        for (index, row) in queries.chunks_exact(stride).enumerate() {
            for head in 0..self.heads {
                q[(head * count + index) * self.width..][..self.width]
                    .copy_from_slice(&row[head * self.width..][..self.width]);
            }
        }
        let q = Tensor::from_vec(q, (self.heads, count, self.width), &Device::Cpu)?;
        let mut scores = vec![0.0; self.heads * count * self.length];
        read(&q.matmul(&self.keys)?, |values| {
            scores.copy_from_slice(values)
        })?;
        ops::softmax_rows(&mut scores, self.length);
        if let Some(sink) = weights {
            sink(&scores);
        }
        let scores = Tensor::from_vec(scores, (self.heads, count, self.length), &Device::Cpu)?;
        let mut out = vec![0.0; count * d];
        read(&scores.matmul(&self.values)?, |values| {
            for (index, row) in out.chunks_exact_mut(d).enumerate() {
                for head in 0..self.heads {
                    row[head * self.width..][..self.width].copy_from_slice(
                        &values[(head * count + index) * self.width..][..self.width],
                    );
                }
            }
        })?;
        Ok(out)
    }
}
