//! Raw samples of any rate, through resampling, voice activity and features, at once and as a stream.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zahlwort_audio::{Limits, LogMel, Pcm, StreamResampler, check_samples, vad};

fuzz_target!(|bytes: &[u8]| {
    let Some((head, body)) = bytes.split_first_chunk::<6>() else {
        return;
    };
    let rate = u32::from_le_bytes([head[0], head[1], head[2], 0]);
    let channels = u16::from(head[3]);
    let (is_float, cut) = (head[4] & 1 == 1, usize::from(head[5]) + 1);
    let (pcm, samples): (_, Vec<f32>) = if is_float {
        let (whole, _) = body.as_chunks::<4>();
        let samples: Vec<f32> = whole.iter().map(|s| f32::from_le_bytes(*s)).collect();
        (Pcm::from_f32(&samples, rate, channels), samples)
    } else {
        let (whole, _) = body.as_chunks::<2>();
        let samples: Vec<i16> = whole.iter().map(|s| i16::from_le_bytes(*s)).collect();
        let floats = samples.iter().map(|s| f32::from(*s) / 32_768.0).collect();
        (Pcm::from_i16(&samples, rate, channels), floats)
    };
    if let Ok(utterance) = pcm.and_then(|pcm| pcm.to_utterance(&Limits::default())) {
        assert!(utterance.samples().iter().all(|sample| sample.is_finite()));
        if let Some(range) = vad::trim(&utterance, &vad::VadConfig::default()) {
            assert!(range.start < range.end && range.end <= utterance.samples().len());
            if let Ok(features) = LogMel::new().compute(utterance.samples()) {
                assert!(features.iter().all(|value| value.is_finite()));
            }
        }
    }
    // As a session does.
    if check_samples(&samples, 0).is_err() {
        return;
    }
    let Ok(mut stream) = StreamResampler::new(rate) else {
        return;
    };
    let mut out = Vec::new();
    for chunk in samples.chunks(cut) {
        if stream.push(chunk, &mut out).is_err() {
            return;
        }
    }
    let _ = stream.finish(&mut out);
    assert!(out.iter().all(|sample| sample.is_finite()));
});
