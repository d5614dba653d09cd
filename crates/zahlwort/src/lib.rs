//! Spoken purchase and payment commands, German and English, entirely on the device.
//!
//! An [`Engine`] takes audio and gives an [`Outcome`]: a typed, validated [`Command`] if one was
//! said, or the reason why there is none. Nothing leaves the computer.
//!
//! ```no_run
//! use zahlwort::{Engine, Order};
//!
//! let engine = Engine::builder().build()?;
//! let outcome = engine.recognize_file("command.wav")?;
//! match outcome.order() {
//!     Some(Order::SendMoney { recipient, amount, .. }) => println!("{amount} to {recipient:?}"),
//!     Some(other) => println!("{other:?}"),
//!     None => println!("{}", outcome.status()),
//! }
//! # Ok::<(), zahlwort::Error>(())
//! ```
//!
//! Text means the same as speech, and needs no model:
//!
//! ```
//! use zahlwort::{Engine, Report};
//!
//! let interpreter = Engine::builder().interpreter()?;
//! let outcome = interpreter.parse("transfer twelve euros fifty to Anna");
//! let json = serde_json::to_value(Report::new(None, Ok(outcome)))?;
//! assert_eq!(json["intent"], "SendMoney");
//! assert_eq!(json["command"]["amount"]["amount"], "12.50");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Names change while an engine runs; grammars of one's own replace the packs:
//!
//! ```
//! use zahlwort::{Engine, commands::Catalog};
//!
//! let interpreter = Engine::builder().interpreter()?;
//! interpreter.set_catalog(&Catalog::parse("names.yaml", "contacts: [{name: Kim Novak, say: [Kim]}]")?)?;
//! let outcome = interpreter.parse("send Kim twenty euros");
//! assert_eq!(outcome.understood().map(|u| &u.slots["recipient"].value), Some(&"Kim Novak".into()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Features, all on by default: `speech` (without it texts are read, and no model is compiled in), `dialogue`
//! (policy, gate, PIN, assistant), `export` (files for banks and shops).

#[cfg(feature = "dialogue")]
mod assistant;
mod builder;
#[cfg(feature = "speech")]
mod engine;
mod error;
mod grammars;
#[cfg(feature = "speech")]
mod heard;
#[cfg(feature = "speech")]
mod hearing;
mod interpreter;
#[cfg(feature = "speech")]
mod listen_again;
mod locate;
mod outcome;
mod own_words;
mod report;
#[cfg(feature = "speech")]
mod session;
mod understand;

#[cfg(feature = "dialogue")]
pub use assistant::{Assistant, AssistantState, Reply, ReplyKind, input};
pub use builder::EngineBuilder;
#[cfg(feature = "speech")]
pub use engine::{Engine, Heard};
pub use error::Error;
pub use grammars::{Languages, check_grammar, load_catalog, load_grammar};
pub use interpreter::Interpreter;
pub use locate::{MODEL_VARIABLE, find_model};
pub use outcome::{
    Alternative, Guess, Incomplete, NoSpeech, Outcome, Reason, Rejected, Slot, Timing, Understood,
};
pub use own_words::ReadWith;
pub use report::{Body, Failure, Report, SCHEMA_VERSION, schema};
#[cfg(feature = "speech")]
pub use session::{Event, Samples, Session, SessionOptions};

pub use iso_currency::Currency;
pub use jiff::civil::Date;
#[cfg(feature = "speech")]
pub use zahlwort_audio as audio;
#[cfg(feature = "speech")]
pub use zahlwort_audio::{Limits, Pcm, Utterance};
pub use zahlwort_commands as commands;
pub use zahlwort_commands::{Answer, Catalog, Command, Money, Order, Pack, ReadBy, Rejection};
#[cfg(feature = "dialogue")]
pub use zahlwort_dialogue as dialogue;
#[cfg(feature = "export")]
pub use zahlwort_export as export;
pub use zahlwort_grammar as grammar;
pub use zahlwort_grammar::{Grammar, Language};
#[cfg(feature = "speech")]
pub use zahlwort_speech::{DecodeOptions, Evidence, Search};

/// The README's example compiles.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
