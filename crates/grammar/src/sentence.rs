//! One more sentence among the lists that an automaton has.

use std::collections::BTreeMap;
use std::sync::{Arc as Shared, Mutex, PoisonError};

use crate::automaton::{
    Automaton, CompileError, Data, Meaning, Site, Subnet, builtin_net, describe,
};
use crate::builtin::Builtin;
use crate::language::PerLanguage;
use crate::net::{self, Symbol};
use crate::{Expr, Open, check};

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

    /// A list that is open and holds this kind of thing, if a sentence has one; of several the first by name.
    ///
    /// ```
    /// # use std::collections::BTreeMap;
    /// use zahlwort_grammar::{Automaton, Grammar, Open, source::LoadOptions};
    /// let grammar = Grammar::from_yaml("pay.yaml", "
    /// language: en
    /// intents: {Pay: {data: [{sentences: ['pay {anybody:who}']}]}}
    /// lists: {anybody: {wildcard: name}}
    /// ", &LoadOptions::default())?;
    /// let automaton = Automaton::compile(&grammar, &BTreeMap::new())?;
    /// assert_eq!(automaton.open_list(Open::Name), Some("anybody"));
    /// assert_eq!(automaton.open_list(Open::Title), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn open_list(&self, kind: Open) -> Option<&str> {
        let is_it = |net: &u32| {
            let found = self.nets.get(*net as usize);
            found.is_some_and(|net| matches!(net.meaning, Meaning::Open(open) if open == kind))
        };
        // Without those of the language itself, such as "@text".
        let named = self
            .by_name
            .iter()
            .filter(|(name, _)| !name.starts_with('@'));
        let open = named.filter(|(_, net)| is_it(net));
        open.map(|(name, _)| name.as_str()).min()
    }

    /// An automaton of this one sentence. Its slots are filled by lists that the automaton has, or by built-in types; lists
    /// are shared with it, so that a catalog of ten thousand products costs nothing here. It passes over no skip words:
    /// whoever has a sentence has its words.
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
        let mut more: Vec<Subnet> = Vec::new();
        let mut call = |list: &str, slot: &str| {
            let known = sites.iter().position(|s| s.list == list && s.slot == slot);
            let at = known.unwrap_or(sites.len());
            if known.is_none() {
                let builtin = || {
                    more.push(self.builtin(list)?);
                    Some((self.nets.len() + more.len() - 1) as u32)
                };
                let net = self.by_name.get(list).copied().or_else(builtin);
                let net = net.unwrap_or_else(|| {
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
        one.nets.extend(more);
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

    /// The net of a built-in type, which is made once.
    fn builtin(&self, name: &str) -> Option<Subnet> {
        static MADE: PerLanguage<Mutex<BTreeMap<String, Subnet>>> = PerLanguage::new();
        let builtin = Builtin::from_name(name)?;
        let made = MADE.get(self.language, Mutex::default);
        let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = made.get(name) {
            return Some(known.clone());
        }
        let net = builtin_net(builtin, self.language).ok()?;
        made.insert(name.to_owned(), net.clone());
        Some(net)
    }
}
