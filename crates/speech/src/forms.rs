//! The same sentence as it is said and as it is written.
//!
//! The CTC head spells what is said, "fünfzig Euro"; the attention decoder mostly writes figures,
//! "50 €". To be judged by both, a sentence needs a form for each.

use zahlwort_grammar::builtin::{speak_money, speak_number, written_money};
use zahlwort_grammar::{Language, Match, SlotMatch, Value};

/// The most forms of one sentence.
const MAX_FORMS: usize = 24;
/// Numbers up to this one are found in words.
const LARGEST_IN_WORDS: u64 = 999;

/// Number words of a language, to write them in figures.
#[derive(Debug)]
pub(crate) struct Figures {
    language: Language,
    /// Words and number, sorted by the words.
    known: Vec<(String, u64)>,
}

impl Figures {
    pub(crate) fn new(language: Language) -> Self {
        // "ein" and "one" are mostly no numbers.
        let mut known: Vec<(String, u64)> = (2..=LARGEST_IN_WORDS)
            // The head writes no hyphens: "twenty five".
            .map(|n| (speak_number(n, language).replace('-', " "), n))
            .collect();
        known.sort_unstable();
        Self { language, known }
    }

    /// The forms in which a transcript may write a spoken sentence, itself among them.
    pub(crate) fn written(&self, text: &str, reading: &Match) -> Vec<String> {
        self.each(text, reading, |slot| match &slot.value {
            Ok(Value::Money(money)) => {
                let figures = self.figures(&slot.text);
                let word = figures
                    .split(' ')
                    .find(|word| word.starts_with(char::is_alphabetic))
                    .unwrap_or_default();
                let signed: Vec<String> = written_money(money, self.language)
                    .into_iter()
                    .filter(|form| usual(form, self.language))
                    .collect();
                // "12,50 €" is written "12,50 Euro" as well, with the word that was said.
                let worded = signed.iter().filter_map(|form| {
                    let number = form.trim_matches(|c: char| !c.is_ascii_digit());
                    (!word.is_empty()).then(|| format!("{number} {word}"))
                });
                let worded: Vec<String> = worded.collect();
                [vec![figures], signed, worded].concat()
            }
            Ok(Value::Digits(digits)) => vec![digits.clone()],
            Ok(Value::Name(_) | Value::Text(_) | Value::Iban(_)) | Err(_) => Vec::new(),
            Ok(_) => vec![self.figures(&slot.text)],
        })
    }

    /// The forms in which a transcribed sentence may be said. One that still has figures in it is
    /// among them only where no other is known.
    pub(crate) fn spoken(&self, text: &str, reading: &Match) -> Vec<String> {
        self.each(text, reading, |slot| {
            if !slot.text.contains(|c: char| c.is_ascii_digit()) {
                return Vec::new();
            }
            match &slot.value {
                Ok(Value::Money(money)) => speak_money(money, self.language),
                Ok(Value::Digits(digits)) => vec![self.one_by_one(digits)],
                _ => vec![self.words(&slot.text)],
            }
        })
    }

    /// The sentence with its slots in every combination of their forms and itself.
    fn each(
        &self,
        text: &str,
        reading: &Match,
        forms: impl Fn(&SlotMatch) -> Vec<String>,
    ) -> Vec<String> {
        let mut slots: Vec<&SlotMatch> = reading.slots.iter().collect();
        slots.sort_by_key(|slot| slot.span.start);
        let mut built = vec![String::new()];
        let mut at = 0;
        for slot in slots {
            let (Some(before), Some(said)) =
                (text.get(at..slot.span.start), text.get(slot.span.clone()))
            else {
                continue;
            };
            at = slot.span.end;
            let mut ways: Vec<String> = forms(slot).into_iter().filter(|f| f != said).collect();
            ways.sort_unstable();
            ways.dedup();
            let room = MAX_FORMS / built.len().max(1);
            ways.truncate(room.saturating_sub(1));
            let ways = std::iter::once(said).chain(ways.iter().map(String::as_str));
            built = ways
                .flat_map(|way| built.iter().map(move |text| format!("{text}{before}{way}")))
                .collect();
        }
        let rest = text.get(at..).unwrap_or_default();
        for text in &mut built {
            text.push_str(rest);
        }
        built
    }

    /// Number words in figures.
    fn figures(&self, text: &str) -> String {
        let words: Vec<&str> = text.split(' ').collect();
        let mut out: Vec<String> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            // "two hundred five" is the longest that the numbers here take.
            let longest = (words.len() - at).min(6);
            let found = (1..=longest).rev().find_map(|n| {
                let said = words[at..at + n].join(" ").to_lowercase().replace('-', " ");
                let index = self.known.binary_search_by(|k| k.0.cmp(&said)).ok()?;
                Some((n, self.known[index].1))
            });
            match found {
                Some((n, number)) => {
                    out.push(number.to_string());
                    at += n;
                }
                None => {
                    out.push(words[at].to_owned());
                    at += 1;
                }
            }
        }
        out.join(" ")
    }

    /// Figures in number words.
    fn words(&self, text: &str) -> String {
        let mut out: Vec<String> = Vec::new();
        for word in text.split(' ') {
            let digits = word.trim_end_matches(['.', ',']);
            out.push(match digits.parse() {
                Ok(number) if digits.len() < 10 => speak_number(number, self.language),
                _ => word.to_owned(),
            });
        }
        out.join(" ")
    }

    fn one_by_one(&self, digits: &str) -> String {
        let words: Vec<String> = digits
            .chars()
            .filter_map(|c| Some(speak_number(c.to_digit(10)?.into(), self.language)))
            .collect();
        words.join(" ")
    }
}

/// Whether an amount is written with a sign and as transcripts mostly have it: "12,50 €", "$12.50".
fn usual(form: &str, language: Language) -> bool {
    let sign_first = form.starts_with(|c: char| !c.is_ascii_digit());
    let spaced = form.contains(' ');
    let cents = form.contains(",00") || form.contains(".00");
    let worded = form.contains(char::is_alphabetic);
    let money = language.definition().money.as_ref();
    let usual_sign = match sign_first {
        true => !spaced && money.is_some_and(|money| money.sign_first),
        false => spaced,
    };
    !cents && !worded && usual_sign
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use zahlwort_grammar::source::LoadOptions;
    use zahlwort_grammar::{Automaton, Grammar, MatchOptions};

    use super::*;

    fn reading(language: &str, text: &str) -> Match {
        let yaml = format!(
            "language: {language}\nintents:\n  Zahle:\n    data:\n      - sentences: ['(zahle|pay) {{@money:amount}} [(an|to) {{wer}}]', '(kauf|buy) {{@quantity:quantity}}']\nlists:\n  wer: {{wildcard: true}}\n"
        );
        let grammar = Grammar::from_yaml("g.yaml", &yaml, &LoadOptions::default()).unwrap();
        let automaton = Automaton::compile(&grammar, &BTreeMap::new()).unwrap();
        automaton
            .parse(text, &MatchOptions::default())
            .into_iter()
            .next()
            .unwrap()
    }

    fn written(language: Language, text: &str) -> Vec<String> {
        let reading = reading(language.code(), text);
        Figures::new(language).written(text, &reading)
    }

    #[test]
    fn amounts_are_written_in_figures() {
        let forms = written(Language::DE, "zahle zwölf euro fünfzig an anna");
        for form in [
            "zahle zwölf euro fünfzig an anna",
            "zahle 12,50 euro an anna",
            "zahle 12,50 € an anna",
            "zahle 12 euro 50 an anna",
        ] {
            assert!(forms.iter().any(|f| f == form), "{forms:?}");
        }
        let forms = written(Language::EN, "pay twenty dollars");
        assert!(forms.iter().any(|f| f == "pay $20"), "{forms:?}");
        let forms = written(Language::EN, "buy twenty five bottles");
        assert!(forms.iter().any(|f| f == "buy 25 bottles"), "{forms:?}");
    }

    #[test]
    fn figures_are_said_in_words() {
        let spoken = |language: Language, text: &str| {
            Figures::new(language).spoken(text, &reading(language.code(), text))
        };
        let forms = spoken(Language::DE, "zahle 12,50 € an Anna");
        assert!(forms.contains(&"zahle zwölf Euro fünfzig an Anna".to_owned()));
        let forms = spoken(Language::EN, "buy 25 bottles");
        assert!(
            forms.contains(&"buy twenty-five bottles".to_owned()),
            "{forms:?}"
        );
    }
}
