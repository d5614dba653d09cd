//! The features agree with an independent reference, see
//! `models/training/zahlwort_training/golden/log_mel.py`. The signals are made here again by the
//! recipe in that script, so only the expected features are stored.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use zahlwort_audio::{LogMel, N_MELS};

/// Uniform noise in −1…1: Knuth's MMIX generator, its upper 24 bits.
fn lcg(count: usize, mut state: u64) -> Vec<f64> {
    (0..count)
        .map(|_| {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (state >> 40) as f64 / 8_388_608.0 - 1.0
        })
        .collect()
}

fn chirp(count: usize, first_hz: f64, last_hz: f64) -> Vec<f64> {
    let turn = |hz: f64| (hz / 16_000.0 * 4_294_967_296.0) as i64;
    let (first, last) = (turn(first_hz), turn(last_hz));
    let mut phase = 0u32;
    (0..count as i64)
        .map(|n| {
            let turn = f64::from(phase) / 4_294_967_296.0;
            phase = phase.wrapping_add((first + (last - first) * n / count as i64) as u32);
            let half = if turn < 0.5 { turn } else { turn - 0.5 };
            let wave = 16.0 * half * (0.5 - half);
            if turn < 0.5 { wave } else { -wave }
        })
        .collect()
}

fn two_pole(x: &[f64], radius: f64, cosine: f64) -> Vec<f64> {
    let (mut last, mut before) = (0.0, 0.0);
    x.iter()
        .map(|x| {
            let y = x + 2.0 * radius * cosine * last - radius * radius * before;
            (before, last) = (last, y);
            y
        })
        .collect()
}

fn speech_like(count: usize) -> Vec<f64> {
    let mut left = 0;
    let pulses: Vec<f64> = (0..count)
        .map(|i| {
            let pulse = if left == 0 {
                left = 100 + i / 200;
                1.0
            } else {
                0.0
            };
            left -= 1;
            pulse
        })
        .collect();
    let voice = two_pole(&two_pole(&pulses, 0.97, 0.96), 0.95, 0.75);
    let gate = |i: usize| if i % 4000 < 3040 { 1.0 } else { 0.0 };
    voice
        .iter()
        .zip(lcg(count, 7))
        .enumerate()
        .map(|(i, (v, n))| 0.01 * v * gate(i) + 0.001 * n)
        .collect()
}

fn scaled(scale: f64, samples: Vec<f64>) -> Vec<f64> {
    samples.iter().map(|s| scale * s).collect()
}

fn agrees(name: &str, signal: Vec<f64>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(format!("{name}.bin"));
    let bytes = std::fs::read(&path).unwrap();
    let word = |i: usize| u32::from_le_bytes(bytes[4 * i..4 * i + 4].try_into().unwrap());
    let (count, pad, frames) = (word(0) as usize, word(1) as usize, word(2) as usize);
    let expected: Vec<f32> = bytes[12..]
        .chunks_exact(4)
        .map(|b| f32::from_le_bytes(b.try_into().unwrap()))
        .collect();
    assert_eq!(expected.len(), frames * N_MELS);

    let samples: Vec<f32> = signal.iter().map(|&s| s as f32).collect();
    assert_eq!(samples.len(), count, "the recipe has changed");
    let features = LogMel::new().compute_padded(&samples, pad).unwrap();
    assert_eq!(features.dim(), (frames, N_MELS));
    // The file has them band by band.
    let worst = features
        .t()
        .iter()
        .zip(&expected)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f32::max);
    println!("{name}: differs by at most {worst:e}");
    assert!(worst < 1e-4, "{name} differs by {worst:e}");
}

#[test]
fn a_chirp_through_all_bands() {
    agrees("chirp", scaled(0.8, chirp(16_000, 50.0, 7_900.0)));
}

#[test]
fn white_noise() {
    agrees("noise", scaled(0.3, lcg(8_123, 1)));
}

#[test]
fn noise_at_the_floor_of_16_bit() {
    agrees("faint_noise", scaled(0.0001, lcg(4_800, 5)));
}

#[test]
fn pulses_through_resonances() {
    agrees("speech_like", speech_like(24_000));
}

#[test]
fn a_quarter_second_of_padding() {
    agrees("padded", speech_like(6_000));
}

#[test]
fn digital_silence_before_noise() {
    let mut signal = vec![0.0; 4_000];
    signal.extend(scaled(0.25, lcg(4_000, 3)));
    agrees("onset", signal);
}

#[test]
fn exactly_one_frame() {
    agrees("one_frame", scaled(0.5, lcg(400, 9)));
}
