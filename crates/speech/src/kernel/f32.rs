//! Products of two `f32` matrices that lie anywhere in larger buffers: attention.

use std::fmt;

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

use super::ProductError;

/// A matrix inside a buffer: row `r`, column `c` is `values[r * stride + c]`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) values: &'a [f32],
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) stride: usize,
}

/// A right factor, laid out for products with any number of left ones.
pub(crate) struct PackedFloats(PackedBMatrix<f32>);

impl fmt::Debug for PackedFloats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PackedFloats")
    }
}

impl PackedFloats {
    /// Of `b`, or of `bᵀ` if `transposed`.
    ///
    /// # Errors
    /// [`ProductError`] if the sizes do not fit the buffer.
    pub(crate) fn new(b: View<'_>, transposed: bool) -> Result<Self, ProductError> {
        let b = b.tensor()?;
        let b = if transposed { b.transposed() } else { b };
        Ok(Self(GemmExecutor::<f32>::new().prepack_b(b)))
    }

    /// `a` times this, into the contiguous rows of `out`.
    ///
    /// # Errors
    /// [`ProductError`] if the sizes do not fit each other or the buffers.
    pub(crate) fn product(&self, a: View<'_>, out: &mut [f32]) -> Result<(), ProductError> {
        GemmExecutor::<f32>::new()
            .gemm(
                out,
                GemmInputA::Unpacked(a.tensor()?),
                GemmInputB::Packed(&self.0),
                GemmOptions::default(),
            )
            .map_err(ProductError::new)
    }
}

impl<'a> View<'a> {
    fn tensor(&self) -> Result<NdTensorView<'a, f32, 2>, ProductError> {
        NdTensorView::from_slice_with_strides(
            [self.rows, self.columns],
            self.values,
            [self.stride, 1],
        )
        .map_err(ProductError::new)
    }
}
