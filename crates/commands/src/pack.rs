//! The grammars that come with the library.

use zahlwort_grammar::source::{GrammarError, LoadOptions};
use zahlwort_grammar::{Grammar, Language};

use crate::expectation::ALWAYS;
use crate::{Catalog, Descriptor};

/// A grammar that comes with the library, in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pack {
    /// Shopping, paying and banking; cancelling and help. What answers a question is no part of it:
    /// that is heard where something was asked ([`crate::narrowed`]).
    Payments,
    /// Music, lights, messages, a rental car.
    Home,
}

impl Pack {
    /// Every pack.
    pub const ALL: [Pack; 2] = [Pack::Payments, Pack::Home];

    /// The name that the command line knows it by.
    pub fn name(self) -> &'static str {
        match self {
            Pack::Payments => "payments",
            Pack::Home => "home",
        }
    }

    /// The pack of a name.
    pub fn from_name(name: &str) -> Option<Pack> {
        Pack::ALL.into_iter().find(|pack| pack.name() == name)
    }

    /// The file's name, as errors call it.
    pub fn file_name(self, language: Language) -> &'static str {
        match (self, language) {
            (Pack::Payments, Language::De) => "payments.de.yaml",
            (Pack::Payments, Language::En) => "payments.en.yaml",
            (Pack::Home, Language::De) => "home.de.yaml",
            (Pack::Home, Language::En) => "home.en.yaml",
        }
    }

    /// The grammar's text, to read, to start an own grammar from, or to load.
    pub fn yaml(self, language: Language) -> &'static str {
        match (self, language) {
            (Pack::Payments, Language::De) => include_str!("../packs/payments.de.yaml"),
            (Pack::Payments, Language::En) => include_str!("../packs/payments.en.yaml"),
            (Pack::Home, Language::De) => include_str!("../packs/home.de.yaml"),
            (Pack::Home, Language::En) => include_str!("../packs/home.en.yaml"),
        }
    }

    /// The grammar, parsed. The lists of [`Catalog::list_names`] are left to the catalog: compile
    /// it with [`Catalog::lists`].
    ///
    /// # Errors
    /// None in a released version; the shipped files are parsed by the tests.
    pub fn load(self, language: Language) -> Result<Grammar, GrammarError> {
        let options = LoadOptions::with_lists(Catalog::list_names());
        Grammar::from_yaml(self.file_name(language), self.yaml(language), &options)
    }

    /// The intents of the pack.
    pub fn intents(self) -> Vec<&'static str> {
        let of_pack = Descriptor::ALL.iter().filter(|d| d.pack == Some(self));
        let orders = of_pack.map(|descriptor| descriptor.intent);
        let answers = ALWAYS.into_iter().filter(|_| self == Pack::Payments);
        orders.chain(answers).collect()
    }
}

impl std::fmt::Display for Pack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
