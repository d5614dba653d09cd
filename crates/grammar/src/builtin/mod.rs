//! The built-in slot types: for each its spoken and written forms, and the value that they stand for.

use crate::{Expr, Language, Tag, Value, ValueContext, ValueError};

/// A built-in slot type, written `{@money:amount}` in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Builtin {
    Number, Ordinal, Money, Percentage, Quantity, Date, Time, Duration, Interval, Digits, Iban, Text,
}

impl Builtin {
    /// Every built-in type.
    pub const ALL: [Builtin; 12] = [
        Builtin::Number, Builtin::Ordinal, Builtin::Money, Builtin::Percentage, Builtin::Quantity,
        Builtin::Date, Builtin::Time, Builtin::Duration, Builtin::Interval, Builtin::Digits,
        Builtin::Iban, Builtin::Text,
    ];

    /// The name with its leading `@`.
    pub fn name(self) -> &'static str {
        match self {
            Builtin::Number => "@number",
            Builtin::Ordinal => "@ordinal",
            Builtin::Money => "@money",
            Builtin::Percentage => "@percentage",
            Builtin::Quantity => "@quantity",
            Builtin::Date => "@date",
            Builtin::Time => "@time",
            Builtin::Duration => "@duration",
            Builtin::Interval => "@interval",
            Builtin::Digits => "@digits",
            Builtin::Iban => "@iban",
            Builtin::Text => "@text",
        }
    }

    /// The type of a name such as `"@money"`.
    pub fn from_name(name: &str) -> Option<Builtin> {
        Builtin::ALL.into_iter().find(|b| b.name() == name)
    }
}

/// Every spoken and written form of a type, with the tags that [`evaluate`] understands.
/// `None` for [`Builtin::Text`], which has no fixed forms: the automaton has a net of its own for it.
pub fn expr(builtin: Builtin, language: Language) -> Option<Expr> {
    let _ = (builtin, language);
    todo!()
}

/// The value that a matched path stands for. `tags` are those of the path, in order; `text` is
/// what was matched.
pub fn evaluate(
    builtin: Builtin,
    language: Language,
    tags: &[Tag],
    text: &str,
    context: &ValueContext,
) -> Result<Value, ValueError> {
    let _ = (builtin, language, tags, text, context);
    todo!()
}
