//! The shipped model against another implementation of Whisper that computes the same weights in `f32`:
//! candle-transformers', on a recording.
//!
//! It is a looser reference than the golden files are: its GELU is the approximation by a hyperbolic tangent. What
//! it adds is that it sees real speech from end to end, whatever the model.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::whisper::model::Whisper;
use ndarray::Array2;
use safetensors::{Dtype, SafeTensors};
use zahlwort_audio::{Limits, LogMel, Pcm};
use zahlwort_speech::model::{Model, log_softmax};

const CPU: Device = Device::Cpu;

fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/default")
}

/// The model's tensors by Hugging Face's names, quantised ones multiplied out.
fn tensors() -> HashMap<String, Tensor> {
    let file = std::fs::read(models().join("model.safetensors"))
        .expect("models/default is part of the repository");
    let stored = SafeTensors::deserialize(&file).expect("the model is whole");
    let floats = |name: &str| -> Vec<f32> {
        let tensor = stored.tensor(name).expect("the name is from the file");
        let data = tensor.data();
        match tensor.dtype() {
            Dtype::F32 => data
                .as_chunks::<4>()
                .0
                .iter()
                .map(|bytes| f32::from_le_bytes(*bytes))
                .collect(),
            Dtype::F16 => data
                .as_chunks::<2>()
                .0
                .iter()
                .map(|bytes| half::f16::from_le_bytes(*bytes).to_f32())
                .collect(),
            other => panic!("{name} is stored as {other:?}"),
        }
    };
    let mut out = HashMap::new();
    for name in stored.names() {
        let tensor = stored.tensor(name).expect("the name is from the file");
        if name.ends_with(".scale") {
            continue;
        }
        let values = if tensor.dtype() == Dtype::I8 {
            let scales = floats(&format!("{name}.scale"));
            let width = tensor.data().len() / scales.len();
            let bytes = tensor.data().iter().enumerate();
            bytes
                .map(|(at, byte)| f32::from(*byte as i8) * scales[at / width])
                .collect()
        } else {
            floats(name)
        };
        let tensor = Tensor::from_vec(values, tensor.shape(), &CPU).expect("the shape fits");
        out.insert(name.to_owned(), tensor);
    }
    out
}

/// The log-mel frames of a recording.
fn features(file: &str) -> Array2<f32> {
    let limits = Limits::default();
    let pcm = Pcm::read_wav(models().join("../../tests/audio").join(file), &limits)
        .expect("the recording is part of the repository");
    let utterance = pcm.to_utterance(&limits).expect("the recording is short");
    LogMel::new()
        .compute(utterance.samples())
        .expect("the recording is long enough")
}

/// What an implementation makes of a recording.
struct Heard {
    states: Vec<f32>,
    /// Of each token after the prompt, its natural-log probability.
    log_probs: Vec<f32>,
}

fn ours(model: &Model, mel: &Array2<f32>, tokens: &[u32], prompt: usize) -> Heard {
    let states = model.encoder.forward(mel.view()).expect("the input fits");
    let cross = model.decoder.start(&states).expect("the states fit");
    let scores = model.decoder.score(&cross, &[tokens], prompt, false);
    let score = scores.expect("the tokens fit").remove(0);
    Heard {
        states: states.states.into_iter().collect(),
        log_probs: score.tokens.iter().map(|token| token.log_prob).collect(),
    }
}

fn theirs(mel: &Array2<f32>, tokens: &[u32], prompt: usize) -> candle_core::Result<Heard> {
    let config = std::fs::read_to_string(models().join("config.json"))?;
    let config = serde_json::from_str(&config).expect("the fields are Hugging Face's");
    let weights = VarBuilder::from_tensors(tensors(), DType::F32, &CPU);
    let mut whisper = Whisper::load(&weights, config)?;
    let (frames, mels) = mel.dim();
    let channels: Vec<f32> = mel.t().iter().copied().collect();
    let mel = Tensor::from_vec(channels, (1, mels, frames), &CPU)?;
    let states = whisper.encoder.forward(&mel, true)?;
    let ids = Tensor::new(tokens, &CPU)?.unsqueeze(0)?;
    let hidden = whisper.decoder.forward(&ids, &states, true)?;
    let logits = whisper.decoder.final_linear(&hidden)?.squeeze(0)?;
    let mut rows = logits.to_vec2::<f32>()?;
    rows.iter_mut().for_each(|row| log_softmax(row));
    let scored = rows.iter().skip(prompt - 1).zip(&tokens[prompt..]);
    Ok(Heard {
        states: states.flatten_all()?.to_vec1()?,
        log_probs: scored.map(|(row, token)| row[*token as usize]).collect(),
    })
}

/// Root mean square of the differences over that of the expected values.
fn relative_error(found: &[f32], expected: &[f32]) -> f32 {
    assert_eq!(found.len(), expected.len());
    let differences = found.iter().zip(expected).map(|(a, b)| (a - b).powi(2));
    let squares = expected.iter().map(|x| x * x);
    (differences.sum::<f32>() / squares.sum::<f32>()).sqrt()
}

#[test]
fn a_recording_is_heard_as_candles_whisper_hears_it() {
    let load = |model: Result<Model, _>| model.expect("models/default is part of the repository");
    let floats = load(Model::load_reference(&models()));
    let int8 = load(Model::load(&models()));
    // Where the processor adds products in 16 bits, activations have seven bits instead of eight.
    let narrow = rten_gemm::GemmExecutor::<u8, i8, i32>::new().may_saturate();
    let (states, nats) = if narrow { (0.2, 0.6) } else { (0.08, 0.3) };
    for (file, language, text) in [
        (
            "ueberweise-fuenfzig-euro-an-anna.wav",
            "de",
            " Überweise fünfzig Euro an Anna.",
        ),
        (
            "send-fifty-euros-to-anna.wav",
            "en",
            " Send fifty euros to Anna.",
        ),
    ] {
        let mel = features(file);
        let mut tokens = int8.vocabulary.prompt(language);
        let prompt = tokens.len();
        tokens.extend(spell(&int8, text));
        tokens.push(int8.vocabulary.end_of_text());
        let expected = theirs(&mel, &tokens, prompt).expect("candle computes it");
        for (name, model, states, nats) in
            [("f32", &floats, 0.01, 0.05), ("int8", &int8, states, nats)]
        {
            let found = ours(model, &mel, &tokens, prompt);
            let error = relative_error(&found.states, &expected.states);
            assert!(error < states, "{file}, {name}: states differ by {error}");
            let total = |heard: &Heard| heard.log_probs.iter().sum::<f32>();
            let error = (total(&found) - total(&expected)).abs();
            assert!(
                error < nats,
                "{file}, {name}: scores differ by {error} nats"
            );
        }
    }
}

/// A text in the longest tokens from its beginning on: not as the model would write it, but tokens.
fn spell(model: &Model, text: &str) -> Vec<u32> {
    let mut rest = text.as_bytes();
    let mut tokens = Vec::new();
    while !rest.is_empty() {
        let longest = (1..=rest.len()).rev().find_map(|length| {
            let token = model.vocabulary.token(&rest[..length])?;
            Some((token, length))
        });
        let (token, length) = longest.expect("every byte is a token");
        tokens.push(token);
        rest = &rest[length..];
    }
    tokens
}
