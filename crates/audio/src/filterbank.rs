//! The mel filter bank of Whisper, computed instead of stored.
//!
//! Triangles on the mel scale of Slaney's Auditory Toolbox (1998): linear below
//! 1000 Hz, logarithmic above, each triangle scaled to unit area in Hz. The same
//! numbers as `librosa.filters.mel(sr=16000, n_fft=400, n_mels=80)`, from which
//! Whisper's own table was made.

/// Hz per mel in the linear part: 200/3.
const HZ_PER_MEL: f64 = 200.0 / 3.0;
/// Where the logarithmic part begins, in Hz.
const BREAK_HZ: f64 = 1000.0;
/// The same in mel.
const BREAK_MEL: f64 = BREAK_HZ / HZ_PER_MEL;
/// Mels by which 1000 Hz becomes 6400 Hz.
const LOG_MELS: f64 = 27.0;

fn hz_to_mel(hz: f64) -> f64 {
    if hz < BREAK_HZ {
        hz / HZ_PER_MEL
    } else {
        BREAK_MEL + (hz / BREAK_HZ).ln() / (6.4f64.ln() / LOG_MELS)
    }
}

fn mel_to_hz(mel: f64) -> f64 {
    if mel < BREAK_MEL {
        mel * HZ_PER_MEL
    } else {
        BREAK_HZ * ((mel - BREAK_MEL) * (6.4f64.ln() / LOG_MELS)).exp()
    }
}

/// One triangle: its weights from bin `first` on. All others are zero.
#[derive(Debug)]
struct Triangle {
    first: usize,
    weights: Vec<f32>,
}

/// Triangular filters over the bins of a power spectrum, only the nonzero part.
#[derive(Debug)]
pub(crate) struct FilterBank {
    triangles: Vec<Triangle>,
}

impl FilterBank {
    /// `bands` triangles from 0 Hz to half of `rate`, for a DFT of `n_fft` points.
    pub(crate) fn new(rate: u32, n_fft: usize, bands: usize) -> Self {
        let bin_hz = f64::from(rate) / n_fft as f64;
        let top = hz_to_mel(f64::from(rate) / 2.0);
        let edge = |i: usize| mel_to_hz(top * i as f64 / (bands + 1) as f64);
        let triangles = (0..bands)
            .map(|band| {
                let (low, mid, high) = (edge(band), edge(band + 1), edge(band + 2));
                let area = 2.0 / (high - low);
                let weight = |bin: usize| {
                    let hz = bin as f64 * bin_hz;
                    let rise = (hz - low) / (mid - low);
                    let fall = (high - hz) / (high - mid);
                    (rise.min(fall).max(0.0) * area) as f32
                };
                let bins = n_fft / 2 + 1;
                let first = (0..bins).find(|&b| weight(b) > 0.0).unwrap_or(0);
                let weights = (first..bins).map(weight).take_while(|&w| w > 0.0).collect();
                Triangle { first, weights }
            })
            .collect();
        Self { triangles }
    }

    /// The energy in each band of a power spectrum, in order.
    pub(crate) fn apply<'a>(&'a self, power: &'a [f32]) -> impl Iterator<Item = f32> + 'a {
        self.triangles.iter().map(|triangle| {
            let bins = power.iter().skip(triangle.first);
            triangle.weights.iter().zip(bins).map(|(w, p)| w * p).sum()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_bends_at_1000_hz_and_inverts() {
        assert!((hz_to_mel(500.0) - 7.5).abs() < 1e-12);
        assert!((hz_to_mel(6400.0) - 42.0).abs() < 1e-12);
        for hz in [0.0, 60.0, 999.0, 1000.0, 1001.0, 7999.0] {
            assert!((mel_to_hz(hz_to_mel(hz)) - hz).abs() < 1e-9);
        }
    }

    #[test]
    fn every_band_hears_something() {
        let bank = FilterBank::new(16_000, 400, 80);
        assert_eq!(bank.triangles.len(), 80);
        let flat = [1.0; 201];
        for (band, energy) in bank.apply(&flat).enumerate() {
            // Unit area in Hz, sampled every 40 Hz.
            assert!((0.01..0.04).contains(&energy), "band {band}: {energy}");
        }
    }

    #[test]
    fn a_tone_excites_only_its_neighbourhood() {
        let bank = FilterBank::new(16_000, 400, 80);
        let mut power = [0.0; 201];
        power[100] = 1.0; // 4000 Hz
        let excited: Vec<_> = bank
            .apply(&power)
            .enumerate()
            .filter(|(_, e)| *e > 0.0)
            .map(|(b, _)| b)
            .collect();
        assert!(excited.len() <= 2, "{excited:?}");
        let mel = (hz_to_mel(4000.0) / hz_to_mel(8000.0) * 81.0) as usize;
        assert!(
            excited.iter().all(|&b| b.abs_diff(mel) <= 1),
            "{excited:?}, expected {mel}"
        );
    }
}
