//! What a new household needs before it can pay.

use zahlwort::Assistant;
use zahlwort::commands::{Party, Pin};
use zahlwort::dialogue::PinVaultError;
use zahlwort::dialogue::host::{Host, HostError};
use zahlwort::dialogue::policy::PayeeKey;

use crate::Household;

/// Why a household cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The PIN.
    #[error(transparent)]
    Pin(#[from] PinVaultError),
    /// The database.
    #[error(transparent)]
    Host(#[from] HostError),
}

/// Counts everybody whom a new household knows as paid before, and sets its PIN.
///
/// # Errors
/// If the system gives no random numbers or the database fails.
pub fn set_up(assistant: &mut Assistant<Household>, pin: &Pin) -> Result<(), SetupError> {
    let catalog = assistant.host().catalog()?;
    for list in ["contacts", "merchants", "billers"] {
        for entry in catalog.entries(list).unwrap_or_default() {
            let payee = PayeeKey::party(&Party::named(&entry.name));
            assistant.gate_mut().trust(payee);
        }
    }
    set_pin(assistant, pin)
}

/// Sets the PIN. Only a hash of it is kept.
///
/// # Errors
/// As [`set_up`].
pub fn set_pin(assistant: &mut Assistant<Household>, pin: &Pin) -> Result<(), SetupError> {
    assistant.gate_mut().set_pin(pin)?;
    let state = assistant.state();
    assistant.host_mut().save(&state.dialogue, &state.gate)?;
    Ok(())
}
