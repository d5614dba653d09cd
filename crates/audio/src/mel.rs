//! Log-mel features, the numbers that Whisper was trained on.
//!
//! Per the reference implementation: frames of 25 ms under a periodic Hann window
//! every 10 ms, centred on their time (so the signal is mirrored by half a frame
//! at both ends), the last frame dropped, power spectrum, 80 mel bands, logarithm
//! to base 10 of at least 1e-10, at most 8 below the loudest value of all, and
//! scaled by (x + 4) / 4.

use std::f64::consts::TAU;
use std::sync::Arc;

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

/// Log-mel features of one utterance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    /// Number of frames, one for each 10 ms.
    pub frames: usize,
    /// `[N_MELS][frames]`, row-major: band `m` at frame `t` is `data[m * frames + t]`.
    pub data: Vec<f32>,
}

/// Computes [`Features`]; holds everything that does not depend on the audio, and
/// the scratch, so that computing allocates nothing but a growing output.
pub struct LogMel {
    fft: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    bank: FilterBank,
    frame: Vec<f32>,
    spectrum: Vec<Complex<f32>>,
    power: Vec<f32>,
    scratch: Vec<Complex<f32>>,
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
        let fft = RealFftPlanner::new().plan_fft_forward(N_FFT);
        let window = (0..N_FFT)
            .map(|i| (0.5 - 0.5 * (TAU * i as f64 / N_FFT as f64).cos()) as f32)
            .collect();
        Self {
            window,
            bank: FilterBank::new(SAMPLE_RATE, N_FFT, N_MELS),
            frame: fft.make_input_vec(),
            spectrum: fft.make_output_vec(),
            power: vec![0.0; N_FFT / 2 + 1],
            scratch: fft.make_scratch_vec(),
            fft,
        }
    }

    /// Features of mono samples at 16 kHz: `samples / 160` frames, rounded down.
    ///
    /// Fewer than 400 samples (one frame) are extended with zeros to 400, because
    /// the mirrored half frames at both ends would not fit otherwise.
    ///
    /// # Errors
    /// [`Empty`](AudioError::Empty), [`NotFinite`](AudioError::NotFinite),
    /// [`OutOfScale`](AudioError::OutOfScale). `out` is then unchanged.
    pub fn compute(&mut self, samples: &[f32], out: &mut Features) -> Result<(), AudioError> {
        self.compute_padded(samples, 0, out)
    }

    /// The same as if `pad` zeros followed the samples, without copying them:
    /// `(samples + pad) / 160` frames.
    ///
    /// # Errors
    /// As [`LogMel::compute`]; no samples at all are an error whatever the padding.
    pub fn compute_padded(
        &mut self,
        samples: &[f32],
        pad: usize,
        out: &mut Features,
    ) -> Result<(), AudioError> {
        if samples.is_empty() {
            return Err(AudioError::Empty);
        }
        check_samples(samples, 0)?;
        let len = samples.len().saturating_add(pad).max(N_FFT);
        let frames = len / HOP;
        out.frames = frames;
        out.data.clear();
        out.data.resize(frames * N_MELS, 0.0);

        let mut loudest = f32::MIN;
        for t in 0..frames {
            self.load_frame(samples, len, t * HOP);
            self.analyse();
            for (band, energy) in self.bank.apply(&self.power).enumerate() {
                let log = energy.max(FLOOR).log10();
                loudest = loudest.max(log);
                if let Some(cell) = out.data.get_mut(band * frames + t) {
                    *cell = log;
                }
            }
        }
        let least = loudest - RANGE;
        for value in &mut out.data {
            *value = (value.max(least) + 4.0) / 4.0;
        }
        Ok(())
    }

    /// Puts the windowed samples around `centre` into the frame, mirrored at 0 and
    /// at `len`, zero from the end of `samples` to `len`.
    fn load_frame(&mut self, samples: &[f32], len: usize, centre: usize) {
        let inside = centre
            .checked_sub(HALF)
            .and_then(|at| samples.get(at..at + N_FFT));
        match inside {
            Some(part) => {
                for ((x, w), s) in self.frame.iter_mut().zip(&self.window).zip(part) {
                    *x = w * s;
                }
            }
            None => {
                for (i, (x, w)) in self.frame.iter_mut().zip(&self.window).enumerate() {
                    let at = mirrored(centre + i, len);
                    *x = w * samples.get(at).copied().unwrap_or(0.0);
                }
            }
        }
    }

    fn analyse(&mut self) {
        let done =
            self.fft
                .process_with_scratch(&mut self.frame, &mut self.spectrum, &mut self.scratch);
        debug_assert!(done.is_ok(), "all lengths are the plan's own");
        for (p, c) in self.power.iter_mut().zip(&self.spectrum) {
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

    fn features(samples: &[f32], pad: usize) -> Features {
        let mut out = Features::default();
        LogMel::new()
            .compute_padded(samples, pad, &mut out)
            .unwrap();
        out
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
        assert_eq!(out.frames, 10);
        assert!(
            out.data.iter().all(|&x| (x + 1.5).abs() < 1e-6),
            "(−10 + 4) / 4"
        );
    }

    #[test]
    fn a_tone_is_loudest_in_its_band_and_8_powers_of_ten_is_the_range() {
        let tone: Vec<f32> = (0..16_000)
            .map(|i| (std::f32::consts::TAU * 1_000.0 / 16_000.0 * i as f32).sin())
            .collect();
        let out = features(&tone, 0);
        let at = |band: usize| out.data[band * out.frames + 50];
        let loudest = (0..N_MELS)
            .max_by(|&a, &b| at(a).total_cmp(&at(b)))
            .unwrap();
        // 1000 Hz is mel 15 of 45.25, so a third of the way up.
        assert!((25..=27).contains(&loudest), "{loudest}");
        let (low, high) = out
            .data
            .iter()
            .fold((f32::MAX, f32::MIN), |(l, h), &x| (l.min(x), h.max(x)));
        assert!(high - low <= 2.0 + 1e-6);
    }

    #[test]
    fn less_than_a_frame_is_extended_with_zeros() {
        let mut one_frame = vec![0.5; 100];
        one_frame.resize(N_FFT, 0.0);
        let out = features(&[0.5; 100], 0);
        assert_eq!(out.frames, 2);
        assert_eq!(out, features(&one_frame, 0));
        assert_eq!(features(&[0.5], 0).frames, 2);
    }

    #[test]
    fn unusable_samples_are_refused_and_the_output_kept() {
        let mut out = features(&[0.1; 800], 0);
        let before = out.clone();
        let mut log_mel = LogMel::new();
        for bad in [&[][..], &[f32::NAN], &[f32::INFINITY], &[f32::MAX]] {
            assert!(log_mel.compute_padded(bad, 800, &mut out).is_err());
            assert_eq!(out, before);
        }
    }

    #[test]
    fn a_reused_output_does_not_allocate_again() {
        let mut log_mel = LogMel::new();
        let mut out = Features::default();
        log_mel.compute(&[0.1; 16_000], &mut out).unwrap();
        let (at, capacity) = (out.data.as_ptr(), out.data.capacity());
        log_mel.compute(&[0.2; 8_000], &mut out).unwrap();
        assert_eq!((out.data.as_ptr(), out.data.capacity()), (at, capacity));
        assert_eq!(out.frames, 50);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn finite_samples_give_finite_features_of_the_right_shape(
            samples in prop::collection::vec(any::<f32>().prop_filter("finite", |x| x.is_finite()), 1..2_000),
            pad in 0usize..1_000,
        ) {
            // Anything finite, brought into scale, and as it is.
            let mut out = Features::default();
            let mut log_mel = LogMel::new();
            let in_scale = samples.iter().all(|s| s.abs() <= crate::PEAK_LIMIT);
            prop_assert_eq!(log_mel.compute_padded(&samples, pad, &mut out).is_ok(), in_scale);
            let scaled: Vec<f32> = samples.iter().map(|s| s % 16.0).collect();
            log_mel.compute_padded(&scaled, pad, &mut out).unwrap();
            prop_assert_eq!(out.frames, (samples.len() + pad).max(N_FFT) / HOP);
            prop_assert_eq!(out.data.len(), out.frames * N_MELS);
            prop_assert!(out.data.iter().all(|x| x.is_finite()));
        }
    }
}
