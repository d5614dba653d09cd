//! Importing contexts of Picovoice Rhino.
//!
//! ```yaml
//! context:
//!   expressions:
//!     turnLight:
//!       - "[turn, switch] (all) (the) @light $state:state"
//!   slots:
//!     state: ["on", "off"]
//!   macros:
//!     light: [light, lights]
//! ```
//!
//! | Rhino | here |
//! | --- | --- |
//! | `[a, b]` | `(a\|b)` |
//! | `(a)`, `(a, b)` | `[a]`, `[a\|b]` |
//! | `$type:slot` | `{type:slot}` |
//! | `@macro` | its phrases, in place |
//! | `pv.SingleDigitInteger`, `pv.TwoDigitInteger` | the inline ranges `0..9`, `0..99` |
//! | `pv.Percent` | `@percentage` |
//! | `pv.SingleDigitOrdinal`, `pv.TwoDigitOrdinal` | `@ordinal` |
//! | `pv.Alphabetic`, `pv.Alphanumeric` | lists of letters, and of digits with their words |

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::error::GrammarError;
use super::node::{self, Data, Node as Yaml, Source};
use super::range::InlineRange;
use super::resolve::{Located, MAX_EXPANDED_NODES, Resolver, Rule, Scope, Syntax};
use super::rhino_template::{ALPHANUMERIC, parse};
use super::template::{self, Node, TemplateError};
use super::{Entry, Grammar, Intent, IntentData, List};
use crate::{Expr, Language};

impl Grammar {
    /// Imports a Rhino context from the text of its YAML file; `name` stands in errors for the file.
    /// Slot values come out exactly as they are written there.
    ///
    /// # Errors
    /// Where the file is no Rhino context, an expression is malformed, or a slot or macro that it
    /// uses is missing.
    pub fn from_rhino(name: &str, text: &str, language: Language) -> Result<Grammar, GrammarError> {
        let source = Source::new(name, text)?;
        let root = node::parse(&source)?;
        let importer = Importer { source: &source };
        let file = importer.map(&root, "the file", &["context"])?;
        let Some(context) = get(file, "context") else {
            return Err(source.error(
                root.start,
                "the file has no `context:`",
                "a Rhino context starts with `context:`; load other grammars as YAML",
            ));
        };
        importer.context(context, language)
    }
}

fn get<'n>(items: &'n [(Yaml, Yaml)], name: &str) -> Option<&'n Yaml> {
    items
        .iter()
        .find(|(key, _)| key.key() == name)
        .map(|(_, value)| value)
}

struct Importer<'a> {
    source: &'a Source<'a>,
}

impl Importer<'_> {
    fn map<'n>(
        &self,
        node: &'n Yaml,
        what: &str,
        known: &[&str],
    ) -> Result<&'n [(Yaml, Yaml)], GrammarError> {
        let items = match &node.data {
            Data::Map(items) => items,
            _ if node.is_null() => return Ok(&[]),
            _ => {
                return Err(self.source.error(
                    node.start,
                    format!("{what} is {}, not a mapping", node.kind()),
                    "write `name:` lines below it, indented",
                ));
            }
        };
        let unknown = items
            .iter()
            .find(|(key, _)| !known.is_empty() && !known.contains(&key.key()));
        if let Some((key, _)) = unknown {
            return Err(self.source.error(
                key.start,
                format!("{what} has no key `{}`", key.key()),
                format!("the keys are {}", known.join(", ")),
            ));
        }
        Ok(items)
    }

    /// A list of texts.
    fn texts<'n>(
        &self,
        node: &'n Yaml,
        what: &str,
    ) -> Result<Vec<(&'n Yaml, &'n str)>, GrammarError> {
        let wrong = |node: &Yaml| {
            self.source.error(
                node.start,
                format!("{what} holds {}", node.kind()),
                "write a list of texts, each starting with `- `, in quotes",
            )
        };
        match &node.data {
            Data::Seq(items) => items
                .iter()
                .map(|item| {
                    item.text()
                        .map(|text| (item, text))
                        .ok_or_else(|| wrong(item))
                })
                .collect(),
            _ if node.is_null() => Ok(Vec::new()),
            _ => Err(wrong(node)),
        }
    }

    fn context(&self, context: &Yaml, language: Language) -> Result<Grammar, GrammarError> {
        let context = self.map(context, "the context", &["expressions", "slots", "macros"])?;
        let section = |name: &str| match get(context, name) {
            Some(node) => self.map(node, &format!("`{name}`"), &[]),
            None => Ok(&[][..]),
        };
        let mut lists = BTreeMap::new();
        for (key, values) in section("slots")? {
            lists.insert(self.name(key, "slot type")?, self.slot_values(values)?);
        }
        // Every expression and the node it stands in; an origin is an index into it.
        let mut origins: Vec<&Yaml> = Vec::new();
        let mut used = BTreeSet::new();
        let mut rules = BTreeMap::new();
        for (key, phrases) in section("macros")? {
            let mut bodies = Vec::new();
            let first = origins.len();
            for (node, text) in self.texts(phrases, "a macro")? {
                bodies.push(self.expression(node, text, &mut used)?);
                origins.push(node);
            }
            if bodies.is_empty() {
                return Err(self.source.error(
                    key.start,
                    format!("the macro `{}` is empty", key.key()),
                    "give it at least one phrase",
                ));
            }
            // Errors inside a macro of several phrases are shown at the first that is wrong.
            self.macro_bodies(&self.name(key, "macro")?, bodies, first, &mut rules);
        }
        let mut expressions = Vec::new();
        for (key, phrases) in section("expressions")? {
            let mut parsed = Vec::new();
            for (node, text) in self.texts(phrases, "an intent")? {
                parsed.push((origins.len(), self.expression(node, text, &mut used)?));
                origins.push(node);
            }
            expressions.push((key.key().to_owned(), parsed));
        }
        for name in used {
            lists.insert(name.to_owned(), characters(name, language));
        }
        let known: BTreeSet<String> = lists.keys().cloned().collect();
        let (local_rules, local_lists) = (BTreeMap::new(), BTreeMap::new());
        let scope = Scope {
            rules: &rules,
            local_rules: &local_rules,
            lists: &known,
            local_lists: &local_lists,
            syntax: Syntax::Rhino,
        };
        let (mut budget, mut ranges) = (MAX_EXPANDED_NODES, BTreeMap::new());
        let mut resolver = Resolver::new(scope, &mut budget, &mut ranges);
        let mut intents = Vec::new();
        for (name, parsed) in expressions {
            let sentences: Result<Vec<Expr>, Located> = parsed
                .iter()
                .map(|(origin, node)| resolver.obligatory(*origin, node))
                .collect();
            let sentences = sentences.map_err(|(origin, error)| match origins.get(origin) {
                Some(node) => self.source.template_error(node, error),
                None => self.source.error(0, error.message, error.hint),
            })?;
            intents.push(Intent {
                name,
                data: vec![IntentData {
                    sentences,
                    ..IntentData::default()
                }],
            });
        }
        lists.extend(
            ranges
                .into_iter()
                .map(|(name, range)| (name, List::from(range))),
        );
        Ok(Grammar {
            language,
            intents,
            lists,
            skip_words: Vec::new(),
        })
    }

    /// A macro as a rule; each of its phrases as a rule of its own, so that errors are shown at it.
    fn macro_bodies(
        &self,
        name: &str,
        bodies: Vec<Node>,
        first: usize,
        rules: &mut BTreeMap<String, Rule>,
    ) {
        if bodies.len() == 1 {
            rules.extend(bodies.into_iter().map(|body| {
                (
                    name.to_owned(),
                    Rule {
                        origin: first,
                        body,
                    },
                )
            }));
            return;
        }
        let mut references = Vec::new();
        for (index, body) in bodies.into_iter().enumerate() {
            // A space cannot be part of a macro's name, so this clashes with none.
            let phrase = format!("{name} {}", index + 1);
            references.push(Node::Rule {
                name: phrase.clone(),
                at: 0,
            });
            rules.insert(
                phrase,
                Rule {
                    origin: first + index,
                    body,
                },
            );
        }
        rules.insert(
            name.to_owned(),
            Rule {
                origin: first,
                body: Node::Alt(references),
            },
        );
    }

    fn name(&self, key: &Yaml, what: &str) -> Result<String, GrammarError> {
        if template::is_name(key.key()) && InlineRange::from_name(key.key()).is_none() {
            return Ok(key.key().to_owned());
        }
        Err(self.source.error(
            key.start,
            format!("“{}” cannot be the name of a {what}", key.key()),
            "use letters, digits and underscores",
        ))
    }

    fn slot_values(&self, node: &Yaml) -> Result<List, GrammarError> {
        let mut entries = Vec::new();
        for (node, text) in self.texts(node, "a slot type")? {
            if let Some((at, c)) = text.char_indices().find(|(_, c)| "[](),$@".contains(*c)) {
                let error = TemplateError {
                    at,
                    message: format!("a slot's value holds {c}"),
                    hint: "slot values are plain words; write one value for each way to say it"
                        .into(),
                    undefined: false,
                };
                return Err(self.source.template_error(node, error));
            }
            entries.push(entry(super::plain(text), text));
        }
        Ok(List::Values(entries))
    }

    fn expression(
        &self,
        node: &Yaml,
        text: &str,
        used: &mut BTreeSet<&'static str>,
    ) -> Result<Node, GrammarError> {
        parse(text, used).map_err(|error| self.source.template_error(node, error))
    }
}

fn entry(say: Expr, out: &str) -> Entry {
    Entry {
        say,
        out: Value::from(out),
        id: None,
        context: BTreeMap::new(),
        metadata: BTreeMap::new(),
    }
}

/// The letters a to z, for `pv.Alphanumeric` the digits as well.
fn characters(name: &str, language: Language) -> List {
    let mut entries: Vec<Entry> = ('a'..='z')
        .map(|c| entry(crate::lit(c), &c.to_string()))
        .collect();
    if name == ALPHANUMERIC {
        let numbers = &language.definition().numbers;
        for n in 0..=9 {
            let digit = n.to_string();
            let said = crate::words([numbers.word(n), digit.as_str()]);
            entries.push(entry(said, &digit));
        }
    }
    List::Values(entries)
}

#[cfg(test)]
#[path = "rhino_tests.rs"]
mod tests;
