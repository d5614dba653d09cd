//! Dense layers of int8 weights.

use std::fmt;

use rayon::prelude::*;
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix, QuantParams};
use rten_tensor::NdTensorView;

use super::ops::{gelu_of, vectorised};
use super::{ProductError, scratch};

/// Values that are worth a thread's while.
const GRAIN: usize = 1 << 14;

/// A weight `[outputs, inputs]` of int8 with a scale per output, laid out as the processor's
/// instructions want it.
pub(crate) struct PackedMatrix {
    weight: PackedBMatrix<i8>,
    scales: Vec<f32>,
    inputs: usize,
    /// Largest activation byte. Without VNNI, x86 adds two products in 16 bits:
    /// 2 * 127 * 127 fits, 2 * 255 * 127 does not.
    levels: u8,
}

/// What becomes of a product, still in the cache.
#[derive(Debug)]
pub(crate) enum Epilogue {
    /// Replaces what the output held.
    Store,
    /// Replaces what the output held by the product's GELU.
    Gelu,
    /// Is added to what the output held: a residual connection.
    Add,
}

impl fmt::Debug for PackedMatrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PackedMatrix[{}, {}]", self.scales.len(), self.inputs)
    }
}

impl PackedMatrix {
    /// Packs a weight, `values` row by row, one row and one scale per output.
    pub(crate) fn new(values: &[i8], scales: Vec<f32>) -> Self {
        let inputs = values.len() / scales.len().max(1);
        let executor = executor();
        let weight = NdTensorView::from_data([scales.len(), inputs], values);
        Self {
            weight: executor.prepack_b(weight.transposed()),
            levels: if executor.may_saturate() { 127 } else { 255 },
            scales,
            inputs,
        }
    }

    /// `W x + b` for every row of `inputs` values, put into the rows of `out` as `epilogue` says.
    ///
    /// # Errors
    /// [`ProductError`] if `out` has another number of rows.
    pub(crate) fn forward(
        &self,
        input: &[f32],
        bias: Option<&[f32]>,
        epilogue: &Epilogue,
        out: &mut [f32],
    ) -> Result<(), ProductError> {
        let outputs = self.scales.len();
        let rows = input.len() / self.inputs;
        if out.len() != rows * outputs {
            return Err(ProductError::new(
                "the output of a product has another size",
            ));
        }
        scratch::with(|scratch| {
            let (quantised, sums) = (&mut scratch.rows, &mut scratch.sums);
            quantised.fill(input, self.inputs, self.levels);
            sums.resize(rows * outputs, 0);
            let options = GemmOptions {
                a_quant: Some(QuantParams {
                    zero_point: &quantised.zero_points,
                }),
                ..GemmOptions::default()
            };
            let values = NdTensorView::from_data([rows, self.inputs], &quantised.values[..]);
            executor()
                .gemm(
                    sums,
                    GemmInputA::Unpacked(values),
                    GemmInputB::Packed(&self.weight),
                    options,
                )
                .map_err(ProductError::new)?;
            out.par_chunks_exact_mut(outputs)
                .zip(sums.par_chunks_exact(outputs))
                .zip(&quantised.scales)
                .with_min_len((GRAIN / outputs).max(1))
                .for_each(|((out, sums), scale)| {
                    finish(out, sums, *scale, &self.scales, bias, epilogue);
                });
            Ok(())
        })
    }
}

vectorised! {
    /// Turns one row of integer sums into values. The branches are outside of the loops, so that each
    /// becomes vector code.
    fn finish<'a>(
        out: &'a mut [f32],
        sums: &'a [i32],
        scale: f32,
        scales: &'a [f32],
        bias: Option<&'a [f32]>,
        epilogue: &'a Epilogue,
    ) {
        let each = out.iter_mut().zip(sums).zip(scales);
        match (bias, epilogue) {
            (None, Epilogue::Store) => {
                for ((o, s), w) in each {
                    *o = *s as f32 * (scale * w);
                }
            }
            (None, Epilogue::Gelu) => {
                for ((o, s), w) in each {
                    *o = gelu_of(*s as f32 * (scale * w));
                }
            }
            (None, Epilogue::Add) => {
                for ((o, s), w) in each {
                    *o += *s as f32 * (scale * w);
                }
            }
            (Some(bias), Epilogue::Store) => {
                for (((o, s), w), b) in each.zip(bias) {
                    *o = *s as f32 * (scale * w) + b;
                }
            }
            (Some(bias), Epilogue::Gelu) => {
                for (((o, s), w), b) in each.zip(bias) {
                    *o = gelu_of(*s as f32 * (scale * w) + b);
                }
            }
            (Some(bias), Epilogue::Add) => {
                for (((o, s), w), b) in each.zip(bias) {
                    *o += *s as f32 * (scale * w) + b;
                }
            }
        }
    }
}

/// Costs nothing to make: it only holds which instructions the processor has.
fn executor() -> GemmExecutor<u8, i8, i32> {
    GemmExecutor::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_a_plain_product() {
        for (inputs, outputs, rows) in [
            (37, 130, 1),
            (64, 33, 5),
            (240, 512, 155),
            (1536, 70, 9),
            (1536, 512, 78),
            (512, 512, 150),
        ] {
            let values: Vec<i8> = (0..inputs * outputs)
                .map(|i| ((i * 31 % 255) as i32 - 127) as i8)
                .collect();
            let scales: Vec<f32> = (0..outputs).map(|i| 0.001 + i as f32 * 1e-5).collect();
            let bias: Vec<f32> = (0..outputs).map(|i| i as f32 * 0.1).collect();
            let input: Vec<f32> = (0..rows * inputs)
                .map(|i| (i as f32 * 0.7).sin() + (i / inputs % 3) as f32 * 0.4)
                .collect();
            let matrix = PackedMatrix::new(&values, scales.clone());
            let mut out = vec![1.0; rows * outputs];
            matrix
                .forward(&input, Some(&bias), &Epilogue::Add, &mut out)
                .unwrap();
            let mut plain = vec![0.0; rows * outputs];
            matrix
                .forward(&input, None, &Epilogue::Store, &mut plain)
                .unwrap();
            let mut activated = vec![0.0; rows * outputs];
            matrix
                .forward(&input, None, &Epilogue::Gelu, &mut activated)
                .unwrap();
            let (mut errors, mut total) = (0.0, 0.0);
            for (i, y) in out.iter().enumerate() {
                let (row, output) = (i / outputs, i % outputs);
                let w = &values[output * inputs..][..inputs];
                let x = &input[row * inputs..][..inputs];
                let expected =
                    w.iter().zip(x).map(|(w, x)| f32::from(*w) * x).sum::<f32>() * scales[output];
                errors += (plain[i] - expected).powi(2);
                total += expected.powi(2);
                assert!((plain[i] + bias[output] + 1.0 - y).abs() < 1e-4);
                assert!((activated[i] - gelu_of(plain[i])).abs() < 1e-5);
            }
            let relative = (errors / total).sqrt();
            assert!(relative < 0.02, "relative error {relative}");
        }
    }

    #[test]
    fn no_rows_make_no_output_and_another_size_is_refused() {
        let matrix = PackedMatrix::new(&[1; 12], vec![1.0; 3]);
        matrix
            .forward(&[], None, &Epilogue::Store, &mut [])
            .unwrap();
        assert!(
            matrix
                .forward(&[0.0; 4], None, &Epilogue::Store, &mut [0.0])
                .is_err()
        );
    }
}
