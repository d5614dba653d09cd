//! The built-in slot types: for each its spoken and written forms, and the value that they stand for.
//!
//! A type's forms are one [`Expr`] per language, built of the words of its
//! [definition](crate::language::Definition); its tags are steps of a small machine that [`evaluate`] runs
//! over a matched path. The `speak_…` and `spoken_…` functions go the other way.
//! What is understood where usage differs is documented with the type's module.

mod calendar;
mod digits;
mod iban;
mod money;
mod number;
mod ordinal;
mod quantity;
mod register;
mod speak;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use iban::is_valid as is_iban;
pub use speak::{
    speak_full_date, speak_money, speak_number, spoken_numbers, spoken_ordinals, written_money,
    written_numbers,
};

use crate::language::{Calendar, Forms};
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
    Period,
    Time,
    Duration,
    Interval,
    Digits,
    Iban,
    Text,
}

impl Builtin {
    /// Every built-in type.
    pub const ALL: [Builtin; 13] = [
        Builtin::Number,
        Builtin::Ordinal,
        Builtin::Money,
        Builtin::Percentage,
        Builtin::Quantity,
        Builtin::Date,
        Builtin::Period,
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
            Builtin::Period => "@period",
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

/// Every spoken and written form of a type, with the tags that [`evaluate`] understands. `None` where the
/// language has none, and for [`Builtin::Text`], which has no fixed forms: the automaton has a net of its
/// own for it.
pub fn expr(builtin: Builtin, language: Language) -> Option<Expr> {
    let definition = language.definition();
    let numbers = &definition.numbers;
    let of =
        |forms: fn(&Calendar) -> Forms| definition.calendar.as_ref().map(|c| forms(c)(numbers));
    match builtin {
        Builtin::Number => Some(number::number(numbers)),
        Builtin::Percentage => Some(number::percentage(numbers)),
        Builtin::Digits => Some(digits::expr(numbers)),
        Builtin::Ordinal => {
            let ordinals = definition.ordinals.as_ref();
            ordinals.map(|ordinals| ordinal::expr(numbers, ordinals))
        }
        Builtin::Money => {
            let money = definition.money.as_ref();
            money.map(|money| money::expr(numbers, money))
        }
        Builtin::Quantity => {
            let quantities = definition.quantities.as_ref();
            quantities.map(|quantities| quantity::expr(numbers, quantities))
        }
        Builtin::Iban => {
            let spelling = definition.spelling.as_ref();
            spelling.map(|spelling| iban::expr(numbers, spelling))
        }
        Builtin::Date => of(|calendar| calendar.date),
        Builtin::Period => of(|calendar| calendar.period),
        Builtin::Time => of(|calendar| calendar.time),
        Builtin::Duration => of(|calendar| calendar.duration),
        Builtin::Interval => of(|calendar| calendar.interval),
        Builtin::Text => None,
    }
}

/// Every word and sign that says of which currency a number is.
pub(crate) fn currency_words(language: Language) -> Vec<&'static str> {
    let money = language.definition().money.as_ref();
    money.map(money::currency_words).unwrap_or_default()
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
        Builtin::Money => match &language.definition().money {
            Some(money) => money::evaluate(money, tags, text, context),
            None => Err(ValueError::OutOfRange(text.to_owned())),
        },
        Builtin::Percentage => number::evaluate_percentage(tags, text),
        Builtin::Quantity => quantity::evaluate(tags, text),
        Builtin::Digits => digits::evaluate(tags, text),
        Builtin::Iban => iban::evaluate(tags),
        Builtin::Date => calendar::date(tags, text, context),
        Builtin::Period => calendar::period(tags, text, context),
        Builtin::Time => calendar::time(tags, text),
        Builtin::Duration => calendar::duration(tags, text),
        Builtin::Interval => calendar::interval(tags, text),
        Builtin::Text => Ok(Value::Text(text.trim().to_owned())),
    }
}
