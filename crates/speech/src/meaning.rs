//! Sentences that mean the same count together.
//!
//! "50 €", "50 Euro" and "fünfzig Euro" are one amount: which of them the model would write says
//! nothing about what was said, so their probabilities add up, and only a sentence with another
//! meaning contests the best.

use zahlwort_grammar::{Automaton, Match, MatchOptions, SlotMatch};

use crate::candidate::Candidate;
use crate::letters::edits;
use crate::model::log_sum_exp;

/// The sentences of one meaning.
#[derive(Clone, Debug)]
pub(crate) struct Meant {
    /// The likeliest wording.
    pub(crate) candidate: Candidate,
    /// What it means.
    pub(crate) reading: Match,
    /// What the same words mean as well.
    pub(crate) also: Vec<Match>,
    /// The score of all its wordings together.
    pub(crate) score: f32,
    /// Natural-log probability by what the CTC head hears; 0 without one.
    pub(crate) ctc: f32,
}

impl Meant {
    /// Letters of the likeliest wording that only an open slot accounts for.
    pub(crate) fn open_letters(&self) -> usize {
        let open = self.reading.slots.iter().filter(|slot| slot.open);
        open.flat_map(|slot| slot.text.chars())
            .filter(|c| c.is_alphanumeric())
            .count()
    }
}

/// Groups candidates, the best first, by what they mean. One that the context excludes is no
/// sentence at present and is left out.
pub(crate) fn group(
    candidates: Vec<Candidate>,
    automaton: &Automaton,
    reading: &MatchOptions,
) -> Vec<Meant> {
    let mut meant: Vec<Meant> = Vec::new();
    for candidate in candidates {
        let mut readings = automaton.parse(&candidate.text, reading).into_iter();
        let Some(reading) = readings.next() else {
            continue;
        };
        if goes_round(&reading, &candidate.text) {
            continue;
        }
        let score = candidate.score();
        match meant
            .iter_mut()
            .find(|m| m.reading.means_the_same(&reading))
        {
            Some(known) => known.score = log_sum_exp(&[known.score, score]),
            None => meant.push(Meant {
                candidate,
                also: readings.collect(),
                reading,
                score,
                ctc: 0.0,
            }),
        }
    }
    meant.sort_by(|a, b| b.score.total_cmp(&a.score));
    meant
}

/// Takes `cost` off a sentence with a name of no list that sounds nearly like a name of a list, in
/// another of the sentences that is the same but for that: "Prüger" for "Krüger". Few people know both.
pub(crate) fn prefer_known(meant: &mut [Meant], cost: f32) {
    let near: Vec<bool> = meant
        .iter()
        .map(|one| {
            meant
                .iter()
                .any(|other| is_nearly(&one.reading, &other.reading))
        })
        .collect();
    for (meant, near) in meant.iter_mut().zip(near) {
        if near {
            meant.score -= cost;
        }
    }
}

/// Whether the first differs from the second in names that are on no list only, and little in these.
fn is_nearly(one: &Match, other: &Match) -> bool {
    let differing = |slot: &&SlotMatch| {
        let there = other.slot(&slot.name);
        there.is_none_or(|t| t.value != slot.value)
    };
    let mut differing = one.slots.iter().filter(differing).peekable();
    one.intent == other.intent
        && one.slots.len() == other.slots.len()
        && differing.peek().is_some()
        && differing.all(|slot| {
            slot.open
                && other
                    .slot(&slot.name)
                    .is_some_and(|known| !known.open && sounds_like(&slot.text, &known.text))
        })
}

/// Whether at most a third of the letters are others.
fn sounds_like(a: &str, b: &str) -> bool {
    let longer = a.chars().count().max(b.chars().count());
    3 * edits(a, b) <= longer
}

/// Whether an open slot holds two words in a row that the rest of the sentence says as well: a sign
/// that the model repeats itself within the slot, "an Anna am Freitag an Anna".
fn goes_round(reading: &Match, text: &str) -> bool {
    let words =
        |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_lowercase).collect() };
    reading.slots.iter().filter(|s| s.open).any(|slot| {
        let inside = words(&slot.text);
        let outside = [
            words(text.get(..slot.span.start).unwrap_or_default()),
            words(text.get(slot.span.end..).unwrap_or_default()),
        ];
        inside.windows(2).any(|pair| {
            outside
                .iter()
                .any(|rest| rest.windows(2).any(|other| pair == other))
        })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use zahlwort_grammar::Grammar;
    use zahlwort_grammar::source::LoadOptions;

    use super::*;

    fn candidate(text: &str, log_prob: f32) -> Candidate {
        Candidate {
            tokens: vec![0],
            log_probs: vec![log_prob],
            opens: vec![false],
            text: text.to_owned(),
            end: 0.0,
            adjustment: 0.0,
            wording: 0.0,
        }
    }

    #[test]
    fn wordings_of_one_amount_outvote_a_single_other() {
        let yaml = "language: de\nintents:\n  Zahle:\n    data:\n      - sentences: ['zahle {@money:amount}']\n        requires_context: {offen: null}\n";
        let grammar = Grammar::from_yaml("g.yaml", yaml, &LoadOptions::default()).unwrap();
        let automaton = Automaton::compile(&grammar, &BTreeMap::new()).unwrap();
        let candidates = vec![
            candidate("zahle 15 Euro", -1.0),
            candidate("zahle 50 €", -1.2),
            candidate("zahle fünfzig Euro", -1.3),
        ];
        let open = MatchOptions {
            context: BTreeMap::from([("offen".to_owned(), true.into())]),
            ..MatchOptions::default()
        };
        let meant = group(candidates.clone(), &automaton, &open);
        let texts: Vec<&str> = meant.iter().map(|m| m.candidate.text.as_str()).collect();
        assert_eq!(texts, ["zahle 50 €", "zahle 15 Euro"]);
        let both = ((-1.2f32).exp() + (-1.3f32).exp()).ln();
        assert!((meant[0].score - both).abs() < 1e-5, "{}", meant[0].score);

        // What the context excludes was not said.
        assert!(group(candidates, &automaton, &MatchOptions::default()).is_empty());
    }

    #[test]
    fn a_name_of_no_list_yields_to_its_likeness_on_one() {
        let yaml = "language: de\nintents:\n  Sende:\n    data:\n      - sentences: ['sende {@money:amount} an ({wer}|{jemand:wer})']\nlists:\n  wer: {values: [Krüger, Anna]}\n  jemand: {wildcard: true}\n";
        let grammar = Grammar::from_yaml("g.yaml", yaml, &LoadOptions::default()).unwrap();
        let automaton = Automaton::compile(&grammar, &BTreeMap::new()).unwrap();
        let scores = |texts: [&str; 2]| {
            let candidates = texts.map(|text| candidate(text, -1.0)).to_vec();
            let mut meant = group(candidates, &automaton, &MatchOptions::default());
            prefer_known(&mut meant, 3.0);
            meant.iter().map(|m| m.score).collect::<Vec<_>>()
        };
        assert_eq!(
            scores(["sende 5 Euro an Prüger", "sende 5 Euro an Krüger"]),
            [-4.0, -1.0]
        );
        // Another name, and another amount beside it, are other things to say.
        assert_eq!(
            scores(["sende 5 Euro an Lukas", "sende 5 Euro an Krüger"]),
            [-1.0, -1.0]
        );
        assert_eq!(
            scores(["sende 6 Euro an Prüger", "sende 5 Euro an Krüger"]),
            [-1.0, -1.0]
        );
    }

    #[test]
    fn what_an_open_slot_repeats_was_said_once() {
        let yaml = "language: de\nintents:\n  Sende:\n    data:\n      - sentences: ['sende {@money:amount} an {wer} [{@date:wann}]']\nlists:\n  wer: {wildcard: true}\n";
        let grammar = Grammar::from_yaml("g.yaml", yaml, &LoadOptions::default()).unwrap();
        let automaton = Automaton::compile(&grammar, &BTreeMap::new()).unwrap();
        let candidates = vec![
            candidate("sende 5 Euro an Anna Sende 5 Euro", -1.0),
            candidate("sende 5 Euro an Anna Schmidt", -2.0),
        ];
        let meant = group(candidates, &automaton, &MatchOptions::default());
        assert_eq!(meant.len(), 1);
        assert_eq!(meant[0].candidate.text, "sende 5 Euro an Anna Schmidt");
    }
}
