//! What reading a sentence takes: `cargo bench -p zahlwort-reading`, with `RAYON_NUM_THREADS=1` on one core.
#![allow(
    missing_docs,
    reason = "criterion's macros define items without documentation"
)]
#![allow(clippy::unwrap_used, reason = "a bench that fails may panic")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use zahlwort_reading::testing::{self, Sizes};
use zahlwort_reading::{Reader, Vocabulary};

const TEXTS: [(&str, &str); 3] = [
    ("1 word", "Kontostand?"),
    ("7 words", "Schick der Anna bitte mal zwanzig Euro."),
    (
        "20 words",
        "Ich bräuchte für morgen noch zwei Packungen Hafermilch und, nein, warte, lieber drei, \
         liefert das bitte nach Hause zu uns.",
    ),
];

fn read(c: &mut Criterion) {
    let model = testing::model(&Sizes::DEFAULT, 1);
    c.bench_function("load", |b| {
        b.iter(|| Reader::from_parts(black_box(&model.config), &model.tensors));
    });
    let reader = Reader::from_parts(&model.config, &model.tensors).unwrap();
    let known = Vocabulary::new(
        (0..10_000).map(|n| ("products", format!("Produkt Nummer {n} Hafer{n}milch"))),
    );
    for (name, text) in TEXTS {
        c.bench_function(name, |b| {
            b.iter(|| reader.read(black_box(text), Some("de"), &known));
        });
    }
}

criterion_group!(benches, read);
criterion_main!(benches);
