//! The kinds of open slots.

use crate::marks::is_combining;

/// What an open slot holds, and so which words it never holds. In a grammar file:
/// `{wildcard: name}`; `{wildcard: true}` and `{@text:slot}` hold a [`Open::Text`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Open {
    /// A remark or description: numbers and clauses, but no negation, no correction, no sum of money and
    /// no second order.
    #[default]
    Text,
    /// Who: a person or somebody else who is paid. No number, no "and", no verb of command, no article in
    /// front.
    Name,
    /// A shop or company: as a name, but of two parts, "Barnes and Noble".
    Shop,
    /// A product: as a name, but of two parts, "salt and pepper".
    Thing,
    /// A town: as a name, and nothing that says when, with what or what for.
    Place,
    /// What somebody has made up, such as a song: any words.
    Title,
}

impl Open {
    /// All of them.
    pub const ALL: [Open; 6] = [
        Open::Text,
        Open::Name,
        Open::Shop,
        Open::Thing,
        Open::Place,
        Open::Title,
    ];

    /// What it is called in a grammar file.
    pub fn name(self) -> &'static str {
        match self {
            Open::Text => "text",
            Open::Name => "name",
            Open::Shop => "shop",
            Open::Thing => "thing",
            Open::Place => "place",
            Open::Title => "title",
        }
    }

    /// Whether a text may be what it holds as far as its characters go; its words are the net's matter.
    /// Names have no quotation marks, commas or slashes, and no word of theirs is a number of an account.
    pub(crate) fn holds(self, text: &str) -> bool {
        const MARKS: [char; 6] = ['&', '.', '\'', '’', '-', '+'];
        const DIGITS: usize = 4;
        match self {
            Open::Text | Open::Title => true,
            Open::Name | Open::Shop | Open::Thing | Open::Place => {
                let fits = |c: char| c.is_alphanumeric() || c.is_whitespace() || MARKS.contains(&c);
                let digits = |word: &str| word.chars().filter(|c| c.is_numeric()).count();
                text.chars().all(|c| fits(c) || is_combining(c))
                    && text.split_whitespace().all(|word| digits(word) <= DIGITS)
            }
        }
    }

    /// The one that a grammar file calls so.
    pub fn from_name(name: &str) -> Option<Open> {
        Open::ALL.into_iter().find(|open| open.name() == name)
    }
}
