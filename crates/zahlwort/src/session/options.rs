//! When an utterance is over.

use std::time::Duration;

/// How a [`Session`](crate::Session) listens. All times are rounded down to 10 ms.
///
/// ```
/// use std::time::Duration;
/// use zahlwort::SessionOptions;
///
/// let patient = SessionOptions {
///     incomplete: Duration::from_secs(2),
///     ..SessionOptions::default()
/// };
/// assert!(patient.incomplete > patient.complete);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionOptions {
    /// The pause that ends a complete command that nothing longer competes with; 300 ms by default,
    /// and never less than [`SessionOptions::speculate`].
    pub complete: Duration,
    /// The pause that ends a command which may go on: it was said in somebody's own words, it ends in
    /// an open slot or a row of digits, or a longer sentence is among what was possibly said; 700 ms by default.
    pub growing: Duration,
    /// The pause that ends what is no command so far, or lacks something, as after "überweise fünfzig
    /// Euro …"; 1.2 s by default.
    pub incomplete: Duration,
    /// The pause at which what was heard so far is recognised ahead, so that the answer is there
    /// when the pause turns out to be the end; 200 ms by default.
    pub speculate: Duration,
    /// Tell what was said so far this often while somebody speaks; by default `None`: never. Each time
    /// costs about what the encoder takes for the utterance so far, some 20 ms on two threads.
    pub partials: Option<Duration>,
    /// The longest utterance; 15 s by default, and no longer than the engine's limit allows.
    pub max_utterance: Duration,
    /// Tell after this long that nobody has spoken, once for each wait; 8 s by default, `None`: never.
    pub no_speech_after: Option<Duration>,
}

impl Default for SessionOptions {
    fn default() -> Self {
        Self {
            complete: Duration::from_millis(300),
            growing: Duration::from_millis(700),
            incomplete: Duration::from_millis(1_200),
            speculate: Duration::from_millis(200),
            partials: None,
            max_utterance: Duration::from_secs(15),
            no_speech_after: Some(Duration::from_secs(8)),
        }
    }
}

/// Whole frames of 10 ms.
pub(super) fn frames(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis() / 10).unwrap_or(u64::MAX)
}
