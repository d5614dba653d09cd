//! From packs and files to compiled grammars, one for each language.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use zahlwort_commands::catalog::complete;
use zahlwort_commands::{Catalog, Expectation, Pack, narrowed};
use zahlwort_grammar::source::{List, LoadOptions, Note};
use zahlwort_grammar::{Automaton, Grammar, Language};

use crate::Error;

/// The languages that an utterance may be in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Languages {
    /// Every language that there is a grammar for; which one was spoken is recognised as well.
    #[default]
    Auto,
    /// This one.
    Only(Language),
}

impl Languages {
    /// Whether an utterance may be in this language.
    pub fn includes(self, language: Language) -> bool {
        match self {
            Languages::Auto => true,
            Languages::Only(only) => only == language,
        }
    }
}

/// Where sentences come from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    Pack(Pack),
    File(PathBuf),
    Grammar(Box<Grammar>),
}

/// Loads a grammar: a file in the format of hassil and Home Assistant, a folder of such files, which are read as one,
/// or a Rhino context, which does not name its language. The lists of a [`Catalog`] may be used without being defined.
///
/// # Errors
/// If a file cannot be read or is not a grammar, with its line and column; for a Rhino context if
/// `languages` is [`Languages::Auto`].
pub fn load_grammar(path: &Path, languages: Languages) -> Result<Grammar, Error> {
    check_grammar(path, languages).map(|(grammar, _)| grammar)
}

/// As [`load_grammar`], and tells what loads and has no effect here.
///
/// # Errors
/// As [`load_grammar`].
pub fn check_grammar(path: &Path, languages: Languages) -> Result<(Grammar, Vec<Note>), Error> {
    let options = LoadOptions::with_lists(Catalog::list_names());
    if path.is_dir() {
        return Ok(Grammar::check(path, &options)?);
    }
    let text = std::fs::read_to_string(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    let name = path.display().to_string();
    if !is_rhino(&text) {
        return Ok(Grammar::check_yaml(&name, &text, &options)?);
    }
    match languages {
        Languages::Only(language) => {
            let grammar = Grammar::from_rhino(&name, &text, language)?;
            Ok((grammar, Vec::new()))
        }
        Languages::Auto => Err(Error::LanguageUnknown { file: name }),
    }
}

/// Whether the text of a grammar file is a Rhino context rather than a grammar of our own format.
fn is_rhino(yaml: &str) -> bool {
    let has = |key: &str| {
        yaml.lines()
            .any(|line| line.trim_start_matches('\u{feff}').starts_with(key))
    };
    has("context:") && !has("intents:")
}

/// Compiled grammars with what they were compiled from, language by language.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// Of what is expected.
    pub(crate) automata: Vec<Automaton>,
    /// Everything that the grammars have.
    pub(crate) sources: Vec<Grammar>,
    /// The lists that do not come from the grammar itself.
    pub(crate) lists: Vec<BTreeMap<String, List>>,
}

/// Compiles what is expected of the sources, merged for each language. A grammar's own lists come
/// before those of the example catalog, but not before those of a catalog that the host gave.
pub(crate) fn compile(
    sources: &[Source],
    languages: Languages,
    catalog: Option<&Catalog>,
    expected: &Expectation,
) -> Result<Compiled, Error> {
    let defaults: Vec<Source> = Pack::ALL.into_iter().map(Source::Pack).collect();
    let sources = if sources.is_empty() {
        &defaults
    } else {
        sources
    };
    let mut merged: BTreeMap<Language, Grammar> = BTreeMap::new();
    let mut other_languages = Vec::new();
    for source in sources {
        for grammar in load(source, languages)? {
            if !languages.includes(grammar.language) {
                other_languages.push(grammar.language.code());
                continue;
            }
            let language = grammar.language;
            let all = match merged.remove(&language) {
                Some(before) => before.merge(grammar)?,
                None => grammar,
            };
            merged.insert(language, all);
        }
    }
    if let (true, Languages::Only(wanted)) = (merged.is_empty(), languages) {
        return Err(Error::NoGrammar {
            wanted,
            have: other_languages.join(", "),
        });
    }
    let example = Catalog::example()?;
    let lists_of = |grammar: &Grammar| {
        let mut lists = catalog.unwrap_or(&example).lists();
        if catalog.is_none() {
            lists.retain(|name, _| !grammar.lists.contains_key(name));
            complete(&mut lists, &grammar.lists);
        }
        lists
    };
    let sources: Vec<Grammar> = merged.into_values().collect();
    let lists: Vec<BTreeMap<String, List>> = sources.iter().map(lists_of).collect();
    // Languages have nothing in common, and a program waits for this before its first answer.
    let automata: Result<Vec<Option<Automaton>>, Error> = std::thread::scope(|scope| {
        let threads: Vec<_> = sources
            .iter()
            .zip(&lists)
            .map(|(grammar, lists)| scope.spawn(move || compile_expected(grammar, lists, expected)))
            .collect();
        let joined = threads
            .into_iter()
            .map(|t| t.join().unwrap_or_else(|e| std::panic::resume_unwind(e)));
        joined.collect()
    });
    let automata = automata?.into_iter().flatten().collect();
    Ok(Compiled {
        automata,
        sources,
        lists,
    })
}

/// Compiles what is expected of a grammar; `None` if the grammar has no such sentence.
pub(crate) fn compile_expected(
    grammar: &Grammar,
    lists: &BTreeMap<String, List>,
    expected: &Expectation,
) -> Result<Option<Automaton>, Error> {
    let narrow;
    let grammar = if *expected == Expectation::default() {
        grammar
    } else {
        narrow = narrowed(grammar.clone(), expected)?;
        if narrow.intents.is_empty() {
            return Ok(None);
        }
        &narrow
    };
    let compiled = Automaton::compile(grammar, lists).map_err(|source| Error::Compile {
        name: format!("grammar ({})", grammar.language),
        source,
    })?;
    Ok(Some(compiled))
}

fn load(source: &Source, languages: Languages) -> Result<Vec<Grammar>, Error> {
    match source {
        Source::Pack(pack) => pack
            .languages()
            .into_iter()
            .filter(|language| languages.includes(*language))
            .map(|language| Ok(pack.load(language)?))
            .collect(),
        Source::File(path) => Ok(vec![load_grammar(path, languages)?]),
        Source::Grammar(grammar) => Ok(vec![grammar.as_ref().clone()]),
    }
}

/// Reads a catalog file.
///
/// # Errors
/// If the file cannot be read or is not a catalog, with line and column.
pub fn load_catalog(path: &Path) -> Result<Catalog, Error> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    Ok(Catalog::parse(&path.display().to_string(), &text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orders(
        sources: &[Source],
        languages: Languages,
        catalog: Option<&Catalog>,
    ) -> Result<Compiled, Error> {
        compile(sources, languages, catalog, &Expectation::default())
    }

    #[test]
    fn rhino_contexts_are_told_from_our_own_grammars() {
        assert!(is_rhino("# made by hand\ncontext:\n  expressions: {}\n"));
        assert!(!is_rhino("language: en\nintents:\n  A:\n    data: []\n"));
        assert!(!is_rhino("intents: {}\ncontext: {}\n"));
    }

    #[test]
    fn the_packs_load_and_compile_in_both_languages() {
        let automata = orders(&[], Languages::Auto, None).unwrap().automata;
        let languages: Vec<Language> = automata.iter().map(Automaton::language).collect();
        assert_eq!(languages, Language::ALL);
    }

    #[test]
    fn a_grammars_own_list_comes_before_the_example_catalogs() {
        let yaml = "language: en\nintents:\n  Buy:\n    data:\n      - sentences: ['buy {products:product}']\nlists:\n  products:\n    values: [gold]\n";
        let grammar = Grammar::from_yaml("own.yaml", yaml, &LoadOptions::default()).unwrap();
        let sources = [Source::Grammar(Box::new(grammar))];
        let parses = |automata: &[Automaton], text: &str| {
            !automata[0].parse(text, &Default::default()).is_empty()
        };
        let own = orders(&sources, Languages::Auto, None).unwrap().automata;
        assert!(parses(&own, "buy gold") && !parses(&own, "buy coffee"));
        let catalog = Catalog::parse("c.yaml", "products: [silver]").unwrap();
        let given = orders(&sources, Languages::Auto, Some(&catalog))
            .unwrap()
            .automata;
        assert!(parses(&given, "buy silver") && !parses(&given, "buy gold"));
        let error = orders(&sources, Languages::Only(Language::DE), None).unwrap_err();
        assert_eq!(error.kind(), "no_grammar");
    }
}
