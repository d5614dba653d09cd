//! Prefix beam search over the CTC head's log-probabilities, along the paths of a grammar.
//!
//! After Hannun, Maas, Jurafsky and Ng (*First-Pass Large Vocabulary Continuous Speech Recognition
//! using Bi-Directional Recurrent DNNs*, 2014): state by state, each hypothesis is a text that
//! stands for all alignments that collapse to it, in two sums, one of those that end in a blank and
//! one of those that end in its last character. Only texts that some sentence of the grammar begins
//! with are followed.
//!
//! The characters tried next are those of the few outputs that are likely at a state, not those that
//! the grammar allows, so that the cost does not grow with the grammar's lists. A hyphen in a word
//! is written as a space, see [`super::alphabet`].

use std::ops::Range;

use rustc_hash::FxHashMap;
use zahlwort_grammar::{StateId, Walker};

use super::Alphabet;
use super::score::add_log;
use crate::model::{CtcHead, CtcLogProbs, arg_max};

/// What the search may spend and how it weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CtcSettings {
    /// Texts kept at each state of which the grammar vouches for every character.
    pub(crate) beam: usize,
    /// Other texts kept at each state.
    pub(crate) open_beam: usize,
    /// Nats by which a text may trail the best before it is given up.
    pub(crate) threshold: f32,
    /// Outputs of a lower natural-log probability are not tried as a next character. Where the blank
    /// is nearly sure, none is.
    pub(crate) floor: f32,
    /// How many of a state's likeliest outputs are tried as characters that only an open slot
    /// accounts for.
    pub(crate) open_outputs: usize,
    /// Nats for each word.
    pub(crate) word_bonus: f32,
    /// Nats that entering an open slot costs.
    pub(crate) open_cost: f32,
    /// Nats that each character costs that only an open slot accounts for.
    pub(crate) open_char_cost: f32,
    /// The most sentences returned of those that the grammar vouches for, and the most others.
    pub(crate) n_best: usize,
}

impl CtcSettings {
    /// The product's settings, with the weights that it is calibrated to.
    pub(crate) fn new(word_bonus: f32, open_cost: f32, open_char_cost: f32) -> Self {
        Self {
            beam: 96,
            open_beam: 48,
            threshold: 16.0,
            floor: -10.0,
            open_outputs: 4,
            word_bonus,
            open_cost,
            open_char_cost,
            n_best: 16,
        }
    }
}

/// A complete sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CtcCandidate {
    /// `"word word"`, lower case.
    pub(crate) text: String,
    /// Natural-log probability of the alignments that the search followed: at most that of
    /// [`super::score::log_prob`].
    pub(crate) log_prob: f32,
    /// Bonus for words less costs of open slots.
    pub(crate) adjustment: f32,
    /// Which characters of the text only an open slot accounts for.
    pub(crate) opens: Vec<bool>,
}

impl CtcCandidate {
    /// What candidates are ranked by.
    pub(crate) fn score(&self) -> f32 {
        self.log_prob + self.adjustment
    }
}

/// What a search gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct CtcFound {
    /// Complete sentences, the best first.
    pub(crate) candidates: Vec<CtcCandidate>,
    /// The whole words of the likeliest text, whether or not it is a sentence yet, if there are any.
    pub(crate) leading: Option<CtcCandidate>,
    /// What the likeliest output of each state spells, bound by no grammar.
    pub(crate) greedy: String,
    /// Natural-log probability of those outputs: no alignment of any text has more.
    pub(crate) greedy_log_prob: f32,
    /// How many texts were looked at.
    pub(crate) prefixes: usize,
}

/// Searches the sentences of a grammar for what was heard.
///
/// The walker may remember states of earlier searches; nothing is kept here that
/// [`Walker::clear`] would make invalid.
pub(crate) fn search(
    log_probs: &CtcLogProbs,
    alphabet: &Alphabet,
    walker: &mut Walker<'_>,
    settings: &CtcSettings,
) -> CtcFound {
    let (greedy, greedy_log_prob) = greedy(log_probs);
    let mut found = CtcFound {
        greedy,
        greedy_log_prob,
        ..CtcFound::default()
    };
    // The space that the walker reads before the first word is not written by the head.
    let start = walker.start();
    let Some(start) = walker.step(start, ' ') else {
        return found;
    };
    let mut search = Search {
        prefixes: Prefixes::new(start),
        alphabet,
        walker,
        settings,
        active: vec![Hypothesis::START],
        next: Vec::new(),
        likely: Vec::new(),
    };
    for (t, row) in (1..).zip(log_probs) {
        search.advance(t, row);
    }
    found.leading = search.leading();
    found.candidates = search.complete();
    found.prefixes = search.prefixes.nodes.len();
    found
}

/// The text of the best path (Graves et al., 2006, section 3.2) and its natural-log probability.
fn greedy(log_probs: &CtcLogProbs) -> (String, f32) {
    let (mut text, mut total, mut last) = (String::new(), 0.0, CtcHead::BLANK);
    for row in log_probs {
        let Some((output, log_prob)) = arg_max(row) else {
            continue;
        };
        if output != CtcHead::BLANK && output != last {
            text.extend(CtcHead::CHARACTERS.chars().nth(output));
        }
        total += log_prob;
        last = output;
    }
    (text, total)
}

/// A text that some sentence begins with, as the text that it extends and one more character.
#[derive(Clone, Copy, Debug)]
struct Prefix {
    parent: u32,
    c: char,
    /// What `c` is written as; the blank at the start, which no character is.
    output: usize,
    state: StateId,
    /// Only an open slot accounts for the character.
    open: bool,
    /// An open slot was entered that may still go on.
    entered: bool,
    /// Some character so far only an open slot accounts for.
    wandered: bool,
    adjustment: f32,
    /// Where the prefix is in the beam that is being made for state `made`.
    place: usize,
    made: usize,
}

/// All texts looked at, as a tree.
#[derive(Debug)]
struct Prefixes {
    nodes: Vec<Prefix>,
    /// The extensions of a text by an output, which lie side by side: most often one or none.
    extensions: FxHashMap<(u32, usize), Range<u32>>,
}

impl Prefixes {
    fn new(start: StateId) -> Self {
        let root = Prefix {
            parent: 0,
            c: ' ',
            output: CtcHead::BLANK,
            state: start,
            open: false,
            entered: false,
            wandered: false,
            adjustment: 0.0,
            place: 0,
            made: 0,
        };
        Self {
            nodes: vec![root],
            extensions: FxHashMap::default(),
        }
    }

    /// The texts that a text becomes by a character that is written as `output`.
    fn extend(
        &mut self,
        from: u32,
        output: usize,
        alphabet: &Alphabet,
        walker: &mut Walker<'_>,
        settings: &CtcSettings,
    ) -> Range<u32> {
        if let Some(known) = self.extensions.get(&(from, output)) {
            return known.clone();
        }
        let parent = self.nodes[from as usize];
        let first = self.nodes.len() as u32;
        for (i, &c) in alphabet.characters(output).iter().enumerate() {
            let Some(state) = walker.step(parent.state, c) else {
                continue;
            };
            let open = walker.is_open(state);
            // An open slot is spelled in the head's own characters, and once.
            if open && i > 0 {
                continue;
            }
            let mut adjustment = parent.adjustment;
            if parent.c == ' ' {
                adjustment += settings.word_bonus;
            }
            if open {
                adjustment -= settings.open_char_cost;
                if !parent.entered {
                    adjustment -= settings.open_cost;
                }
            }
            self.nodes.push(Prefix {
                parent: from,
                c,
                output,
                state,
                open,
                // A slot's words may begin as the words behind it do; it is not entered again when
                // they go on otherwise.
                entered: open || parent.entered && walker.reads_open(state),
                wandered: open || parent.wandered,
                adjustment,
                place: 0,
                made: 0,
            });
        }
        let range = first..self.nodes.len() as u32;
        self.extensions.insert((from, output), range.clone());
        range
    }

    fn text(&self, mut at: u32) -> (String, Vec<bool>) {
        let mut reversed = Vec::new();
        while at != 0 {
            let prefix = &self.nodes[at as usize];
            reversed.push((prefix.c, prefix.open));
            at = prefix.parent;
        }
        reversed.into_iter().rev().unzip()
    }
}

/// A text in the beam.
#[derive(Clone, Copy, Debug)]
struct Hypothesis {
    prefix: u32,
    /// Natural-log probability of the alignments so far that end in a blank.
    blank: f32,
    /// Of those that end in the last character.
    last: f32,
    /// Of both.
    total: f32,
    /// With the adjustment.
    score: f32,
}

impl Hypothesis {
    /// The empty text before the first state.
    const START: Self = Self {
        prefix: 0,
        blank: 0.0,
        last: f32::NEG_INFINITY,
        total: 0.0,
        score: 0.0,
    };
}

struct Search<'s, 'a> {
    prefixes: Prefixes,
    alphabet: &'s Alphabet,
    walker: &'s mut Walker<'a>,
    settings: &'s CtcSettings,
    active: Vec<Hypothesis>,
    next: Vec<Hypothesis>,
    /// The outputs worth trying, the likeliest first.
    likely: Vec<(usize, f32)>,
}

impl Search<'_, '_> {
    /// Reads the outputs of one state, the `t`th from 1.
    fn advance(&mut self, t: usize, row: &[f32]) {
        let floor = self.settings.floor;
        self.likely.clear();
        self.likely.extend(
            row.iter()
                .copied()
                .enumerate()
                .filter(|(output, y)| *output != CtcHead::BLANK && *y > floor),
        );
        self.likely.sort_unstable_by(|a, b| b.1.total_cmp(&a.1));

        self.next.clear();
        let mut best = [f32::NEG_INFINITY; 2];
        for at in &self.active {
            let prefix = &mut self.prefixes.nodes[at.prefix as usize];
            let blank = at.total + row[CtcHead::BLANK];
            let last = at.last + row[prefix.output];
            let best = &mut best[usize::from(prefix.wandered)];
            *best = best.max(add_log(blank, last) + prefix.adjustment);
            (prefix.place, prefix.made) = (self.next.len(), t);
            self.next.push(Hypothesis { blank, last, ..*at });
        }
        // What ends up below this is pruned anyway.
        let limits = best.map(|best| best - self.settings.threshold);
        for i in 0..self.active.len() {
            self.extend(t, self.active[i], limits);
        }
        self.prune();
    }

    /// Adds to the next beam what a text becomes by one more character.
    fn extend(&mut self, t: usize, at: Hypothesis, limits: [f32; 2]) {
        let Prefix {
            output: last,
            adjustment,
            ..
        } = self.prefixes.nodes[at.prefix as usize];
        for (rank, &(output, y)) in self.likely.iter().enumerate() {
            // Without a blank between them, two of the same character are one.
            let from = if output == last { at.blank } else { at.total };
            let log_prob = from + y;
            // Before the walker is asked; a word's bonus is the most that a character brings.
            let cannot_be = log_prob == f32::NEG_INFINITY;
            let at_best = log_prob + adjustment + self.settings.word_bonus.max(0.0);
            if cannot_be || at_best < limits[0].min(limits[1]) {
                continue;
            }
            let extensions =
                self.prefixes
                    .extend(at.prefix, output, self.alphabet, self.walker, self.settings);
            for to in extensions {
                let prefix = &mut self.prefixes.nodes[to as usize];
                if prefix.open && rank >= self.settings.open_outputs {
                    continue;
                }
                if prefix.made == t {
                    let known = &mut self.next[prefix.place];
                    known.last = add_log(known.last, log_prob);
                } else if log_prob + prefix.adjustment >= limits[usize::from(prefix.wandered)] {
                    (prefix.place, prefix.made) = (self.next.len(), t);
                    self.next.push(Hypothesis {
                        prefix: to,
                        blank: f32::NEG_INFINITY,
                        last: log_prob,
                        ..at
                    });
                }
            }
        }
    }

    /// Makes the best of the next beam the beam.
    ///
    /// Texts with something of an open slot in them are weighed against each other only: letters that
    /// nothing vouches for always fit better than the misheard letters of the right words, which
    /// would be gone before the sentence shows which of the two can be ended.
    fn prune(&mut self) {
        let nodes = &self.prefixes.nodes;
        let wandered = |at: &Hypothesis| nodes[at.prefix as usize].wandered;
        let mut best = [f32::NEG_INFINITY; 2];
        for at in &mut self.next {
            at.total = add_log(at.blank, at.last);
            at.score = at.total + nodes[at.prefix as usize].adjustment;
            let best = &mut best[usize::from(wandered(at))];
            *best = best.max(at.score);
        }
        let limits = best.map(|best| best - self.settings.threshold);
        self.next
            .retain(|at| at.score >= limits[usize::from(wandered(at))]);
        self.next.sort_unstable_by(|a, b| {
            let kind = wandered(a).cmp(&wandered(b));
            kind.then(b.score.total_cmp(&a.score))
        });
        let split = self.next.partition_point(|at| !wandered(at));
        let closed = split.min(self.settings.beam.max(1));
        let open = (self.next.len() - split).min(self.settings.open_beam.max(1));
        self.next.copy_within(split..split + open, closed);
        self.next.truncate(closed + open);
        std::mem::swap(&mut self.active, &mut self.next);
    }

    /// The texts in the beam that are sentences.
    fn complete(&mut self) -> Vec<CtcCandidate> {
        self.active
            .sort_by(|a, b| b.score.total_cmp(&a.score).then(a.prefix.cmp(&b.prefix)));
        let mut left = [self.settings.n_best; 2];
        self.active
            .iter()
            .filter(|at| {
                let prefix = &self.prefixes.nodes[at.prefix as usize];
                at.prefix != 0 && self.walker.is_complete(prefix.state)
            })
            .filter(|at| {
                let wandered = self.prefixes.nodes[at.prefix as usize].wandered;
                let left = &mut left[usize::from(wandered)];
                let room = *left > 0;
                *left = left.saturating_sub(1);
                room
            })
            .map(|at| self.candidate(at))
            .collect()
    }

    /// The best text in the beam, up to the last word that another one follows: what is behind it may
    /// still become anything. `None` as long as most of it is nothing that the grammar vouches for.
    fn leading(&self) -> Option<CtcCandidate> {
        let best = self.active.iter();
        let best = *best.max_by(|a, b| a.score.total_cmp(&b.score))?;
        let mut at = best.prefix;
        while at != 0 && self.prefixes.nodes[at as usize].c != ' ' {
            at = self.prefixes.nodes[at as usize].parent;
        }
        let prefix = self.prefixes.nodes[at as usize].parent;
        let words = self.candidate(&Hypothesis { prefix, ..best });
        let open = words.opens.iter().filter(|open| **open).count();
        (prefix != 0 && open * 2 <= words.opens.len()).then_some(words)
    }

    fn candidate(&self, at: &Hypothesis) -> CtcCandidate {
        let (text, opens) = self.prefixes.text(at.prefix);
        CtcCandidate {
            text,
            log_prob: at.total,
            adjustment: self.prefixes.nodes[at.prefix as usize].adjustment,
            opens,
        }
    }
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
