//! The PIN as it is kept: a slow salted hash, and how often it was wrong.

use std::fmt;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zahlwort_commands::Pin;

use crate::policy::Moment;

// The parameters of the OWASP Password Storage Cheat Sheet for Argon2id, its first choice for
// little memory: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Wrong PINs before the first wait.
const FREE_FAILURES: u32 = 3;
/// Wrong PINs in a row after which only a new PIN helps.
const MAX_FAILURES: u32 = 10;
const FIRST_WAIT_SECONDS: u64 = 30;

/// Compares a PIN without keeping its digits: an Argon2id hash (a PHC string with a random salt)
/// is compared in constant time. After three wrong PINs in a row each further one makes the next
/// wait twice as long, and after ten only [`PinVault::new`] helps.
///
/// Save it (serde) after *every* check, or a restart gives new attempts. A PIN of four digits has only ten
/// thousand values: the hash slows an attacker who has it, but does not stop one, so keep it where other
/// programs cannot read it. Setting the clock back starts a wait anew; setting it forward shortens it, which
/// cannot be prevented without a trusted clock.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct PinVault {
    stored: Stored,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    hash: String,
    failures: u32,
    /// When the last wrong PIN was said, from which the wait counts.
    failed_at: Option<Timestamp>,
}

/// A stored hash that is none of this library's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinVaultError {
    /// Not an Argon2id PHC string with this library's parameters.
    #[error("the stored PIN hash is damaged or has other parameters; set the PIN again")]
    Hash,
    /// The system gave no randomness for the salt.
    #[error("the system gave no random numbers; try again")]
    NoRandomness,
}

/// Why a PIN was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "snake_case")]
#[non_exhaustive]
pub enum PinRefused {
    /// Not the right one.
    #[error("the PIN is wrong; say it again digit by digit")]
    Wrong,
    /// Too many wrong ones for now.
    #[error("too many wrong PINs; wait {seconds} seconds")]
    Wait {
        /// How much longer.
        seconds: u64,
    },
    /// Too many wrong ones; only a new PIN helps.
    #[error("too many wrong PINs; set a new one in the app")]
    Blocked,
}

impl PinVault {
    /// Keeps a PIN.
    ///
    /// ```
    /// use zahlwort_commands::Pin;
    /// use zahlwort_dialogue::PinVault;
    /// use zahlwort_dialogue::policy::Moment;
    /// let mut vault = PinVault::new(&Pin::new("0471")?)?;
    /// let now = Moment { at: jiff::Timestamp::UNIX_EPOCH, date: jiff::civil::date(1970, 1, 1) };
    /// assert!(vault.check(&Pin::new("0000")?, now).is_err());
    /// assert!(vault.check(&Pin::new("0471")?, now).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the system gives no random salt.
    pub fn new(pin: &Pin) -> Result<Self, PinVaultError> {
        let mut salt = [0_u8; 16];
        getrandom::fill(&mut salt).map_err(|_| PinVaultError::NoRandomness)?;
        let salt = SaltString::encode_b64(&salt).map_err(|_| PinVaultError::Hash)?;
        let hash = hasher()?
            .hash_password(pin.reveal().as_bytes(), &salt)
            .map_err(|_| PinVaultError::Hash)?;
        Ok(Self {
            stored: Stored {
                hash: hash.to_string(),
                failures: 0,
                failed_at: None,
            },
        })
    }

    /// Compares a PIN. The attempt is counted before it is compared.
    ///
    /// # Errors
    /// If it is wrong, or if too many were.
    pub fn check(&mut self, pin: &Pin, now: Moment) -> Result<(), PinRefused> {
        self.ready(now)?;
        self.stored.failures = self.stored.failures.saturating_add(1);
        self.stored.failed_at = Some(now.at);
        let is_right = match (hasher(), PasswordHash::new(&self.stored.hash)) {
            (Ok(hasher), Ok(hash)) => hasher
                .verify_password(pin.reveal().as_bytes(), &hash)
                .is_ok(),
            _ => false,
        };
        if !is_right {
            return Err(if self.stored.failures >= MAX_FAILURES {
                PinRefused::Blocked
            } else {
                PinRefused::Wrong
            });
        }
        self.stored.failures = 0;
        self.stored.failed_at = None;
        Ok(())
    }

    /// Whether a PIN may be said now.
    ///
    /// # Errors
    /// If a wait is still running, or if so many were wrong that only a new PIN helps.
    pub fn ready(&mut self, now: Moment) -> Result<(), PinRefused> {
        if self.stored.failures >= MAX_FAILURES {
            return Err(PinRefused::Blocked);
        }
        let Some(over) = self.stored.failures.checked_sub(FREE_FAILURES) else {
            return Ok(());
        };
        let wait = FIRST_WAIT_SECONDS << over.min(MAX_FAILURES);
        let waited = match self.stored.failed_at.map(|at| now.seconds_since(at)) {
            Some(Some(waited)) => waited,
            // The clock was set back, or there is a count without a time: wait from now on.
            _ => {
                self.stored.failed_at = Some(now.at);
                0
            }
        };
        match wait.checked_sub(waited) {
            None | Some(0) => Ok(()),
            Some(seconds) => Err(PinRefused::Wait { seconds }),
        }
    }
}

/// Four random digits, each PIN as likely as any other.
///
/// ```
/// assert_eq!(zahlwort_dialogue::random_pin()?.reveal().len(), 4);
/// # Ok::<(), zahlwort_dialogue::PinVaultError>(())
/// ```
///
/// # Errors
/// If the system gives no random numbers.
pub fn random_pin() -> Result<Pin, PinVaultError> {
    loop {
        let mut bytes = [0_u8; 2];
        getrandom::fill(&mut bytes).map_err(|_| PinVaultError::NoRandomness)?;
        let number = u16::from_be_bytes(bytes);
        // The largest multiple of ten thousand: what lies above would make small numbers likelier.
        if number < 60_000
            && let Ok(pin) = Pin::new(format!("{:04}", number % 10_000))
        {
            return Ok(pin);
        }
    }
}

fn hasher() -> Result<Argon2<'static>, PinVaultError> {
    let params =
        Params::new(MEMORY_KIB, PASSES, LANES, Some(32)).map_err(|_| PinVaultError::Hash)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

impl TryFrom<Stored> for PinVault {
    type Error = PinVaultError;

    /// Takes only this library's parameters: weaker ones would be no protection, and a damaged
    /// file could ask for more memory than the device has.
    fn try_from(stored: Stored) -> Result<Self, PinVaultError> {
        let hash = PasswordHash::new(&stored.hash).map_err(|_| PinVaultError::Hash)?;
        let params = Params::try_from(&hash).map_err(|_| PinVaultError::Hash)?;
        let same = hash.algorithm == argon2::ARGON2ID_IDENT
            && hash.version == Some(Version::V0x13.into())
            && (params.m_cost(), params.t_cost(), params.p_cost()) == (MEMORY_KIB, PASSES, LANES)
            && hash.salt.is_some()
            && hash.hash.is_some_and(|hash| hash.len() == 32);
        if same {
            Ok(Self { stored })
        } else {
            Err(PinVaultError::Hash)
        }
    }
}

impl From<PinVault> for Stored {
    fn from(vault: PinVault) -> Self {
        vault.stored
    }
}

impl fmt::Debug for PinVault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PinVault")
            .field("failures", &self.stored.failures)
            .field("failed_at", &self.stored.failed_at)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn second(second: i64) -> Moment {
        Moment {
            at: Timestamp::from_second(second).unwrap(),
            date: date(2026, 3, 1),
        }
    }

    fn pin(digits: &str) -> Pin {
        Pin::new(digits).unwrap()
    }

    #[test]
    fn waits_grow_and_survive_restarts_and_a_clock_set_back() {
        let mut vault = PinVault::new(&pin("8305926")).unwrap();
        for _ in 0..3 {
            assert_eq!(
                vault.check(&pin("1111"), second(1000)),
                Err(PinRefused::Wrong)
            );
        }
        let right = pin("8305926");
        let wait = |seconds| Err(PinRefused::Wait { seconds });
        assert_eq!(vault.check(&right, second(1000)), wait(30));
        let json = serde_json::to_string(&vault).unwrap();
        let mut vault: PinVault = serde_json::from_str(&json).unwrap();
        assert_eq!(vault.check(&right, second(1020)), wait(10));
        assert_eq!(vault.check(&right, second(500)), wait(30), "clock set back");
        assert_eq!(vault.check(&right, second(529)), wait(1));
        assert_eq!(
            vault.check(&pin("1112"), second(530)),
            Err(PinRefused::Wrong)
        );
        assert_eq!(vault.check(&right, second(530)), wait(60));
        assert_eq!(vault.check(&right, second(590)), Ok(()));
        assert_eq!(vault.check(&right, second(590)), Ok(()));
    }

    #[test]
    fn ten_wrong_ones_block_for_good() {
        let mut vault = PinVault::new(&pin("8305")).unwrap();
        vault.stored.failures = 9;
        vault.stored.failed_at = Some(second(0).at);
        let late = second(1_000_000);
        assert_eq!(vault.check(&pin("1111"), late), Err(PinRefused::Blocked));
        assert_eq!(
            vault.check(&pin("8305"), second(9_000_000)),
            Err(PinRefused::Blocked)
        );
    }

    #[test]
    fn no_form_shows_digits_and_foreign_hashes_are_refused() {
        let vault = PinVault::new(&pin("830592647105")).unwrap();
        let json = serde_json::to_string(&vault).unwrap();
        assert!(!format!("{vault:?}").contains("$argon2"));
        assert!(!json.contains("830592647105"));
        assert!(json.contains("$argon2id$v=19$m=19456,t=2,p=1$"), "{json}");
        for (ours, other) in [
            ("m=19456", "m=4194304"),
            ("argon2id", "argon2d"),
            ("t=2", "t=1"),
        ] {
            let json = json.replace(ours, other);
            assert!(serde_json::from_str::<PinVault>(&json).is_err(), "{other}");
        }
    }
}
