//! Made-up log-probabilities, for the tests of this module.

use zahlwort_grammar::Language;

use super::Alphabet;
use crate::model::tiny::random;
use crate::model::{CtcHead, CtcLogProbs, log_softmax};

/// From logits, `[len][CtcHead::OUTPUTS]`.
pub(crate) fn from_logits(values: Vec<f32>) -> Box<CtcLogProbs> {
    let mut rows: Box<CtcLogProbs> = values.as_chunks().0.into();
    rows.iter_mut().for_each(|row| log_softmax(row));
    rows
}

/// Noise of `strength` nats in `len` states.
pub(crate) fn noise(len: usize, strength: f32, seed: u64) -> Box<CtcLogProbs> {
    from_logits(
        random(seed)
            .take(len * CtcHead::OUTPUTS)
            .map(|x| x * strength)
            .collect(),
    )
}

/// A German text as a head writes it: each character in two states, with a blank behind it, the
/// right output `peak` nats above the others, noise of `strength` nats on all of them.
pub(crate) fn heard(text: &str, peak: f32, strength: f32, seed: u64) -> Box<CtcLogProbs> {
    let alphabet = Alphabet::new(Language::DE);
    let mut path = vec![CtcHead::BLANK; 2];
    for c in text.chars() {
        let output = alphabet.output(c).expect("the head writes it");
        path.extend([output, output, CtcHead::BLANK]);
    }
    let mut noise = random(seed);
    let mut values = Vec::new();
    for right in path {
        for output in 0..CtcHead::OUTPUTS {
            let noise = noise.next().unwrap_or_default() * strength;
            values.push(noise + if output == right { peak } else { 0.0 });
        }
    }
    from_logits(values)
}
