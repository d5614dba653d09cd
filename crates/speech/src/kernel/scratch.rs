//! Buffers that a thread keeps from one product to the next.

use std::cell::Cell;

use super::quantise::QuantisedRows;

/// What one int8 product needs beside its input and output.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub(super) rows: QuantisedRows,
    pub(super) sums: Vec<i32>,
}

/// Lends this thread's buffers. They are taken out meanwhile: while `work` waits for others, this
/// thread may steal a task that asks for buffers too, and that one then gets fresh ones.
pub(super) fn with<R>(work: impl FnOnce(&mut Scratch) -> R) -> R {
    thread_local!(static KEPT: Cell<Scratch> = const { Cell::new(Scratch::new()) });
    let mut scratch = KEPT.take();
    let result = work(&mut scratch);
    scratch.trim();
    KEPT.set(scratch);
    result
}

impl Scratch {
    /// The most kept per buffer, in elements: what 6 s of audio need in Whisper base.
    const KEEP: usize = 1 << 20;

    const fn new() -> Self {
        Self {
            rows: QuantisedRows::new(),
            sums: Vec::new(),
        }
    }

    /// One long utterance must not cost memory for ever.
    fn trim(&mut self) {
        self.sums.truncate(Self::KEEP);
        self.sums.shrink_to(Self::KEEP);
        self.rows.trim(Self::KEEP);
    }
}
