//! WAV files: a walk over the RIFF chunks, and hound for what is in them.
//!
//! hound trusts the chunk sizes and skips odd-sized chunks without their padding byte; files from pipes have
//! sizes that are not true. So the chunks are walked here, and hound is given a header whose sizes fit what is
//! to be read.

use std::io::{self, Cursor, Read};

use hound::{SampleFormat, WavReader};

use crate::limits::{Limits, check_format, check_samples};
use crate::{AudioError, Pcm};

/// Programs that write to a pipe do not know the length and put in a number at or just under 2 or 4 GiB. Audio
/// that is really that long is refused by any reasonable limit.
const UNKNOWN_LENGTH: u32 = 0x7FFF_0000;

/// A `fmt ` chunk has 16, 18 or 40 bytes; more is accepted but not kept.
const MAX_FMT: u32 = 4096;

const TAG_PCM: u16 = 1;
const TAG_FLOAT: u16 = 3;
const TAG_EXTENSIBLE: u16 = 0xFFFE;

/// Decodes a whole WAV stream.
pub(crate) fn decode(mut reader: impl Read, limits: &Limits) -> Result<Pcm, AudioError> {
    let riff_len = read_riff_header(&mut reader)?;
    let mut walked = 12u64;
    let mut fmt: Option<Vec<u8>> = None;
    let declared = loop {
        let Some((id, len)) = read_chunk_header(&mut reader)? else {
            let missing = if fmt.is_some() {
                "its `data` chunk"
            } else {
                "its `fmt ` chunk"
            };
            return Err(AudioError::Truncated {
                detail: format!("it ends before {missing}"),
            });
        };
        walked += 8;
        match &id {
            b"data" => break len,
            b"fmt " => {
                if !(16..=MAX_FMT).contains(&len) {
                    let detail = format!("a format chunk of {len} bytes");
                    return Err(AudioError::MalformedWav { detail });
                }
                let mut bytes = vec![0; len as usize];
                read_header_bytes(&mut reader, &mut bytes)?;
                fmt = Some(bytes);
                skip(&mut reader, u64::from(len & 1))?;
            }
            _ => skip(&mut reader, u64::from(len) + u64::from(len & 1))?,
        }
        walked += u64::from(len) + u64::from(len & 1);
    };
    let Some(fmt) = fmt else {
        let detail = "the `data` chunk comes before the `fmt ` chunk".to_owned();
        return Err(AudioError::MalformedWav { detail });
    };
    let format = Format::parse(&fmt)?;
    check_format(format.rate, format.channels)?;

    // A length of 0 is meant if the file goes on behind it with other chunks.
    let riff_known = riff_len != 0 && riff_len < UNKNOWN_LENGTH;
    let really_empty = declared == 0 && riff_known && u64::from(riff_len) + 8 > walked;
    if really_empty {
        return Err(AudioError::Empty);
    }
    let known = declared != 0 && declared < UNKNOWN_LENGTH;
    let frame_bytes = u64::from(format.block_align);
    let max_frames = limits.max_frames(format.rate);
    let frames = if known {
        if u64::from(declared) % frame_bytes != 0 {
            let detail =
                format!("{declared} bytes of audio are no multiple of {frame_bytes}-byte frames");
            return Err(AudioError::MalformedWav { detail });
        }
        let frames = u64::from(declared) / frame_bytes;
        limits.check(frames, format.rate)?;
        frames
    } else {
        // One frame more than allowed tells a stream that is too long.
        max_frames
            .saturating_add(1)
            .min(u64::from(u32::MAX - 255) / frame_bytes)
    };

    let body = (frames * frame_bytes) as u32; // at most u32::MAX by both branches above
    let header = header_for_hound(&fmt, body);
    let counted = Counted {
        inner: reader,
        read: 0,
        at_end: false,
    };
    let wav = WavReader::new(Cursor::new(header).chain(counted)).map_err(header_error)?;
    let wanted = frames * u64::from(format.channels);
    let (samples, bytes_read) = read_samples(wav, wanted)?;

    let whole = samples.len() as u64 == wanted;
    if !whole && known {
        return Err(AudioError::Truncated {
            detail: format!("{bytes_read} of {declared} bytes of audio are there"),
        });
    }
    if !whole && bytes_read % frame_bytes != 0 {
        return Err(AudioError::Truncated {
            detail: format!("it ends within a frame, after {bytes_read} bytes of audio"),
        });
    }
    if samples.is_empty() {
        return Err(AudioError::Empty);
    }
    check_samples(&samples, 0)?;
    let pcm = Pcm::from_vec(samples, format.rate, format.channels)?;
    limits.check(pcm.frames() as u64, format.rate)?;
    Ok(pcm)
}

/// What has to be known of a `fmt ` chunk before hound reads it.
struct Format {
    channels: u16,
    rate: u32,
    block_align: u16,
}

impl Format {
    fn parse(fmt: &[u8]) -> Result<Self, AudioError> {
        let u16_at = |at: usize| match fmt.get(at..at + 2) {
            Some(&[a, b]) => u16::from_le_bytes([a, b]),
            _ => 0,
        };
        let u32_at = |at: usize| u32::from(u16_at(at)) | u32::from(u16_at(at + 2)) << 16;
        let (tag, channels, rate) = (u16_at(0), u16_at(2), u32_at(4));
        let (block_align, bits) = (u16_at(12), u16_at(14));
        // The first two bytes of an extensible format's GUID are the tag it extends.
        let tag = if tag == TAG_EXTENSIBLE {
            u16_at(24)
        } else {
            tag
        };
        let known = match tag {
            TAG_PCM => matches!(bits, 8 | 16 | 24 | 32),
            TAG_FLOAT => bits == 32,
            _ => false,
        };
        if !known {
            return Err(AudioError::UnsupportedWav {
                detail: coding(tag, bits),
            });
        }
        if channels == 0 {
            return Err(AudioError::Channels { count: 0 });
        }
        if block_align == 0 {
            let detail = "frames of zero bytes".to_owned();
            return Err(AudioError::MalformedWav { detail });
        }
        Ok(Self {
            channels,
            rate,
            block_align,
        })
    }
}

fn coding(tag: u16, bits: u16) -> String {
    match tag {
        TAG_PCM => format!("{bits}-bit integers"),
        TAG_FLOAT => format!("{bits}-bit floats"),
        0x0002 | 0x0011 => "ADPCM".to_owned(),
        0x0006 => "A-law samples".to_owned(),
        0x0007 => "µ-law samples".to_owned(),
        0x0031 => "GSM 6.10".to_owned(),
        0x0050 | 0x0055 => "MPEG audio".to_owned(),
        other => format!("samples of format 0x{other:04X}"),
    }
}

fn read_riff_header(reader: &mut impl Read) -> Result<u32, AudioError> {
    let mut start = [0; 12];
    let got = read_up_to(reader, &mut start)?;
    let [a, b, c, d, len @ .., e, f, g, h] = start;
    let tag = [a, b, c, d];
    let not_wav = |detail: &str| {
        Err(AudioError::NotWav {
            detail: detail.to_owned(),
        })
    };
    match &tag {
        _ if got == 0 => Err(AudioError::Empty),
        b"RIFF" if got < 12 => Err(AudioError::Truncated {
            detail: format!("it has {got} bytes"),
        }),
        b"RIFF" if [e, f, g, h] == *b"WAVE" => Ok(u32::from_le_bytes(len)),
        b"RIFF" => not_wav("it is a RIFF file of another kind"),
        b"RF64" | b"RIFX" | b"BW64" => not_wav("it is a big-endian or 64-bit variant of WAV"),
        b"fLaC" => not_wav("it is FLAC"),
        b"OggS" => not_wav("it is Ogg"),
        [b'I', b'D', b'3', _] | [0xFF, 0xE0..=0xFF, ..] => not_wav("it looks like MP3"),
        _ => not_wav("it does not begin with `RIFF`"),
    }
}

/// The next chunk's name and length, or `None` at the end of the stream.
fn read_chunk_header(reader: &mut impl Read) -> Result<Option<([u8; 4], u32)>, AudioError> {
    let mut bytes = [0; 8];
    if read_up_to(reader, &mut bytes)? < 8 {
        return Ok(None);
    }
    let [a, b, c, d, len @ ..] = bytes;
    Ok(Some(([a, b, c, d], u32::from_le_bytes(len))))
}

fn read_header_bytes(reader: &mut impl Read, bytes: &mut [u8]) -> Result<(), AudioError> {
    if read_up_to(reader, bytes)? < bytes.len() {
        return Err(AudioError::Truncated {
            detail: "it ends within its header".to_owned(),
        });
    }
    Ok(())
}

/// Fills `bytes` as far as the stream goes and returns how far that was.
fn read_up_to(reader: &mut impl Read, bytes: &mut [u8]) -> Result<usize, AudioError> {
    let mut filled = 0;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(AudioError::Read(e)),
        }
    }
    Ok(filled)
}

fn skip(reader: &mut impl Read, bytes: u64) -> Result<(), AudioError> {
    io::copy(&mut reader.take(bytes), &mut io::sink())
        .map(drop)
        .map_err(AudioError::Read)
}

/// `RIFF`, the format chunk and the head of a data chunk of `body` bytes.
fn header_for_hound(fmt: &[u8], body: u32) -> Vec<u8> {
    let mut header = Vec::with_capacity(28 + fmt.len());
    header.extend_from_slice(b"RIFF");
    header.extend_from_slice(&0u32.to_le_bytes()); // hound does not look at it
    header.extend_from_slice(b"WAVEfmt ");
    header.extend_from_slice(&(fmt.len() as u32).to_le_bytes());
    header.extend_from_slice(fmt);
    header.extend_from_slice(b"data");
    header.extend_from_slice(&body.to_le_bytes());
    header
}

fn header_error(error: hound::Error) -> AudioError {
    match error {
        hound::Error::IoError(e) => AudioError::Read(e),
        hound::Error::FormatError(detail) => AudioError::MalformedWav {
            detail: detail.to_owned(),
        },
        other => AudioError::UnsupportedWav {
            detail: format!("a coding that is not read: {other}"),
        },
    }
}

/// Reads up to `wanted` samples, full scale ±1, and tells how many bytes of audio
/// the stream had for them.
fn read_samples<R: Read>(
    mut wav: WavReader<io::Chain<Cursor<Vec<u8>>, Counted<R>>>,
    wanted: u64,
) -> Result<(Vec<f32>, u64), AudioError> {
    let spec = wav.spec();
    // Only a little memory is reserved on the header's word; the rest grows with the data.
    let mut samples = Vec::with_capacity(wanted.min(1 << 16) as usize);
    let failure = match spec.sample_format {
        SampleFormat::Float => fill(&mut samples, wav.samples::<f32>()),
        SampleFormat::Int => {
            let scale = (-f32::from(spec.bits_per_sample - 1)).exp2();
            fill(
                &mut samples,
                wav.samples::<i32>().map(|s| s.map(|s| s as f32 * scale)),
            )
        }
    };
    let source = wav.into_inner().into_inner().1;
    match failure {
        None => {}
        // hound reports the end of the stream as an error of this kind.
        Some(hound::Error::IoError(e)) if source.at_end => drop(e),
        Some(hound::Error::IoError(e)) => return Err(AudioError::Read(e)),
        Some(other) => return Err(header_error(other)),
    }
    Ok((samples, source.read))
}

fn fill(
    samples: &mut Vec<f32>,
    source: impl Iterator<Item = hound::Result<f32>>,
) -> Option<hound::Error> {
    for sample in source {
        match sample {
            Ok(sample) => samples.push(sample),
            Err(error) => return Some(error),
        }
    }
    None
}

/// Counts what is read, so that a truncation can be told from a failing device.
struct Counted<R> {
    inner: R,
    read: u64,
    at_end: bool,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = loop {
            match self.inner.read(buf) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        self.read += n as u64;
        self.at_end |= n == 0 && !buf.is_empty();
        Ok(n)
    }
}
