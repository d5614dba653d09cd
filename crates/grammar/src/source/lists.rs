//! The lists of a YAML file: named entries, ranges, wildcards.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::Value;

use super::error::GrammarError;
use super::loader::{Fields, Loader};
use super::node::{Data, Node};
use super::range::{InlineRange, check_range};
use super::resolve::{MAX_EXPANDED_NODES, Resolver, Rule, Scope, Syntax, slot_at};
use super::shape::texts;
use super::template;
use super::{Entry, List};
use crate::{Expr, Open};

/// How many texts an entry without `out` may stand for.
pub const MAX_TEXTS_WITHOUT_OUT: usize = 256;

const LIST_KEYS: [&str; 5] = ["values", "range", "wildcard", "description", "metadata"];
const ENTRY_KEYS: [&str; 5] = ["in", "out", "id", "context", "metadata"];
const RANGE_KEYS: [&str; 9] = [
    "from",
    "to",
    "step",
    "multiplier",
    "type",
    "fractions",
    "digits",
    "words",
    "words_language",
];
const RANGE_TYPES: [&str; 3] = ["number", "percentage", "temperature"];

impl From<InlineRange> for List {
    fn from(range: InlineRange) -> List {
        List::Range {
            from: range.from,
            to: range.to,
            step: range.step,
            multiplier: None,
        }
    }
}

/// Reads a list.
pub(super) fn list<'a>(
    loader: &mut Loader<'a>,
    node: &'a Node,
    name: &str,
    rules: &BTreeMap<String, Rule>,
) -> Result<List, GrammarError> {
    let fields = Fields::of(loader, node, "a list", &LIST_KEYS)?;
    let given: Vec<&str> = ["values", "range", "wildcard"]
        .into_iter()
        .filter(|k| fields.get(k).is_some())
        .collect();
    match given.as_slice() {
        [_] => {}
        [] => {
            return loader.error(
                node,
                format!("the list `{name}` does not say what is in it"),
                "give it `values:`, `range:` or `wildcard: true`",
            );
        }
        [first, second, ..] => {
            return loader.error(
                node,
                format!("the list `{name}` has both `{first}` and `{second}`"),
                "keep one of them, or make two lists and name both in a rule: ({a}|{b:a})",
            );
        }
    }
    if let Some(values) = fields.get("values") {
        let mut entries = Vec::new();
        for value in loader.items(values, "values")? {
            entry(loader, value, rules, &mut entries)?;
        }
        return Ok(List::Values(entries));
    }
    if let Some(range) = fields.get("range") {
        return self::range(loader, range);
    }
    let Some(wildcard) = fields.get("wildcard") else {
        return self::wildcard(loader, name, node);
    };
    match &wildcard.data {
        Data::Scalar {
            value: Value::Bool(true),
            ..
        } => Ok(List::Wildcard(Open::default())),
        Data::Scalar { text, .. } if Open::from_name(text).is_some() => {
            Ok(List::Wildcard(Open::from_name(text).unwrap_or_default()))
        }
        _ => self::wildcard(loader, name, wildcard),
    }
}

fn wildcard<'a>(loader: &Loader<'a>, name: &str, node: &'a Node) -> Result<List, GrammarError> {
    let kinds = Open::ALL.map(Open::name).join(", ");
    loader.error(
        node,
        format!("the list `{name}` is a wildcard that is switched off or of an unknown kind"),
        format!("write `wildcard: true` or what it holds ({kinds}), or give the list `values:`"),
    )
}

fn entry<'a>(
    loader: &mut Loader<'a>,
    node: &'a Node,
    rules: &BTreeMap<String, Rule>,
    entries: &mut Vec<Entry>,
) -> Result<(), GrammarError> {
    let (said, out, mut entry) = match &node.data {
        Data::Scalar {
            value: Value::Null, ..
        }
        | Data::Seq(_) => {
            return loader.error(
                node,
                format!("an entry is {}", node.kind()),
                "write a text, or a mapping with `in:` and `out:`",
            );
        }
        Data::Scalar { text, value, .. } => {
            let out = match value {
                Value::Number(number) => Value::Number(number.clone()),
                _ => Value::from(text.as_str()),
            };
            (node, (!is_template(text)).then_some(out), empty_entry())
        }
        Data::Map(_) => {
            let fields = Fields::of(loader, node, "an entry", &ENTRY_KEYS)?;
            let Some(said) = fields.get("in") else {
                return loader.error(
                    node,
                    "the entry has no `in`",
                    "add `in:` with what may be said",
                );
            };
            let plain = said
                .text()
                .filter(|text| !is_template(text))
                .map(Value::from);
            let out = fields
                .get("out")
                .filter(|out| !out.is_null())
                .map(Node::json)
                .or(plain);
            let id = match fields.get("id").filter(|id| !id.is_null()) {
                None => None,
                Some(id) => match id.text() {
                    Some(text) => Some(text.to_owned()),
                    None => {
                        return loader.error(
                            id,
                            "the id is no text",
                            "write a single word or number",
                        );
                    }
                },
            };
            let entry = Entry {
                id,
                context: loader.values(fields.get("context"), "context")?,
                metadata: loader.values(fields.get("metadata"), "metadata")?,
                ..empty_entry()
            };
            (said, out, entry)
        }
    };
    let (_, template) = loader.template(said, "what an entry says")?;
    let say = phrase(&template, rules, &mut loader.budget)
        .map_err(|error| loader.files.template_error(said, error))?;
    match out {
        Some(_) if say.can_be_empty() => {
            let hint = "make at least one word obligatory";
            let error =
                template::TemplateError::new(0, "every word of the entry can be left out", hint);
            return Err(loader.files.template_error(said, error));
        }
        Some(out) => {
            entry.say = say;
            entry.out = out;
            entries.push(entry);
        }
        // hassil gives back what was heard; so each text becomes an entry that says so.
        None => {
            let Some(texts) = texts(&say, MAX_TEXTS_WITHOUT_OUT) else {
                return loader.error(
                    said,
                    format!("the entry has no `out` and more than {MAX_TEXTS_WITHOUT_OUT} texts"),
                    "say with `out:` what comes out for all of them",
                );
            };
            let mut seen = BTreeSet::new();
            for text in texts {
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if !text.is_empty() && seen.insert(text.clone()) {
                    entries.push(Entry {
                        say: Expr::Lit(text.clone()),
                        out: Value::from(text),
                        ..entry.clone()
                    });
                }
            }
        }
    }
    Ok(())
}

fn empty_entry() -> Entry {
    Entry {
        say: Expr::Seq(Vec::new()),
        out: Value::Null,
        id: None,
        context: BTreeMap::new(),
        metadata: BTreeMap::new(),
    }
}

/// hassil takes an entry for a template if it holds one of these.
fn is_template(text: &str) -> bool {
    text.contains(['(', '[', '{', '<', '|'])
}

/// The expression of a template that may use rules but no lists.
fn phrase(
    node: &template::Node,
    rules: &BTreeMap<String, Rule>,
    budget: &mut usize,
) -> Result<Expr, template::TemplateError> {
    if let Some(at) = slot_at(node, rules) {
        return template::fail(
            at,
            "an entry of a list refers to a list",
            "write the texts out, or use the other list in the sentence",
        );
    }
    let (local_rules, lists, local_lists) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
    let scope = Scope {
        rules,
        local_rules: &local_rules,
        lists: &lists,
        local_lists: &local_lists,
        syntax: Syntax::Hassil,
    };
    let mut ranges = BTreeMap::new();
    Resolver::new(scope, budget, &mut ranges)
        .sentence(0, node)
        .map_err(|(_, error)| {
            // Errors inside a rule are shown at the entry that uses it.
            template::TemplateError { at: 0, ..error }
        })
}

fn range<'a>(loader: &mut Loader<'a>, node: &'a Node) -> Result<List, GrammarError> {
    let fields = Fields::of(loader, node, "a range", &RANGE_KEYS)?;
    let number = |name: &str, default: Option<i64>| -> Result<i64, GrammarError> {
        let Some(value) = fields.get(name) else {
            return match default {
                Some(value) => Ok(value),
                None => loader.error(
                    node,
                    format!("the range has no `{name}`"),
                    "a range needs `from:` and `to:`, both whole numbers",
                ),
            };
        };
        match value.text().and_then(|text| text.parse().ok()) {
            Some(value) => Ok(value),
            None => loader.error(
                value,
                format!("`{name}` is no whole number"),
                "write digits only",
            ),
        }
    };
    let range = InlineRange {
        from: number("from", None)?,
        to: number("to", None)?,
        step: number("step", Some(1))?,
    };
    let refused = |message: String| {
        let hint = "write the smaller number as `from`, a step of at least 1, and a multiplier such as 0.01";
        loader.error(node, message, hint)
    };
    if let Err(message) = check_range(range, None) {
        return refused(message);
    }
    let multiplier = match fields.get("multiplier").filter(|node| !node.is_null()) {
        None => None,
        Some(value) => {
            let text = value.text().unwrap_or_default();
            match Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)) {
                Ok(multiplier) => Some(multiplier),
                Err(_) => {
                    return loader.error(
                        value,
                        "the multiplier is no decimal number",
                        "write it like 0.01, with a point",
                    );
                }
            }
        }
    };
    if let Err(message) = check_range(range, multiplier) {
        return refused(message);
    }
    if let Some(kind) = fields.get("type")
        && !kind.text().is_some_and(|text| RANGE_TYPES.contains(&text))
    {
        return loader.error(
            kind,
            "the range's type is not known",
            format!("the types are {}", RANGE_TYPES.join(", ")),
        );
    }
    if let Some(ignored) = fields.get("fractions").filter(|node| !node.is_null()) {
        loader.note(
            ignored,
            "`fractions` is not used: only whole numbers of the range are understood; \
             {@number} and {@percentage} understand decimals",
        );
    }
    for name in ["digits", "words"] {
        if let Some(node) = fields.get(name)
            && matches!(
                &node.data,
                Data::Scalar {
                    value: Value::Bool(false),
                    ..
                }
            )
        {
            loader.note(
                node,
                format!("`{name}` is not used: numbers are understood in digits and in words"),
            );
        }
    }
    if let Some(node) = fields.get("words_language") {
        loader.note(
            node,
            "`words_language` is not used: number words are those of the file's language",
        );
    }
    Ok(List::Range {
        from: range.from,
        to: range.to,
        step: range.step,
        multiplier,
    })
}

/// A phrase that comes from no file.
pub(super) fn parse_phrase(text: &str) -> Result<Expr, GrammarError> {
    let (rules, mut budget) = (BTreeMap::new(), MAX_EXPANDED_NODES);
    template::parse(text)
        .and_then(|node| phrase(&node, &rules, &mut budget))
        .and_then(|say| match say.can_be_empty() {
            true => template::fail(
                0,
                "every word of the template can be left out",
                "make at least one word obligatory",
            ),
            false => Ok(say),
        })
        .map_err(|error| {
            let before = text.get(..error.at).unwrap_or_default();
            let line_start = before.rfind('\n').map_or(0, |at| at + 1);
            GrammarError {
                file: String::new(),
                line: before.matches('\n').count() + 1,
                column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
                message: error.message,
                hint: error.hint,
            }
        })
}
