//! Sentences of a generated grammar, and what they mean.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use zahlwort_grammar::Value;

use super::{Block, Draw, Grammar, List, Out, Piece, slots};

/// A sentence, and what its author meant.
#[derive(Clone, Debug, Default)]
pub struct Said {
    pub text: String,
    pub block: usize,
    /// The slots in the order in which they were said.
    pub slots: Vec<(String, Value)>,
    /// How many words of it stand in each open slot.
    pub open: Vec<usize>,
    /// How often something was said that means nothing.
    pub skipped: u32,
    /// What entries of lists add to the context.
    pub context: BTreeMap<String, Json>,
}

/// Text so far: words with gaps between, where something may stand that means nothing.
enum Token {
    Text(String),
    Gap,
}

struct Saying<'g> {
    grammar: &'g Grammar,
    block: Option<&'g Block>,
    tokens: Vec<Token>,
    said: Said,
}

impl Grammar {
    /// A sentence of a block.
    pub fn say(&self, draw: &mut Draw<'_>) -> Said {
        let index = draw.below(self.blocks.len());
        let block = &self.blocks[index].1;
        let sentence = draw.below(block.sentences.len());
        let mut saying = Saying::new(self, Some(block));
        saying.piece(draw, &block.sentences[sentence]);
        let mut said = saying.said;
        said.block = index;
        said.text = self.spoken(draw, &saying.tokens, &mut said.skipped);
        said
    }

    /// The text of tokens, now and then with words between that mean nothing.
    fn spoken(&self, draw: &mut Draw<'_>, tokens: &[Token], skipped: &mut u32) -> String {
        let mut text = String::new();
        let mut gap = true;
        for token in tokens.iter().chain([&Token::Gap]) {
            match token {
                Token::Gap => gap = true,
                Token::Text(words) => {
                    if std::mem::take(&mut gap) {
                        self.skip(draw, &mut text, skipped);
                        text.push(' ');
                    }
                    text.push_str(words);
                }
            }
        }
        self.skip(draw, &mut text, skipped);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn skip(&self, draw: &mut Draw<'_>, text: &mut String, skipped: &mut u32) {
        if self.skip_words.is_empty() || !draw.once_in(8) {
            return;
        }
        let words = draw.below(self.skip_words.len());
        let mut saying = Saying::new(self, None);
        saying.piece(draw, &self.skip_words[words]);
        text.push(' ');
        for token in saying.tokens {
            match token {
                Token::Gap => text.push(' '),
                Token::Text(words) => text.push_str(&words),
            }
        }
        text.push(' ');
        *skipped += 1;
    }
}

impl<'g> Saying<'g> {
    fn new(grammar: &'g Grammar, block: Option<&'g Block>) -> Self {
        Saying {
            grammar,
            block,
            tokens: Vec::new(),
            said: Said::default(),
        }
    }

    fn piece(&mut self, draw: &mut Draw<'_>, piece: &Piece) {
        match piece {
            Piece::Words(text) => self.tokens.push(Token::Text(text.clone())),
            Piece::Seq(parts) => {
                for (i, part) in parts.iter().enumerate() {
                    if i > 0 {
                        self.tokens.push(Token::Gap);
                    }
                    self.piece(draw, part);
                }
            }
            Piece::Glued(parts) => parts.iter().for_each(|part| self.piece(draw, part)),
            Piece::Alt(parts) => {
                let one = draw.below(parts.len());
                self.piece(draw, &parts[one]);
            }
            Piece::Opt(inner) => {
                if draw.below(2) == 0 {
                    self.piece(draw, inner);
                }
            }
            Piece::Perm(parts) => {
                let mut left: Vec<&Piece> = parts.iter().collect();
                while !left.is_empty() {
                    let part = left.remove(draw.below(left.len()));
                    self.tokens.push(Token::Gap);
                    self.piece(draw, part);
                    self.tokens.push(Token::Gap);
                }
            }
            Piece::Rule(name) => {
                let own = self.block.and_then(|block| block.rules.get(name));
                if let Some(body) = own.or_else(|| self.grammar.rules.get(name)) {
                    self.piece(draw, body);
                }
            }
            Piece::Slot { list, slot } => {
                let own = self.block.and_then(|block| block.lists.get(list));
                if let Some(list) = own.or_else(|| self.grammar.lists.get(list)) {
                    self.list(draw, list, slot);
                }
            }
            Piece::Range { range, slot } => {
                let (text, value) = slots::range(draw, range, self.grammar.language);
                self.fill(slot, text, value);
            }
            Piece::Builtin { builtin, slot } => {
                match slots::builtin(draw, *builtin, self.grammar.language) {
                    Some((text, value)) => self.fill(slot, text, value),
                    None => self.open(draw, slot),
                }
            }
        }
    }

    fn list(&mut self, draw: &mut Draw<'_>, list: &List, slot: &str) {
        match list {
            List::Wildcard => self.open(draw, slot),
            List::Range(range) => {
                let (text, value) = slots::range(draw, range, self.grammar.language);
                self.fill(slot, text, value);
            }
            List::Values(entries) => {
                let index = draw.below(entries.len());
                let entry = &entries[index];
                let mut saying = Saying::new(self.grammar, None);
                saying.piece(draw, &entry.say);
                // Nothing that means nothing stands inside an entry.
                let mut text = String::new();
                for token in saying.tokens {
                    text.push_str(match &token {
                        Token::Gap => " ",
                        Token::Text(words) => words,
                    });
                }
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let out = match &entry.out {
                    Out::Plain => slots::plain(&text),
                    Out::Said => Json::from(text.as_str()),
                    Out::Given(out) => out.clone(),
                };
                self.said.context.extend(entry.context.clone());
                self.fill(slot, text, slots::listed(&out, entry.id.as_deref()));
            }
        }
    }

    fn open(&mut self, draw: &mut Draw<'_>, slot: &str) {
        let text = draw.pick(self.grammar.words().open);
        self.said.open.push(text.split(' ').count());
        self.fill(slot, text.to_owned(), Value::Text(text.to_owned()));
    }

    fn fill(&mut self, slot: &str, text: String, value: Value) {
        self.said.slots.push((slot.to_owned(), value));
        self.tokens.push(Token::Text(text));
    }
}

/// A text with one to three characters or words inserted, left out, doubled or swapped.
pub fn change(text: &str, draw: &mut Draw<'_>) -> String {
    const STRANGE: [&str; 16] = [
        "0", "-", ",", ".", "'", "%", "€", " ", "x", "ß", "\u{308}", "İ", "😀", "\0", "12", "-5",
    ];
    let mut text = text.to_owned();
    for _ in 0..1 + draw.below(3) {
        text = if draw.below(2) == 0 {
            let characters = text.chars().map(String::from).collect();
            shuffled(characters, draw, &STRANGE).concat()
        } else {
            let words = text.split(' ').map(str::to_owned).collect();
            shuffled(words, draw, &["und", "not", "zwei", "fifty", "a"]).join(" ")
        };
    }
    text
}

fn shuffled(mut parts: Vec<String>, draw: &mut Draw<'_>, others: &[&str]) -> Vec<String> {
    let at = draw.below(parts.len().max(1));
    match draw.below(5) {
        0 => parts.insert(at, draw.pick(others).to_owned()),
        _ if parts.is_empty() => {}
        1 => drop(parts.remove(at)),
        2 => parts.insert(at, parts[at].clone()),
        3 => {
            let other = draw.below(parts.len());
            parts.swap(at, other);
        }
        _ => parts.extend_from_within(at..),
    }
    parts
}
