//! What the gate remembers over a restart.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::PinVault;
use crate::gate::IdempotencyKey;
use crate::policy::Ledger;

/// How many answered questions are remembered. Each can be asked only while it is open, minutes at
/// most, so nobody can answer this many before the first has expired.
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
    #[serde(default)]
    pub(super) used: VecDeque<IdempotencyKey>,
}

impl GateState {
    pub(super) fn use_up(&mut self, key: IdempotencyKey) {
        self.used.push_back(key);
        while self.used.len() > REMEMBERED {
            self.used.pop_front();
        }
    }
}
