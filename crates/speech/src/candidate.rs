//! What a search gives: complete sentences, and what the model writes when no grammar binds it.

/// A complete sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    /// Its tokens, without prompt and end.
    pub(crate) tokens: Vec<u32>,
    /// Their natural-log probabilities.
    pub(crate) log_probs: Vec<f32>,
    /// Which of them only an open slot accounts for.
    pub(crate) opens: Vec<bool>,
    /// `"word word"`, without the commas that the model put in.
    pub(crate) text: String,
    /// Natural-log probability of ending here.
    pub(crate) end: f32,
    /// Bonus for words less costs of open slots.
    pub(crate) adjustment: f32,
    /// Natural-log probability of the tokens where nothing is heard; 0 until it is known.
    pub(crate) wording: f32,
}

impl Candidate {
    /// Natural-log probability of the tokens and the end.
    pub(crate) fn log_prob(&self) -> f32 {
        self.log_probs.iter().sum::<f32>() + self.end
    }

    /// What candidates are ranked by.
    pub(crate) fn score(&self) -> f32 {
        self.log_prob() + self.adjustment
    }
}

/// What the model writes when no grammar binds it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Free {
    pub(crate) tokens: Vec<u32>,
    pub(crate) log_probs: Vec<f32>,
    /// As [`Candidate::wording`].
    pub(crate) wording: f32,
}

impl Free {
    /// With little context the model writes short answers twice, "Nein, danke. Nein, danke.", though
    /// they were said once.
    pub(crate) fn say_once(&mut self) {
        let tokens = &self.tokens;
        let period = (1..=tokens.len() / 2).find(|p| tokens[*p..] == tokens[..tokens.len() - p]);
        if let Some(period) = period {
            self.tokens.truncate(period);
            self.log_probs.truncate(period);
        }
    }
}

/// What a search gives.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// Complete sentences, the best first.
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) free: Free,
}

impl Found {
    /// Adds what another search found.
    pub(crate) fn add(&mut self, candidates: Vec<Candidate>) {
        self.candidates.extend(candidates);
        self.candidates = rank(std::mem::take(&mut self.candidates));
    }
}

/// Sorts by score and keeps one candidate for each text.
pub(crate) fn rank(mut complete: Vec<Candidate>) -> Vec<Candidate> {
    complete.sort_by(|a, b| b.score().total_cmp(&a.score()));
    let mut seen = std::collections::HashSet::new();
    complete.retain(|c| seen.insert(c.text.to_lowercase()));
    complete
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_twice_counts_once() {
        let said_once = |tokens: &[u32]| {
            let mut free = Free {
                tokens: tokens.to_vec(),
                log_probs: vec![-1.0; tokens.len()],
                wording: 0.0,
            };
            free.say_once();
            assert_eq!(free.tokens.len(), free.log_probs.len());
            free.tokens
        };
        assert_eq!(said_once(&[1, 2, 1, 2]), [1, 2]);
        assert_eq!(said_once(&[1, 2, 3, 1, 2, 3, 1]), [1, 2, 3]);
        assert_eq!(said_once(&[1, 2, 1, 3]), [1, 2, 1, 3]);
        assert_eq!(said_once(&[]), [] as [u32; 0]);
    }
}
