//! Fast matrix products and element-wise steps on the CPU: what the model's layers are made of.
//!
//! ```text
//! f32 rows → QuantisedRows (u8) ─┐
//!                                ├→ i32 products → Epilogue → f32 rows
//! i8 weights → PackedMatrix ─────┘
//! ```
//!
//! The inner loops are `rten-gemm`'s, which picks AVX-512 VNNI, AVX2, Arm's int8 matrix or dot
//! product instructions, or plain code while the program runs. All work runs on the current rayon
//! pool.

mod error;
mod f32;
pub(crate) mod ops;
mod packed;
mod quantise;
mod scratch;

pub use error::ProductError;
pub(crate) use f32::{PackedFloats, View};
pub(crate) use packed::{Epilogue, PackedMatrix};
