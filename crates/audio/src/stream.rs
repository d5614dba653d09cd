//! Any accepted rate to 16 kHz, a few samples at a time.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, Resampler};

use crate::limits::{PEAK_LIMIT, check_format};
use crate::{AudioError, SAMPLE_RATE, resample};

/// The longest block, in seconds, for which a listener may be kept waiting.
const LONGEST_BLOCK: f64 = 0.25;

/// Resamples a mono stream to 16 kHz. What comes out depends on the samples alone, not on how they
/// were cut up: it is what [`Pcm::to_utterance`](crate::Pcm::to_utterance) makes of the whole.
///
/// ```
/// use zahlwort_audio::StreamResampler;
///
/// let mut stream = StreamResampler::new(48_000)?;
/// let mut at_16k = Vec::new();
/// for sample in [0.0; 4_800] {
///     stream.push(&[sample], &mut at_16k)?;
/// }
/// stream.finish(&mut at_16k)?;
/// assert_eq!(at_16k.len(), 1_600);
/// # Ok::<(), zahlwort_audio::AudioError>(())
/// ```
pub struct StreamResampler {
    rate: u32,
    /// `None` at 16 kHz, where there is nothing to do.
    blocks: Option<Blocks>,
}

/// The resampler works on blocks of one length; buffers are made once.
struct Blocks {
    resampler: Fft<f32>,
    input: Vec<f32>,
    filled: usize,
    output: Vec<f32>,
    /// Samples still to be dropped: the delay of the filter.
    delay: usize,
    taken: u64,
    given: u64,
}

impl std::fmt::Debug for StreamResampler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StreamResampler")
            .field("rate", &self.rate)
            .finish_non_exhaustive()
    }
}

impl StreamResampler {
    /// A stream at `rate` Hz.
    ///
    /// # Errors
    /// [`Rate`](AudioError::Rate) outside 8–192 kHz; [`StreamRate`](AudioError::StreamRate) for a
    /// rate that has so little in common with 16 kHz that it cannot be converted in short blocks.
    pub fn new(rate: u32) -> Result<Self, AudioError> {
        check_format(rate, 1)?;
        if rate == SAMPLE_RATE {
            return Ok(Self { rate, blocks: None });
        }
        let block = resample::block(rate);
        if block as f64 / f64::from(rate) > LONGEST_BLOCK {
            return Err(AudioError::StreamRate { hz: rate });
        }
        let resampler = resample::resampler(rate)?;
        let blocks = Blocks {
            input: vec![0.0; resampler.input_frames_max()],
            output: vec![0.0; resampler.output_frames_max()],
            delay: resampler.output_delay(),
            filled: 0,
            taken: 0,
            given: 0,
            resampler,
        };
        Ok(Self {
            rate,
            blocks: Some(blocks),
        })
    }

    /// Samples per second of the stream.
    pub fn rate(&self) -> u32 {
        self.rate
    }

    /// Takes samples, full scale ±1, and appends to `out` what they complete at 16 kHz. It does not look at
    /// them: check those from outside with [`check_samples`](crate::check_samples), since one that is no
    /// number spoils what follows.
    ///
    /// # Errors
    /// [`Resample`](AudioError::Resample), not known to happen.
    pub fn push(&mut self, mut samples: &[f32], out: &mut Vec<f32>) -> Result<(), AudioError> {
        let Some(blocks) = &mut self.blocks else {
            out.extend_from_slice(samples);
            return Ok(());
        };
        blocks.taken += samples.len() as u64;
        while !samples.is_empty() {
            let room = blocks.input.iter_mut().skip(blocks.filled);
            let taken = room.len().min(samples.len());
            let (now, later) = samples.split_at(taken);
            for (to, from) in room.zip(now) {
                *to = *from;
            }
            blocks.filled += taken;
            samples = later;
            if blocks.filled == blocks.input.len() {
                blocks.run(self.rate, u64::MAX, out)?;
            }
        }
        Ok(())
    }

    /// Ends the stream: appends what is still under way, so that `n` samples became
    /// `round(n · 16000 / rate)` in all, at least one if there was any.
    ///
    /// # Errors
    /// [`Resample`](AudioError::Resample), not known to happen.
    pub fn finish(self, out: &mut Vec<f32>) -> Result<(), AudioError> {
        let Some(mut blocks) = self.blocks else {
            return Ok(());
        };
        let whole = resample::resampled_len(blocks.taken, self.rate);
        while blocks.taken > 0 && blocks.given < whole {
            blocks
                .input
                .iter_mut()
                .skip(blocks.filled)
                .for_each(|s| *s = 0.0);
            blocks.run(self.rate, whole, out)?;
        }
        Ok(())
    }
}

impl Blocks {
    /// Resamples a full block, and appends no more than makes `whole` samples in all.
    fn run(&mut self, rate: u32, whole: u64, out: &mut Vec<f32>) -> Result<(), AudioError> {
        let fail = |detail: String| AudioError::Resample { hz: rate, detail };
        let (from, to) = (self.input.len(), self.output.len());
        let input = InterleavedSlice::new(&self.input, 1, from).map_err(|e| fail(e.to_string()))?;
        let mut output =
            InterleavedSlice::new_mut(&mut self.output, 1, to).map_err(|e| fail(e.to_string()))?;
        let (_, made) = self
            .resampler
            .process_into_buffer(&input, &mut output, None)
            .map_err(|e| fail(e.to_string()))?;
        self.filled = 0;
        let dropped = self.delay.min(made);
        self.delay -= dropped;
        let room = usize::try_from(whole - self.given).unwrap_or(usize::MAX);
        let fresh = self.output.iter().take(made).skip(dropped).take(room);
        self.given += fresh.len() as u64;
        out.extend(fresh.map(|s| s.clamp(-PEAK_LIMIT, PEAK_LIMIT)));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, Pcm};

    fn noise(len: usize) -> Vec<f32> {
        let mut random = fastrand::Rng::with_seed(7);
        (0..len).map(|_| 2.0 * random.f32() - 1.0).collect()
    }

    #[test]
    fn a_stream_comes_out_as_the_whole_however_it_is_cut() {
        for rate in [
            8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000,
        ] {
            for len in [1, 5, 20_011] {
                let samples = noise(len);
                let whole = Pcm::from_f32(&samples, rate, 1).unwrap();
                let whole = whole.to_utterance(&Limits::default()).unwrap();
                for chunk in [1, 160, 997, 30_000] {
                    let mut stream = StreamResampler::new(rate).unwrap();
                    let mut out = Vec::new();
                    for part in samples.chunks(chunk) {
                        stream.push(part, &mut out).unwrap();
                    }
                    stream.finish(&mut out).unwrap();
                    assert_eq!(
                        out.len(),
                        whole.samples().len(),
                        "{rate} Hz, {len}, {chunk}"
                    );
                    assert!(out == whole.samples(), "{rate} Hz, {len}, {chunk}");
                }
            }
        }
    }

    #[test]
    fn an_empty_stream_stays_empty() {
        let mut out = Vec::new();
        StreamResampler::new(44_100)
            .unwrap()
            .finish(&mut out)
            .unwrap();
        assert!(out.is_empty());
    }

    #[test]
    fn rates_that_would_keep_a_listener_waiting_are_refused() {
        for (rate, kind) in [
            (7_999, "sample_rate"),
            (192_001, "sample_rate"),
            (44_101, "stream_rate"),
        ] {
            assert_eq!(StreamResampler::new(rate).unwrap_err().kind(), kind);
        }
    }
}
