//! Noise mixed into recordings as Picovoice's speech-to-intent benchmark does, so that figures can
//! be compared with the published ones.

use zahlwort::Utterance;

/// Length in samples of the frames whose power is compared.
const FRAME: usize = 2048;
/// Peak of the mix.
const PEAK: f32 = 0.5;

/// A recording of noise, mono at 16 kHz.
pub struct Noise {
    samples: Vec<f32>,
}

impl Noise {
    /// Takes a recording; an error if it is silent.
    pub fn new(utterance: &Utterance) -> Result<Self, String> {
        if utterance.samples().iter().all(|s| *s == 0.0) {
            return Err("the noise is silent; give a recording with sound in it".to_owned());
        }
        Ok(Self {
            samples: utterance.samples().to_vec(),
        })
    }

    /// The speech with a random piece of the noise at this signal-to-noise ratio, normalised to
    /// half scale. Noise shorter than the speech repeats.
    pub fn mix(&self, speech: &[f32], snr_db: f64, random: &mut Random) -> Vec<f32> {
        let starts = self.samples.len().saturating_sub(speech.len()) + 1;
        let start = random.below(starts);
        let noise: Vec<f32> = self
            .samples
            .iter()
            .cycle()
            .skip(start)
            .take(speech.len())
            .copied()
            .collect();
        let noise_power = max_power(&noise);
        // A silent piece of noise stays silent however loud it is made.
        let scale = match noise_power > 0.0 {
            true => (max_power(speech) / (noise_power * 10f64.powf(snr_db / 10.0))).sqrt() as f32,
            false => 0.0,
        };
        let mut mixed: Vec<f32> = speech
            .iter()
            .zip(&noise)
            .map(|(s, n)| s + scale * n)
            .collect();
        let peak = mixed.iter().fold(0.0f32, |peak, s| peak.max(s.abs()));
        if peak > 0.0 {
            mixed.iter_mut().for_each(|s| *s *= PEAK / peak);
        }
        mixed
    }
}

/// The largest mean power of any whole frame; of all samples if they fill no frame.
fn max_power(samples: &[f32]) -> f64 {
    let mean = |frame: &[f32]| {
        frame.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / frame.len().max(1) as f64
    };
    if samples.len() < FRAME {
        return mean(samples);
    }
    samples.chunks_exact(FRAME).map(mean).fold(0.0, f64::max)
}

/// Random numbers by splitmix64 (Steele, Lea and Flood 2014): the same seed, the same places.
pub struct Random {
    state: u64,
}

impl Random {
    /// A generator for one recording of a run, so that every ratio gets the same piece of noise and
    /// leaving recordings out changes nothing for the others.
    pub fn new(seed: u64, recording: usize) -> Self {
        let mut mixer = Self { state: seed };
        let seed = mixer.next();
        Self {
            state: seed ^ (recording as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15),
        }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        // The modulo's bias is below one in 10^12 for any recording's length.
        (self.next() % n.max(1) as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zahlwort::Limits;

    fn tone(len: usize, period: f32, amplitude: f32) -> Vec<f32> {
        (0..len)
            .map(|i| amplitude * (i as f32 * std::f32::consts::TAU / period).sin())
            .collect()
    }

    fn noise(samples: Vec<f32>) -> Noise {
        Noise::new(&Utterance::from_16k(samples, &Limits::default()).unwrap()).unwrap()
    }

    #[test]
    fn the_mix_has_the_ratio_and_the_peak_asked_for() {
        // Tones of different periods are orthogonal over many periods, so powers can be told apart.
        let speech = tone(16_384, 64.0, 0.3);
        let noise = noise(tone(32_768, 16.0, 0.01));
        for snr in [-3.0, 0.0, 6.0, 24.0] {
            let mixed = noise.mix(&speech, snr, &mut Random::new(1, 0));
            let peak = mixed.iter().fold(0.0f32, |p, s| p.max(s.abs()));
            assert!((peak - 0.5).abs() < 1e-6);
            let dot =
                |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum::<f64>();
            let gain = dot(&mixed, &speech) / dot(&speech, &speech);
            let rest: Vec<f32> = mixed
                .iter()
                .zip(&speech)
                .map(|(m, s)| m - gain as f32 * s)
                .collect();
            let ratio = gain * gain * dot(&speech, &speech) / dot(&rest, &rest);
            assert!(
                (10.0 * ratio.log10() - snr).abs() < 0.05,
                "{snr} dB came out as {}",
                10.0 * ratio.log10()
            );
        }
    }

    #[test]
    fn the_same_seed_cuts_the_same_noise_and_another_does_not() {
        let samples: Vec<f32> = (0..50_000)
            .map(|i| ((i * 7919) % 1000) as f32 / 1000.0 - 0.5)
            .collect();
        let noise = noise(samples);
        let speech = tone(4_000, 50.0, 0.5);
        let mix = |seed, recording| noise.mix(&speech, 6.0, &mut Random::new(seed, recording));
        assert_eq!(mix(1, 3), mix(1, 3));
        assert_ne!(mix(1, 3), mix(2, 3));
        assert_ne!(mix(1, 3), mix(1, 4));
    }

    #[test]
    fn short_noise_repeats_and_silence_is_refused() {
        let noise_of_100 = noise(tone(100, 20.0, 0.5));
        let mixed = noise_of_100.mix(&tone(5_000, 64.0, 0.5), 0.0, &mut Random::new(1, 0));
        assert_eq!(mixed.len(), 5_000);
        let silence = Utterance::from_16k(vec![0.0; 100], &Limits::default()).unwrap();
        assert!(Noise::new(&silence).is_err());
    }
}
