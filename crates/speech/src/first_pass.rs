//! What the CTC head makes of an utterance under a grammar, before the attention decoder is asked.

use zahlwort_grammar::{Automaton, Language, Match, MatchOptions, Walker};

use crate::candidate::Candidate;
use crate::ctc::search::{CtcCandidate, CtcFound, CtcSettings, search};
use crate::ctc::{Alphabet, score};
use crate::forms::Figures;
use crate::model::{CtcLogProbs, log_sum_exp};
use crate::texts::TextList;

/// Meanings of the first pass that the second one looks at.
const RECONSIDERED: usize = 8;
/// Nats by which a meaning may trail the first pass's best to be looked at again.
const TRAILING: f32 = 8.0;
/// Nats that a meaning without a spoken form is taken to trail the least of the n best.
const UNSPOKEN: f32 = 2.0;
/// The most letters that a state of 20 ms has room for: 27 a second, which nobody speaks faster than.
const LETTERS_PER_STATE: f32 = 0.55;

/// What the first pass needs to know of a language.
#[derive(Debug)]
pub(crate) struct Speller {
    alphabet: Alphabet,
    figures: Figures,
}

impl Speller {
    pub(crate) fn new(language: Language) -> Self {
        Self {
            alphabet: Alphabet::new(language),
            figures: Figures::new(language),
        }
    }

    /// How the head writes the language.
    pub(crate) fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }
}

/// A meaning, and how the CTC head scores it.
#[derive(Clone, Debug)]
struct Sense {
    reading: Match,
    /// Natural-log probability of all its wordings in the n best.
    log_prob: f32,
    /// The likeliest of them.
    best: CtcCandidate,
}

impl Sense {
    /// Whether a name or text in it is on no list. The letters of the search cannot tell: while
    /// "tomorro" might become "tomorrow", they are the grammar's, and only its end shows that it is a name.
    fn is_open(&self) -> bool {
        self.reading.slots.iter().any(|slot| slot.open)
    }
}

/// The sentences of a grammar that the CTC head hears, and how it judges others.
#[derive(Debug)]
pub(crate) struct FirstPass<'a> {
    log_probs: &'a CtcLogProbs,
    speller: &'a Speller,
    senses: Vec<Sense>,
    /// What is heard when no grammar binds it.
    pub(crate) greedy: String,
    /// Its natural-log probability, of its likeliest alignment alone.
    pub(crate) greedy_log_prob: f32,
    least: f32,
}

impl<'a> FirstPass<'a> {
    /// Searches the automaton; `walker` walks it, and remembers what it has met.
    pub(crate) fn new(
        log_probs: &'a CtcLogProbs,
        speller: &'a Speller,
        automaton: &Automaton,
        walker: &mut Walker<'_>,
        reading: &MatchOptions,
        settings: &CtcSettings,
    ) -> Self {
        let CtcFound {
            candidates,
            greedy,
            greedy_log_prob,
            ..
        } = search(log_probs, &speller.alphabet, walker, settings);
        let least = candidates
            .iter()
            .map(|c| c.log_prob)
            .fold(greedy_log_prob, f32::min);
        let mut senses: Vec<Sense> = Vec::new();
        for candidate in candidates {
            let parsed = automaton.parse(&candidate.text, reading);
            let Some(reading) = parsed.into_iter().next() else {
                continue;
            };
            match senses
                .iter_mut()
                .find(|s| s.reading.means_the_same(&reading))
            {
                Some(known) => known.log_prob = log_sum_exp(&[known.log_prob, candidate.log_prob]),
                None => senses.push(Sense {
                    reading,
                    log_prob: candidate.log_prob,
                    best: candidate,
                }),
            }
        }
        Self {
            log_probs,
            speller,
            senses,
            greedy,
            greedy_log_prob,
            least,
        }
    }

    /// The likely sentences in their written forms, those with open slots aside; `None` if there are
    /// no such.
    pub(crate) fn written(&self) -> Option<TextList> {
        // An open slot is for the decoder to write: the head spells what it hears, "Johnas".
        let mut closed = self.senses.iter().filter(|s| !s.is_open()).peekable();
        let best = closed.peek()?.best.score();
        let mut list = TextList::new();
        for sense in closed.take(RECONSIDERED) {
            if sense.best.score() >= best - TRAILING {
                let CtcCandidate { text, .. } = &sense.best;
                for text in self.speller.figures.written(text, &sense.reading) {
                    list.add(&text);
                }
            }
        }
        Some(list)
    }

    /// Whether the head hears its best sentence so well that nothing but the n best comes into question:
    /// per letter at most `clear` nats less likely than the best letters of all, nothing of it in an
    /// open slot.
    pub(crate) fn is_clear(&self, clear: f32) -> bool {
        self.senses.first().is_some_and(|sense| {
            let letters = sense
                .best
                .text
                .chars()
                .filter(|c| c.is_alphabetic())
                .count();
            let behind = self.greedy_log_prob - sense.log_prob;
            clear > 0.0 && !sense.is_open() && behind < clear * letters as f32
        })
    }

    /// The natural-log probability of a meaning by what the head hears: minus infinity where the sound has
    /// no room for so many letters.
    pub(crate) fn log_prob(&self, text: &str, reading: &Match) -> f32 {
        let sense = self
            .senses
            .iter()
            .find(|s| s.reading.means_the_same(reading));
        if let Some(sense) = sense {
            return sense.log_prob;
        }
        let spoken = self.speller.figures.spoken(text, reading);
        let scores = spoken.iter().filter_map(|text| self.heard(text));
        scores.reduce(f32::max).unwrap_or(self.least - UNSPOKEN)
    }

    /// The natural-log probability of a spoken text: minus infinity where the sound has no room for it;
    /// `None` if the head cannot write it.
    fn heard(&self, text: &str) -> Option<f32> {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        if letters as f32 > self.log_probs.len() as f32 * LETTERS_PER_STATE {
            return Some(f32::NEG_INFINITY);
        }
        score::log_prob(self.log_probs, text, &self.speller.alphabet)
    }

    /// The sentences as candidates of their own, for a search without the attention decoder.
    pub(crate) fn candidates(&self) -> Vec<Candidate> {
        let senses = self.senses.iter();
        senses
            .map(|sense| Candidate {
                tokens: Vec::new(),
                log_probs: Vec::new(),
                opens: Vec::new(),
                text: sense.best.text.clone(),
                end: 0.0,
                adjustment: sense.best.adjustment,
                wording: 0.0,
            })
            .collect()
    }

    /// For each character of a text its first and last state; `None` if the head cannot write it.
    pub(crate) fn align(&self, text: &str) -> Option<Vec<score::CharSpan>> {
        score::align(self.log_probs, text, &self.speller.alphabet)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use zahlwort_grammar::Grammar;
    use zahlwort_grammar::source::LoadOptions;

    use super::*;
    use crate::calibration::WHISPER_BASE;
    use crate::ctc::testing::heard;
    use crate::texts::Texts;

    fn automaton() -> Automaton {
        let yaml = "language: de\nintents:\n  Zahle:\n    data:\n      - sentences: ['zahle {@money:amount} an {wer}']\nlists:\n  wer: {values: [Anna, Jonas]}\n";
        let grammar = Grammar::from_yaml("g.yaml", yaml, &LoadOptions::default()).unwrap();
        Automaton::compile(&grammar, &BTreeMap::new()).unwrap()
    }

    fn has(list: &mut TextList, text: &str) -> bool {
        let read = text
            .chars()
            .try_fold(list.start(), |state, c| list.step(state, c));
        read.is_some_and(|state| list.is_complete(state))
    }

    #[test]
    fn the_beginning_of_a_name_is_no_name_of_the_list() {
        let yaml = "language: de\nintents:\n  Zahle:\n    data:\n      - sentences: ['zahle an ({wer}|{wen})']\nlists:\n  wer: {values: [Anna]}\n  wen: {wildcard: true}\n";
        let grammar = Grammar::from_yaml("g.yaml", yaml, &LoadOptions::default()).unwrap();
        let automaton = Automaton::compile(&grammar, &BTreeMap::new()).unwrap();
        let speller = Speller::new(Language::DE);
        let (reading, settings) = (MatchOptions::default(), WHISPER_BASE.search.first_pass());
        let first = |text: &str| -> (bool, Option<bool>) {
            let log_probs = heard(text, 9.0, 1.0, 5);
            let mut walker = Walker::new(&automaton);
            let first = FirstPass::new(
                &log_probs,
                &speller,
                &automaton,
                &mut walker,
                &reading,
                &settings,
            );
            let list = first
                .written()
                .map(|mut list| has(&mut list, " zahle an Ann"));
            (first.is_clear(0.3), list)
        };
        assert_eq!(first("zahle an anna"), (true, Some(false)));
        assert!(!first("zahle an ann").0);
    }

    #[test]
    fn what_is_heard_clearly_goes_on_in_its_written_forms() {
        let (automaton, speller) = (automaton(), Speller::new(Language::DE));
        let log_probs = heard("zahle fünfzig euro an jonas", 9.0, 1.0, 5);
        let reading = MatchOptions::default();
        let settings = WHISPER_BASE.search.first_pass();
        let mut walker = Walker::new(&automaton);
        let first = FirstPass::new(
            &log_probs,
            &speller,
            &automaton,
            &mut walker,
            &reading,
            &settings,
        );
        assert!(first.is_clear(0.3));
        assert!(!first.is_clear(0.0));
        let mut list = first.written().unwrap();
        assert!(has(&mut list, " zahle fünfzig Euro an Jonas"));
        assert!(has(&mut list, " zahle 50 € an Jonas"));

        let of = |text: &str| {
            let parsed = automaton.parse(text, &reading).remove(0);
            first.log_prob(text, &parsed)
        };
        let known = crate::meaning::group(first.candidates(), &automaton, &reading);
        assert_eq!(known[0].candidate.text, "zahle fünfzig euro an jonas");

        // However an amount is written, it is the same that was heard.
        assert_eq!(
            of("zahle 50 Euro an Jonas"),
            of("zahle fünfzig Euro an Jonas")
        );
        assert!(of("zahle 50 Euro an Jonas") > of("zahle 15 Euro an Jonas") + 10.0);
        assert!(of("zahle 50 Euro an Jonas") > of("zahle 50 Euro an Anna") + 10.0);
    }
}
