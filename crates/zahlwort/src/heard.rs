//! What hearing adds to what a text means: when words were said, how sure each slot is, what else it may have been.

use std::collections::BTreeMap;

use zahlwort_grammar::Match;
use zahlwort_speech::{Hypothesis, TimedWord};

use crate::{Alternative, Outcome, Slot, Understood};

/// Everything that a hypothesis of the recogniser may mean.
pub(crate) fn readings(heard: &Hypothesis) -> Vec<Match> {
    std::iter::once(&heard.reading)
        .chain(&heard.also)
        .cloned()
        .collect()
}

/// Adds to an order that was understood, wholly or in part, when each slot was said and how sure it is.
pub(crate) fn add_heard(
    outcome: &mut Outcome,
    found: &Match,
    best: &Hypothesis,
    others: &[Hypothesis],
    offset_ms: u32,
) {
    let slots = match outcome {
        Outcome::Understood(said) => &mut said.slots,
        Outcome::Incomplete(begun) => &mut begun.slots,
        Outcome::Rejected(_) | Outcome::NoSpeech(_) => return,
    };
    add_times(slots, found, &best.words, offset_ms);
    add_confidences(slots, found, best, others);
}

/// Adds to each slot when its words were heard. `offset_ms` is what was cut off before the audio
/// that the words' times count from.
fn add_times(
    slots: &mut BTreeMap<String, Slot>,
    found: &Match,
    words: &[TimedWord],
    offset_ms: u32,
) {
    // The first of a name is the one that is shown, so later ones must not overwrite its times.
    for said in found.slots.iter().rev() {
        let Some(slot) = slots.get_mut(&said.name) else {
            continue;
        };
        let inside = || {
            words
                .iter()
                .filter(|w| w.range.start < said.span.end && said.span.start < w.range.end)
        };
        slot.start_ms = inside().map(|w| w.start_ms.saturating_add(offset_ms)).min();
        slot.end_ms = inside().map(|w| w.end_ms.saturating_add(offset_ms)).max();
    }
}

/// Gives each slot the probability that its value is right: that of the sentence, and of what is
/// left, the share of those other sentences that agree on the slot.
fn add_confidences(
    slots: &mut BTreeMap<String, Slot>,
    found: &Match,
    best: &Hypothesis,
    others: &[Hypothesis],
) {
    let weight = |h: &Hypothesis| (h.score - best.score).min(0.0).exp();
    let all = 1.0 + others.iter().map(weight).sum::<f32>();
    for said in &found.slots {
        let Some(slot) = slots.get_mut(&said.name) else {
            continue;
        };
        let agree = others.iter().filter(|other| {
            let theirs = other.reading.slot(&said.name);
            theirs.is_some_and(|s| s.value == said.value)
        });
        let share = agree.map(weight).sum::<f32>() / all;
        let whole = best.confidence;
        slot.confidence = Some(whole + (1.0 - whole) * share);
    }
}

/// Adds what else may have been said: each command once, none that is the best.
pub(crate) fn add_alternatives(
    understood: &mut Understood,
    others: impl Iterator<Item = Alternative>,
) {
    for other in others {
        let mut known = understood.alternatives.iter().map(|a| &a.command);
        if other.command != understood.command && known.all(|known| *known != other.command) {
            understood.alternatives.push(other);
        }
    }
    understood
        .alternatives
        .sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
}

#[cfg(test)]
mod tests {
    use zahlwort_grammar::Language;

    use super::*;
    use crate::understand::slots;

    fn word(text: &str, start: usize, start_ms: u32, confidence: f32) -> TimedWord {
        TimedWord {
            text: text.to_owned(),
            range: start..start + text.len(),
            start_ms,
            end_ms: start_ms + 100,
            confidence,
        }
    }

    #[test]
    fn a_slot_has_the_times_of_its_words_in_the_original_audio() {
        let interpreter = crate::Engine::builder()
            .languages(crate::Languages::Only(Language::DE))
            .interpreter()
            .unwrap();
        let text = "überweise fünfzig Euro an Anna";
        let grammars = interpreter.grammars();
        let found = grammars.automata[0]
            .parse(text, &interpreter.options(&grammars, false))
            .remove(0);
        let mut slots = slots(&found);
        let at = |w: &str| text.find(w).unwrap();
        let words = [
            word("überweise", 0, 0, 0.9),
            word("fünfzig", at("fünfzig"), 200, 0.8),
            word("Euro", at("Euro"), 350, 0.95),
            word("an", at("an "), 500, 0.1),
            word("Anna", at("Anna"), 600, 0.7),
        ];
        add_times(&mut slots, &found, &words, 1_000);
        let amount = &slots["amount"];
        assert_eq!((amount.start_ms, amount.end_ms), (Some(1_200), Some(1_450)));
        let recipient = &slots["recipient"];
        assert_eq!(
            (recipient.start_ms, recipient.end_ms),
            (Some(1_600), Some(1_700))
        );
        assert_eq!((amount.open, recipient.open), (None, Some(false)));
    }

    #[test]
    fn what_the_alternatives_agree_on_is_surer_than_the_whole() {
        let interpreter = crate::Engine::builder()
            .languages(crate::Languages::Only(Language::DE))
            .interpreter()
            .unwrap();
        let grammars = interpreter.grammars();
        let hypothesis = |text: &str, score: f32| Hypothesis {
            text: text.to_owned(),
            also: Vec::new(),
            reading: grammars.automata[0]
                .parse(text, &interpreter.options(&grammars, false))
                .remove(0),
            tokens: Vec::new(),
            log_prob: score,
            end_log_prob: 0.0,
            score,
            confidence: 0.6,
            words: Vec::new(),
        };
        let best = hypothesis("überweise fünfzig Euro an Anna", -1.0);
        let others = [hypothesis("überweise fünfzehn Euro an Anna", -2.0)];
        let mut slots = slots(&best.reading);
        add_confidences(&mut slots, &best.reading, &best, &others);
        let of = |name: &str| slots[name].confidence.unwrap();
        assert!((of("amount") - 0.6).abs() < 1e-6, "{}", of("amount"));
        let share = (-1f32).exp() / (1.0 + (-1f32).exp());
        assert!((of("recipient") - (0.6 + 0.4 * share)).abs() < 1e-6);
    }
}
