//! Writing grammars out again, so that what was imported or built can be read, edited and loaded.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::range::InlineRange;
use super::spacing::escape;
use super::{Entry, Grammar, IntentData, List};
use crate::{Expr, Open};

/// An expression as a template. Tags, which templates cannot hold, are left out.
pub fn print_template(expr: &Expr) -> String {
    part(expr)
}

/// The text of something that stands alone between brackets or bars.
fn part(expr: &Expr) -> String {
    let mut out = String::new();
    write_expr(expr, &mut out);
    // A space at the edge would be taken for layout.
    if out.ends_with(' ') {
        out.pop();
        out.push_str("\\ ");
    }
    if out.starts_with(' ') {
        out.insert(0, '\\');
    }
    out
}

fn joined(parts: &[Expr], between: &str) -> String {
    parts.iter().map(part).collect::<Vec<_>>().join(between)
}

fn write_expr(expr: &Expr, out: &mut String) {
    match expr {
        Expr::Lit(text) => out.push_str(&escape(text)),
        Expr::Seq(parts) => parts.iter().for_each(|part| write_expr(part, out)),
        Expr::Alt(parts) => {
            let _ = write!(out, "({})", joined(parts, "|"));
        }
        Expr::Perm(parts) => {
            let _ = write!(out, "({})", joined(parts, ";"));
        }
        Expr::Opt(inner) => {
            let inside = match &**inner {
                Expr::Alt(parts) => joined(parts, "|"),
                inner => part(inner),
            };
            let _ = write!(out, "[{inside}]");
        }
        Expr::Tag(_) => {}
        Expr::Slot { list, slot } => {
            let _ =
                if list.trim_start_matches('@') == slot && InlineRange::from_name(list).is_none() {
                    write!(out, "{{{list}}}")
                } else {
                    write!(out, "{{{list}:{slot}}}")
                };
        }
    }
}

impl Grammar {
    /// The grammar as a YAML file that loads as an equal grammar, given the same external lists.
    /// Rules stand resolved in the sentences.
    pub fn to_yaml(&self) -> String {
        let mut out = format!("language: {}\n", self.language);
        if !self.intents.is_empty() {
            out.push_str("intents:\n");
        }
        for intent in &self.intents {
            let _ = writeln!(out, "  {}:", quoted(&intent.name));
            if intent.data.is_empty() {
                out.push_str("    data: []\n");
                continue;
            }
            out.push_str("    data:\n");
            for data in &intent.data {
                write_data(data, &mut out);
            }
        }
        let written = |name: &str, list: &List| match InlineRange::from_name(name) {
            Some(range) => *list != List::from(range),
            None => true,
        };
        let lists: Vec<_> = self
            .lists
            .iter()
            .filter(|(name, list)| written(name, list))
            .collect();
        if !lists.is_empty() {
            out.push_str("lists:\n");
        }
        for (name, list) in lists {
            let _ = writeln!(out, "  {}:", quoted(name));
            write_list(list, &mut out);
        }
        if !self.skip_words.is_empty() {
            out.push_str("skip_words:\n");
            for words in &self.skip_words {
                let _ = writeln!(out, "  - {}", quoted(&print_template(words)));
            }
        }
        out
    }
}

fn write_data(data: &IntentData, out: &mut String) {
    if data.sentences.is_empty() {
        out.push_str("      - sentences: []\n");
    } else {
        out.push_str("      - sentences:\n");
    }
    for sentence in &data.sentences {
        let _ = writeln!(out, "          - {}", quoted(&print_template(sentence)));
    }
    let maps = [
        ("slots", &data.slots),
        ("requires_context", &data.requires_context),
        ("excludes_context", &data.excludes_context),
        ("metadata", &data.metadata),
    ];
    for (name, map) in maps {
        if !map.is_empty() {
            let _ = writeln!(out, "        {name}: {}", flow_map(map));
        }
    }
    if let Some(response) = &data.response {
        let _ = writeln!(out, "        response: {}", quoted(response));
    }
}

fn write_list(list: &List, out: &mut String) {
    match list {
        List::Wildcard(open) if *open == Open::default() => out.push_str("    wildcard: true\n"),
        List::Wildcard(open) => {
            let _ = writeln!(out, "    wildcard: {}", open.name());
        }
        List::Range {
            from,
            to,
            step,
            multiplier,
        } => {
            let _ = write!(out, "    range: {{from: {from}, to: {to}");
            if *step != 1 {
                let _ = write!(out, ", step: {step}");
            }
            if let Some(multiplier) = multiplier {
                let _ = write!(out, ", multiplier: {multiplier}");
            }
            out.push_str("}\n");
        }
        List::Values(entries) if entries.is_empty() => out.push_str("    values: []\n"),
        List::Values(entries) => {
            out.push_str("    values:\n");
            for entry in entries {
                write_entry(entry, out);
            }
        }
    }
}

fn write_entry(entry: &Entry, out: &mut String) {
    let _ = write!(
        out,
        "      - {{in: {}, out: {}",
        quoted(&print_template(&entry.say)),
        flow(&entry.out)
    );
    if let Some(id) = &entry.id {
        let _ = write!(out, ", id: {}", quoted(id));
    }
    for (name, map) in [("context", &entry.context), ("metadata", &entry.metadata)] {
        if !map.is_empty() {
            let _ = write!(out, ", {name}: {}", flow_map(map));
        }
    }
    out.push_str("}\n");
}

/// A value in YAML's flow style.
fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            format!(
                "[{}]",
                items.iter().map(flow).collect::<Vec<_>>().join(", ")
            )
        }
        Value::Object(map) => {
            let items: Vec<String> = map
                .iter()
                .map(|(key, value)| format!("{}: {}", quoted(key), flow(value)))
                .collect();
            format!("{{{}}}", items.join(", "))
        }
        value => value.to_string(),
    }
}

fn flow_map(map: &BTreeMap<String, Value>) -> String {
    let items: Vec<String> = map
        .iter()
        .map(|(key, value)| format!("{}: {}", quoted(key), flow(value)))
        .collect();
    format!("{{{}}}", items.join(", "))
}

/// A YAML double-quoted scalar.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // Not printable in YAML, or taken for a line break or a byte order mark.
            c if c.is_control()
                || matches!(
                    c,
                    '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
                ) =>
            {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
