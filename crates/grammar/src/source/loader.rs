//! Reading the nodes of a YAML file, with errors that say where.

use std::collections::{BTreeMap, BTreeSet};

use super::error::{GrammarError, Note, did_you_mean};
use super::node::{Data, MAX_FILE_BYTES, Node, Source};
use super::range::InlineRange;
use super::resolve::MAX_EXPANDED_NODES;
use super::template::{self, TemplateError};

/// What a grammar file may rely on without defining it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoadOptions {
    /// Names of lists that the host provides when the grammar is compiled, such as those of a
    /// catalog. Other lists that a file does not define are errors.
    pub external_lists: BTreeSet<String>,
}

impl LoadOptions {
    /// Options with these external lists.
    pub fn with_lists<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Self {
        LoadOptions {
            external_lists: names.into_iter().map(Into::into).collect(),
        }
    }
}

/// The files that are read as one grammar: one, or all of a folder. A place in them is a byte of
/// all their texts, one after the other.
pub(super) struct Files<'a>(Vec<Source<'a>>);

impl<'a> Files<'a> {
    /// Files by their names and texts. Refuses what is too long, each by itself or together.
    pub fn new<N, T>(files: &'a [(N, T)]) -> Result<Self, GrammarError>
    where
        N: AsRef<str>,
        T: AsRef<str>,
    {
        let mut sources: Vec<Source<'a>> = Vec::with_capacity(files.len());
        for (name, text) in files {
            let base = sources.last().map_or(0, |before| before.span().end);
            let source = Source::after(base, name.as_ref(), text.as_ref())?;
            if base > MAX_FILE_BYTES {
                return Err(source.error(
                    base,
                    format!(
                        "the files before this one hold {base} bytes; {MAX_FILE_BYTES} are allowed"
                    ),
                    "give long lists through a catalog",
                ));
            }
            sources.push(source);
        }
        Ok(Self(sources))
    }

    /// Each file by itself.
    pub fn iter(&self) -> std::slice::Iter<'_, Source<'a>> {
        self.0.iter()
    }

    /// The file that a byte is in.
    pub fn of(&self, byte: usize) -> Option<&Source<'a>> {
        self.0.iter().find(|source| source.span().contains(&byte))
    }

    pub fn error(
        &self,
        byte: usize,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> GrammarError {
        let (file, (line, column)) = match self.of(byte) {
            Some(source) => (source.name(), source.place(byte)),
            None => ("", (0, 0)),
        };
        GrammarError {
            file: file.to_owned(),
            line,
            column,
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// An error in the template that a scalar holds.
    pub fn template_error(&self, node: &Node, error: TemplateError) -> GrammarError {
        match self.of(node.start) {
            Some(source) => source.template_error(node, error),
            None => self.error(node.start, error.message, error.hint),
        }
    }
}

/// The most notes that are kept of a grammar.
pub(super) const MAX_NOTES: usize = 100;

/// Reads the nodes of the files of a grammar.
pub(super) struct Loader<'a> {
    pub files: &'a Files<'a>,
    pub options: &'a LoadOptions,
    pub notes: Vec<Note>,
    /// Nodes left before the grammar is too large.
    pub budget: usize,
    /// The inline ranges of the templates so far, by the name of the list that each becomes.
    pub ranges: BTreeMap<String, InlineRange>,
    /// The nodes that templates were written in; an origin is an index into it.
    pub origins: Vec<&'a Node>,
}

impl<'a> Loader<'a> {
    pub fn new(files: &'a Files<'a>, options: &'a LoadOptions) -> Self {
        Loader {
            files,
            options,
            notes: Vec::new(),
            budget: MAX_EXPANDED_NODES,
            ranges: BTreeMap::new(),
            origins: Vec::new(),
        }
    }

    pub fn error<T>(
        &self,
        node: &Node,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Result<T, GrammarError> {
        Err(self.files.error(node.start, message, hint))
    }

    /// What stands in two places and may stand in one.
    pub fn defined_twice<T>(
        &self,
        first: &Node,
        again: &Node,
        what: &str,
    ) -> Result<T, GrammarError> {
        let known = self.files.error(first.start, "", "");
        self.error(
            again,
            format!(
                "the {what} `{}` is defined in {}, line {}, as well",
                again.key(),
                known.file,
                known.line
            ),
            "the files of a folder see each other's rules and lists: keep one of the two, or rename one",
        )
    }

    pub fn note(&mut self, node: &Node, message: impl Into<String>) {
        if self.notes.len() >= MAX_NOTES {
            return;
        }
        let error = self.files.error(node.start, message, "");
        self.notes.push(Note {
            file: error.file,
            line: error.line,
            column: error.column,
            message: error.message,
        });
    }

    /// Parses the template in a scalar, and remembers where it stands.
    pub fn template(
        &mut self,
        node: &'a Node,
        what: &str,
    ) -> Result<(usize, template::Node), GrammarError> {
        let Some(text) = node.text() else {
            return self.error(
                node,
                format!("{what} is {}, not a text", node.kind()),
                "write a template, in quotes if it starts with [ { or *",
            );
        };
        let parsed =
            template::parse(text).map_err(|error| self.files.template_error(node, error))?;
        self.origins.push(node);
        Ok((self.origins.len() - 1, parsed))
    }

    /// The entries of a mapping that may be missing.
    pub fn entries(
        &self,
        node: Option<&'a Node>,
        what: &str,
    ) -> Result<&'a [(Node, Node)], GrammarError> {
        match node.map(|node| (node, &node.data)) {
            None => Ok(&[]),
            Some((_, Data::Map(items))) => Ok(items),
            Some((node, _)) if node.is_null() => Ok(&[]),
            Some((node, _)) => self.error(
                node,
                format!("`{what}` holds {}, not a mapping", node.kind()),
                "write `name: …` lines below it, indented",
            ),
        }
    }

    /// The items of a list; a single text counts as a list of one.
    pub fn items(&self, node: &'a Node, what: &str) -> Result<&'a [Node], GrammarError> {
        match &node.data {
            Data::Seq(items) => Ok(items),
            Data::Scalar { .. } if node.is_null() => Ok(&[]),
            Data::Scalar { .. } => Ok(std::slice::from_ref(node)),
            Data::Map(_) => self.error(
                node,
                format!("`{what}` holds a mapping, not a list"),
                "start each item with `- `",
            ),
        }
    }

    /// A mapping to values that this crate only passes on.
    pub fn values(
        &self,
        node: Option<&'a Node>,
        what: &str,
    ) -> Result<BTreeMap<String, serde_json::Value>, GrammarError> {
        let entries = self.entries(node, what)?;
        Ok(entries
            .iter()
            .map(|(key, value)| (key.key().to_owned(), value.json()))
            .collect())
    }
}

/// A mapping with known keys.
pub(super) struct Fields<'a>(&'a [(Node, Node)]);

impl<'a> Fields<'a> {
    /// Refuses keys that are not among those known.
    pub fn of(
        loader: &Loader<'a>,
        node: &'a Node,
        what: &str,
        known: &[&str],
    ) -> Result<Self, GrammarError> {
        let Data::Map(items) = &node.data else {
            return loader.error(
                node,
                format!("{what} is {}, not a mapping", node.kind()),
                format!(
                    "write `key: value` lines; the keys are {}",
                    known.join(", ")
                ),
            );
        };
        for (key, _) in items {
            if !known.contains(&key.key()) {
                return loader.error(
                    key,
                    format!("{what} has no key `{}`", key.key()),
                    did_you_mean(
                        key.key(),
                        known.iter().copied(),
                        |name| format!("`{name}`"),
                        || format!("the keys are {}", known.join(", ")),
                    ),
                );
            }
        }
        Ok(Fields(items))
    }

    pub fn get(&self, name: &str) -> Option<&'a Node> {
        self.0
            .iter()
            .find(|(key, _)| key.key() == name)
            .map(|(_, value)| value)
    }
}
