//! A match of the grammar to what the caller sees of it.

use std::collections::BTreeMap;

use zahlwort_commerce::{Command, Rejection, value_json};
use zahlwort_grammar::{Language, Match, SlotMatch, Value};
use zahlwort_speech::{Hypothesis, TimedWord};

use crate::{Alternative, Reason, Slot, Understood};

/// What a reading of a text means; the confidence is how well the text fits.
pub(crate) fn understood(
    found: &Match,
    language: Language,
    text: &str,
) -> Result<Understood, Rejection> {
    let command = Command::from_match(found)?;
    Ok(Understood {
        intent: found.intent.clone(),
        confidence: found.score,
        language,
        transcript: text.to_owned(),
        slots: slots(found),
        command,
        alternatives: Vec::new(),
        timing: None,
    })
}

fn slots(found: &Match) -> BTreeMap<String, Slot> {
    let mut slots: BTreeMap<String, Slot> = BTreeMap::new();
    for said in &found.slots {
        // Had it no value, there would be no command.
        if let Ok(value) = &said.value {
            slots
                .entry(said.name.clone())
                .or_insert_with(|| slot(said, value));
        }
    }
    for (name, value) in &found.fixed {
        let unsaid = Slot {
            text: None,
            value: value.clone(),
            id: None,
            open: None,
            start_ms: None,
            end_ms: None,
            confidence: None,
        };
        slots.entry(name.clone()).or_insert(unsaid);
    }
    slots
}

fn slot(said: &SlotMatch, value: &Value) -> Slot {
    let (id, open) = match value {
        Value::Name(name) => (name.id.clone(), Some(said.open)),
        Value::Text(_) => (None, Some(said.open)),
        _ => (None, None),
    };
    Slot {
        text: Some(said.text.clone()),
        value: value_json(value),
        id,
        open,
        start_ms: None,
        end_ms: None,
        confidence: Some(said.score),
    }
}

/// Adds to each slot when and how surely its words were heard. `offset_ms` is what was cut off
/// before the audio that the words' times count from.
pub(crate) fn add_times(
    understood: &mut Understood,
    found: &Match,
    words: &[TimedWord],
    offset_ms: u32,
) {
    // The first of a name is the one that is shown, so later ones must not overwrite its times.
    for said in found.slots.iter().rev() {
        let Some(slot) = understood.slots.get_mut(&said.name) else {
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

/// Gives each slot the probability that its value is right: that of the whole command, and of what is left, the
/// share of those other commands that agree on the slot.
pub(crate) fn add_confidences(
    understood: &mut Understood,
    best: &Hypothesis,
    others: &[Hypothesis],
) {
    let weight = |h: &Hypothesis| (h.score - best.score).min(0.0).exp();
    let all = 1.0 + others.iter().map(weight).sum::<f32>();
    for said in &best.reading.slots {
        let Some(slot) = understood.slots.get_mut(&said.name) else {
            continue;
        };
        let agree = others.iter().filter(|other| {
            let theirs = other.reading.slot(&said.name);
            theirs.is_some_and(|s| s.value == said.value)
        });
        let share = agree.map(weight).sum::<f32>() / all;
        let whole = understood.confidence;
        slot.confidence = Some(whole + (1.0 - whole) * share);
    }
}

/// Adds what else may have been said: each command once, none that is the best.
///
/// First come those that the same words mean as well, to others of the same name. The confidence is
/// divided among them and the best: each of them is as likely.
pub(crate) fn add_alternatives<'m>(
    understood: &mut Understood,
    namesakes: impl Iterator<Item = &'m Match>,
    others: impl Iterator<Item = Alternative>,
) {
    let text = understood.transcript.clone();
    add_distinct(
        understood,
        namesakes.filter_map(|m| alternative(m, &text, 0.0)),
    );
    understood.confidence /= 1.0 + understood.alternatives.len() as f32;
    for namesake in &mut understood.alternatives {
        namesake.confidence = understood.confidence;
    }
    add_distinct(understood, others);
}

fn add_distinct(understood: &mut Understood, others: impl Iterator<Item = Alternative>) {
    for other in others {
        let mut known = understood.alternatives.iter().map(|a| &a.command);
        if other.command != understood.command && known.all(|known| *known != other.command) {
            understood.alternatives.push(other);
        }
    }
}

/// Another reading, if it is a valid command.
pub(crate) fn alternative(found: &Match, text: &str, confidence: f32) -> Option<Alternative> {
    let command = Command::from_match(found).ok()?;
    Some(Alternative {
        intent: found.intent.clone(),
        transcript: text.to_owned(),
        confidence,
        slots: slots(found),
        command,
    })
}

/// The reason why a sentence of the grammar is no command.
pub(crate) fn parsed(found: &Match, text: &str, problem: Rejection) -> Reason {
    Reason::Invalid {
        intent: found.intent.clone(),
        transcript: text.to_owned(),
        message: problem.to_string(),
        problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            .languages(crate::Languages::Only(Language::De))
            .interpreter()
            .unwrap();
        let text = "überweise fünfzig Euro an Anna";
        let grammars = interpreter.grammars();
        let found = grammars.automata[0]
            .parse(text, &interpreter.options(&grammars, false))
            .remove(0);
        let mut u = understood(&found, Language::De, text).unwrap();
        let at = |w: &str| text.find(w).unwrap();
        let words = [
            word("überweise", 0, 0, 0.9),
            word("fünfzig", at("fünfzig"), 200, 0.8),
            word("Euro", at("Euro"), 350, 0.95),
            word("an", at("an "), 500, 0.1),
            word("Anna", at("Anna"), 600, 0.7),
        ];
        add_times(&mut u, &found, &words, 1_000);
        let amount = &u.slots["amount"];
        assert_eq!((amount.start_ms, amount.end_ms), (Some(1_200), Some(1_450)));
        let recipient = &u.slots["recipient"];
        assert_eq!(
            (recipient.start_ms, recipient.end_ms),
            (Some(1_600), Some(1_700))
        );
        assert_eq!((amount.open, recipient.open), (None, Some(false)));
    }

    #[test]
    fn what_the_alternatives_agree_on_is_surer_than_the_whole() {
        let interpreter = crate::Engine::builder()
            .languages(crate::Languages::Only(Language::De))
            .interpreter()
            .unwrap();
        let grammars = interpreter.grammars();
        let hypothesis = |text: &str, score: f32| Hypothesis {
            text: text.to_owned(),
            namesakes: Vec::new(),
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
        let mut u = understood(&best.reading, Language::De, &best.text).unwrap();
        u.confidence = 0.6;
        add_confidences(&mut u, &best, &others);
        let of = |name: &str| u.slots[name].confidence.unwrap();
        assert!((of("amount") - 0.6).abs() < 1e-6, "{}", of("amount"));
        let share = (-1f32).exp() / (1.0 + (-1f32).exp());
        assert!((of("recipient") - (0.6 + 0.4 * share)).abs() < 1e-6);
    }
}
