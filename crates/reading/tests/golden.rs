//! What `models/training/zahlwort_training/golden/reading.py` computes, an implementation of its own in float64.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::path::Path;

use serde_json::Value;
use zahlwort_reading::{Marked, Reader, Vocabulary};

/// Spans and what was taken back as the reference has them: slot (`-` taken back), range, confidence where it has one.
fn marks(reading: &Marked) -> Vec<(String, [usize; 2], Option<f32>)> {
    let spans = reading.spans.iter().map(|span| {
        let range = [span.range.start, span.range.end];
        (span.slot.clone(), range, Some(span.confidence))
    });
    let back = reading
        .taken_back
        .iter()
        .map(|range| ("-".to_owned(), [range.start, range.end], None));
    let mut marks: Vec<_> = spans.chain(back).collect();
    marks.sort_by_key(|(_, range, _)| *range);
    marks
}

/// Equal but for the rounding of 32 bits.
fn close(found: f32, expected: &Value) {
    let expected = expected.as_f64().unwrap();
    let allowed = 1e-4 * expected.abs() + 1e-9;
    assert!(
        (f64::from(found) - expected).abs() < allowed,
        "{found} {expected}"
    );
}

#[test]
fn readings_are_those_of_the_reference() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let reader = Reader::load(&directory).unwrap().unwrap();
    let expected = std::fs::read_to_string(directory.join("expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let entries: Vec<(String, String)> =
        serde_json::from_value(expected["vocabulary"].clone()).unwrap();
    let known = Vocabulary::new(entries);
    let mut taken_back = 0;
    for case in expected["texts"].as_array().unwrap() {
        let found = reader.read(
            case["text"].as_str().unwrap(),
            case["language"].as_str(),
            &known,
        );
        close(found.none, &case["none"]);
        let readings = case["readings"].as_array().unwrap();
        assert_eq!(found.readings.len(), readings.len());
        for (found, expected) in found.readings.iter().zip(readings) {
            assert_eq!(found.intent, expected["intent"].as_str().unwrap());
            close(found.probability, &expected["probability"]);
            close(found.confidence, &expected["confidence"]);
            let spans = expected["spans"].as_array().unwrap();
            let marks = marks(found);
            assert_eq!(marks.len(), spans.len(), "{found:?} {expected}");
            for ((slot, range, confidence), expected) in marks.iter().zip(spans) {
                assert_eq!(slot, expected["slot"].as_str().unwrap());
                assert_eq!(serde_json::json!(range), expected["range"]);
                match confidence {
                    Some(confidence) => close(*confidence, &expected["confidence"]),
                    None => taken_back += 1,
                }
            }
        }
    }
    assert!(taken_back > 0, "the texts have something of everything");
}
