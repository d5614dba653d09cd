//! A linear layer: rows times a matrix, plus a bias.

use std::fmt;

use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

/// A weight, laid out for products with any number of rows, and a bias.
pub(crate) struct Linear {
    weight: PackedBMatrix<f32>,
    bias: Vec<f32>,
    inputs: usize,
}

impl Linear {
    /// Of `weight`, a row of `inputs` values for each output, and a bias for each.
    pub(crate) fn new(weight: &[f32], bias: Vec<f32>, inputs: usize) -> Self {
        let weight = NdTensorView::from_data([bias.len(), inputs], weight);
        Self {
            weight: GemmExecutor::<f32>::new().prepack_b(weight.transposed()),
            bias,
            inputs,
        }
    }

    /// The outputs of every row of `input`, one after the other.
    pub(crate) fn apply(&self, input: &[f32]) -> Vec<f32> {
        let rows = input.len() / self.inputs;
        let mut out = vec![0.0; rows * self.bias.len()];
        let done = GemmExecutor::<f32>::new().gemm(
            &mut out,
            GemmInputA::Unpacked(NdTensorView::from_data([rows, self.inputs], input)),
            GemmInputB::Packed(&self.weight),
            GemmOptions {
                bias: Some(BiasVector::Row(&self.bias)),
                ..GemmOptions::default()
            },
        );
        debug_assert!(done.is_ok(), "all sizes are the layer's own");
        out
    }
}

impl fmt::Debug for Linear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Linear({} → {})", self.inputs, self.bias.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_multiplied_and_the_bias_added() {
        let layer = Linear::new(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], vec![0.5, -0.5], 3);
        assert_eq!(
            layer.apply(&[1.0, 0.0, 0.0, 1.0, 1.0, 1.0]),
            [1.5, 3.5, 6.5, 14.5]
        );
        assert_eq!(layer.apply(&[0.0, 1.0, 0.0]), [2.5, 4.5]);
    }
}
