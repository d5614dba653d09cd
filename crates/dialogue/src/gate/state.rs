//! What the gate remembers over a restart.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::PinVault;
use crate::gate::{IdempotencyKey, Question};
use crate::policy::Ledger;

/// How many answered questions are remembered. Questions that are older than a forgotten one can no longer be
/// answered, whatever the clock says.
const REMEMBERED: usize = 1024;

/// What the gate remembers: save it (serde) after every call. It holds no PIN, only its hash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GateState {
    /// What was confirmed today, and who was paid before.
    #[serde(default)]
    pub ledger: Ledger,
    /// The PIN's hash, if one was set.
    #[serde(default)]
    pub pin: Option<PinVault>,
    #[serde(default)]
    pub(super) last_pin: Option<Timestamp>,
    /// The answered questions, the latest last.
    #[serde(default)]
    used: VecDeque<Used>,
    /// How many questions there were.
    #[serde(default)]
    asked: u64,
    /// Up to which of them some have been forgotten.
    #[serde(default)]
    forgotten: u64,
}

/// A question that was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Used {
    key: IdempotencyKey,
    number: u64,
}

impl GateState {
    /// The number of another question, from 1.
    pub(super) fn next_number(&mut self) -> u64 {
        self.asked = self.asked.saturating_add(1);
        self.asked
    }

    pub(super) fn is_used(&self, question: &Question) -> bool {
        self.used.iter().any(|used| used.key == question.key)
    }

    /// Whether the question is so old that the gate cannot tell whether it was answered.
    pub(super) fn is_forgotten(&self, question: &Question) -> bool {
        question.number <= self.forgotten
    }

    pub(super) fn use_up(&mut self, question: &Question) {
        let Question { key, number, .. } = *question;
        self.used.push_back(Used { key, number });
        while self.used.len() > REMEMBERED {
            if let Some(oldest) = self.used.pop_front() {
                self.forgotten = self.forgotten.max(oldest.number);
            }
        }
    }
}
