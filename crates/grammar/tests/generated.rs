//! Whole grammars made at random are read as their author meant them; see [`generate`].

mod generate;

use generate::{bytes, property};

/// Grammars that are made; `GENERATED_GRAMMARS=20000 cargo test …` makes more.
fn grammars() -> u64 {
    let wanted = std::env::var("GENERATED_GRAMMARS").ok();
    wanted.map_or(200, |n| n.parse().expect("a number"))
}

#[test]
fn generated_grammars_read_their_own_sentences_and_no_text_breaks_them() {
    for seed in 0..grammars() {
        property::check(&bytes(seed, 1_500));
    }
}

/// Each hyphen and apostrophe is read in three ways; those that mean the same count once among the paths that
/// are looked at.
#[test]
fn hyphens_do_not_crowd_out_other_readings() {
    property::check(include_bytes!("generate/many_paths"));
}
