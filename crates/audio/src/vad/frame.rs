//! What is measured of every 10 ms: energy in bands, and periodicity.

use std::f32::consts::TAU;
use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};

/// Samples from one frame to the next: 10 ms at 16 kHz.
pub const FRAME: usize = 160;

/// Bands in which energy is compared with the noise.
pub(super) const BANDS: usize = 10;
/// Edges of the bands in Hz. Below 100 Hz is mains hum and rumble, above 7 kHz
/// telephone and Bluetooth microphones have nothing.
const EDGES_HZ: [f32; BANDS + 1] = [
    100.0, 300.0, 500.0, 800.0, 1200.0, 1700.0, 2400.0, 3200.0, 4200.0, 5500.0, 7000.0,
];

/// Samples under the analysis window: 32 ms hold two periods of a low voice.
const WINDOW: usize = 512;
/// Length of the transform: twice the window, so that its power spectrum gives
/// the autocorrelation without wrapping around.
const N_FFT: usize = 2 * WINDOW;
const BIN_HZ: f32 = 16_000.0 / N_FFT as f32;

/// The autocorrelation is taken of 80–1000 Hz, where voices have their strongest
/// harmonics, sampled at 4 kHz.
const LAG_FFT: usize = N_FFT / 4;
const PITCH_BINS: std::ops::RangeInclusive<usize> = 6..=64;
/// Lags of 70–400 Hz, in samples at 4 kHz.
const LAGS: std::ops::RangeInclusive<usize> = 10..=57;

/// Frames over which band energies are averaged: single frames of noise vary too
/// much to be told from speech.
const SMOOTH: usize = 5;

/// Measurements of one frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measured {
    /// Mean square in each band over the last 50 ms; full-scale noise sums up to
    /// about 1.
    pub bands: [f32; BANDS],
    /// Highest autocorrelation at a voice's pitch, 0 for noise to 1 for a tone.
    pub periodicity: f32,
}

/// Turns hops of 10 ms into [`Measured`]. All buffers are made once.
pub(super) struct Analyser {
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    window: Vec<f32>,
    /// Autocorrelation of the window at each lag, relative to lag 0.
    window_lags: Vec<f32>,
    history: Vec<f32>,
    time: Vec<f32>,
    spectrum: Vec<Complex<f32>>,
    lag_spectrum: Vec<Complex<f32>>,
    lags: Vec<f32>,
    scratch: Vec<Complex<f32>>,
    lag_scratch: Vec<Complex<f32>>,
    recent: [[f32; BANDS]; SMOOTH],
    pushed: usize,
    scale: f32,
}

impl Analyser {
    pub fn new() -> Self {
        let mut planner = RealFftPlanner::new();
        let forward = planner.plan_fft_forward(N_FFT);
        let inverse = planner.plan_fft_inverse(LAG_FFT);
        let window: Vec<f32> = (0..WINDOW)
            .map(|i| 0.5 - 0.5 * (TAU * (i as f32 + 0.5) / WINDOW as f32).cos())
            .collect();
        let energy: f32 = window.iter().map(|w| w * w).sum();
        let window_lags = (0..=*LAGS.end())
            .map(|lag| {
                let shifted = window.iter().skip(4 * lag);
                window.iter().zip(shifted).map(|(a, b)| a * b).sum::<f32>() / energy
            })
            .collect();
        Self {
            window_lags,
            history: vec![0.0; WINDOW],
            time: forward.make_input_vec(),
            spectrum: forward.make_output_vec(),
            lag_spectrum: inverse.make_input_vec(),
            lags: inverse.make_output_vec(),
            scratch: forward.make_scratch_vec(),
            lag_scratch: inverse.make_scratch_vec(),
            recent: [[0.0; BANDS]; SMOOTH],
            pushed: 0,
            // Both halves of the spectrum, Parseval's 1/N, and the window's energy.
            scale: 2.0 / (N_FFT as f32 * energy),
            window,
            forward,
            inverse,
        }
    }

    /// Frames until neither the window nor the average holds the zeros of the start.
    pub fn run_in(&self) -> usize {
        WINDOW.div_ceil(FRAME) + SMOOTH
    }

    /// Whether the last frame was measured on nothing but what was pushed.
    pub fn is_warm(&self) -> bool {
        self.pushed > self.run_in()
    }

    pub fn reset(&mut self) {
        self.history.fill(0.0);
        self.recent = [[0.0; BANDS]; SMOOTH];
        self.pushed = 0;
    }

    /// Takes the next 160 samples; fewer are extended with zeros.
    pub fn push(&mut self, hop: &[f32]) -> Measured {
        self.history.copy_within(FRAME.., 0);
        let fresh = self.history.iter_mut().skip(WINDOW - FRAME);
        for (x, s) in fresh.zip(hop.iter().chain(std::iter::repeat(&0.0))) {
            *x = *s;
        }
        self.time.fill(0.0);
        for ((x, w), s) in self.time.iter_mut().zip(&self.window).zip(&self.history) {
            *x = w * s;
        }
        let done = self.forward.process_with_scratch(
            &mut self.time,
            &mut self.spectrum,
            &mut self.scratch,
        );
        debug_assert!(done.is_ok(), "all lengths are the plan's own");

        let bands = self.bands();
        self.recent[self.pushed % SMOOTH] = bands;
        self.pushed += 1;
        let filled = self.pushed.min(SMOOTH);
        let mut mean = [0.0; BANDS];
        for frame in self.recent.iter().take(filled) {
            for (m, b) in mean.iter_mut().zip(frame) {
                *m += b / filled as f32;
            }
        }
        Measured {
            bands: mean,
            periodicity: self.periodicity(),
        }
    }

    fn bands(&self) -> [f32; BANDS] {
        std::array::from_fn(|band| {
            let edge = |i: usize| (EDGES_HZ[i] / BIN_HZ).round() as usize;
            let bins = self.spectrum.iter().take(edge(band + 1)).skip(edge(band));
            bins.map(Complex::norm_sqr).sum::<f32>() * self.scale
        })
    }

    /// Boersma's estimate (1993): the autocorrelation of the windowed signal over
    /// that of the window, at its highest local maximum among a voice's lags.
    fn periodicity(&mut self) -> f32 {
        for (bin, out) in self.lag_spectrum.iter_mut().enumerate() {
            let power = match self.spectrum.get(bin) {
                Some(c) if PITCH_BINS.contains(&bin) => c.norm_sqr(),
                _ => 0.0,
            };
            *out = Complex::new(power, 0.0);
        }
        let done = self.inverse.process_with_scratch(
            &mut self.lag_spectrum,
            &mut self.lags,
            &mut self.lag_scratch,
        );
        debug_assert!(done.is_ok(), "all lengths are the plan's own");
        let total = self.lags.first().copied().unwrap_or(0.0);
        if total <= f32::MIN_POSITIVE {
            return 0.0;
        }
        let at = |lag: usize| match (self.lags.get(lag), self.window_lags.get(lag)) {
            (Some(r), Some(w)) => r / (total * w),
            _ => 0.0,
        };
        LAGS.skip(1)
            .take_while(|lag| lag < LAGS.end())
            .filter(|&lag| at(lag) >= at(lag - 1) && at(lag) >= at(lag + 1))
            .map(at)
            .fold(0.0, f32::max)
            .min(1.0)
    }
}
