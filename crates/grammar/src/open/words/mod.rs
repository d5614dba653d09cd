//! The words that are no part of an open slot, as a table for each language.

mod de;
mod en;

use super::Open;
use crate::Language;

/// Why a word is no part of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// It says that something is not to be done.
    Negation,
    /// It takes back what was said before it.
    Correction,
    /// It may take back what was said before it, or be there for no reason.
    Hesitation,
    /// It begins something else that is asked for: another payee, another order.
    Another,
    /// It belongs to the rest of the sentence.
    Grammar,
}

/// Words or phrases, in lower case, and the kinds of slots that never hold them.
pub(super) struct Row {
    pub(super) why: Why,
    pub(super) never_in: &'static [Open],
    pub(super) words: &'static [&'static str],
}

/// What one language bars.
pub(super) struct Words {
    pub(super) rows: &'static [Row],
    /// Articles and the like: never the first word, but one of the later ones, "Apotheke am Markt".
    pub(super) not_first: &'static [&'static str],
    /// Before a number, these begin another order even in a remark: "und 20 an Lukas".
    pub(super) and: &'static [&'static str],
    /// Names of currencies that are names of people and shops as well.
    pub(super) also_names: &'static [&'static str],
}

/// Every kind of slot but titles, which hold anything.
const ANY: &[Open] = &[Open::Text, Open::Name, Open::Shop, Open::Thing, Open::Place];
/// Those that hold what is called by a name.
const NAMED: &[Open] = &[Open::Name, Open::Shop, Open::Thing, Open::Place];
const NAME: &[Open] = &[Open::Name, Open::Shop, Open::Place];
/// Those of which a second one is another.
const ONE: &[Open] = &[Open::Name, Open::Place];
const THING: &[Open] = &[Open::Thing];
const PLACE: &[Open] = &[Open::Place];

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::De => &de::WORDS,
        Language::En => &en::WORDS,
    }
}
