//! The syntax of Rhino's expressions.

use std::collections::BTreeSet;

use super::range::InlineRange;
use super::template::{self, MAX_TEMPLATE_BYTES, MAX_TEMPLATE_DEPTH, Node, TemplateError, fail};

/// Slot types of Rhino that become lists.
const ALPHABETIC: &str = "pv.Alphabetic";
pub(super) const ALPHANUMERIC: &str = "pv.Alphanumeric";

/// Parses an expression; `used` gets the lists that it takes for granted, such as that of letters.
pub(super) fn parse(text: &str, used: &mut BTreeSet<&'static str>) -> Result<Node, TemplateError> {
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
