//! What can be wrong with audio, and how to mend it.

use std::path::PathBuf;

use crate::limits::{MAX_CHANNELS, MAX_RATE, MIN_RATE, PEAK_LIMIT};

/// Why audio could not be used. Every message ends with what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AudioError {
    /// There is not a single sample.
    #[error("the audio is empty; record again, and check that the microphone is not muted")]
    Empty,

    /// More audio than [`Limits::max_duration`](crate::Limits::max_duration) allows.
    #[error(
        "the audio lasts {seconds:.1} s, longer than the limit of {limit:.1} s; cut it into single commands or raise the limit (`Limits::max_duration`)"
    )]
    TooLong {
        /// Length of the audio in seconds; for a stream of unknown length, how
        /// much had been read when the limit was passed.
        seconds: f64,
        /// The limit in seconds.
        limit: f64,
    },

    /// A sample is not a number, or infinite.
    #[error(
        "sample {index} is {value}, not a finite number; the recording or the conversion that made it is broken, export it again as 16-bit PCM"
    )]
    NotFinite {
        /// Position among the interleaved samples.
        index: usize,
        /// What stands there.
        value: f32,
    },

    /// A sample is far outside of −1…1.
    #[error(
        "sample {index} is {value}, beyond ±{max}; full scale is ±1, so divide integer samples by their largest value (32768 for 16 bit)",
        max = PEAK_LIMIT
    )]
    OutOfScale {
        /// Position among the interleaved samples.
        index: usize,
        /// What stands there.
        value: f32,
    },

    /// A sample rate that no speech recording has.
    #[error(
        "a sample rate of {hz} Hz is outside {MIN_RATE}–{MAX_RATE} Hz; resample the audio, best to 16000 Hz, or correct the rate that is passed"
    )]
    Rate {
        /// The rate in Hz.
        hz: u32,
    },

    /// A sample rate that a stream cannot be converted from without long waits.
    #[error(
        "a stream at {hz} Hz cannot be converted to 16000 Hz in short blocks; record at a common rate, such as 16000, 44100 or 48000 Hz"
    )]
    StreamRate {
        /// The rate in Hz.
        hz: u32,
    },

    /// The sample rate changed within a stream.
    #[error(
        "the stream began at {from} Hz and goes on at {to} Hz; finish it and begin a new one, or reset the session"
    )]
    RateChanged {
        /// The rate so far in Hz.
        from: u32,
        /// The rate of the samples that were refused, in Hz.
        to: u32,
    },

    /// No channel, or more than [`MAX_CHANNELS`].
    #[error(
        "{count} channels are not between 1 and {MAX_CHANNELS}; mix the audio down to mono, or correct the channel count that is passed"
    )]
    Channels {
        /// The number of channels.
        count: u16,
    },

    /// The number of interleaved samples is not a multiple of the channels.
    #[error(
        "{samples} samples do not divide into {channels} channels; pass whole frames, one sample for each channel"
    )]
    Ragged {
        /// Number of interleaved samples.
        samples: usize,
        /// Number of channels.
        channels: u16,
    },

    /// The bytes are not a RIFF WAVE file.
    #[error(
        "this is not a WAV file: {detail}; convert it, for example with `ffmpeg -i INPUT -ar 16000 -ac 1 OUTPUT.wav`"
    )]
    NotWav {
        /// What was found instead.
        detail: String,
    },

    /// A WAV file whose samples are coded in a way that is not supported.
    #[error(
        "the WAV file holds {detail}; 8, 16, 24 and 32-bit integer and 32-bit float are supported, convert it for example with `ffmpeg -i INPUT.wav -c:a pcm_s16le OUTPUT.wav`"
    )]
    UnsupportedWav {
        /// The coding, in words.
        detail: String,
    },

    /// A WAV file whose header contradicts itself.
    #[error(
        "the header of the WAV file is damaged: {detail}; write the file again with the program that made it"
    )]
    MalformedWav {
        /// What is inconsistent.
        detail: String,
    },

    /// The file ends before the audio that its header announces.
    #[error(
        "the WAV file is cut short: {detail}; copy or record it again, a command that lost its end must not be guessed"
    )]
    Truncated {
        /// Where the file ends.
        detail: String,
    },

    /// A file could not be opened.
    #[error("cannot open {}: {source}; check the path and its permissions", path.display())]
    Open {
        /// The path.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },

    /// Reading failed midway.
    #[error("reading the audio failed: {0}; check the device or the connection and read again")]
    Read(#[source] std::io::Error),

    /// The resampler refused a rate. Not known to happen for rates in range.
    #[error("resampling from {hz} Hz failed: {detail}; resample the audio to 16000 Hz beforehand")]
    Resample {
        /// The rate of the input in Hz.
        hz: u32,
        /// The resampler's own words.
        detail: String,
    },
}

impl AudioError {
    /// A short stable name of the variant, for logs and machine-readable output.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty_audio",
            Self::TooLong { .. } => "audio_too_long",
            Self::NotFinite { .. } => "sample_not_finite",
            Self::OutOfScale { .. } => "sample_out_of_scale",
            Self::Rate { .. } => "sample_rate",
            Self::StreamRate { .. } => "stream_rate",
            Self::RateChanged { .. } => "rate_changed",
            Self::Channels { .. } => "channel_count",
            Self::Ragged { .. } => "ragged_channels",
            Self::NotWav { .. } => "not_wav",
            Self::UnsupportedWav { .. } => "unsupported_wav",
            Self::MalformedWav { .. } => "malformed_wav",
            Self::Truncated { .. } => "truncated_audio",
            Self::Open { .. } => "cannot_open",
            Self::Read(_) => "read_failed",
            Self::Resample { .. } => "resample_failed",
        }
    }
}
