//! A grammar compiled: one net for all sentences, one for each list, called by reference.
//!
//! Because sentences only *call* lists, a list of ten thousand products exists once, however many
//! sentences mention it, and is swapped without touching anything else.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc as Shared;

use rust_decimal::Decimal;
use serde_json::Value as Json;

use crate::builtin::{self, Builtin};
use crate::net::{self, MAX_PERMUTED, Net, NetError, Symbol};
use crate::open::{self, Open};
use crate::source::{Entry, List};
use crate::{Expr, Grammar, Language, Tag, check, lit, tagged};

/// A grammar in the form that texts and speech are matched against. Cheap to clone; immutable, so
/// that many threads can share it.
#[derive(Clone, Debug)]
pub struct Automaton {
    pub(crate) language: Language,
    /// Net 0 reads sentences, net 1 skip words (if any); the lists follow.
    pub(crate) nets: Vec<Subnet>,
    pub(crate) has_skip: bool,
    pub(crate) sites: Shared<[Site]>,
    pub(crate) data: Shared<[Data]>,
    pub(crate) by_name: Shared<HashMap<String, u32>>,
}

/// A net and what its tags mean.
#[derive(Clone, Debug)]
pub(crate) struct Subnet {
    pub(crate) net: Shared<Net>,
    pub(crate) meaning: Meaning,
}

#[derive(Clone, Debug)]
pub(crate) enum Meaning {
    Sentences,
    SkipWords,
    /// The tag is the entry's index.
    Values(Shared<[Entry]>),
    /// The tag is the number's index.
    Range {
        from: i64,
        step: i64,
        multiplier: Option<Decimal>,
    },
    Open(Open),
    Builtin(Builtin),
}

/// A place where sentences call a list for a slot.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) net: u32,
    pub(crate) list: String,
    pub(crate) slot: String,
}

/// What a complete sentence means beyond its slots.
#[derive(Clone, Debug)]
pub(crate) struct Data {
    pub(crate) intent: String,
    pub(crate) fixed: BTreeMap<String, Json>,
    pub(crate) requires: BTreeMap<String, Json>,
    pub(crate) excludes: BTreeMap<String, Json>,
    pub(crate) metadata: BTreeMap<String, Json>,
}

/// Why a grammar has no automaton.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompileError {
    /// A sentence names a list that neither the grammar nor the caller has.
    #[error(
        "intent `{intent}` uses the list `{{{list}}}`, which does not exist; define it under `lists:` or in the catalog"
    )]
    UndefinedList {
        /// The list.
        list: String,
        /// The intent whose sentence names it.
        intent: String,
    },
    /// [`Automaton::with_list`] for a list that no sentence uses.
    #[error("no sentence uses a list named `{list}`; the lists in use are: {known}")]
    UnknownList {
        /// The list.
        list: String,
        /// The names that exist.
        known: String,
    },
    /// Something would match the empty text.
    #[error("{place} can be left out entirely; make at least one word of it obligatory")]
    AcceptsNothing {
        /// The sentence group or list.
        place: String,
    },
    /// Too many states, or too long a permutation or range.
    #[error("{place} is too large to compile: {hint}")]
    TooLarge {
        /// The sentence group or list.
        place: String,
        /// How to mend it.
        hint: String,
    },
    /// A skip word contains a slot.
    #[error(
        "`skip_words` refer to a list; they mean nothing, so they cannot fill a slot: put the list into the sentences"
    )]
    SlotInSkipWords,
    /// An expression holds a tag, which only built-in types give a meaning to.
    #[error("{place} holds a tag; tags belong to built-in types alone, leave it out")]
    StrayTag {
        /// The sentence or list.
        place: String,
    },
    /// An [`Expr::Alt`] of nothing, which no text can be.
    #[error("{place} holds a choice of nothing; give it a text, or leave it out")]
    NoChoice {
        /// The sentence or list.
        place: String,
    },
    /// A range that holds no numbers, too many, or none that can be told apart.
    #[error("list `{list}`: {reason}")]
    InvalidRange {
        /// The list.
        list: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A list that is named like a built-in type.
    #[error("`{{{list}}}` is a built-in type and cannot be replaced; give the list another name")]
    BuiltinReplaced {
        /// The list.
        list: String,
    },
    /// A built-in type that the language has no words for.
    #[error("the language `{language}` has no `{}`; add it to the language's definition", .builtin.name())]
    NotInLanguage {
        /// The type.
        builtin: Builtin,
        /// The grammar's language.
        language: Language,
    },
    /// A list's entry contains a slot.
    #[error("list `{list}`: an entry cannot contain another list; write the alternatives out")]
    NestedList {
        /// The list.
        list: String,
    },
}

/// How large an automaton is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// States of all nets.
    pub states: usize,
    /// Arcs of all nets.
    pub arcs: usize,
}

impl Automaton {
    /// Compiles a grammar. `lists` adds to the grammar's own lists and wins over them.
    ///
    /// # Errors
    /// [`CompileError`], which names the intent or list at fault.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use zahlwort_grammar::{Automaton, Grammar, source::LoadOptions};
    /// let grammar = Grammar::from_yaml("light.yaml", "
    /// language: en
    /// intents:
    ///   LightOn:
    ///     data:
    ///       - sentences: ['turn on [the] {room} (light|lamp)']
    /// lists:
    ///   room:
    ///     values: [kitchen, living room]
    /// ", &LoadOptions::default())?;
    /// let automaton = Automaton::compile(&grammar, &BTreeMap::new())?;
    /// let found = automaton.parse("Turn on the living room lamp.", &Default::default());
    /// assert_eq!(found[0].intent, "LightOn");
    /// assert_eq!(found[0].slots[0].text, "living room");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn compile(
        grammar: &Grammar,
        lists: &BTreeMap<String, List>,
    ) -> Result<Automaton, CompileError> {
        check::grammar(grammar)?;
        let language = grammar.language;
        let mut builder = Builder::default();
        let mut data = Vec::new();
        let mut parts: Vec<(&Expr, Option<Symbol>)> = Vec::new();
        for intent in &grammar.intents {
            builder.intent.clone_from(&intent.name);
            for block in &intent.data {
                for sentence in &block.sentences {
                    builder.collect(sentence);
                    parts.push((sentence, Some(Symbol::end(data.len() as u32))));
                }
                data.push(Data {
                    intent: intent.name.clone(),
                    fixed: block.slots.clone(),
                    requires: block.requires_context.clone(),
                    excludes: block.excludes_context.clone(),
                    metadata: block.metadata.clone(),
                });
            }
        }

        let has_skip = !grammar.skip_words.is_empty();
        let first_list = 1 + u32::from(has_skip);
        let mut by_name: HashMap<String, u32> = HashMap::new();
        let mut list_nets = Vec::new();
        for (name, intent) in &builder.lists {
            let given = lists.get(name).or_else(|| grammar.lists.get(name));
            let subnet = match (Builtin::from_name(name), given) {
                (Some(b), None) => builtin_net(b, language)?,
                (_, Some(list)) => list_net(name, list, language)?,
                (None, None) => {
                    return Err(CompileError::UndefinedList {
                        list: name.clone(),
                        intent: intent.clone(),
                    });
                }
            };
            by_name.insert(name.clone(), first_list + list_nets.len() as u32);
            list_nets.push(subnet);
        }

        let mut sites: Vec<Site> = Vec::new();
        let mut site_index: HashMap<(String, String), u32> = HashMap::new();
        let mut call_site = |list: &str, slot: &str| {
            *site_index
                .entry((list.to_owned(), slot.to_owned()))
                .or_insert_with(|| {
                    sites.push(Site {
                        net: by_name[list],
                        list: list.to_owned(),
                        slot: slot.to_owned(),
                    });
                    sites.len() as u32 - 1
                })
        };
        let mut nets = Vec::new();
        let sentences =
            net::compile(&parts, true, &mut call_site).map_err(|e| describe(e, "the sentences"))?;
        nets.push(Subnet {
            net: Shared::new(sentences),
            meaning: Meaning::Sentences,
        });
        if has_skip {
            let parts: Vec<_> = grammar.skip_words.iter().map(|e| (e, None)).collect();
            let mut none = |_: &str, _: &str| 0;
            let net =
                net::compile(&parts, true, &mut none).map_err(|e| describe(e, "`skip_words`"))?;
            nets.push(Subnet {
                net: Shared::new(net),
                meaning: Meaning::SkipWords,
            });
        }
        nets.extend(list_nets);
        Ok(Automaton {
            language,
            nets,
            has_skip,
            sites: sites.into(),
            data: data.into(),
            by_name: Shared::new(by_name),
        })
    }

    /// The same automaton with one list's entries replaced; everything else is shared, not rebuilt.
    ///
    /// # Errors
    /// If no sentence uses a list of this name, or the list cannot be compiled.
    pub fn with_list(&self, name: &str, list: &List) -> Result<Automaton, CompileError> {
        let Some(&at) = self.by_name.get(name) else {
            let mut known: Vec<&str> = self.by_name.keys().map(String::as_str).collect();
            known.sort_unstable();
            return Err(CompileError::UnknownList {
                list: name.to_owned(),
                known: known.join(", "),
            });
        };
        let mut next = self.clone();
        next.nets[at as usize] = list_net(name, list, self.language)?;
        Ok(next)
    }

    /// The names of the lists that sentences use.
    pub fn list_names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// The intents of its sentences, in the order of the grammar.
    pub fn intents(&self) -> impl Iterator<Item = &str> {
        self.data.iter().map(|data| data.intent.as_str())
    }

    /// The language of its sentences.
    pub fn language(&self) -> Language {
        self.language
    }

    /// How large it is.
    pub fn size(&self) -> Size {
        Size {
            states: self.nets.iter().map(|n| n.net.state_count()).sum(),
            arcs: self.nets.iter().map(|n| n.net.arc_count()).sum(),
        }
    }
}

/// Collects the lists that sentences name, each with the first intent that does.
#[derive(Default)]
struct Builder {
    intent: String,
    lists: BTreeMap<String, String>,
}

impl Builder {
    fn collect(&mut self, expr: &Expr) {
        match expr {
            Expr::Lit(_) | Expr::Tag(_) => {}
            Expr::Seq(parts) | Expr::Alt(parts) | Expr::Perm(parts) => {
                parts.iter().for_each(|p| self.collect(p))
            }
            Expr::Opt(inner) => self.collect(inner),
            Expr::Slot { list, .. } => {
                self.lists
                    .entry(list.clone())
                    .or_insert_with(|| self.intent.clone());
            }
        }
    }
}

pub(crate) fn builtin_net(builtin: Builtin, language: Language) -> Result<Subnet, CompileError> {
    let (net, meaning) = match builtin::expr(builtin, language) {
        None if builtin == Builtin::Text => {
            return open_net(Open::Text, language, &format!("`{}`", builtin.name()));
        }
        None => return Err(CompileError::NotInLanguage { builtin, language }),
        Some(expr) => {
            let net = net::compile(&[(&expr, None)], false, &mut |_, _| 0)
                .map_err(|e| describe(e, &format!("`{}`", builtin.name())))?;
            (net, Meaning::Builtin(builtin))
        }
    };
    Ok(Subnet {
        net: Shared::new(net),
        meaning,
    })
}

/// `place` is what a problem is reported of.
fn open_net(open: Open, language: Language, place: &str) -> Result<Subnet, CompileError> {
    Ok(Subnet {
        net: open::net::net(open, language).map_err(|e| describe(e, place))?,
        meaning: Meaning::Open(open),
    })
}

fn list_net(name: &str, list: &List, language: Language) -> Result<Subnet, CompileError> {
    check::list(name, list)?;
    let place = format!("list `{name}`");
    let subnet = |parts: &[Expr], meaning| {
        let parts: Vec<_> = parts.iter().map(|e| (e, None)).collect();
        let net = net::compile(&parts, false, &mut |_, _| 0).map_err(|e| describe(e, &place))?;
        Ok(Subnet {
            net: Shared::new(net),
            meaning,
        })
    };
    match list {
        List::Wildcard(open) => open_net(*open, language, &place),
        List::Values(entries) => {
            let parts: Vec<Expr> = entries
                .iter()
                .enumerate()
                .map(|(i, e)| Expr::Seq(vec![e.say.clone(), Expr::Tag(Tag(i as u32))]))
                .collect();
            subnet(&parts, Meaning::Values(entries.as_slice().into()))
        }
        &List::Range {
            from,
            to,
            step,
            multiplier,
        } => {
            let minus = language.definition().numbers.minus;
            let mut parts = Vec::new();
            for (i, n) in (from..=to).step_by(step as usize).enumerate() {
                let tag = Tag(i as u32);
                let size = n.unsigned_abs();
                let signs: Vec<String> = match n < 0 {
                    true => minus.iter().map(|sign| format!("{sign} ")).collect(),
                    false => vec![String::new()],
                };
                for sign in &signs {
                    for spoken in builtin::spoken_numbers(size, language) {
                        parts.push(tagged(format!("{sign}{spoken}"), tag));
                    }
                    parts.push(tagged(format!("{sign}{size}"), tag));
                }
                if n < 0 {
                    parts.push(tagged(format!("-{size}"), tag));
                }
            }
            subnet(
                &parts,
                Meaning::Range {
                    from,
                    step,
                    multiplier,
                },
            )
        }
    }
}

pub(crate) fn describe(error: NetError, place: &str) -> CompileError {
    let place = place.to_owned();
    match error {
        NetError::AcceptsNothing => CompileError::AcceptsNothing { place },
        NetError::TooLarge => CompileError::TooLarge {
            place,
            hint: "split it into several lists, or use fewer nested options".to_owned(),
        },
        NetError::TooManyPermuted => CompileError::TooLarge {
            place,
            hint: format!("a permutation ( a ; b ) holds at most {MAX_PERMUTED} parts"),
        },
    }
}

impl From<&str> for Entry {
    /// An entry that is heard and comes out as the same words.
    fn from(name: &str) -> Entry {
        Entry {
            say: lit(name),
            out: Json::String(name.to_owned()),
            id: None,
            context: BTreeMap::new(),
            metadata: BTreeMap::new(),
        }
    }
}
