//! Audio in the one shape that everything after this point takes.

use std::ops::Range;
use std::time::Duration;

use crate::AudioError;
use crate::limits::{Limits, check_samples};

/// Samples per second of every [`Utterance`].
pub const SAMPLE_RATE: u32 = 16_000;

/// Mono audio at 16 kHz, full scale ±1: finite, not empty, not too long.
#[derive(Clone, PartialEq)]
pub struct Utterance(Vec<f32>);

impl std::fmt::Debug for Utterance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Utterance({:?})", self.duration())
    }
}

impl Utterance {
    /// Takes samples that already are mono at 16 kHz.
    ///
    /// # Errors
    /// [`Empty`](AudioError::Empty), [`TooLong`](AudioError::TooLong),
    /// [`NotFinite`](AudioError::NotFinite), [`OutOfScale`](AudioError::OutOfScale).
    pub fn from_16k(samples: Vec<f32>, limits: &Limits) -> Result<Self, AudioError> {
        if samples.is_empty() {
            return Err(AudioError::Empty);
        }
        limits.check(samples.len() as u64, SAMPLE_RATE)?;
        check_samples(&samples, 0)?;
        Ok(Self(samples))
    }

    /// For samples that are known to hold what the type promises.
    pub(crate) fn new_unchecked(samples: Vec<f32>) -> Self {
        Self(samples)
    }

    /// The samples.
    pub fn samples(&self) -> &[f32] {
        &self.0
    }

    /// How long the audio lasts.
    pub fn duration(&self) -> Duration {
        Duration::from_secs_f64(self.0.len() as f64 / f64::from(SAMPLE_RATE))
    }

    /// A copy of the samples in `range`, such as [`vad::trim`](crate::vad::trim)
    /// returns; `None` if the range is empty or reaches beyond the end.
    pub fn slice(&self, range: Range<usize>) -> Option<Self> {
        match self.0.get(range) {
            Some(part) if !part.is_empty() => Some(Self(part.to_vec())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_only_usable_samples() {
        let limits = Limits::default();
        let kind = |samples| Utterance::from_16k(samples, &limits).unwrap_err().kind();
        assert_eq!(kind(vec![]), "empty_audio");
        assert_eq!(kind(vec![0.0; 30 * 16_000 + 1]), "audio_too_long");
        assert_eq!(kind(vec![f32::NAN]), "sample_not_finite");
        assert_eq!(kind(vec![1e9]), "sample_out_of_scale");
        let utterance = Utterance::from_16k(vec![0.0; 8_000], &limits).unwrap();
        assert_eq!(utterance.duration(), Duration::from_millis(500));
    }

    #[test]
    fn slices_stay_inside_and_are_never_empty() {
        let utterance = Utterance::from_16k(vec![0.1, 0.2, 0.3], &Limits::default()).unwrap();
        assert_eq!(utterance.slice(1..3).unwrap().samples(), [0.2, 0.3]);
        assert!(utterance.slice(1..1).is_none());
        assert!(utterance.slice(2..4).is_none());
        let backwards = Range { start: 2, end: 1 };
        assert!(utterance.slice(backwards).is_none());
    }
}
