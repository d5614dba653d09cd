//! What the calendar types understand, as tables; and as properties, that everything that can be
//! said of a value is understood as that value, and that no text has two values.

mod dates;
mod periods;
mod properties;
mod said;
pub(crate) mod spoken;
pub(crate) mod spoken_span;
mod times;

use jiff::civil::{Date, date};

use super::testing::Type;
use crate::{Builtin, Language, ValueError};

/// A Wednesday.
fn wednesday() -> Date {
    date(2027, 3, 10)
}

fn no_such_day(text: &str) -> ValueError {
    ValueError::NoSuchDay(text.to_owned())
}

/// Texts that must not be a value of the type.
fn not_understood(builtin: Builtin, language: Language, texts: &[&str]) {
    let known = Type::new(builtin, language);
    for text in texts {
        assert_eq!(known.values(text, wednesday()), [], "{text:?}");
    }
}
