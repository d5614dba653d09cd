//! What happens with WAV files of all kinds, whole and broken.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Read};
use std::time::Duration;

use hound::{SampleFormat, WavSpec, WavWriter};
use proptest::prelude::*;
use zahlwort_audio::{AudioError, Limits, Pcm};

fn wav(rate: u32, channels: u16, bits: u16, float: bool, frames: usize) -> Vec<u8> {
    let sample_format = if float {
        SampleFormat::Float
    } else {
        SampleFormat::Int
    };
    let spec = WavSpec {
        channels,
        sample_rate: rate,
        bits_per_sample: bits,
        sample_format,
    };
    let mut out = Cursor::new(Vec::new());
    let mut writer = WavWriter::new(&mut out, spec).unwrap();
    for i in 0..frames {
        for c in 0..channels {
            let value = value(i, c);
            if float {
                writer.write_sample(value).unwrap();
            } else {
                let full = 2f64.powi(i32::from(bits) - 1);
                writer
                    .write_sample((f64::from(value) * full) as i32)
                    .unwrap();
            }
        }
    }
    writer.finalize().unwrap();
    out.into_inner()
}

fn value(frame: usize, channel: u16) -> f32 {
    (frame as f32 * 0.1).sin() * 0.5 / (1.0 + f32::from(channel))
}

fn decode(bytes: &[u8]) -> Result<Pcm, AudioError> {
    Pcm::decode_wav(bytes, &Limits::default())
}

fn kind(bytes: &[u8]) -> &'static str {
    decode(bytes).unwrap_err().kind()
}

/// Where the data chunk's length stands in a file.
fn data_len_at(bytes: &[u8]) -> usize {
    bytes.windows(4).position(|w| w == b"data").unwrap() + 4
}

fn put_u32(bytes: &mut [u8], at: usize, value: u32) {
    bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
}

#[test]
fn every_coding_rate_and_channel_count_decodes_to_the_same_samples() {
    for (bits, float, tolerance) in [
        (8, false, 1e-2),
        (16, false, 4e-5),
        (24, false, 2e-7),
        (32, false, 1e-7),
        (32, true, 0.0),
    ] {
        for (rate, channels) in [
            (8_000, 1),
            (16_000, 2),
            (44_100, 3),
            (48_000, 8),
            (192_000, 6),
        ] {
            let pcm = decode(&wav(rate, channels, bits, float, 500)).unwrap();
            assert_eq!(
                (pcm.rate(), pcm.channels(), pcm.frames()),
                (rate, channels, 500)
            );
            for (i, frame) in pcm.samples().chunks(channels.into()).enumerate() {
                for (c, &sample) in frame.iter().enumerate() {
                    let error = (sample - value(i, c as u16)).abs();
                    assert!(
                        error <= tolerance,
                        "{bits} bit, {rate} Hz, {channels} channels: {error}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_file_cut_anywhere_is_an_error_and_never_a_shorter_command() {
    let whole = wav(16_000, 2, 16, false, 100);
    for len in 0..whole.len() {
        let want: &[&str] = if len == 0 {
            &["empty_audio"]
        } else if len < 4 {
            &["not_wav"]
        } else {
            &["truncated_audio"]
        };
        let got = kind(&whole[..len]);
        assert!(want.contains(&got), "cut at {len}: {got}");
    }
    assert!(decode(&whole).is_ok());
}

#[test]
fn streams_of_unknown_length_are_read_to_their_end() {
    for claim in [0u32, 0x7FFF_F000, 0x8000_0000, 0xFFFF_FFFF] {
        for riff in [0u32, 36, 0x7FFF_F024, 0xFFFF_FFFF] {
            let mut bytes = wav(16_000, 1, 16, false, 100);
            let at = data_len_at(&bytes);
            put_u32(&mut bytes, 4, riff);
            put_u32(&mut bytes, at, claim);
            let pcm = decode(&bytes).unwrap();
            assert_eq!(pcm.frames(), 100, "data length {claim:#x}");
            bytes.pop();
            assert_eq!(kind(&bytes), "truncated_audio", "half a sample at the end");
        }
    }
}

#[test]
fn a_claimed_length_is_no_reason_to_allocate_or_to_wait() {
    // 2 GB announced, 100 frames there.
    let mut bytes = wav(192_000, 8, 16, false, 100);
    let at = data_len_at(&bytes);
    put_u32(&mut bytes, at, 0x7FFE_0000);
    assert_eq!(kind(&bytes), "audio_too_long");

    // An endless stream is left at the limit.
    bytes.truncate(at + 4);
    put_u32(&mut bytes, at, 0xFFFF_FFFF);
    let endless = Cursor::new(bytes).chain(std::io::repeat(0));
    let limits = Limits {
        max_duration: Duration::from_millis(100),
    };
    assert_eq!(
        Pcm::decode_wav(endless, &limits).unwrap_err().kind(),
        "audio_too_long"
    );
}

#[test]
fn other_chunks_are_skipped_with_their_padding() {
    let plain = wav(16_000, 1, 16, false, 50);
    let mut bytes = plain[..12].to_vec();
    bytes.extend_from_slice(b"LIST\x03\0\0\0abc\0");
    bytes.extend_from_slice(&plain[12..]);
    bytes.extend_from_slice(b"cue \x02\0\0\0xy");
    assert_eq!(decode(&bytes).unwrap(), decode(&plain).unwrap());
}

#[test]
fn an_empty_file_is_empty_even_with_chunks_behind() {
    let mut bytes = wav(16_000, 1, 16, false, 0);
    assert_eq!(kind(&bytes), "empty_audio");
    bytes.extend_from_slice(b"LIST\x04\0\0\0abcd");
    let riff = bytes.len() as u32 - 8;
    put_u32(&mut bytes, 4, riff);
    assert_eq!(kind(&bytes), "empty_audio");
}

#[test]
fn what_is_not_wav_or_not_supported_is_named() {
    assert_eq!(kind(b"fLaC\0\0\0\x22 and so on"), "not_wav");
    assert!(
        decode(b"OggS and more of it")
            .unwrap_err()
            .to_string()
            .contains("Ogg")
    );
    assert_eq!(kind(b"RIFF\0\0\0\0AVI LIST"), "not_wav");
    assert_eq!(kind(b"hello, world"), "not_wav");

    let mut mu_law = wav(16_000, 1, 8, false, 10);
    mu_law[20] = 7;
    let error = decode(&mu_law).unwrap_err();
    assert_eq!(error.kind(), "unsupported_wav");
    assert!(error.to_string().contains("µ-law"), "{error}");

    let mut bytes = wav(16_000, 1, 16, false, 10);
    bytes[34] = 12;
    assert_eq!(kind(&bytes), "unsupported_wav");
}

#[test]
fn absurd_formats_are_refused() {
    let mut bytes = wav(16_000, 1, 16, false, 10);
    put_u32(&mut bytes, 24, 4_000_000);
    assert_eq!(kind(&bytes), "sample_rate");
    put_u32(&mut bytes, 24, 0);
    assert_eq!(kind(&bytes), "sample_rate");

    assert_eq!(kind(&wav(16_000, 9, 16, false, 10)), "channel_count");
    let mut bytes = wav(16_000, 1, 16, false, 10);
    bytes[22] = 0;
    assert_eq!(kind(&bytes), "channel_count");

    let mut bytes = wav(16_000, 1, 16, false, 10);
    put_u32(&mut bytes, 28, 1);
    assert_eq!(kind(&bytes), "malformed_wav");
}

#[test]
fn floats_that_are_no_samples_are_refused() {
    let mut bytes = wav(16_000, 1, 32, true, 10);
    let at = data_len_at(&bytes) + 4 + 4 * 7;
    bytes[at..at + 4].copy_from_slice(&f32::NAN.to_le_bytes());
    assert!(matches!(
        decode(&bytes),
        Err(AudioError::NotFinite { index: 7, .. })
    ));
    bytes[at..at + 4].copy_from_slice(&9_000f32.to_le_bytes());
    assert!(matches!(
        decode(&bytes),
        Err(AudioError::OutOfScale { index: 7, .. })
    ));
}

#[test]
fn every_message_says_what_to_do() {
    let errors: [&[u8]; 4] = [b"", b"RIFF", b"nonsense", b"RIFF\0\0\0\0WAVEfmt \x01\0\0\0"];
    for bytes in errors {
        let text = decode(bytes).unwrap_err().to_string();
        assert!(text.contains("; "), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        drop(decode(&bytes));
    }

    #[test]
    fn a_damaged_file_never_panics(
        shape in (0usize..5, 1u16..=8),
        damage in prop::collection::vec((0usize..140, any::<u8>()), 1..8),
        cut in 0usize..200,
    ) {
        let (bits, float) = [(8, false), (16, false), (24, false), (32, false), (32, true)][shape.0];
        let mut bytes = wav(16_000, shape.1, bits, float, 8);
        for (at, value) in damage {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
        }
        bytes.truncate(bytes.len().saturating_sub(cut));
        if let Ok(pcm) = decode(&bytes) {
            prop_assert!(pcm.samples().iter().all(|s| s.is_finite()));
            prop_assert!(pcm.to_utterance(&Limits::default()).is_ok());
        }
    }
}
