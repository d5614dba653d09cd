//! When each token was said: dynamic time warping over cross-attention.
//!
//! As OpenAI's Whisper finds word times: the attention weights of the heads that follow the audio are
//! normalised for each frame over the tokens, smoothed by a median over time, averaged over the heads,
//! and the cheapest monotonic path through them gives each token its first frame.

use crate::model::Alignment;

/// Width of the median filter, in encoder states of 20 ms.
const MEDIAN_WIDTH: usize = 7;
/// Length of an encoder state, in milliseconds.
pub(crate) const STATE_MS: u32 = 20;

/// For each of the tokens `from ..` of the aligned sequence, and for its end, the encoder state at
/// which it begins: `tokens - from + 1` numbers that never fall.
///
/// Empty if the model has no heads that follow the audio.
pub(crate) fn onsets(alignment: &Alignment, from: usize) -> Vec<usize> {
    let (heads, tokens, frames) = alignment.dim();
    if heads == 0 || frames == 0 || from == 0 || from > tokens {
        return Vec::new();
    }
    // The weights of token i are those with which it predicted token i + 1.
    let rows = tokens - from + 1;
    let mut mean = vec![0.0f32; rows * frames];
    let mut smooth = vec![0.0f32; frames];
    let mut window = Vec::with_capacity(MEDIAN_WIDTH);
    let mut row = Vec::with_capacity(frames);
    for head in alignment.outer_iter() {
        let mut normal = head.to_owned();
        for mut column in normal.columns_mut() {
            let average = column.iter().sum::<f32>() / tokens as f32;
            let squares = column.iter().map(|v| (v - average).powi(2));
            let variance = squares.sum::<f32>() / tokens as f32;
            let scale = 1.0 / variance.sqrt().max(1e-10);
            column.mapv_inplace(|v| (v - average) * scale);
        }
        for (values, out) in normal
            .rows()
            .into_iter()
            .skip(from - 1)
            .zip(mean.chunks_exact_mut(frames))
        {
            row.clear();
            row.extend(values.iter().copied());
            median_filter(&row, &mut smooth, &mut window);
            out.iter_mut()
                .zip(&smooth)
                .for_each(|(o, v)| *o += v / heads as f32);
        }
    }
    warp(&mean, rows, frames)
}

fn median_filter(values: &[f32], out: &mut [f32], window: &mut Vec<f32>) {
    let half = MEDIAN_WIDTH / 2;
    let last = values.len() - 1;
    for (i, out) in out.iter_mut().enumerate() {
        window.clear();
        for k in 0..MEDIAN_WIDTH {
            // Mirrored at both ends, and held where the mirror is shorter than the window.
            let at = (i + k).abs_diff(half);
            let at = if at > last {
                (2 * last).saturating_sub(at)
            } else {
                at
            };
            window.push(values[at.min(last)]);
        }
        window.sort_unstable_by(f32::total_cmp);
        *out = window[half];
    }
}

/// The monotonic path of the largest sum, as the column at which each row begins.
fn warp(gain: &[f32], rows: usize, columns: usize) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum Step {
        Both,
        Row,
        Column,
    }
    let width = columns + 1;
    let mut cost = vec![f32::INFINITY; (rows + 1) * width];
    let mut step = vec![Step::Both; (rows + 1) * width];
    cost[0] = 0.0;
    for r in 1..=rows {
        for c in 1..=columns {
            let at = r * width + c;
            let options = [
                (cost[at - width - 1], Step::Both),
                (cost[at - width], Step::Row),
                (cost[at - 1], Step::Column),
            ];
            let (least, how) = options
                .into_iter()
                .fold(options[0], |a, b| if b.0 < a.0 { b } else { a });
            cost[at] = least - gain[(r - 1) * columns + c - 1];
            step[at] = how;
        }
    }
    let mut onsets = vec![0; rows];
    let (mut r, mut c) = (rows, columns);
    while r > 0 && c > 0 {
        onsets[r - 1] = c - 1;
        match step[r * width + c] {
            Step::Both => (r, c) = (r - 1, c - 1),
            Step::Row => r -= 1,
            Step::Column => c -= 1,
        }
    }
    onsets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_token_begins_where_its_weight_does() {
        // Token 0 is a prompt; tokens 1, 2, 3 are heard in thirds of 30 frames, the end after that.
        let (tokens, frames) = (4, 40);
        let alignment = Alignment::from_shape_fn((1, tokens, frames), |(_, token, frame)| {
            if frame / 10 == token { 0.1 } else { 0.0 }
        });
        let onsets = onsets(&alignment, 1);
        assert_eq!(onsets.len(), 4);
        for (found, expected) in onsets.iter().zip([0, 10, 20, 30]) {
            assert!(found.abs_diff(expected) <= 1, "{onsets:?}");
        }
    }

    #[test]
    fn short_and_odd_inputs_do_not_panic() {
        for (tokens, frames) in [(1, 1), (3, 2), (5, 1)] {
            let alignment = Alignment::from_elem((1, tokens, frames), 0.5);
            let found = onsets(&alignment, 1);
            assert_eq!(found.len(), tokens);
            assert!(found.is_sorted() && found.iter().all(|f| *f < frames));
        }
        let none = Alignment::zeros((0, 3, 3));
        assert!(onsets(&none, 1).is_empty());
    }
}
