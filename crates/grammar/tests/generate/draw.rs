//! Decisions out of bytes.

/// Takes decisions from bytes; when there are none left, the first choice of each.
pub struct Draw<'a> {
    bytes: &'a [u8],
}

impl<'a> Draw<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Draw { bytes }
    }

    fn byte(&mut self) -> usize {
        let Some((first, rest)) = self.bytes.split_first() else {
            return 0;
        };
        self.bytes = rest;
        usize::from(*first)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        let mut drawn = self.byte();
        if n > 256 {
            drawn = drawn << 8 | self.byte();
        }
        drawn % n.max(1)
    }

    /// True once in so many times.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == n - 1
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }
}

/// So many random bytes, by splitmix64 (Steele, Lea and Flood, 2014).
#[allow(dead_code)]
pub fn bytes(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed;
    let words = std::iter::from_fn(|| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        Some(z ^ z >> 31)
    });
    words.flat_map(u64::to_le_bytes).take(length).collect()
}
