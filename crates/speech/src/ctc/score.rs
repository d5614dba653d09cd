//! How likely a text is, and when each of its characters was said.
//!
//! Both walk the text with a blank before, between and behind its characters. A path stays in its
//! place, goes on to the next, or skips a blank between two different characters; doubled ones need
//! it to be told apart.

use super::Alphabet;
use crate::model::{CtcHead, CtcLogProbs};

/// The states in which a character was said, 20 ms each, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CharSpan {
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// The logarithm of the sum of two probabilities given by their logarithms.
pub(crate) fn add_log(a: f32, b: f32) -> f32 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f32::NEG_INFINITY {
        return high;
    }
    high + (low - high).exp().ln_1p()
}

/// The natural-log probability of a text, `"word word"`: the sum over all its alignments, by the
/// forward algorithm of Graves et al. (*Connectionist Temporal Classification*, 2006, section 4.1),
/// in log space.
///
/// `None` if the head cannot write the text; minus infinity if there are too few states for it.
pub(crate) fn log_prob(log_probs: &CtcLogProbs, text: &str, alphabet: &Alphabet) -> Option<f32> {
    let labels = alphabet.spell(text)?;
    // What Graves calls α, at even places (before character i) and odd ones (at character i).
    let mut blanks = vec![f32::NEG_INFINITY; labels.len() + 1];
    let mut chars = vec![f32::NEG_INFINITY; labels.len()];
    // Before the first state, a path is in front of everything.
    blanks[0] = 0.0;
    for row in log_probs {
        let blank = row[CtcHead::BLANK];
        // From the end, so that what a place is computed from is still of the state before.
        for i in (0..labels.len()).rev() {
            blanks[i + 1] = add_log(blanks[i + 1], chars[i]) + blank;
            let mut from = add_log(chars[i], blanks[i]);
            if i > 0 && labels[i - 1] != labels[i] {
                from = add_log(from, chars[i - 1]);
            }
            chars[i] = from + row[labels[i]];
        }
        blanks[0] += blank;
    }
    let last = chars.last().copied().unwrap_or(f32::NEG_INFINITY);
    let behind = blanks.last().copied().unwrap_or(f32::NEG_INFINITY);
    Some(add_log(last, behind))
}

/// For every character of a text, `"word word"`, when it was said: its likeliest alignment
/// (Viterbi).
///
/// `None` if the head cannot write the text, or there are too few states for it.
pub(crate) fn align(
    log_probs: &CtcLogProbs,
    text: &str,
    alphabet: &Alphabet,
) -> Option<Vec<CharSpan>> {
    let labels = alphabet.spell(text)?;
    // Place 2i is the blank before character i, place 2i + 1 the character.
    let places = 2 * labels.len() + 1;
    let label = |place: usize| match place % 2 {
        0 => CtcHead::BLANK,
        _ => labels[place / 2],
    };
    let mut best = vec![f32::NEG_INFINITY; places];
    // For each state and place, how many places before it the path was.
    let mut steps = vec![0u8; log_probs.len() * places];
    for (t, row) in log_probs.iter().enumerate() {
        if t == 0 {
            for place in 0..places.min(2) {
                best[place] = row[label(place)];
            }
            continue;
        }
        for place in (0..places).rev() {
            let skips = place % 2 == 1 && place > 1 && label(place) != label(place - 2);
            let (mut from, mut step) = (best[place], 0);
            for back in 1..=if skips { 2 } else { 1 } {
                if place >= back && best[place - back] > from {
                    (from, step) = (best[place - back], back as u8);
                }
            }
            best[place] = from + row[label(place)];
            steps[t * places + place] = step;
        }
    }
    if labels.is_empty() {
        return Some(Vec::new());
    }
    let mut place = if best[places - 1] > best[places - 2] {
        places - 1
    } else {
        places - 2
    };
    if log_probs.is_empty() || best[place] == f32::NEG_INFINITY {
        return None;
    }
    let mut spans = vec![
        CharSpan {
            first: usize::MAX,
            last: 0
        };
        labels.len()
    ];
    for t in (0..log_probs.len()).rev() {
        if place % 2 == 1 {
            let span = &mut spans[place / 2];
            span.first = t;
            span.last = span.last.max(t);
        }
        place -= usize::from(steps[t * places + place]);
    }
    Some(spans)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use zahlwort_grammar::Language;

    use super::super::testing::{heard, noise};
    use super::*;

    /// The sum over every path of outputs, of the three that matter, that collapses to `text`, and
    /// the best of the paths.
    fn brute_force(log_probs: &CtcLogProbs, text: &str) -> (f32, Vec<usize>) {
        let alphabet = Alphabet::new(Language::DE);
        let labels = alphabet.spell(text).unwrap();
        let outputs: Vec<usize> = [CtcHead::BLANK, 3, 4].into();
        let (mut total, mut best) = (f64::NEG_INFINITY, (f64::NEG_INFINITY, Vec::new()));
        let mut sum = 0.0f64;
        for code in 0..outputs.len().pow(log_probs.len() as u32) {
            let mut rest = code;
            let path: Vec<usize> = (0..log_probs.len())
                .map(|_| {
                    let output = outputs[rest % outputs.len()];
                    rest /= outputs.len();
                    output
                })
                .collect();
            let mut collapsed = path.clone();
            collapsed.dedup();
            collapsed.retain(|o| *o != CtcHead::BLANK);
            if collapsed == labels {
                let score: f64 = path
                    .iter()
                    .enumerate()
                    .map(|(t, o)| f64::from(log_probs[t][*o]))
                    .sum();
                sum += score.exp();
                total = sum.ln();
                if score > best.0 {
                    best = (score, path);
                }
            }
        }
        (total as f32, best.1)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn every_path_counts_once(text in "[ab]{0,4}", len in 0usize..7, seed in any::<u64>()) {
            let alphabet = Alphabet::new(Language::DE);
            let log_probs = noise(len, 3.0, seed);
            let found = log_prob(&log_probs, &text, &alphabet).unwrap();
            let (expected, path) = brute_force(&log_probs, &text);
            prop_assert!(found == expected || (found - expected).abs() < 1e-3, "{found} {expected}");

            let spans = align(&log_probs, &text, &alphabet);
            prop_assert_eq!(spans.is_some(), text.is_empty() || expected > f32::NEG_INFINITY);
            let spans = spans.unwrap_or_default();
            let mut aligned = vec![CtcHead::BLANK; len];
            for (span, c) in spans.iter().zip(text.chars()) {
                aligned[span.first..=span.last].fill(alphabet.output(c).unwrap());
            }
            let score = |path: &[usize]| -> f32 {
                path.iter().enumerate().map(|(t, o)| log_probs[t][*o]).sum()
            };
            if !text.is_empty() && expected > f32::NEG_INFINITY {
                prop_assert!((score(&aligned) - score(&path)).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn sums_of_logarithms_hold_at_the_edges() {
        let none = f32::NEG_INFINITY;
        assert_eq!(add_log(none, none), none);
        assert_eq!(add_log(none, -2.0), -2.0);
        assert!((add_log(-1.0, -1.0) - (-1.0 + 2f32.ln())).abs() < 1e-6);
        assert_eq!(add_log(-200.0, -1.0), -1.0);
    }

    #[test]
    fn characters_are_found_where_they_were_said() {
        let text = "zahle fünfzig euro";
        let log_probs = heard(text, 8.0, 1.0, 3);
        let alphabet = Alphabet::new(Language::DE);
        let spans = align(&log_probs, text, &alphabet).unwrap();
        for (i, span) in spans.iter().enumerate() {
            let first = 2 + 3 * i;
            assert_eq!((span.first, span.last), (first, first + 1));
        }
        let right = log_prob(&log_probs, text, &alphabet).unwrap();
        let wrong = log_prob(&log_probs, "zahle fünfzehn euro", &alphabet).unwrap();
        assert!(right > wrong + 10.0, "{right} {wrong}");
        assert!(right > -2.0, "{right}");
    }

    #[test]
    fn what_cannot_be_written_has_no_score() {
        let alphabet = Alphabet::new(Language::DE);
        let log_probs = noise(3, 1.0, 1);
        assert_eq!(log_prob(&log_probs, "50 euro", &alphabet), None);
        assert_eq!(align(&log_probs, "50 euro", &alphabet), None);
        assert_eq!(
            log_prob(&log_probs, "euro", &alphabet),
            Some(f32::NEG_INFINITY)
        );
        assert_eq!(align(&log_probs, "euro", &alphabet), None);
        let nothing = noise(0, 1.0, 1);
        assert_eq!(log_prob(&nothing, "", &alphabet), Some(0.0));
        assert_eq!(align(&nothing, "", &alphabet), Some(Vec::new()));
        assert_eq!(align(&nothing, "a", &alphabet), None);
    }
}
