//! The syntax of sentence templates, which is that of hassil 3.x.
//!
//! | written | meaning |
//! | --- | --- |
//! | `(a\|b)` | `a` or `b`; `(a\|)` is `[a]` |
//! | `[a]`, `[a\|b]` | may be left out |
//! | `(a; b)` | in any order |
//! | `{list}`, `{list:slot}` | an entry of the list fills the slot, which is named like the list unless said |
//! | `{@money}`, `{@money:amount}` | a built-in type fills the slot |
//! | `{0..100:slot}`, `{0..100,5:slot}` | a number from 0 to 100 (in steps of 5) fills the slot |
//! | `<rule>` | the expansion rule's template stands here |
//! | `\(` | the character itself, of any character |
//!
//! What touches belongs to one word: `(un|re)lock`, `{n}%`, `turn(s|ed)`. Spaces just inside
//! brackets and around `|` are layout when they are there on both sides (`( a | b )`), and mean a
//! word boundary when they are there on one side only (`[the ]light`); `\ ` always means one.
//!
//! Punctuation that nobody says (`, . ! ? ;` and `…`) is dropped at the end of a word; between digits or
//! letters it stays, and so do apostrophes and hyphens. A backslash before it keeps it anywhere.
//!
//! hassil's captures, `{list:@name}` and `{@list}` of a list that is no built-in type, are read as
//! slots.

use super::range::{InlineRange, check_range};
use super::spacing::{RESERVED, normalise};
use crate::Builtin;
use crate::net::MAX_PERMUTED;

/// The most bytes that a template may have.
pub const MAX_TEMPLATE_BYTES: usize = 16 * 1024;
/// How deep brackets may nest in a template.
pub const MAX_TEMPLATE_DEPTH: usize = 32;

/// A parsed template, with references not yet followed. `at` is where a reference starts, in bytes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Text(String),
    Seq(Vec<Node>),
    Alt(Vec<Node>),
    Opt(Box<Node>),
    Perm(Vec<Node>),
    List {
        list: String,
        slot: String,
        capture: bool,
        at: usize,
    },
    Range {
        range: InlineRange,
        slot: String,
        at: usize,
    },
    Rule {
        name: String,
        at: usize,
    },
}

/// What is wrong with a template, and where in it, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TemplateError {
    pub at: usize,
    pub message: String,
    pub hint: String,
    /// True where a reference's target is missing, which another file may define.
    pub undefined: bool,
}

impl TemplateError {
    pub fn new(at: usize, message: impl Into<String>, hint: impl Into<String>) -> Self {
        TemplateError {
            at,
            message: message.into(),
            hint: hint.into(),
            undefined: false,
        }
    }
}

pub(super) fn fail<T>(
    at: usize,
    message: impl Into<String>,
    hint: impl Into<String>,
) -> Result<T, TemplateError> {
    Err(TemplateError::new(at, message, hint))
}

/// Parses a template.
pub(super) fn parse(text: &str) -> Result<Node, TemplateError> {
    if text.len() > MAX_TEMPLATE_BYTES {
        return fail(
            0,
            format!(
                "the template is {} bytes long; {MAX_TEMPLATE_BYTES} are allowed",
                text.len()
            ),
            "split it into several sentences, or move parts of it into expansion rules or lists",
        );
    }
    let mut parser = Parser {
        text,
        pos: 0,
        depth: 0,
    };
    parser.group(None, 0)
}

/// Text without syntax, normalised as literals in templates are.
pub(super) fn plain(text: &str) -> String {
    let items = [Item::Text(
        text.trim().chars().map(|c| (c, false)).collect(),
    )];
    match finish(&items) {
        Node::Text(text) => text,
        _ => String::new(),
    }
}

/// What stands in a group, before it is known whether spaces at its ends are layout.
enum Item {
    /// Characters, and whether each was escaped.
    Text(Vec<(char, bool)>),
    Node(Node),
}

type Part = Vec<Item>;

struct Parser<'a> {
    text: &'a str,
    pos: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text
            .get(self.pos..)
            .and_then(|rest| rest.chars().next())
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.pos += c.len_utf8();
        Some(c)
    }

    /// The inside of a group that opened at `open` and ends with `close`, or a whole template.
    fn group(&mut self, close: Option<char>, open: usize) -> Result<Node, TemplateError> {
        self.depth += 1;
        if self.depth > MAX_TEMPLATE_DEPTH + 1 {
            return fail(
                open,
                format!("brackets nest deeper than {MAX_TEMPLATE_DEPTH}"),
                "move inner groups into expansion rules, or split the sentence",
            );
        }
        let mut parts: Vec<Part> = vec![Vec::new()];
        let mut separator = None;
        loop {
            let at = self.pos;
            let Some(c) = self.next() else {
                if let Some(close) = close {
                    let opener = if close == ')' { '(' } else { '[' };
                    return fail(
                        open,
                        format!("this {opener} is never closed"),
                        format!(
                            "add {close} where the group ends, or write \\{opener} for the character"
                        ),
                    );
                }
                break;
            };
            let item = match c {
                '|' | ';' => {
                    if separator.is_some_and(|s| s != c) {
                        return fail(
                            at,
                            "| and ; stand in the same group",
                            "give alternatives inside a permutation brackets of their own, as in ((a | b); c)",
                        );
                    }
                    separator = Some(c);
                    parts.push(Vec::new());
                    continue;
                }
                '(' => Item::Node(self.group(Some(')'), at)?),
                '[' => Item::Node(Node::Opt(Box::new(self.group(Some(']'), at)?))),
                '{' => Item::Node(self.list(at)?),
                '<' => Item::Node(self.rule(at)?),
                ')' | ']' if close == Some(c) => break,
                ')' | ']' | '}' | '>' => {
                    return fail(
                        at,
                        format!("this {c} closes nothing that is open here"),
                        match close {
                            Some(close) => {
                                format!(
                                    "the open group ends with {close}; write \\{c} for the character"
                                )
                            }
                            None => format!("remove it, or write \\{c} for the character"),
                        },
                    );
                }
                '\\' => match self.next() {
                    Some(escaped) => {
                        push_char(&mut parts, escaped, true);
                        continue;
                    }
                    None => {
                        return fail(
                            at,
                            "the template ends with a backslash",
                            "write \\\\ for a backslash, or remove it",
                        );
                    }
                },
                c => {
                    push_char(&mut parts, c, false);
                    continue;
                }
            };
            if let Some(part) = parts.last_mut() {
                part.push(item);
            }
        }
        self.depth -= 1;
        self.finish_group(parts, separator, close.is_none(), open)
    }

    fn finish_group(
        &self,
        mut parts: Vec<Part>,
        separator: Option<char>,
        whole: bool,
        open: usize,
    ) -> Result<Node, TemplateError> {
        if parts.iter().all(is_blank) {
            return if whole {
                fail(
                    0,
                    "the template is empty",
                    "write a sentence, or remove the entry",
                )
            } else {
                fail(
                    open,
                    "the group is empty",
                    "put words into it, or remove the brackets",
                )
            };
        }
        if separator == Some(';') && parts.iter().any(is_blank) {
            return fail(
                open,
                "a part of the permutation is empty",
                "remove the ; that has nothing on one side, or write \\; for the character",
            );
        }
        if separator == Some(';') && parts.len() > MAX_PERMUTED {
            return fail(
                open,
                format!(
                    "the permutation has {} parts; {MAX_PERMUTED} are allowed",
                    parts.len()
                ),
                "let some of the parts stand in a fixed order, or write several sentences",
            );
        }
        trim(&mut parts, separator == Some(';'), whole);
        let mut nodes: Vec<Node> = parts.iter().map(|part| finish(part)).collect();
        Ok(match (separator, nodes.len()) {
            (Some(';'), _) => Node::Perm(nodes),
            (_, 1) => nodes.remove(0),
            _ => Node::Alt(nodes),
        })
    }

    /// The text up to `close`, which a reference that opened at `open` ends with.
    fn reference(&mut self, open: usize, opener: char, close: char) -> Result<&str, TemplateError> {
        let start = self.pos;
        while let Some(c) = self.next() {
            if c == close {
                return Ok(self
                    .text
                    .get(start..self.pos - close.len_utf8())
                    .unwrap_or_default());
            }
            if RESERVED.contains(c) {
                break;
            }
        }
        fail(
            open,
            format!("this {opener} is never closed"),
            format!("add {close} after the name, or write \\{opener} for the character"),
        )
    }

    fn list(&mut self, at: usize) -> Result<Node, TemplateError> {
        let inside = self.reference(at, '{', '}')?.to_owned();
        let (list, slot) = match inside.split_once(':') {
            Some((list, slot)) => (list.trim(), Some(slot.trim())),
            None => (inside.trim(), None),
        };
        if list.contains("..") && list.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            return self.range(list, slot, at);
        }
        let form = "{list} or {list:slot}";
        let (list, mut capture) = match list.strip_prefix('@') {
            Some(_) if Builtin::from_name(list).is_some() => (list, false),
            stripped => (stripped.unwrap_or(list), stripped.is_some()),
        };
        if capture || Builtin::from_name(list).is_none() {
            name(list, "list", form, at)?;
        }
        let slot = match slot {
            Some(slot) => match slot.strip_prefix('@') {
                Some(name) => {
                    capture = true;
                    name
                }
                None => slot,
            },
            None => list.strip_prefix('@').unwrap_or(list),
        };
        name(slot, "slot", form, at)?;
        Ok(Node::List {
            list: list.to_owned(),
            slot: slot.to_owned(),
            capture,
            at,
        })
    }

    fn range(&self, text: &str, slot: Option<&str>, at: usize) -> Result<Node, TemplateError> {
        let Some(range) = InlineRange::from_name(text) else {
            return fail(
                at,
                format!("{text} is not a range of whole numbers"),
                "write it like {0..100:slot}, or {0..100,5:slot} for steps of 5",
            );
        };
        if let Err(message) = check_range(range, None) {
            return fail(
                at,
                message,
                "write the smaller number first and a step of at least 1",
            );
        }
        let Some(slot) = slot else {
            return fail(
                at,
                "the inline range has no slot",
                format!("say which slot it fills: {{{text}:amount}}"),
            );
        };
        name(slot, "slot", "{0..100:slot}", at)?;
        Ok(Node::Range {
            range,
            slot: slot.to_owned(),
            at,
        })
    }

    fn rule(&mut self, at: usize) -> Result<Node, TemplateError> {
        let rule = self.reference(at, '<', '>')?.trim().to_owned();
        name(&rule, "rule", "<rule>", at)?;
        Ok(Node::Rule { name: rule, at })
    }
}

/// Refuses a name that could not be meant as one.
fn name(name: &str, what: &str, form: &str, at: usize) -> Result<(), TemplateError> {
    if is_name(name) {
        return Ok(());
    }
    fail(
        at,
        if name.is_empty() {
            format!("the {what} has no name")
        } else {
            format!("“{name}” cannot be the name of a {what}")
        },
        format!("write {form}, names without spaces and punctuation"),
    )
}

/// True for what can name a list, a slot or a rule.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || "_-./".contains(c))
}

fn push_char(parts: &mut [Part], c: char, escaped: bool) {
    let Some(part) = parts.last_mut() else { return };
    match part.last_mut() {
        Some(Item::Text(text)) => text.push((c, escaped)),
        _ => part.push(Item::Text(vec![(c, escaped)])),
    }
}

fn is_layout(&(c, escaped): &(char, bool)) -> bool {
    !escaped && c.is_whitespace()
}

fn is_blank(part: &Part) -> bool {
    part.iter()
        .all(|item| matches!(item, Item::Text(text) if text.iter().all(is_layout)))
}

/// Removes the spaces at the ends of a group's parts that are layout.
fn trim(parts: &mut [Part], permutation: bool, whole: bool) {
    let starts = |part: &Part| matches!(part.first(), Some(Item::Text(t)) if t.first().is_some_and(is_layout));
    let ends =
        |part: &Part| matches!(part.last(), Some(Item::Text(t)) if t.last().is_some_and(is_layout));
    let count = parts.len();
    let outside = match (parts.first(), parts.last()) {
        (Some(first), Some(last)) => whole || starts(first) == ends(last),
        _ => true,
    };
    let inside = parts
        .windows(2)
        .all(|pair| ends(&pair[0]) == starts(&pair[1]));
    let layout = permutation || (outside && inside);
    for (i, part) in parts.iter_mut().enumerate() {
        if (layout || (whole && i == 0))
            && let Some(Item::Text(text)) = part.first_mut()
        {
            let blank = text.iter().take_while(|c| is_layout(c)).count();
            text.drain(..blank);
        }
        if (layout || (whole && i + 1 == count))
            && let Some(Item::Text(text)) = part.last_mut()
        {
            while text.last().is_some_and(is_layout) {
                text.pop();
            }
        }
    }
}

/// The node of a part: spaces made single, unspoken punctuation dropped.
fn finish(items: &[Item]) -> Node {
    let is_slot = |item: Option<&Item>| {
        matches!(
            item,
            Some(Item::Node(Node::List { .. } | Node::Range { .. }))
        )
    };
    let mut nodes = Vec::new();
    for (i, item) in items.iter().enumerate() {
        match item {
            Item::Node(node) => nodes.push(node.clone()),
            Item::Text(text) => {
                let after_slot = i > 0 && is_slot(items.get(i - 1));
                let text = normalise(text, after_slot, is_slot(items.get(i + 1)));
                if !text.is_empty() {
                    nodes.push(Node::Text(text));
                }
            }
        }
    }
    match nodes.len() {
        1 => nodes.remove(0),
        _ => Node::Seq(nodes),
    }
}

#[cfg(test)]
#[path = "template_tests.rs"]
mod tests;
