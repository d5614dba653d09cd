//! The sentence templates of everything that is spoken.

use std::collections::BTreeMap;

use zahlwort_grammar::Language;

use super::words::{self, fill, placeholders};

/// How German speaks to the speaker. English has one form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Address {
    /// "du".
    #[default]
    Familiar,
    /// "Sie".
    Formal,
}

/// Sentences by name, with `{amount}`, `{payee}`, `{options}` and the like where values go. Those that
/// ship are the tables `words/de.toml` and `words/en.toml`; a host replaces single ones with
/// [`Templates::set`] and many with [`Templates::set_all`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Templates {
    language: Language,
    address: Address,
    /// What the host has put in the place of what ships, and its own.
    replaced: BTreeMap<String, String>,
}

/// A sentence that cannot be a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// No sentence of that name.
    #[error(
        "no sentence is called \"{0}\"; use a name of Templates::names, or host.… for one of your own"
    )]
    UnknownName(String),
    /// A placeholder that the sentence has no value for, or a brace that is not closed.
    #[error("\"{name}\" has no value for {placeholder}; use only what the default sentence uses")]
    UnknownPlaceholder {
        /// The sentence's name.
        name: String,
        /// What stands between the braces.
        placeholder: String,
    },
    /// A value that the speaker must hear before saying yes.
    #[error(
        "\"{name}\" must say {{{placeholder}}}, or the speaker confirms what was not read back"
    )]
    MissingPlaceholder {
        /// The sentence's name.
        name: String,
        /// The placeholder.
        placeholder: String,
    },
    /// A file that is no table of sentences.
    #[error("not a table of sentences such as [ask] amount = \"Wie viel?\": {0}")]
    File(String),
}

impl Templates {
    /// The sentences that ship; none in a language that does not come with the library, for which
    /// [`Templates::set_all`] gives them.
    ///
    /// ```
    /// use zahlwort_dialogue::{Address, Templates};
    /// use zahlwort_grammar::Language;
    /// let mut templates = Templates::new(Language::DE, Address::Formal);
    /// templates.set("ask.amount", "Welcher Betrag?")?;
    /// assert!(templates.set("read.send_money", "Alles klar.").is_err());
    /// # Ok::<(), zahlwort_dialogue::TemplateError>(())
    /// ```
    pub fn new(language: Language, address: Address) -> Self {
        Self {
            language,
            address,
            replaced: BTreeMap::new(),
        }
    }

    /// The language that is spoken.
    pub fn language(&self) -> Language {
        self.language
    }

    /// How the speaker is spoken to.
    pub fn address(&self) -> Address {
        self.address
    }

    /// The names of the sentences, the same in every language.
    pub fn names() -> impl Iterator<Item = &'static str> {
        words::all().keys().map(String::as_str)
    }

    /// Replaces a sentence. It must have the placeholders of the one that ships, each once or
    /// more, so that nothing is confirmed that was not said.
    ///
    /// Two kinds of names are the host's own: `host.…` is a sentence that only the host says
    /// ([`Templates::sentence`]), and `intent.…` is what an intent of the host's own grammar is called:
    /// `intent.OrderTicket` might be "Fahrkarte kaufen". It has no placeholders.
    ///
    /// # Errors
    /// If no sentence has the name, or a placeholder is missing or unknown.
    pub fn set(&mut self, name: &str, sentence: impl Into<String>) -> Result<(), TemplateError> {
        let sentence = sentence.into();
        self.check(name, &sentence)?;
        self.replaced.insert(name.to_owned(), sentence);
        Ok(())
    }

    /// Replaces every sentence that a file names, as [`Templates::set`] does; the others stay. The file
    /// is TOML, as the tables that ship are:
    ///
    /// ```
    /// use zahlwort_dialogue::{Address, Templates};
    /// use zahlwort_grammar::Language;
    /// let mut templates = Templates::new(Language::DE, Address::Familiar);
    /// templates.set_all(r#"
    ///     [ask]
    ///     amount = "Welcher Betrag?"
    ///     anything = { du = "Was brauchst du?", sie = "Was brauchen Sie?" }
    ///     [host]
    ///     opening_hours = "Die Filiale hat bis {time} Uhr offen."
    /// "#)?;
    /// let said = templates.sentence("host.opening_hours", &[("time", "achtzehn")]);
    /// assert_eq!(said, "Die Filiale hat bis achtzehn Uhr offen.");
    /// # Ok::<(), zahlwort_dialogue::TemplateError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Templates::set`], or if the file is no such table; nothing is replaced then.
    pub fn set_all(&mut self, toml: &str) -> Result<(), TemplateError> {
        let table = words::parse(toml).map_err(|e| TemplateError::File(e.to_string()))?;
        for (name, sentence) in &table {
            for address in [Address::Familiar, Address::Formal] {
                self.check(name, sentence.to(address))?;
            }
        }
        for (name, sentence) in table {
            self.replaced
                .insert(name, sentence.to(self.address).to_owned());
        }
        Ok(())
    }

    /// A sentence with its values in it, as it is written; empty if there is none of that name.
    pub fn sentence(&self, name: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(name), values)
    }

    pub(super) fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default()
    }

    pub(super) fn find(&self, name: &str) -> Option<&str> {
        let replaced = self.replaced.get(name).map(String::as_str);
        replaced.or_else(|| {
            let shipped = words::shipped(self.language).get(name)?;
            Some(shipped.to(self.address))
        })
    }

    fn check(&self, name: &str, sentence: &str) -> Result<(), TemplateError> {
        if name.starts_with("host.") {
            return Ok(());
        }
        let shipped = words::shipped(self.language).get(name);
        let needed = match shipped.or_else(|| words::all().get(name)) {
            Some(shipped) => placeholders(shipped.to(self.address)),
            None if name.starts_with("intent.") => Vec::new(),
            None => return Err(TemplateError::UnknownName(name.to_owned())),
        };
        let given = placeholders(sentence);
        let (name, owned) = (name.to_owned(), |placeholder: &&str| {
            (*placeholder).to_owned()
        });
        if let Some(placeholder) = given.iter().find(|given| !needed.contains(given)) {
            let placeholder = owned(placeholder);
            return Err(TemplateError::UnknownPlaceholder { name, placeholder });
        }
        if let Some(placeholder) = needed.iter().find(|needed| !given.contains(needed)) {
            let placeholder = owned(placeholder);
            return Err(TemplateError::MissingPlaceholder { name, placeholder });
        }
        Ok(())
    }
}
