//! Building expressions in one canonical shape, so that two ways of writing the same thing give
//! equal expressions and a printed template parses back to what it was printed from.

use crate::Expr;

/// One after the other: nested sequences flattened, neighbouring literals joined, runs of spaces
/// made single.
pub(super) fn seq_of(parts: impl IntoIterator<Item = Expr>) -> Expr {
    let mut out = Vec::new();
    for part in parts {
        push(&mut out, part);
    }
    match out.len() {
        1 => out.remove(0),
        _ => Expr::Seq(out),
    }
}

fn push(out: &mut Vec<Expr>, part: Expr) {
    match part {
        Expr::Seq(parts) => parts.into_iter().for_each(|part| push(out, part)),
        Expr::Lit(text) if text.is_empty() => {}
        Expr::Lit(text) => match out.last_mut() {
            Some(Expr::Lit(before)) if before.ends_with(' ') => before.push_str(text.trim_start()),
            Some(Expr::Lit(before)) => before.push_str(&text),
            _ => out.push(Expr::Lit(text)),
        },
        part => out.push(part),
    }
}

/// True for the empty text alone.
pub(super) fn is_empty(expr: &Expr) -> bool {
    matches!(expr, Expr::Seq(parts) if parts.is_empty())
}

/// One of these: nested choices flattened, an empty one made an option.
pub(super) fn alt_of(parts: impl IntoIterator<Item = Expr>) -> Expr {
    let mut out = Vec::new();
    let mut optional = false;
    for part in parts {
        match part {
            Expr::Alt(parts) => out.extend(parts),
            Expr::Opt(inner) => {
                optional = true;
                match *inner {
                    Expr::Alt(parts) => out.extend(parts),
                    inner => out.push(inner),
                }
            }
            part if is_empty(&part) => optional = true,
            part => out.push(part),
        }
    }
    let choice = match out.len() {
        0 => return Expr::Seq(Vec::new()),
        1 => out.remove(0),
        _ => Expr::Alt(out),
    };
    if optional { opt_of(choice) } else { choice }
}

/// This or nothing.
pub(super) fn opt_of(inner: Expr) -> Expr {
    match inner {
        inner @ Expr::Opt(_) => inner,
        inner if is_empty(&inner) => inner,
        inner => Expr::Opt(Box::new(inner)),
    }
}

/// All of these in any order.
pub(super) fn perm_of(parts: impl IntoIterator<Item = Expr>) -> Expr {
    let mut out: Vec<Expr> = parts.into_iter().filter(|part| !is_empty(part)).collect();
    match out.len() {
        0 => Expr::Seq(out),
        1 => out.remove(0),
        _ => Expr::Perm(out),
    }
}

/// How many nodes an expression has, and how deep they nest.
pub(super) fn measure(expr: &Expr) -> (usize, usize) {
    let many = |parts: &[Expr]| {
        parts
            .iter()
            .map(measure)
            .fold((1, 1), |(size, depth), (s, d)| (size + s, depth.max(d + 1)))
    };
    match expr {
        Expr::Lit(_) | Expr::Tag(_) | Expr::Slot { .. } => (1, 1),
        Expr::Seq(parts) | Expr::Alt(parts) | Expr::Perm(parts) => many(parts),
        Expr::Opt(inner) => {
            let (size, depth) = measure(inner);
            (size + 1, depth + 1)
        }
    }
}

/// Every text of an expression without slots, in the order of its alternatives; `None` if there are
/// more than `limit`.
pub(super) fn texts(expr: &Expr, limit: usize) -> Option<Vec<String>> {
    let joined = |left: &[String], right: &[String]| {
        if left.len().saturating_mul(right.len()) > limit {
            return None;
        }
        Some(
            left.iter()
                .flat_map(|l| right.iter().map(move |r| format!("{l}{r}")))
                .collect(),
        )
    };
    let found: Vec<String> = match expr {
        Expr::Lit(text) => vec![text.clone()],
        Expr::Tag(_) => vec![String::new()],
        Expr::Slot { .. } => return None,
        Expr::Seq(parts) => {
            let mut all = vec![String::new()];
            for part in parts {
                all = joined(&all, &texts(part, limit)?)?;
            }
            all
        }
        Expr::Alt(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(texts(part, limit)?);
            }
            all
        }
        Expr::Opt(inner) => {
            let mut all = texts(inner, limit)?;
            all.push(String::new());
            all
        }
        Expr::Perm(parts) => {
            if parts.len() > 5 {
                return None;
            }
            let mut all = Vec::new();
            for (i, first) in parts.iter().enumerate() {
                let rest = parts
                    .iter()
                    .enumerate()
                    .filter(|(j, _)| *j != i)
                    .map(|(_, p)| p.clone());
                let rest = perm_of(rest);
                let mut head = texts(first, limit)?;
                if !is_empty(&rest) {
                    head.iter_mut().for_each(|text| text.push(' '));
                }
                all.extend(joined(&head, &texts(&rest, limit)?)?);
                if all.len() > limit {
                    return None;
                }
            }
            all
        }
    };
    (found.len() <= limit).then_some(found)
}
