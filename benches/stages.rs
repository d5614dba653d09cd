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
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, QuantParams};
use rten_tensor::NdTensorView;
use zahlwort::audio::vad::{self, Endpointer, Vad, VadConfig};
use zahlwort::audio::{LogMel, SAMPLE_RATE};
use zahlwort::grammar::source::List;
use zahlwort::{
    Catalog, Engine, EngineBuilder, Limits, Outcome, Pcm, SessionOptions, Timing, Utterance,
};
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
fn catalog_of(count: usize) -> Catalog {
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
    let mel = LogMel::new();
    c.bench_function("features, 3 s", |b| {
        b.iter(|| mel.compute(black_box(utterance.samples())));
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

fn pool() -> rayon::ThreadPool {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads());
    pool.build().unwrap()
}

/// What the matrix products of Whisper base's encoder take in int8, with nothing between them: the
/// least that the encoder can take on these kernels.
fn products(c: &mut Criterion, pool: &rayon::ThreadPool, seconds: usize) {
    let (frames, states) = (seconds * 100, seconds * 50);
    let block = [(512, 1536), (512, 512), (512, 2048), (2048, 512)].map(|(k, n)| (states, k, n));
    let convolutions = [(frames, 240, 512), (states, 1536, 512)];
    let shapes = convolutions.into_iter().chain([block; 6].concat());
    let gemm = GemmExecutor::<u8, i8, i32>::new();
    let mut layers: Vec<_> = shapes
        .map(|(m, k, n)| {
            let weight: Vec<i8> = (0..k * n).map(|i| (i * 31 % 255) as i8).collect();
            let packed = gemm.prepack_b(NdTensorView::from_data([n, k], &weight[..]).transposed());
            let input: Vec<u8> = (0..m * k).map(|i| (i * 17 % 255) as u8).collect();
            (packed, input, vec![128u8; m], vec![0i32; m * n], [m, k])
        })
        .collect();
    let mut multiply = || {
        for (packed, input, zero_point, out, shape) in &mut layers {
            let input = NdTensorView::from_data(*shape, &input[..]);
            let options = GemmOptions {
                a_quant: Some(QuantParams { zero_point }),
                ..GemmOptions::default()
            };
            let (a, b) = (GemmInputA::Unpacked(input), GemmInputB::Packed(packed));
            gemm.gemm(out, a, b, options).unwrap();
        }
    };
    let name = format!("the encoder's int8 products alone, {seconds} s");
    c.bench_function(&name, |b| b.iter(|| pool.install(&mut multiply)));
}

/// The decoder's weighing of eight sentences of fifteen tokens in one pass.
fn rescoring(c: &mut Criterion, pool: &rayon::ThreadPool, model: &Model) {
    let features = LogMel::new().compute(seconds(3).samples()).unwrap();
    let states = pool.install(|| model.encoder.forward(features.view()));
    let states = states.unwrap();
    let prompt = model.vocabulary.prompt("de");
    let sequences: Vec<Vec<u32>> = (0..8)
        .map(|i| {
            let tokens = (0..15).map(|j| 400 + 97 * i + 31 * j);
            prompt.iter().copied().chain(tokens).collect()
        })
        .collect();
    c.bench_function("keys and values of 3 s for the decoder", |b| {
        b.iter(|| pool.install(|| model.decoder.start(&states)).unwrap());
    });
    let cross = pool.install(|| model.decoder.start(&states)).unwrap();
    c.bench_function("rescoring, 8 sentences of 15 tokens", |b| {
        let score = || {
            let decoder = &model.decoder;
            decoder.score(&cross, &sequences, prompt.len(), false)
        };
        b.iter(|| pool.install(score).unwrap());
    });
}

fn model(c: &mut Criterion) {
    let pool = pool();
    let model = pool.install(|| Model::load(&root().join("models/default")).unwrap());
    for length in [1, 3, 6] {
        let utterance = seconds(length);
        let features = LogMel::new().compute(utterance.samples()).unwrap();
        c.bench_function(&format!("encoder, {length} s"), |b| {
            let encode = || model.encoder.forward(features.view());
            b.iter(|| pool.install(encode).unwrap());
        });
        products(c, &pool, length);
    }
    rescoring(c, &pool, &model);
}

/// A stream in the pieces in which a microphone gives it, but without waiting for them.
fn live(c: &mut Criterion) {
    let said = seconds(3);
    let config = VadConfig::default();
    c.bench_function("endpointing, 3 s", |b| {
        b.iter(|| {
            let (mut vad, mut endpointer) = (Vad::new(config.clone()), Endpointer::new());
            for frame in black_box(said.samples()).as_chunks().0 {
                endpointer.push(&vad.push_frame(frame));
            }
            endpointer.start()
        });
    });
    let engine = Arc::new(builder().build().unwrap());
    let silence = vec![0.0f32; SAMPLE_RATE as usize];
    let mut waiting = engine.session(SessionOptions::default());
    c.bench_function("session push, 10 ms while nobody speaks", |b| {
        b.iter(|| {
            waiting
                .push(black_box(&silence[..160]), SAMPLE_RATE)
                .unwrap()
        });
    });
    let anna = recording("ueberweise-fuenfzig-euro-an-anna.wav");
    let anna = anna.to_utterance(&Limits::default()).unwrap();
    let stream = [&silence, anna.samples(), &silence].concat();
    for partials in [None, Some(Duration::from_millis(300))] {
        let name = match partials {
            None => "session, a command of 3 s and a second around it",
            Some(_) => "the same with partial results",
        };
        let options = SessionOptions {
            partials,
            ..SessionOptions::default()
        };
        c.bench_function(name, |b| {
            b.iter(|| {
                let mut session = engine.session(options);
                let blocks = black_box(&stream).chunks(160);
                let events = blocks.flat_map(|block| session.push(block, SAMPLE_RATE).unwrap());
                events.count()
            });
        });
    }
}

fn timing(outcome: &Outcome) -> Timing {
    *outcome.timing().unwrap()
}

fn commands(c: &mut Criterion) {
    let small = builder().build().unwrap();
    let large = builder().catalog(catalog_of(10_000)).build().unwrap();
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
    let list: List = catalog_of(10_000).lists().remove("products").unwrap();
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
    targets = front_end, model, live, commands, start
}
criterion_main!(stages);
