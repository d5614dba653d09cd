//! Scores of letters as no microphone gives them.

use zahlwort_speech::model::{CtcHead, CtcLogProbs};

use crate::generate::{Draw, Grammar, bytes, change};

/// The most states of a sound, 20 ms each.
const MOST: usize = 160;

/// Scores of noise, silence, one letter, or a sentence of the grammar that was changed a little, with
/// now and then a value that is no probability.
pub fn draw(draw: &mut Draw<'_>, grammar: &Grammar) -> Box<CtcLogProbs> {
    let said = grammar.say(draw).text;
    let text = if draw.once_in(2) {
        change(&said, draw)
    } else {
        said
    };
    let mut path = spell(&text, draw.below(3));
    path.truncate(MOST);
    if draw.once_in(4) {
        path = vec![draw.below(CtcHead::OUTPUTS); draw.below(MOST)];
    }
    let peak = draw.pick(&[8.0, 4.0, 1.0, 0.0, 60.0]);
    let strength = draw.pick(&[0.0, 1.0, 4.0, 20.0]);
    let seed = (draw.below(1 << 16)) as u64;
    let mut noise = bytes(seed, path.len() * CtcHead::OUTPUTS).into_iter();
    let mut values = Vec::new();
    for right in &path {
        let row: Vec<f32> = (0..CtcHead::OUTPUTS)
            .map(|output| {
                let noise = f32::from(noise.next().unwrap_or(0)) / 255.0 * strength;
                noise + if output == *right { peak } else { 0.0 }
            })
            .collect();
        values.extend(log_softmax(&row));
    }
    let odd = [
        f32::NAN,
        f32::NEG_INFINITY,
        f32::INFINITY,
        0.0,
        f32::MIN,
        f32::MAX,
    ];
    if draw.once_in(4) && !values.is_empty() {
        for _ in 0..draw.below(40) {
            let at = draw.below(values.len());
            values[at] = draw.pick(&odd);
        }
    }
    values.as_chunks().0.into()
}

/// The outputs that spell a text, each for so many states more than one and with a blank behind it.
fn spell(text: &str, longer: usize) -> Vec<usize> {
    let mut path = vec![CtcHead::BLANK];
    for c in text.chars().flat_map(char::to_lowercase) {
        let output = CtcHead::CHARACTERS.chars().position(|own| own == c);
        path.extend(vec![output.unwrap_or(1); 1 + longer]);
        path.push(CtcHead::BLANK);
    }
    path
}

fn log_softmax(row: &[f32]) -> Vec<f32> {
    let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total: f32 = row.iter().map(|x| (x - top).exp()).sum();
    row.iter().map(|x| x - top - total.ln()).collect()
}
