//! Grammar fragments before compilation: a small algebra that templates, lists and built-in slot
//! types are all written in, and that [`crate::net`] compiles to an automaton.

use crate::marks::is_unit_sign;

/// A semantic mark on a path. It consumes no text; the marks of a matched path, in order, are what
/// a slot's value is computed from. What a number means is known only to whoever emitted it (a
/// built-in type, or a list, which uses it as the index of the entry).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(pub u32);

/// The largest tag number; a compiled symbol keeps the upper bits for its own kind.
pub const MAX_TAG: u32 = (1 << 28) - 1;

/// A set of texts, each with the tags that its path emits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expr {
    /// Exactly this text. A run of white space stands for one word boundary; boundaries at the
    /// ends of a sentence, and doubled ones that optional words leave behind, vanish at compilation.
    Lit(String),
    /// One after the other. The empty sequence is the empty text.
    Seq(Vec<Expr>),
    /// One of these. Must not be empty.
    Alt(Vec<Expr>),
    /// This or nothing.
    Opt(Box<Expr>),
    /// All of these in any order, each exactly once, with a word boundary between them.
    Perm(Vec<Expr>),
    /// Emits a tag.
    Tag(Tag),
    /// A slot filled by a named list or built-in type.
    Slot {
        /// The list's name, `"@money"` for a built-in type.
        list: String,
        /// The slot that receives the value.
        slot: String,
    },
}

impl Expr {
    /// The expressions that this one is made of.
    fn parts(&self) -> &[Expr] {
        match self {
            Expr::Lit(_) | Expr::Tag(_) | Expr::Slot { .. } => &[],
            Expr::Opt(inner) => std::slice::from_ref(inner),
            Expr::Seq(parts) | Expr::Alt(parts) | Expr::Perm(parts) => parts,
        }
    }

    /// Whether this holds for the expression or for anything in it.
    pub(crate) fn any(&self, holds: &mut dyn FnMut(&Expr) -> bool) -> bool {
        holds(self) || self.parts().iter().any(|part| part.any(holds))
    }

    /// Whether it holds a slot.
    pub(crate) fn has_slot(&self) -> bool {
        self.any(&mut |expr| matches!(expr, Expr::Slot { .. }))
    }

    /// Whether it can be left out entirely.
    pub(crate) fn can_be_empty(&self) -> bool {
        self.can_lack(|c| !c.is_whitespace())
    }

    /// Whether it can be said without a word: left out, or punctuation alone, which matching passes
    /// over.
    pub(crate) fn can_be_wordless(&self) -> bool {
        self.can_lack(makes_words)
    }

    /// Whether one of its texts has no character of a kind.
    fn can_lack(&self, kind: fn(char) -> bool) -> bool {
        match self {
            Expr::Lit(text) => !text.chars().any(kind),
            Expr::Seq(parts) | Expr::Perm(parts) => parts.iter().all(|part| part.can_lack(kind)),
            Expr::Alt(parts) => parts.iter().any(|part| part.can_lack(kind)),
            Expr::Opt(_) | Expr::Tag(_) => true,
            Expr::Slot { .. } => false,
        }
    }

    /// Whether expressions nest deeper in it than `limit`.
    pub(crate) fn nests_deeper(&self, limit: usize) -> bool {
        let Some(left) = limit.checked_sub(1) else {
            return true;
        };
        self.parts().iter().any(|part| part.nests_deeper(left))
    }
}

/// Letters, digits and the signs that are read aloud; other characters only part or join words.
fn makes_words(c: char) -> bool {
    c.is_alphanumeric() || is_unit_sign(c) || matches!(c, '&' | '+' | '@' | '§')
}

/// Text.
pub fn lit(text: impl Into<String>) -> Expr {
    Expr::Lit(text.into())
}

/// Text that emits a tag once it has been read.
pub fn tagged(text: impl Into<String>, tag: Tag) -> Expr {
    Expr::Seq(vec![lit(text), Expr::Tag(tag)])
}

/// One after the other.
pub fn seq(parts: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Seq(parts.into_iter().collect())
}

/// One of several.
pub fn alt(parts: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Alt(parts.into_iter().collect())
}

/// One of several texts, without tags.
pub fn words<'a>(texts: impl IntoIterator<Item = &'a str>) -> Expr {
    alt(texts.into_iter().map(lit))
}

/// This or nothing.
pub fn opt(inner: Expr) -> Expr {
    Expr::Opt(Box::new(inner))
}

/// A word boundary.
pub fn space() -> Expr {
    lit(" ")
}

/// The empty text.
pub fn empty() -> Expr {
    Expr::Seq(Vec::new())
}
