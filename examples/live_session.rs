//! Prints the commands in a stream, while it is heard: `cargo run --release --example live_session -- FILE.wav`
//!
//! The samples come from a file here, a tenth of a second at a time; a microphone gives them the same way.

use std::sync::Arc;

use zahlwort::{Engine, Event, Limits, Pcm, SessionOptions};

const RATE: u32 = 16_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("usage: live_session FILE.wav")?;
    let limits = Limits::default();
    let spoken = Pcm::read_wav(path, &limits)?.to_utterance(&limits)?;
    // After a command it is quiet for a while; that is how its end is known.
    let silence = vec![0.0f32; RATE as usize];
    let stream = [spoken.samples(), &silence].concat();

    let engine = Arc::new(Engine::builder().build()?);
    let mut session = engine.session(SessionOptions::default());
    for block in stream.chunks(RATE as usize / 10) {
        for event in session.push(block, RATE)? {
            match event {
                Event::SpeechStarted { at_ms } => println!("{at_ms} ms: somebody speaks"),
                Event::Outcome {
                    end_ms, outcome, ..
                } => match outcome.command() {
                    Some(command) => println!("{end_ms} ms: {command:?}"),
                    None => println!("{end_ms} ms: {}", outcome.status()),
                },
                _ => {}
            }
        }
    }
    Ok(())
}
