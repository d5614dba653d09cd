//! The two files of a learned reader: `reading.json NUL reading.safetensors`, sealed anew so that damage gets further.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use zahlwort_reading::{Reader, Vocabulary};

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(2, |byte| *byte == 0);
    let config = String::from_utf8_lossy(parts.next().unwrap_or_default());
    let tensors = parts.next().unwrap_or_default();
    let config = match serde_json::from_str::<Value>(&config) {
        Ok(Value::Object(mut fields)) => {
            let sum = format!("{:08x}", crc32fast::hash(tensors));
            fields.insert("crc32.tensors".to_owned(), json!(sum));
            Value::Object(fields).to_string()
        }
        _ => config.into_owned(),
    };
    if let Ok(reader) = Reader::from_parts(&config, tensors) {
        let known = Vocabulary::new([("contacts", "Anna Schmidt")]);
        let found = reader.read("Überweise Anna 12,50 Euro, nein, 15.", Some("de"), &known);
        assert!(
            found
                .readings
                .iter()
                .all(|one| (0.0..=1.0).contains(&one.confidence))
        );
    }
});
