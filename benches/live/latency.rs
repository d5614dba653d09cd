//! How long after the end of speech a live session tells the command, the wait for the end included:
//! `cargo bench --bench live_latency -- tests/audio/*.wav`.
//!
//! Samples are pushed 10 ms at a time, as a microphone delivers them, but without waiting for them: a
//! clock of its own says when each block would have come, and when `push` would have returned if it
//! takes as long as it did. So a session that falls behind shows.

use std::sync::Arc;
use std::time::Instant;

use zahlwort::{Engine, Event, Limits, Pcm, SessionOptions};

/// Silence before and behind each recording, in samples.
const AROUND: usize = 2 * 16_000;
const BLOCK: usize = 160;
const BLOCK_MS: f64 = 10.0;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let engine = Arc::new(Engine::builder().build()?);
    let limits = Limits::default();
    let mut delays = Vec::new();
    // Cargo adds `--bench`.
    for path in std::env::args().skip(1).filter(|a| a != "--bench") {
        let spoken = Pcm::read_wav(&path, &limits)?.to_utterance(&limits)?;
        let silence = vec![0.0f32; AROUND];
        let stream = [&silence, spoken.samples(), &silence].concat();
        let mut session = engine.session(SessionOptions::default());
        let (mut clock, mut come) = (0.0f64, 0.0);
        for block in stream.chunks(BLOCK) {
            come += BLOCK_MS;
            let started = Instant::now();
            let events = session.push(block, 16_000)?;
            clock = clock.max(come) + started.elapsed().as_secs_f64() * 1e3;
            for event in events {
                if let Event::Outcome {
                    end_ms, outcome, ..
                } = event
                {
                    let delay = clock - end_ms as f64;
                    println!("{delay:6.0} ms  {}  {path}", outcome.status());
                    delays.push(delay);
                }
            }
        }
    }
    delays.sort_by(f64::total_cmp);
    let at = |part: f64| delays.get((delays.len() as f64 * part) as usize);
    if let (Some(median), Some(late), Some(most)) = (at(0.5), at(0.9), delays.last()) {
        println!("median {median:.0} ms, 90 % within {late:.0} ms, at most {most:.0} ms");
    }
    Ok(())
}
