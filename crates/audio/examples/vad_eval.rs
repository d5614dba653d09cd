//! Prints where somebody speaks in each WAV file: path, first sample, end, length,
//! at 16 kHz, separated by tabs; `-` where nobody does.
//!
//! `cargo run --release --example vad_eval -- FILE.wav…`

use zahlwort_audio::{AudioError, Limits, Pcm, vad};

fn main() -> Result<(), AudioError> {
    let (limits, config) = (Limits::default(), vad::VadConfig::default());
    for path in std::env::args().skip(1) {
        let utterance = Pcm::read_wav(&path, &limits)?.to_utterance(&limits)?;
        let len = utterance.samples().len();
        match vad::trim(&utterance, &config) {
            Some(range) => println!("{path}\t{}\t{}\t{len}", range.start, range.end),
            None => println!("{path}\t-\t-\t{len}"),
        }
    }
    Ok(())
}
