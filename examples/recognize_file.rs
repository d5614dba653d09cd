//! Prints the command in a WAV file: `cargo run --release --example recognize_file -- FILE.wav`

use zahlwort::{Command, Engine, Order, Outcome, Reason};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("usage: recognize_file FILE.wav")?;
    // Both packs, both languages, the example catalog, and the model in models/default.
    let engine = Engine::builder().build()?;

    match engine.recognize_file(path)? {
        Outcome::Understood(said) => {
            println!(
                "{} ({:.0} % sure): {}",
                said.intent,
                said.confidence * 100.0,
                said.transcript
            );
            match &said.command {
                // Money is a decimal and a currency, and never zero or negative.
                Command::Order(Order::SendMoney {
                    recipient, amount, ..
                }) => println!("{amount} to {}", recipient.name),
                Command::Order(Order::AddToCart { product, .. }) => {
                    println!("into the cart: {}", product.name);
                }
                other => println!("{other:?}"),
            }
        }
        Outcome::Incomplete(begun) => {
            println!("{} without {}", begun.intent, begun.missing.join(" and "));
        }
        Outcome::Rejected(rejected) => match &rejected.reason {
            Reason::Invalid { message, .. } => println!("that cannot be: {message}"),
            Reason::Uncertain { guess } => println!("did you say \"{}\"?", guess.transcript),
            _ => println!("not a command: {}", rejected.heard),
        },
        Outcome::NoSpeech(_) => println!("nobody spoke"),
    }
    Ok(())
}
