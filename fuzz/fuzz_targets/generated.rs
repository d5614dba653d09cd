//! Whole grammars out of bytes: compiled, their sentences read back, changed ones read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zahlwort_fuzz::generate::property;

fuzz_target!(|bytes: &[u8]| property::check(bytes));
