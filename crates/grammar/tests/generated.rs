//! Whole grammars made at random are read as their author meant them; see [`generate`].

mod generate;

use generate::{bytes, property};

#[test]
fn generated_grammars_read_their_own_sentences_and_no_text_breaks_them() {
    for seed in 0..200 {
        property::check(&bytes(seed, 1_500));
    }
}
