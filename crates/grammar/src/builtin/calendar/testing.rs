//! A small backtracking matcher over [`Expr`], so that these types are tested without the compiler:
//! all tag sequences of a text, texts at random, and the number of literal characters.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::{Builtin, Expr, Language, Tag, Value, ValueContext, ValueError};

/// Upper bound of literal characters per type, so that its automaton stays small to build.
pub(super) const MAX_LITERALS: usize = 200_000;

/// One type in one language.
pub(super) struct Type {
    pub(super) builtin: Builtin,
    pub(super) language: Language,
    nodes: Vec<Node>,
    root: usize,
    cache: std::cell::RefCell<HashMap<String, Vec<Vec<Tag>>>>,
}

/// An [`Expr`] whose literals are lower case, with the characters that each node may start with.
struct Node {
    kind: Kind,
    /// `None` where the node can match without consuming a character.
    first: Option<Vec<char>>,
}

enum Kind {
    Lit(Vec<char>),
    Seq(Vec<usize>),
    Alt(Vec<usize>),
    Opt(usize),
    Tag(Tag),
}

impl Type {
    pub(super) fn new(builtin: Builtin, language: Language) -> Type {
        let expr = crate::builtin::expr(builtin, language).expect("a type with fixed forms");
        let mut nodes = Vec::new();
        let root = add(&mut nodes, &expr);
        Type {
            builtin,
            language,
            nodes,
            root,
            cache: Default::default(),
        }
    }

    /// Every different tag sequence of the text.
    pub(super) fn parses(&self, text: &str) -> Vec<Vec<Tag>> {
        let text = text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase();
        if let Some(known) = self.cache.borrow().get(&text) {
            return known.clone();
        }
        let chars: Vec<char> = text.chars().collect();
        let mut found = Vec::new();
        self.walk(
            &mut vec![self.root],
            &chars,
            0,
            false,
            &mut Vec::new(),
            &mut found,
        );
        found.sort();
        found.dedup();
        self.cache.borrow_mut().insert(text, found.clone());
        found
    }

    /// The different values of a text on a day.
    pub(super) fn values(&self, text: &str, today: Date) -> Vec<Result<Value, ValueError>> {
        let context = ValueContext::on(today);
        let mut values = Vec::new();
        for tags in self.parses(text) {
            let value =
                crate::builtin::evaluate(self.builtin, self.language, &tags, text, &context);
            if !values.contains(&value) {
                values.push(value);
            }
        }
        values
    }

    /// The one value of a text; panics where there is none or more than one.
    pub(super) fn value(&self, text: &str, today: Date) -> Result<Value, ValueError> {
        let mut values = self.values(text, today);
        assert_eq!(
            values.len(),
            1,
            "{text:?} on {today} in {} {}: {values:?}",
            self.language,
            self.builtin.name()
        );
        values.remove(0)
    }

    /// Expects nodes of `todo` (a stack) from `at` on; `gap` is a boundary not yet consumed.
    fn walk(
        &self,
        todo: &mut Vec<usize>,
        text: &[char],
        at: usize,
        gap: bool,
        tags: &mut Vec<Tag>,
        found: &mut Vec<Vec<Tag>>,
    ) {
        let Some(top) = todo.pop() else {
            if at == text.len() {
                found.push(tags.clone());
            }
            return;
        };
        let node = &self.nodes[top];
        // A boundary may be the node's own.
        let ahead = text.get(at + usize::from(text.get(at) == Some(&' ')));
        let possible = node
            .first
            .as_ref()
            .is_none_or(|first| ahead.is_some_and(|c| first.contains(c)));
        if possible {
            match &node.kind {
                Kind::Tag(tag) => {
                    tags.push(*tag);
                    self.walk(todo, text, at, gap, tags, found);
                    tags.pop();
                }
                Kind::Opt(inner) => {
                    self.walk(todo, text, at, gap, tags, found);
                    todo.push(*inner);
                    self.walk(todo, text, at, gap, tags, found);
                    todo.pop();
                }
                Kind::Alt(parts) => {
                    for &part in parts {
                        todo.push(part);
                        self.walk(todo, text, at, gap, tags, found);
                        todo.pop();
                    }
                }
                Kind::Seq(parts) => {
                    let depth = todo.len();
                    todo.extend(parts.iter().rev());
                    self.walk(todo, text, at, gap, tags, found);
                    todo.truncate(depth);
                }
                Kind::Lit(lit) => {
                    if let Some((at, gap)) = consume(lit, text, at, gap) {
                        self.walk(todo, text, at, gap, tags, found);
                    }
                }
            }
        }
        todo.push(top);
    }

    /// A text of the type, picked by `random`, which gives a number below its argument.
    pub(super) fn sample(&self, random: &mut dyn FnMut(usize) -> usize) -> String {
        let mut text = String::new();
        self.pick(self.root, random, &mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn pick(&self, node: usize, random: &mut dyn FnMut(usize) -> usize, text: &mut String) {
        match &self.nodes[node].kind {
            Kind::Lit(lit) => text.extend(lit),
            Kind::Seq(parts) => parts.iter().for_each(|&part| self.pick(part, random, text)),
            Kind::Alt(parts) => self.pick(parts[random(parts.len())], random, text),
            Kind::Opt(inner) => {
                if random(3) == 0 {
                    self.pick(*inner, random, text);
                }
            }
            Kind::Tag(_) => {}
        }
    }

    pub(super) fn literals(&self) -> usize {
        self.nodes
            .iter()
            .map(|n| {
                if let Kind::Lit(lit) = &n.kind {
                    lit.len()
                } else {
                    0
                }
            })
            .sum()
    }
}

fn consume(lit: &[char], text: &[char], mut at: usize, mut gap: bool) -> Option<(usize, bool)> {
    for &c in lit {
        if c == ' ' {
            gap = true;
            continue;
        }
        // A boundary at the start vanishes.
        if gap && at > 0 {
            if text.get(at) != Some(&' ') {
                return None;
            }
            at += 1;
        }
        gap = false;
        if text.get(at) != Some(&c) {
            return None;
        }
        at += 1;
    }
    Some((at, gap))
}

fn add(nodes: &mut Vec<Node>, expr: &Expr) -> usize {
    let kind = match expr {
        Expr::Lit(text) => Kind::Lit(text.to_lowercase().chars().collect()),
        Expr::Seq(parts) => Kind::Seq(parts.iter().map(|part| add(nodes, part)).collect()),
        Expr::Alt(parts) => {
            assert!(!parts.is_empty(), "an empty alternative");
            Kind::Alt(parts.iter().map(|part| add(nodes, part)).collect())
        }
        Expr::Opt(inner) => Kind::Opt(add(nodes, inner)),
        Expr::Tag(tag) => {
            assert!(tag.0 <= crate::MAX_TAG);
            Kind::Tag(*tag)
        }
        Expr::Perm(_) | Expr::Slot { .. } => panic!("not used by these types"),
    };
    let first = match &kind {
        Kind::Lit(lit) => lit.iter().find(|c| **c != ' ').map(|c| vec![*c]),
        Kind::Seq(parts) => parts
            .iter()
            .try_fold(Vec::new(), |mut all: Vec<char>, &part| {
                // What can be empty contributes nothing here: the whole then has no known start.
                match (&nodes[part].first, all.is_empty()) {
                    (Some(first), true) => {
                        all.extend(first);
                        Some(all)
                    }
                    (None, true) => None,
                    _ => Some(all),
                }
            })
            .filter(|all| !all.is_empty()),
        Kind::Alt(parts) => parts.iter().try_fold(Vec::new(), |mut all, &part| {
            all.extend(nodes[part].first.as_ref()?);
            Some(all)
        }),
        Kind::Opt(_) | Kind::Tag(_) => None,
    };
    let first = first.map(|mut first| {
        first.sort_unstable();
        first.dedup();
        first
    });
    nodes.push(Node { kind, first });
    nodes.len() - 1
}
