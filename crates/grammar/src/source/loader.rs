//! Reading the nodes of a YAML file, with errors that say where.

use std::collections::{BTreeMap, BTreeSet};

use super::error::{GrammarError, Note, did_you_mean};
use super::node::{Data, Node, Source};
use super::range::InlineRange;
use super::resolve::MAX_EXPANDED_NODES;
use super::template;

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

/// The most notes that are kept of a file.
pub(super) const MAX_NOTES: usize = 100;

/// Reads a file's nodes.
pub(super) struct Loader<'a> {
    pub source: &'a Source<'a>,
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
    pub fn new(source: &'a Source<'a>, options: &'a LoadOptions) -> Self {
        Loader {
            source,
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
        Err(self.source.error(node.start, message, hint))
    }

    pub fn note(&mut self, node: &Node, message: impl Into<String>) {
        if self.notes.len() >= MAX_NOTES {
            return;
        }
        let (line, column) = self.source.place(node.start);
        self.notes.push(Note {
            line,
            column,
            message: message.into(),
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
            template::parse(text).map_err(|error| self.source.template_error(node, error))?;
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
