//! Log-mel features, the numbers that Whisper was trained on.
//!
//! Per the reference implementation: frames of 25 ms under a periodic Hann window
//! every 10 ms, centred on their time (so the signal is mirrored by half a frame
//! at both ends), the last frame dropped, power spectrum, 80 mel bands, logarithm
//! to base 10 of at least 1e-10, at most 8 below the loudest value of all, and
//! scaled by (x + 4) / 4.

use std::f64::consts::TAU;
use std::sync::Arc;

use ndarray::Array2;
use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};

use crate::filterbank::FilterBank;
use crate::limits::check_samples;
use crate::{AudioError, SAMPLE_RATE};

/// Samples in an analysis frame: 25 ms.
pub const N_FFT: usize = 400;
/// Samples from one frame to the next: 10 ms.
pub const HOP: usize = 160;
/// Mel bands.
pub const N_MELS: usize = 80;

/// Half a frame: how far the first frame reaches before the signal.
const HALF: usize = N_FFT / 2;
/// Least energy whose logarithm is taken.
const FLOOR: f32 = 1e-10;
/// Dynamic range below the loudest value, in powers of ten.
const RANGE: f32 = 8.0;

/// Computes log-mel features; holds everything that does not depend on the audio. Make it once and share it.
pub struct LogMel {
    fft: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    bank: FilterBank,
}

/// What the analysis of a frame writes to.
struct Scratch {
    frame: Vec<f32>,
    spectrum: Vec<Complex<f32>>,
    power: Vec<f32>,
    fft: Vec<Complex<f32>>,
}

impl std::fmt::Debug for LogMel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LogMel").finish_non_exhaustive()
    }
}

impl Default for LogMel {
    fn default() -> Self {
        Self::new()
    }
}

impl LogMel {
    /// Plans the transform and computes window and filter bank, well under a
    /// millisecond.
    pub fn new() -> Self {
        let window = (0..N_FFT)
            .map(|i| (0.5 - 0.5 * (TAU * i as f64 / N_FFT as f64).cos()) as f32)
            .collect();
        Self {
            fft: RealFftPlanner::new().plan_fft_forward(N_FFT),
            window,
            bank: FilterBank::new(SAMPLE_RATE, N_FFT, N_MELS),
        }
    }

    /// Features of mono samples at 16 kHz, frames × [`N_MELS`]: `samples / 160` frames, rounded down, of 10 ms each.
    ///
    /// Fewer than 400 samples (one frame) are extended with zeros to 400, because
    /// the mirrored half frames at both ends would not fit otherwise.
    ///
    /// # Errors
    /// [`Empty`](AudioError::Empty), [`NotFinite`](AudioError::NotFinite),
    /// [`OutOfScale`](AudioError::OutOfScale).
    pub fn compute(&self, samples: &[f32]) -> Result<Array2<f32>, AudioError> {
        self.compute_padded(samples, 0)
    }

    /// The same as if `pad` zeros followed the samples, without copying them:
    /// `(samples + pad) / 160` frames.
    ///
    /// # Errors
    /// As [`LogMel::compute`]; no samples at all are an error whatever the padding.
    pub fn compute_padded(&self, samples: &[f32], pad: usize) -> Result<Array2<f32>, AudioError> {
        if samples.is_empty() {
            return Err(AudioError::Empty);
        }
        check_samples(samples, 0)?;
        let len = samples.len().saturating_add(pad).max(N_FFT);
        let mut features = Array2::zeros((len / HOP, N_MELS));
        let mut scratch = Scratch {
            frame: self.fft.make_input_vec(),
            spectrum: self.fft.make_output_vec(),
            power: vec![0.0; N_FFT / 2 + 1],
            fft: self.fft.make_scratch_vec(),
        };
        let mut loudest = f32::MIN;
        for (t, mut row) in features.rows_mut().into_iter().enumerate() {
            self.load_frame(samples, len, t * HOP, &mut scratch.frame);
            self.analyse(&mut scratch);
            for (cell, energy) in row.iter_mut().zip(self.bank.apply(&scratch.power)) {
                *cell = energy.max(FLOOR).log10();
                loudest = loudest.max(*cell);
            }
        }
        let least = loudest - RANGE;
        features.mapv_inplace(|value| (value.max(least) + 4.0) / 4.0);
        Ok(features)
    }

    /// Puts the windowed samples around `centre` into the frame, mirrored at 0 and
    /// at `len`, zero from the end of `samples` to `len`.
    fn load_frame(&self, samples: &[f32], len: usize, centre: usize, frame: &mut [f32]) {
        let inside = centre
            .checked_sub(HALF)
            .and_then(|at| samples.get(at..at + N_FFT));
        match inside {
            Some(part) => {
                for ((x, w), s) in frame.iter_mut().zip(&self.window).zip(part) {
                    *x = w * s;
                }
            }
            None => {
                for (i, (x, w)) in frame.iter_mut().zip(&self.window).enumerate() {
                    let at = mirrored(centre + i, len);
                    *x = w * samples.get(at).copied().unwrap_or(0.0);
                }
            }
        }
    }

    fn analyse(&self, scratch: &mut Scratch) {
        let Scratch {
            frame,
            spectrum,
            power,
            fft,
        } = scratch;
        let done = self.fft.process_with_scratch(frame, spectrum, fft);
        debug_assert!(done.is_ok(), "all lengths are the plan's own");
        for (p, c) in power.iter_mut().zip(spectrum) {
            *p = c.norm_sqr();
        }
    }
}

/// The index of `shifted − HALF` in a signal of `len` ≥ [`N_FFT`] samples that is
/// mirrored at both ends without repeating the outermost sample.
fn mirrored(shifted: usize, len: usize) -> usize {
    if shifted < HALF {
        HALF - shifted
    } else if shifted - HALF < len {
        shifted - HALF
    } else {
        2 * (len - 1) - (shifted - HALF)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn features(samples: &[f32], pad: usize) -> Array2<f32> {
        LogMel::new().compute_padded(samples, pad).unwrap()
    }

    #[test]
    fn the_signal_is_mirrored_without_its_edge() {
        assert_eq!(mirrored(0, 1000), 200);
        assert_eq!(mirrored(199, 1000), 1);
        assert_eq!(mirrored(200, 1000), 0);
        assert_eq!(mirrored(1199, 1000), 999);
        assert_eq!(mirrored(1200, 1000), 998);
    }

    #[test]
    fn virtual_padding_is_padding() {
        let samples: Vec<f32> = (0..3_333).map(|i| (i as f32 * 0.05).sin() * 0.3).collect();
        for pad in [1, 159, 160, 1_000, 5_000] {
            let mut padded = samples.clone();
            padded.resize(samples.len() + pad, 0.0);
            assert_eq!(features(&samples, pad), features(&padded, 0));
        }
    }

    #[test]
    fn silence_is_the_floor_everywhere() {
        let out = features(&[0.0; 1_600], 0);
        assert_eq!(out.dim(), (10, N_MELS));
        assert!(out.iter().all(|&x| (x + 1.5).abs() < 1e-6), "(−10 + 4) / 4");
    }

    #[test]
    fn a_tone_is_loudest_in_its_band_and_8_powers_of_ten_is_the_range() {
        let tone: Vec<f32> = (0..16_000)
            .map(|i| (std::f32::consts::TAU * 1_000.0 / 16_000.0 * i as f32).sin())
            .collect();
        let out = features(&tone, 0);
        let at = |band: usize| out[[50, band]];
        let loudest = (0..N_MELS)
            .max_by(|&a, &b| at(a).total_cmp(&at(b)))
            .unwrap();
        // 1000 Hz is mel 15 of 45.25, so a third of the way up.
        assert!((25..=27).contains(&loudest), "{loudest}");
        let (low, high) = out
            .iter()
            .fold((f32::MAX, f32::MIN), |(l, h), &x| (l.min(x), h.max(x)));
        assert!(high - low <= 2.0 + 1e-6);
    }

    #[test]
    fn less_than_a_frame_is_extended_with_zeros() {
        let mut one_frame = vec![0.5; 100];
        one_frame.resize(N_FFT, 0.0);
        let out = features(&[0.5; 100], 0);
        assert_eq!(out.nrows(), 2);
        assert_eq!(out, features(&one_frame, 0));
        assert_eq!(features(&[0.5], 0).nrows(), 2);
    }

    #[test]
    fn unusable_samples_are_refused() {
        let log_mel = LogMel::new();
        for bad in [&[][..], &[f32::NAN], &[f32::INFINITY], &[f32::MAX]] {
            assert!(log_mel.compute_padded(bad, 800).is_err());
        }
    }

    #[test]
    fn what_was_computed_before_leaves_no_trace() {
        let log_mel = LogMel::new();
        let first = log_mel.compute(&[0.1; 8_000]).unwrap();
        log_mel.compute(&[0.9; 16_000]).unwrap();
        assert_eq!(log_mel.compute(&[0.1; 8_000]).unwrap(), first);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn finite_samples_give_finite_features_of_the_right_shape(
            samples in prop::collection::vec(any::<f32>().prop_filter("finite", |x| x.is_finite()), 1..2_000),
            pad in 0usize..1_000,
        ) {
            // Anything finite, brought into scale, and as it is.
            let log_mel = LogMel::new();
            let in_scale = samples.iter().all(|s| s.abs() <= crate::PEAK_LIMIT);
            prop_assert_eq!(log_mel.compute_padded(&samples, pad).is_ok(), in_scale);
            let scaled: Vec<f32> = samples.iter().map(|s| s % 16.0).collect();
            let out = log_mel.compute_padded(&scaled, pad).unwrap();
            prop_assert_eq!(out.dim(), ((samples.len() + pad).max(N_FFT) / HOP, N_MELS));
            prop_assert!(out.iter().all(|x| x.is_finite()));
        }
    }
}
