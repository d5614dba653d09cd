//! Recordings of any common format: WAV by the library itself, the others by Symphonia.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use symphonia::core::codecs::audio::well_known::CODEC_ID_FLAC;
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error as Symphonia;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;
use zahlwort::audio::AudioError;
use zahlwort::{Limits, Pcm};

/// An MP3 cut out of a longer one begins with packets that refer to what came before it.
const MP3_BROKEN_PACKETS: usize = 2;

/// Why a file gives no audio.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error(transparent)]
    Audio(Box<AudioError>),
    #[error("cannot open {}: {source}; check the path and its permissions", path.display())]
    Open {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{} is not a recording that can be read ({reason}); give WAV, FLAC, OGG Vorbis or MP3", path.display())]
    Format { path: PathBuf, reason: String },
    #[error("{} is damaged: {reason}; copy or record it again, a command that lost a part must not be guessed", path.display())]
    Damaged { path: PathBuf, reason: String },
}

impl FileError {
    /// A short stable name, as the library's errors have.
    pub fn kind(&self) -> &'static str {
        match self {
            FileError::Audio(e) => e.kind(),
            FileError::Open { .. } => "cannot_open",
            FileError::Format { .. } => "unknown_format",
            FileError::Damaged { .. } => "damaged_audio",
        }
    }
}

impl From<AudioError> for FileError {
    fn from(error: AudioError) -> Self {
        FileError::Audio(Box::new(error))
    }
}

/// Reads a recording; its format is told by its content, not by its name.
pub fn load(path: &Path, limits: &Limits) -> Result<Pcm, FileError> {
    let open = || {
        File::open(path).map_err(|source| FileError::Open {
            path: path.to_owned(),
            source,
        })
    };
    let mut magic = Vec::new();
    let read = open()?.take(4).read_to_end(&mut magic);
    read.map_err(|source| FileError::Open {
        path: path.to_owned(),
        source,
    })?;
    if magic.is_empty() {
        return Err(AudioError::Empty.into());
    }
    if matches!(magic.as_slice(), b"RIFF" | b"RIFX" | b"RF64")
        || has_extension(path, &["wav", "wave"])
    {
        return Ok(Pcm::read_wav(path, limits)?);
    }
    decode(open()?, path, limits)
}

fn has_extension(path: &Path, wanted: &[&str]) -> bool {
    let extension = path
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default();
    wanted.iter().any(|w| extension.eq_ignore_ascii_case(w))
}

fn decode(file: File, path: &Path, limits: &Limits) -> Result<Pcm, FileError> {
    let format_error = |reason: &dyn std::fmt::Display| FileError::Format {
        path: path.to_owned(),
        reason: reason.to_string(),
    };
    let stream = MediaSourceStream::new(Box::new(file), Default::default());
    let mut hint = Hint::new();
    if let Some(extension) = path.extension().and_then(|e| e.to_str()) {
        hint.with_extension(extension);
    }
    let mut format = symphonia::default::get_probe()
        .probe(
            &hint,
            stream,
            FormatOptions::default(),
            MetadataOptions::default(),
        )
        .map_err(|e| format_error(&e))?;
    let track = format
        .default_track(TrackType::Audio)
        .ok_or_else(|| format_error(&"no sound in it"))?;
    let parameters = track.codec_params.as_ref().and_then(|p| p.audio());
    let parameters = parameters.ok_or_else(|| format_error(&"unknown coding"))?;
    let flac = parameters.codec == CODEC_ID_FLAC;
    let announced = track.num_frames.filter(|_| flac);
    let id = track.id;
    let options = AudioDecoderOptions::default().verify(true);
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(parameters, &options)
        .map_err(|e| format_error(&e))?;
    let decoded = samples(format.as_mut(), decoder.as_mut(), id, path, limits, !flac)?;

    let damaged = |reason: String| {
        Err(FileError::Damaged {
            path: path.to_owned(),
            reason,
        })
    };
    if let Some(announced) = announced {
        let frames = (decoded.samples.len() / usize::from(decoded.channels.max(1))) as u64;
        if frames < announced {
            return damaged(format!(
                "it announces {announced} samples and ends after {frames}"
            ));
        }
    }
    if decoder.finalize().verify_ok == Some(false) {
        return damaged("its checksum is wrong".to_owned());
    }
    Ok(Pcm::from_f32(
        &decoded.samples,
        decoded.rate,
        decoded.channels,
    )?)
}

#[derive(Default)]
struct Decoded {
    samples: Vec<f32>,
    rate: u32,
    channels: u16,
}

fn samples(
    format: &mut dyn FormatReader,
    decoder: &mut dyn AudioDecoder,
    id: u32,
    path: &Path,
    limits: &Limits,
    tolerant: bool,
) -> Result<Decoded, FileError> {
    let damaged = |reason: String| FileError::Damaged {
        path: path.to_owned(),
        reason,
    };
    let mut out = Decoded::default();
    let mut buffer: Vec<f32> = Vec::new();
    let mut packets = 0;
    loop {
        let packet = match format.next_packet() {
            Ok(Some(packet)) => packet,
            Ok(None) => break,
            Err(e) => return Err(damaged(e.to_string())),
        };
        if packet.track_id != id {
            continue;
        }
        packets += 1;
        let audio = match decoder.decode(&packet) {
            Ok(audio) => audio,
            Err(Symphonia::DecodeError(_)) if tolerant && packets <= MP3_BROKEN_PACKETS => continue,
            Err(e) => return Err(damaged(e.to_string())),
        };
        let rate = audio.spec().rate();
        let channels = u16::try_from(audio.spec().channels().count()).unwrap_or(u16::MAX);
        if out.samples.is_empty() {
            (out.rate, out.channels) = (rate, channels);
        } else if (rate, channels) != (out.rate, out.channels) {
            return Err(damaged(
                "its sample rate or channel count changes midway".to_owned(),
            ));
        }
        audio.copy_to_vec_interleaved(&mut buffer);
        out.samples.extend_from_slice(&buffer);
        let seconds =
            out.samples.len() as f64 / f64::from(channels.max(1)) / f64::from(rate.max(1));
        let limit = limits.max_duration.as_secs_f64();
        if seconds > limit {
            return Err(AudioError::TooLong { seconds, limit }.into());
        }
    }
    if out.samples.is_empty() {
        return Err(AudioError::Empty.into());
    }
    Ok(out)
}
