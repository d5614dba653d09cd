//! Numbering of states by what they are made of.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A table of states by what they are made of.
pub(crate) type Table<K> = HashMap<K, u32, BuildHasherDefault<Mix>>;

/// A hash for the rows of small numbers that states are made of, several times as fast as the
/// standard one. It is rustc's ("FxHash"): a step of rotation, exclusive or and multiplication for each word.
#[derive(Default)]
pub(crate) struct Mix(u64);

impl Mix {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        for byte in rest {
            self.add(u64::from(*byte));
        }
    }
    fn write_u8(&mut self, value: u8) {
        self.add(u64::from(value));
    }
    fn write_u32(&mut self, value: u32) {
        self.add(u64::from(value));
    }
    fn write_usize(&mut self, value: usize) {
        self.add(value as u64);
    }
    fn finish(&self) -> u64 {
        // Tables look at the lowest bits, into which little has been mixed.
        self.0.rotate_left(26)
    }
}
