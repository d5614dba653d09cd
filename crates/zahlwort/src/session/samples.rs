//! Samples as a microphone delivers them.

use zahlwort_audio::{AudioError, check_samples};

/// Mono samples: 16-bit integers, or floats with full scale ±1.
#[derive(Clone, Copy)]
pub enum Samples<'a> {
    /// 16-bit integers.
    I16(&'a [i16]),
    /// Floats.
    F32(&'a [f32]),
}

/// Without the samples: audio is not for logs.
impl std::fmt::Debug for Samples<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Samples({})", self.len())
    }
}

impl<'a> From<&'a [i16]> for Samples<'a> {
    fn from(samples: &'a [i16]) -> Self {
        Samples::I16(samples)
    }
}

impl<'a> From<&'a [f32]> for Samples<'a> {
    fn from(samples: &'a [f32]) -> Self {
        Samples::F32(samples)
    }
}

impl<'a> From<&'a Vec<i16>> for Samples<'a> {
    fn from(samples: &'a Vec<i16>) -> Self {
        Samples::I16(samples)
    }
}

impl<'a> From<&'a Vec<f32>> for Samples<'a> {
    fn from(samples: &'a Vec<f32>) -> Self {
        Samples::F32(samples)
    }
}

impl Samples<'_> {
    fn len(&self) -> usize {
        match self {
            Samples::I16(samples) => samples.len(),
            Samples::F32(samples) => samples.len(),
        }
    }

    pub(super) fn check(&self) -> Result<(), AudioError> {
        match self {
            Samples::I16(_) => Ok(()),
            Samples::F32(samples) => check_samples(samples, 0),
        }
    }

    /// Calls `take` with all samples as floats, at most a buffer full at a time.
    pub(super) fn in_blocks<E>(
        &self,
        mut take: impl FnMut(&[f32]) -> Result<(), E>,
    ) -> Result<(), E> {
        const BLOCK: usize = 1_024;
        match self {
            Samples::F32(samples) => samples.chunks(BLOCK).try_for_each(take),
            Samples::I16(samples) => {
                let mut floats = [0.0; BLOCK];
                for block in samples.chunks(BLOCK) {
                    for (to, from) in floats.iter_mut().zip(block) {
                        *to = f32::from(*from) / 32_768.0;
                    }
                    take(floats.get(..block.len()).unwrap_or_default())?;
                }
                Ok(())
            }
        }
    }
}
