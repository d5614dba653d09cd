//! The decoder's embedding table, which read the other way round is its output layer.

use super::ModelError;
use super::linear::Linear;
use super::weights::Matrix;

/// A row for each token of the vocabulary.
#[derive(Debug)]
pub(crate) struct Embedding {
    /// As the model file has it: a token's embedding is a row, taken as it is needed.
    rows: Matrix,
    /// The same table laid out for products.
    output: Linear,
    width: usize,
}

impl Embedding {
    /// Of a table of `width` columns.
    pub(crate) fn new(rows: Matrix, width: usize) -> Result<Self, ModelError> {
        Ok(Self {
            output: Linear::new(rows.clone(), None, width)?,
            rows,
            width,
        })
    }

    /// The embedding of a token, put into `out`.
    pub(crate) fn copy_row(&self, token: usize, out: &mut [f32]) {
        let range = token * self.width..(token + 1) * self.width;
        match &self.rows {
            Matrix::F32(values) => out.copy_from_slice(&values[range]),
            Matrix::I8 { values, scales } => {
                let scale = scales[token];
                for (y, x) in out.iter_mut().zip(&values[range]) {
                    *y = f32::from(*x) * scale;
                }
            }
        }
    }

    /// The logits of the whole vocabulary for every row of `width` values.
    pub(crate) fn logits(&self, hidden: &[f32]) -> Result<Vec<f32>, ModelError> {
        self.output.forward(hidden)
    }
}
