//! Reading `model.safetensors`: our int8 form or any Hugging Face checkpoint.
//!
//! The file is mapped into memory: int8 matrices stay where they are, other
//! tensors are converted one at a time into the buffer that keeps them.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use memmap2::Mmap;
use rayon::prelude::*;
use safetensors::Dtype;
use safetensors::tensor::{Metadata, TensorInfo};

use super::ModelError;
use super::map::{Bytes, map, release};
use super::seal;

/// Longest header accepted, in bytes: a thousand times what Whisper has.
const MAX_HEADER: u64 = 64 << 20;
/// Values that one thread converts at a time.
const PIECE: usize = 1 << 18;

/// An open `model.safetensors`: its table of contents, read and checked.
#[derive(Debug)]
pub struct Weights {
    path: PathBuf,
    map: Arc<Mmap>,
    start: usize,
    metadata: Metadata,
    prefix: &'static str,
    widen: bool,
}

/// A matrix as it is stored, rows of output channels.
#[derive(Debug, Clone)]
pub enum Matrix {
    /// Values as they are, row by row.
    F32(Vec<f32>),
    /// Quantised symmetrically: row `r` is `values[r] as f32 * scales[r]`.
    I8 {
        /// Row by row.
        values: Bytes,
        /// One per row.
        scales: Vec<f32>,
    },
}

impl Weights {
    /// Opens `model.safetensors` of a model directory and checks its header
    /// against its length. If it is sealed, the checksums of all files of the
    /// directory are checked too; a Hugging Face checkpoint has none.
    ///
    /// # Errors
    /// [`ModelError::Read`], [`ModelError::Header`], [`ModelError::Version`] or
    /// [`ModelError::Damaged`].
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

        let map = map(&File::open(&path).map_err(fail)?).map_err(fail)?;
        let length = map.len() as u64;
        let (size, rest) = map
            .split_first_chunk()
            .ok_or_else(|| bad(format!("{length} bytes are too few for a header")))?;
        let size = u64::from_le_bytes(*size);
        if size > MAX_HEADER || size.saturating_add(8) > length {
            return Err(bad(format!(
                "its header claims {size} bytes, the file has {length}"
            )));
        }
        let (header, tensors) = rest.split_at(size as usize);
        let metadata: Metadata =
            serde_json::from_slice(header).map_err(|error| bad(format!("its header: {error}")))?;
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
        if let Some(about) = metadata.metadata() {
            seal::check(directory, &path, about, tensors)?;
        }
        Ok(Self {
            path,
            start: size as usize + 8,
            map,
            metadata,
            prefix,
            widen: false,
        })
    }

    /// The same file, whose int8 matrices come out as `f32`.
    pub(crate) fn widened(self) -> Self {
        Self {
            widen: true,
            ..self
        }
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
            let (begin, end) = info.data_offsets;
            let values = Bytes::mapped(&self.map, self.start + begin..self.start + end);
            let matrix = Matrix::I8 { values, scales };
            return Ok(if self.widen {
                Matrix::F32(matrix.into_f32())
            } else {
                matrix
            });
        }
        let values = match info.dtype {
            Dtype::F32 => self.convert(info, |bytes, out| {
                let words = bytes.chunks_exact(4);
                out.iter_mut()
                    .zip(words)
                    .for_each(|(o, b)| *o = f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
            }),
            Dtype::F16 => self.convert(info, |bytes, out| {
                let words = bytes.chunks_exact(2);
                out.iter_mut()
                    .zip(words)
                    .for_each(|(o, b)| *o = half::f16::from_le_bytes([b[0], b[1]]).to_f32());
            }),
            Dtype::BF16 => self.convert(info, |bytes, out| {
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

    /// The checksum of the tensors, if the file is sealed.
    #[must_use]
    pub fn checksum(&self) -> Option<&str> {
        let about = self.metadata.metadata().as_ref()?;
        about.get("crc32.tensors").map(String::as_str)
    }

    /// Gives back the memory that reading the file took. Matrices that borrow from
    /// it stay valid: what is needed is read again.
    pub fn release(&self) {
        release(&self.map);
    }

    /// Whether the tensor is in the file.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.info(name).is_ok()
    }

    /// The shape of a tensor, where the configuration does not say it.
    ///
    /// # Errors
    /// [`ModelError::MissingTensor`].
    pub fn shape(&self, name: &str) -> Result<&[usize], ModelError> {
        Ok(&self.info(name)?.shape)
    }

    /// Found with or without the prefix: a head is not part of Whisper's own tensors.
    fn info(&self, name: &str) -> Result<&TensorInfo, ModelError> {
        self.metadata
            .info(&format!("{}{name}", self.prefix))
            .or_else(|| self.metadata.info(name))
            .ok_or_else(|| ModelError::MissingTensor {
                name: name.to_owned(),
            })
    }

    /// A tensor as floats, on as many threads as the current rayon pool has.
    fn convert(
        &self,
        info: &TensorInfo,
        convert: impl Fn(&[u8], &mut [f32]) + Sync,
    ) -> Result<Vec<f32>, ModelError> {
        let (begin, end) = info.data_offsets;
        let bytes = self.map.get(self.start + begin..self.start + end);
        // The header was checked against the length: only a changed file comes here.
        let bytes = bytes.ok_or_else(|| ModelError::Header {
            path: self.path.clone(),
            reason: "a tensor lies beyond its end".to_owned(),
        })?;
        let width = info.dtype.bitsize() / 8;
        let mut out = vec![0.0; info.shape.iter().product()];
        out.par_chunks_mut(PIECE)
            .zip(bytes.par_chunks(PIECE * width))
            .for_each(|(out, bytes)| convert(bytes, out));
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
                Self::I8 { values, mut scales },
                Self::I8 {
                    values: v,
                    scales: s,
                },
            ) => {
                scales.extend(s);
                Self::I8 {
                    values: [&values[..], &v[..]].concat().into(),
                    scales,
                }
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
