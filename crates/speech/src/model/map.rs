//! A file as memory: the pages that are looked at are read, and given back when memory is short.
#![allow(unsafe_code)]

use std::fs::File;
use std::io;
use std::ops::{Deref, Range};
use std::sync::Arc;

use memmap2::Mmap;

/// Maps a file for reading.
pub(super) fn map(file: &File) -> io::Result<Arc<Mmap>> {
    // SAFETY: the map is read-only and every view of it borrows or shares its owner, so no view
    // outlives it. What no program can rule out is another process that writes to the file or cuts
    // it short while it is mapped. The values are bytes, of which all patterns are valid; and a model
    // is replaced by renaming a new file over it, which leaves the mapped one as it was.
    let map = unsafe { Mmap::map(file) }?;
    Ok(Arc::new(map))
}

/// Gives back the memory of all pages; those that are looked at again are read again.
pub(super) fn release(map: &Mmap) {
    #[cfg(unix)]
    {
        // SAFETY: the advice may only lose what was written to a map. This one is read-only and its
        // pages are the file's: what is read after it is what was read before.
        let advised = unsafe { map.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
        // If the system ignores the advice, it costs memory and nothing else.
        let _ = advised;
    }
    #[cfg(not(unix))]
    let _ = map;
}

/// Bytes of a matrix: in memory of their own, or where the mapped file has them.
#[derive(Debug, Clone)]
pub struct Bytes(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Owned(Vec<i8>),
    Mapped(Arc<Mmap>, Range<usize>),
}

impl Bytes {
    /// A part of a map; empty if it has no such part.
    pub(super) fn mapped(map: &Arc<Mmap>, range: Range<usize>) -> Self {
        Self(Kind::Mapped(Arc::clone(map), range))
    }
}

impl From<Vec<i8>> for Bytes {
    fn from(values: Vec<i8>) -> Self {
        Self(Kind::Owned(values))
    }
}

impl Deref for Bytes {
    type Target = [i8];

    fn deref(&self) -> &[i8] {
        match &self.0 {
            Kind::Owned(values) => values,
            Kind::Mapped(map, range) => {
                bytemuck::cast_slice(map.get(range.clone()).unwrap_or_default())
            }
        }
    }
}
