//! The words that are no part of an open slot, as a table for each language.

use crate::open::kind::Open;

/// Why a word is no part of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It says that something is not to be done.
    Negation,
    /// It takes back what was said before it.
    Correction,
    /// It may take back what was said before it, or be a mere filler.
    Hesitation,
    /// It begins something else that is asked for: another payee, another order.
    Another,
    /// It belongs to the rest of the sentence.
    Grammar,
}

/// Words or phrases, in lower case, and the kinds of slots that never hold them.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Why not.
    pub why: Why,
    /// The kinds of slots.
    pub never_in: &'static [Open],
    /// The words.
    pub words: &'static [&'static str],
}

/// What one language bars from open slots, besides its numbers and currencies.
#[derive(Clone, Copy, Debug)]
pub struct NameWords {
    /// The words.
    pub rows: &'static [Row],
    /// Articles and the like: never the first word, but one of the later ones, "Apotheke am Markt".
    pub not_first: &'static [&'static str],
    /// Before a number, these begin another order even in a remark: "and 20 to Lukas".
    pub and: &'static [&'static str],
    /// Phrases that negate or take back nothing though a word of theirs does elsewhere: "I haven't paid".
    pub harmless: &'static [&'static str],
    /// Phrases that make an upper limit of the number behind them: "no more than".
    pub limits: &'static [&'static str],
    /// Names of currencies that are names of people and shops as well.
    pub also_names: &'static [&'static str],
}

impl NameWords {
    /// Nothing.
    pub const NONE: NameWords = NameWords {
        rows: &[],
        not_first: &[],
        and: &[],
        harmless: &[],
        limits: &[],
        also_names: &[],
    };
}

/// Every kind of slot but titles, which hold anything.
pub const ANY: &[Open] = &[Open::Text, Open::Name, Open::Shop, Open::Thing, Open::Place];
/// Those that hold what is called by a name.
pub const NAMED: &[Open] = &[Open::Name, Open::Shop, Open::Thing, Open::Place];
/// Those that hold a name of one or a few words: who, a shop, a town.
pub const NAME: &[Open] = &[Open::Name, Open::Shop, Open::Place];
/// Those of which a second one is another.
pub const ONE: &[Open] = &[Open::Name, Open::Place];
/// Products.
pub const THING: &[Open] = &[Open::Thing];
/// Towns.
pub const PLACE: &[Open] = &[Open::Place];
