//! When something happens.

use jiff::Timestamp;
use jiff::civil::Date;

/// An instant and the speaker's local date at it. Nothing here reads a clock: the host does, and
/// passes it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The wall clock.
    pub at: Timestamp,
    /// The local date, by which daily limits count.
    pub date: Date,
}

impl Moment {
    /// Seconds since an earlier instant; `None` if that instant is still to come, which means that
    /// the clock was set back.
    pub(crate) fn seconds_since(&self, earlier: Timestamp) -> Option<u64> {
        u64::try_from(self.at.as_second().checked_sub(earlier.as_second())?).ok()
    }
}
