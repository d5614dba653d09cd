//! The noise floor in each band.

use super::frame::{BANDS, Measured};

/// The lowest floor: what is fainter than −80 dBFS in a band is dither.
const LEAST: f32 = 1e-8;
/// Frames with less energy than this in all bands together are digital silence and
/// tell nothing about the room.
const SILENT: f32 = 1e-9;

/// The floor of a whole utterance: the tenth percentile of each band's energy, raised
/// by 1.6 dB, which is what lies between it and the mean for stationary noise that is
/// averaged as here. Even continuous speech has a closure or a gap of a tenth.
pub(super) fn floor_of(frames: &[Measured]) -> [f32; BANDS] {
    let mut floor = [LEAST; BANDS];
    let mut energies = Vec::with_capacity(frames.len());
    for (band, out) in floor.iter_mut().enumerate() {
        energies.clear();
        let heard = frames
            .iter()
            .filter(|f| f.bands.iter().sum::<f32>() > SILENT);
        energies.extend(heard.filter_map(|f| f.bands.get(band)));
        if energies.is_empty() {
            continue;
        }
        let tenth = energies.len() / 10;
        let (_, energy, _) = energies.select_nth_unstable_by(tenth, f32::total_cmp);
        *out = (*energy * 1.45).max(LEAST);
    }
    floor
}

/// Blocks whose minima are remembered, and their length in frames: two seconds.
const BLOCKS: usize = 8;
const BLOCK: usize = 25;
/// From the minimum over two seconds to the mean, for stationary noise: 2.6 dB.
const RAISE: f32 = 1.8;
/// Floor of a quiet room, assumed in each band while nothing is known.
const ASSUMED: f32 = 1e-6;

/// The floor of a stream: the minimum over the last two seconds (Martin's minimum
/// statistics, 2001, without the variable smoothing).
pub(super) struct FloorTracker {
    minima: [[f32; BANDS]; BLOCKS],
    current: [f32; BANDS],
    frames: usize,
}

impl FloorTracker {
    pub fn new() -> Self {
        Self {
            minima: [[ASSUMED; BANDS]; BLOCKS],
            current: [f32::INFINITY; BANDS],
            frames: 0,
        }
    }

    /// Takes one frame's energies in.
    pub fn learn(&mut self, bands: &[f32; BANDS]) {
        // Digital silence is a muted microphone, not a quiet room.
        if bands.iter().sum::<f32>() > SILENT {
            for (least, band) in self.current.iter_mut().zip(bands) {
                *least = least.min(*band);
            }
            self.frames += 1;
            if self.frames.is_multiple_of(BLOCK) {
                self.minima[self.frames / BLOCK % BLOCKS] = self.current;
                self.current = [f32::INFINITY; BANDS];
            }
        }
    }

    /// The floor after all that was learned.
    pub fn floor(&self) -> [f32; BANDS] {
        let mut floor = self.current;
        for block in &self.minima {
            for (least, band) in floor.iter_mut().zip(block) {
                *least = least.min(*band);
            }
        }
        floor.map(|least| (least * RAISE).max(LEAST))
    }
}
