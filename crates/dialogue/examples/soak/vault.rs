//! What a PIN's keeper must answer: three wrong ones are free, then the wait doubles from 30 seconds, and
//! after ten nothing helps.

use zahlwort_commands::Pin;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    Right,
    Wrong,
    Wait,
    Blocked,
}

pub struct Vault {
    pub right: Pin,
    pub is_set: bool,
    failures: u32,
    since: i64,
}

impl Vault {
    pub fn new(right: Pin, is_set: bool) -> Self {
        Self {
            right,
            is_set,
            failures: 0,
            since: 0,
        }
    }

    pub fn attempt(&mut self, pin: &Pin, second: i64) -> Attempt {
        if self.failures >= 10 {
            return Attempt::Blocked;
        }
        if self.failures >= 3 {
            // A clock that was turned back starts the wait anew.
            self.since = self.since.min(second);
            if second - self.since < 30 << (self.failures - 3) {
                return Attempt::Wait;
            }
        }
        self.since = second;
        if *pin == self.right {
            self.failures = 0;
            return Attempt::Right;
        }
        self.failures += 1;
        if self.failures >= 10 {
            Attempt::Blocked
        } else {
            Attempt::Wrong
        }
    }
}
