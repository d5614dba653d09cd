//! A model of two layers and random weights, for tests of the code around it.

use std::collections::HashMap;
use std::path::Path;

use ndarray::Array2;
use safetensors::Dtype;
use safetensors::tensor::TensorView;

use super::Model;
use super::seal::checksum;

/// Width, vocabulary, mel channels and positions of the tiny model.
pub(crate) const D: usize = 64;
pub(crate) const VOCAB: usize = 300;
pub(crate) const MELS: usize = 8;
pub(crate) const STATES: usize = 40;
pub(crate) const TOKENS: usize = 24;

/// Numbers in [-1, 1) that are the same on every machine.
pub(crate) fn random(seed: u64) -> impl Iterator<Item = f32> {
    let mut random = fastrand::Rng::with_seed(seed);
    std::iter::repeat_with(move || 2.0 * random.f32() - 1.0)
}

/// Names and shapes of all tensors.
pub(crate) fn tensors() -> Vec<(String, Vec<usize>)> {
    let mut out = vec![
        ("encoder.conv1.weight".to_owned(), vec![D, MELS, 3]),
        ("encoder.conv1.bias".to_owned(), vec![D]),
        ("encoder.conv2.weight".to_owned(), vec![D, D, 3]),
        ("encoder.conv2.bias".to_owned(), vec![D]),
        ("encoder.embed_positions.weight".to_owned(), vec![STATES, D]),
        ("decoder.embed_positions.weight".to_owned(), vec![TOKENS, D]),
        ("decoder.embed_tokens.weight".to_owned(), vec![VOCAB, D]),
    ];
    for side in ["encoder", "decoder"] {
        let mut norms = vec![format!("{side}.layer_norm")];
        for layer in 0..2 {
            let name = format!("{side}.layers.{layer}");
            let attentions = if side == "encoder" {
                &["self_attn"][..]
            } else {
                &["self_attn", "encoder_attn"]
            };
            for attention in attentions {
                norms.push(format!("{name}.{attention}_layer_norm"));
                for part in ["q_proj", "k_proj", "v_proj", "out_proj"] {
                    out.push((format!("{name}.{attention}.{part}.weight"), vec![D, D]));
                    if part != "k_proj" {
                        out.push((format!("{name}.{attention}.{part}.bias"), vec![D]));
                    }
                }
            }
            norms.push(format!("{name}.final_layer_norm"));
            for (part, shape) in [("fc1", [2 * D, D]), ("fc2", [D, 2 * D])] {
                out.push((format!("{name}.{part}.weight"), shape.to_vec()));
                out.push((format!("{name}.{part}.bias"), shape[..1].to_vec()));
            }
        }
        for norm in norms {
            out.push((format!("{norm}.weight"), vec![D]));
            out.push((format!("{norm}.bias"), vec![D]));
        }
    }
    out
}

/// Writes the tiny model's directory, with `prefix` before every tensor's name,
/// stored as `F32`, `F16`, `BF16` or, matrices only, `I8` with scales.
pub(crate) fn write(directory: &Path, prefix: &str, dtype: Dtype) {
    let mut stored: HashMap<String, (Dtype, Vec<usize>, Vec<u8>)> = HashMap::new();
    for (index, (name, shape)) in tensors().into_iter().enumerate() {
        let count = shape.iter().product();
        // Rows of unit length or so keep the activations in a sane range.
        let scale = if shape.len() > 1 {
            1.7 / (shape[1] as f32).sqrt()
        } else {
            0.3
        };
        let values: Vec<f32> = random(index as u64 + 1)
            .take(count)
            .map(|x| x * scale)
            .collect();
        let as_f32 = |values: &[f32]| {
            values
                .iter()
                .flat_map(|x| x.to_le_bytes())
                .collect::<Vec<u8>>()
        };
        let (kind, bytes) = match dtype {
            Dtype::F16 => (
                dtype,
                values
                    .iter()
                    .flat_map(|x| half::f16::from_f32(*x).to_le_bytes())
                    .collect(),
            ),
            Dtype::BF16 => (
                dtype,
                values
                    .iter()
                    .flat_map(|x| half::bf16::from_f32(*x).to_le_bytes())
                    .collect(),
            ),
            Dtype::I8 if shape.len() > 1 => {
                let scales = vec![scale / 127.0; shape[0]];
                stored.insert(
                    format!("{prefix}{name}.scale"),
                    (Dtype::F32, vec![shape[0]], as_f32(&scales)),
                );
                (
                    dtype,
                    values
                        .iter()
                        .map(|x| (x / scale * 127.0).round() as i8 as u8)
                        .collect(),
                )
            }
            _ => (Dtype::F32, as_f32(&values)),
        };
        stored.insert(format!("{prefix}{name}"), (kind, shape, bytes));
    }
    let views = stored.iter().map(|(name, (kind, shape, bytes))| {
        (
            name.clone(),
            TensorView::new(*kind, shape.clone(), bytes).expect("the bytes fit the shape"),
        )
    });
    let file = safetensors::serialize(views, None).expect("tensors serialize");
    std::fs::write(directory.join("model.safetensors"), file).expect("the directory is writable");

    let config = serde_json::json!({
        "d_model": D, "encoder_layers": 2, "decoder_layers": 2, "encoder_attention_heads": 4,
        "encoder_ffn_dim": 2 * D, "decoder_ffn_dim": 2 * D, "num_mel_bins": MELS,
        "max_source_positions": STATES, "max_target_positions": TOKENS, "vocab_size": VOCAB,
        "alignment_heads": [[1, 0], [0, 3], [1, 2]],
    });
    let letters: serde_json::Map<String, serde_json::Value> = ('a'..='z')
        .zip(0..)
        .map(|(letter, id)| (letter.to_string(), serde_json::json!(id)))
        .collect();
    let specials = [
        "endoftext",
        "startoftranscript",
        "de",
        "en",
        "transcribe",
        "nospeech",
        "notimestamps",
    ];
    let added: Vec<_> = (100..)
        .zip(specials)
        .map(|(id, name)| serde_json::json!({"id": id, "content": format!("<|{name}|>")}))
        .collect();
    let tokenizer = serde_json::json!({"model": {"vocab": letters}, "added_tokens": added});
    std::fs::write(directory.join("config.json"), config.to_string())
        .expect("the directory is writable");
    std::fs::write(directory.join("tokenizer.json"), tokenizer.to_string())
        .expect("the directory is writable");
}

/// Writes a version and the right checksums into the metadata of a model directory, as
/// `models/training/zahlwort_training/model/pack.py` does.
pub(crate) fn seal(directory: &Path, version: &str) {
    let path = directory.join("model.safetensors");
    let file = std::fs::read(&path).expect("the model was written");
    let tensors = safetensors::SafeTensors::deserialize(&file).expect("the model is whole");
    let sum =
        |name: &str| checksum(&std::fs::read(directory.join(name)).expect("the model was written"));
    let size = u64::from_le_bytes(*file.first_chunk().expect("a header")) as usize;
    let about = HashMap::from([
        ("format".to_owned(), "zahlwort".to_owned()),
        ("format_version".to_owned(), version.to_owned()),
        ("crc32.config.json".to_owned(), sum("config.json")),
        ("crc32.tokenizer.json".to_owned(), sum("tokenizer.json")),
        ("crc32.tensors".to_owned(), checksum(&file[8 + size..])),
    ]);
    let sealed = safetensors::serialize(tensors.tensors(), Some(about)).expect("tensors serialize");
    std::fs::write(path, sealed).expect("the directory is writable");
}

/// The tiny model, loaded from a directory that is gone afterwards.
pub(crate) fn model() -> Model {
    let directory = tempfile::tempdir().expect("a temporary directory");
    write(directory.path(), "model.", Dtype::F32);
    Model::load(directory.path()).expect("the tiny model loads")
}

/// A log-mel input of `frames` frames for it.
pub(crate) fn log_mel(frames: usize) -> Array2<f32> {
    let mut values = random(99);
    Array2::from_shape_simple_fn((frames, MELS), || values.next().unwrap_or_default())
}
