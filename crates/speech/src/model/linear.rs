//! Matrix products of many rows, by the tensor library. For few rows see [`super::stored`].

use candle_core::{Device, Storage, Tensor};
use rayon::prelude::*;

use super::ModelError;
use super::ops;
use super::weights::{Matrix, Weights};

/// A dense layer, `y = W x + b`, over rows of `f32`.
#[derive(Debug)]
pub(crate) struct Linear {
    /// `[outputs, inputs]`, as the checkpoint has it.
    weight: Tensor,
    bias: Option<Vec<f32>>,
    inputs: usize,
    outputs: usize,
}

impl Linear {
    /// Of a weight of `inputs` columns and, if there is one, a bias.
    pub(crate) fn new(
        weight: Matrix,
        bias: Option<Vec<f32>>,
        inputs: usize,
    ) -> Result<Self, ModelError> {
        let weight = weight.into_f32();
        let outputs = weight.len() / inputs.max(1);
        let weight = Tensor::from_vec(weight, (outputs, inputs), &Device::Cpu)?;
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
        let rows = input.len() / self.inputs;
        if rows == 0 {
            return Ok(Vec::new());
        }
        let mut out = vec![0.0; rows * self.outputs];
        let x = Tensor::from_slice(input, (rows, self.inputs), &Device::Cpu)?;
        let y = x.matmul(&self.weight.t()?)?;
        read(&y, |values| out.copy_from_slice(values))?;
        if let Some(bias) = &self.bias {
            out.par_chunks_mut(self.outputs * 64).for_each(|piece| {
                piece
                    .chunks_exact_mut(self.outputs)
                    .for_each(|row| ops::add(row, bias));
            });
        }
        Ok(out)
    }
}

/// Lends a contiguous tensor's values.
pub(crate) fn read<R>(tensor: &Tensor, with: impl FnOnce(&[f32]) -> R) -> Result<R, ModelError> {
    let (storage, layout) = tensor.storage_and_layout();
    match &*storage {
        Storage::Cpu(storage) => {
            let values = storage.as_slice::<f32>()?;
            let (start, end) = layout
                .contiguous_offsets()
                .ok_or_else(|| candle_core::Error::Msg("a tensor is not contiguous".to_owned()))?;
            Ok(with(&values[start..end]))
        }
        _ => Err(candle_core::Error::Msg("a tensor is not on the CPU".to_owned()).into()),
    }
}
