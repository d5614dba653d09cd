//! One more sentence among the lists that an automaton has.

use std::collections::BTreeMap;
use std::sync::Arc as Shared;

use crate::automaton::{Automaton, CompileError, Data, Meaning, Site, Subnet, describe};
use crate::net::{self, Symbol};
use crate::{Expr, check};

impl Automaton {
    /// The lists and built-in types that sentences put into a slot, each once: what may stand in it.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use zahlwort_grammar::{Automaton, Grammar, source::LoadOptions};
    /// let grammar = Grammar::from_yaml("pay.yaml", "
    /// language: en
    /// intents:
    ///   Pay:
    ///     data:
    ///       - sentences: ['pay ({friends:who}|{anybody:who}) {@money:amount}', 'pay {friends:who}']
    /// lists:
    ///   friends: {values: [Kim]}
    ///   anybody: {wildcard: name}
    /// ", &LoadOptions::default())?;
    /// let automaton = Automaton::compile(&grammar, &BTreeMap::new())?;
    /// assert_eq!(automaton.fillers("who"), ["anybody", "friends"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fillers(&self, slot: &str) -> Vec<&str> {
        let sites = self.sites.iter().filter(|site| site.slot == slot);
        let mut lists: Vec<&str> = sites.map(|site| site.list.as_str()).collect();
        lists.sort_unstable();
        lists.dedup();
        lists
    }

    /// An automaton of this one sentence. Its slots are filled by lists that the automaton has; they are shared with it,
    /// so that a catalog of ten thousand products costs nothing here. It passes over no skip words: whoever has a
    /// sentence has its words.
    ///
    /// # Errors
    /// If the sentence names a list that no sentence of the automaton uses, or can be left out entirely.
    ///
    /// ```
    /// # use std::collections::BTreeMap;
    /// # use zahlwort_grammar::{Automaton, Expr, Grammar, lit, seq, source::LoadOptions};
    /// # let grammar = Grammar::from_yaml("pay.yaml", "
    /// # language: en
    /// # intents:
    /// #   Pay:
    /// #     data:
    /// #       - sentences: ['pay {friends:who} {@money:amount}']
    /// # lists:
    /// #   friends: {values: [Kim]}
    /// # ", &LoadOptions::default())?;
    /// let automaton = Automaton::compile(&grammar, &BTreeMap::new())?;
    /// let slot = |list: &str, slot: &str| Expr::Slot { list: list.to_owned(), slot: slot.to_owned() };
    /// let sentence = seq([slot("friends", "who"), lit(" gets "), slot("@money", "amount"), lit(" for that")]);
    /// let one = automaton.sentence("Pay", &sentence)?;
    /// let found = one.parse("Kim gets 20 euros for that", &Default::default());
    /// assert_eq!(found[0].slot("who").map(|s| s.text.as_str()), Some("Kim"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sentence(&self, intent: &str, sentence: &Expr) -> Result<Automaton, CompileError> {
        check::sentence(intent, sentence)?;
        let mut sites: Vec<Site> = Vec::new();
        let mut undefined = None;
        let mut call = |list: &str, slot: &str| {
            let known = sites.iter().position(|s| s.list == list && s.slot == slot);
            let at = known.unwrap_or(sites.len());
            if known.is_none() {
                let net = self.by_name.get(list).copied().unwrap_or_else(|| {
                    undefined.get_or_insert_with(|| list.to_owned());
                    0
                });
                sites.push(Site {
                    net,
                    list: list.to_owned(),
                    slot: slot.to_owned(),
                });
            }
            at as u32
        };
        let net = net::compile(&[(sentence, Some(Symbol::end(0)))], true, &mut call)
            .map_err(|error| describe(error, "the sentence"))?;
        if let Some(list) = undefined {
            return Err(CompileError::UndefinedList {
                list,
                intent: intent.to_owned(),
            });
        }
        let mut one = self.clone();
        if let Some(sentences) = one.nets.first_mut() {
            *sentences = Subnet {
                net: Shared::new(net),
                meaning: Meaning::Sentences,
            };
        }
        one.has_skip = false;
        one.sites = sites.into();
        one.data = Shared::from([Data {
            intent: intent.to_owned(),
            fixed: BTreeMap::new(),
            requires: BTreeMap::new(),
            excludes: BTreeMap::new(),
            metadata: BTreeMap::new(),
        }]);
        Ok(one)
    }
}
