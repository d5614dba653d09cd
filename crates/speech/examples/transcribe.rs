//! Greedy transcription of log-mel features, with timings: a tool for looking
//! at the bare model, without grammar or audio front end.
//!
//!     cargo run --release -p zahlwort-speech --example transcribe -- MODEL_DIR LANGUAGE THREADS FILE.f32 …
//!
//! Each file holds log-mel energies as little-endian f32, `[num_mel_bins][frames]`.

use std::path::Path;
use std::time::Instant;

use ndarray::{Array2, ArrayView2, s};
use zahlwort_speech::model::{Model, ModelError, arg_max};

type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [directory, language, threads, files @ ..] = arguments.as_slice() else {
        return Err("usage: transcribe MODEL_DIR LANGUAGE THREADS FILE.f32 …".into());
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.parse()?)
        .build()?;
    pool.install(|| run(Path::new(directory), language, files))
}

fn run(directory: &Path, language: &str, files: &[String]) -> Result<(), Failure> {
    let start = Instant::now();
    let model = Model::load(directory)?;
    println!(
        "load {:.0} ms ({:.0} ms of processor time)",
        ms(start),
        cpu_ms()
    );
    for file in files {
        let bytes = std::fs::read(file)?;
        let mel: Vec<f32> = bytes
            .chunks_exact(4)
            .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
            .collect();
        let mels = model.config.num_mel_bins;
        let mel = Array2::from_shape_vec((mels, mel.len() / mels), mel)?;
        let mel = mel.t();
        let frames = mel.nrows();

        let start = Instant::now();
        let states = model.encoder.forward(mel)?;
        let encoder = ms(start);
        let start = Instant::now();
        let cross = model.decoder.start(&states)?;
        let cross_ms = ms(start);

        let mut state = model.decoder.state(&cross);
        let start = Instant::now();
        let mut logits = model
            .decoder
            .prompt(&mut state, &model.vocabulary.prompt(language))?;
        let prompt = ms(start);
        let mut tokens = Vec::new();
        let start = Instant::now();
        while tokens.len() < 100 {
            let row = logits.row(0).unwrap_or_default();
            let text = &row[..=model.vocabulary.end_of_text() as usize];
            let Some((best, _)) = arg_max(text) else {
                break;
            };
            if best as u32 == model.vocabulary.end_of_text() {
                break;
            }
            tokens.push(best as u32);
            logits = model.decoder.step(&mut state, &[best as u32])?;
        }
        let step = ms(start) / tokens.len().max(1) as f64;
        println!(
            "{file}: {frames} frames, encoder {encoder:.1} ms, cross {cross_ms:.1} ms, prompt {prompt:.1} ms, {step:.1} ms a token"
        );
        println!("  {}", model.vocabulary.decode(&tokens));
        measure(&model, mel, &model.vocabulary.prompt(language), &tokens)?;
    }
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        status
            .lines()
            .filter(|line| line.starts_with("VmHWM"))
            .for_each(|line| println!("{line}"));
    }
    Ok(())
}

/// Times the parts, each as the best of several runs: a busy machine only ever
/// makes a run longer.
fn measure(
    model: &Model,
    mel: ArrayView2<'_, f32>,
    prompt: &[u32],
    tokens: &[u32],
) -> Result<(), Failure> {
    let tokens = &tokens[..tokens.len().min(15)];
    for seconds in [1, 3, 6] {
        let cut = seconds * 100;
        if cut > mel.nrows() {
            continue;
        }
        let part = mel.slice(s![..cut, ..]);
        let states = model.encoder.forward(part)?;
        let encoder = best(|| model.encoder.forward(part).map(drop))?;
        let start = best(|| model.decoder.start(&states).map(drop))?;
        println!("  {seconds} s: encoder {encoder}, start {start}");
    }
    let cross = model.decoder.start(&model.encoder.forward(mel)?)?;
    for rows in [1, 9] {
        let mut state = model.decoder.state(&cross);
        model.decoder.prompt(&mut state, prompt)?;
        state.reorder(&vec![0; rows]);
        let token = vec![tokens.first().copied().unwrap_or(0); rows];
        let step = best(|| {
            model
                .decoder
                .step(&mut state, &token)
                .map(|mut logits| logits.log_softmax())
        })?;
        println!("  {rows} rows: {step} a step");
    }
    let hypotheses: Vec<Vec<u32>> = (0..8)
        .map(|index| {
            let mut sequence = [prompt, tokens].concat();
            // Each variant differs from some early place on, as n-best lists do.
            if let Some(token) = sequence.get_mut(prompt.len() + index) {
                *token = 1000 + index as u32;
            }
            sequence
        })
        .collect();
    let score = best(|| {
        model
            .decoder
            .score(&cross, &hypotheses, prompt.len(), true)
            .map(drop)
    })?;
    println!("  score of 8 x {} tokens: {score}", tokens.len());
    Ok(())
}

/// Shortest wall-clock and processor time of several runs.
fn best(mut work: impl FnMut() -> Result<(), ModelError>) -> Result<String, ModelError> {
    let (mut wall, mut cpu) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..20 {
        let (start, before) = (Instant::now(), cpu_ms());
        work()?;
        wall = wall.min(ms(start));
        cpu = cpu.min(cpu_ms() - before);
    }
    Ok(format!("{wall:.1} ms ({cpu:.1} ms of processor time)"))
}

/// Processor time of all threads so far, where the system tells (Linux), else 0.
fn cpu_ms() -> f64 {
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else {
        return 0.0;
    };
    threads
        .flatten()
        .filter_map(|thread| std::fs::read_to_string(thread.path().join("schedstat")).ok())
        .filter_map(|text| text.split_whitespace().next()?.parse::<f64>().ok())
        .sum::<f64>()
        / 1e6
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}
