//! `reading.safetensors`: the weights, as `f32`.

use std::collections::HashMap;

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

use crate::ReadingError;

/// The largest weight, either way. With it no sum over a text can overflow.
const MAX_WEIGHT: f32 = 1e5;

/// Tensors that nobody has taken yet.
#[derive(Debug)]
pub(crate) struct Tensors<'a> {
    left: HashMap<String, TensorView<'a>>,
}

impl<'a> Tensors<'a> {
    /// Of a whole file, if it has the CRC-32 that it was sealed with.
    pub(crate) fn open(bytes: &'a [u8], checksum: &str) -> Result<Self, ReadingError> {
        let found = format!("{:08x}", crc32fast::hash(bytes));
        if found != checksum {
            return Err(ReadingError::Damaged {
                expected: checksum.to_owned(),
                found,
            });
        }
        Ok(Self {
            left: SafeTensors::deserialize(bytes)?
                .tensors()
                .into_iter()
                .collect(),
        })
    }

    /// A matrix of int8 with a scale for each row, row by row.
    pub(crate) fn matrix(
        &mut self,
        name: &str,
        shape: [usize; 2],
    ) -> Result<Vec<f32>, ReadingError> {
        let [rows, columns] = shape;
        let scales = self.floats(&format!("{name}.scale"), &[rows])?;
        let values = self.take(name, Dtype::I8, &shape)?;
        let rows = values.data().chunks_exact(columns).zip(scales);
        let out: Vec<f32> = rows
            .flat_map(|(row, scale)| row.iter().map(move |x| f32::from(x.cast_signed()) * scale))
            .collect();
        check(name, &out)?;
        Ok(out)
    }

    /// Values that are stored as they are.
    pub(crate) fn floats(&mut self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ReadingError> {
        let (values, _) = self.take(name, Dtype::F32, shape)?.data().as_chunks();
        let out: Vec<f32> = values.iter().map(|x| f32::from_le_bytes(*x)).collect();
        check(name, &out)?;
        Ok(out)
    }

    /// Nothing may be left: a tensor that nobody asks for belongs to another model.
    pub(crate) fn finish(self) -> Result<(), ReadingError> {
        match self.left.keys().min() {
            None => Ok(()),
            Some(name) => Err(ReadingError::tensor(name, "is not part of this model")),
        }
    }

    fn take(
        &mut self,
        name: &str,
        dtype: Dtype,
        shape: &[usize],
    ) -> Result<TensorView<'a>, ReadingError> {
        let Some(tensor) = self.left.remove(name) else {
            return Err(ReadingError::tensor(name, "is missing"));
        };
        if tensor.shape() != shape {
            let problem = format!("has shape {:?}, expected {shape:?}", tensor.shape());
            return Err(ReadingError::tensor(name, problem));
        }
        if tensor.dtype() != dtype {
            let problem = format!("is stored as {}, expected {dtype}", tensor.dtype());
            return Err(ReadingError::tensor(name, problem));
        }
        Ok(tensor)
    }
}

fn check(name: &str, values: &[f32]) -> Result<(), ReadingError> {
    match values.iter().find(|x| x.is_nan() || x.abs() > MAX_WEIGHT) {
        None => Ok(()),
        Some(x) => {
            let problem = format!("holds {x}, but weights are at most {MAX_WEIGHT} either way");
            Err(ReadingError::tensor(name, problem))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(tensors: &[(&str, Dtype, &[usize], &[u8])]) -> (Vec<u8>, String) {
        let views = tensors.iter().map(|(name, dtype, shape, bytes)| {
            (
                *name,
                TensorView::new(*dtype, shape.to_vec(), bytes).unwrap(),
            )
        });
        let bytes = safetensors::serialize(views, None).unwrap();
        let checksum = format!("{:08x}", crc32fast::hash(&bytes));
        (bytes, checksum)
    }

    fn floats(values: &[f32]) -> Vec<u8> {
        values.iter().flat_map(|x| x.to_le_bytes()).collect()
    }

    #[test]
    fn rows_are_scaled() {
        let (bytes, checksum) = file(&[
            ("a", Dtype::I8, &[2, 2], &[1, 255, 128, 127]),
            ("a.scale", Dtype::F32, &[2], &floats(&[0.5, 2.0])),
        ]);
        let mut tensors = Tensors::open(&bytes, &checksum).unwrap();
        assert_eq!(
            tensors.matrix("a", [2, 2]).unwrap(),
            [0.5, -0.5, -256.0, 254.0]
        );
        tensors.finish().unwrap();
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let bad = floats(&[1.0, f32::NAN]);
        let large = floats(&[1e6, 1.0]);
        let (bytes, checksum) = file(&[
            ("a", Dtype::I8, &[1, 2], &[1, 2]),
            ("a.scale", Dtype::F32, &[1], &floats(&[1e5])),
            ("nan", Dtype::F32, &[2], &bad),
            ("large", Dtype::F32, &[2], &large),
        ]);
        let open = || Tensors::open(&bytes, &checksum).unwrap();
        let fails = |result: Result<Vec<f32>, ReadingError>, wanted: &str| {
            let message = result.unwrap_err().to_string();
            assert!(message.contains(wanted), "{message}");
            assert!(message.contains("export the model again"), "{message}");
        };
        fails(open().floats("b", &[2]), "b is missing");
        fails(
            open().floats("nan", &[2, 1]),
            "nan has shape [2], expected [2, 1]",
        );
        fails(
            open().floats("a", &[1, 2]),
            "a is stored as I8, expected F32",
        );
        fails(open().floats("nan", &[2]), "nan holds NaN");
        fails(open().floats("large", &[2]), "large holds 1000000");
        fails(open().matrix("a", [1, 2]), "a holds 200000");
        let message = open().finish().unwrap_err().to_string();
        assert!(message.contains("a is not part of this model"), "{message}");
    }

    #[test]
    fn one_changed_bit_is_noticed_and_a_short_file_is_no_file() {
        let (mut bytes, checksum) = file(&[("a", Dtype::I8, &[2], &[1, 2])]);
        *bytes.last_mut().unwrap() ^= 1;
        let error = Tensors::open(&bytes, &checksum).unwrap_err();
        assert!(matches!(error, ReadingError::Damaged { .. }), "{error}");
        let checksum = format!("{:08x}", crc32fast::hash(&bytes[..9]));
        let error = Tensors::open(&bytes[..9], &checksum).unwrap_err();
        assert!(matches!(error, ReadingError::Header(_)), "{error}");
    }
}
