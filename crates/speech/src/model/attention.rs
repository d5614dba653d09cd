//! Scaled dot-product attention of many queries over one set of keys and values.

use rayon::prelude::*;

use super::ModelError;
use super::ops;
use crate::kernel::{View, product};

/// Queries that are worked on at a time, so that the scores of a long utterance need not all be in
/// memory: 6 MB for 30 s in Whisper base.
const BLOCK: usize = 128;

/// Sees attention weights, `[heads][queries][keys]`.
pub(crate) type WeightSink<'a> = &'a mut dyn FnMut(&[f32]);

/// Keys and values of one layer.
#[derive(Debug)]
pub(crate) struct KeysValues {
    /// `[length][2 * heads * width]`: a row's keys, then its values.
    rows: Vec<f32>,
    heads: usize,
    width: usize,
    length: usize,
}

impl KeysValues {
    /// Takes columns `[at, at + d)` of every row of `rows` as keys and the next
    /// `d` as values, for `heads` heads; `stride` is a row's full length.
    pub(crate) fn new(rows: &[f32], stride: usize, at: usize, d: usize, heads: usize) -> Self {
        Self {
            rows: rows
                .chunks_exact(stride)
                .flat_map(|row| &row[at..at + 2 * d])
                .copied()
                .collect(),
            heads,
            width: d / heads,
            length: rows.len() / stride,
        }
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
        // Who looks at the weights wants them all at once.
        let block = if weights.is_some() { count } else { BLOCK };
        let block = block.clamp(1, count.max(1));
        let mut out = vec![0.0; count * d];
        let mut scores = vec![0.0; self.heads * block * self.length];
        let mut attended = vec![0.0; block * d];
        for (queries, out) in queries
            .chunks(block * stride)
            .zip(out.chunks_mut(block * d))
        {
            let count = out.len() / d;
            let scores = &mut scores[..self.heads * count * self.length];
            let attended = &mut attended[..count * d];
            scores
                .par_chunks_exact_mut((count * self.length).max(1))
                .zip(attended.par_chunks_exact_mut(count * self.width))
                .enumerate()
                .try_for_each(|(head, (scores, attended))| {
                    self.attend_head(head, queries, stride, scores, attended)
                })?;
            for (index, row) in out.chunks_exact_mut(d).enumerate() {
                for head in 0..self.heads {
                    row[head * self.width..][..self.width].copy_from_slice(
                        &attended[(head * count + index) * self.width..][..self.width],
                    );
                }
            }
        }
        if let Some(sink) = weights {
            sink(&scores);
        }
        Ok(out)
    }

    /// Fills `scores`, `[queries][length]`, with one head's weights and `out`, `[queries][width]`,
    /// with what it sees.
    fn attend_head(
        &self,
        head: usize,
        queries: &[f32],
        stride: usize,
        scores: &mut [f32],
        out: &mut [f32],
    ) -> Result<(), ModelError> {
        let (d, width) = (self.heads * self.width, self.width);
        let view = |values, rows, stride| View {
            values,
            rows,
            columns: width,
            stride,
        };
        let count = queries.len() / stride;
        let at = head * width;
        let queries = view(&queries[at..], count, stride);
        let keys = view(&self.rows[at..], self.length, 2 * d);
        let values = view(&self.rows[d + at..], self.length, 2 * d);
        product(queries, keys, true, scores)?;
        ops::softmax_rows(scores, self.length);
        let scores = View {
            values: scores,
            rows: count,
            columns: self.length,
            stride: self.length,
        };
        product(scores, values, false, out)
    }
}
