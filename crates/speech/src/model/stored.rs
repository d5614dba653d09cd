//! Matrix products for a few rows at a time, from weights as they are stored.
//!
//! A step of the search multiplies ten rows with every weight of the decoder: reading the weights is
//! what takes the time. Kept as the stored bytes they are a quarter of what floating point would be,
//! and each is turned into a float once for all rows, in the processor's nearest cache.

use pulp::{Simd, WithSimd};
use rayon::prelude::*;

use super::ModelError;
use super::ops;
use super::weights::{Matrix, Weights};

/// Outputs that one thread computes at a time.
const PIECE: usize = 64;

/// A dense layer, `y = W x + b`, whose weights stay as the model file has them.
#[derive(Debug)]
pub(crate) struct Stored {
    weight: Matrix,
    bias: Option<Vec<f32>>,
    inputs: usize,
    outputs: usize,
}

impl Stored {
    /// Of a weight of `inputs` columns and, if there is one, a bias.
    pub(crate) fn new(weight: Matrix, bias: Option<Vec<f32>>, inputs: usize) -> Self {
        let values = match &weight {
            Matrix::F32(values) => values.len(),
            Matrix::I8 { values, .. } => values.len(),
        };
        Self {
            outputs: values / inputs.max(1),
            weight,
            bias,
            inputs,
        }
    }

    /// Reads `<name>.weight` of the given shape and `<name>.bias`.
    pub(crate) fn read(weights: &Weights, name: &str, shape: &[usize]) -> Result<Self, ModelError> {
        let weight = weights.matrix(&format!("{name}.weight"), shape)?;
        let bias = weights.values(&format!("{name}.bias"), &shape[..1])?;
        Ok(Self::new(weight, Some(bias), shape[1..].iter().product()))
    }

    /// The layer applied to every row of `inputs` values, as a new buffer.
    pub(crate) fn forward(&self, input: &[f32]) -> Vec<f32> {
        let rows = input.len() / self.inputs;
        if rows == 0 {
            return Vec::new();
        }
        // By outputs first, so that each thread has a piece of its own to write.
        let mut by_output = vec![0.0; rows * self.outputs];
        by_output
            .par_chunks_mut(PIECE * rows)
            .enumerate()
            .for_each(|(piece, out)| {
                let mut weight = vec![0.0; self.inputs];
                for (k, out) in out.chunks_exact_mut(rows).enumerate() {
                    let at = piece * PIECE + k;
                    let bias = self.bias.as_ref().map_or(0.0, |b| b[at]);
                    let scale = self.load(at, &mut weight);
                    ops::simd(Products {
                        weight: &weight,
                        input,
                        out,
                    });
                    out.iter_mut().for_each(|y| *y = *y * scale + bias);
                }
            });
        if rows == 1 {
            return by_output;
        }
        let mut by_row = vec![0.0; by_output.len()];
        by_row
            .par_chunks_exact_mut(self.outputs)
            .enumerate()
            .for_each(|(row, out)| {
                for (y, column) in out.iter_mut().zip(by_output.chunks_exact(rows)) {
                    *y = column[row];
                }
            });
        by_row
    }

    /// Puts row `at` of the weight, unscaled, into `out` and returns its scale.
    fn load(&self, at: usize, out: &mut [f32]) -> f32 {
        let range = at * self.inputs..(at + 1) * self.inputs;
        match &self.weight {
            Matrix::F32(values) => {
                out.copy_from_slice(&values[range]);
                1.0
            }
            Matrix::I8 { values, scales } => {
                ops::simd(Widen {
                    from: &values[range],
                    to: out,
                });
                scales[at]
            }
        }
    }

    /// Row `at` of the weight: an embedding.
    pub(crate) fn copy_row(&self, at: usize, out: &mut [f32]) {
        let scale = self.load(at, out);
        out.iter_mut().for_each(|y| *y *= scale);
    }

    /// The dot products of one input row with some of the weight's rows.
    pub(crate) fn select(&self, input: &[f32], rows: &[u32]) -> Vec<f32> {
        let mut weight = vec![0.0; self.inputs];
        rows.iter()
            .map(|row| {
                let scale = self.load(*row as usize, &mut weight);
                let mut product = [0.0];
                ops::simd(Products {
                    weight: &weight,
                    input,
                    out: &mut product,
                });
                product[0] * scale
            })
            .collect()
    }
}

/// Turns stored bytes into floats.
struct Widen<'a> {
    from: &'a [i8],
    to: &'a mut [f32],
}

impl WithSimd for Widen<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (y, x) in self.to.iter_mut().zip(self.from) {
            *y = f32::from(*x);
        }
    }
}

/// The dot product of a weight with every row of the input. Four rows at a time share each load of
/// the weight and keep the adders busy.
struct Products<'a> {
    weight: &'a [f32],
    input: &'a [f32],
    out: &'a mut [f32],
}

impl WithSimd for Products<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (weight, tail) = S::as_simd_f32s(self.weight);
        let n = self.weight.len();
        let whole = n - tail.len();
        let end = |row: &[f32]| -> f32 { tail.iter().zip(&row[whole..]).map(|(w, x)| w * x).sum() };
        let zero = simd.splat_f32s(0.0);
        let mut rows = self.input.chunks_exact(4 * n);
        let mut outs = self.out.chunks_exact_mut(4);
        for (four, out) in (&mut rows).zip(&mut outs) {
            let (a, rest) = four.split_at(n);
            let (b, rest) = rest.split_at(n);
            let (c, d) = rest.split_at(n);
            let [va, vb, vc, vd] = [a, b, c, d].map(|row| S::as_simd_f32s(row).0);
            let (mut sa, mut sb, mut sc, mut sd) = (zero, zero, zero, zero);
            for ((((w, a), b), c), d) in weight.iter().zip(va).zip(vb).zip(vc).zip(vd) {
                sa = simd.mul_add_e_f32s(*w, *a, sa);
                sb = simd.mul_add_e_f32s(*w, *b, sb);
                sc = simd.mul_add_e_f32s(*w, *c, sc);
                sd = simd.mul_add_e_f32s(*w, *d, sd);
            }
            for ((y, sum), row) in out.iter_mut().zip([sa, sb, sc, sd]).zip([a, b, c, d]) {
                *y = simd.reduce_sum_f32s(sum) + end(row);
            }
        }
        for (row, y) in rows.remainder().chunks_exact(n).zip(outs.into_remainder()) {
            let mut sum = zero;
            for (w, x) in weight.iter().zip(S::as_simd_f32s(row).0) {
                sum = simd.mul_add_e_f32s(*w, *x, sum);
            }
            *y = simd.reduce_sum_f32s(sum) + end(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_a_plain_product() {
        let (inputs, outputs) = (37, 130);
        for rows in [1, 3, 4, 9] {
            let values: Vec<i8> = (0..inputs * outputs)
                .map(|i| (i * 31 % 255) as u8 as i8)
                .collect();
            let scales: Vec<f32> = (0..outputs).map(|i| 0.001 + i as f32 * 1e-5).collect();
            let bias: Vec<f32> = (0..outputs).map(|i| i as f32 * 0.1).collect();
            let input: Vec<f32> = (0..rows * inputs).map(|i| (i as f32 * 0.7).sin()).collect();
            let matrix = Matrix::I8 {
                values: values.clone().into(),
                scales: scales.clone(),
            };
            let plain = Matrix::F32(matrix.clone().into_f32());
            let expected = |row: usize, out: usize| -> f32 {
                let w = &values[out * inputs..][..inputs];
                let x = &input[row * inputs..][..inputs];
                w.iter().zip(x).map(|(w, x)| f32::from(*w) * x).sum::<f32>() * scales[out]
                    + bias[out]
            };
            for weight in [matrix, plain] {
                let layer = Stored::new(weight, Some(bias.clone()), inputs);
                let found = layer.forward(&input);
                assert_eq!(found.len(), rows * outputs);
                for (i, y) in found.iter().enumerate() {
                    let e = expected(i / outputs, i % outputs);
                    assert!((y - e).abs() < 1e-3, "{y} {e}");
                }
                let mut row = vec![0.0; inputs];
                layer.copy_row(5, &mut row);
                assert!((row[3] - f32::from(values[5 * inputs + 3]) * scales[5]).abs() < 1e-6);
                let some = layer.select(&input[..inputs], &[7]);
                assert!((some[0] + bias[7] - expected(0, 7)).abs() < 1e-3);
            }
        }
    }
}
