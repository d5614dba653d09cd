//! Any accepted rate to 16 kHz.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler};

use crate::limits::PEAK_LIMIT;
use crate::{AudioError, SAMPLE_RATE};

/// Least block of the resampler, in samples of the slower side. The block is
/// also the length of its anti-aliasing filter: at 512 the pass band reaches
/// beyond 7 kHz of the 8 kHz that 16 kHz audio can hold.
const BLOCK: usize = 512;

/// Resamples mono samples at `rate` Hz to `round(n · 16000 / rate)` samples, at
/// least one, that line up with the input.
pub(crate) fn to_16k(mono: Vec<f32>, rate: u32) -> Result<Vec<f32>, AudioError> {
    if rate == SAMPLE_RATE || mono.is_empty() {
        return Ok(mono);
    }
    let fail = |detail: String| AudioError::Resample { hz: rate, detail };
    let input = InterleavedSlice::new(&mono, 1, mono.len()).map_err(|e| fail(e.to_string()))?;
    let mut output = resampler(rate)?
        .process_all(&input, mono.len(), None)
        .map_err(|e| fail(e.to_string()))?
        .take_data();

    output.resize(resampled_len(mono.len() as u64, rate) as usize, 0.0);
    // The filter rings: next to a full-scale edge it overshoots by a few percent.
    for sample in &mut output {
        *sample = sample.clamp(-PEAK_LIMIT, PEAK_LIMIT);
    }
    Ok(output)
}

/// A resampler from `rate` Hz that works on blocks of [`block`] samples.
pub(crate) fn resampler(rate: u32) -> Result<Fft<f32>, AudioError> {
    let (from, to) = (rate as usize, SAMPLE_RATE as usize);
    Fft::new(from, to, block(rate), 1, FixedSync::Both).map_err(|e| AudioError::Resample {
        hz: rate,
        detail: e.to_string(),
    })
}

/// Samples at `rate` Hz that are resampled at once.
pub(crate) fn block(rate: u32) -> usize {
    let (from, to) = (rate as usize, SAMPLE_RATE as usize);
    let wanted = if from > to { BLOCK * from / to } else { BLOCK };
    // An even number of the smallest possible blocks: the filter's delay, half a
    // block, is then a whole number of samples on both sides and is removed exactly.
    let smallest = from / gcd(from, to);
    wanted.div_ceil(smallest).next_multiple_of(2) * smallest
}

/// How many samples `n` of them at `rate` Hz become: the nearest number, at least one.
pub(crate) fn resampled_len(n: u64, rate: u32) -> u64 {
    let (from, to) = (u64::from(rate), u64::from(SAMPLE_RATE));
    ((n * to * 2 + from) / (2 * from)).max(1)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use proptest::prelude::*;

    use super::*;

    fn sine(rate: u32, hz: f64, seconds: f64) -> Vec<f32> {
        let n = (f64::from(rate) * seconds) as usize;
        (0..n)
            .map(|i| (0.5 * (TAU * hz * i as f64 / f64::from(rate)).sin()) as f32)
            .collect()
    }

    /// Largest difference from the same sine made at 16 kHz, away from the ends.
    fn worst_error(rate: u32, hz: f64) -> f32 {
        let got = to_16k(sine(rate, hz, 0.5), rate).unwrap();
        let want = sine(SAMPLE_RATE, hz, 0.5);
        assert!(
            got.len().abs_diff(want.len()) <= 1,
            "{} for {}",
            got.len(),
            want.len()
        );
        let inner = 2_000..6_000;
        got[inner.clone()]
            .iter()
            .zip(&want[inner])
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f32::max)
    }

    #[test]
    fn common_rates_keep_frequency_amplitude_and_time() {
        for rate in [
            8_000, 11_025, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000,
        ] {
            for hz in [100.0, 440.0, 1_000.0, 3_000.0] {
                let error = worst_error(rate, hz);
                // A tenth of a sample's delay would be 0.5 · 2π · hz / 160000: 2e-3 at 100 Hz.
                assert!(error < 1e-3, "{rate} Hz, sine of {hz} Hz: {error}");
            }
        }
    }

    #[test]
    fn what_16_khz_cannot_hold_is_filtered_out() {
        let got = to_16k(sine(48_000, 11_000.0, 0.5), 48_000).unwrap();
        let peak = got[1_000..7_000].iter().fold(0.0f32, |m, s| m.max(s.abs()));
        assert!(peak < 1e-3, "alias of {peak}");
    }

    #[test]
    fn the_pass_band_is_flat_to_7_khz() {
        let got = to_16k(sine(48_000, 7_000.0, 0.5), 48_000).unwrap();
        let peak = got[1_000..7_000].iter().fold(0.0f32, |m, s| m.max(s.abs()));
        assert!((peak - 0.5).abs() < 0.01, "{peak}");
    }

    #[test]
    fn one_sample_and_tiny_inputs_survive() {
        for rate in [8_000, 44_100, 191_999] {
            for n in [1, 2, 7, 100] {
                let want = ((n as f64 * 16_000.0 / f64::from(rate)).round() as usize).max(1);
                assert_eq!(to_16k(vec![0.25; n], rate).unwrap().len(), want);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_rate_keeps_a_sine(rate in 8_000u32..=192_000, hz in 80.0f64..3_000.0) {
            let error = worst_error(rate, hz);
            prop_assert!(error < 2e-3, "{error}");
        }

        #[test]
        fn the_length_is_the_rounded_one(rate in 8_000u32..=192_000, n in 1usize..20_000) {
            let want = ((n as f64 * 16_000.0 / f64::from(rate)).round() as usize).max(1);
            let got = to_16k(vec![0.1; n], rate).unwrap();
            prop_assert_eq!(got.len(), want);
            prop_assert!(got.iter().all(|s| s.is_finite()));
        }
    }
}
