//! Where somebody speaks: by energy above the noise in many bands, and by the
//! periodicity of voices.
//!
//! Every 10 ms, the energy in ten bands (100–7000 Hz, averaged over 50 ms) is
//! compared with the noise floor in the same band. Stationary noise of any level
//! and colour stays near its own floor in all of them, speech rises far above in
//! several. A frame is *active* if the mean excess is clear, and *voiced* if it also
//! repeats at a voice's pitch. Active frames tell where speech is, voiced frames
//! that it is speech: a click is active, but not voiced.
//!
//! [`trim`] sees a whole utterance and takes the floor from all of it; [`Vad`] sees one frame after the other
//! and tracks the floor by its minima. Both prefer to keep noise over cutting speech: noise that is kept costs
//! milliseconds, speech that is cut off costs the command.

mod endpoint;
mod floor;
mod frame;

use std::ops::Range;
use std::time::Duration;

use crate::{SAMPLE_RATE, Utterance};
pub use endpoint::{Endpointer, Phase};
use floor::{FloorTracker, floor_of};
pub use frame::FRAME;
use frame::{Analyser, BANDS, Measured};

/// Excess in dB below which nothing counts: stationary noise reaches it now and then.
const IGNORED_DB: f32 = 4.0;
/// Excess in dB beyond which a band adds no more, so that one loud band is no proof.
const FULL_DB: f32 = 12.0;

/// When a frame counts as speech, and how much is kept around it.
#[derive(Debug, Clone, PartialEq)]
pub struct VadConfig {
    /// Mean excess over the noise floor from which a frame is active. Stationary
    /// noise, white, pink or brown, was not seen to reach 0.2.
    pub active: f32,
    /// Excess from which an active frame is strong enough to be evidence.
    pub strong: f32,
    /// Periodicity, 0 to 1, from which a strong frame is voiced. White noise rarely
    /// reaches 0.6, vowels lie above 0.8.
    pub voiced: f32,
    /// Least voiced time in all: below it, there is no speech.
    pub min_voiced: Duration,
    /// Least strong time without voice that is kept all the same: whispering.
    pub min_unvoiced: Duration,
    /// Active frames closer than this belong together.
    pub join: Duration,
    /// Kept before the first active frame.
    pub margin_before: Duration,
    /// Kept after the last active frame.
    pub margin_after: Duration,
    /// Kept in addition on both sides if no frame's excess reaches [`VadConfig::clear`]:
    /// the noise then hides weak syllables at the ends.
    pub margin_in_noise: Duration,
    /// Excess that speech well above the noise reaches at its loudest.
    pub clear: f32,
}

impl Default for VadConfig {
    fn default() -> Self {
        Self {
            active: 0.35,
            strong: 1.0,
            voiced: 0.6,
            min_voiced: Duration::from_millis(50),
            min_unvoiced: Duration::from_millis(300),
            join: Duration::from_millis(700),
            margin_before: Duration::from_millis(250),
            margin_after: Duration::from_millis(350),
            margin_in_noise: Duration::from_millis(600),
            clear: 7.0,
        }
    }
}

/// What the detector finds in 10 ms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VadFrame {
    /// Mean over the bands of the excess above the noise floor beyond 4 dB, 0 to 12.
    pub excess: f32,
    /// 0 for noise to 1 for a steady tone.
    pub periodicity: f32,
    /// Level between 100 and 7000 Hz over the last 50 ms, in dB below full scale.
    pub level_dbfs: f32,
    /// Clearly above the noise floor.
    pub active: bool,
    /// Strong enough to be evidence for speech, voiced or not.
    pub strong: bool,
    /// Strong, and periodic as a voice.
    pub voiced: bool,
}

impl VadFrame {
    fn new(measured: &Measured, floor: &[f32; BANDS], config: &VadConfig) -> Self {
        let mut excess = 0.0;
        for (energy, noise) in measured.bands.iter().zip(floor) {
            let db = 10.0 * (energy.max(f32::MIN_POSITIVE) / noise).log10();
            excess += (db - IGNORED_DB).clamp(0.0, FULL_DB) / BANDS as f32;
        }
        let strong = excess >= config.strong;
        let level: f32 = measured.bands.iter().sum();
        Self {
            excess,
            periodicity: measured.periodicity,
            level_dbfs: 10.0 * level.max(1e-12).log10(),
            active: excess >= config.active,
            strong,
            voiced: strong && measured.periodicity >= config.voiced,
        }
    }
}

/// The detector for a stream: one call for each 10 ms, no allocation in between.
///
/// The floor adapts to noise that lasts: the minimum of about the last two seconds.
/// Until it has heard enough it assumes a quiet room, so that speech that begins at
/// once is found, at the price of taking loud noise for speech for as long.
pub struct Vad {
    config: VadConfig,
    analyser: Analyser,
    floor: FloorTracker,
}

impl std::fmt::Debug for Vad {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vad")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl Vad {
    /// A detector that has heard nothing yet.
    pub fn new(config: VadConfig) -> Self {
        Self {
            config,
            analyser: Analyser::new(),
            floor: FloorTracker::new(),
        }
    }

    /// Takes the next 10 ms of mono audio at 16 kHz, full scale ±1. Samples that are
    /// not finite count as silence.
    pub fn push_frame(&mut self, samples: &[f32; FRAME]) -> VadFrame {
        let clean = samples.map(|s| {
            if s.is_finite() {
                s.clamp(-16.0, 16.0)
            } else {
                0.0
            }
        });
        let measured = self.analyser.push(&clean);
        if self.analyser.is_warm() {
            self.floor.learn(&measured.bands);
        }
        let floor = self.floor.floor();
        VadFrame::new(&measured, &floor, &self.config)
    }

    /// Forgets everything heard, the noise floor included.
    pub fn reset(&mut self) {
        self.analyser.reset();
        self.floor = FloorTracker::new();
    }
}

/// The samples of `utterance` in which somebody speaks, with a margin on both sides;
/// `None` if nobody does.
pub fn trim(utterance: &Utterance, config: &VadConfig) -> Option<Range<usize>> {
    let samples = utterance.samples();
    let frames = analyse(samples, config);
    let spoken = spoken_frames(&frames, config)?;
    let peak = frames.iter().map(|f| f.excess).fold(0.0, f32::max);
    let more = if peak < config.clear {
        config.margin_in_noise
    } else {
        Duration::ZERO
    };
    let in_samples =
        |d: Duration| (d.saturating_add(more).as_secs_f64() * f64::from(SAMPLE_RATE)) as usize;
    let start = (spoken.start * FRAME).saturating_sub(in_samples(config.margin_before));
    let end = (spoken.end * FRAME).saturating_add(in_samples(config.margin_after));
    Some(start..end.min(samples.len()))
}

/// All frames of an utterance, judged against the floor of the whole.
fn analyse(samples: &[f32], config: &VadConfig) -> Vec<VadFrame> {
    let mut analyser = Analyser::new();
    // Run in on the mirrored beginning: a window half full of zeros would make the
    // first frames look like an onset.
    let run_in = analyser.run_in();
    let mirrored: Vec<f32> = samples.iter().take(run_in * FRAME).rev().copied().collect();
    for hop in mirrored.chunks(FRAME) {
        analyser.push(hop);
    }
    // A last hop that is not full would look like an offset; it has under 10 ms.
    let mut measured: Vec<Measured> = samples
        .chunks_exact(FRAME)
        .map(|hop| analyser.push(hop))
        .collect();
    if measured.is_empty() {
        measured.push(analyser.push(samples));
    }
    let floor = floor_of(&measured);
    measured
        .iter()
        .map(|m| VadFrame::new(m, &floor, config))
        .collect()
}

/// A stretch of active frames with small gaps.
struct Island {
    frames: Range<usize>,
    voiced: usize,
    strong: usize,
}

/// From the first frame of speech to behind the last.
fn spoken_frames(frames: &[VadFrame], config: &VadConfig) -> Option<Range<usize>> {
    let count = |d: Duration| (d.as_millis() / 10) as usize;
    let join = count(config.join);
    let mut islands: Vec<Island> = Vec::new();
    for (at, frame) in frames.iter().enumerate().filter(|(_, f)| f.active) {
        let (voiced, strong) = (usize::from(frame.voiced), usize::from(frame.strong));
        match islands.last_mut() {
            Some(island) if at - island.frames.end < join => {
                island.frames.end = at + 1;
                island.voiced += voiced;
                island.strong += strong;
            }
            _ => islands.push(Island {
                frames: at..at + 1,
                voiced,
                strong,
            }),
        }
    }
    let voiced: usize = islands.iter().map(|i| i.voiced).sum();
    let strong = islands.iter().map(|i| i.strong).max().unwrap_or(0);
    if voiced < count(config.min_voiced) && strong < count(config.min_unvoiced) {
        return None;
    }
    // An island with hardly any evidence, far from all others, is a click.
    let spoken = |i: &&Island| i.voiced >= 2 || i.strong >= 10;
    let first = islands.iter().find(spoken).or(islands.first())?;
    let last = islands.iter().rev().find(spoken).or(islands.last())?;
    Some(first.frames.start..last.frames.end)
}

#[cfg(test)]
mod tests;
