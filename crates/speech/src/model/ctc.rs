//! The CTC head: encoder states in, log-probabilities of characters out.
//!
//! Connectionist temporal classification (Graves, Fernández, Gomez and Schmidhuber, 2006): for each
//! state one distribution over the characters and a blank. A text's probability is the sum over all
//! ways to spread its characters over the states; see `crate::ctc`.
//!
//! The head is trained by `models/training/zahlwort_training/ctc`, whose README defines it.

use rayon::prelude::*;

use super::encoder::{EncoderStates, read_norm, values};
use super::linear::Linear;
use super::weights::Weights;
use super::{Config, ModelError};
use crate::kernel::ops::{self, LayerNorm};

/// The head's tensors, if there are any, include this one.
const MARK: &str = "ctc.proj.bias";
/// States of so many encoder layers go in.
const PARTS: usize = 3;
/// The most convolutions read; the head has two.
const MAX_CONVOLUTIONS: usize = 16;

/// Writes characters from the encoder's states.
#[derive(Debug)]
pub struct CtcHead {
    d: usize,
    norms: Vec<LayerNorm>,
    proj: Linear,
    convolutions: Vec<Convolution>,
    out: Linear,
}

/// A convolution over time whose output is added to its input.
#[derive(Debug)]
struct Convolution {
    kernel: usize,
    channels: usize,
    linear: Linear,
}

/// The natural-log probabilities of the head's outputs: a row for each state of an utterance, 20 ms each.
pub type CtcLogProbs = [[f32; CtcHead::OUTPUTS]];

impl CtcHead {
    /// How many of its last blocks the encoder has to keep for [`CtcHead::forward`]. The head reads
    /// the first two of them, and the final states instead of the third.
    pub const BLOCKS: usize = 3;
    /// The character of each output. The first stands for the blank.
    pub const CHARACTERS: &str = "_ 'abcdefghijklmnopqrstuvwxyzäöüß";
    /// Number of outputs.
    pub const OUTPUTS: usize = 33;
    /// The output that stands for no character.
    pub const BLANK: usize = 0;

    /// Reads the head; `None` if the file has none.
    ///
    /// # Errors
    /// A tensor that is missing while others are there, or of a shape that does not fit.
    pub(crate) fn read(weights: &Weights, config: &Config) -> Result<Option<Self>, ModelError> {
        if !weights.contains(MARK) {
            return Ok(None);
        }
        Self::of_width(weights, config.d_model).map(Some)
    }

    fn of_width(weights: &Weights, d: usize) -> Result<Self, ModelError> {
        let width = match *weights.shape(MARK)? {
            [width] if width > 0 => width,
            ref found => return Err(misshapen(MARK, found, &[256])),
        };
        let norms = (0..PARTS)
            .map(|i| read_norm(weights, &format!("ctc.norm.{i}"), d))
            .collect::<Result<_, _>>()?;
        let convolutions = (0..MAX_CONVOLUTIONS)
            .map(|i| format!("ctc.conv.{i}"))
            .take_while(|name| weights.contains(&format!("{name}.weight")))
            .map(|name| Convolution::read(weights, &name, width))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            d,
            norms,
            proj: Linear::read(weights, "ctc.proj", &[width, PARTS * d], true)?,
            convolutions,
            out: Linear::read(weights, "ctc.out", &[Self::OUTPUTS, width], true)?,
        })
    }

    /// The log-probabilities of all outputs at each state.
    ///
    /// # Errors
    /// [`ModelError::Input`] if the states are another model's, or were made without keeping
    /// [`CtcHead::BLOCKS`] blocks ([`super::Encoder::forward_keeping`]).
    pub fn forward(&self, states: &EncoderStates) -> Result<Box<CtcLogProbs>, ModelError> {
        let shape = (states.states.nrows(), self.d);
        let parts = match states.blocks.as_slice() {
            [.., a, b, _] => [a, b, &states.states],
            _ => {
                return Err(ModelError::Input(format!(
                    "the CTC head reads {} encoder blocks, {} were kept; keep more of them",
                    Self::BLOCKS,
                    states.blocks.len()
                )));
            }
        };
        if parts.iter().any(|part| part.dim() != shape) {
            return Err(ModelError::Input(format!(
                "the states are not {} values wide; encode with the model that the head belongs to",
                self.d
            )));
        }
        let mut joined = vec![0.0; PARTS * shape.0 * shape.1];
        for (index, (part, norm)) in parts.into_iter().zip(&self.norms).enumerate() {
            let normed = norm.forward(&values(&part.view()));
            joined
                .chunks_exact_mut(PARTS * self.d)
                .zip(normed.chunks_exact(self.d))
                .for_each(|(out, row)| out[index * self.d..][..self.d].copy_from_slice(row));
        }
        let mut u = self.proj.forward(&joined)?;
        for convolution in &self.convolutions {
            let change = convolution.forward_gelu(&u)?;
            ops::add(&mut u, &change);
        }
        let out = self.out.forward(&u)?;
        let mut log_probs = out.as_chunks().0.to_vec();
        log_probs
            .par_iter_mut()
            .with_min_len(64)
            .for_each(|row: &mut [f32; Self::OUTPUTS]| ops::log_softmax(row));
        Ok(log_probs.into())
    }
}

impl Convolution {
    fn read(weights: &Weights, name: &str, channels: usize) -> Result<Self, ModelError> {
        let weight = format!("{name}.weight");
        // Of an even kernel the middle, and so the padding, is not defined.
        let kernel = match *weights.shape(&weight)? {
            [_, _, kernel] if kernel % 2 == 1 => kernel,
            ref found => return Err(misshapen(&weight, found, &[channels, channels, 5])),
        };
        Ok(Self {
            kernel,
            channels,
            linear: Linear::read(weights, name, &[channels, channels, kernel], true)?,
        })
    }

    /// Rows in, the GELU of as many rows out: zeros stand beyond both ends.
    fn forward_gelu(&self, rows: &[f32]) -> Result<Vec<f32>, ModelError> {
        let (kernel, channels) = (self.kernel, self.channels);
        // Rows of `[channel][kernel]`, as the weight has them, make it a matrix product.
        let mut windows = vec![0.0; rows.len() * kernel];
        let frames = rows.len() / channels;
        for (index, window) in windows.chunks_exact_mut(channels * kernel).enumerate() {
            for tap in 0..kernel {
                // Frames left of the first one wrap around and are not found.
                let frame = (index + tap).wrapping_sub(kernel / 2);
                if frame < frames {
                    rows[frame * channels..][..channels]
                        .iter()
                        .enumerate()
                        .for_each(|(channel, value)| window[channel * kernel + tap] = *value);
                }
            }
        }
        self.linear.forward_gelu(&windows)
    }
}

fn misshapen(name: &str, found: &[usize], expected: &[usize]) -> ModelError {
    ModelError::Shape {
        name: name.to_owned(),
        found: found.to_vec(),
        expected: expected.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use ndarray::{Array2, Axis};
    use safetensors::Dtype;
    use safetensors::tensor::TensorView;
    use serde::Deserialize;

    use super::*;

    /// What `models/training/zahlwort_training/golden/ctc_head.py` wrote.
    #[derive(Deserialize)]
    struct Golden {
        d_model: usize,
        tensors: BTreeMap<String, Stored>,
        cases: Vec<Case>,
    }

    #[derive(Deserialize)]
    struct Stored {
        shape: Vec<usize>,
        values: Vec<f32>,
    }

    #[derive(Deserialize)]
    struct Case {
        parts: [Vec<f32>; 3],
        log_probs: Vec<f32>,
    }

    fn golden() -> Golden {
        serde_json::from_str(include_str!("../../tests/golden/ctc_head.json")).unwrap()
    }

    /// A weights file of the golden tensors, each named by `name`; matrices as int8 on demand.
    fn write(
        directory: &Path,
        golden: &Golden,
        int8: bool,
        name: impl Fn(&str) -> Option<String>,
    ) -> Weights {
        let bytes =
            |values: &[f32]| -> Vec<u8> { values.iter().flat_map(|x| x.to_le_bytes()).collect() };
        let mut stored = BTreeMap::from([(
            "model.encoder.conv1.weight".to_owned(),
            (Dtype::F32, vec![1], bytes(&[0.0])),
        )]);
        for (tensor, Stored { shape, values }) in &golden.tensors {
            let Some(name) = name(tensor) else { continue };
            if !int8 || shape.len() == 1 {
                stored.insert(name, (Dtype::F32, shape.clone(), bytes(values)));
                continue;
            }
            let mut scales = Vec::new();
            let mut quantised = Vec::new();
            for row in values.chunks_exact(values.len() / shape[0]) {
                let scale = row.iter().fold(0.0f32, |a, x| a.max(x.abs())) / 127.0;
                scales.push(scale);
                quantised.extend(row.iter().map(|x| (x / scale).round() as i8 as u8));
            }
            stored.insert(
                format!("{name}.scale"),
                (Dtype::F32, vec![shape[0]], bytes(&scales)),
            );
            stored.insert(name, (Dtype::I8, shape.clone(), quantised));
        }
        let views = stored.iter().map(|(name, (dtype, shape, bytes))| {
            (name, TensorView::new(*dtype, shape.clone(), bytes).unwrap())
        });
        let file = safetensors::serialize(views, None).unwrap();
        std::fs::write(directory.join("model.safetensors"), file).unwrap();
        Weights::open(directory).unwrap()
    }

    fn states(golden: &Golden, case: &Case) -> EncoderStates {
        let [a, b, c] = case.parts.clone().map(|part| {
            let len = part.len() / golden.d_model;
            Array2::from_shape_vec((len, golden.d_model), part).unwrap()
        });
        EncoderStates {
            states: c,
            // The last block's own stream is not read.
            blocks: vec![a, b, Array2::default((0, 0))],
        }
    }

    #[test]
    fn the_head_computes_what_pytorch_does() {
        let golden = golden();
        let forms = [("", false, 1e-4), ("model.", false, 1e-4), ("", true, 0.3)];
        for (prefix, int8, tolerance) in forms {
            let directory = tempfile::tempdir().unwrap();
            let weights = write(directory.path(), &golden, int8, |name| {
                Some(format!("{prefix}{name}"))
            });
            let head = CtcHead::of_width(&weights, golden.d_model).unwrap();
            for case in &golden.cases {
                let found = head.forward(&states(&golden, case)).unwrap();
                assert_eq!(found.as_flattened().len(), case.log_probs.len());
                for (found, expected) in found.as_flattened().iter().zip(&case.log_probs) {
                    assert!((found - expected).abs() < tolerance, "{found} {expected}");
                }
            }
        }
    }

    #[test]
    fn the_alphabet_has_a_character_for_each_output() {
        assert_eq!(CtcHead::CHARACTERS.chars().count(), CtcHead::OUTPUTS);
    }

    #[test]
    fn states_that_do_not_fit_are_refused() {
        let golden = golden();
        let directory = tempfile::tempdir().unwrap();
        let weights = write(directory.path(), &golden, false, |n| Some(n.to_owned()));
        let head = CtcHead::of_width(&weights, golden.d_model).unwrap();
        let fits = states(&golden, &golden.cases[0]);
        let mut few = fits.clone();
        few.blocks.pop();
        assert!(matches!(head.forward(&few), Err(ModelError::Input(_))));
        let mut narrow = fits;
        narrow.states.remove_index(Axis(1), 0);
        assert!(matches!(head.forward(&narrow), Err(ModelError::Input(_))));
    }

    #[test]
    fn a_file_has_all_of_the_head_or_nothing() {
        let golden = golden();
        let directory = tempfile::tempdir().unwrap();
        let without = write(directory.path(), &golden, false, |n| {
            (n != "ctc.norm.1.bias").then(|| n.to_owned())
        });
        assert!(matches!(
            CtcHead::of_width(&without, golden.d_model),
            Err(ModelError::MissingTensor { name }) if name == "ctc.norm.1.bias"
        ));
        let other = write(directory.path(), &golden, false, |n| Some(n.to_owned()));
        assert!(matches!(
            CtcHead::of_width(&other, golden.d_model + 1),
            Err(ModelError::Shape { .. })
        ));
        assert!(!write(directory.path(), &golden, false, |_| None).contains(MARK));
        assert!(crate::model::tiny::model().ctc.is_none());
    }
}
