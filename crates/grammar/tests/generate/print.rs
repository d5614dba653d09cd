//! A generated grammar as a file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::{Entry, Grammar, List, Out, Piece, Range};

impl Piece {
    pub fn template(&self) -> String {
        let all = |parts: &[Piece], between: &str| {
            let parts: Vec<String> = parts.iter().map(Piece::template).collect();
            parts.join(between)
        };
        match self {
            Piece::Words(text) => text.clone(),
            Piece::Seq(parts) => all(parts, " "),
            Piece::Glued(parts) => all(parts, ""),
            Piece::Alt(parts) => format!("({})", all(parts, "|")),
            Piece::Opt(inner) => format!("[{}]", inner.template()),
            Piece::Perm(parts) => format!("({})", all(parts, ";")),
            Piece::Rule(name) => format!("<{name}>"),
            Piece::Slot { list, slot } if list == slot => format!("{{{list}}}"),
            Piece::Slot { list, slot } => format!("{{{list}:{slot}}}"),
            Piece::Range { range, slot } => {
                let Range { from, to, step, .. } = range;
                match step {
                    1 => format!("{{{from}..{to}:{slot}}}"),
                    _ => format!("{{{from}..{to},{step}:{slot}}}"),
                }
            }
            Piece::Builtin { builtin, slot } => format!("{{{}:{slot}}}", builtin.name()),
        }
    }
}

impl Grammar {
    /// The file. Values are written in YAML's flow style, which is JSON.
    pub fn yaml(&self) -> String {
        let mut out = format!("language: {}\nintents:\n", self.language);
        let mut last = None;
        for (index, (intent, block)) in self.blocks.iter().enumerate() {
            if last != Some(intent) {
                let _ = writeln!(out, "  {intent}:\n    data:");
            }
            last = Some(intent);
            let sentences: Vec<String> = block.sentences.iter().map(Piece::template).collect();
            let _ = writeln!(out, "      - sentences: {}", json!(sentences));
            let _ = writeln!(out, "        slots: {}", json!({ "block": index }));
            for (key, values) in [
                ("requires_context", &block.requires),
                ("excludes_context", &block.excludes),
                ("metadata", &block.metadata),
            ] {
                if !values.is_empty() {
                    let _ = writeln!(out, "        {key}: {}", json!(values));
                }
            }
            if !block.rules.is_empty() {
                let _ = writeln!(out, "        expansion_rules: {}", rules(&block.rules));
            }
            if !block.lists.is_empty() {
                let _ = writeln!(out, "        lists: {}", lists(&block.lists));
            }
        }
        let _ = writeln!(out, "lists: {}", lists(&self.lists));
        let _ = writeln!(out, "expansion_rules: {}", rules(&self.rules));
        let skip_words: Vec<String> = self.skip_words.iter().map(Piece::template).collect();
        let _ = writeln!(out, "skip_words: {}", json!(skip_words));
        out
    }
}

fn rules(rules: &BTreeMap<String, Piece>) -> Json {
    rules
        .iter()
        .map(|(name, body)| (name.clone(), Json::from(body.template())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn lists(lists: &BTreeMap<String, List>) -> Json {
    lists
        .iter()
        .map(|(name, list)| (name.clone(), self::list(list)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn list(list: &List) -> Json {
    match list {
        List::Wildcard => json!({ "wildcard": true }),
        List::Values(entries) => {
            let values: Vec<Json> = entries.iter().map(entry).collect();
            json!({ "values": values })
        }
        List::Range(range) => {
            let mut fields = json!({ "from": range.from, "to": range.to });
            if range.step != 1 {
                fields["step"] = json!(range.step);
            }
            if let Some(multiplier) = range.multiplier {
                fields["multiplier"] = json!(multiplier);
            }
            json!({ "range": fields })
        }
    }
}

fn entry(entry: &Entry) -> Json {
    let say = entry.say.template();
    let mut fields = json!({ "in": say });
    match &entry.out {
        Out::Plain => return json!(say),
        Out::Said => {}
        Out::Given(out) => fields["out"] = out.clone(),
    }
    if let Some(id) = &entry.id {
        fields["id"] = json!(id);
    }
    for (key, values) in [("context", &entry.context), ("metadata", &entry.metadata)] {
        if !values.is_empty() {
            fields[key] = json!(values);
        }
    }
    fields
}
