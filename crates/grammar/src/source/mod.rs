//! A grammar as it was written: intents with their sentences, lists, rules. Loading ends here, with
//! every template parsed and every rule resolved; [`crate::Automaton::compile`] goes on from it.

mod error;
mod folder;
mod lists;
mod loader;
mod merge;
mod node;
mod print;
mod range;
mod resolve;
mod rhino;
mod rhino_template;
mod shape;
mod spacing;
mod template;
mod yaml;

use std::collections::BTreeMap;

use crate::{Expr, Language, Open};

pub(crate) use range::{InlineRange, check_range};

pub use error::{GrammarError, Note};
pub use lists::MAX_TEXTS_WITHOUT_OUT;
pub use loader::LoadOptions;
pub use node::{MAX_ALIAS_NODES, MAX_FILE_BYTES, MAX_YAML_DEPTH};
pub use print::print_template;
pub use range::MAX_RANGE_VALUES;
pub use resolve::{MAX_EXPANDED_DEPTH, MAX_EXPANDED_NODES, MAX_RULE_CHAIN};
pub use template::{MAX_TEMPLATE_BYTES, MAX_TEMPLATE_DEPTH};

/// Text without template syntax as a grammar holds it: spaces made single, punctuation that nobody
/// says dropped. For names that come from a host, such as those of a catalog.
pub fn plain(text: &str) -> Expr {
    crate::lit(template::plain(text))
}

/// Parses a template that stands alone: words, alternatives, options and permutations, but no
/// lists and no rules. For what may be said for a name.
///
/// # Errors
/// Says what is wrong with the template and where; the error's file is empty.
pub fn parse_phrase(text: &str) -> Result<Expr, GrammarError> {
    lists::parse_phrase(text)
}

/// A grammar file, or all of a folder (or several merged), after parsing, in the hassil / Home Assistant format.
#[derive(Clone, Debug, PartialEq)]
pub struct Grammar {
    /// The language of its sentences.
    pub language: Language,
    /// The intents, in the order of the file.
    pub intents: Vec<Intent>,
    /// The lists that slots are filled from, without the built-in ones.
    pub lists: BTreeMap<String, List>,
    /// Words that may stand anywhere between the words of a sentence and mean nothing.
    pub skip_words: Vec<Expr>,
}

/// An intent: what the speaker wants.
#[derive(Clone, Debug, PartialEq)]
pub struct Intent {
    /// Its name, such as `SendMoney`.
    pub name: String,
    /// Its groups of sentences.
    pub data: Vec<IntentData>,
}

/// Sentences that share fixed slots, context and metadata.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IntentData {
    /// The sentences; rules are resolved, slots refer to lists by name.
    pub sentences: Vec<Expr>,
    /// Slots that these sentences set to a fixed value.
    pub slots: BTreeMap<String, serde_json::Value>,
    /// The context values under which alone these sentences are valid (`null` value: the key must exist).
    pub requires_context: BTreeMap<String, serde_json::Value>,
    /// The context values under which these sentences are not valid.
    pub excludes_context: BTreeMap<String, serde_json::Value>,
    /// What the host wants back with a match.
    pub metadata: BTreeMap<String, serde_json::Value>,
    /// The key of a response template, if the file has one.
    pub response: Option<String>,
}

/// What fills a slot.
#[derive(Clone, Debug, PartialEq)]
pub enum List {
    /// Named entries.
    Values(Vec<Entry>),
    /// Whole numbers from … to, in steps, spoken or in digits. `multiplier` is applied to what was
    /// said, as hassil does: 50 with 0.01 gives 0.5.
    Range {
        /// The first number.
        from: i64,
        /// The last number, included.
        to: i64,
        /// The distance between numbers; at least 1.
        step: i64,
        /// What the said number is multiplied with to give the value.
        multiplier: Option<rust_decimal::Decimal>,
    },
    /// Words that are on no list.
    Wildcard(Open),
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What may be heard for it.
    pub say: Expr,
    /// What comes out.
    pub out: serde_json::Value,
    /// The host's identifier, if any.
    pub id: Option<String>,
    /// Context that a match with this entry adds, which `requires_context` is checked against.
    pub context: BTreeMap<String, serde_json::Value>,
    /// What the host wants back with this entry.
    pub metadata: BTreeMap<String, serde_json::Value>,
}
