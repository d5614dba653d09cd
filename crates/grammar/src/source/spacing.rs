//! The words of a template: single spaces, punctuation that nobody says dropped, marks escaped.

/// Characters that a template means something by.
pub(super) const RESERVED: &str = "()[]{}<>|;\\";
/// What is dropped at the end of a word.
const UNSPOKEN: &str = ",.!?;…";

/// Makes spaces single and drops punctuation that nobody says. With each character whether it was escaped.
pub(super) fn normalise(text: &[(char, bool)], after_slot: bool, before_slot: bool) -> String {
    let mut out = String::new();
    for (i, &(c, escaped)) in text.iter().enumerate() {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
            continue;
        }
        if !escaped && UNSPOKEN.contains(c) {
            let following = text
                .get(i + 1..)
                .unwrap_or_default()
                .iter()
                .find(|(c, escaped)| *escaped || !UNSPOKEN.contains(*c));
            let spoken = match following {
                Some((next, _)) => !next.is_whitespace(),
                // "{euros},{cents}" and "1,{decimals}" write a number.
                None => {
                    before_slot
                        && out
                            .chars()
                            .next_back()
                            .map_or(after_slot, |last| last.is_ascii_digit())
                }
            };
            if !spoken {
                continue;
            }
        }
        out.push(if c == '’' { '\'' } else { c });
    }
    out
}

/// Escapes a literal so that a template reads it as it is.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let followed = chars.peek().is_some_and(|next| next.is_alphanumeric());
        if RESERVED.contains(c) || (UNSPOKEN.contains(c) && !followed) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
