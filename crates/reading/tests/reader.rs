//! The reader from outside: files that fit and files that do not, and any text.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Value, json};
use zahlwort_reading::testing::{self, Model, Sizes};
use zahlwort_reading::{MAX_WORDS, Reader, ReadingError, Readings, Vocabulary};

static MODEL: LazyLock<Model> = LazyLock::new(|| testing::model(&Sizes::TINY, 7));
static READER: LazyLock<Reader> =
    LazyLock::new(|| Reader::from_parts(&MODEL.config, &MODEL.tensors).unwrap());

fn write(directory: &Path, model: &Model) {
    std::fs::write(directory.join("reading.json"), &model.config).unwrap();
    std::fs::write(directory.join("reading.safetensors"), &model.tensors).unwrap();
}

/// The model with a field of its `reading.json` changed.
fn changed(field: &str, value: Value) -> Result<Reader, ReadingError> {
    let mut config: Value = serde_json::from_str(&MODEL.config).unwrap();
    config[field] = value;
    Reader::from_parts(&config.to_string(), &MODEL.tensors)
}

/// Whatever the text, what is said of it is of it.
fn holds(text: &str, found: &Readings) {
    assert!((0.0..=1.0).contains(&found.none), "{}", found.none);
    assert!(found.readings.len() <= 3);
    assert!(
        found
            .readings
            .is_sorted_by(|a, b| a.probability >= b.probability)
    );
    for reading in &found.readings {
        assert!(READER.intents().any(|intent| intent == reading.intent));
        for sure in [reading.probability, reading.confidence] {
            assert!((0.0..=1.0).contains(&sure), "{sure}");
        }
        for span in &reading.spans {
            assert!(
                (0.0..=1.0).contains(&span.confidence),
                "{}",
                span.confidence
            );
        }
        let mut ranges: Vec<_> = reading
            .spans
            .iter()
            .map(|span| span.range.clone())
            .collect();
        assert!(ranges.is_sorted_by_key(|range| range.start));
        ranges.extend(reading.taken_back.iter().cloned());
        ranges.sort_by_key(|range| range.start);
        let mut end = 0;
        for range in ranges {
            let part = text
                .get(range.clone())
                .expect("within the text, on boundaries");
            assert!(range.start >= end && !part.is_empty());
            assert_eq!(part.trim(), part);
            end = range.end;
        }
    }
}

#[test]
fn a_directory_without_a_reader_has_none() {
    let directory = tempfile::tempdir().unwrap();
    assert!(Reader::load(directory.path()).unwrap().is_none());
    assert!(
        Reader::load(&directory.path().join("absent"))
            .unwrap()
            .is_none()
    );
}

#[test]
fn a_directory_with_half_a_reader_is_an_error() {
    let directory = tempfile::tempdir().unwrap();
    write(directory.path(), &MODEL);
    Reader::load(directory.path()).unwrap().unwrap();
    std::fs::remove_file(directory.path().join("reading.safetensors")).unwrap();
    let error = Reader::load(directory.path()).unwrap_err();
    assert!(
        matches!(&error, ReadingError::Read { path, .. } if path.ends_with("reading.safetensors"))
    );
    assert!(error.to_string().contains("or neither"), "{error}");
}

#[test]
fn one_changed_bit_of_the_weights_is_noticed() {
    let directory = tempfile::tempdir().unwrap();
    for at in [0, 20, MODEL.tensors.len() / 2, MODEL.tensors.len() - 1] {
        let mut model = MODEL.clone();
        model.tensors[at] ^= 0x10;
        write(directory.path(), &model);
        let error = Reader::load(directory.path()).unwrap_err();
        assert!(matches!(error, ReadingError::Damaged { .. }), "{error}");
        assert!(
            error.to_string().contains("copy both files again"),
            "{error}"
        );
    }
}

#[test]
fn files_of_no_use_are_not_read_to_their_end() {
    let directory = tempfile::tempdir().unwrap();
    write(directory.path(), &MODEL);
    let tensors = directory.path().join("reading.safetensors");
    std::fs::File::options()
        .write(true)
        .open(tensors)
        .unwrap()
        .set_len(1 << 40)
        .unwrap();
    let error = Reader::load(directory.path()).unwrap_err();
    assert!(
        matches!(
            error,
            ReadingError::Large {
                file: "reading.safetensors",
                ..
            }
        ),
        "{error}"
    );
    let long = " ".repeat(2 << 20);
    let error = Reader::from_parts(&long, &[]).unwrap_err();
    assert!(
        matches!(
            error,
            ReadingError::Large {
                file: "reading.json",
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn text_that_is_no_text_is_an_error() {
    let directory = tempfile::tempdir().unwrap();
    write(directory.path(), &MODEL);
    std::fs::write(directory.path().join("reading.json"), [0xff, 0xfe]).unwrap();
    let error = Reader::load(directory.path()).unwrap_err();
    assert!(error.to_string().contains("reading.json"), "{error}");
}

#[test]
fn sizes_have_to_be_those_of_the_weights() {
    let cases = [
        (
            "buckets",
            json!(65),
            "embedding.weight.scale has shape [64], expected [65]",
        ),
        (
            "embedding",
            json!(7),
            "embedding.weight has shape [64, 6], expected [64, 7]",
        ),
        (
            "hidden",
            json!(6),
            "lstm.0.forward.weight_ih.scale has shape [20], expected [24]",
        ),
        (
            "layers",
            json!(1),
            "lstm.1.backward.bias is not part of this model",
        ),
        (
            "layers",
            json!(3),
            "lstm.2.forward.weight_ih.scale is missing",
        ),
        (
            "languages",
            json!(["de"]),
            "lstm.0.forward.weight_ih has shape [20, 19], expected [20, 18]",
        ),
        (
            "lists",
            json!([]),
            "lstm.0.forward.weight_ih has shape [20, 19], expected [20, 16]",
        ),
        (
            "intents",
            json!([{"name": "", "slots": []}, {"name": "A", "slots": []}]),
            "intent.weight.scale",
        ),
    ];
    for (field, value, expected) in cases {
        let error = changed(field, value).unwrap_err();
        assert!(matches!(error, ReadingError::Tensor { .. }), "{error}");
        assert!(error.to_string().contains(expected), "{error}");
    }
    changed(
        "calibration",
        json!({"scale": 2, "offset": -1, "fitted": "on 400 sentences"}),
    )
    .unwrap();
}

#[test]
fn the_calibration_is_of_the_odds() {
    let known = Vocabulary::default();
    let text = "send anna twenty euros";
    let plain = READER.read(text, None, &known);
    let changed = changed("calibration", json!({"scale": 2.0, "offset": -1.0}))
        .unwrap()
        .read(text, None, &known);
    assert!(!plain.readings.is_empty());
    for (plain, other) in plain.readings.iter().zip(&changed.readings) {
        let clamped = plain.probability.clamp(1e-6, 1.0 - 1e-6);
        assert!((plain.confidence - clamped).abs() < 1e-6);
        let odds = 2.0 * (clamped / (1.0 - clamped)).ln() - 1.0;
        assert!((other.confidence - 1.0 / (1.0 + (-odds).exp())).abs() < 1e-6);
    }
}

#[test]
fn a_text_without_words_or_with_too_many_has_no_reading() {
    let known = Vocabulary::default();
    for text in ["", "  \n", "… – ?!", &"word ".repeat(MAX_WORDS + 1)] {
        let found = READER.read(text, Some("de"), &known);
        assert!(found.readings.is_empty());
        assert_eq!(found.none, 1.0);
    }
    let longest = "word ".repeat(MAX_WORDS);
    let found = READER.read(&longest, Some("de"), &known);
    assert!(found.none < 1.0);
    holds(&longest, &found);
}

#[test]
fn language_and_lists_are_told_to_the_network() {
    let text = "anna milk";
    let none = READER.read(text, None, &Vocabulary::default());
    assert_ne!(none, READER.read(text, Some("en"), &Vocabulary::default()));
    assert_ne!(
        none,
        READER.read(text, None, &Vocabulary::new([("products", "Oat Milk")]))
    );
    // What the model has not learnt says nothing.
    assert_eq!(
        none,
        READER.read(text, Some("fr"), &Vocabulary::new([("cats", "Anna")]))
    );
}

#[test]
fn readers_are_shared_among_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Reader>();
    shared::<Vocabulary>();
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>(), language in prop::sample::select(vec![None, Some("de"), Some("xx")])) {
        holds(&text, &READER.read(&text, language, &Vocabulary::new([("contacts", text.as_str())])));
    }

    #[test]
    fn any_words_and_marks_are_read(text in "([A-ZÄöß0-9İﬁ]{1,30}|[ .,:–„“(…]|an |12,5 ){0,80}") {
        holds(&text, &READER.read(&text, Some("de"), &Vocabulary::default()));
    }

    #[test]
    fn any_model_reads_or_is_refused(seed: u64, at: prop::sample::Index, bytes in prop::collection::vec(any::<u8>(), 1..40)) {
        // Sealed anew, so that the damage gets as far as it can.
        let mut model = testing::model(&Sizes::TINY, seed);
        let at = at.index(model.tensors.len());
        let end = model.tensors.len().min(at + bytes.len());
        model.tensors[at..end].copy_from_slice(&bytes[..end - at]);
        let mut config: Value = serde_json::from_str(&model.config).unwrap();
        config["crc32.tensors"] = json!(format!("{:08x}", crc32fast::hash(&model.tensors)));
        if let Ok(reader) = Reader::from_parts(&config.to_string(), &model.tensors) {
            let text = "Zahle Anna 12,50 Euro, nein, 15.";
            holds(text, &reader.read(text, Some("de"), &Vocabulary::default()));
        }
    }
}
