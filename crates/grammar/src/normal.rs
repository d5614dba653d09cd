//! Text as matching sees it: lower case, no sentence punctuation, umlauts and ß spelled out, one
//! space before every word.

use crate::language::{Numbers, Place};
use crate::marks::{Mark, is_combining, is_mark, is_said, judge};
use crate::walk::lower;

/// A letter of a normalised text, and which bytes of the original it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) c: char,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// How a letter is spelled in plain letters: itself, or two for umlauts, ligatures and ß (DIN 5007-2).
/// Accents that German and English texts drop are dropped. The second is `None` for most.
pub(crate) fn fold(c: char) -> (char, Option<char>) {
    match lower(c) {
        'ä' | 'æ' => ('a', Some('e')),
        'ö' | 'œ' | 'ø' => ('o', Some('e')),
        'ü' => ('u', Some('e')),
        'ß' => ('s', Some('s')),
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ą' => ('a', None),
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ė' => ('e', None),
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => ('i', None),
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' => ('o', None),
        'ù' | 'ú' | 'û' | 'ū' => ('u', None),
        'ç' | 'ć' | 'č' => ('c', None),
        'ñ' | 'ń' => ('n', None),
        'š' | 'ś' | 'ş' => ('s', None),
        'ž' | 'ź' | 'ż' => ('z', None),
        'ł' => ('l', None),
        'ý' | 'ÿ' => ('y', None),
        c => (c, None),
    }
}

/// Normalises a text in a language of these numbers. The result is empty, or starts with a space and does
/// not end with one.
pub(crate) fn normalise(text: &str, numbers: &Numbers) -> Vec<Letter> {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let chars: Vec<char> = text.chars().collect();
    // The next of what is said from each place on.
    let mut words = vec![' '; chars.len() + 1];
    for (i, c) in chars.iter().enumerate().rev() {
        words[i] = if is_said(*c) { *c } else { words[i + 1] };
    }
    let mut out = Writer {
        letters: Vec::with_capacity(text.len() + 1),
        spaced: true,
    };
    let mut at = 0;
    while let (Some(&start), Some(&c)) = (places.get(at), chars.get(at)) {
        let length = match c {
            _ if is_mark(c) => chars[at..].iter().take_while(|c| is_mark(**c)).count(),
            _ => 1,
        };
        let (before, rest) = chars.split_at(at);
        let (run, after) = rest.split_at(length);
        at += length;
        match c {
            _ if is_mark(c) => {
                let mut start = start;
                for (c, mark) in run.iter().zip(judge(before, run, after, &words[at..])) {
                    let end = start + c.len_utf8();
                    match mark {
                        Mark::Letter(c) => out.push(c, start, end),
                        Mark::Joint => {}
                        Mark::Break => out.spaced = true,
                    }
                    start = end;
                }
            }
            _ if c.is_whitespace() => out.spaced = true,
            // A combining diaeresis makes an umlaut of the letter before it; other accents of letters
            // are dropped.
            _ if is_combining(c)
                && before
                    .last()
                    .is_some_and(|c| c.is_alphabetic() || is_combining(*c)) =>
            {
                out.accent(c, start + c.len_utf8());
            }
            c => out.push(c, start, start + c.len_utf8()),
        }
    }
    respell(&mut out.letters, numbers);
    out.letters
}

/// Number words as people spell what they hear, "fünfundvierzich", as the grammar has them.
fn respell(letters: &mut Vec<Letter>, numbers: &Numbers) {
    for (heard, right) in numbers.heard_endings {
        let (long, short) = (heard.chars().count(), right.chars().count());
        if short == 0 || short > long {
            continue;
        }
        for end in (long..=letters.len()).rev() {
            let from = end - long;
            if letters.get(end).is_some_and(|l| l.c != ' ')
                || !ends_with(&letters[..end], heard)
                || !ends_with_number(&letters[..from], right, numbers)
            {
                continue;
            }
            letters[from + short - 1].end = letters[end - 1].end;
            letters.drain(from + short..end);
            for (letter, c) in letters[from..].iter_mut().zip(right.chars()) {
                letter.c = c;
            }
        }
    }
}

/// Whether the letters end with a number word that lacks its ending.
fn ends_with_number(letters: &[Letter], ending: &str, numbers: &Numbers) -> bool {
    let words = numbers.words.iter();
    let mut words = words.flat_map(|n| numbers.forms(n.value, Place::Number));
    words.any(|word| {
        word.strip_suffix(ending)
            .is_some_and(|stem| ends_with(letters, stem))
    })
}

/// Whether the letters end with a text, however it spells its umlauts.
fn ends_with(letters: &[Letter], text: &str) -> bool {
    let mut before = letters.iter().rev().map(|l| l.c);
    text.chars().rev().all(|c| {
        let (first, second) = fold(c);
        let mut folded = second.into_iter().chain([first]);
        folded.all(|c| before.next() == Some(c))
    })
}

/// The text as it is being written.
struct Writer {
    letters: Vec<Letter>,
    /// A word boundary was passed that has not been written yet.
    spaced: bool,
}

impl Writer {
    fn push(&mut self, c: char, start: usize, end: usize) {
        if std::mem::take(&mut self.spaced) {
            self.letters.push(Letter {
                c: ' ',
                start,
                end: start,
            });
        }
        let (first, second) = fold(c);
        for c in std::iter::once(first).chain(second) {
            self.letters.push(Letter { c, start, end });
        }
    }

    fn accent(&mut self, c: char, end: usize) {
        if c != '\u{308}' {
            return;
        }
        if let Some(last) = self.letters.last_mut() {
            last.end = end;
            if matches!(last.c, 'a' | 'o' | 'u') {
                let last = *last;
                self.letters.push(Letter { c: 'e', ..last });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    fn german(text: &str) -> Vec<Letter> {
        normalise(text, &Language::DE.definition().numbers)
    }

    fn plain(text: &str) -> String {
        german(text).iter().map(|l| l.c).collect()
    }

    #[test]
    fn numbers_spelled_as_they_are_heard_are_the_same() {
        assert_eq!(plain("fünfundvierzich Euro"), " fuenfundvierzig euro");
        assert_eq!(plain("Dreißich, zwanzich!"), " dreissig zwanzig");
        assert_eq!(plain("ich, Bottich"), " ich bottich");
        let text = "vierzich Euro";
        let last = german(text)[7];
        assert_eq!(&text[last.start..last.end], "ch");
        let english = normalise("vierzich", &Language::EN.definition().numbers);
        assert_eq!(english.last().map(|l| l.c), Some('h'));
    }

    #[test]
    fn punctuation_goes_and_numbers_keep_theirs() {
        assert_eq!(plain("Alexa, kauf Milch!"), " alexa kauf milch");
        assert_eq!(plain("1.200 €, bitte."), " 1.200 € bitte");
        assert_eq!(plain("Zahl 12,50 Euro."), " zahl 12,50 euro");
        assert_eq!(plain("am 3. März um 14:30"), " am 3. maerz um 14:30");
        assert_eq!(plain("Nimm 3."), " nimm 3");
        assert_eq!(plain("at 3 p.m."), " at 3 pm");
    }

    #[test]
    fn marks_that_touch_a_number_stay() {
        for text in [
            " -50",
            " €-50",
            " 50-",
            " 50 €-",
            " ,50",
            " $.50",
            " 5,,0",
            " 50..",
            " 1/2",
            " (50",
            " #50",
            " 5'0",
            " ~50",
            " 50,-",
            " 14:30-15:00",
            " 5\u{336}",
        ] {
            assert_eq!(plain(text), text);
        }
        assert_eq!(plain("−50 – 60"), " -50 - 60");
        assert_eq!(plain("- EUR 50"), " - eur 50");
        // Punctuation between words, which may be passed over there and not within a number.
        assert_eq!(plain("um 14:30? An Anna"), " um 14:30, an anna");
        assert_eq!(plain("am 3.!"), " am 3");
        assert_eq!(plain("am 3., bitte"), " am 3., bitte");
        assert_eq!(
            plain("Anna – 50 €, „bitte“ ('jetzt')"),
            " anna 50 € bitte jetzt"
        );
    }

    #[test]
    fn umlauts_in_every_spelling_are_one() {
        assert_eq!(plain("Bäckerei Groß"), " baeckerei gross");
        assert_eq!(plain("Baeckerei GROSS"), " baeckerei gross");
        assert_eq!(plain("Ba\u{308}ckerei"), " baeckerei");
        assert_eq!(plain("Café"), " cafe");
    }

    #[test]
    fn hyphens_inside_words_stay_dashes_between_words_go() {
        assert_eq!(plain("E-Mail – jetzt"), " e-mail jetzt");
        assert_eq!(plain("minus -5"), " minus -5");
    }

    #[test]
    fn spans_point_into_the_original() {
        let text = "  Zähl!";
        let letters = german(text);
        assert_eq!(letters[0].c, ' ');
        let ae: Vec<&str> = letters[2..4]
            .iter()
            .map(|l| &text[l.start..l.end])
            .collect();
        assert_eq!(ae, ["ä", "ä"]);
        assert!(german("  …!?").is_empty());
    }
}
