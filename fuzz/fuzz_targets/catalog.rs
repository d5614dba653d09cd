//! Catalogs, and the lists that they become.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zahlwort_commands::Catalog;

fuzz_target!(|text: &str| {
    if let Ok(catalog) = Catalog::parse("fuzz.yaml", text) {
        let _ = catalog.lists();
    }
});
