//! From an understood command to an authorised one: what stands between a sentence and an account.
//!
//! ```text
//! Input ──► Dialogue ──► Gate (asks the Policy) ──► Turn::Prompt       say this and listen
//!                                               ──► Turn::Authorised   carry this out
//! ```
//!
//! What is missing is asked for, what moves money is read back, and the PIN is asked for where the [`policy`]
//! wants it. Only the [`gate`] makes an [`gate::Authorised`] command, and a [`host::Host`] takes nothing else
//! where it moves money. [`Templates`] puts all of it into words, from the tables in `words/`.
//!
//! There is no audio and no clock inside: the time goes in with what was heard.
//!
//! ```
//! use zahlwort_commands::{Answer, Order, Party};
//! use zahlwort_dialogue::gate::{Gate, GateState};
//! use zahlwort_dialogue::policy::{Confidence, Context, Moment, PayeeKey, Policy};
//! use zahlwort_dialogue::{Ask, Dialogue, Turn, Input};
//!
//! let now = Moment { at: jiff::Timestamp::UNIX_EPOCH, date: jiff::civil::date(1970, 1, 1) };
//! let mut gate = Gate::new(Policy::default(), GateState::default());
//! gate.trust(PayeeKey::party(&Party::named("Anna")));
//! let mut dialogue = Dialogue::default();
//! let context = Context::new(Confidence::CERTAIN);
//! let send = r#"{"type":"send_money","recipient":{"name":"Anna"},"amount":{"amount":"20.00","currency":"EUR"}}"#;
//! let said = Input::Order { order: serde_json::from_str::<Order>(send)?, alternatives: vec![], context };
//! let Some(Turn::Prompt(prompt)) = dialogue.advance(said, &mut gate, &(), now) else { panic!() };
//! assert!(matches!(prompt.ask, Ask::ReadBack(_)));
//! let yes = Input::Answer { answer: Answer::Confirm, namesakes: vec![], context };
//! let done = dialogue.advance(yes, &mut gate, &(), now);
//! assert!(matches!(done, Some(Turn::Authorised(_))));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod dialogue;
pub mod gate;
pub mod host;
mod pin;
pub mod policy;

pub use dialogue::{
    Address, Ask, CancelReason, Dialogue, Input, Note, Prompt, Refused, Spoken, Stage,
    TemplateError, Templates, Turn,
};
pub use pin::{PinRefused, PinVault, PinVaultError, random_pin};
