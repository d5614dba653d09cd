//! Scaled dot-product attention of many queries over one set of keys and values.

use rayon::prelude::*;

use super::ModelError;
use crate::kernel::{PackedFloats, View, ops};

/// Queries that are worked on at a time, so that the scores of a long utterance need not all be in
/// memory: 6 MB for 30 s in Whisper base.
const BLOCK: usize = 128;

/// Sees attention weights, `[heads][queries][keys]`.
pub(crate) type WeightSink<'a> = &'a mut dyn FnMut(&[f32]);

/// Keys and values of one layer.
#[derive(Debug)]
pub(crate) struct KeysValues {
    /// Of each head its keys, transposed, and its values. They are packed once, for however many steps
    /// of a search look at them.
    heads: Vec<(PackedFloats, PackedFloats)>,
    width: usize,
    length: usize,
}

impl KeysValues {
    /// Takes columns `[at, at + d)` of every row of `rows` as keys and the next
    /// `d` as values, for `heads` heads; `stride` is a row's full length.
    ///
    /// # Errors
    /// [`ModelError::Product`] if the sizes do not fit each other.
    pub(crate) fn new(
        rows: &[f32],
        stride: usize,
        at: usize,
        d: usize,
        heads: usize,
    ) -> Result<Self, ModelError> {
        let (width, length) = (d / heads, rows.len() / stride);
        let pack = |at: usize, transposed: bool| {
            let view = View {
                values: rows.get(at..).unwrap_or_default(),
                rows: length,
                columns: width,
                stride,
            };
            PackedFloats::new(view, transposed)
        };
        let heads = (0..heads)
            .into_par_iter()
            .map(|head| {
                let at = at + head * width;
                Ok((pack(at, true)?, pack(at + d, false)?))
            })
            .collect::<Result<_, ModelError>>()?;
        Ok(Self {
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
        let heads = self.heads.len();
        let d = heads * self.width;
        // Whoever asks for the weights needs them all at once.
        let block = if weights.is_some() { count } else { BLOCK };
        let block = block.clamp(1, count.max(1));
        let mut out = vec![0.0; count * d];
        let mut scores = vec![0.0; heads * block * self.length];
        let mut attended = vec![0.0; block * d];
        for (queries, out) in queries
            .chunks(block * stride)
            .zip(out.chunks_mut(block * d))
        {
            let count = out.len() / d;
            let scores = &mut scores[..heads * count * self.length];
            let attended = &mut attended[..count * d];
            scores
                .par_chunks_exact_mut((count * self.length).max(1))
                .zip(attended.par_chunks_exact_mut(count * self.width))
                .enumerate()
                .try_for_each(|(head, (scores, attended))| {
                    self.attend_head(head, queries, stride, scores, attended)
                })?;
            for (index, row) in out.chunks_exact_mut(d).enumerate() {
                for head in 0..heads {
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
        let Some((keys, values)) = self.heads.get(head) else {
            return Ok(());
        };
        let count = queries.len() / stride;
        let queries = View {
            values: &queries[head * self.width..],
            rows: count,
            columns: self.width,
            stride,
        };
        keys.product(queries, scores)?;
        ops::softmax_rows(scores, self.length);
        let scores = View {
            values: scores,
            rows: count,
            columns: self.length,
            stride: self.length,
        };
        Ok(values.product(scores, out)?)
    }
}
