//! The element-wise steps of a transformer, over plain slices.
//!
//! Written as straight loops that the compiler turns into vector code; [`pulp`]
//! picks the widest instruction set that the processor has. Long inputs are
//! shared among the threads of the current rayon pool.

use std::sync::LazyLock;

use pulp::Arch;
use rayon::prelude::*;

/// Values that are worth a thread's while.
const GRAIN: usize = 1 << 14;

pub(crate) static ARCH: LazyLock<Arch> = LazyLock::new(Arch::new);

/// Defines a function whose body is compiled for each instruction set, and that runs the one for the
/// processor at hand.
///
/// [`Arch::dispatch`] of a closure would be shorter, but a closure is a function of its own: as soon as it is
/// long, the compiler does not inline it, and it is compiled for the oldest processor. For the same
/// reason the bodies are loops and not chains of closures.
macro_rules! vectorised {
    ($(#[$about:meta])* $visible:vis fn $name:ident<'a>($($argument:ident: $kind:ty),* $(,)?) $(-> $gives:ty)? $body:block) => {
        $(#[$about])*
        $visible fn $name<'a>($($argument: $kind),*) $(-> $gives)? {
            struct Work<'a> {
                $($argument: $kind,)*
            }
            impl<'a> pulp::WithSimd for Work<'a> {
                type Output = $crate::kernel::ops::vectorised!(@or_unit $($gives)?);
                #[inline(always)]
                fn with_simd<S: pulp::Simd>(self, _: S) -> Self::Output {
                    let Work { $($argument),* } = self;
                    $body
                }
            }
            $crate::kernel::ops::ARCH.dispatch(Work { $($argument),* })
        }
    };
    (@or_unit) => { () };
    (@or_unit $gives:ty) => { $gives };
}
pub(crate) use vectorised;

/// `e^x` to 2 units in the last place, without a table or a branch, so that a
/// loop of it becomes vector code. Below -87.3 it gives 1.2e-38, above 88 it
/// saturates.
///
/// Range reduction by Cody and Waite, *Software Manual for the Elementary
/// Functions* (1980); polynomial of the Cephes library's `expf`.
#[inline(always)]
fn exp(x: f32) -> f32 {
    // Adding and subtracting 1.5 * 2^23 rounds to the nearest integer, and
    // leaves that integer in the low bits.
    const ROUND: f32 = 12_582_912.0;
    let x = x.clamp(-87.3, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let mut p = 1.987_569_2e-4;
    p = p * r + 1.398_2e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 1.666_666_5e-1;
    p = p * r + 0.5;
    let value = p * r * r + r + 1.0;
    value * f32::from_bits((shifted.to_bits() << 23).wrapping_add(0x3f80_0000))
}

/// The error function to 1.5e-7: Abramowitz and Stegun, *Handbook of
/// Mathematical Functions*, 7.1.26.
#[inline(always)]
fn erf(x: f32) -> f32 {
    let a = x.abs();
    let t = 1.0 / (1.0 + 0.327_591_1 * a);
    let mut p = 1.061_405_4;
    p = p * t - 1.453_152;
    p = p * t + 1.421_413_8;
    p = p * t - 0.284_496_74;
    p = p * t + 0.254_829_6;
    (1.0 - p * t * exp(-a * a)).copysign(x)
}

/// Gaussian error linear unit, the exact form: `x/2 * (1 + erf(x/√2))`.
#[inline(always)]
pub(crate) fn gelu_of(x: f32) -> f32 {
    x * 0.5 * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// The Gaussian error linear unit of every value, in place.
pub(crate) fn gelu(values: &mut [f32]) {
    values.par_chunks_mut(GRAIN).for_each(gelu_piece);
}

vectorised! {
    fn gelu_piece<'a>(piece: &'a mut [f32]) {
        for x in piece {
            *x = gelu_of(*x);
        }
    }
}

vectorised! {
    /// Adds `other` to `values`, element by element.
    pub(crate) fn add<'a>(values: &'a mut [f32], other: &'a [f32]) {
        for (x, y) in values.iter_mut().zip(other) {
            *x += y;
        }
    }
}

/// Sum in 16 lanes, so that it becomes vector code and rounding errors stay small.
#[inline(always)]
fn sum(values: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0_f32; 16];
    let mut chunks = values.chunks_exact(16);
    for chunk in &mut chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += f(*x);
        }
    }
    lanes.iter().sum::<f32>() + chunks.remainder().iter().map(|x| f(*x)).sum::<f32>()
}

#[inline(always)]
fn max(values: &[f32]) -> f32 {
    let mut lanes = [f32::NEG_INFINITY; 16];
    let mut chunks = values.chunks_exact(16);
    for chunk in &mut chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane = lane.max(*x);
        }
    }
    lanes
        .iter()
        .chain(chunks.remainder())
        .fold(f32::NEG_INFINITY, |a, b| a.max(*b))
}

/// The dot product of two equally long slices.
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 16];
    let (mut a, mut b) = (a.chunks_exact(16), b.chunks_exact(16));
    for (a, b) in (&mut a).zip(&mut b) {
        for ((lane, x), y) in lanes.iter_mut().zip(a).zip(b) {
            *lane += x * y;
        }
    }
    lanes.iter().sum::<f32>()
        + a.remainder()
            .iter()
            .zip(b.remainder())
            .map(|(x, y)| x * y)
            .sum::<f32>()
}

/// Turns every row of `width` scores into probabilities, in place.
pub(crate) fn softmax_rows(values: &mut [f32], width: usize) {
    if width == 0 {
        return;
    }
    let rows = (GRAIN / width).max(1);
    values
        .par_chunks_mut(rows * width)
        .for_each(|piece| softmax_piece(piece, width));
}

vectorised! {
    fn softmax_piece<'a>(piece: &'a mut [f32], width: usize) {
        for row in piece.chunks_exact_mut(width) {
            softmax(row);
        }
    }
}

/// Turns scores into probabilities, in place.
#[inline(always)]
pub(crate) fn softmax(row: &mut [f32]) {
    let top = max(row);
    for x in row.iter_mut() {
        *x = exp(*x - top);
    }
    let factor = 1.0 / sum(row, |x| x);
    for x in row.iter_mut() {
        *x *= factor;
    }
}

vectorised! {
    /// The logarithm of the sum of the exponentials of `logits`: what separates a
    /// logit from its log-probability.
    #[must_use]
    pub fn log_sum_exp<'a>(logits: &'a [f32]) -> f32 {
        let top = max(logits);
        if !top.is_finite() {
            return top;
        }
        // Partial sums of 1024 keep the relative error of 50 000 terms near 1e-7.
        let mut total = 0.0;
        for piece in logits.chunks(1024) {
            total += sum(piece, |x| exp(x - top));
        }
        top + total.ln()
    }
}

/// Turns logits into natural-log probabilities, in place and without allocating.
pub fn log_softmax(logits: &mut [f32]) {
    subtract(logits, log_sum_exp(logits));
}

vectorised! {
    fn subtract<'a>(values: &'a mut [f32], offset: f32) {
        for x in values {
            *x -= offset;
        }
    }
}

/// Index and value of the largest element; `None` if there is none.
#[must_use]
pub fn arg_max(values: &[f32]) -> Option<(usize, f32)> {
    let top = greatest(values);
    values
        .iter()
        .position(|x| *x == top)
        .map(|index| (index, top))
}

vectorised! {
    fn greatest<'a>(values: &'a [f32]) -> f32 {
        max(values)
    }
}

/// Layer normalisation (Ba, Kiros and Hinton, 2016) with its learned gain and
/// offset; Whisper's epsilon is 1e-5.
#[derive(Debug)]
pub(crate) struct LayerNorm {
    gain: Vec<f32>,
    offset: Vec<f32>,
}

impl LayerNorm {
    /// Of a gain and an offset of the same length.
    pub(crate) fn new(gain: Vec<f32>, offset: Vec<f32>) -> Self {
        Self { gain, offset }
    }

    /// Every row of `input` normalised, as a new buffer.
    pub(crate) fn forward(&self, input: &[f32]) -> Vec<f32> {
        let width = self.gain.len();
        let mut out = vec![0.0; input.len()];
        let rows = (GRAIN / width).max(1) * width;
        out.par_chunks_mut(rows)
            .zip(input.par_chunks(rows))
            .for_each(|(out, input)| normalise(out, input, &self.gain, &self.offset));
        out
    }
}

vectorised! {
    fn normalise<'a>(out: &'a mut [f32], input: &'a [f32], gain: &'a [f32], offset: &'a [f32]) {
        let width = gain.len();
        for (out, row) in out.chunks_exact_mut(width).zip(input.chunks_exact(width)) {
            let mean = sum(row, |x| x) / width as f32;
            let variance = sum(row, |x| (x - mean) * (x - mean)) / width as f32;
            let factor = 1.0 / (variance + 1e-5).sqrt();
            for (((out, x), gain), offset) in out.iter_mut().zip(row).zip(gain).zip(offset) {
                *out = (x - mean) * factor * gain + offset;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponential_is_accurate_over_its_whole_range() {
        for step in -87_000..88_000 {
            let x = step as f32 * 1e-3;
            let expected = f64::from(x).exp();
            assert!((f64::from(exp(x)) / expected - 1.0).abs() < 3e-7, "e^{x}");
        }
        assert!(exp(-1e30) < 2e-38);
    }

    #[test]
    fn gelu_matches_published_values() {
        // x * Φ(x), Φ from standard normal tables to ten digits.
        let mut values = [-3.0_f32, -1.0, 0.0, 0.5, 1.0, 3.0];
        gelu(&mut values);
        let expected = [
            -0.004_049_69,
            -0.158_655_25,
            0.0,
            0.345_731_23,
            0.841_344_7,
            2.995_950_3,
        ];
        for (found, expected) in values.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-6, "{found} {expected}");
        }
    }

    #[test]
    fn log_softmax_sums_to_one_whatever_the_offset() {
        for offset in [-500.0, 0.0, 500.0] {
            let mut row: Vec<f32> = (0..51_865)
                .map(|i| ((i * 7919) % 1000) as f32 * 0.01 + offset)
                .collect();
            let naive = row
                .iter()
                .map(|x| f64::from(x - offset).exp())
                .sum::<f64>()
                .ln();
            let first = f64::from(row[0] - offset) - naive;
            log_softmax(&mut row);
            assert!((f64::from(row[0]) - first).abs() < 1e-4);
            let total: f64 = row.iter().map(|x| f64::from(*x).exp()).sum();
            assert!((total - 1.0).abs() < 1e-4, "{total}");
        }
    }

    #[test]
    fn layer_norm_gives_zero_mean_and_unit_variance() {
        let width = 50;
        let norm = LayerNorm::new(vec![1.0; width], vec![0.0; width]);
        let out = norm.forward(&(0..100).map(|i| (i * i % 37) as f32).collect::<Vec<_>>());
        for row in out.chunks(width) {
            let mean = row.iter().sum::<f32>() / width as f32;
            let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / width as f32;
            assert!(mean.abs() < 1e-5 && (variance - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn softmax_of_a_masked_row_ignores_the_mask() {
        let mut row = [1.0, f32::NEG_INFINITY, 1.0];
        softmax_rows(&mut row, 3);
        assert!((row[0] - 0.5).abs() < 1e-6 && row[1] < 1e-30);
        assert_eq!(arg_max(&row).map(|(index, _)| index), Some(0));
        assert_eq!(arg_max(&[]), None);
    }
}
