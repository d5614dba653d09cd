//! What follows from the lists of a catalog: everybody who can be paid, and the general words for
//! payment methods.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use zahlwort_grammar::source::{Entry, List};
use zahlwort_grammar::{Expr, alt, lit};

use super::kind::{MethodKind, general_words};
use super::spoken;

/// Everybody who can be paid: contacts, billers and merchants.
pub(super) const PAYEES: &str = "payees";
const PAID: [&str; 3] = ["contacts", "billers", "merchants"];
const METHODS: &str = "payment_methods";
/// The key, in the metadata of a general word such as "Kreditkarte", of the entries that it may stand for.
pub(crate) const CANDIDATES: &str = "candidates";
pub(super) const KIND: &str = "kind";

/// Completes lists that come from a catalog, of which some may have been replaced since.
///
/// `payees` holds contacts, billers and merchants, so that a name of any of them can be sent money.
/// A name that stands in two of them is one payee, the first. `payment_methods` gets the general
/// words, "Kreditkarte" or "checking account": each stands for the one method of its kind. Where
/// there are several, or none, it is still understood, and an order with it lacks its payment
/// method ([`crate::Rejection::MissingSlot`]).
///
/// `own` are the lists of the grammar itself, which count where `lists` has none of the name.
pub fn complete(lists: &mut BTreeMap<String, List>, own: &BTreeMap<String, List>) {
    if let Some(methods) = lists.get_mut(METHODS) {
        add_general_words(methods);
    }
    if own.contains_key(PAYEES) {
        return;
    }
    let mut names = BTreeSet::new();
    let mut payees = Vec::new();
    for list in PAID {
        let Some(List::Values(entries)) = lists.get(list).or_else(|| own.get(list)) else {
            continue;
        };
        let first = payees.len();
        payees.extend(
            entries
                .iter()
                .filter(|entry| !names.contains(&name_of(entry)))
                .cloned(),
        );
        names.extend(payees.iter().skip(first).map(name_of));
    }
    lists.insert(PAYEES.to_owned(), List::Values(payees));
}

/// The lists that change with a list, itself included.
pub fn changing_with(list: &str) -> impl Iterator<Item = &str> {
    let payees = PAID.contains(&list).then_some(PAYEES);
    std::iter::once(list).chain(payees)
}

fn name_of(entry: &Entry) -> String {
    spoken(entry.out.as_str().unwrap_or_default())
}

fn add_general_words(methods: &mut List) {
    let List::Values(entries) = methods else {
        return;
    };
    for general in general_words() {
        let said: BTreeSet<String> = entries.iter().flat_map(|entry| forms(&entry.say)).collect();
        // What a method is called is that method.
        let words = general.words.iter().copied();
        let words: Vec<&str> = words.filter(|word| !said.contains(&spoken(word))).collect();
        let Some(first) = words.first() else {
            continue;
        };
        let is_candidate = |entry: &&mut Entry| {
            let kind = kind_of(entry);
            kind.is_some_and(|kind| general.kinds.contains(&kind))
        };
        let say = words.iter().map(|word| lit(*word));
        let mut candidates: Vec<&mut Entry> = entries.iter_mut().filter(is_candidate).collect();
        if let [only] = candidates.as_mut_slice() {
            let before = only.say.clone();
            only.say = alt(std::iter::once(before).chain(say));
            continue;
        }
        let candidates: Vec<Json> = candidates.iter().map(|entry| named(entry)).collect();
        let unclear = Entry {
            say: alt(say),
            out: (*first).into(),
            id: None,
            context: BTreeMap::new(),
            metadata: BTreeMap::from([(CANDIDATES.to_owned(), candidates.into())]),
        };
        entries.push(unclear);
    }
}

/// The kind of an entry: as the catalog says, or as its name gives away.
fn kind_of(entry: &Entry) -> Option<MethodKind> {
    if entry.metadata.contains_key(CANDIDATES) {
        return None;
    }
    let said = entry.metadata.get(KIND).and_then(Json::as_str);
    let said = said.and_then(MethodKind::from_name);
    said.or_else(|| MethodKind::of_name(entry.out.as_str()?))
}

/// As a command's JSON has it.
fn named(entry: &Entry) -> Json {
    match &entry.id {
        Some(id) => json!({ "name": entry.out, "id": id }),
        None => json!({ "name": entry.out }),
    }
}

/// The texts that are said for a list's entries, as far as they are plain; none of a range or an open list.
pub fn words_of(list: &List) -> Vec<String> {
    match list {
        List::Values(entries) => entries.iter().flat_map(|entry| forms(&entry.say)).collect(),
        List::Range { .. } | List::Wildcard(_) => Vec::new(),
    }
}

/// The texts that are said for an entry, as far as they are plain.
fn forms(say: &Expr) -> Vec<String> {
    match say {
        Expr::Lit(text) => vec![spoken(text)],
        Expr::Alt(forms) => forms.iter().flat_map(self::forms).collect(),
        _ => Vec::new(),
    }
}
