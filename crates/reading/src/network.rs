//! The network: from features to the scores of intents and of tags.

use crate::ReadingError;
use crate::config::Config;
use crate::linear::Linear;
use crate::lstm::{Direction, Layer};
use crate::tensors::Tensors;

/// Layers of a bidirectional LSTM, one head for the text's intent and one for the words' tags.
#[derive(Debug)]
pub(crate) struct Network {
    layers: Vec<Layer>,
    attention: Vec<f32>,
    intent: Linear,
    tag: Linear,
}

/// What the network says of a text.
#[derive(Debug)]
pub(crate) struct Scores {
    /// The logarithm of each intent's probability.
    pub(crate) intents: Vec<f32>,
    /// A row for each word, a score for each tag.
    pub(crate) emissions: Vec<f32>,
}

impl Network {
    /// Takes its tensors out of a model's.
    pub(crate) fn new(config: &Config, tensors: &mut Tensors<'_>) -> Result<Self, ReadingError> {
        let hidden = config.hidden;
        let mut layers = Vec::with_capacity(config.layers);
        let mut inputs = config.embedding + config.flags();
        for layer in 0..config.layers {
            let mut direction = |name: &str| {
                let name = format!("lstm.{layer}.{name}");
                Ok::<_, ReadingError>(Direction {
                    weight_ih: tensors
                        .matrix(&format!("{name}.weight_ih"), [4 * hidden, inputs])?,
                    weight_hh: tensors
                        .matrix(&format!("{name}.weight_hh"), [4 * hidden, hidden])?,
                    bias: tensors.floats(&format!("{name}.bias"), &[4 * hidden])?,
                })
            };
            let (forward, backward) = (direction("forward")?, direction("backward")?);
            layers.push(Layer::new(inputs, hidden, &forward, &backward));
            inputs = 2 * hidden;
        }
        let mut head = |name: &str, outputs: usize, inputs: usize| {
            let weight = tensors.matrix(&format!("{name}.weight"), [outputs, inputs])?;
            let bias = tensors.floats(&format!("{name}.bias"), &[outputs])?;
            Ok::<_, ReadingError>(Linear::new(&weight, bias, inputs))
        };
        let intent = head("intent", config.intents.len(), 4 * hidden)?;
        let tag = head("tag", config.tags.len(), 2 * hidden)?;
        Ok(Self {
            layers,
            attention: tensors.floats("attention.weight", &[1, 2 * hidden])?,
            intent,
            tag,
        })
    }

    /// The scores of a text of at least one word, given a row of features for each.
    pub(crate) fn run(&self, features: Vec<f32>, words: usize) -> Scores {
        let states = self
            .layers
            .iter()
            .fold(features, |rows, layer| layer.run(&rows, words));
        let mut intents = self.intent.apply(&self.pooled(&states));
        log_softmax(&mut intents);
        Scores {
            intents,
            emissions: self.tag.apply(&states),
        }
    }

    /// The states' mean, weighted by attention, and the greatest value of each of their numbers.
    fn pooled(&self, states: &[f32]) -> Vec<f32> {
        let width = self.attention.len();
        let rows = || states.chunks_exact(width);
        let mut weights: Vec<f32> = rows()
            .map(|row| row.iter().zip(&self.attention).map(|(x, w)| x * w).sum())
            .collect();
        log_softmax(&mut weights);
        let mut out = vec![0.0; width];
        out.resize(2 * width, f32::NEG_INFINITY);
        let (mean, most) = out.split_at_mut(width);
        for (row, weight) in rows().zip(weights) {
            let weight = weight.exp();
            for ((mean, most), x) in mean.iter_mut().zip(&mut *most).zip(row) {
                *mean += weight * x;
                *most = most.max(*x);
            }
        }
        out
    }
}

fn log_softmax(values: &mut [f32]) {
    let top = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let log = top + values.iter().map(|x| (x - top).exp()).sum::<f32>().ln();
    for x in values {
        *x -= log;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn close(found: &[f32], expected: &Value) {
        let expected: Vec<f32> = match expected.as_array().unwrap() {
            rows if rows[0].is_array() => rows
                .iter()
                .flat_map(|row| serde_json::from_value::<Vec<f32>>(row.clone()).unwrap())
                .collect(),
            _ => serde_json::from_value(expected.clone()).unwrap(),
        };
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!(
                (found - expected).abs() < 1e-5 * (1.0 + expected.abs()),
                "{found} {expected}"
            );
        }
    }

    /// Each stage against `models/training/zahlwort_training/golden/reading.py`.
    #[test]
    fn features_and_scores_are_those_of_the_reference() {
        let config = Config::parse(include_str!("../tests/data/reading.json")).unwrap();
        let bytes = include_bytes!("../tests/data/reading.safetensors");
        let mut tensors = Tensors::open(bytes, &config.checksum).unwrap();
        let network = Network::new(&config, &mut tensors).unwrap();
        let features = crate::features::Features {
            rows: tensors
                .matrix("embedding.weight", [config.buckets, config.embedding])
                .unwrap(),
            width: config.embedding,
            lists: config.lists,
            languages: config.languages,
        };
        let expected: Value =
            serde_json::from_str(include_str!("../tests/data/expected.json")).unwrap();
        let entries: Vec<(String, String)> =
            serde_json::from_value(expected["vocabulary"].clone()).unwrap();
        let known = crate::Vocabulary::new(entries);
        for case in expected["texts"].as_array().unwrap() {
            let text = case["text"].as_str().unwrap();
            let words = crate::words::split(text, crate::MAX_WORDS).unwrap();
            let rows = features.of(text, &words, case["language"].as_str(), &known);
            close(&rows, &case["features"]);
            let scores = network.run(rows, words.len());
            close(&scores.intents, &case["intents"]);
            close(&scores.emissions, &case["emissions"]);
        }
    }
}
