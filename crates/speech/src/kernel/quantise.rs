//! Activations as bytes: each row with a scale of its own.

use rayon::prelude::*;

use super::ops::vectorised;

/// Values that are worth a thread's while.
const GRAIN: usize = 1 << 14;

/// Rows of `u8`: row `r` stands for `(value - zero_points[r]) * scales[r]`.
///
/// Symmetric, so all zero points are the same: with rows of different ones, products through
/// rten-gemm 0.24 came out wrong by several per cent and more.
#[derive(Debug, Default)]
pub(super) struct QuantisedRows {
    pub(super) values: Vec<u8>,
    pub(super) scales: Vec<f32>,
    pub(super) zero_points: Vec<u8>,
}

impl QuantisedRows {
    pub(super) const fn new() -> Self {
        Self {
            values: Vec::new(),
            scales: Vec::new(),
            zero_points: Vec::new(),
        }
    }

    /// Takes rows of `width` values, each to be spread over `0..=levels`.
    pub(super) fn fill(&mut self, input: &[f32], width: usize, levels: u8) {
        let rows = input.len() / width;
        self.values.resize(rows * width, 0);
        self.scales.resize(rows, 0.0);
        self.zero_points.resize(rows, 0);
        self.values
            .par_chunks_exact_mut(width)
            .zip(input.par_chunks_exact(width))
            .zip(&mut self.scales)
            .zip(&mut self.zero_points)
            .with_min_len((GRAIN / width).max(1))
            .for_each(|(((out, row), scale), zero)| {
                (*scale, *zero) = quantise(row, levels, out);
            });
    }

    /// Gives back memory beyond `keep` values.
    pub(super) fn trim(&mut self, keep: usize) {
        self.values.truncate(keep);
        self.values.shrink_to(keep);
    }
}

vectorised! {
    /// Quantises one row; returns its scale and zero point.
    fn quantise<'a>(row: &'a [f32], levels: u8, out: &'a mut [u8]) -> (f32, u8) {
        // Adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the low bits.
        const ROUND: f32 = 12_582_912.0;
        let (low, high) = range(row);
        let top = f32::from(levels);
        let zero = f32::from(levels / 2 + 1);
        let scale = high.max(-low) / (top - zero);
        let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
        for (out, x) in out.iter_mut().zip(row) {
            let value = (x * inverse + zero).clamp(0.0, top);
            *out = (value + ROUND).to_bits() as u8;
        }
        (scale, zero as u8)
    }
}

/// The least and the greatest value, or zero where that is beyond them: zero must be exact.
#[inline(always)]
fn range(row: &[f32]) -> (f32, f32) {
    let (mut low, mut high) = ([0.0_f32; 16], [0.0_f32; 16]);
    let mut chunks = row.chunks_exact(16);
    for chunk in &mut chunks {
        for ((low, high), x) in low.iter_mut().zip(&mut high).zip(chunk) {
            *low = if *x < *low { *x } else { *low };
            *high = if *x > *high { *x } else { *high };
        }
    }
    let rest = chunks.remainder();
    (
        low.iter().chain(rest).fold(0.0, |a, x| a.min(*x)),
        high.iter().chain(rest).fold(0.0, |a, x| a.max(*x)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_comes_back_within_half_a_step() {
        let width = 37;
        for levels in [127, 255] {
            for (factor, offset) in [
                (1.0, 0.0),
                (300.0, 5.0),
                (1e-3, -7.0),
                (2.0, 9.0),
                (0.0, 0.0),
            ] {
                let input: Vec<f32> = (0..3 * width)
                    .map(|i| ((i * i) as f32 * 0.7).sin() * factor + offset)
                    .collect();
                let mut rows = QuantisedRows::new();
                rows.fill(&input, width, levels);
                for (i, x) in input.iter().enumerate() {
                    let (scale, zero) = (rows.scales[i / width], rows.zero_points[i / width]);
                    assert!(rows.values[i] <= levels);
                    let back = (f32::from(rows.values[i]) - f32::from(zero)) * scale;
                    // The zero point is rounded too: at an end of the range both may add up.
                    assert!(
                        (back - x).abs() <= scale * 0.51 + 1e-6,
                        "{x} {back} {scale}"
                    );
                }
            }
        }
    }

    #[test]
    fn no_value_makes_it_panic() {
        let mut rows = QuantisedRows::new();
        rows.fill(&[f32::NAN, f32::INFINITY, 1.0, -1.0], 2, 255);
        rows.fill(&[f32::MAX, f32::MIN, f32::NEG_INFINITY, 0.0], 2, 255);
        assert_eq!(rows.values.len(), 4);
    }
}
