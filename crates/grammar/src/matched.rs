//! What a text was understood as.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::{Value, ValueError};

/// One reading of a text: an intent and its slots.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// The intent's name.
    pub intent: String,
    /// The slots, in the order in which they were said.
    pub slots: Vec<SlotMatch>,
    /// Slots that the sentence sets without their being said.
    pub fixed: BTreeMap<String, serde_json::Value>,
    /// What the grammar says about the sentence, for the host.
    pub metadata: BTreeMap<String, serde_json::Value>,
    /// How well the text fits: 1.0 is letter for letter, each misspelling lowers it. Never below 0.
    pub score: f32,
    /// The cost of the reading: 0 where every letter is a letter of the sentence, a little for each skip word,
    /// more for a misspelling and for an open slot. Readings of one text compare by it, whatever their
    /// grammars; its unit is a hundredth of a misspelt letter.
    pub cost: u32,
}

/// A slot and what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct SlotMatch {
    /// The slot's name.
    pub name: String,
    /// The list or built-in type that filled it.
    pub list: String,
    /// The words that filled it, as they stand in the text.
    pub text: String,
    /// Where they stand, in bytes of the text.
    pub span: Range<usize>,
    /// The typed value, or why there is none.
    pub value: Result<Value, ValueError>,
    /// True if the words came through an open list, so that nothing vouches for them.
    pub open: bool,
    /// As [`Match::score`], for this slot alone.
    pub score: f32,
    /// What the list says about the entry, for the host.
    pub metadata: BTreeMap<String, serde_json::Value>,
}

impl Match {
    /// Whether another reading is the same but for the spelling of what no list has.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use zahlwort_grammar::{Automaton, Grammar, MatchOptions, source::LoadOptions};
    /// let grammar = Grammar::from_yaml("buy.yaml", "
    /// language: en
    /// intents: {Buy: {data: [{sentences: ['buy (tea|{any:what}) for {@money:price}']}]}}
    /// lists: {any: {wildcard: thing}}
    /// ", &LoadOptions::default())?;
    /// let automaton = Automaton::compile(&grammar, &BTreeMap::new())?;
    /// let read = |text: &str| automaton.parse(text, &MatchOptions::default()).remove(0);
    /// let barrow = read("buy wheelbarrow for 20 euros");
    /// assert!(barrow.is_spelling_of(&read("buy wheel barrow for 20 euros")));
    /// assert!(!barrow.is_spelling_of(&read("buy wheelbarrow for 30 euros")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn is_spelling_of(&self, other: &Match) -> bool {
        let same = |(one, other): (&SlotMatch, &SlotMatch)| {
            one.name == other.name && (one.value == other.value || one.open && other.open)
        };
        self.intent == other.intent
            && self.fixed == other.fixed
            && self.slots.len() == other.slots.len()
            && self.slots.iter().zip(&other.slots).all(same)
    }

    /// The slot of this name, if it was said.
    pub fn slot(&self, name: &str) -> Option<&SlotMatch> {
        self.slots.iter().find(|s| s.name == name)
    }

    /// Whether both have the same intent and the same values in the same slots, however they are
    /// worded.
    pub fn means_the_same(&self, other: &Match) -> bool {
        // A slot that is filled several times must have the same values as often.
        let mut left: Vec<&SlotMatch> = other.slots.iter().collect();
        self.intent == other.intent
            && self.fixed == other.fixed
            && self.slots.len() == other.slots.len()
            && self.slots.iter().all(|s| {
                let same = |t: &&SlotMatch| s.name == t.name && s.value == t.value;
                let at = left.iter().position(same);
                at.map(|at| left.swap_remove(at)).is_some()
            })
    }

    /// Whether both read the same words in the same way and differ only in list entries of the same name, such
    /// as two contacts called Anna.
    pub fn is_namesake(&self, other: &Match) -> bool {
        let named = |s: &SlotMatch| !s.open && matches!(s.value, Ok(Value::Name(_)));
        self.intent == other.intent
            && self.fixed == other.fixed
            && self.slots.len() == other.slots.len()
            && !self.means_the_same(other)
            && self.slots.iter().zip(&other.slots).all(|(s, t)| {
                let alike = (&s.name, &s.list, &s.span) == (&t.name, &t.list, &t.span);
                alike && (s.value == t.value || named(s) && named(t))
            })
    }
}
