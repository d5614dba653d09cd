//! Whole grammars made at random, with sentences of which it is known what they mean.
//!
//! [`Draw`] turns bytes into decisions; [`Grammar::draw`] makes a grammar of them as a tree of its own
//! that knows nothing of how grammars are compiled, and writes it as a file; [`Grammar::say`] draws a
//! sentence of it together with what it means; [`change`] changes a sentence a little; and
//! [`property`] holds for all of them. Tests draw from numbers, fuzzing from the fuzzer's bytes.

mod draw;
mod make;
mod print;
pub mod property;
mod say;
mod slots;

use std::collections::BTreeMap;

use serde_json::Value as Json;
use zahlwort_grammar::{Builtin, Language};

pub use draw::{Draw, bytes};
pub use say::{Said, change};

/// A part of a template.
#[derive(Clone, Debug)]
pub enum Piece {
    /// These words.
    Words(String),
    /// One after the other, each a word or more.
    Seq(Vec<Piece>),
    /// One after the other, as one word.
    Glued(Vec<Piece>),
    Alt(Vec<Piece>),
    Opt(Box<Piece>),
    Perm(Vec<Piece>),
    /// A rule of the block, or else of the file.
    Rule(String),
    /// A list of the block, or else of the file.
    Slot {
        list: String,
        slot: String,
    },
    /// A range that stands in the template.
    Range {
        range: Range,
        slot: String,
    },
    Builtin {
        builtin: Builtin,
        slot: String,
    },
}

#[derive(Clone, Debug)]
pub struct Range {
    pub from: i64,
    pub to: i64,
    pub step: i64,
    /// As it is written in the file.
    pub multiplier: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub enum List {
    Values(Vec<Entry>),
    Range(Range),
    Wildcard,
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub say: Piece,
    pub out: Out,
    pub id: Option<String>,
    pub context: BTreeMap<String, Json>,
    pub metadata: BTreeMap<String, Json>,
}

/// What an entry gives.
#[derive(Clone, Debug)]
pub enum Out {
    /// Its text, which stands alone in the file.
    Plain,
    /// Whatever was said of its template.
    Said,
    /// This.
    Given(Json),
}

/// Sentences that share what stands beside them.
#[derive(Clone, Debug, Default)]
pub struct Block {
    pub sentences: Vec<Piece>,
    pub rules: BTreeMap<String, Piece>,
    pub lists: BTreeMap<String, List>,
    pub requires: BTreeMap<String, Json>,
    pub excludes: BTreeMap<String, Json>,
    pub metadata: BTreeMap<String, Json>,
}

#[derive(Clone, Debug)]
pub struct Grammar {
    pub language: Language,
    /// Whether the words of sentences, lists, open slots and numbers are all different, so that a
    /// sentence is said in few ways.
    pub distinct: bool,
    /// The name of its intent and the block; each block sets the slot `block` to its index.
    pub blocks: Vec<(String, Block)>,
    pub rules: BTreeMap<String, Piece>,
    pub lists: BTreeMap<String, List>,
    pub skip_words: Vec<Piece>,
}
