//! What is accepted as audio at all.

use std::time::Duration;

use crate::AudioError;

/// Lowest accepted sample rate in Hz: telephone speech.
pub const MIN_RATE: u32 = 8_000;
/// Highest accepted sample rate in Hz.
pub const MAX_RATE: u32 = 192_000;
/// Most channels that are mixed down: a microphone array or 7.1.
pub const MAX_CHANNELS: u16 = 8;
/// Largest accepted magnitude of a sample, where full scale is 1. Float audio
/// may exceed full scale, but 24 dB above it the scale itself is wrong.
pub const PEAK_LIMIT: f32 = 16.0;

/// Bounds on the audio that a caller wants to spend memory and time on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest accepted audio. Whisper's encoder has positions for 30 s, the
    /// default; longer audio has to be cut up before it is recognised.
    pub max_duration: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_duration: Duration::from_secs(30),
        }
    }
}

impl Limits {
    /// The most frames (samples of one channel) that fit at `rate` Hz.
    pub(crate) fn max_frames(&self, rate: u32) -> u64 {
        let frames = self
            .max_duration
            .as_nanos()
            .saturating_mul(u128::from(rate))
            / 1_000_000_000;
        u64::try_from(frames).unwrap_or(u64::MAX)
    }

    /// An error if `frames` at `rate` Hz last too long.
    pub(crate) fn check(&self, frames: u64, rate: u32) -> Result<(), AudioError> {
        if frames > self.max_frames(rate) {
            return Err(AudioError::TooLong {
                seconds: frames as f64 / f64::from(rate),
                limit: self.max_duration.as_secs_f64(),
            });
        }
        Ok(())
    }
}

/// An error unless every sample is finite and near full scale ±1; `first` is the
/// position of the first of them in the whole.
///
/// # Errors
/// [`NotFinite`](AudioError::NotFinite), [`OutOfScale`](AudioError::OutOfScale).
pub fn check_samples(samples: &[f32], first: usize) -> Result<(), AudioError> {
    // The infinities are beyond the limit too.
    match samples
        .iter()
        .position(|s| s.is_nan() || s.abs() > PEAK_LIMIT)
    {
        None => Ok(()),
        Some(at) => {
            let (index, value) = (first + at, samples[at]);
            Err(if value.is_finite() {
                AudioError::OutOfScale { index, value }
            } else {
                AudioError::NotFinite { index, value }
            })
        }
    }
}

/// An error unless rate and channel count are in range.
pub(crate) fn check_format(rate: u32, channels: u16) -> Result<(), AudioError> {
    if !(MIN_RATE..=MAX_RATE).contains(&rate) {
        return Err(AudioError::Rate { hz: rate });
    }
    if !(1..=MAX_CHANNELS).contains(&channels) {
        return Err(AudioError::Channels { count: channels });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_itself_is_allowed_and_one_frame_more_is_not() {
        let limits = Limits {
            max_duration: Duration::from_millis(1500),
        };
        assert_eq!(limits.max_frames(48_000), 72_000);
        assert!(limits.check(72_000, 48_000).is_ok());
        let error = limits.check(72_001, 48_000).unwrap_err();
        assert!(matches!(error, AudioError::TooLong { .. }));
        assert!(error.to_string().contains("Limits::max_duration"));
    }

    #[test]
    fn an_unbounded_limit_does_not_overflow() {
        let limits = Limits {
            max_duration: Duration::MAX,
        };
        assert!(limits.check(u64::MAX / 2, MIN_RATE).is_ok());
    }

    #[test]
    fn bad_samples_are_told_apart_and_located() {
        assert!(check_samples(&[0.0, -1.0, 3.9], 0).is_ok());
        assert!(matches!(
            check_samples(&[0.0, f32::NAN], 10),
            Err(AudioError::NotFinite { index: 11, .. })
        ));
        assert!(matches!(
            check_samples(&[f32::NEG_INFINITY], 0),
            Err(AudioError::NotFinite { index: 0, .. })
        ));
        assert!(matches!(
            check_samples(&[0.0, 0.0, -12_000.0], 0),
            Err(AudioError::OutOfScale { index: 2, .. })
        ));
    }
}
