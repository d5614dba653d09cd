//! What the network is told about each word: the mean embedding of its n-grams, and flags.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use crate::Vocabulary;
use crate::words::Word;

/// Flags that do not depend on lists and languages.
pub(crate) const FLAGS: usize = 8;
/// Letters of a word that are looked at.
const LETTERS: usize = 24;
/// The shortest and the longest n-gram, in letters.
const GRAMS: RangeInclusive<usize> = 2..=5;

/// Everything that features are made of but the text.
#[derive(Debug)]
pub(crate) struct Features {
    /// A row for each bucket of n-grams.
    pub(crate) rows: Vec<f32>,
    /// Width of a row.
    pub(crate) width: usize,
    pub(crate) lists: Vec<String>,
    pub(crate) languages: Vec<String>,
}

impl Features {
    /// A row for each of the words of `text`.
    pub(crate) fn of(
        &self,
        text: &str,
        words: &[Word],
        language: Option<&str>,
        vocabulary: &Vocabulary,
    ) -> Vec<f32> {
        let lists: Vec<Option<&HashSet<String>>> = self
            .lists
            .iter()
            .map(|list| vocabulary.words(list))
            .collect();
        let mut out = Vec::with_capacity(
            words.len() * (self.width + lists.len() + FLAGS + self.languages.len()),
        );
        for (index, word) in words.iter().enumerate() {
            let written = &text[word.range.clone()];
            let lower = written.to_lowercase();
            self.push_embedding(&lower, &mut out);
            let listed = |words: &Option<&HashSet<String>>| {
                words.is_some_and(|words| words.contains(&lower))
            };
            let mut flag = |is: bool| out.push(f32::from(u8::from(is)));
            lists.iter().map(listed).for_each(&mut flag);
            flag(written.contains(|c: char| c.is_ascii_digit()));
            flag(all_digits(written));
            flag(written.starts_with(char::is_uppercase));
            flag(shouted(written));
            flag(word.comma);
            flag(word.stop);
            flag(index == 0);
            flag(index + 1 == words.len());
            self.languages
                .iter()
                .map(|one| language == Some(one.as_str()))
                .for_each(flag);
        }
        out
    }

    /// Appends the mean of the rows of a word's n-grams.
    fn push_embedding(&self, lower: &str, out: &mut Vec<f32>) {
        let start = out.len();
        out.resize(start + self.width, 0.0);
        let mean = &mut out[start..];
        let mut count = 0;
        for gram in grams(lower) {
            let bucket = gram as usize % (self.rows.len() / self.width);
            let row = &self.rows[bucket * self.width..][..self.width];
            for (sum, x) in mean.iter_mut().zip(row) {
                *sum += x;
            }
            count += 1;
        }
        for sum in mean {
            *sum /= count as f32;
        }
    }
}

/// Digits with what groups them, such as `1.250,50`.
fn all_digits(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
        && word
            .chars()
            .all(|c| c.is_ascii_digit() || c == '.' || c == ',')
}

fn shouted(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    letters().nth(1).is_some() && letters().all(char::is_uppercase)
}

/// The hashes of a lower-case word's n-grams and of the word itself, whose digits all count as `0`.
fn grams(lower: &str) -> Vec<u32> {
    let digit = |c: char| if c.is_ascii_digit() { '0' } else { c };
    let word = || lower.chars().map(digit).take(LETTERS);
    let letters: Vec<char> = std::iter::once('<').chain(word()).chain(['>']).collect();
    let mut out = Vec::with_capacity(letters.len() * GRAMS.count());
    for start in 0..letters.len() {
        let mut hash = Fnv1a::default();
        for (length, letter) in (1..=*GRAMS.end()).zip(&letters[start..]) {
            hash.push(*letter);
            if GRAMS.contains(&length) {
                out.push(hash.0);
            }
        }
    }
    let mut whole = Fnv1a::default();
    std::iter::once('=')
        .chain(word())
        .for_each(|letter| whole.push(letter));
    out.push(whole.0);
    out
}

/// The hash of Fowler, Noll and Vo, variant 1a, in 32 bits.
struct Fnv1a(u32);

impl Default for Fnv1a {
    fn default() -> Self {
        Self(2_166_136_261)
    }
}

impl Fnv1a {
    fn push(&mut self, letter: char) {
        for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
            self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(16_777_619);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    /// The flags of each word, as `0` and `1`: list, eight of every word's, language.
    fn flags(text: &str, language: Option<&str>, vocabulary: &Vocabulary) -> Vec<String> {
        let features = Features {
            rows: vec![0.0; 4],
            width: 1,
            lists: vec!["contacts".to_owned(), "products".to_owned()],
            languages: vec!["de".to_owned(), "en".to_owned()],
        };
        let words = words::split(text, 64).unwrap();
        let rows = features.of(text, &words, language, vocabulary);
        let shown = |row: &[f32]| {
            row[1..]
                .iter()
                .map(|flag| if *flag == 1.0 { '1' } else { '0' })
                .collect()
        };
        rows.chunks_exact(1 + 2 + FLAGS + 2).map(shown).collect()
    }

    #[test]
    fn hashes_are_those_of_the_published_function() {
        let hash = |text: &str| {
            let mut hash = Fnv1a::default();
            text.chars().for_each(|letter| hash.push(letter));
            hash.0
        };
        assert_eq!(hash(""), 0x811c_9dc5);
        assert_eq!(hash("a"), 0xe40c_292c);
        assert_eq!(hash("foobar"), 0xbf9c_f968);
    }

    #[test]
    fn grams_hash_as_they_do_in_training() {
        // Computed in Python from the definition: all substrings of `<word>` of 2 to 5 letters, and `=word`.
        let cases: [(&str, &[u32]); 4] = [
            ("x", &[0x0e63_b305, 0x1363_133b, 0x51f6_b839, 0x4bf4_7030]),
            (
                "ab",
                &[
                    0x2835_e92e,
                    0x489c_66e4,
                    0x4d25_05ca,
                    0x6548_5f1c,
                    0x68f6_dc6e,
                    0x932c_2fc1,
                    0xd5bb_71eb,
                ],
            ),
            (
                "öl",
                &[
                    0x1331_766f,
                    0x1748_7cba,
                    0x4bfc_cae2,
                    0x7af3_5854,
                    0x93aa_deba,
                    0xdd5c_eca0,
                    0xe39d_2ecb,
                ],
            ),
            (
                "12,5",
                &[
                    0x0116_8873,
                    0x05ed_4639,
                    0x13ed_5c43,
                    0x1578_ad8d,
                    0x21ed_724d,
                    0x2da7_d839,
                    0x4199_1ecd,
                    0x4dc3_e10f,
                    0x5d85_402b,
                    0x89f9_8087,
                    0x99d0_1a21,
                    0x99f7_2991,
                    0xc9cb_0eb3,
                    0xe639_1305,
                    0xc588_ddb4,
                ],
            ),
        ];
        for (word, expected) in cases {
            let mut found = grams(word);
            let last = found.len() - 1;
            found[..last].sort_unstable();
            assert_eq!(found, expected, "{word}");
        }
    }

    #[test]
    fn only_the_first_letters_count_and_grams_may_repeat() {
        let long = "ä".repeat(LETTERS);
        assert_eq!(grams(&long), grams(&(long.clone() + "xyz")));
        // 25 + 24 + 23 + 22 substrings of 26 letters, and the word.
        assert_eq!(grams(&long).len(), 95);
    }

    #[test]
    fn the_embedding_is_the_mean_over_all_grams() {
        let features = Features {
            rows: (0..10).map(|x| x as f32).collect(),
            width: 2,
            lists: Vec::new(),
            languages: Vec::new(),
        };
        let mut found = Vec::new();
        features.push_embedding("anna", &mut found);
        let buckets: Vec<f32> = grams("anna").iter().map(|hash| (hash % 5) as f32).collect();
        let mean = buckets.iter().sum::<f32>() / buckets.len() as f32;
        assert!((found[0] - 2.0 * mean).abs() < 1e-5 && (found[1] - 2.0 * mean - 1.0).abs() < 1e-5);
    }

    #[test]
    fn flags_say_what_a_word_looks_like_and_where_it_stands() {
        let none = Vocabulary::default();
        // Lists; digits, only digits, capital, shouted, comma, stop, first, last; languages.
        assert_eq!(
            flags("Zahle, SOFORT 12,50 EUR12 x1 Ä an 7.", Some("de"), &none),
            [
                "00 00101010 10",
                "00 00110000 10",
                "00 11000000 10",
                "00 10110000 10",
                "00 10000000 10",
                "00 00100000 10",
                "00 00000000 10",
                "00 11000101 10",
            ]
            .map(|flags| flags.replace(' ', ""))
        );
    }

    #[test]
    fn names_are_known_whatever_their_case() {
        let known = Vocabulary::new([
            ("contacts", "Anna Öz"),
            ("products", "Bio-Öl"),
            ("rooms", "Anna"),
        ]);
        let listed = |text: &str| -> Vec<String> {
            flags(text, None, &known)
                .iter()
                .map(|flags| flags[..2].to_owned())
                .collect()
        };
        assert_eq!(listed("anna, ANNA bio-öl öz"), ["10", "10", "01", "00"]);
    }
}
