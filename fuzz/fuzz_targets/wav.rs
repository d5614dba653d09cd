//! WAV files: whatever decodes is what its limits allow.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zahlwort_audio::{Limits, Pcm};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let Ok(pcm) = Pcm::decode_wav(bytes, &limits) else {
        return;
    };
    assert!(pcm.duration() <= limits.max_duration);
    assert!(pcm.samples().iter().all(|sample| sample.is_finite()));
    assert_eq!(pcm.samples().len(), pcm.frames() * usize::from(pcm.channels()));
});
