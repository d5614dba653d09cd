//! Dense layers: matrix products over rows.
//!
//! Of int8 weights the products are int8 too; those of a floating-point checkpoint, and the reference
//! that the int8 ones are tested against, are candle's.

use candle_core::{Device, Tensor};
use rayon::prelude::*;

use super::ModelError;
use super::weights::{Matrix, Weights};
use crate::kernel::{Epilogue, PackedMatrix, ProductError, ops};

/// A dense layer, `y = W x + b`, over rows of `f32`.
#[derive(Debug)]
pub(crate) struct Linear {
    weight: Weight,
    bias: Option<Vec<f32>>,
    inputs: usize,
    outputs: usize,
}

/// `[outputs, inputs]`, in the arithmetic that the checkpoint is stored in.
#[derive(Debug)]
enum Weight {
    Float(Tensor),
    Int8(PackedMatrix),
}

impl Linear {
    /// Of a weight of `inputs` columns and, if there is one, a bias.
    pub(crate) fn new(
        weight: Matrix,
        bias: Option<Vec<f32>>,
        inputs: usize,
    ) -> Result<Self, ModelError> {
        let (weight, outputs) = match weight {
            Matrix::I8 { values, scales } => {
                let outputs = scales.len();
                (Weight::Int8(PackedMatrix::new(&values, scales)), outputs)
            }
            Matrix::F32(values) => {
                let outputs = values.len() / inputs.max(1);
                let tensor = Tensor::from_vec(values, (outputs, inputs), &Device::Cpu);
                (Weight::Float(tensor.map_err(ProductError::new)?), outputs)
            }
        };
        Ok(Self {
            weight,
            bias,
            inputs,
            outputs,
        })
    }

    /// Reads `<name>.weight` of the given shape and, if `bias`, `<name>.bias`.
    pub(crate) fn read(
        weights: &Weights,
        name: &str,
        shape: &[usize],
        bias: bool,
    ) -> Result<Self, ModelError> {
        let weight = weights.matrix(&format!("{name}.weight"), shape)?;
        let bias = if bias {
            Some(weights.values(&format!("{name}.bias"), &shape[..1])?)
        } else {
            None
        };
        Self::new(weight, bias, shape[1..].iter().product())
    }

    /// The layer applied to every row of `inputs` values, as a new buffer.
    pub(crate) fn forward(&self, input: &[f32]) -> Result<Vec<f32>, ModelError> {
        let mut out = vec![0.0; input.len() / self.inputs * self.outputs];
        self.apply(input, &Epilogue::Store, &mut out)?;
        Ok(out)
    }

    /// The GELU of [`Linear::forward`].
    pub(crate) fn forward_gelu(&self, input: &[f32]) -> Result<Vec<f32>, ModelError> {
        let mut out = vec![0.0; input.len() / self.inputs * self.outputs];
        self.apply(input, &Epilogue::Gelu, &mut out)?;
        Ok(out)
    }

    /// Adds what [`Linear::forward`] gives to `out`, which has as many rows.
    pub(crate) fn forward_add(&self, input: &[f32], out: &mut [f32]) -> Result<(), ModelError> {
        self.apply(input, &Epilogue::Add, out)
    }

    fn apply(&self, input: &[f32], epilogue: &Epilogue, out: &mut [f32]) -> Result<(), ModelError> {
        let bias = self.bias.as_deref();
        match &self.weight {
            Weight::Int8(weight) => Ok(weight.forward(input, bias, epilogue, out)?),
            Weight::Float(weight) => self.apply_floats(weight, input, epilogue, out),
        }
    }

    fn apply_floats(
        &self,
        weight: &Tensor,
        input: &[f32],
        epilogue: &Epilogue,
        out: &mut [f32],
    ) -> Result<(), ModelError> {
        let rows = input.len() / self.inputs;
        if rows == 0 {
            return Ok(());
        }
        let product = || {
            let x = Tensor::from_slice(input, (rows, self.inputs), &Device::Cpu)?;
            x.matmul(&weight.t()?)?.flatten_all()?.to_vec1::<f32>()
        };
        let product = product().map_err(ProductError::new)?;
        match epilogue {
            Epilogue::Add => ops::add(out, &product),
            Epilogue::Store | Epilogue::Gelu => out.copy_from_slice(&product),
        }
        if let Some(bias) = &self.bias {
            out.par_chunks_mut(self.outputs * 64).for_each(|piece| {
                piece
                    .chunks_exact_mut(self.outputs)
                    .for_each(|row| ops::add(row, bias));
            });
        }
        if let Epilogue::Gelu = epilogue {
            ops::gelu(out);
        }
        Ok(())
    }
}
