//! YAML as a tree whose every node knows where it stands, with bounds on depth and on what aliases
//! may repeat. (saphyr's own tree has no bound on depth, and taking one down that is nested a
//! hundred thousand times overflows the stack; so this builds on saphyr's event parser.)

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use saphyr::{Scalar, ScalarStyle, Tag};
use saphyr_parser::{Event, Parser, Span, StrInput};
use serde_json::Value;

use super::error::GrammarError;
use super::template::TemplateError;

/// The most bytes that a grammar file may have.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;
/// How deep a file's YAML may nest.
pub const MAX_YAML_DEPTH: usize = 48;
/// How many nodes aliases may repeat in all.
pub const MAX_ALIAS_NODES: usize = 100_000;

/// A file's text, and places in it.
pub(super) struct Source<'a> {
    name: &'a str,
    text: &'a str,
    /// Where the text begins, counted from the first of the files that are read as one.
    base: usize,
    /// The byte at which each character starts, unless every character is a byte.
    bytes_of_chars: Option<Vec<usize>>,
}

impl<'a> Source<'a> {
    /// Refuses a text that is too long.
    pub fn new(name: &'a str, text: &'a str) -> Result<Self, GrammarError> {
        Self::after(0, name, text)
    }

    /// As [`Source::new`], of a file whose places are counted on from those of others.
    pub fn after(base: usize, name: &'a str, text: &'a str) -> Result<Self, GrammarError> {
        let bytes_of_chars = (!text.is_ascii() && text.len() <= MAX_FILE_BYTES)
            .then(|| text.char_indices().map(|(at, _)| at).collect());
        let source = Source {
            name,
            text,
            base,
            bytes_of_chars,
        };
        if text.len() > MAX_FILE_BYTES {
            return Err(source.error(
                base,
                format!(
                    "the file is {} bytes long; {MAX_FILE_BYTES} are allowed",
                    text.len()
                ),
                "split it, or give long lists through a catalog",
            ));
        }
        Ok(source)
    }

    /// The file's name.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// Where the text begins and where the next file's may.
    pub fn span(&self) -> std::ops::Range<usize> {
        self.base..self.base + self.text.len() + 1
    }

    fn byte(&self, char_index: usize) -> usize {
        let byte = match &self.bytes_of_chars {
            Some(bytes) => bytes.get(char_index).copied().unwrap_or(self.text.len()),
            None => char_index.min(self.text.len()),
        };
        self.base + byte
    }

    /// The line and column, from 1, of a byte.
    pub fn place(&self, byte: usize) -> (usize, usize) {
        let mut end = byte.saturating_sub(self.base).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text.get(..end).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        (
            line,
            before.get(line_start..).unwrap_or_default().chars().count() + 1,
        )
    }

    pub fn error(
        &self,
        byte: usize,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> GrammarError {
        let (line, column) = self.place(byte);
        GrammarError {
            file: self.name.to_owned(),
            line,
            column,
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// An error in the template that a scalar holds.
    pub fn template_error(&self, node: &Node, error: TemplateError) -> GrammarError {
        self.error(self.inside(node, error.at), error.message, error.hint)
    }

    /// Where the byte at `offset` of a scalar's value stands in the file. The start of the scalar
    /// for those that go over several lines.
    fn inside(&self, node: &Node, offset: usize) -> usize {
        let Data::Scalar { text, style, .. } = &node.data else {
            return node.start;
        };
        let within = node.start.saturating_sub(self.base)..node.end.saturating_sub(self.base);
        let raw = self.text.get(within).unwrap_or_default();
        let found = match style {
            ScalarStyle::Plain => raw.starts_with(text.as_str()).then_some(offset),
            ScalarStyle::SingleQuoted => in_quotes(raw, offset, '\''),
            ScalarStyle::DoubleQuoted => in_quotes(raw, offset, '"'),
            ScalarStyle::Literal | ScalarStyle::Folded => None,
        };
        found.map_or(node.start, |at| node.start + at.min(raw.len()))
    }
}

/// Where the byte at `offset` of a quoted scalar's value stands in its source, unless a line break
/// comes before it.
fn in_quotes(raw: &str, offset: usize, quote: char) -> Option<usize> {
    let mut chars = raw.char_indices().skip(1).peekable();
    let mut produced = 0;
    while let Some((at, c)) = chars.next() {
        if produced >= offset {
            return Some(at);
        }
        if c == '\n' || c == '\r' {
            return None;
        }
        produced += match c {
            '\'' if quote == '\'' => {
                chars.next();
                1
            }
            '\\' if quote == '"' => {
                let digits = match chars.next()?.1 {
                    'x' => 2,
                    'u' => 4,
                    'U' => 8,
                    'N' | '_' => {
                        produced += 2;
                        continue;
                    }
                    'L' | 'P' => {
                        produced += 3;
                        continue;
                    }
                    '\n' | '\r' => return None,
                    _ => {
                        produced += 1;
                        continue;
                    }
                };
                let hex: String = chars.by_ref().take(digits).map(|(_, c)| c).collect();
                u32::from_str_radix(&hex, 16)
                    .ok()
                    .and_then(char::from_u32)
                    .map_or(0, char::len_utf8)
            }
            c => c.len_utf8(),
        };
    }
    Some(raw.len().saturating_sub(1))
}

/// A YAML node and where it stands, in bytes.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub start: usize,
    pub end: usize,
    pub data: Data,
}

#[derive(Clone, Debug)]
pub(super) enum Data {
    /// `text` is as written, unquoted; `value` what YAML's core schema takes it for.
    Scalar {
        text: String,
        style: ScalarStyle,
        value: Value,
    },
    Seq(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

impl Node {
    pub fn is_null(&self) -> bool {
        matches!(
            &self.data,
            Data::Scalar {
                value: Value::Null,
                ..
            }
        )
    }

    /// A scalar's text as written.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Scalar { text, .. } if !self.is_null() => Some(text),
            _ => None,
        }
    }

    /// What kind of YAML it is, for messages.
    pub fn kind(&self) -> &'static str {
        match &self.data {
            Data::Scalar {
                value: Value::Null, ..
            } => "nothing",
            Data::Scalar {
                value: Value::Bool(_),
                ..
            } => "true or false",
            Data::Scalar {
                value: Value::Number(_),
                ..
            } => "a number",
            Data::Scalar { .. } => "a text",
            Data::Seq(_) => "a list",
            Data::Map(_) => "a mapping",
        }
    }

    /// The node as JSON. Keys are taken as they are written.
    pub fn json(&self) -> Value {
        match &self.data {
            Data::Scalar { value, .. } => value.clone(),
            Data::Seq(items) => items.iter().map(Node::json).collect(),
            Data::Map(items) => items
                .iter()
                .map(|(key, value)| (key.key().to_owned(), value.json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }

    /// The text of a mapping's key.
    pub fn key(&self) -> &str {
        match &self.data {
            Data::Scalar { text, .. } => text,
            _ => "",
        }
    }

    fn count(&self) -> usize {
        1 + match &self.data {
            Data::Scalar { .. } => 0,
            Data::Seq(items) => items.iter().map(Node::count).sum(),
            Data::Map(items) => items.iter().map(|(_, value)| 1 + value.count()).sum(),
        }
    }
}

/// Parses the single document of a YAML file.
pub(super) fn parse(source: &Source<'_>) -> Result<Node, GrammarError> {
    let mut builder = Builder {
        source,
        parser: Parser::new_from_str(source.text),
        anchors: BTreeMap::new(),
        sizes: HashMap::new(),
        repeated: 0,
    };
    let mut document = None;
    loop {
        let (event, span) = builder.next()?;
        match event {
            Event::StreamEnd => break,
            Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
            event if document.is_none() => document = Some(builder.node(event, span, 0)?),
            _ => {
                return Err(source.error(
                    source.byte(span.start.index()),
                    "the file holds a second document",
                    "remove the `---` line, or put the second document into a file of its own",
                ));
            }
        }
    }
    document.ok_or_else(|| {
        source.error(
            source.base,
            "the file is empty",
            "start with `language:`, such as `language: de`, and `intents:`",
        )
    })
}

struct Builder<'s> {
    source: &'s Source<'s>,
    parser: Parser<'s, StrInput<'s>>,
    anchors: BTreeMap<usize, Node>,
    sizes: HashMap<usize, usize>,
    repeated: usize,
}

impl<'s> Builder<'s> {
    fn next(&mut self) -> Result<(Event<'s>, Span), GrammarError> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(self.source.error(
                self.source.byte(error.marker().index()),
                format!("this is not YAML: {}", error.info()),
                "check the indentation, and put quotes around texts that hold : # { [ or start with @ or *",
            )),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'s>, span: Span, depth: usize) -> Result<Node, GrammarError> {
        let start = self.source.byte(span.start.index());
        if depth > MAX_YAML_DEPTH {
            return Err(self.source.error(
                start,
                format!("the YAML nests deeper than {MAX_YAML_DEPTH}"),
                "a grammar needs no such depth; check the indentation and the brackets",
            ));
        }
        let (anchor, data, end) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let value = scalar(&text, style, tag.as_ref());
                let end = self.source.byte(span.end.index());
                (
                    anchor,
                    Data::Scalar {
                        text: text.into_owned(),
                        style,
                        value,
                    },
                    end,
                )
            }
            Event::SequenceStart(anchor, _) => {
                let mut items = Vec::new();
                let end = loop {
                    match self.next()? {
                        (Event::SequenceEnd, span) => break span.end.index(),
                        (event, span) => items.push(self.node(event, span, depth + 1)?),
                    }
                };
                (anchor, Data::Seq(items), self.source.byte(end))
            }
            Event::MappingStart(anchor, _) => {
                let mut items = Vec::new();
                let end = loop {
                    match self.next()? {
                        (Event::MappingEnd, span) => break span.end.index(),
                        (event, span) => {
                            let key = self.node(event, span, depth + 1)?;
                            let (event, span) = self.next()?;
                            items.push((key, self.node(event, span, depth + 1)?));
                        }
                    }
                };
                (
                    anchor,
                    Data::Map(self.mapping(items)?),
                    self.source.byte(end),
                )
            }
            Event::Alias(id) => return self.alias(id, start, depth),
            _ => {
                return Err(self.source.error(
                    start,
                    "the YAML ends in the middle of a mapping",
                    "give the last key a value",
                ));
            }
        };
        let node = Node {
            start,
            end: end.max(start),
            data,
        };
        if anchor > 0 {
            self.sizes.insert(anchor, node.count());
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn alias(&mut self, id: usize, at: usize, depth: usize) -> Result<Node, GrammarError> {
        let Some(node) = self.anchors.get(&id) else {
            return Err(self.source.error(
                at,
                "the alias stands inside what it refers to",
                "write the repeated part out",
            ));
        };
        self.repeated += self.sizes.get(&id).copied().unwrap_or(1);
        if self.repeated > MAX_ALIAS_NODES || depth + depth_of(node) > MAX_YAML_DEPTH {
            return Err(self.source.error(
                at,
                format!("aliases repeat more than {MAX_ALIAS_NODES} nodes or nest too deep"),
                "write the repeated parts out, or use expansion rules",
            ));
        }
        Ok(node.clone())
    }

    /// Checks a mapping's keys, and puts `<<` merges in place.
    fn mapping(&self, items: Vec<(Node, Node)>) -> Result<Vec<(Node, Node)>, GrammarError> {
        let mut seen = HashSet::new();
        let mut out: Vec<(Node, Node)> = Vec::with_capacity(items.len());
        let mut merged = Vec::new();
        for (key, value) in items {
            let Data::Scalar { text, style, .. } = &key.data else {
                return Err(self.source.error(
                    key.start,
                    format!("a key is {}", key.kind()),
                    "keys are plain names; put quotes around a text that starts with { or [",
                ));
            };
            if text == "<<" && *style == ScalarStyle::Plain {
                match value.data {
                    Data::Seq(items) => merged.extend(items),
                    _ => merged.push(value),
                }
                continue;
            }
            if !seen.insert(text.clone()) {
                return Err(self.source.error(
                    key.start,
                    format!("the key `{text}` stands here twice"),
                    "merge the two, or rename one of them",
                ));
            }
            out.push((key, value));
        }
        for from in merged {
            let start = from.start;
            let Data::Map(items) = from.data else {
                return Err(self.source.error(
                    start,
                    "<< merges something that is no mapping",
                    "let the alias refer to a mapping, or put quotes around the key",
                ));
            };
            out.extend(
                items
                    .into_iter()
                    .filter(|(key, _)| seen.insert(key.key().to_owned())),
            );
        }
        Ok(out)
    }
}

fn depth_of(node: &Node) -> usize {
    1 + match &node.data {
        Data::Scalar { .. } => 0,
        Data::Seq(items) => items.iter().map(depth_of).max().unwrap_or(0),
        Data::Map(items) => items
            .iter()
            .map(|(_, value)| depth_of(value))
            .max()
            .unwrap_or(0),
    }
}

/// The value of a scalar in YAML's core schema.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&Cow<'_, Tag>>) -> Value {
    let tag = tag.map(|tag| Cow::Borrowed(tag.as_ref()));
    match Scalar::parse_from_cow_and_metadata(Cow::Borrowed(text), style, tag.as_ref()) {
        Some(Scalar::Null) => Value::Null,
        Some(Scalar::Boolean(value)) => Value::Bool(value),
        Some(Scalar::Integer(value)) => Value::from(value),
        Some(Scalar::FloatingPoint(value)) => match text.parse::<u64>() {
            Ok(value) => Value::from(value),
            // Infinities and NaN are no JSON numbers.
            Err(_) => serde_json::Number::from_f64(value.into_inner())
                .map_or_else(|| Value::from(text), Value::Number),
        },
        Some(Scalar::String(_)) | None => Value::from(text),
    }
}
