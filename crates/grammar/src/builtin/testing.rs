//! A small backtracking matcher over expressions, so that the built-in types are tested without the
//! automaton. Texts match whatever their case; word boundaries collapse.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::{Builtin, Expr, Language, Tag, Value, ValueContext, ValueError};

/// What remains to be matched: a list that shares its tail.
#[derive(Clone, Copy)]
struct Todo<'a> {
    expr: &'a Expr,
    next: Option<&'a Todo<'a>>,
}

struct Matcher<'t> {
    text: Vec<char>,
    tags: Vec<Tag>,
    found: &'t mut Vec<Vec<Tag>>,
}

impl Matcher<'_> {
    /// `boundary`: a word boundary was passed and not yet read.
    fn run(&mut self, todo: Option<&Todo<'_>>, at: usize, boundary: bool) {
        let Some(Todo { expr, next }) = todo else {
            if at == self.text.len() {
                self.found.push(self.tags.clone());
            }
            return;
        };
        match expr {
            Expr::Lit(text) => {
                let (mut at, mut boundary) = (at, boundary);
                for c in text.chars().flat_map(char::to_lowercase) {
                    if c == ' ' {
                        boundary = at > 0;
                        continue;
                    }
                    if std::mem::take(&mut boundary) {
                        if self.text.get(at) != Some(&' ') {
                            return;
                        }
                        at += 1;
                    }
                    if self.text.get(at) != Some(&c) {
                        return;
                    }
                    at += 1;
                }
                self.run(*next, at, boundary);
            }
            Expr::Tag(tag) => {
                self.tags.push(*tag);
                self.run(*next, at, boundary);
                self.tags.pop();
            }
            Expr::Seq(parts) => self.sequence(parts, *next, at, boundary),
            Expr::Alt(forms) => {
                for expr in forms {
                    self.run(Some(&Todo { expr, next: *next }), at, boundary);
                }
            }
            Expr::Opt(expr) => {
                self.run(Some(&Todo { expr, next: *next }), at, boundary);
                self.run(*next, at, boundary);
            }
            Expr::Perm(_) | Expr::Slot { .. } => panic!("not used by built-in types"),
        }
    }

    fn sequence(&mut self, parts: &[Expr], next: Option<&Todo<'_>>, at: usize, boundary: bool) {
        match parts.split_last() {
            None => self.run(next, at, boundary),
            Some((expr, before)) => {
                let todo = Todo { expr, next };
                self.sequence(before, Some(&todo), at, boundary);
            }
        }
    }
}

/// The tags of every path of an expression that reads a text; different ones only.
pub(super) fn paths(expr: &Expr, text: &str) -> Vec<Vec<Tag>> {
    let text = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    let mut found = Vec::new();
    let mut matcher = Matcher {
        text: text.chars().collect(),
        tags: Vec::new(),
        found: &mut found,
    };
    matcher.run(Some(&Todo { expr, next: None }), 0, false);
    found.sort();
    found.dedup();
    found
}

/// Every different value, or error, that a text can be read as.
pub(super) fn readings(
    builtin: Builtin,
    language: Language,
    expr: &Expr,
    text: &str,
) -> Vec<Result<Value, ValueError>> {
    let context = ValueContext::on(jiff::civil::date(2026, 3, 2));
    let mut values = Vec::new();
    for tags in paths(expr, text) {
        let value = super::evaluate(builtin, language, &tags, text, &context);
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// The one value of a text, an error, or `None` where it is not read at all. Panics where a text has
/// several.
pub(super) fn read(
    builtin: Builtin,
    language: Language,
    text: &str,
) -> Option<Result<Value, ValueError>> {
    let mut values = readings(builtin, language, &cached(builtin, language), text);
    assert!(values.len() <= 1, "{text:?} is ambiguous: {values:?}");
    values.pop()
}

/// A type's expression, made once a thread.
pub(super) fn cached(builtin: Builtin, language: Language) -> Rc<Expr> {
    thread_local! {
        static MADE: RefCell<HashMap<(Builtin, Language), Rc<Expr>>> = RefCell::default();
    }
    MADE.with_borrow_mut(|made| {
        let make = || Rc::new(super::expr(builtin, language).expect("a type with fixed forms"));
        made.entry((builtin, language)).or_insert_with(make).clone()
    })
}

/// A text of an expression, by random choices.
pub(super) fn sample(expr: &Expr, choose: &mut dyn FnMut(usize) -> usize) -> String {
    let mut text = String::new();
    write_sample(expr, choose, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write_sample(expr: &Expr, choose: &mut dyn FnMut(usize) -> usize, text: &mut String) {
    match expr {
        Expr::Lit(words) => text.push_str(words),
        Expr::Tag(_) => {}
        Expr::Seq(parts) => parts
            .iter()
            .for_each(|part| write_sample(part, choose, text)),
        Expr::Alt(forms) => write_sample(&forms[choose(forms.len())], choose, text),
        Expr::Opt(inner) => {
            if choose(2) == 1 {
                write_sample(inner, choose, text);
            }
        }
        Expr::Perm(_) | Expr::Slot { .. } => panic!("not used by built-in types"),
    }
}

/// How many characters the literals of an expression have together.
pub(super) fn size(expr: &Expr) -> usize {
    match expr {
        Expr::Lit(text) => text.chars().count(),
        Expr::Tag(_) | Expr::Slot { .. } => 0,
        Expr::Seq(parts) | Expr::Alt(parts) | Expr::Perm(parts) => parts.iter().map(size).sum(),
        Expr::Opt(inner) => size(inner),
    }
}
