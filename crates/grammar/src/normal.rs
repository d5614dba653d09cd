//! Text as matching sees it: lower case, no sentence punctuation, umlauts and ß spelled out, one
//! space before every word.

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

/// Normalises a text. The result is empty, or starts with a space and does not end with one.
pub(crate) fn normalise(text: &str) -> Vec<Letter> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |i: usize| chars.get(i).map(|c| c.1);
    let mut out: Vec<Letter> = Vec::with_capacity(text.len() + 1);
    let mut spaced = true;
    for (i, &(start, c)) in chars.iter().enumerate() {
        let end = start + c.len_utf8();
        let before = i.checked_sub(1).and_then(at).unwrap_or(' ');
        let after = at(i + 1).unwrap_or(' ');
        let digit = |c: char| c.is_ascii_digit();
        let keep = match c {
            // A combining diaeresis makes an umlaut of the letter before it; other marks are dropped.
            '\u{308}' => {
                if let Some(last) = out.last_mut() {
                    last.end = end;
                    if matches!(last.c, 'a' | 'o' | 'u') {
                        let last = *last;
                        out.push(Letter { c: 'e', ..last });
                    }
                }
                continue;
            }
            '\u{300}'..='\u{36f}' => continue,
            '\'' | '’' | '‘' | 'ʼ' | '`' | '´' => {
                match before.is_alphanumeric() && after.is_alphanumeric() {
                    true => Some('\''),
                    false => continue,
                }
            }
            '-' | '‐' | '‑' | '–' | '—' | '−' => {
                let joins = before.is_alphanumeric() && after.is_alphanumeric();
                (joins || before.is_whitespace() && digit(after)).then_some('-')
            }
            '.' | ',' | ':' if digit(before) && digit(after) => Some(c),
            // "3. März": the dot of an ordinal, not of a sentence.
            '.' if digit(before) && chars[i + 1..].iter().any(|c| c.1.is_alphanumeric()) => {
                Some('.')
            }
            // "p.m.", "z.B."
            '.' if before.is_alphabetic() && after.is_alphabetic() => continue,
            '€' | '$' | '£' | '%' | '&' | '+' | '@' | '§' => Some(c),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        };
        let Some(c) = keep else {
            spaced = true;
            continue;
        };
        if spaced {
            out.push(Letter {
                c: ' ',
                start,
                end: start,
            });
            spaced = false;
        }
        let (first, second) = fold(c);
        for c in std::iter::once(first).chain(second) {
            out.push(Letter { c, start, end });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        normalise(text).iter().map(|l| l.c).collect()
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
        let letters = normalise(text);
        assert_eq!(letters[0].c, ' ');
        let ae: Vec<&str> = letters[2..4]
            .iter()
            .map(|l| &text[l.start..l.end])
            .collect();
        assert_eq!(ae, ["ä", "ä"]);
        assert!(normalise("  …!?").is_empty());
    }
}
