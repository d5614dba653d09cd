//! From an understood command to an authorised one: what stands between a sentence and an account.
//!
//! ```text
//! Input ──► Dialogue ──► Gate (asks the Policy) ──► Event::Prompt       say this and listen
//!                                               ──► Event::Authorised   carry this out
//! ```
//!
//! What is missing is asked for, what moves money is read back, and the PIN is asked for where the
//! [`policy`] wants it. Only the [`gate`] makes an [`gate::Authorised`] command, and a [`host::Host`] takes
//! nothing else where it moves money. [`Templates`] says all of it, in the words of `words/`.
//!
//! There is no audio and no clock inside: the time goes in with what was heard.
//!
//! ```
//! use zahlwort_commands::{Command, Party};
//! use zahlwort_dialogue::gate::{Gate, GateState};
//! use zahlwort_dialogue::policy::{Confidence, Context, Moment, PayeeKey, Policy};
//! use zahlwort_dialogue::{Ask, Dialogue, Event, Input};
//!
//! let now = Moment { at: jiff::Timestamp::UNIX_EPOCH, date: jiff::civil::date(1970, 1, 1) };
//! let mut gate = Gate::new(Policy::default(), GateState::default());
//! gate.trust(PayeeKey::party(&Party::named("Anna")));
//! let mut dialogue = Dialogue::default();
//! let said = |json: &str| serde_json::from_str::<Command>(json).map(|command| Input::Command {
//!     command, alternatives: vec![], context: Context::new(Confidence::CERTAIN),
//! });
//! let send = r#"{"type":"send_money","recipient":{"name":"Anna"},"amount":{"amount":"20.00","currency":"EUR"}}"#;
//! let Some(Event::Prompt(prompt)) = dialogue.advance(said(send)?, &mut gate, &(), now) else { panic!() };
//! assert!(matches!(prompt.ask, Ask::ReadBack(_)));
//! let yes = dialogue.advance(said(r#"{"type":"confirm"}"#)?, &mut gate, &(), now);
//! assert!(matches!(yes, Some(Event::Authorised(_))));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod dialogue;
pub mod gate;
pub mod host;
mod pin;
pub mod policy;

pub use dialogue::{
    Address, Ask, CancelReason, Dialogue, Event, Input, Note, Prompt, Refused, Spoken, Stage,
    TemplateError, Templates,
};
pub use pin::{PinRefused, PinVault, PinVaultError, random_pin};
