//! The grammars that come with the library.

use zahlwort_grammar::source::GrammarError;
use zahlwort_grammar::{Grammar, Language};

use crate::{Descriptor, shipped};

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
    pub fn file_name(self, language: Language) -> String {
        shipped::file_name(self.name(), language)
    }

    /// The grammar's text, to read, to start an own grammar from, or to load; `None` in a language that
    /// does not come with the library.
    pub fn yaml(self, language: Language) -> Option<&'static str> {
        shipped::yaml(self.name(), language)
    }

    /// The grammar, parsed. The lists of [`Catalog::list_names`](crate::Catalog::list_names) are left to the
    /// catalog: compile it with [`Catalog::lists`](crate::Catalog::lists). Without intents in a language
    /// that does not come with the library.
    ///
    /// # Errors
    /// None in a released version; the shipped files are parsed by the tests.
    pub fn load(self, language: Language) -> Result<Grammar, GrammarError> {
        shipped::load(self.name(), language)
    }

    /// The intents of the pack.
    pub fn intents(self) -> Vec<&'static str> {
        let of_pack = Descriptor::ALL.iter().filter(|d| d.pack == Some(self));
        of_pack.map(|descriptor| descriptor.intent).collect()
    }
}

impl std::fmt::Display for Pack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
