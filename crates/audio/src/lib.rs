//! From samples to what a recogniser reads.
//!
//! The crate is one short pipeline, each arrow one public function:
//!
//! ```text
//! WAV or PCM ──► Pcm ──► Utterance ──► vad::trim ──► LogMel ──► features
//!               any rate, 16 kHz mono   speech only             frames × 80
//! ```
//!
//! ```
//! use zahlwort_audio::{Limits, LogMel, N_MELS, Pcm, vad};
//!
//! # fn main() -> Result<(), zahlwort_audio::AudioError> {
//! let limits = Limits::default();
//! // Half a second of silence in stereo, as a microphone might deliver it.
//! let pcm = Pcm::from_i16(&[0; 48_000], 48_000, 2)?;
//! let utterance = pcm.to_utterance(&limits)?;
//! assert_eq!(utterance.samples().len(), 8_000);
//!
//! // Nobody spoke, so there is nothing to recognise.
//! assert!(vad::trim(&utterance, &vad::VadConfig::default()).is_none());
//!
//! let features = LogMel::new().compute(utterance.samples())?;
//! assert_eq!(features.dim(), (50, N_MELS));
//! # Ok(())
//! # }
//! ```
//!
//! Nothing here trusts its input: sizes in file headers are claims, not
//! allocations, and every way in which audio can be unusable is a variant of
//! [`AudioError`] that says what to do about it.

mod error;
mod filterbank;
mod limits;
mod mel;
mod pcm;
mod resample;
mod stream;
mod utterance;
pub mod vad;
mod wav;

pub use error::AudioError;
pub use limits::{Limits, MAX_CHANNELS, MAX_RATE, MIN_RATE, PEAK_LIMIT, check_samples};
pub use mel::{HOP, LogMel, N_FFT, N_MELS};
pub use pcm::Pcm;
pub use stream::StreamResampler;
pub use utterance::{SAMPLE_RATE, Utterance};
