//! Many live sessions on one engine: how much speech a machine keeps up with, and what memory it takes.
//! `cargo bench --bench live_sessions -- tests/audio/*.wav`
//!
//! Each session has a thread, is given the recordings from a place of its own with two seconds of
//! silence between, and does not wait for them to be spoken. Where the streams together are heard
//! faster than they would be spoken, as many microphones can be served.

use std::sync::Arc;
use std::time::Instant;

use zahlwort::{Engine, Event, Limits, Pcm, Session, SessionOptions};

const RATE: u32 = 16_000;
/// What a sound card gives at a time, 20 ms.
const BLOCK: usize = 320;
const SILENCE: usize = 2 * RATE as usize;
/// Recordings for each session.
const SAID: usize = 24;

type Failed = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failed> {
    let limits = Limits::default();
    // Cargo adds `--bench`.
    let given = std::env::args().skip(1).filter(|a| a != "--bench");
    let recordings = given.map(|path| {
        let utterance = Pcm::read_wav(&path, &limits)?.to_utterance(&limits)?;
        Ok(utterance.samples().to_vec())
    });
    let recordings: Vec<Vec<f32>> = recordings.collect::<Result<_, Failed>>()?;
    if recordings.is_empty() {
        return Err("name some WAV files".into());
    }
    let engine = Arc::new(Engine::builder().build()?);
    println!("sessions  times real time  commands a second  waited for an answer  resident MB");
    for sessions in [1, 2, 4, 8, 16] {
        let clock = Instant::now();
        let threads: Vec<_> = (0..sessions)
            .map(|first| {
                let session = engine.session(SessionOptions::default());
                let said = recordings.iter().cycle().skip(first * 5).take(SAID);
                let said: Vec<Vec<f32>> = said.cloned().collect();
                std::thread::spawn(move || listen(session, &said))
            })
            .collect();
        let mut heard = Heard::default();
        for thread in threads {
            let one = thread.join().map_err(|_| "a session panicked")??;
            heard.seconds += one.seconds;
            heard.commands += one.commands;
            heard.waits.extend(one.waits);
        }
        let took = clock.elapsed().as_secs_f64();
        heard.waits.sort_by(f64::total_cmp);
        let median = heard.waits.get(heard.waits.len() / 2).unwrap_or(&0.0);
        println!(
            "{sessions:8}  {:15.1}  {:17.1}  {median:17.0} ms  {}",
            heard.seconds / took,
            f64::from(heard.commands) / took,
            resident().map_or_else(|| "?".to_owned(), |mb| format!("{mb:11.0}")),
        );
    }
    Ok(())
}

#[derive(Default)]
struct Heard {
    seconds: f64,
    commands: u32,
    /// Milliseconds that the calls took in which something was recognised.
    waits: Vec<f64>,
}

fn listen(mut session: Session, said: &[Vec<f32>]) -> Result<Heard, Failed> {
    let silence = vec![0.0f32; SILENCE];
    let mut heard = Heard::default();
    for samples in said.iter().flat_map(|said| [said, &silence]) {
        for block in samples.chunks(BLOCK) {
            heard.seconds += block.len() as f64 / f64::from(RATE);
            let clock = Instant::now();
            let events = session.push(block, RATE)?;
            let took = clock.elapsed().as_secs_f64() * 1e3;
            // The answer is found ahead of its event; nothing else takes so long.
            if took > 5.0 {
                heard.waits.push(took);
            }
            let outcomes = events.iter().filter_map(Event::outcome);
            heard.commands += outcomes.filter(|o| o.understood().is_some()).count() as u32;
        }
    }
    Ok(heard)
}

/// Of this process, where the system tells.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}
