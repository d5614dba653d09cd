//! Reading `model.safetensors`: our int8 form or any Hugging Face checkpoint.
//!
//! Tensors are read one at a time into the buffer that keeps them, so that the
//! peak of memory while loading lies near what the model needs afterwards.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use safetensors::Dtype;
use safetensors::tensor::{Metadata, TensorInfo};

use super::ModelError;

/// Longest header accepted, in bytes: a thousand times what Whisper has.
const MAX_HEADER: u64 = 64 << 20;
/// Values that one thread reads and converts at a time.
const PIECE: usize = 1 << 18;

/// An open `model.safetensors`: its table of contents, read and checked.
#[derive(Debug)]
pub struct Weights {
    path: PathBuf,
    start: u64,
    metadata: Metadata,
    prefix: &'static str,
}

/// A matrix as it is stored, rows of output channels.
#[derive(Debug, Clone)]
pub enum Matrix {
    /// Values as they are, row by row.
    F32(Vec<f32>),
    /// Quantised symmetrically: row `r` is `values[r] as f32 * scales[r]`.
    I8 {
        /// Row by row.
        values: Vec<i8>,
        /// One per row.
        scales: Vec<f32>,
    },
}

impl Weights {
    /// Opens `model.safetensors` of a model directory and checks its header
    /// against its length. No tensor is read yet.
    ///
    /// # Errors
    /// [`ModelError::Read`] or [`ModelError::Header`].
    pub fn open(directory: &Path) -> Result<Self, ModelError> {
        let path = directory.join("model.safetensors");
        let fail = |source| ModelError::Read {
            path: path.clone(),
            source,
        };
        let bad = |reason: String| ModelError::Header {
            path: path.clone(),
            reason,
        };

        let mut file = File::open(&path).map_err(fail)?;
        let length = file.metadata().map_err(fail)?.len();
        let mut size = [0; 8];
        file.read_exact(&mut size)
            .map_err(|_| bad(format!("{length} bytes are too few for a header")))?;
        let size = u64::from_le_bytes(size);
        if size > MAX_HEADER || size.saturating_add(8) > length {
            return Err(bad(format!(
                "its header claims {size} bytes, the file has {length}"
            )));
        }
        let mut header = vec![0; size as usize];
        file.read_exact(&mut header).map_err(fail)?;
        let metadata: Metadata =
            serde_json::from_slice(&header).map_err(|error| bad(format!("its header: {error}")))?;
        check_offsets(&metadata).map_err(&bad)?;
        let data = metadata.data_len() as u64;
        if data.checked_add(size + 8) != Some(length) {
            return Err(bad(format!(
                "its tensors need {data} bytes after a header of {}, the file has {length}",
                size + 8
            )));
        }
        let prefix = if metadata.info("model.encoder.conv1.weight").is_some() {
            "model."
        } else {
            ""
        };
        Ok(Self {
            path,
            start: size + 8,
            metadata,
            prefix,
        })
    }

    /// A vector or table in `f32`, whatever it is stored as.
    ///
    /// # Errors
    /// A missing tensor, another shape, an unsupported type or a failed read.
    pub fn values(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        Ok(self.matrix(name, shape)?.into_f32())
    }

    /// A matrix in the form in which it is stored: int8 with scales, or `f32`
    /// for any floating-point type. The first dimension is the row; a
    /// convolution's weight is a matrix of one row per output channel.
    ///
    /// # Errors
    /// A missing tensor, another shape, an unsupported type or a failed read.
    pub fn matrix(&self, name: &str, shape: &[usize]) -> Result<Matrix, ModelError> {
        let info = self.info(name)?;
        if info.shape != shape {
            return Err(ModelError::Shape {
                name: name.to_owned(),
                found: info.shape.clone(),
                expected: shape.to_vec(),
            });
        }
        if info.dtype == Dtype::I8 {
            let scale = format!("{name}.scale");
            let scales = self.values(&scale, &shape[..1])?;
            let values = self.read(info, |bytes, out: &mut [i8]| {
                out.iter_mut().zip(bytes).for_each(|(o, b)| *o = *b as i8);
            })?;
            return Ok(Matrix::I8 { values, scales });
        }
        let values = match info.dtype {
            Dtype::F32 => self.read(info, |bytes, out: &mut [f32]| {
                let words = bytes.chunks_exact(4);
                out.iter_mut()
                    .zip(words)
                    .for_each(|(o, b)| *o = f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
            }),
            Dtype::F16 => self.read(info, |bytes, out: &mut [f32]| {
                let words = bytes.chunks_exact(2);
                out.iter_mut()
                    .zip(words)
                    .for_each(|(o, b)| *o = half::f16::from_le_bytes([b[0], b[1]]).to_f32());
            }),
            Dtype::BF16 => self.read(info, |bytes, out: &mut [f32]| {
                let words = bytes.chunks_exact(2);
                out.iter_mut()
                    .zip(words)
                    .for_each(|(o, b)| *o = half::bf16::from_le_bytes([b[0], b[1]]).to_f32());
            }),
            other => Err(ModelError::Dtype {
                name: name.to_owned(),
                dtype: format!("{other:?}"),
            }),
        }?;
        Ok(Matrix::F32(values))
    }

    /// Whether the tensor is in the file.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.info(name).is_ok()
    }

    fn info(&self, name: &str) -> Result<&TensorInfo, ModelError> {
        self.metadata
            .info(&format!("{}{name}", self.prefix))
            .ok_or_else(|| ModelError::MissingTensor {
                name: name.to_owned(),
            })
    }

    /// Reads a tensor in pieces, on as many threads as the current rayon pool
    /// has; each piece through a file handle and a small buffer of its own.
    fn read<T: Default + Clone + Send>(
        &self,
        info: &TensorInfo,
        convert: impl Fn(&[u8], &mut [T]) + Sync,
    ) -> Result<Vec<T>, ModelError> {
        let count: usize = info.shape.iter().product();
        let width = info.dtype.bitsize() / 8;
        let begin = self.start + info.data_offsets.0 as u64;
        let mut out = vec![T::default(); count];
        out.par_chunks_mut(PIECE)
            .enumerate()
            .try_for_each(|(index, piece)| {
                let mut file = File::open(&self.path)?;
                file.seek(SeekFrom::Start(begin + (index * PIECE * width) as u64))?;
                let mut bytes = vec![0; piece.len() * width];
                file.read_exact(&mut bytes)?;
                convert(&bytes, piece);
                Ok(())
            })
            .map_err(|source| ModelError::Read {
                path: self.path.clone(),
                source,
            })?;
        Ok(out)
    }
}

/// Each tensor's extent is its shape times its type's size, and the extents
/// fill the data without gap or overlap: what `safetensors` itself demands,
/// which checks it only with the whole file in memory.
fn check_offsets(metadata: &Metadata) -> Result<(), String> {
    let mut expected = 0;
    for name in metadata.offset_keys() {
        let Some(info) = metadata.info(&name) else {
            continue;
        };
        let (begin, end) = info.data_offsets;
        let bits = info
            .shape
            .iter()
            .try_fold(info.dtype.bitsize(), |size, dimension| {
                size.checked_mul(*dimension)
            })
            .ok_or_else(|| format!("the shape of {name} overflows"))?;
        if begin != expected || end.checked_sub(begin) != Some(bits / 8) || bits % 8 != 0 {
            return Err(format!(
                "the extent of {name}, {begin} to {end}, does not fit its shape {:?}",
                info.shape
            ));
        }
        expected = end;
    }
    Ok(())
}

impl Matrix {
    /// The values, quantised ones multiplied out.
    #[must_use]
    pub fn into_f32(self) -> Vec<f32> {
        match self {
            Self::F32(values) => values,
            Self::I8 { values, scales } => {
                let width = values.len() / scales.len().max(1);
                let mut out = vec![0.0; values.len()];
                out.par_chunks_mut(width.max(1))
                    .zip(values.par_chunks(width.max(1)))
                    .zip(&scales)
                    .for_each(|((out, row), scale)| {
                        out.iter_mut()
                            .zip(row)
                            .for_each(|(o, v)| *o = f32::from(*v) * scale);
                    });
                out
            }
        }
    }

    /// This matrix's rows above another's of the same width. If one of the two
    /// is quantised and the other not, the result is `f32`.
    #[must_use]
    pub fn above(self, below: Self) -> Self {
        match (self, below) {
            (
                Self::I8 {
                    mut values,
                    mut scales,
                },
                Self::I8 {
                    values: v,
                    scales: s,
                },
            ) => {
                values.extend(v);
                scales.extend(s);
                Self::I8 { values, scales }
            }
            (top, bottom) => {
                let mut values = top.into_f32();
                values.extend(bottom.into_f32());
                Self::F32(values)
            }
        }
    }

    /// Every value times `factor`.
    #[must_use]
    pub fn scaled(mut self, factor: f32) -> Self {
        match &mut self {
            Self::F32(values) => values.iter_mut().for_each(|v| *v *= factor),
            Self::I8 { scales, .. } => scales.iter_mut().for_each(|s| *s *= factor),
        }
        self
    }
}
