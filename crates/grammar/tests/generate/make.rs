//! Making grammars.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use zahlwort_grammar::{Builtin, Language};

use super::{Block, Draw, Entry, Grammar, List, Out, Piece, Range};

/// Words of sentences, of lists, of open slots and without meaning.
pub(super) struct Words {
    pub said: &'static [&'static str],
    pub listed: &'static [&'static str],
    pub open: &'static [&'static str],
    pub skipped: &'static [&'static str],
}

/// No word of a kind is one of another, or a number, or begins like one.
const DISTINCT: Words = Words {
    said: &[
        "blorp",
        "grüßt",
        "kravo",
        "Mipf",
        "l'orm",
        "tasko gam",
        "öbel",
        "wumm-rax",
    ],
    listed: &[
        "Jaskin",
        "Jaskinor",
        "qued",
        "Café Brül",
        "Röxel-Pfarr",
        "O'Plonk",
        "jask in",
        "Straßig",
    ],
    open: &["Vognar", "Vognar Plimser", "ypso-lant", "Xörr y Zax"],
    skipped: &["nuff", "ähmel", "gell jo"],
};

/// All kinds from one small set, numbers among them.
const MIXED: Words = Words {
    said: MIXED_WORDS,
    listed: MIXED_WORDS,
    open: MIXED_WORDS,
    skipped: MIXED_WORDS,
};
const MIXED_WORDS: &[&str] = &[
    "a",
    "a a",
    "ab",
    "b",
    "eins",
    "one",
    "fünf",
    "five hundred",
    "und",
    "and",
    "12",
    "b-a",
    "a'b",
];

/// What may be part of a template, by where it stands.
struct Made<'a> {
    words: &'a [&'static str],
    rules: Vec<String>,
    lists: Vec<String>,
    /// Built-in types and ranges in templates.
    typed: bool,
    builtins: &'a [Builtin],
}

impl Grammar {
    pub(super) fn words(&self) -> &'static Words {
        if self.distinct { &DISTINCT } else { &MIXED }
    }

    pub fn draw(draw: &mut Draw<'_>) -> Grammar {
        let language = draw.pick(&Language::ALL);
        let mut grammar = Grammar {
            language,
            distinct: !draw.once_in(4),
            blocks: Vec::new(),
            rules: BTreeMap::new(),
            lists: BTreeMap::new(),
            skip_words: Vec::new(),
        };
        let words = grammar.words();
        // The nets of built-in types are large: one or two of them, now and then.
        let builtins: Vec<Builtin> = match draw.below(8) {
            0 | 1 => vec![draw.pick(&Builtin::ALL)],
            2 => vec![draw.pick(&Builtin::ALL), draw.pick(&Builtin::ALL)],
            _ => Vec::new(),
        };

        let mut made = Made {
            words: words.listed,
            rules: Vec::new(),
            lists: Vec::new(),
            typed: false,
            builtins: &builtins,
        };
        for i in 0..draw.below(3) {
            let body = made.piece(draw, 2);
            let name = format!("text{i}");
            grammar.rules.insert(name.clone(), body);
            made.rules.push(name);
        }
        for i in 0..1 + draw.below(3) {
            let list = made.list(draw, &grammar.rules);
            grammar.lists.insert(format!("list{i}"), list);
        }
        let text_rules = std::mem::take(&mut made.rules);
        let lists: Vec<String> = grammar.lists.keys().cloned().collect();
        let mut made = Made {
            words: words.said,
            rules: text_rules.clone(),
            lists: lists.clone(),
            typed: true,
            builtins: &builtins,
        };
        for i in 0..draw.below(3) {
            let body = made.piece(draw, 2);
            let name = format!("rule{i}");
            grammar.rules.insert(name.clone(), body);
            made.rules.push(name);
        }
        let sentence_rules = std::mem::take(&mut made.rules);

        let mut intent = 0;
        for index in 0..1 + draw.below(3) {
            intent += usize::from(index > 0 && draw.once_in(2));
            let block = block(draw, &grammar, words, &sentence_rules, &builtins);
            grammar.blocks.push((format!("Intent{intent}"), block));
        }
        let made = Made {
            words: words.skipped,
            rules: Vec::new(),
            lists: Vec::new(),
            typed: false,
            builtins: &[],
        };
        for _ in 0..draw.below(3) {
            let skip = made.obligatory(draw, 1, &grammar.rules);
            grammar.skip_words.push(skip);
        }
        grammar
    }
}

fn block(
    draw: &mut Draw<'_>,
    grammar: &Grammar,
    words: &Words,
    rules: &[String],
    builtins: &[Builtin],
) -> Block {
    let mut block = Block::default();
    let listed = Made {
        words: words.listed,
        rules: rules
            .iter()
            .filter(|r| r.starts_with("text"))
            .cloned()
            .collect(),
        lists: Vec::new(),
        typed: false,
        builtins,
    };
    // A list or a rule of the block's own, which may hide one of the file.
    if draw.once_in(4) {
        let name = draw.pick(&["list0", "own"]);
        let list = listed.list(draw, &grammar.rules);
        block.lists.insert(name.to_owned(), list);
    }
    let mut lists: Vec<String> = grammar.lists.keys().cloned().collect();
    lists.extend(block.lists.keys().cloned());
    let mut made = Made {
        words: words.said,
        rules: Vec::new(),
        lists,
        typed: true,
        builtins,
    };
    if draw.once_in(4) {
        let name = draw.pick(&["rule0", "own_rule"]);
        block.rules.insert(name.to_owned(), made.piece(draw, 1));
    }
    made.rules = rules.to_vec();
    made.rules.extend(block.rules.keys().cloned());
    let scope = |name: &String| block.rules.get(name).or_else(|| grammar.rules.get(name));
    let all: BTreeMap<String, Piece> = made
        .rules
        .iter()
        .filter_map(|name| Some((name.clone(), scope(name)?.clone())))
        .collect();
    for _ in 0..1 + draw.below(3) {
        let sentence = made.obligatory(draw, 3, &all);
        block.sentences.push(sentence);
    }
    let value = |draw: &mut Draw<'_>| match draw.below(5) {
        0 => json!("here"),
        1 => json!(["there", "here"]),
        2 => Json::Null,
        3 => json!({ "value": "here", "slot": true }),
        _ => json!({ "slot": true }),
    };
    if draw.once_in(4) {
        block.requires.insert("place".into(), value(draw));
    }
    if draw.once_in(6) {
        block.requires.insert("tone".into(), json!("low"));
    }
    if draw.once_in(6) {
        block.excludes.insert("tone".into(), json!(["high", 1]));
    }
    if draw.once_in(6) {
        block
            .metadata
            .insert("note".into(), json!({ "a": [1, null] }));
    }
    block
}

impl Made<'_> {
    fn word(&self, draw: &mut Draw<'_>) -> Piece {
        Piece::Words(draw.pick(self.words).to_owned())
    }

    fn piece(&self, draw: &mut Draw<'_>, depth: usize) -> Piece {
        let parts = |draw: &mut Draw<'_>, most: usize| -> Vec<Piece> {
            let count = 2 + draw.below(most - 1);
            (0..count).map(|_| self.piece(draw, depth - 1)).collect()
        };
        match draw.below(if depth == 0 { 6 } else { 14 }) {
            0..2 => self.word(draw),
            2 if !self.rules.is_empty() => Piece::Rule(draw.pick(&self.rules)),
            3 | 4 if !self.lists.is_empty() => {
                let list = draw.pick(&self.lists);
                let slot = match draw.below(3) {
                    0 => list.clone(),
                    n => format!("slot{n}"),
                };
                Piece::Slot { list, slot }
            }
            5 if self.typed => self.typed(draw),
            2..6 => self.word(draw),
            6..9 => Piece::Seq(parts(draw, 4)),
            9 => Piece::Alt(parts(draw, 3)),
            10 | 11 => Piece::Opt(Box::new(self.piece(draw, depth - 1))),
            12 => Piece::Perm(parts(draw, 3)),
            _ => {
                let ends = ["el", "en", "ox"].map(|end| Piece::Words(end.into()));
                let end = Piece::Opt(Box::new(draw.pick(&ends)));
                Piece::Glued(vec![self.word(draw), end])
            }
        }
    }

    fn typed(&self, draw: &mut Draw<'_>) -> Piece {
        let slot = draw.pick(&["slot1", "typed"]).to_owned();
        if !self.builtins.is_empty() {
            let builtin = draw.pick(self.builtins);
            return Piece::Builtin { builtin, slot };
        }
        let mut range = range(draw);
        range.multiplier = None;
        Piece::Range { range, slot }
    }

    /// A piece that cannot be left out.
    fn obligatory(
        &self,
        draw: &mut Draw<'_>,
        depth: usize,
        rules: &BTreeMap<String, Piece>,
    ) -> Piece {
        let piece = self.piece(draw, depth);
        match piece.can_be_empty(rules) {
            true => Piece::Seq(vec![self.word(draw), piece]),
            false => piece,
        }
    }

    fn list(&self, draw: &mut Draw<'_>, rules: &BTreeMap<String, Piece>) -> List {
        match draw.below(6) {
            0..3 => {
                let count = 1 + draw.below(5);
                let entries = (0..count).map(|i| self.entry(draw, i, rules));
                List::Values(entries.collect())
            }
            3 | 4 => List::Range(range(draw)),
            _ => List::Wildcard,
        }
    }

    fn entry(&self, draw: &mut Draw<'_>, index: usize, rules: &BTreeMap<String, Piece>) -> Entry {
        let out = match draw.below(6) {
            0 | 1 => Out::Plain,
            2 => Out::Said,
            3 => Out::Given(json!(format!("out {index}"))),
            4 => Out::Given(draw.pick(&[json!(12), json!(-1.5), json!(0)])),
            _ => Out::Given(draw.pick(&[json!(true), json!(["a", 1]), json!("ß \"quoted\"")])),
        };
        let say = match out {
            Out::Plain => self.word(draw),
            // As many texts as it stands for, so many entries it becomes, and they are bounded.
            Out::Said => Piece::Alt(vec![
                self.word(draw),
                Piece::Glued(vec![
                    self.word(draw),
                    Piece::Opt(Box::new(Piece::Words("ix".into()))),
                ]),
            ]),
            _ => self.obligatory(draw, 2, rules),
        };
        let mut entry = Entry {
            say,
            out,
            id: None,
            context: BTreeMap::new(),
            metadata: BTreeMap::new(),
        };
        if !matches!(entry.out, Out::Plain) {
            entry.id = draw.once_in(4).then(|| format!("id-{index}"));
            if draw.once_in(3) {
                let tone = draw.pick(&["low", "high"]);
                entry.context.insert("tone".into(), json!(tone));
            }
            if draw.once_in(4) {
                entry.metadata.insert("country".into(), json!("DE"));
            }
        }
        entry
    }
}

fn range(draw: &mut Draw<'_>) -> Range {
    let from = match draw.below(4) {
        0 => 0,
        1 => 1 + draw.below(30) as i64,
        2 => -(draw.below(40) as i64),
        _ => draw.below(3_000) as i64 * 1_000,
    };
    Range {
        from,
        to: from + draw.below(60) as i64,
        step: draw.pick(&[1, 1, 1, 2, 5, 100]),
        multiplier: draw.pick(&[None, None, Some("0.01"), Some("-3"), Some("1e-3")]),
    }
}

impl Piece {
    pub(super) fn can_be_empty(&self, rules: &BTreeMap<String, Piece>) -> bool {
        let empty = |part: &Piece| part.can_be_empty(rules);
        match self {
            Piece::Words(_) | Piece::Slot { .. } | Piece::Range { .. } | Piece::Builtin { .. } => {
                false
            }
            Piece::Seq(parts) | Piece::Glued(parts) | Piece::Perm(parts) => parts.iter().all(empty),
            Piece::Alt(parts) => parts.iter().any(empty),
            Piece::Opt(_) => true,
            Piece::Rule(name) => rules.get(name).is_some_and(empty),
        }
    }
}
