//! A policy from a TOML file.

use std::collections::BTreeMap;

use iso_currency::Currency;
use rust_decimal::Decimal;
use serde::Deserialize;
use zahlwort_commands::text::parse_decimal;

use crate::policy::{Confidence, CurrencyRules, Declared, Demand, Policy};

/// The largest policy file that is read: far more than one needs, and nothing that could fill a
/// small device's memory.
pub const MAX_POLICY_BYTES: usize = 64 * 1024;

/// What is wrong with a policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// Larger than [`MAX_POLICY_BYTES`].
    #[error("the policy has {0} bytes; it may have {MAX_POLICY_BYTES}, so remove what is no rule")]
    TooLarge(usize),
    /// Not TOML, an unknown key, or a value of the wrong type. The message names line and key.
    #[error(
        "{0}\nCorrect or remove the key; a demand is \"run_at_once\", \"read_back\", \"ask_pin\" or \"refuse\", and an amount is a string such as \"50.00\""
    )]
    Toml(String),
    /// A value that its key cannot have.
    #[error("`{key}`: {problem}")]
    Value {
        /// The key with its tables.
        key: String,
        /// What is wrong and how to mend it.
        problem: String,
    },
    /// No command of that name.
    #[error("`commands.{name}`: no such command; use one of {known}")]
    UnknownCommand {
        /// The name.
        name: String,
        /// The names there are.
        known: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    confirmation_seconds: Option<u32>,
    pin_grace_seconds: Option<u32>,
    max_attempts: Option<u8>,
    #[serde(default)]
    confidence: ConfidenceTable,
    new_payee: Option<Demand>,
    unknown_speaker: Option<Demand>,
    learned: Option<Demand>,
    #[serde(default)]
    commands: BTreeMap<String, Demand>,
    #[serde(default)]
    intents: BTreeMap<String, Declared>,
    currencies: Option<BTreeMap<String, CurrencyTable>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfidenceTable {
    refuse_below: Option<f64>,
    read_back_below: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CurrencyTable {
    run_at_once_up_to: Option<String>,
    pin_above: Option<String>,
    refuse_above: Option<String>,
    daily_limit: Option<String>,
    payee_daily_limit: Option<String>,
}

impl Policy {
    /// Reads a policy. Keys that are left out keep the value of [`Policy::default`], except that a
    /// file with any `[currencies.…]` table has only those currencies.
    ///
    /// ```
    /// let policy = zahlwort_dialogue::policy::Policy::from_toml(r#"
    /// confirmation_seconds = 30
    /// new_payee = "ask_pin"
    /// [commands]
    /// check_balance = "ask_pin"
    /// [intents.OrderTicket]
    /// effect = "spend"
    /// amount = "price"
    /// payee = "seller"
    /// [currencies.EUR]
    /// pin_above = "25.00"
    /// daily_limit = "500"
    /// "#)?;
    /// assert_eq!(policy.confirmation_seconds(), 30);
    /// # Ok::<(), zahlwort_dialogue::policy::PolicyError>(())
    /// ```
    ///
    /// # Errors
    /// If the text is too large, is not TOML, has a key that does not exist, or a value that makes
    /// no sense; the error names the key and how to mend it.
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        if text.len() > MAX_POLICY_BYTES {
            return Err(PolicyError::TooLarge(text.len()));
        }
        let file: File =
            toml::from_str(text).map_err(|error| PolicyError::Toml(error.to_string()))?;
        let mut policy = Policy::default();
        if let Some(seconds) = file.confirmation_seconds {
            policy.confirmation_seconds = within("confirmation_seconds", seconds, 1, 600)?;
        }
        if let Some(seconds) = file.pin_grace_seconds {
            policy.pin_grace_seconds = within("pin_grace_seconds", seconds, 0, 3600)?;
        }
        if let Some(attempts) = file.max_attempts {
            policy.max_attempts = within("max_attempts", attempts, 1, 10)?;
        }
        if let Some(confidence) = file.confidence.refuse_below {
            policy.refuse_below = confidence_of("confidence.refuse_below", confidence)?;
        }
        if let Some(confidence) = file.confidence.read_back_below {
            policy.read_back_below = confidence_of("confidence.read_back_below", confidence)?;
        }
        policy.new_payee = file.new_payee.unwrap_or(policy.new_payee);
        policy.unknown_speaker = file.unknown_speaker.unwrap_or(policy.unknown_speaker);
        policy.learned = file.learned.unwrap_or(policy.learned);
        for (intent, declared) in file.intents {
            policy = policy.with_intent(&intent, declared)?;
        }
        for (name, demand) in file.commands {
            policy = policy.with_command(&name, demand)?;
        }
        if let Some(currencies) = file.currencies {
            policy.currencies = currencies
                .into_iter()
                .map(|(code, table)| {
                    let rules = table.rules(&code)?;
                    Ok((code, rules))
                })
                .collect::<Result<_, PolicyError>>()?;
        }
        Ok(policy)
    }
}

impl CurrencyTable {
    fn rules(&self, code: &str) -> Result<CurrencyRules, PolicyError> {
        if Currency::from_code(code).is_none() {
            return Err(PolicyError::Value {
                key: format!("currencies.{code}"),
                problem: "no such currency; use an ISO 4217 code such as EUR".into(),
            });
        }
        // Many small payments are a large one: without a limit nothing would ever be asked.
        if self.run_at_once_up_to.is_some() && self.daily_limit.is_none() {
            return Err(PolicyError::Value {
                key: format!("currencies.{code}.run_at_once_up_to"),
                problem: "needs a daily_limit; add one such as daily_limit = \"20.00\"".into(),
            });
        }
        let amount = |key: &str, text: &Option<String>| -> Result<Option<Decimal>, PolicyError> {
            let Some(text) = text else { return Ok(None) };
            parse_decimal(text)
                .filter(|amount| *amount >= Decimal::ZERO)
                .map(Some)
                .ok_or_else(|| PolicyError::Value {
                    key: format!("currencies.{code}.{key}"),
                    problem: format!("\"{text}\" is no amount; write it like \"50.00\""),
                })
        };
        Ok(CurrencyRules {
            run_at_once_up_to: amount("run_at_once_up_to", &self.run_at_once_up_to)?,
            pin_above: amount("pin_above", &self.pin_above)?,
            refuse_above: amount("refuse_above", &self.refuse_above)?,
            daily_limit: amount("daily_limit", &self.daily_limit)?,
            payee_daily_limit: amount("payee_daily_limit", &self.payee_daily_limit)?,
        })
    }
}

fn within<T: PartialOrd + std::fmt::Display>(
    key: &str,
    value: T,
    least: T,
    most: T,
) -> Result<T, PolicyError> {
    if value < least || value > most {
        return Err(PolicyError::Value {
            key: key.to_owned(),
            problem: format!("{value} is out of range; use {least} to {most}"),
        });
    }
    Ok(value)
}

fn confidence_of(key: &str, value: f64) -> Result<Confidence, PolicyError> {
    if !(0.0..=1.0).contains(&value) {
        return Err(PolicyError::Value {
            key: key.to_owned(),
            problem: format!("{value} is no confidence; use 0.0 to 1.0"),
        });
    }
    Ok(Confidence::new(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_key_and_how_to_mend_it() {
        for (text, key, mend) in [
            ("pin_abov = 3", "pin_abov", "remove the key"),
            ("new_payee = \"perhaps\"", "new_payee", "ask_pin"),
            (
                "[currencies.EUR]\npin_above = 50.0",
                "pin_above",
                "\"50.00\"",
            ),
            (
                "[currencies.EUR]\npin_above = \"-1\"",
                "currencies.EUR.pin_above",
                "write it like",
            ),
            (
                "[currencies.EUR]\nrun_at_once_up_to = \"5\"",
                "currencies.EUR.run_at_once_up_to",
                "daily_limit",
            ),
            ("[currencies.XYZ]", "currencies.XYZ", "ISO 4217"),
            ("[commands]\nfly = \"refuse\"", "commands.fly", "send_money"),
            (
                "confirmation_seconds = 0",
                "confirmation_seconds",
                "1 to 600",
            ),
            (
                "[confidence]\nrefuse_below = nan",
                "confidence.refuse_below",
                "0.0 to 1.0",
            ),
        ] {
            let error = Policy::from_toml(text).expect_err(text).to_string();
            assert!(error.contains(key) && error.contains(mend), "{error}");
        }
        let large = "#".repeat(MAX_POLICY_BYTES + 1);
        assert!(matches!(
            Policy::from_toml(&large),
            Err(PolicyError::TooLarge(_))
        ));
    }

    #[test]
    fn an_empty_file_is_the_default() {
        assert_eq!(Policy::from_toml("").unwrap(), Policy::default());
    }
}
