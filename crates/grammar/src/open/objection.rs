//! Why a sentence is refused that would be an order if open slots could hold any words.

use std::sync::Arc as Shared;

use super::Open;
use super::net::{net, numbers_net};
use crate::automaton::{Automaton, Meaning};
use crate::builtin::currency_words;
use crate::language::names::ANY;
use crate::language::{PerLanguage, Why};
use crate::net::Net;
use crate::{Language, Match, MatchOptions};

/// What keeps a sentence from being an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objection {
    /// It says that something is not to be done, or takes back what it said.
    Negated,
    /// It asks for several things at once: two payees, two amounts, another order behind an "and".
    Several,
}

impl Automaton {
    /// Why a text that [`Automaton::parse`] does not read as an order has the form of one, but must not be
    /// carried out: it is negated, or it asks for several things at once. `None` if it is no order at all, or
    /// another word is in the way. `is_order` tells which readings are orders.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use zahlwort_grammar::{Automaton, Grammar, Objection, source::LoadOptions};
    /// let grammar = Grammar::from_yaml("pay.yaml", "
    /// language: en
    /// intents:
    ///   Pay:
    ///     data:
    ///       - sentences: ['(pay|send) {who} {@money:amount}']
    /// lists:
    ///   who: {wildcard: name}
    /// ", &LoadOptions::default())?;
    /// let automaton = Automaton::compile(&grammar, &BTreeMap::new())?;
    /// let objection = |text| automaton.objection(text, &Default::default(), |_| true);
    /// assert!(automaton.parse("don't pay Kim 50 euros", &Default::default()).is_empty());
    /// assert_eq!(objection("don't pay Kim 50 euros"), Some(Objection::Negated));
    /// assert_eq!(objection("pay Kim 20 and Alex 50 euros"), Some(Objection::Several));
    /// assert_eq!(objection("play Kim 50 euros"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn objection(
        &self,
        text: &str,
        options: &MatchOptions,
        is_order: impl Fn(&Match) -> bool,
    ) -> Option<Objection> {
        let options = &MatchOptions {
            fuzzy: false,
            unknown_words: 0,
            ..options.clone()
        };
        let language = self.language;
        let said: Vec<&str> = text.split_whitespace().collect();
        let relaxed = self.relaxed()?;
        let orders = |text: &str| -> Vec<Match> {
            let mut found = relaxed.parse(text, options);
            found.retain(&is_order);
            found
        };
        let held = orders(text)
            .iter()
            .flat_map(|order| order.slots.iter().filter(|slot| slot.open))
            .find_map(|slot| objection_to(&slot.text, language));
        if held.is_some() {
            return held;
        }
        if let Some(rest) = without_negation(&said, language)
            && !orders(&rest).is_empty()
        {
            return Some(Objection::Negated);
        }
        let is_and = |word: &&str| {
            language
                .definition()
                .names
                .and
                .contains(&plain(word).as_str())
        };
        (1..said.len())
            .filter(|&at| said.get(at).is_some_and(is_and) && at + 1 < said.len())
            .any(|at| !orders(&said[..at].join(" ")).is_empty())
            .then_some(Objection::Several)
    }

    /// The same automaton with open slots that hold any words.
    fn relaxed(&self) -> Option<Automaton> {
        let any = net(Open::Title, self.language).ok()?;
        let mut relaxed = self.clone();
        for subnet in &mut relaxed.nets {
            if matches!(subnet.meaning, Meaning::Open(_)) {
                subnet.meaning = Meaning::Open(Open::Title);
                subnet.net = Shared::clone(&any);
            }
        }
        Some(relaxed)
    }
}

/// A word in lower case, without punctuation around it.
fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase()
        .replace(['’', '‘'], "'")
}

/// Whether a text negates something or takes something back, in so many words. Where a free transcription does
/// and the sentence of the grammar does not, that sentence is not what was said.
///
/// ```
/// use zahlwort_grammar::{Language, takes_back};
/// assert!(takes_back("Überweise Anna nicht 50 Euro", Language::DE));
/// assert!(takes_back("Send fifty, no wait, sixty.", Language::EN));
/// assert!(!takes_back("Überweise Anna Knopf 50 Euro", Language::DE));
/// assert!(!takes_back("Bestell Kaffee für nicht mehr als 20 Euro", Language::DE));
/// ```
pub fn takes_back(text: &str, language: Language) -> bool {
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    let words = without_harmless(words, language);
    says(&words, language, &[Why::Negation, Why::Correction])
}

/// Whether a number in a text is made an upper limit: "for no more than 20 euros".
pub fn sets_a_limit(text: &str, language: Language) -> bool {
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    let limits = language.definition().names.limits;
    phrases(limits).any(|phrase| find_limit(&words, &phrase, language).is_some())
}

/// The words without the phrases that negate and take back nothing; what was on both sides of one stays apart.
fn without_harmless(mut words: Vec<String>, language: Language) -> Vec<String> {
    let names = &language.definition().names;
    for phrase in phrases(names.harmless) {
        while let Some(at) = words.windows(phrase.len()).position(|some| some == phrase) {
            words.splice(at..at + phrase.len(), [String::new()]);
        }
    }
    for phrase in phrases(names.limits) {
        while let Some(at) = find_limit(&words, &phrase, language) {
            words.splice(at..at + phrase.len(), [String::new()]);
        }
    }
    words
}

/// Phrases as words.
fn phrases(all: &'static [&'static str]) -> impl Iterator<Item = Vec<String>> {
    let words = |phrase: &&str| phrase.split_whitespace().map(plain).collect::<Vec<_>>();
    all.iter().map(words).filter(|phrase| !phrase.is_empty())
}

/// Where a phrase stands with a number behind it.
fn find_limit(words: &[String], phrase: &[String], language: Language) -> Option<usize> {
    let is_amount =
        |word: &String| is_number(word, language) || word.chars().any(|c| c.is_numeric());
    let limits = |at: &usize| {
        words[*at..].starts_with(phrase) && words.get(at + phrase.len()).is_some_and(is_amount)
    };
    (0..words.len()).find(limits)
}

/// Whether one of these phrases is among the words.
fn says(said: &[String], language: Language, wanted: &[Why]) -> bool {
    let rows = language.definition().names.rows.iter();
    rows.filter(|row| wanted.contains(&row.why))
        .any(|row| row.words.iter().any(|phrase| has(said, phrase)))
}

fn has(said: &[String], phrase: &str) -> bool {
    let phrase: Vec<String> = phrase.split(' ').map(plain).collect();
    said.windows(phrase.len()).any(|some| some == phrase)
}

/// What keeps these words from being a name.
fn objection_to(held: &str, language: Language) -> Option<Objection> {
    let held: Vec<String> = held.split_whitespace().map(plain).collect();
    let counts = |word: &String| is_number(word, language);
    let mut money = currency_words(language).into_iter();
    // A number in front says how much of it: "eine Kiste Wasser".
    if held.iter().skip(1).any(counts)
        || money.any(|word| has(&held, word))
        || says(&held, language, &[Why::Another])
    {
        return Some(Objection::Several);
    }
    says(&held, language, &[Why::Negation, Why::Correction]).then_some(Objection::Negated)
}

/// Which of the words of a text may stand in a sentence that does not know them: those that negate, correct and condition
/// nothing, are no number, sum, sign or currency, and join nothing to the sentence.
pub(crate) fn may_be_unknown(words: &[String], language: Language) -> Vec<bool> {
    let definition = language.definition();
    let plain: Vec<String> = words.iter().map(|word| plain(word)).collect();
    let minus = definition.numbers.minus;
    let mut may: Vec<bool> = words
        .iter()
        .zip(&plain)
        .map(|(word, plain)| {
            word.chars().any(char::is_alphabetic)
                && word
                    .chars()
                    .all(|c| c.is_alphabetic() || matches!(c, '\'' | '-'))
                && !is_number(plain, language)
                && !minus.iter().any(|minus| minus.eq_ignore_ascii_case(plain))
                && objection_to(word, language).is_none()
        })
        .collect();
    // A condition is barred from every kind of slot.
    let rows = definition.names.rows.iter();
    let changing = rows.filter(|row| row.why != Why::Grammar || row.never_in == ANY);
    for phrase in changing.flat_map(|row| phrases(row.words)) {
        for at in 0..words.len() {
            if plain[at..].starts_with(&phrase) {
                may[at..at + phrase.len()].fill(false);
            }
        }
    }
    may
}

fn is_number(word: &str, language: Language) -> bool {
    static NETS: PerLanguage<Option<Net>> = PerLanguage::new();
    let net = NETS.get(language, || numbers_net(language).ok());
    net.as_ref()
        .as_ref()
        .is_some_and(|net| net.read(0, word).is_some_and(|end| net.is_final(end)))
}

/// The words but those that negate; `None` if none does.
fn without_negation(said: &[&str], language: Language) -> Option<String> {
    let mut phrases: Vec<Vec<String>> = language
        .definition()
        .names
        .rows
        .iter()
        .filter(|row| row.why == Why::Negation)
        .flat_map(|row| row.words)
        .map(|phrase| phrase.split(' ').map(plain).collect())
        .collect();
    // "Auf keinen Fall" before "keinen".
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    let plain_words: Vec<String> = said.iter().map(|word| plain(word)).collect();
    let (mut rest, mut at) = (Vec::new(), 0);
    while at < said.len() {
        let here = &plain_words[at..];
        match phrases.iter().find(|phrase| here.starts_with(phrase)) {
            Some(phrase) => at += phrase.len(),
            None => {
                rest.push(said[at]);
                at += 1;
            }
        }
    }
    (rest.len() < said.len()).then(|| rest.join(" "))
}
