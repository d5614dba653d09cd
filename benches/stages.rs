//! What each stage takes, on the recordings of the tests: `cargo bench --bench stages`.
//!
//! `THREADS=1 cargo bench --bench stages` measures on one thread; two is the default.
#![allow(
    missing_docs,
    reason = "criterion's macros define items without documentation"
)]
#![allow(clippy::unwrap_used, reason = "a bench that fails may panic")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use zahlwort::audio::vad::{self, VadConfig};
use zahlwort::audio::{Features, LogMel, SAMPLE_RATE};
use zahlwort::grammar::source::List;
use zahlwort::{Catalog, Engine, EngineBuilder, Limits, Outcome, Pcm, Timing, Utterance};
use zahlwort_speech::model::Model;

fn threads() -> usize {
    let named = std::env::var("THREADS").ok();
    named.and_then(|n| n.parse().ok()).unwrap_or(2)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn recording(name: &str) -> Pcm {
    let path: PathBuf = root().join("tests/audio").join(name);
    Pcm::read_wav(path, &Limits::default()).unwrap()
}

/// The first `seconds` of a recording, said again and again until there is enough.
fn seconds(seconds: usize) -> Utterance {
    let limits = Limits::default();
    let said = recording("ueberweise-fuenfzig-euro-an-anna.wav")
        .to_utterance(&limits)
        .unwrap();
    let samples = said.samples().iter().copied().cycle();
    let wanted = seconds * SAMPLE_RATE as usize;
    Utterance::from_16k(samples.take(wanted).collect(), &limits).unwrap()
}

fn builder() -> EngineBuilder {
    Engine::builder()
        .model(root().join("models/default"))
        .threads(threads())
}

/// A catalog of as many made-up products beside the example's names.
fn products(count: usize) -> Catalog {
    let syllables = [
        "ka", "fe", "mi", "lo", "ran", "sta", "ber", "gen", "tu", "pol",
    ];
    let mut yaml = "products:\n".to_owned();
    for i in 0..count {
        let part = |place: usize| syllables[i / 10usize.pow(place as u32) % 10];
        yaml += &format!("  - {}{} {}{}\n", part(3), part(2), part(1), part(0));
    }
    yaml += "contacts: [{name: Anna Schmidt, say: [Anna]}, Lukas]\n";
    Catalog::parse("made-up.yaml", &yaml).unwrap()
}

fn front_end(c: &mut Criterion) {
    let utterance = seconds(3);
    let (mut mel, mut features) = (LogMel::new(), Features::default());
    c.bench_function("features, 3 s", |b| {
        b.iter(|| mel.compute(black_box(utterance.samples()), &mut features));
    });
    let config = VadConfig::default();
    c.bench_function("voice activity, 3 s", |b| {
        b.iter(|| vad::trim(black_box(&utterance), &config));
    });
    let pcm = recording("de-leg-drei-flaschen-wasser.wav");
    let limits = Limits::default();
    c.bench_function("resampling, 4 s of 44.1 kHz stereo", |b| {
        b.iter(|| black_box(&pcm).to_utterance(&limits));
    });
}

fn encoder(c: &mut Criterion) {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads())
        .build()
        .unwrap();
    let model = pool.install(|| Model::load(&root().join("models/default")).unwrap());
    for length in [1, 3, 6] {
        let mut features = Features::default();
        let utterance = seconds(length);
        LogMel::new()
            .compute(utterance.samples(), &mut features)
            .unwrap();
        c.bench_function(&format!("encoder, {length} s"), |b| {
            let encode = || model.encoder.forward(&features.data, features.frames);
            b.iter(|| pool.install(encode).unwrap());
        });
    }
}

fn timing(outcome: &Outcome) -> Timing {
    *outcome.timing().unwrap()
}

fn commands(c: &mut Criterion) {
    let small = builder().build().unwrap();
    let large = builder().catalog(products(10_000)).build().unwrap();
    for (name, file) in [
        ("1 s", "en-yes.wav"),
        ("3 s", "ueberweise-fuenfzig-euro-an-anna.wav"),
        ("4 s", "de-kontostand-sparkonto.wav"),
    ] {
        let pcm = recording(file);
        c.bench_function(&format!("command, {name}"), |b| {
            b.iter(|| small.recognize(black_box(&pcm)).unwrap());
        });
    }
    let pcm = recording("de-kaffee-kaufen.wav");
    for (name, engine) in [("example catalog", &small), ("10 000 products", &large)] {
        c.bench_function(&format!("search, {name}"), |b| {
            b.iter_custom(|times| {
                let searches = (0..times).map(|_| {
                    let searched = timing(&engine.recognize(&pcm).unwrap());
                    Duration::from_secs_f32(searched.decoder_ms / 1e3)
                });
                searches.sum()
            });
        });
    }
    let list: List = products(10_000).lists().remove("products").unwrap();
    c.bench_function("list swap, 10 000 products", |b| {
        b.iter(|| large.set_list("products", black_box(&list)).unwrap());
    });
}

fn start(c: &mut Criterion) {
    c.bench_function("engine load", |b| b.iter(|| builder().build().unwrap()));
    c.bench_function("grammars alone", |b| {
        b.iter(|| Engine::builder().interpreter().unwrap());
    });
    let interpreter = Engine::builder().interpreter().unwrap();
    c.bench_function("parse a text", |b| {
        b.iter(|| interpreter.parse(black_box("Überweise 50 € an Anna")));
    });
}

criterion_group! {
    name = stages;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(4));
    targets = front_end, encoder, commands, start
}
criterion_main!(stages);
