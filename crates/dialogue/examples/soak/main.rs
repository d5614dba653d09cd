//! Feeds policy, gate, dialogue and PIN keeper with random speech for as long as you like, and checks that
//! nothing is carried out that the policy does not allow.
//!
//! ```sh
//! cargo run -p zahlwort-dialogue --example soak -- --minutes 10 --seed 1
//! ```
//!
//! Each episode has a policy of its own, somebody who talks at random, and a host that restarts, whose clock
//! is wrong, and that answers old questions again. Beside the code under test stand rules of its own
//! (`rules.rs`), a PIN keeper (`vault.rs`) and a bank (`bank.rs`), none of which uses it. Checked after every step:
//!
//! * what is authorised was read back with the same amount, not too long ago, and answered as the policy demands;
//! * never twice for one key, and never after it has expired;
//! * the gate's ledger is what was authorised that day, and the bank's accounts sum to zero;
//! * no PIN is in what is saved, and everything is the same after a restart.
//!
//! The first thing that is wrong ends it, with the seed that shows it again: `--seed S --episodes 1`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what goes wrong here is to end the soak"
)]

mod bank;
mod counts;
mod judge;
mod random;
mod rules;
mod speech;
mod vault;
mod world;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use counts::Counts;
use random::Random;
use world::World;
use zahlwort_commands::Pin;
use zahlwort_dialogue::PinVault;

const USAGE: &str = "soak [--minutes N] [--seed S] [--episodes N]";

fn main() -> ExitCode {
    let (minutes, seed, episodes) = match arguments() {
        Ok(arguments) => arguments,
        Err(message) => {
            eprintln!("{message}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let mut counts = Counts::default();
    let vaults = vaults();
    let begun = Instant::now();
    let limit = Duration::from_secs_f64(minutes * 60.0);
    let mut at = seed;
    let mut told = Instant::now();
    while begun.elapsed() < limit && counts.episodes < episodes {
        if let Err(broken) = episode(at, &vaults, &mut counts) {
            println!("{counts}\nBROKEN with --seed {at} --episodes 1: {broken}");
            return ExitCode::FAILURE;
        }
        if told.elapsed() > Duration::from_secs(60) {
            println!(
                "{:.0} s: {} steps",
                begun.elapsed().as_secs_f64(),
                counts.steps
            );
            told = Instant::now();
        }
        at = at.wrapping_add(1);
    }
    println!(
        "{:.0} s, seeds {seed} to {}, nothing broken\n{counts}",
        begun.elapsed().as_secs_f64(),
        at.wrapping_sub(1)
    );
    ExitCode::SUCCESS
}

fn episode(seed: u64, vaults: &[(Pin, PinVault)], counts: &mut Counts) -> Result<(), String> {
    let mut random = Random::new(seed);
    // A few are long enough for the gate to forget its first questions.
    let steps = if random.percent(2) { 40_000 } else { 400 };
    let mut world = World::new(random, vaults, counts);
    for step in 0..steps {
        world
            .step()
            .map_err(|broken| format!("step {step}: {broken}\n{}", world.policy()))?;
    }
    world.finish()?;
    counts.episodes += 1;
    Ok(())
}

/// PINs made in advance, since hashing is slow on purpose. They are long, so that no key contains one by
/// chance.
fn vaults() -> Vec<(Pin, PinVault)> {
    ["83059264", "907351628846", "5518273640"]
        .map(|digits| {
            let pin = Pin::new(digits).unwrap();
            let vault = PinVault::new(&pin).unwrap();
            (pin, vault)
        })
        .into()
}

fn arguments() -> Result<(f64, u64, u64), String> {
    let (mut minutes, mut seed, mut episodes) = (1.0, 1, u64::MAX);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().unwrap_or_default();
        let wrong = || format!("{word} {value}: not a number");
        match word.as_str() {
            "--minutes" => minutes = value.parse().map_err(|_| wrong())?,
            "--seed" => seed = value.parse().map_err(|_| wrong())?,
            "--episodes" => episodes = value.parse().map_err(|_| wrong())?,
            _ => return Err(format!("{word}: no such flag")),
        }
    }
    Ok((minutes, seed, episodes))
}
