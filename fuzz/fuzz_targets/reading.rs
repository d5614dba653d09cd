//! Any text for a learned reader: what it marks lies in the text, in order, on the boundaries of characters.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use zahlwort_reading::testing::{self, Sizes};
use zahlwort_reading::{Reader, Vocabulary};

static READER: LazyLock<Reader> = LazyLock::new(|| {
    let model = testing::model(&Sizes::TINY, 1);
    Reader::from_parts(&model.config, &model.tensors).expect("a model")
});

fuzz_target!(|text: &str| {
    let known = Vocabulary::new([("contacts", "Anna Schmidt"), ("products", text)]);
    for language in [None, Some("de")] {
        let found = READER.read(text, language, &known);
        assert!((0.0..=1.0).contains(&found.none));
        for reading in found.readings {
            assert!((0.0..=1.0).contains(&reading.probability));
            let spans = reading.spans.into_iter().map(|span| span.range);
            let mut ranges: Vec<_> = spans.chain(reading.taken_back).collect();
            ranges.sort_by_key(|range| range.start);
            let mut end = 0;
            for range in ranges {
                assert!(
                    range.start >= end
                        && text.get(range.clone()).is_some_and(|part| !part.is_empty())
                );
                end = range.end;
            }
        }
    }
});
