//! Straight loops that become vector code for the processor at hand.

use std::sync::LazyLock;

use pulp::Arch;

pub(crate) static ARCH: LazyLock<Arch> = LazyLock::new(Arch::new);

/// Defines a function whose body is compiled for each instruction set, and that runs the one for the processor at
/// hand.
///
/// A closure given to [`Arch::dispatch`] would be shorter, but as soon as it is long the compiler does not inline it,
/// and it is compiled for the oldest processor. For the same reason the bodies are loops and not chains of closures.
macro_rules! vectorised {
    ($(#[$about:meta])* fn $name:ident<'a>($($argument:ident: $kind:ty),* $(,)?) $body:block) => {
        $(#[$about])*
        fn $name<'a>($($argument: $kind),*) {
            struct Work<'a> {
                $($argument: $kind,)*
            }
            impl<'a> pulp::WithSimd for Work<'a> {
                type Output = ();
                #[inline(always)]
                fn with_simd<S: pulp::Simd>(self, _: S) {
                    let Work { $($argument),* } = self;
                    $body
                }
            }
            $crate::vector::ARCH.dispatch(Work { $($argument),* })
        }
    };
}
pub(crate) use vectorised;

/// `e^x` to 2 units in the last place, without a table or a branch. Below -87.3 it gives 1.2e-38, above 88 it saturates.
///
/// Range reduction by Cody and Waite, *Software Manual for the Elementary Functions* (1980); polynomial of the Cephes
/// library's `expf`.
#[inline(always)]
fn exp(x: f32) -> f32 {
    // Adding and subtracting 1.5 * 2^23 rounds to the nearest integer, and leaves that integer in the low bits.
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

/// The logistic function.
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// The hyperbolic tangent, to 2e-7.
#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    2.0 * sigmoid(2.0 * x) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gates_are_accurate_over_their_whole_range() {
        for step in -100_000..100_000 {
            let x = step as f32 * 1e-3;
            let exact = f64::from(x);
            let logistic = 1.0 / (1.0 + (-exact).exp());
            assert!((f64::from(sigmoid(x)) - logistic).abs() < 1e-7, "{x}");
            assert!((f64::from(tanh(x)) - exact.tanh()).abs() < 2e-7, "{x}");
        }
        for (x, logistic, tangent) in [(-1e30, 0.0, -1.0), (0.0, 0.5, 0.0), (1e30, 1.0, 1.0)] {
            assert!((sigmoid(x) - logistic).abs() < 1e-30);
            assert!((tanh(x) - tangent).abs() < 1e-30);
        }
    }
}
