//! The built-in slot types: for each its spoken and written forms, and the value that they stand for.
//!
//! A type's forms are one [`Expr`] per language; its tags are steps of a small machine that
//! [`evaluate`] runs over a matched path. The `speak_…` and `spoken_…` functions go the other way.
//! What is understood where usage differs is documented with the type's module.

mod calendar;
mod digits;
mod english;
mod forms;
mod german;
mod iban;
mod money;
mod number;
mod ops;
mod ordinal;
mod quantity;
mod speak;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub(crate) use german::SPELLED;
pub(crate) use money::currency_words;

pub use calendar::speak_full_date;
pub(crate) use forms::GROUP;
pub use iban::is_valid as is_iban;
pub use speak::{
    speak_money, speak_number, spoken_numbers, spoken_ordinals, written_money, written_numbers,
};

use crate::{Expr, Language, Tag, Value, ValueContext, ValueError};

/// A built-in slot type, written `{@money:amount}` in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Builtin {
    Number,
    Ordinal,
    Money,
    Percentage,
    Quantity,
    Date,
    Time,
    Duration,
    Interval,
    Digits,
    Iban,
    Text,
}

impl Builtin {
    /// Every built-in type.
    pub const ALL: [Builtin; 12] = [
        Builtin::Number,
        Builtin::Ordinal,
        Builtin::Money,
        Builtin::Percentage,
        Builtin::Quantity,
        Builtin::Date,
        Builtin::Time,
        Builtin::Duration,
        Builtin::Interval,
        Builtin::Digits,
        Builtin::Iban,
        Builtin::Text,
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
    Some(match builtin {
        Builtin::Number => number::number(language),
        Builtin::Ordinal => ordinal::expr(language),
        Builtin::Money => money::expr(language),
        Builtin::Percentage => number::percentage(language),
        Builtin::Quantity => quantity::expr(language),
        Builtin::Digits => digits::expr(language),
        Builtin::Iban => iban::expr(language),
        Builtin::Date | Builtin::Time | Builtin::Duration | Builtin::Interval => {
            calendar::expr(builtin, language)
        }
        Builtin::Text => return None,
    })
}

/// The value that a matched path stands for. `tags` are those of the path, in order; `text` is
/// what was matched.
///
/// # Errors
/// A [`ValueError`] where the words were understood but stand for nothing that exists: an IBAN whose
/// check digits are wrong, a number that is too large, the 31st of April.
pub fn evaluate(
    builtin: Builtin,
    language: Language,
    tags: &[Tag],
    text: &str,
    context: &ValueContext,
) -> Result<Value, ValueError> {
    match builtin {
        Builtin::Number => number::evaluate_number(tags, text),
        Builtin::Ordinal => ordinal::evaluate(tags, text),
        Builtin::Money => money::evaluate(language, tags, text, context),
        Builtin::Percentage => number::evaluate_percentage(tags, text),
        Builtin::Quantity => quantity::evaluate(tags, text),
        Builtin::Digits => digits::evaluate(tags, text),
        Builtin::Iban => iban::evaluate(tags),
        Builtin::Date | Builtin::Time | Builtin::Duration | Builtin::Interval => {
            calendar::evaluate(builtin, language, tags, text, context)
        }
        Builtin::Text => Ok(Value::Text(text.trim().to_owned())),
    }
}
