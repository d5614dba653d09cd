//! The three files of a model: `config.json NUL tokenizer.json NUL model.safetensors`.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use zahlwort_speech::model::{Config, Model, Vocabulary, Weights};

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(3, |byte| *byte == 0);
    let memory = Path::new("/dev/shm");
    let directory = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    }
    .expect("a directory");
    for name in ["config.json", "tokenizer.json", "model.safetensors"] {
        let part = parts.next().unwrap_or_default();
        std::fs::write(directory.path().join(name), part).expect("a file");
    }
    let size = Config::read(directory.path()).map_or(51_865, |config| config.vocab_size);
    let _ = Vocabulary::read(directory.path(), size);
    if let Ok(weights) = Weights::open(directory.path()) {
        let _ = weights.values("model.decoder.embed_tokens.weight", &[size, 4]);
        let _ = weights.matrix("model.encoder.conv1.weight", &[4, 80, 3]);
    }
    let _ = Model::load(directory.path());
});
