//! Samples as they come: any rate, any number of channels.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::time::Duration;

use crate::limits::{Limits, check_format, check_samples};
use crate::{AudioError, Utterance, resample, wav};

/// Interleaved samples that know their rate and channel count.
///
/// A `Pcm` is well formed: rate and channels are in range, frames are whole and
/// every sample is finite. It may be empty; [`Pcm::to_utterance`] refuses that.
#[derive(Clone, PartialEq)]
pub struct Pcm {
    samples: Vec<f32>,
    rate: u32,
    channels: u16,
}

impl std::fmt::Debug for Pcm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pcm")
            .field("frames", &self.frames())
            .field("rate", &self.rate)
            .field("channels", &self.channels)
            .finish()
    }
}

impl Pcm {
    /// Takes interleaved samples, full scale ±1, at `rate` Hz.
    ///
    /// # Errors
    /// [`Rate`](AudioError::Rate), [`Channels`](AudioError::Channels),
    /// [`Ragged`](AudioError::Ragged), [`NotFinite`](AudioError::NotFinite),
    /// [`OutOfScale`](AudioError::OutOfScale).
    pub fn from_f32(samples: &[f32], rate: u32, channels: u16) -> Result<Self, AudioError> {
        check_samples(samples, 0)?;
        Self::from_vec(samples.to_vec(), rate, channels)
    }

    /// Takes interleaved 16-bit samples at `rate` Hz.
    ///
    /// # Errors
    /// [`Rate`](AudioError::Rate), [`Channels`](AudioError::Channels),
    /// [`Ragged`](AudioError::Ragged).
    pub fn from_i16(samples: &[i16], rate: u32, channels: u16) -> Result<Self, AudioError> {
        let samples = samples.iter().map(|&s| f32::from(s) / 32_768.0).collect();
        Self::from_vec(samples, rate, channels)
    }

    /// Reads a WAV file; see [`Pcm::decode_wav`].
    ///
    /// # Errors
    /// [`Open`](AudioError::Open), and all of [`Pcm::decode_wav`].
    pub fn read_wav(path: impl AsRef<Path>, limits: &Limits) -> Result<Self, AudioError> {
        let path = path.as_ref();
        let file = File::open(path).map_err(|source| AudioError::Open {
            path: path.to_owned(),
            source,
        })?;
        Self::decode_wav(BufReader::new(file), limits)
    }

    /// Decodes a WAV stream: 8, 16, 24 or 32-bit integer or 32-bit float, 1–8
    /// channels, 8–192 kHz, with or without `WAVE_FORMAT_EXTENSIBLE`.
    ///
    /// Streams of unknown length, as `ffmpeg`, `sox` or GStreamer write them to a
    /// pipe (a data length of 0, `0x7FFFF000` or `0xFFFFFFFF`), are read to their
    /// end. Memory grows with the samples that are really there, never with what
    /// a header claims, and never beyond the limit.
    ///
    /// # Errors
    /// [`NotWav`](AudioError::NotWav), [`UnsupportedWav`](AudioError::UnsupportedWav),
    /// [`MalformedWav`](AudioError::MalformedWav), [`Truncated`](AudioError::Truncated),
    /// [`Empty`](AudioError::Empty), [`TooLong`](AudioError::TooLong),
    /// [`Rate`](AudioError::Rate), [`Channels`](AudioError::Channels),
    /// [`NotFinite`](AudioError::NotFinite), [`OutOfScale`](AudioError::OutOfScale),
    /// [`Read`](AudioError::Read).
    pub fn decode_wav(reader: impl Read, limits: &Limits) -> Result<Self, AudioError> {
        wav::decode(reader, limits)
    }

    /// Mixes down to mono (the mean of the channels) and resamples to 16 kHz.
    ///
    /// `n` frames at rate `r` become `round(n · 16000 / r)` samples, at least one.
    ///
    /// # Errors
    /// [`Empty`](AudioError::Empty), [`TooLong`](AudioError::TooLong).
    pub fn to_utterance(&self, limits: &Limits) -> Result<Utterance, AudioError> {
        if self.samples.is_empty() {
            return Err(AudioError::Empty);
        }
        limits.check(self.frames() as u64, self.rate)?;
        let mono = self.to_mono();
        Ok(Utterance::new_unchecked(resample::to_16k(mono, self.rate)?))
    }

    /// The interleaved samples, full scale ±1.
    pub fn samples(&self) -> &[f32] {
        &self.samples
    }

    /// Samples per second and channel.
    pub fn rate(&self) -> u32 {
        self.rate
    }

    /// Number of interleaved channels.
    pub fn channels(&self) -> u16 {
        self.channels
    }

    /// Number of samples in each channel.
    pub fn frames(&self) -> usize {
        self.samples.len() / usize::from(self.channels)
    }

    /// How long the audio lasts.
    pub fn duration(&self) -> Duration {
        Duration::from_secs_f64(self.frames() as f64 / f64::from(self.rate))
    }

    /// For samples that are already known to be finite and in scale.
    pub(crate) fn from_vec(
        samples: Vec<f32>,
        rate: u32,
        channels: u16,
    ) -> Result<Self, AudioError> {
        check_format(rate, channels)?;
        if !samples.len().is_multiple_of(usize::from(channels)) {
            return Err(AudioError::Ragged {
                samples: samples.len(),
                channels,
            });
        }
        Ok(Self {
            samples,
            rate,
            channels,
        })
    }

    fn to_mono(&self) -> Vec<f32> {
        if self.channels == 1 {
            return self.samples.clone();
        }
        let scale = 1.0 / f32::from(self.channels);
        self.samples
            .chunks_exact(usize::from(self.channels))
            .map(|frame| frame.iter().sum::<f32>() * scale)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_mixed_by_their_mean() {
        let pcm = Pcm::from_f32(&[0.5, -0.1, 0.2, 0.4], 16_000, 2).unwrap();
        assert_eq!(pcm.frames(), 2);
        let utterance = pcm.to_utterance(&Limits::default()).unwrap();
        let expected = [0.2, 0.3];
        for (got, want) in utterance.samples().iter().zip(expected) {
            assert!((got - want).abs() < 1e-6);
        }
    }

    #[test]
    fn integers_are_scaled_to_one() {
        let pcm = Pcm::from_i16(&[i16::MIN, 0, 16_384], 16_000, 1).unwrap();
        assert_eq!(pcm.samples(), [-1.0, 0.0, 0.5]);
    }

    #[test]
    fn each_bad_input_has_its_own_error() {
        let kind = |r: Result<Pcm, AudioError>| r.unwrap_err().kind();
        assert_eq!(kind(Pcm::from_f32(&[0.0], 7_999, 1)), "sample_rate");
        assert_eq!(kind(Pcm::from_f32(&[0.0], 192_001, 1)), "sample_rate");
        assert_eq!(kind(Pcm::from_f32(&[0.0], 16_000, 0)), "channel_count");
        assert_eq!(kind(Pcm::from_f32(&[0.0; 9], 16_000, 9)), "channel_count");
        assert_eq!(kind(Pcm::from_f32(&[0.0; 3], 16_000, 2)), "ragged_channels");
        assert_eq!(
            kind(Pcm::from_f32(&[f32::NAN], 16_000, 1)),
            "sample_not_finite"
        );
        assert_eq!(
            kind(Pcm::from_f32(&[f32::INFINITY], 16_000, 1)),
            "sample_not_finite"
        );
        assert_eq!(
            kind(Pcm::from_f32(&[32_767.0], 16_000, 1)),
            "sample_out_of_scale"
        );
    }

    #[test]
    fn empty_and_too_long_audio_is_no_utterance() {
        let limits = Limits {
            max_duration: Duration::from_secs(1),
        };
        let empty = Pcm::from_f32(&[], 16_000, 1).unwrap();
        assert_eq!(
            empty.to_utterance(&limits).unwrap_err().kind(),
            "empty_audio"
        );
        let long = Pcm::from_f32(&[0.0; 8_001], 8_000, 1).unwrap();
        assert_eq!(
            long.to_utterance(&limits).unwrap_err().kind(),
            "audio_too_long"
        );
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = Pcm::read_wav("no/such/file.wav", &Limits::default()).unwrap_err();
        assert_eq!(error.kind(), "cannot_open");
        assert!(error.to_string().contains("no/such/file.wav"));
    }
}
