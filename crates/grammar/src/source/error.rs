//! What is wrong with a grammar, where, and how to mend it.

use std::fmt;

/// A grammar cannot be loaded. Shown as `file:line:column: message`, then `hint: …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrammarError {
    /// The file, or the name that the text was loaded under.
    pub file: String,
    /// The line, from 1; 0 where the error belongs to no place in a text.
    pub line: usize,
    /// The column in characters, from 1; 0 where the error belongs to no place in a text.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub hint: String,
}

impl fmt::Display for GrammarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.file.is_empty() {
            write!(f, "{}:", self.file)?;
            if self.line > 0 {
                write!(f, "{}:{}:", self.line, self.column)?;
            }
            f.write_str(" ")?;
        }
        write!(f, "{}\nhint: {}", self.message, self.hint)
    }
}

impl std::error::Error for GrammarError {}

/// Something that loads but is not used as its author may think.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The file, or the name that the text was loaded under.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is ignored, and what that means.
    pub message: String,
}

/// The name nearest to a misspelt one, if one is near enough to be meant.
pub(super) fn nearest<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    // Names are short; what a file holds in place of one need not be.
    let folded = |name: &str| -> String { name.to_lowercase().chars().take(64).collect() };
    let wrong = folded(wrong);
    let allowed = (wrong.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (strsim::osa_distance(&wrong, &folded(name)), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// "did you mean …?" where a known name is near, else the fallback.
pub(super) fn did_you_mean<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = &'a str>,
    show: impl Fn(&str) -> String,
    fallback: impl FnOnce() -> String,
) -> String {
    match nearest(wrong, known) {
        Some(name) => format!("did you mean {}?", show(name)),
        None => fallback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_suggested_and_a_far_one_is_not() {
        let known = ["sentences", "slots", "metadata"];
        assert_eq!(nearest("sentense", known), Some("sentences"));
        assert_eq!(nearest("Slost", known), Some("slots"));
        assert_eq!(nearest("colour", known), None);
    }

    #[test]
    fn an_error_shows_its_place_first_and_its_cure_last() {
        let mut error = GrammarError {
            file: "de.yaml".into(),
            line: 3,
            column: 7,
            message: "the list {namen} is not defined".into(),
            hint: "did you mean {name}?".into(),
        };
        assert_eq!(
            error.to_string(),
            "de.yaml:3:7: the list {namen} is not defined\nhint: did you mean {name}?"
        );
        error.line = 0;
        assert!(error.to_string().starts_with("de.yaml: the list"));
    }
}
