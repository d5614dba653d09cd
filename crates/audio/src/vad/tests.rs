use std::f64::consts::TAU;

use super::*;
use crate::Limits;

const DBFS: [i32; 4] = [-70, -60, -50, -40];

fn utterance(samples: &[f32]) -> Utterance {
    Utterance::from_16k(samples.to_vec(), &Limits::default()).unwrap()
}

fn trimmed(samples: &[f32]) -> Option<Range<usize>> {
    trim(&utterance(samples), &VadConfig::default())
}

/// Noise of −1…1.
fn white(len: usize, seed: u64) -> Vec<f32> {
    let mut random = fastrand::Rng::with_seed(seed);
    (0..len).map(|_| 2.0 * random.f32() - 1.0).collect()
}

/// White noise through a leaky integrator: falls by 6 dB an octave above the corner.
fn brown(len: usize, state: u64) -> Vec<f32> {
    let mut last = 0.0;
    white(len, state)
        .into_iter()
        .map(|x| {
            last = 0.98 * last + x;
            last
        })
        .collect()
}

fn hum(len: usize, hz: f64) -> Vec<f32> {
    (0..len)
        .map(|i| {
            (1..9)
                .map(|h| (TAU * hz * f64::from(h) * i as f64 / 16_000.0).sin() / f64::from(h))
                .sum::<f64>() as f32
        })
        .collect()
}

fn at_dbfs(mut samples: Vec<f32>, db: i32) -> Vec<f32> {
    let rms = (samples.iter().map(|s| s * s).sum::<f32>() / samples.len() as f32).sqrt();
    let gain = 10f32.powf(db as f32 / 20.0) / rms.max(1e-9);
    samples.iter_mut().for_each(|s| *s *= gain);
    samples
}

/// Syllables of 200 ms at a gliding pitch through two formants, 60 ms apart.
fn babble(len: usize) -> Vec<f32> {
    let (mut phase, mut one, mut two) = (0.0f32, [0.0f32; 2], [0.0f32; 2]);
    (0..len)
        .map(|i| {
            phase += (140.0 - 30.0 * (i as f32 / len as f32)) / 16_000.0;
            let pulse = if phase >= 1.0 { 1.0 } else { 0.0 };
            phase %= 1.0;
            let syllable = i % 4_160;
            let gate = if syllable < 3_200 {
                (syllable as f32 / 3_200.0 * std::f32::consts::PI).sin()
            } else {
                0.0
            };
            let y = pulse * gate + 1.86 * one[0] - 0.94 * one[1];
            one = [y, one[0]];
            let z = y + 1.4 * two[0] - 0.9 * two[1];
            two = [z, two[0]];
            z
        })
        .collect()
}

fn add(mut a: Vec<f32>, b: &[f32], at: usize) -> Vec<f32> {
    for (x, y) in a[at..].iter_mut().zip(b) {
        *x += y;
    }
    a
}

#[test]
fn an_empty_room_is_no_speech() {
    for len in [1, 100, 8_000, 48_000, 400_000] {
        assert_eq!(trimmed(&vec![0.0; len]), None);
        for db in DBFS {
            for seed in 1..4 {
                assert_eq!(
                    trimmed(&at_dbfs(white(len, seed), db)),
                    None,
                    "white, {len}, {db} dB"
                );
            }
            if len >= 8_000 {
                assert_eq!(
                    trimmed(&at_dbfs(brown(len, 9), db)),
                    None,
                    "brown, {len}, {db} dB"
                );
                for hz in [50.0, 60.0] {
                    let room = add(
                        at_dbfs(hum(len, hz), db),
                        &at_dbfs(white(len, 5), db - 15),
                        0,
                    );
                    assert_eq!(trimmed(&room), None, "hum, {len}, {db} dB");
                }
            }
        }
    }
}

#[test]
fn a_click_in_a_quiet_room_is_no_speech() {
    let mut room = at_dbfs(white(48_000, 2), -65);
    for (i, s) in room[20_000..20_080].iter_mut().enumerate() {
        *s += 0.5 * (-(i as f32) / 15.0).exp() * if i % 2 == 0 { 1.0 } else { -1.0 };
    }
    assert_eq!(trimmed(&room), None);
}

#[test]
fn digital_silence_before_the_room_is_no_speech() {
    let room = add(vec![0.0; 48_000], &at_dbfs(white(32_000, 4), -50), 16_000);
    assert_eq!(trimmed(&room), None);
}

#[test]
fn silence_around_speech_is_removed_and_the_margins_are_kept() {
    let speech = at_dbfs(babble(16_000), -25);
    for noise_db in [-70, -55, -45] {
        let room = add(at_dbfs(white(160_000, 3), noise_db), &speech, 64_000);
        let range = trimmed(&room).unwrap();
        // 200 ms before and 300 ms after are promised.
        assert!(
            range.start <= 64_000 - 3_200 && range.start >= 64_000 - 6_400,
            "{range:?}"
        );
        assert!(
            range.end >= 80_000 - 960 + 4_800 && range.end <= 80_000 + 9_600,
            "{range:?}"
        );
    }
}

#[test]
fn speech_six_decibels_above_the_noise_is_kept_whole() {
    let speech = at_dbfs(babble(32_000), -30);
    for (name, noise) in [("white", white(64_000, 8)), ("brown", brown(64_000, 8))] {
        let range = trimmed(&add(at_dbfs(noise, -36), &speech, 16_000)).expect(name);
        assert!(
            range.start <= 16_000 && range.end >= 48_000 - 960,
            "{name}: {range:?}"
        );
    }
}

#[test]
fn a_pause_within_speech_is_kept() {
    let speech = at_dbfs(babble(16_000), -25);
    let room = add(at_dbfs(white(96_000, 3), -60), &speech, 16_000);
    let range = trimmed(&add(room, &speech, 64_000)).unwrap();
    assert!(range.start <= 16_000 && range.end >= 79_000, "{range:?}");
}

#[test]
fn speech_without_any_silence_is_speech() {
    for len in [4_160, 8_000, 48_000] {
        let range = trimmed(&at_dbfs(babble(len), -25)).unwrap();
        assert_eq!(range.start, 0);
        assert!(range.end >= len - 960, "{len}: {range:?}");
    }
}

#[test]
fn a_stream_finds_the_same_speech() {
    let speech = at_dbfs(babble(16_000), -25);
    let room = add(at_dbfs(white(96_000, 3), -50), &speech, 48_000);
    let mut vad = Vad::new(VadConfig::default());
    let voiced: Vec<usize> = room
        .as_chunks::<FRAME>()
        .0
        .iter()
        .enumerate()
        .filter(|(_, hop)| vad.push_frame(hop).voiced)
        .map(|(at, _)| at)
        .collect();
    assert!(voiced.len() > 40, "{}", voiced.len());
    assert!(
        voiced.iter().all(|at| (300..410).contains(at)),
        "{voiced:?}"
    );
}

#[test]
fn a_stream_gets_used_to_loud_noise() {
    let mut vad = Vad::new(VadConfig::default());
    let noise = at_dbfs(white(96_000, 3), -30);
    let active: Vec<bool> = noise
        .as_chunks::<FRAME>()
        .0
        .iter()
        .map(|hop| vad.push_frame(hop).active)
        .collect();
    assert!(active[10], "nothing is known yet, so it may be speech");
    assert!(
        active[230..].iter().all(|a| !a),
        "after two seconds it is noise"
    );
    vad.reset();
    assert!(
        noise
            .as_chunks::<FRAME>()
            .0
            .iter()
            .take(20)
            .any(|hop| vad.push_frame(hop).active)
    );
}

#[test]
fn a_stream_survives_what_are_no_samples() {
    let mut vad = Vad::new(VadConfig::default());
    for bad in [f32::NAN, f32::INFINITY, f32::MAX, f32::MIN_POSITIVE, -0.0] {
        let frame = vad.push_frame(&[bad; FRAME]);
        assert!(frame.excess.is_finite() && frame.periodicity.is_finite());
    }
}
