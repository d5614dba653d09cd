//! Where utterances begin and pause in a stream.

use super::VadFrame;

/// Frames of 10 ms of voice that make sounds speech, as [`super::VadConfig::min_voiced`].
const LEAST_VOICED: u32 = 5;
/// Frames of strong sound without voice that are taken for whispering.
const LEAST_STRONG: u32 = 30;
/// Sounds further apart than these frames are not one beginning.
const JOIN: u64 = 30;
/// Sound of which it is not known yet whether it is speech counts as its beginning for so many
/// frames; what is older was noise before it.
const LONGEST_ONSET: u64 = 100;
/// Longest unvoiced part of a word, in frames. What lasts longer without voice is noise.
const LONGEST_UNVOICED: u64 = 30;

/// What goes on in a stream after a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nobody speaks, or it is not sure yet that somebody does.
    Silence,
    /// Somebody speaks.
    Speech,
    /// Somebody spoke, and has been silent for so many frames of 10 ms.
    Pause(u32),
}

/// Follows the frames of [`super::Vad`] from the beginning of an utterance through its pauses. How
/// long a pause ends it is for the caller to say, who knows whether the sentence is complete:
/// [`Endpointer::end`] then waits for the next.
///
/// ```
/// use zahlwort_audio::vad::{Endpointer, FRAME, Phase, Vad, VadConfig};
///
/// let mut vad = Vad::new(VadConfig::default());
/// let mut endpointer = Endpointer::new();
/// let frame = vad.push_frame(&[0.0; FRAME]);
/// assert_eq!(endpointer.push(&frame), Phase::Silence);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Endpointer {
    /// Frames seen.
    frames: u64,
    sound: Option<Sound>,
}

/// Sounds that are, or may turn out to be, an utterance.
#[derive(Clone, Debug)]
struct Sound {
    start: u64,
    /// One past the last frame that counts as speech.
    end: u64,
    last_voiced: Option<u64>,
    voiced: u32,
    strong: u32,
    is_speech: bool,
}

impl Endpointer {
    /// Has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next frame in.
    pub fn push(&mut self, frame: &VadFrame) -> Phase {
        let at = self.frames;
        self.frames += 1;
        let Some(sound) = &mut self.sound else {
            if frame.active {
                self.sound = Some(Sound::new(at, frame));
            }
            return Phase::Silence;
        };
        if sound.goes_on(at, frame) {
            sound.take(at, frame);
        }
        if !sound.is_speech {
            if at >= sound.end + JOIN {
                self.sound = None;
            }
            return Phase::Silence;
        }
        match self.frames - sound.end {
            0 => Phase::Speech,
            frames => Phase::Pause(u32::try_from(frames).unwrap_or(u32::MAX)),
        }
    }

    /// Frames seen so far.
    pub fn frames(&self) -> u64 {
        self.frames
    }

    /// The frame with which the utterance under way began, or the sounds that may become one.
    pub fn start(&self) -> Option<u64> {
        let oldest = self.frames.saturating_sub(LONGEST_ONSET);
        let sound = self.sound.as_ref()?;
        Some(if sound.is_speech {
            sound.start
        } else {
            sound.start.max(oldest)
        })
    }

    /// The utterance under way: its first frame, and behind its last frame with speech.
    pub fn utterance(&self) -> Option<std::ops::Range<u64>> {
        let sound = self.sound.as_ref().filter(|s| s.is_speech)?;
        Some(sound.start..sound.end)
    }

    /// The utterance is over; the next sound begins another. The count of frames goes on.
    pub fn end(&mut self) {
        self.sound = None;
    }
}

impl Sound {
    fn new(at: u64, frame: &VadFrame) -> Self {
        let mut new = Self {
            start: at,
            end: at,
            last_voiced: None,
            voiced: 0,
            strong: 0,
            is_speech: false,
        };
        new.take(at, frame);
        new
    }

    /// Whether a frame is a part of this sound. Only strong sound ends a pause, and sound without any voice
    /// counts for a short while only: kitchen noise may go on after somebody has finished speaking.
    fn goes_on(&self, at: u64, frame: &VadFrame) -> bool {
        if !self.is_speech {
            return frame.active;
        }
        let unvoiced = self.last_voiced.is_none_or(|v| at - v <= LONGEST_UNVOICED);
        frame.voiced || (unvoiced && (frame.strong || (frame.active && self.end == at)))
    }

    fn take(&mut self, at: u64, frame: &VadFrame) {
        self.end = at + 1;
        self.voiced += u32::from(frame.voiced);
        self.strong += u32::from(frame.strong);
        if frame.voiced {
            self.last_voiced = Some(at);
        }
        if !self.is_speech && (self.voiced >= LEAST_VOICED || self.strong >= LEAST_STRONG) {
            self.is_speech = true;
            self.start = self.start.max((at + 1).saturating_sub(LONGEST_ONSET));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(active: bool, strong: bool, voiced: bool) -> VadFrame {
        VadFrame {
            excess: 0.0,
            periodicity: 0.0,
            level_dbfs: -40.0,
            active,
            strong,
            voiced,
        }
    }

    fn push(endpointer: &mut Endpointer, frames: usize, frame: VadFrame) -> Phase {
        let mut last = Phase::Silence;
        for _ in 0..frames {
            last = endpointer.push(&frame);
        }
        last
    }

    #[test]
    fn an_utterance_begins_pauses_and_goes_on() {
        let (silence, weak, voice) = (
            frame(false, false, false),
            frame(true, false, false),
            frame(true, true, true),
        );
        let mut e = Endpointer::new();
        assert_eq!(push(&mut e, 100, silence), Phase::Silence);
        assert_eq!(push(&mut e, 8, weak), Phase::Silence);
        assert_eq!(push(&mut e, 4, voice), Phase::Silence);
        assert_eq!(push(&mut e, 1, voice), Phase::Speech);
        assert_eq!(e.utterance(), Some(100..113));
        assert_eq!(push(&mut e, 7, weak), Phase::Speech);
        assert_eq!(push(&mut e, 20, silence), Phase::Pause(20));
        // Weak sound does not end a pause, voice does.
        assert_eq!(push(&mut e, 5, weak), Phase::Pause(25));
        assert_eq!(push(&mut e, 1, voice), Phase::Speech);
        assert_eq!(e.utterance(), Some(100..146));
        e.end();
        assert_eq!((e.utterance(), e.frames()), (None, 146));
    }

    #[test]
    fn a_click_is_forgotten() {
        let mut e = Endpointer::new();
        assert_eq!(push(&mut e, 6, frame(true, true, false)), Phase::Silence);
        assert_eq!(push(&mut e, 40, frame(false, false, false)), Phase::Silence);
        assert_eq!(e.start(), None);
    }

    #[test]
    fn noise_after_speech_is_a_pause() {
        let mut e = Endpointer::new();
        push(&mut e, 50, frame(true, true, true));
        let last = push(&mut e, 100, frame(true, true, false));
        assert_eq!(last, Phase::Pause(70));
    }

    #[test]
    fn a_beginning_does_not_reach_back_through_noise() {
        let mut e = Endpointer::new();
        push(&mut e, 100_000, frame(true, false, false));
        assert_eq!(e.start(), Some(100_000 - 100));
        push(&mut e, 5, frame(true, true, true));
        assert_eq!(e.utterance(), Some(99_905..100_005));
    }

    #[test]
    fn whispering_is_speech() {
        let mut e = Endpointer::new();
        assert_eq!(push(&mut e, 60, frame(true, true, false)), Phase::Speech);
    }
}
