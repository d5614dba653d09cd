//! Times the encoder, the CTC head and one rescoring pass in int8 and in `f32`, alternately and in
//! one process, so that a busy machine slows both:
//!
//! ```text
//! cargo run --release -p zahlwort-speech --example encoder_time -- models/default 3.0
//! ```

use std::error::Error;
use std::time::Instant;

use ndarray::Array2;
use zahlwort_speech::ModelError;
use zahlwort_speech::model::{CtcHead, Model};

const REPEATS: usize = 25;

/// Milliseconds per stage.
type Times = [f64; 3];

const STAGES: [&str; 3] = ["encoder", "CTC head", "start and score 8 x 15 tokens"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments.next().unwrap_or("models/default".to_owned());
    let seconds: f32 = arguments.next().unwrap_or("3.0".to_owned()).parse()?;
    let fast = Model::load(directory.as_ref())?;
    let reference = Model::load_reference(directory.as_ref())?;
    let frames = (seconds * 100.0) as usize;
    let mel = Array2::from_shape_fn((frames, fast.config.num_mel_bins), |(t, m)| {
        let (t, m) = (t as f32, m as f32);
        0.6 * (0.17 * m + 0.31 * t).sin() + 0.4 * (0.011 * m * t).cos()
    });
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()?;
        let (mut int8, mut float) = (Vec::new(), Vec::new());
        for _ in 0..REPEATS {
            int8.push(pool.install(|| run(&fast, &mel))?);
            float.push(pool.install(|| run(&reference, &mel))?);
        }
        for (stage, name) in STAGES.iter().enumerate() {
            let (int8, float) = (median(&int8, stage), median(&float, stage));
            println!(
                "{seconds} s, {threads} threads, {name}: int8 {int8:.1} ms, f32 {float:.1} ms, {:.1} times faster",
                float / int8
            );
        }
    }
    Ok(())
}

fn run(model: &Model, mel: &Array2<f32>) -> Result<Times, ModelError> {
    let clock = Instant::now();
    let states = model.encoder.forward_keeping(mel.view(), CtcHead::BLOCKS)?;
    let encoder = clock.elapsed();
    if let Some(head) = &model.ctc {
        head.forward(&states)?;
    }
    let head = clock.elapsed();
    let sequences: Vec<Vec<u32>> = (0..8)
        .map(|i| {
            let mut sequence = model.vocabulary.prompt("en");
            sequence.extend((0..15).map(|j| 400 + 97 * i + 31 * j));
            sequence
        })
        .collect();
    let cross = model.decoder.start(&states)?;
    model.decoder.score(&cross, &sequences, 4, false)?;
    let score = clock.elapsed();
    Ok([encoder, head - encoder, score - head].map(|time| time.as_secs_f64() * 1e3))
}

fn median(times: &[Times], stage: usize) -> f64 {
    let mut times: Vec<f64> = times.iter().map(|times| times[stage]).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
