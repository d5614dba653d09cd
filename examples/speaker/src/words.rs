//! What the household says in words of its own, beside the library's: `words/de.toml` and `words/en.toml`.

use zahlwort::Language;
use zahlwort::dialogue::host::HostError;
use zahlwort::dialogue::{Address, TemplateError, Templates};

/// The library's sentences and the household's.
///
/// # Errors
/// None in a released version; the tests read both files.
pub fn words(language: Language, address: Address) -> Result<Templates, TemplateError> {
    let mut words = Templates::new(language, address);
    words.set_all(match language.code() {
        "de" => include_str!("../words/de.toml"),
        _ => include_str!("../words/en.toml"),
    })?;
    Ok(words)
}

/// Why something cannot be.
pub(crate) fn said(words: &Templates, why: &str) -> HostError {
    HostError::Words(words.sentence(&format!("host.{why}"), &[]))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails may panic")]
    use super::*;

    #[test]
    fn both_languages_and_addresses_are_read_and_say_why_a_command_cannot_be() {
        for language in Language::ALL {
            for address in [Address::Familiar, Address::Formal] {
                let words = words(language, address).unwrap();
                for command in crate::store::CANNOT {
                    let HostError::Words(why) = said(&words, &format!("cannot_{command}")) else {
                        panic!("not in words")
                    };
                    assert!(why.ends_with('.'), "{command}: {why}");
                }
            }
        }
    }
}
