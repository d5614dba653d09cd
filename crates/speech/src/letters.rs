//! Texts by their letters: how long they take to say, and how many letters they differ in.

/// Letters to insert, delete or replace to make one text of the other, without regard to case; digits and marks
/// do not count.
pub(crate) fn edits(a: &str, b: &str) -> usize {
    let letters = |text: &str| -> Vec<char> {
        let letters = text.chars().filter(|c| c.is_alphabetic());
        letters.flat_map(char::to_lowercase).collect()
    };
    strsim::generic_levenshtein(&letters(a), &letters(b))
}

/// Letters that saying a text takes, a digit counted as four.
pub(crate) fn letters(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '0'..='9' => 4,
            c if c.is_alphabetic() => 1,
            _ => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted_in_letters() {
        assert_eq!(edits("light roast", "Light Rose."), 2);
        assert_eq!(edits("", "Anna"), 4);
        assert_eq!(edits("50 €", "50 euro"), 4);
    }

    #[test]
    fn digits_take_long_to_say() {
        assert_eq!(letters("50 Euro"), 12);
    }
}
