//! A command in the formats that its consumers speak.
//!
//! | format | for |
//! | --- | --- |
//! | [`json`] | this library's own JSON, with a JSON Schema |
//! | [`schema_org`] | schema.org Actions in JSON-LD: assistants and web services |
//! | [`pain001`] | ISO 20022 pain.001.001.09: SEPA credit transfers, to a bank |
//! | [`epc_qr`] | EPC069-12 ("GiroCode"): a QR code that a banking app reads |
//! | [`amazon_pay`] | the Create Charge request of Amazon Pay |
//!
//! What is exported is an [`Instruction`]. There are two kinds. [`Instruction::authorised`] takes an
//! [`Authorised`] command that has not expired; its idempotency key goes along, so that a bank or shop
//! that is sent the same one twice carries it out once. [`Instruction::unconfirmed`] takes any command, to
//! show it, to test, or for somebody else to confirm; its output says in every format that nobody has
//! confirmed it, and has no key. Nothing but [`Instruction::authorised`] gives an output without that
//! mark.
//!
//! Nothing is cut, rounded or guessed to fit a format: what it cannot carry is an [`ExportError`].
//!
//! ```
//! use zahlwort_export::{Account, Debtor, Instruction, Payee, epc_qr, pain001};
//! use zahlwort_dialogue::gate::{Asked, Gate, GateState};
//! use zahlwort_dialogue::policy::{Confidence, Context, Moment, PayeeKey, Policy};
//! use zahlwort_commands::{Order, Iban, Party};
//! let now = Moment { at: jiff::Timestamp::UNIX_EPOCH, date: jiff::civil::date(1970, 1, 1) };
//! let mut gate = Gate::new(Policy::default(), GateState::default());
//! gate.trust(PayeeKey::party(&Party::named("Anna")));
//! let command: Order = serde_json::from_str(
//!     r#"{"type":"send_money","recipient":{"name":"Anna"},"amount":{"amount":"20.00","currency":"EUR"}}"#,
//! )?;
//! let Asked::Question(question) = gate.ask(command, Context::new(Confidence::CERTAIN), now)? else {
//!     panic!("money is read back");
//! };
//! let authorised = gate.confirm(&question, now)?;
//!
//! let instruction = Instruction::authorised(&authorised, now)?;
//! let anna = Payee::new(Account::new("Anna Schmidt", Iban::new("AT61 1904 3002 3457 3201")?));
//! let mine = Debtor::new(Account::new("Erika Müller", Iban::new("DE89 3704 0044 0532 0130 00")?));
//! let xml = pain001::credit_transfer(&instruction, &mine, Some(&anna))?;
//! assert!(xml.contains(r#"<InstdAmt Ccy="EUR">20.00</InstdAmt>"#));
//! assert!(xml.contains("<Nm>Erika Mueller</Nm>"));
//! let code = epc_qr::payload(&instruction, Some(&anna))?;
//! assert_eq!(code, "BCD\n002\n1\nSCT\n\nAnna Schmidt\nAT611904300234573201\nEUR20.00");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod account;
pub mod amazon_pay;
pub mod epc_qr;
mod error;
mod instruction;
pub mod json;
pub mod pain001;
pub mod schema_org;
mod sepa;

pub use account::{Account, Bic, BicError, Debtor, Payee};
pub use error::{ExportError, Format};
pub use instruction::Instruction;

#[cfg(doc)]
use zahlwort_dialogue::gate::Authorised;
