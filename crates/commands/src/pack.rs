//! Packs: sets of grammars, built in or in a folder of a host's.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use zahlwort_grammar::source::{GrammarError, LoadOptions, Note};
use zahlwort_grammar::{Grammar, Language};

use crate::expectation::ALWAYS;
use crate::{Catalog, Descriptor};

/// A folder of the grammars that are built in: the pack, the language, and the files by their names and texts.
type Folder = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// All that is below `packs`.
const BUILT_IN: &[Folder] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// A set of sentences by name: a grammar for each of some languages, each a folder of files, one file an intent.
///
/// ```
/// use zahlwort_commands::Pack;
/// use zahlwort_grammar::Language;
/// let grammar = Pack::PAYMENTS.load(Language::EN)?;
/// assert!(grammar.intents.iter().any(|intent| intent.name == "SendMoney"));
/// # Ok::<(), zahlwort_grammar::source::GrammarError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pack {
    name: Cow<'static, str>,
    /// Where its languages' folders are; `None` if they are built in.
    folder: Option<PathBuf>,
}

impl Pack {
    /// Shopping, paying and banking; cancelling and help. Answers to questions are not part of it; they are
    /// heard only where something was asked ([`crate::narrowed`]).
    pub const PAYMENTS: Pack = Pack::built_in("payments");
    /// Music, lights, messages, a rental car.
    pub const HOME: Pack = Pack::built_in("home");
    /// Every pack that is built in.
    pub const ALL: [Pack; 2] = [Pack::PAYMENTS, Pack::HOME];
    /// What questions are answered with. Kept as packs are, but nothing that a program asks for by name.
    pub(crate) const ANSWERS: Pack = Pack::built_in("answers");

    const fn built_in(name: &'static str) -> Pack {
        Pack {
            name: Cow::Borrowed(name),
            folder: None,
        }
    }

    /// The built-in pack of a name.
    pub fn from_name(name: &str) -> Option<Pack> {
        Pack::ALL.into_iter().find(|pack| pack.name == name)
    }

    /// The pack in a folder, named after it: each language's files are in a sub-folder that is called as the
    /// language's code (`de`). `None` if there is no such sub-folder.
    pub fn in_folder(path: impl Into<PathBuf>) -> Option<Pack> {
        let folder: PathBuf = path.into();
        let name = folder.file_name().unwrap_or(folder.as_os_str());
        let pack = Pack {
            name: name.to_string_lossy().into_owned().into(),
            folder: Some(folder),
        };
        (!pack.languages().is_empty()).then_some(pack)
    }

    /// The name that the command line knows it by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The languages that it has sentences in.
    pub fn languages(&self) -> Vec<Language> {
        let all = Language::known().into_iter();
        all.filter(|language| match &self.folder {
            Some(folder) => folder.join(language.code()).is_dir(),
            None => self.texts(*language).is_some(),
        })
        .collect()
    }

    /// What errors call the folder of a language: its path, or `payments/de` where it is built in.
    pub fn folder(&self, language: Language) -> PathBuf {
        let pack = self.folder.as_deref().unwrap_or(Path::new(self.name()));
        pack.join(language.code())
    }

    /// The grammar of a language. The lists of [`Catalog::list_names`] are left to the catalog: compile
    /// it with [`Catalog::lists`]. A built-in pack has no intents in a language that does not come with the
    /// library.
    ///
    /// # Errors
    /// If a host's folder has nothing in the language, or a file of it is no grammar, with its name, line and
    /// column. None for a built-in pack: the tests load each.
    pub fn load(&self, language: Language) -> Result<Grammar, GrammarError> {
        self.check(language).map(|(grammar, _)| grammar)
    }

    /// As [`Pack::load`], and tells what has no effect here.
    ///
    /// # Errors
    /// As [`Pack::load`].
    pub fn check(&self, language: Language) -> Result<(Grammar, Vec<Note>), GrammarError> {
        let options = LoadOptions::with_lists(Catalog::list_names());
        let folder = self.folder(language);
        if self.folder.is_some() {
            return Grammar::check(folder, &options);
        }
        // A language that a program added: its sentences come from the program too.
        let Some(files) = self.texts(language) else {
            let grammar = Grammar {
                language,
                intents: Vec::new(),
                lists: BTreeMap::new(),
                skip_words: Vec::new(),
            };
            return Ok((grammar, Vec::new()));
        };
        let named = |(name, text): &(&str, &'static str)| {
            let name = format!("{}/{}/{name}", self.name, language.code());
            (name, *text)
        };
        let files: Vec<(String, &str)> = files.iter().map(named).collect();
        Grammar::check_files(&files, &options)
    }

    /// The files of a language that are built in, by their names and texts: to read, or to start a pack of one's own
    /// from.
    pub fn texts(&self, language: Language) -> Option<&'static [(&'static str, &'static str)]> {
        let of_language = |(pack, code, _): &&Folder| {
            self.folder.is_none() && *pack == self.name && *code == language.code()
        };
        BUILT_IN
            .iter()
            .find(of_language)
            .map(|(_, _, files)| *files)
    }

    /// The intents of the pack that have an order of their own; of the payments also those that are heard always.
    pub fn intents(&self) -> Vec<&'static str> {
        let all = Descriptor::ALL.iter();
        let of_pack = all.filter(|descriptor| descriptor.pack.as_ref() == Some(self));
        let orders = of_pack.map(|descriptor| descriptor.intent);
        let answers = ALWAYS.into_iter().filter(|_| *self == Pack::PAYMENTS);
        orders.chain(answers).collect()
    }
}

impl std::fmt::Display for Pack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
