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
use super::resolve::{Located, MAX_EXPANDED_NODES, Resolver, Rule, Scope, Syntax};
use super::template::{
    self, InlineRange, MAX_TEMPLATE_BYTES, MAX_TEMPLATE_DEPTH, Node, TemplateError, fail,
};
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

const ALPHABETIC: &str = "pv.Alphabetic";
const ALPHANUMERIC: &str = "pv.Alphanumeric";

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

/// Parses an expression.
fn parse(text: &str, used: &mut BTreeSet<&'static str>) -> Result<Node, TemplateError> {
    if text.len() > MAX_TEMPLATE_BYTES {
        return fail(
            0,
            format!(
                "the expression is {} bytes long; {MAX_TEMPLATE_BYTES} are allowed",
                text.len()
            ),
            "split it into several expressions",
        );
    }
    let mut parser = Parser {
        text,
        pos: 0,
        depth: 0,
        used,
    };
    let node = parser.phrase(None, 0)?;
    match node {
        Node::Seq(parts) if parts.is_empty() => fail(
            0,
            "the expression is empty",
            "write a sentence, or remove the entry",
        ),
        node => Ok(node),
    }
}

struct Parser<'a, 'u> {
    text: &'a str,
    pos: usize,
    depth: usize,
    used: &'u mut BTreeSet<&'static str>,
}

impl Parser<'_, '_> {
    fn peek(&self) -> Option<char> {
        self.text
            .get(self.pos..)
            .and_then(|rest| rest.chars().next())
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &str {
        let start = self.pos;
        while let Some(c) = self.peek().filter(|c| wanted(*c)) {
            self.pos += c.len_utf8();
        }
        self.text.get(start..self.pos).unwrap_or_default()
    }

    /// Words and groups up to a comma or `close`, or to the end where nothing is open.
    fn phrase(&mut self, close: Option<char>, open: usize) -> Result<Node, TemplateError> {
        let mut parts: Vec<Node> = Vec::new();
        let mut spaced = false;
        loop {
            spaced |= !self.take_while(char::is_whitespace).is_empty();
            let at = self.pos;
            let node = match self.peek() {
                None if close.is_none() => break,
                None => {
                    let close = close.unwrap_or(')');
                    return fail(
                        open,
                        "this bracket is never closed",
                        format!("add {close} where the group ends"),
                    );
                }
                Some(',') if close.is_some() => break,
                Some(c) if Some(c) == close => break,
                Some(',') => {
                    return fail(
                        at,
                        "a comma stands outside of brackets",
                        "put alternatives in brackets: [a, b]",
                    );
                }
                Some(c @ (')' | ']')) => {
                    return fail(
                        at,
                        format!("this {c} closes nothing that is open here"),
                        match close {
                            Some(close) => format!("the open group ends with {close}"),
                            None => "remove it, or open a group before it".to_owned(),
                        },
                    );
                }
                Some(c @ ('[' | '(')) => self.group(c, at)?,
                Some('$') => self.slot(at)?,
                Some('@') => {
                    self.pos += 1;
                    let name = self.take_while(is_name_char).to_owned();
                    if name.is_empty() {
                        return fail(
                            at,
                            "the macro has no name",
                            "write @name, with a name from `macros:`",
                        );
                    }
                    Node::Rule { name, at }
                }
                Some(_) => {
                    let word = self.take_while(|c| !c.is_whitespace() && !"[](),$@".contains(c));
                    let word = template::plain(word);
                    // A lone question mark is no word, and a group of it is empty.
                    if word.is_empty() {
                        continue;
                    }
                    Node::Text(word)
                }
            };
            if std::mem::take(&mut spaced) && !parts.is_empty() {
                parts.push(Node::Text(" ".into()));
            }
            parts.push(node);
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Node::Seq(parts),
        })
    }

    fn group(&mut self, opener: char, at: usize) -> Result<Node, TemplateError> {
        self.depth += 1;
        if self.depth > MAX_TEMPLATE_DEPTH {
            return fail(
                at,
                format!("brackets nest deeper than {MAX_TEMPLATE_DEPTH}"),
                "move inner groups into macros",
            );
        }
        let close = if opener == '[' { ']' } else { ')' };
        let mut choices = Vec::new();
        loop {
            self.pos += 1;
            let start = self.pos;
            let choice = self.phrase(Some(close), at)?;
            if matches!(&choice, Node::Seq(parts) if parts.is_empty()) {
                return fail(
                    if choices.is_empty() {
                        at
                    } else {
                        start.min(self.text.len())
                    },
                    "a choice in the brackets is empty",
                    "remove the comma that has nothing beside it; what may be left out stands in ( )",
                );
            }
            choices.push(choice);
            if self.peek() != Some(',') {
                break;
            }
        }
        self.pos += close.len_utf8();
        self.depth -= 1;
        let choice = match choices.len() {
            1 => choices.remove(0),
            _ => Node::Alt(choices),
        };
        Ok(if opener == '(' {
            Node::Opt(Box::new(choice))
        } else {
            choice
        })
    }

    fn slot(&mut self, at: usize) -> Result<Node, TemplateError> {
        self.pos += 1;
        let kind = self.take_while(is_name_char).to_owned();
        let slot = if self.peek() == Some(':') {
            self.pos += 1;
            self.take_while(is_name_char).to_owned()
        } else {
            String::new()
        };
        if kind.is_empty() || slot.is_empty() {
            return fail(
                at,
                "the slot lacks its type or its name",
                "write $type:name, as in $color:color",
            );
        }
        let range = |from, to| Node::Range {
            range: InlineRange { from, to, step: 1 },
            slot: slot.clone(),
            at,
        };
        let list = |list: &str| Node::List {
            list: list.into(),
            slot: slot.clone(),
            capture: false,
            at,
        };
        Ok(match kind.as_str() {
            "pv.SingleDigitInteger" => range(0, 9),
            "pv.TwoDigitInteger" => range(0, 99),
            "pv.Percent" => list("@percentage"),
            "pv.SingleDigitOrdinal" | "pv.TwoDigitOrdinal" => list("@ordinal"),
            ALPHABETIC => {
                self.used.insert(ALPHABETIC);
                list(ALPHABETIC)
            }
            ALPHANUMERIC => {
                self.used.insert(ALPHANUMERIC);
                list(ALPHANUMERIC)
            }
            kind if kind.starts_with("pv.") => {
                return fail(
                    at,
                    format!("the built-in slot type {kind} is not known"),
                    "known are pv.SingleDigitInteger, pv.TwoDigitInteger, pv.Percent, \
                     pv.SingleDigitOrdinal, pv.TwoDigitOrdinal, pv.Alphabetic and pv.Alphanumeric",
                );
            }
            kind => list(kind),
        })
    }
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '.' || c == '-'
}

#[cfg(test)]
#[path = "rhino_tests.rs"]
mod tests;
