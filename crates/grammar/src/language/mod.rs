//! Languages: for each a folder with its words in tables, and with functions for how it combines them.
//!
//! A [`Definition`] is all that the rest of this crate, and of the crates above it, knows of a language;
//! a [`Language`] is a handle to one. What is said is an [`Expr`](crate::Expr) built of the pieces here,
//! whose tags the built-in types evaluate: numbers of [`Step`]s, the calendar of [`marks`].
//!
//! ```text
//! step, figures ─► numbers ─► money, calendar ─► definition ─► de, en ─► Language ─► built-in types
//! ```
//!
//! A program adds a language of its own with [`Language::add`]; `docs/add-a-language.md` goes through all
//! of it with an example.

pub mod calendar;
mod de;
mod definition;
pub mod duration;
mod en;
mod figures;
mod handle;
pub mod marks;
mod money;
pub mod names;
mod numbers;
mod step;

pub use definition::{Calendar, Definition, Ordinals, Quantities};
pub use figures::{Signs, figure, figures, gap, repeat, written, written_integer};
pub use handle::{Language, LanguageError, PerLanguage};
pub use money::{CurrencyWords, DOLLARS, MoneyWords, Noun, note};
pub use names::{NameWords, Row, Why};
pub use numbers::{
    Choice, Choose, Forms, Numbers, Numeral, Place, each_number, every_number, with_decimals,
};
pub use step::{Step, word};

pub(crate) use figures::{GROUP, fractions, spaced, written_cents};
pub(crate) use numbers::half_spoken;

impl Language {
    /// The languages that come with the library, in the order in which they are tried.
    pub const ALL: [Language; 2] = [Language::DE, Language::EN];
}
