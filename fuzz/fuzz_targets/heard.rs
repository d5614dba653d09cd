//! Random scores of letters, searched for the sentences of whole grammars out of bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zahlwort_fuzz::heard;

fuzz_target!(|bytes: &[u8]| heard::check(bytes));
