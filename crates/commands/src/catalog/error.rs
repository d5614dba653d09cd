//! What can be wrong with a catalog file.

/// Where a catalog is wrong, and how.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {kind}")]
pub struct CatalogError {
    /// The file, as the caller called it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub kind: CatalogErrorKind,
}

/// What is wrong with a catalog, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogErrorKind {
    /// Not YAML.
    #[error("this is not valid YAML: {0}. Hint: check indentation, brackets and quotes here")]
    Syntax(String),
    /// The file is too large.
    #[error("the catalog has more than {0} bytes. Hint: keep only the names that can be said")]
    TooLarge(usize),
    /// A list is too long.
    #[error("\"{list}\" has more than {limit} entries. Hint: keep only the names that can be said")]
    TooManyEntries {
        /// The list.
        list: String,
        /// The limit.
        limit: usize,
    },
    /// An entry has too many spoken forms.
    #[error("more than {0} spoken forms for one entry. Hint: keep what people really say")]
    TooManyForms(usize),
    /// A name that is too long.
    #[error("the name has more than {0} characters. Hint: use a name that people would say")]
    NameTooLong(usize),
    /// A name without a letter or digit.
    #[error("\"{0}\" has nothing that can be said. Hint: give a name with letters or digits")]
    Unspeakable(String),
    /// Something else was expected.
    #[error("expected {expected}, found {found}. Hint: {hint}")]
    Unexpected {
        /// What should be there.
        expected: &'static str,
        /// What is there.
        found: &'static str,
        /// How to mend it.
        hint: &'static str,
    },
    /// A key that means nothing here.
    #[error("unknown key \"{key}\". Hint: use one of {known}")]
    UnknownKey {
        /// The key.
        key: String,
        /// The keys that exist here.
        known: String,
    },
    /// No kind of payment method.
    #[error("there is no kind \"{name}\". Hint: use one of {known}")]
    UnknownKind {
        /// What stands there.
        name: String,
        /// The kinds that exist.
        known: String,
    },
    /// A key that stands here twice.
    #[error("\"{0}\" is already given above. Hint: merge the two")]
    DuplicateKey(String),
    /// An entry without a name.
    #[error("this entry has no name. Hint: write it as {{name: …}} or just as the name")]
    NoName,
    /// One spoken form, two meanings; of contacts, two with the same name.
    #[error(
        "\"{said}\" could be \"{first}\" (line {first_line}) or \"{second}\". Hint: take it out of one of them, or give both a longer name"
    )]
    Ambiguous {
        /// The spoken form.
        said: String,
        /// The entry that had it first.
        first: String,
        /// Where that entry stands.
        first_line: usize,
        /// The entry that has it too.
        second: String,
    },
}
