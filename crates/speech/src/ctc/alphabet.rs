//! How the characters of a grammar are spelled in the outputs of the CTC head.
//!
//! The head writes lower-case letters, apostrophes and spaces, as `models/training/zahlwort_training/data/spelling.py`
//! taught it: letters without their accents, a space for a hyphen. Each character of a grammar has
//! at most one output; digits and signs have none, and the sentences that are written with them are
//! reached through their spoken forms.

use std::collections::HashMap;

use zahlwort_grammar::Language;

use crate::model::CtcHead;

/// Other characters that are written as one of the head's.
const FOLDED: &[(char, &str)] = &[
    // Inside a word; punctuation between words is not in a grammar's texts.
    (' ', "-‐‑–—−/.,:"),
    ('\'', "’‘ʼʻ`´"),
    ('a', "àáâãåāăą"),
    ('c', "çćĉċč"),
    ('d', "ďđð"),
    ('e', "èéêëēĕėęě"),
    ('g', "ĝğġģ"),
    ('h', "ĥħ"),
    ('i', "ìíîïĩīĭįı"),
    ('j', "ĵ"),
    ('k', "ķ"),
    ('l', "ĺļľŀł"),
    ('n', "ñńņňŉ"),
    ('o', "òóôõōŏő"),
    ('r', "ŕŗř"),
    ('s', "śŝşšș"),
    ('t', "ţťŧț"),
    ('u', "ùúûũūŭůűų"),
    ('w', "ŵ"),
    ('y', "ýÿŷ"),
    ('z', "źżž"),
    ('ä', "æ"),
    ('ö', "øœ"),
];

/// The characters that each output stands for, and the other way round.
#[derive(Clone, Debug)]
pub(crate) struct Alphabet {
    /// For each output, the lower-case characters that are written so, its own first.
    characters: Vec<Vec<char>>,
    outputs: HashMap<char, u8>,
}

impl Alphabet {
    /// As the head writes the language: for English speech it knows no umlauts, "Müller" is
    /// "muller".
    pub(crate) fn new(language: Language) -> Self {
        let own: Vec<char> = CtcHead::CHARACTERS.chars().collect();
        let mut characters: Vec<Vec<char>> = own.iter().map(|c| vec![*c]).collect();
        // No character is written as the blank.
        characters[CtcHead::BLANK].clear();
        let at = |c: char| own.iter().position(|o| *o == c);
        for (to, folded) in FOLDED {
            if let Some(output) = at(*to) {
                characters[output].extend(folded.chars());
            }
        }
        for (from, to) in language.definition().transcribed {
            if let (Some(from), Some(to)) = (at(*from), at(*to)) {
                let moved = std::mem::take(&mut characters[from]);
                characters[to].extend(moved);
            }
        }
        let outputs = (0u8..)
            .zip(&characters)
            .flat_map(|(output, all)| all.iter().map(move |c| (*c, output)))
            .collect();
        Self {
            characters,
            outputs,
        }
    }

    /// The output that a character is written as.
    pub(crate) fn output(&self, c: char) -> Option<usize> {
        let lower = c.to_lowercase().next().unwrap_or(c);
        self.outputs.get(&lower).map(|o| usize::from(*o))
    }

    /// The lower-case characters that are written as `output`: its own, if the language has it,
    /// comes first.
    pub(crate) fn characters(&self, output: usize) -> &[char] {
        self.characters.get(output).map_or(&[], Vec::as_slice)
    }

    /// The outputs that spell a text; `None` if it has a character that the head cannot write.
    pub(crate) fn spell(&self, text: &str) -> Option<Vec<usize>> {
        text.chars().map(|c| self.output(c)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_has_one_output_and_every_output_its_own_character() {
        for language in Language::ALL {
            let alphabet = Alphabet::new(language);
            let mut count = 0;
            for output in 0..CtcHead::OUTPUTS {
                for c in alphabet.characters(output) {
                    assert_eq!(alphabet.output(*c), Some(output), "{c}");
                    count += 1;
                }
            }
            assert_eq!(count, alphabet.outputs.len());
        }
        let alphabet = Alphabet::new(Language::DE);
        for (output, c) in CtcHead::CHARACTERS.chars().enumerate().skip(1) {
            assert_eq!(alphabet.characters(output)[0], c);
        }
        assert!(alphabet.characters(CtcHead::BLANK).is_empty());
        assert_eq!(alphabet.output(' '), Some(1));
    }

    #[test]
    fn words_are_spelled_as_the_head_was_taught() {
        let same = |language, one: &str, other: &str| {
            let alphabet = Alphabet::new(language);
            let (one, other) = (alphabet.spell(one), alphabet.spell(other));
            assert!(one.is_some() && one == other);
        };
        same(Language::DE, "Café Crème", "cafe creme");
        same(Language::DE, "E-Mail don’t", "e mail don't");
        same(Language::DE, "SMØRREBRØD", "smörrebröd");
        same(Language::DE, "STRAẞE", "straße");
        same(Language::EN, "Müller", "muller");
        let german = Alphabet::new(Language::DE);
        assert_ne!(german.spell("Müller"), german.spell("muller"));
        for text in ["50 Euro", "10€", "H&M", "_"] {
            assert_eq!(german.spell(text), None, "{text}");
        }
    }
}
