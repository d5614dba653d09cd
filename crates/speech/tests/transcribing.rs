//! Free transcription of recordings: several, all different, the best first.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::collections::BTreeSet;
use std::path::Path;

use zahlwort_audio::{Limits, Pcm};
use zahlwort_speech::{DecodeOptions, Recogniser, Transcript};

fn transcripts(file: &str, language: &str, count: usize) -> Vec<Transcript> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let recogniser = Recogniser::load(&project.join("models/default"), 2).unwrap();
    let limits = Limits::default();
    let pcm = Pcm::read_wav(project.join("tests/audio").join(file), &limits).unwrap();
    let utterance = pcm.to_utterance(&limits).unwrap();
    let encoded = recogniser
        .encode(&utterance, &DecodeOptions::default())
        .unwrap();
    recogniser.transcribe(&encoded, language, count).unwrap()
}

#[test]
fn the_likeliest_transcriptions_come_first_and_no_text_twice() {
    let found = transcripts("ueberweise-fuenfzig-euro-an-anna.wav", "de", 4);
    assert!((2..=4).contains(&found.len()), "{found:?}");
    assert!(
        found.is_sorted_by(|a, b| a.log_prob >= b.log_prob),
        "{found:?}"
    );
    let texts: BTreeSet<String> = found.iter().map(|one| one.text.to_lowercase()).collect();
    assert_eq!(texts.len(), found.len(), "{found:?}");
    let best = found.first().unwrap().text.to_lowercase();
    assert!(best.contains("anna") && best.contains("euro"), "{best}");
}

#[test]
fn as_many_are_given_as_are_asked_for_at_most() {
    assert!(transcripts("send-fifty-euros-to-anna.wav", "en", 0).is_empty());
    let one = transcripts("send-fifty-euros-to-anna.wav", "en", 1);
    assert_eq!(one.len(), 1);
    assert!(
        one.iter()
            .all(|found| found.text.to_lowercase().contains("anna"))
    );
}
