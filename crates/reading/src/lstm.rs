//! One layer of a bidirectional LSTM.
//!
//! Hochreiter and Schmidhuber, *Long Short-Term Memory* (1997), with the gates and their order of `torch.nn.LSTM`.

use crate::linear::Linear;
use crate::vector::{sigmoid, tanh, vectorised};

/// Input, forget, cell and output gate.
const GATES: usize = 4;
/// Units of the hidden state that are computed together: their gates fill eight registers of 256 bits.
const BLOCK: usize = 16;
/// The gates of a block: all input gates, all forget gates, and so on.
const PANEL: usize = GATES * BLOCK;

/// One direction's weights as a model's file has them: rows of all units' input gates, then forget gates, cell gates
/// and output gates.
#[derive(Debug)]
pub(crate) struct Direction {
    /// `[4 · hidden, inputs]`
    pub(crate) weight_ih: Vec<f32>,
    /// `[4 · hidden, hidden]`
    pub(crate) weight_hh: Vec<f32>,
    /// `[4 · hidden]`
    pub(crate) bias: Vec<f32>,
}

/// A layer: from rows of inputs to rows of the forward and the backward direction's states.
#[derive(Debug)]
pub(crate) struct Layer {
    hidden: usize,
    /// What both directions make of the inputs, for all words in one product.
    input: Linear,
    /// A panel a block of units: for each unit of the state before, its weights in the block's gates.
    recurrent: [Vec<f32>; 2],
}

impl Layer {
    pub(crate) fn new(
        inputs: usize,
        hidden: usize,
        forward: &Direction,
        backward: &Direction,
    ) -> Self {
        let both = [forward, backward];
        let weights: Vec<f32> = both
            .iter()
            .flat_map(|one| in_blocks(&one.weight_ih, inputs, hidden))
            .collect();
        let bias: Vec<f32> = both
            .iter()
            .flat_map(|one| in_blocks(&one.bias, 1, hidden))
            .collect();
        Self {
            hidden,
            input: Linear::new(&weights, bias, inputs),
            recurrent: both.map(|one| panels(&in_blocks(&one.weight_hh, hidden, hidden), hidden)),
        }
    }

    /// The states after each of the `words` rows of `input`: forward, then backward.
    pub(crate) fn run(&self, input: &[f32], words: usize) -> Vec<f32> {
        let hidden = self.hidden;
        let units = hidden.next_multiple_of(BLOCK);
        let inputs = self.input.apply(input);
        let mut out = vec![0.0; words * 2 * hidden];
        for (side, recurrent) in self.recurrent.iter().enumerate() {
            let (mut cell, mut state, mut next) =
                (vec![0.0; units], vec![0.0; units], vec![0.0; units]);
            for step in 0..words {
                let word = if side == 0 { step } else { words - 1 - step };
                let gates = &inputs[(2 * word + side) * GATES * units..][..GATES * units];
                advance(gates, recurrent, &state[..hidden], &mut cell, &mut next);
                out[(2 * word + side) * hidden..][..hidden].copy_from_slice(&next[..hidden]);
                std::mem::swap(&mut state, &mut next);
            }
        }
        out
    }
}

vectorised! {
    /// One word further: the next state and cell, from what the word says and the state before.
    fn advance<'a>(gates: &'a [f32], recurrent: &'a [f32], state: &'a [f32], cell: &'a mut [f32], next: &'a mut [f32]) {
        let panels = recurrent.chunks_exact(state.len() * PANEL);
        let blocks = cell.chunks_exact_mut(BLOCK).zip(next.chunks_exact_mut(BLOCK));
        for ((panel, gates), (cell, next)) in panels.zip(gates.chunks_exact(PANEL)).zip(blocks) {
            let mut sums = [0.0_f32; PANEL];
            sums.copy_from_slice(gates);
            for (x, weights) in state.iter().zip(panel.chunks_exact(PANEL)) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += x * weight;
                }
            }
            for unit in 0..BLOCK {
                let kept = sigmoid(sums[BLOCK + unit]) * cell[unit];
                cell[unit] = kept + sigmoid(sums[unit]) * tanh(sums[2 * BLOCK + unit]);
                next[unit] = sigmoid(sums[3 * BLOCK + unit]) * tanh(cell[unit]);
            }
        }
    }
}

/// Rows of gates ordered by blocks of units. Units that fill up the last block have weights of zero.
fn in_blocks(rows: &[f32], columns: usize, hidden: usize) -> Vec<f32> {
    let units = hidden.next_multiple_of(BLOCK);
    let mut out = vec![0.0; GATES * units * columns];
    for (row, values) in rows.chunks_exact(columns).enumerate() {
        let (gate, unit) = (row / hidden, row % hidden);
        let place = unit / BLOCK * PANEL + gate * BLOCK + unit % BLOCK;
        out[place * columns..][..columns].copy_from_slice(values);
    }
    out
}

/// Each block's rows transposed: the weights of one unit before, for all gates of the block, side by side.
fn panels(blocks: &[f32], hidden: usize) -> Vec<f32> {
    let transposed = |block: &[f32]| -> Vec<f32> {
        (0..hidden)
            .flat_map(|unit| (0..PANEL).map(move |gate| gate * hidden + unit))
            .map(|at| block[at])
            .collect()
    };
    blocks
        .chunks_exact(PANEL * hidden)
        .flat_map(transposed)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same in plain steps, as the books have it.
    fn plain(one: &Direction, input: &[Vec<f32>], hidden: usize) -> Vec<Vec<f32>> {
        let (mut state, mut cell) = (vec![0.0; hidden], vec![0.0; hidden]);
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
        let logistic = |x: f32| 1.0 / (1.0 + (-x).exp());
        let mut out = Vec::new();
        for x in input {
            let gate = |gate: usize, unit: usize| {
                let row = gate * hidden + unit;
                dot(&one.weight_ih[row * x.len()..][..x.len()], x)
                    + dot(&one.weight_hh[row * hidden..][..hidden], &state)
                    + one.bias[row]
            };
            let gates: Vec<[f32; 4]> = (0..hidden)
                .map(|unit| [0, 1, 2, 3].map(|which| gate(which, unit)))
                .collect();
            for (unit, [i, f, g, o]) in gates.into_iter().enumerate() {
                cell[unit] = logistic(f) * cell[unit] + logistic(i) * g.tanh();
                state[unit] = logistic(o) * cell[unit].tanh();
            }
            out.push(state.clone());
        }
        out
    }

    #[test]
    fn blocks_give_what_plain_steps_give() {
        for (hidden, inputs, words) in [(1, 1, 1), (3, 5, 4), (16, 7, 9), (37, 12, 6)] {
            let mut random = crate::testing::random((hidden * words) as u64);
            let mut draw = |count: usize| -> Vec<f32> { random.by_ref().take(count).collect() };
            let mut direction = || Direction {
                weight_ih: draw(4 * hidden * inputs),
                weight_hh: draw(4 * hidden * hidden),
                bias: draw(4 * hidden),
            };
            let (forward, backward) = (direction(), direction());
            let input: Vec<Vec<f32>> = (0..words).map(|_| draw(inputs)).collect();
            let found = Layer::new(inputs, hidden, &forward, &backward).run(&input.concat(), words);

            let there = plain(&forward, &input, hidden);
            let reversed: Vec<Vec<f32>> = input.into_iter().rev().collect();
            let back = plain(&backward, &reversed, hidden);
            let expected: Vec<f32> = there
                .into_iter()
                .zip(back.into_iter().rev())
                .flat_map(|(a, b)| [a, b].concat())
                .collect();
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(&expected) {
                assert!((found - expected).abs() < 1e-5, "{found} {expected}");
            }
        }
    }
}
