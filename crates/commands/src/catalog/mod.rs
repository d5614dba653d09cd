//! The names that fill the slots of the default packs: products, contacts, merchants, …

mod derive;
mod error;
mod kind;
mod read;

use std::borrow::Cow;
use std::collections::hash_map::Entry as Slot;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use zahlwort_grammar::source::{Entry, List};
use zahlwort_grammar::{Expr, alt, lit};

pub(crate) use derive::CANDIDATES;
pub use derive::{changing_with, complete, words_of};
pub use error::{CatalogError, CatalogErrorKind};
pub use kind::MethodKind;

/// The names that the default packs' slots are filled from.
///
/// ```yaml
/// products: [Kaffee, {name: Hafermilch, id: sku-123, say: [Haferdrink, Hafermilch Barista]}]
/// contacts: [{name: Anna Schmidt, say: [Anna]}]
/// ```
/// `name` is what comes out and may always be said; `say` is what else may be heard for it; `id`
/// is the host's own identifier and comes out with the name. Every list is optional.
///
/// Of a payment method, `kind` may say whether it is a `credit_card`, a `debit_card`, an `account` or
/// a `wallet`, so that "mit Kreditkarte" is understood; of well-known names it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Catalog {
    /// What can be bought.
    pub products: Vec<CatalogEntry>,
    /// People to send money to.
    pub contacts: Vec<CatalogEntry>,
    /// Shops and restaurants.
    pub merchants: Vec<CatalogEntry>,
    /// Who sends bills.
    pub billers: Vec<CatalogEntry>,
    /// What is paid with.
    pub payment_methods: Vec<CatalogEntry>,
    /// The speaker's own accounts.
    pub accounts: Vec<CatalogEntry>,
}

/// A name of a [`Catalog`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogEntry {
    /// What comes out, and what may be said for it.
    pub name: String,
    /// The host's identifier.
    pub id: Option<String>,
    /// What else may be said for it.
    pub say: Vec<String>,
    /// Of a payment method, its kind. Known names, such as "Visa", need none.
    pub kind: Option<MethodKind>,
}

/// The YAML of [`Catalog::example`].
pub const EXAMPLE_YAML: &str = include_str!("../../packs/catalog.yaml");

impl Catalog {
    /// The names of the lists that stand in the file.
    pub(crate) const LISTS: [&'static str; 6] = [
        "products",
        "contacts",
        "merchants",
        "billers",
        "payment_methods",
        "accounts",
    ];

    /// Reads a catalog. `file` is the name that errors call it by.
    ///
    /// # Errors
    /// With file, line and column if the text is not YAML of this form, is larger than the limits
    /// that [`CatalogErrorKind`] names, or if one spoken form stands for two entries of a list. Only
    /// contacts may share what is said for them: "Anna" is then both, each as an alternative to the other.
    pub fn parse(file: &str, yaml: &str) -> Result<Catalog, CatalogError> {
        read::catalog(file, yaml)
    }

    /// The catalog that is used where the host gives none: groceries, a few contacts and shops,
    /// German and English.
    ///
    /// # Errors
    /// None in a released version; the shipped file is parsed by the tests.
    pub fn example() -> Result<Catalog, CatalogError> {
        Catalog::parse("catalog.yaml", EXAMPLE_YAML)
    }

    /// The entries of a list by its name, as it stands in the file.
    pub fn entries(&self, list: &str) -> Option<&[CatalogEntry]> {
        match list {
            "products" => Some(&self.products),
            "contacts" => Some(&self.contacts),
            "merchants" => Some(&self.merchants),
            "billers" => Some(&self.billers),
            "payment_methods" => Some(&self.payment_methods),
            "accounts" => Some(&self.accounts),
            _ => None,
        }
    }

    fn entries_mut(&mut self, list: &str) -> Option<&mut Vec<CatalogEntry>> {
        match list {
            "products" => Some(&mut self.products),
            "contacts" => Some(&mut self.contacts),
            "merchants" => Some(&mut self.merchants),
            "billers" => Some(&mut self.billers),
            "payment_methods" => Some(&mut self.payment_methods),
            "accounts" => Some(&mut self.accounts),
            _ => None,
        }
    }

    /// All lists as the grammar takes them, those without entries too, and what follows from them
    /// ([`complete`]).
    pub fn lists(&self) -> BTreeMap<String, List> {
        let mut lists = Catalog::LISTS
            .into_iter()
            .filter_map(|list| Some((list.to_owned(), list_of(self.entries(list)?))))
            .collect();
        complete(&mut lists, &BTreeMap::new());
        lists
    }

    /// The names of the lists that a catalog gives to a pack: those of its file, and `payees`.
    pub fn list_names() -> BTreeSet<String> {
        let lists = Catalog::LISTS.into_iter().chain([derive::PAYEES]);
        lists.map(str::to_owned).collect()
    }
}

/// Names as a list that the grammar takes, for instance to swap the contacts of a running engine.
///
/// Case is not heard, so of entries that differ in nothing but case ("Butter", "butter") the first
/// stays. What follows from the list is added where it is put in ([`complete`]).
pub fn list_of(entries: &[CatalogEntry]) -> List {
    let mut names: HashMap<(String, Option<&str>), usize> = HashMap::new();
    let mut kept: Vec<Cow<'_, CatalogEntry>> = Vec::with_capacity(entries.len());
    for entry in entries {
        match names.entry((entry.name.to_lowercase(), entry.id.as_deref())) {
            Slot::Vacant(slot) => {
                slot.insert(kept.len());
                kept.push(Cow::Borrowed(entry));
            }
            Slot::Occupied(slot) => {
                if let Some(first) = kept.get_mut(*slot.get()) {
                    first.to_mut().say.extend(entry.say.iter().cloned());
                }
            }
        }
    }
    List::Values(kept.iter().map(|entry| entry.to_entry()).collect())
}

impl CatalogEntry {
    /// An entry that is said as it is called.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    fn to_entry(&self) -> Entry {
        let name = lit(&self.name);
        let say: Expr = if self.say.is_empty() {
            name
        } else {
            alt(std::iter::once(name).chain(self.say.iter().map(lit)))
        };
        Entry {
            say,
            out: self.name.clone().into(),
            id: self.id.clone(),
            context: BTreeMap::new(),
            metadata: self
                .kind
                .map(|kind| (derive::KIND.to_owned(), kind.name().into()))
                .into_iter()
                .collect(),
        }
    }
}

/// A name as it is heard: without case, and with hyphens as spaces.
fn spoken(name: &str) -> String {
    name.to_lowercase().replace('-', " ")
}

#[cfg(test)]
mod tests;
