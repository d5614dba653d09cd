//! A linear-chain conditional random field over the tags of a text's words.
//!
//! Lafferty, McCallum and Pereira, *Conditional Random Fields* (2001). A path's score is the sum of its start, its
//! emissions, its transitions and its end; its probability is proportional to the exponential of that. All in natural
//! logarithms, so that nothing overflows, and in `f64`, as differences of large sums are taken.

/// The scores that do not depend on the text.
#[derive(Debug)]
pub(crate) struct Crf {
    tags: usize,
    /// Row by row: from a tag to the next word's.
    transitions: Vec<f64>,
    /// The greatest transition to each tag.
    tops: Vec<f64>,
    /// The exponentials of the transitions, relative to those: sums of paths take them time and again.
    factors: Vec<f64>,
    start: Vec<f64>,
    end: Vec<f64>,
}

/// How probable each tag is at each word, over all paths.
#[derive(Debug)]
pub(crate) struct Posteriors {
    tags: usize,
    /// The logarithm of the sum of all paths' exponentials.
    pub(crate) log_z: f64,
    /// Word by word.
    probabilities: Vec<f64>,
}

/// The best path among some.
#[derive(Debug, PartialEq)]
pub(crate) struct Path {
    pub(crate) tags: Vec<usize>,
    pub(crate) score: f64,
}

impl Crf {
    /// Of `transitions` from tag to tag, row by row, and a start and an end score for each tag.
    pub(crate) fn new(transitions: &[f32], start: &[f32], end: &[f32]) -> Self {
        let tags = start.len();
        let transitions = wide(transitions);
        let rows = || transitions.chunks_exact(tags);
        let tops: Vec<f64> = (0..tags)
            .map(|to| rows().map(|row| row[to]).fold(f64::NEG_INFINITY, f64::max))
            .collect();
        let factors = rows()
            .flat_map(|row| row.iter().zip(&tops).map(|(x, top)| (x - top).exp()))
            .collect();
        Self {
            tags,
            transitions,
            tops,
            factors,
            start: wide(start),
            end: wide(end),
        }
    }

    /// The best path whose tags are all `allowed`; `emissions` are one row a word. Of equals, the one whose tags are
    /// allowed first.
    pub(crate) fn best(&self, emissions: &[f32], allowed: &[usize]) -> Path {
        let mut rows = emissions.chunks_exact(self.tags);
        let Some(first) = rows.next() else {
            return Path {
                tags: Vec::new(),
                score: 0.0,
            };
        };
        let mut scores: Vec<f64> = allowed
            .iter()
            .map(|tag| self.start[*tag] + f64::from(first[*tag]))
            .collect();
        // For each further word and tag, which of the allowed tags is best before it.
        let mut before: Vec<Vec<usize>> = Vec::new();
        for row in rows {
            let step = |tag: &usize| {
                let from = |(from, score): (&usize, &f64)| {
                    score + self.transitions[from * self.tags + tag]
                };
                let (place, score) = first_greatest(allowed.iter().zip(&scores).map(from));
                (place, score + f64::from(row[*tag]))
            };
            let (places, next): (Vec<_>, Vec<_>) = allowed.iter().map(step).unzip();
            before.push(places);
            scores = next;
        }
        let ended = allowed
            .iter()
            .zip(&scores)
            .map(|(tag, score)| score + self.end[*tag]);
        let (mut place, score) = first_greatest(ended);
        let mut tags = vec![allowed[place]];
        for places in before.iter().rev() {
            place = places[place];
            tags.push(allowed[place]);
        }
        tags.reverse();
        Path { tags, score }
    }

    /// Sums over all paths by the forward-backward algorithm; `emissions` are one row a word.
    ///
    /// What is less than e⁻⁷⁰⁰ of a sum is lost, or counted as that.
    pub(crate) fn posteriors(&self, emissions: &[f32]) -> Posteriors {
        let tags = self.tags;
        let rows: Vec<Vec<f64>> = emissions.chunks_exact(tags).map(wide).collect();
        // Sums over all ways to a word and its tag, that word's emission included, and over all ways onwards.
        let mut forward: Vec<Vec<f64>> = Vec::with_capacity(rows.len());
        for row in &rows {
            let reached = match forward.last() {
                None => self.start.clone(),
                Some(last) => self.arriving(last),
            };
            forward.push(added(&reached, row));
        }
        let mut backward: Vec<Vec<f64>> = Vec::with_capacity(rows.len());
        for index in (0..rows.len()).rev() {
            backward.push(match backward.last() {
                None => self.end.clone(),
                Some(next) => self.leaving(&added(next, &rows[index + 1])),
            });
        }
        let both: Vec<Vec<f64>> = forward
            .iter()
            .zip(backward.iter().rev())
            .map(|(there, on)| added(there, on))
            .collect();
        let log_z = both.last().map_or(0.0, |last| {
            let (top, relative) = relative(last);
            top + relative.iter().sum::<f64>().ln()
        });
        let probability = |log: f64| (log - log_z).exp().min(1.0);
        Posteriors {
            tags,
            log_z,
            probabilities: both.concat().into_iter().map(probability).collect(),
        }
    }

    /// For each tag, the sum over the tags before it, given theirs.
    fn arriving(&self, before: &[f64]) -> Vec<f64> {
        let (top, before) = relative(before);
        let mut sums = vec![0.0; self.tags];
        for (weight, factors) in before.iter().zip(self.factors.chunks_exact(self.tags)) {
            for (sum, factor) in sums.iter_mut().zip(factors) {
                *sum += weight * factor;
            }
        }
        sums.iter()
            .zip(&self.tops)
            .map(|(sum, most)| top + most + ln(*sum))
            .collect()
    }

    /// For each tag, the sum over the tags behind it, given theirs.
    fn leaving(&self, behind: &[f64]) -> Vec<f64> {
        let (top, behind) = relative(&added(behind, &self.tops));
        let sum = |factors: &[f64]| {
            factors
                .iter()
                .zip(&behind)
                .map(|(factor, weight)| factor * weight)
                .sum()
        };
        self.factors
            .chunks_exact(self.tags)
            .map(|factors| top + ln(sum(factors)))
            .collect()
    }
}

impl Posteriors {
    /// The probability that a word has a tag, whatever the others have.
    pub(crate) fn of(&self, word: usize, tag: usize) -> f64 {
        self.probabilities[word * self.tags + tag]
    }
}

/// Index and value of the first of the greatest; there must be one.
fn first_greatest(values: impl Iterator<Item = f64>) -> (usize, f64) {
    let mut best = (0, f64::NEG_INFINITY);
    for (index, value) in values.enumerate() {
        if value > best.1 {
            best = (index, value);
        }
    }
    best
}

fn wide(values: &[f32]) -> Vec<f64> {
    values.iter().copied().map(f64::from).collect()
}

fn added(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

/// The greatest of some logarithms, and the exponentials of all relative to it.
fn relative(logs: &[f64]) -> (f64, Vec<f64>) {
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (top, logs.iter().map(|x| (x - top).exp()).collect())
}

/// The logarithm, finite also where a sum got lost.
fn ln(sum: f64) -> f64 {
    sum.max(f64::MIN_POSITIVE).ln()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn log_sum_exp(values: &[f64]) -> f64 {
        let (top, relative) = relative(values);
        top + relative.iter().sum::<f64>().ln()
    }

    /// Every sequence of `words` of the tags.
    fn paths(tags: &[usize], words: usize) -> Vec<Vec<usize>> {
        (0..words).fold(vec![vec![]], |paths, _| {
            let longer = |path: &Vec<usize>| {
                let path = path.clone();
                tags.iter()
                    .map(move |tag| [path.as_slice(), &[*tag]].concat())
                    .collect::<Vec<_>>()
            };
            paths.iter().flat_map(longer).collect()
        })
    }

    fn score(crf: &Crf, emissions: &[f32], path: &[usize]) -> f64 {
        let emitted: f64 = path
            .iter()
            .zip(emissions.chunks_exact(crf.tags))
            .map(|(tag, row)| f64::from(row[*tag]))
            .sum();
        let moved: f64 = path
            .windows(2)
            .map(|pair| crf.transitions[pair[0] * crf.tags + pair[1]])
            .sum();
        crf.start[path[0]] + emitted + moved + crf.end[path[path.len() - 1]]
    }

    prop_compose! {
        /// A field, the emissions of a text, and some of the tags.
        fn instances()(tags in 1_usize..5, words in 1_usize..5, reach in 0.1_f32..50.0)(
            transitions in prop::collection::vec(-reach..reach, tags * tags),
            start in prop::collection::vec(-reach..reach, tags),
            end in prop::collection::vec(-reach..reach, tags),
            emissions in prop::collection::vec(-reach..reach, tags * words),
            allowed in prop::sample::subsequence((0..tags).collect::<Vec<_>>(), 1..=tags),
        ) -> (Crf, Vec<f32>, Vec<usize>) {
            (Crf::new(&transitions, &start, &end), emissions, allowed)
        }
    }

    proptest! {
        #[test]
        fn the_best_path_is_the_best_of_all((crf, emissions, allowed) in instances()) {
            let words = emissions.len() / crf.tags;
            let found = crf.best(&emissions, &allowed);
            let best = paths(&allowed, words)
                .iter()
                .map(|path| score(&crf, &emissions, path))
                .fold(f64::NEG_INFINITY, f64::max);
            prop_assert!((found.score - best).abs() < 1e-9);
            prop_assert!((score(&crf, &emissions, &found.tags) - best).abs() < 1e-9);
            prop_assert!(found.tags.iter().all(|tag| allowed.contains(tag)));
        }

        #[test]
        fn sums_are_those_over_all_paths((crf, emissions, _) in instances()) {
            let words = emissions.len() / crf.tags;
            let all: Vec<usize> = (0..crf.tags).collect();
            let paths = paths(&all, words);
            let scores: Vec<f64> = paths.iter().map(|path| score(&crf, &emissions, path)).collect();
            let found = crf.posteriors(&emissions);
            let log_z = log_sum_exp(&scores);
            prop_assert!((found.log_z - log_z).abs() < 1e-9);
            for word in 0..words {
                for tag in 0..crf.tags {
                    let expected: f64 = paths
                        .iter()
                        .zip(&scores)
                        .filter(|(path, _)| path[word] == tag)
                        .map(|(_, score)| (score - log_z).exp())
                        .sum();
                    prop_assert!((found.of(word, tag) - expected).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn of_equal_paths_the_first_allowed_is_taken() {
        let crf = Crf::new(&[0.0; 9], &[0.0; 3], &[0.0; 3]);
        assert_eq!(crf.best(&[0.0; 6], &[0, 2]).tags, [0, 0]);
    }

    #[test]
    fn the_largest_weights_of_a_file_stay_finite() {
        let crf = Crf::new(&[1e5, -1e5, -1e5, 1e5], &[1e5, -1e5], &[-1e5, 1e5]);
        let emissions: Vec<f32> = (0..128)
            .map(|x| if x % 3 == 0 { 2e8 } else { -2e8 })
            .collect();
        let found = crf.posteriors(&emissions);
        assert!(
            found.log_z.is_finite() && found.probabilities.iter().all(|x| (0.0..=1.0).contains(x))
        );
        assert!(crf.best(&emissions, &[0, 1]).score.is_finite());
    }
}
