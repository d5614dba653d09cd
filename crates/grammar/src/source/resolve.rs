//! Following the references of parsed templates: rules are put in place, lists looked up.

use std::collections::{BTreeMap, BTreeSet};

use super::error::did_you_mean;
use super::range::InlineRange;
use super::shape::{alt_of, is_empty, measure, opt_of, perm_of, seq_of};
use super::template::{Node, TemplateError, fail};
use crate::{Builtin, Expr};

/// The most nodes that all sentences and rules of a grammar may have once rules are in place.
pub const MAX_EXPANDED_NODES: usize = 1_000_000;
/// How many rules may refer to each other in a chain.
pub const MAX_RULE_CHAIN: usize = 64;
/// How deep groups may nest once rules are in place.
pub const MAX_EXPANDED_DEPTH: usize = 128;

/// Where a template was written, for errors in it.
pub(super) type Origin = usize;

/// An error in the template of an origin.
pub(super) type Located = (Origin, TemplateError);

/// A rule as it was written.
#[derive(Debug)]
pub(super) struct Rule {
    pub origin: Origin,
    pub body: Node,
}

/// What references may refer to.
pub(super) struct Scope<'a> {
    /// Rules of the whole file.
    pub rules: &'a BTreeMap<String, Rule>,
    /// Rules of this group of sentences, which go before those of the file, also inside them.
    pub local_rules: &'a BTreeMap<String, Rule>,
    /// Lists of the whole file, and those that come from outside.
    pub lists: &'a BTreeSet<String>,
    /// Lists of this group of sentences, and the names that they have in the grammar.
    pub local_lists: &'a BTreeMap<String, String>,
    /// How a reference to a rule is written: `<` … `>` or Rhino's `@`.
    pub syntax: Syntax,
}

/// How references are written in the file's format, for messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Hassil,
    Rhino,
}

impl Syntax {
    fn rule(self, name: &str) -> String {
        match self {
            Syntax::Hassil => format!("<{name}>"),
            Syntax::Rhino => format!("@{name}"),
        }
    }

    fn list(self, name: &str) -> String {
        match self {
            Syntax::Hassil => format!("{{{name}}}"),
            Syntax::Rhino => format!("${name}"),
        }
    }
}

/// Turns templates into expressions, remembering rules that are already resolved.
pub(super) struct Resolver<'a> {
    scope: Scope<'a>,
    done: BTreeMap<String, Expr>,
    /// The rules being resolved, outermost first.
    chain: Vec<String>,
    /// Nodes left before the grammar is too large.
    budget: &'a mut usize,
    /// The inline ranges that were met.
    ranges: &'a mut BTreeMap<String, InlineRange>,
}

impl<'a> Resolver<'a> {
    pub fn new(
        scope: Scope<'a>,
        budget: &'a mut usize,
        ranges: &'a mut BTreeMap<String, InlineRange>,
    ) -> Self {
        Resolver {
            scope,
            done: BTreeMap::new(),
            chain: Vec::new(),
            budget,
            ranges,
        }
    }

    /// The expression of a sentence, which must hold something.
    pub fn sentence(&mut self, origin: Origin, node: &Node) -> Result<Expr, Located> {
        let expr = self.node(origin, node)?;
        if is_empty(&expr) || matches!(&expr, Expr::Lit(_)) && expr.can_be_empty() {
            let hint = "write words; punctuation alone is never said";
            return fail(0, "nothing of the template can be said", hint).map_err(|e| (origin, e));
        }
        self.spend(origin, 0, &expr)?;
        Ok(expr)
    }

    /// As [`Resolver::sentence`], of something that must not be left out.
    pub fn obligatory(&mut self, origin: Origin, node: &Node) -> Result<Expr, Located> {
        let expr = self.sentence(origin, node)?;
        if expr.can_be_wordless() {
            let hint = "make at least one word obligatory; punctuation alone is never said";
            return fail(0, "every word of the template can be left out", hint)
                .map_err(|e| (origin, e));
        }
        Ok(expr)
    }

    /// What is wrong with the rules of the whole file, each by itself: at most `limit` references
    /// that a sentence may mend by defining rules or lists of its own.
    ///
    /// # Errors
    /// The first mistake that no sentence can mend.
    pub fn check_rules(&mut self, limit: usize) -> Result<Vec<Located>, Located> {
        let mut found = Vec::new();
        let rules = self.scope.rules;
        for (name, rule) in rules {
            match self.rule(rule.origin, name, 0) {
                Ok(_) => {}
                Err(located) if !located.1.undefined => return Err(located),
                Err(located) if found.len() < limit && !found.contains(&located) => {
                    found.push(located);
                }
                Err(_) => {}
            }
        }
        Ok(found)
    }

    /// Takes an expression's size off the budget, and refuses what is too large or too deep.
    fn spend(&mut self, origin: Origin, at: usize, expr: &Expr) -> Result<(), Located> {
        let (size, depth) = measure(expr);
        self.check_size(origin, at, size, depth)?;
        *self.budget -= size;
        Ok(())
    }

    fn check_size(
        &self,
        origin: Origin,
        at: usize,
        size: usize,
        depth: usize,
    ) -> Result<(), Located> {
        let refused = if size > *self.budget {
            format!("the sentences grow beyond {MAX_EXPANDED_NODES} parts once rules are in place")
        } else if depth > MAX_EXPANDED_DEPTH {
            format!("groups nest deeper than {MAX_EXPANDED_DEPTH} once rules are in place")
        } else {
            return Ok(());
        };
        fail(
            at,
            refused,
            "let rules refer to fewer other rules, or turn word lists into {lists}",
        )
        .map_err(|error| (origin, error))
    }

    fn node(&mut self, origin: Origin, node: &Node) -> Result<Expr, Located> {
        Ok(match node {
            Node::Text(text) => Expr::Lit(text.clone()),
            Node::Seq(parts) => seq_of(self.nodes(origin, parts)?),
            Node::Alt(parts) => alt_of(self.nodes(origin, parts)?),
            Node::Opt(inner) => opt_of(self.node(origin, inner)?),
            Node::Perm(parts) => perm_of(self.nodes(origin, parts)?),
            Node::Range { range, slot, .. } => {
                let list = range.name();
                self.ranges.insert(list.clone(), *range);
                Expr::Slot {
                    list,
                    slot: slot.clone(),
                }
            }
            Node::List {
                list,
                slot,
                capture,
                at,
            } => {
                let list = self.list(list, *capture).map_err(|(message, hint)| {
                    (
                        origin,
                        TemplateError {
                            at: *at,
                            message,
                            hint,
                            undefined: true,
                        },
                    )
                })?;
                Expr::Slot {
                    list,
                    slot: slot.clone(),
                }
            }
            Node::Rule { name, at } => self.rule(origin, name, *at)?,
        })
    }

    fn nodes(&mut self, origin: Origin, nodes: &[Node]) -> Result<Vec<Expr>, Located> {
        let mut out = Vec::with_capacity(nodes.len());
        let mut size = 0;
        for node in nodes {
            let expr = self.node(origin, node)?;
            // Checked part by part: a template that refers to one huge rule a thousand times must
            // not be built before it is refused.
            size += measure(&expr).0;
            self.check_size(origin, reference_at(node), size, 0)?;
            out.push(expr);
        }
        Ok(out)
    }

    /// The name in the grammar of a list that a template names, or what is wrong and how to mend it.
    fn list(&self, name: &str, capture: bool) -> Result<String, (String, String)> {
        if let Some(name) = self.scope.local_lists.get(name) {
            return Ok(name.clone());
        }
        if let Some(own) = name.strip_prefix('@')
            && Builtin::from_name(name).is_some()
            && (self.scope.local_lists.contains_key(own) || self.scope.lists.contains(own))
        {
            return Err((
                format!("{{{name}}} is a built-in type, and there is also a list `{own}`"),
                format!("write {{{own}}} where the list is meant, or give the list another name"),
            ));
        }
        if self.scope.lists.contains(name) || Builtin::from_name(name).is_some() {
            return Ok(name.to_owned());
        }
        let syntax = self.scope.syntax;
        let builtin = capture.then(|| {
            let names = Builtin::ALL.map(Builtin::name);
            let wrong = format!("@{name}");
            super::error::nearest(&wrong, names).map(|near| format!("did you mean {{{near}}}?"))
        });
        let known = self.scope.local_lists.keys().chain(self.scope.lists);
        let hint = match builtin {
            Some(Some(hint)) => hint,
            Some(None) => format!(
                "built-in types are {}; other lists are defined under `lists:`",
                Builtin::ALL.map(Builtin::name).join(", ")
            ),
            None => did_you_mean(
                name,
                known.map(String::as_str),
                |name| syntax.list(name),
                || match syntax {
                    Syntax::Hassil => format!(
                        "define `{name}:` under `lists:`, or name it as a list that comes from the catalog"
                    ),
                    Syntax::Rhino => format!("define `{name}:` under `slots:`"),
                },
            ),
        };
        let shown = if capture {
            format!("{{@{name}}}")
        } else {
            syntax.list(name)
        };
        Err((format!("the list {shown} is not defined"), hint))
    }

    fn rule(&mut self, origin: Origin, name: &str, at: usize) -> Result<Expr, Located> {
        if let Some(expr) = self.done.get(name) {
            return Ok(expr.clone());
        }
        let syntax = self.scope.syntax;
        let error = |message: String, hint: String, undefined: bool| {
            Err((
                origin,
                TemplateError {
                    at,
                    message,
                    hint,
                    undefined,
                },
            ))
        };
        if let Some(start) = self.chain.iter().position(|open| open == name) {
            let cycle: Vec<String> = self
                .chain
                .iter()
                .skip(start)
                .map(String::as_str)
                .chain([name])
                .map(|name| syntax.rule(name))
                .collect();
            return error(
                format!("rules refer to themselves: {}", cycle.join(" → ")),
                "templates cannot repeat without end; remove one of these references".into(),
                false,
            );
        }
        if self.chain.len() >= MAX_RULE_CHAIN {
            return error(
                format!("more than {MAX_RULE_CHAIN} rules refer to each other in a chain"),
                "put some of these rules' text directly into the rules that use it".into(),
                false,
            );
        }
        let (local, global) = (self.scope.local_rules, self.scope.rules);
        let Some(rule) = local.get(name).or_else(|| global.get(name)) else {
            return error(
                format!("the rule {} is not defined", syntax.rule(name)),
                did_you_mean(
                    name,
                    local.keys().chain(global.keys()).map(String::as_str),
                    |name| syntax.rule(name),
                    || match syntax {
                        Syntax::Hassil => format!("define `{name}:` under `expansion_rules:`"),
                        Syntax::Rhino => format!("define `{name}:` under `macros:`"),
                    },
                ),
                true,
            );
        };
        self.chain.push(name.to_owned());
        let expr = self.node(rule.origin, &rule.body);
        self.chain.pop();
        let expr = expr?;
        self.spend(origin, at, &expr)?;
        self.done.insert(name.to_owned(), expr.clone());
        Ok(expr)
    }
}

/// Where a template refers to a list, itself or through one of the rules.
pub(super) fn slot_at(node: &Node, rules: &BTreeMap<String, Rule>) -> Option<usize> {
    fn look<'a>(
        node: &'a Node,
        rules: &'a BTreeMap<String, Rule>,
        seen: &mut BTreeSet<&'a str>,
        chain: usize,
    ) -> Option<usize> {
        match node {
            Node::Text(_) => None,
            Node::List { at, .. } | Node::Range { at, .. } => Some(*at),
            Node::Opt(inner) => look(inner, rules, seen, chain),
            Node::Seq(parts) | Node::Alt(parts) | Node::Perm(parts) => {
                parts.iter().find_map(|part| look(part, rules, seen, chain))
            }
            // Longer chains are refused when the template is resolved.
            Node::Rule { name, at } if chain < MAX_RULE_CHAIN && seen.insert(name) => {
                look(&rules.get(name)?.body, rules, seen, chain + 1).map(|_| *at)
            }
            Node::Rule { .. } => None,
        }
    }
    look(node, rules, &mut BTreeSet::new(), 0)
}

/// Where a node's reference stands, for errors about it.
fn reference_at(node: &Node) -> usize {
    match node {
        Node::Rule { at, .. } | Node::List { at, .. } => *at,
        Node::Seq(parts) | Node::Alt(parts) | Node::Perm(parts) => {
            parts.iter().map(reference_at).max().unwrap_or(0)
        }
        Node::Opt(inner) => reference_at(inner),
        _ => 0,
    }
}
