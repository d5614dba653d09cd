//! A text's words: pieces between white space without the punctuation around them.

use std::ops::Range;

/// The most words of a text that is read; a longer one has no reading.
pub const MAX_WORDS: usize = 64;

/// Marks behind a word that part a sentence.
const COMMAS: &str = ",;:–—";
/// Marks behind a word that end a sentence.
const STOPS: &str = ".!?…";
/// Marks that only surround words.
const AROUND: &str = "\"'„“”‚‘’«»()[]{}";

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its bytes in the text, without the marks around it.
    pub(crate) range: Range<usize>,
    /// Whether what stands behind it parts a sentence.
    pub(crate) comma: bool,
    /// Whether what stands behind it ends a sentence.
    pub(crate) stop: bool,
}

/// The words of `text`; `None` if there are more than `most`.
pub(crate) fn split(text: &str, most: usize) -> Option<Vec<Word>> {
    let mut words: Vec<Word> = Vec::new();
    for piece in text.split_whitespace() {
        let bare = bare(piece);
        if !bare.is_empty() {
            if words.len() == most {
                return None;
            }
            let start = offset(text, bare);
            words.push(Word {
                range: start..start + bare.len(),
                comma: false,
                stop: false,
            });
        }
        // A piece of nothing but marks stands behind the word before it.
        if let Some(word) = words.last_mut() {
            let end = word.range.end.max(offset(text, piece));
            let behind = &text[end..offset(text, piece) + piece.len()];
            word.comma |= behind.contains(|c| COMMAS.contains(c));
            word.stop |= behind.contains(|c| STOPS.contains(c));
        }
    }
    Some(words)
}

/// The words of `text` as they are written, however many.
pub(crate) fn written(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .map(bare)
        .filter(|word| !word.is_empty())
}

fn bare(piece: &str) -> &str {
    piece.trim_matches(|c| COMMAS.contains(c) || STOPS.contains(c) || AROUND.contains(c))
}

/// Where `part`, which is a piece of `text`, begins in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The words, each with `,` and `.` for what stands behind it.
    fn shown(text: &str) -> Vec<String> {
        let words = split(text, MAX_WORDS).unwrap();
        let show = |word: &Word| {
            let comma = if word.comma { "," } else { "" };
            let stop = if word.stop { "." } else { "" };
            format!("{}{comma}{stop}", &text[word.range.clone()])
        };
        words.iter().map(show).collect()
    }

    #[test]
    fn marks_around_words_are_no_part_of_them() {
        assert_eq!(
            shown("„Überweise“ (bitte) 12,50 € an Anna-Lena's Konto: jetzt!"),
            [
                "Überweise",
                "bitte",
                "12,50",
                "€",
                "an",
                "Anna-Lena's",
                "Konto,",
                "jetzt."
            ]
        );
        assert_eq!(shown("[so] {this} «is» ‚it‘"), ["so", "this", "is", "it"]);
    }

    #[test]
    fn marks_before_a_word_say_nothing_of_it() {
        assert_eq!(shown(",so …well"), ["so", "well"]);
    }

    #[test]
    fn loose_marks_stand_behind_the_word_before() {
        assert_eq!(shown("pay – no – send ?!"), ["pay,", "no,", "send."]);
        assert_eq!(shown("pay. – no"), ["pay,.", "no"]);
        assert_eq!(shown("… – ?"), [""; 0]);
        assert_eq!(shown("… so"), ["so"]);
    }

    #[test]
    fn too_many_words_are_none_and_marks_do_not_count() {
        let most = vec!["word –"; MAX_WORDS].join("\n");
        assert_eq!(split(&most, MAX_WORDS).unwrap().len(), MAX_WORDS);
        assert_eq!(split(&format!("{most} more"), MAX_WORDS), None);
        assert_eq!(split("  \t ", MAX_WORDS), Some(vec![]));
    }

    proptest! {
        #[test]
        fn words_lie_in_order_on_boundaries_and_are_bare(text in "(\\PC|[ .,–„\"])*") {
            let words = split(&text, usize::MAX).unwrap();
            let mut end = 0;
            for word in &words {
                prop_assert!(word.range.start >= end && !word.range.is_empty());
                prop_assert_eq!(bare(&text[word.range.clone()]), &text[word.range.clone()]);
                end = word.range.end;
            }
            let taken: Vec<&str> = words.iter().map(|word| &text[word.range.clone()]).collect();
            prop_assert_eq!(taken, written(&text).collect::<Vec<_>>());
        }
    }
}
