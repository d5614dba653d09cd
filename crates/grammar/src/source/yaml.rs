//! Loading grammars in the YAML format of hassil 3.x and Home Assistant.
//!
//! Beyond that format, a list's entry may have an `id`, and templates may use built-in types.
//! What hassil knows and this loader accepts without using it: `settings`, `responses`, a range's
//! `type`, `fractions`, `digits`, `words` and `words_language`, and a sentence group's
//! `required_keywords`, `inferred_domain`, `name_domains` and `settings`. Where that changes what
//! is understood, [`Grammar::check_yaml`] says so in a [`Note`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::error::{GrammarError, Note};
use super::folder;
use super::lists;
use super::loader::{Fields, Files, LoadOptions, Loader, MAX_NOTES};
use super::node::{self, Data, Node};
use super::range::InlineRange;
use super::resolve::{Located, MAX_EXPANDED_NODES, Resolver, Rule, Scope, Syntax, slot_at};
use super::template;
use super::{Grammar, Intent, IntentData, List};
use crate::{Expr, Language};

impl Grammar {
    /// Loads a grammar from the text of a YAML file; `name` stands in errors for the file.
    ///
    /// # Errors
    /// What is wrong with the text, and where.
    pub fn from_yaml(
        name: &str,
        text: &str,
        options: &LoadOptions,
    ) -> Result<Grammar, GrammarError> {
        Self::check_yaml(name, text, options).map(|(grammar, _)| grammar)
    }

    /// As [`Grammar::from_yaml`], and tells what of the file has no effect here.
    ///
    /// # Errors
    /// As [`Grammar::from_yaml`].
    pub fn check_yaml(
        name: &str,
        text: &str,
        options: &LoadOptions,
    ) -> Result<(Grammar, Vec<Note>), GrammarError> {
        Self::check_files(&[(name, text)], options)
    }

    /// Loads several files, by their names and texts, as one grammar. Rules, lists and skip words of
    /// each hold in all of them, and sentences of one intent may stand in several; and tells what of
    /// the files has no effect here.
    ///
    /// ```
    /// use zahlwort_grammar::Grammar;
    /// use zahlwort_grammar::source::LoadOptions;
    /// let files = [
    ///     ("_common.yaml", "language: en\nexpansion_rules: {polite: '(please|kindly)'}\n"),
    ///     ("Go.yaml", "language: en\nintents: {Go: {data: [{sentences: ['[<polite>] go']}]}}\n"),
    /// ];
    /// let (grammar, notes) = Grammar::check_files(&files, &LoadOptions::default())?;
    /// assert!(grammar.intents[0].name == "Go" && notes.is_empty());
    /// # Ok::<(), zahlwort_grammar::source::GrammarError>(())
    /// ```
    ///
    /// # Errors
    /// What is wrong with a file and where, a rule or a list that two of them define, or that they
    /// differ in their language.
    pub fn check_files<N, T>(
        files: &[(N, T)],
        options: &LoadOptions,
    ) -> Result<(Grammar, Vec<Note>), GrammarError>
    where
        N: AsRef<str>,
        T: AsRef<str>,
    {
        let files = Files::new(files)?;
        let roots: Result<Vec<Node>, GrammarError> = files.iter().map(node::parse).collect();
        let roots = roots?;
        let mut loader = Loader::new(&files, options);
        let grammar = loader.grammar(&roots)?;
        Ok((grammar, loader.notes))
    }

    /// Loads a grammar from a YAML file, or from a folder: all files in it whose names end in
    /// `.yaml` or `.yml`, in the order of their names regardless of case, as one grammar. Folders in
    /// it are not looked into.
    ///
    /// # Errors
    /// If a file cannot be read, or as [`Grammar::check_files`].
    pub fn load(path: impl AsRef<Path>, options: &LoadOptions) -> Result<Grammar, GrammarError> {
        Self::check(path, options).map(|(grammar, _)| grammar)
    }

    /// As [`Grammar::load`], and tells what has no effect here.
    ///
    /// # Errors
    /// As [`Grammar::load`].
    pub fn check(
        path: impl AsRef<Path>,
        options: &LoadOptions,
    ) -> Result<(Grammar, Vec<Note>), GrammarError> {
        Self::check_files(&folder::texts(path.as_ref())?, options)
    }
}

/// Keys of the whole file that are used, then those that hassil and Home Assistant know as well.
const FILE_KEYS: [&str; 8] = [
    "language",
    "intents",
    "lists",
    "expansion_rules",
    "skip_words",
    "settings",
    "responses",
    "fixtures",
];
const INTENT_KEYS: [&str; 4] = ["data", "description", "metadata", "domain"];
const DATA_KEYS: [&str; 13] = [
    "sentences",
    "slots",
    "requires_context",
    "excludes_context",
    "metadata",
    "expansion_rules",
    "lists",
    "response",
    "required_keywords",
    "settings",
    "inferred_domain",
    "name_domains",
    "description",
];
/// hassil's: the value, and whether it also fills a slot.
const CONDITION_KEYS: [&str; 2] = ["value", "slot"];

impl<'a> Loader<'a> {
    fn grammar(&mut self, roots: &'a [Node]) -> Result<Grammar, GrammarError> {
        let mut files = Vec::with_capacity(roots.len());
        let mut language = None;
        for root in roots {
            let file = Fields::of(self, root, "the file", &FILE_KEYS)?;
            let own = self.language(root, &file)?;
            let first = *language.get_or_insert(own);
            if own != first {
                return self.error(
                    root,
                    format!("the file is in “{own}”, and those before it are in “{first}”"),
                    "keep the files of each language in a folder of their own",
                );
            }
            files.push(file);
        }
        let Some(language) = language else {
            return Err(folder::nothing(""));
        };
        let sections = |name| files.iter().filter_map(move |file| file.get(name));
        let rules = self.rules(sections("expansion_rules"))?;
        let mut lists = BTreeMap::new();
        let mut first: BTreeMap<&str, &Node> = BTreeMap::new();
        for section in sections("lists") {
            for (key, value) in self.entries(Some(section), "lists")? {
                let name = self.name(key, "list")?;
                if let Some(known) = first.insert(key.key(), key) {
                    return self.defined_twice(known, key, "list");
                }
                lists.insert(name, lists::list(self, value, key.key(), &rules)?);
            }
        }
        let mut known: BTreeSet<String> = lists.keys().cloned().collect();
        known.extend(self.options.external_lists.iter().cloned());
        let shared = Shared {
            rules: &rules,
            lists: &known,
        };

        let mut skip_words = Vec::new();
        for words in sections("skip_words") {
            for word in self.items(words, "skip_words")? {
                let template = self.template(word, "a skip word")?;
                if let Some(at) = slot_at(&template.1, &rules) {
                    let error = template::TemplateError::new(
                        at,
                        "a skip word refers to a list",
                        "skip words mean nothing, so they cannot fill a slot: write the words out, or \
                         put the list into the sentences, as in [{list}]",
                    );
                    return Err(self.files.template_error(word, error));
                }
                skip_words.push(self.resolve_alone(&shared, &template)?);
            }
        }
        let mut intents = Vec::new();
        for section in sections("intents") {
            for (key, value) in self.entries(Some(section), "intents")? {
                let intent = self.intent(key, value, &shared, &mut lists)?;
                match intents
                    .iter_mut()
                    .find(|i: &&mut Intent| i.name == intent.name)
                {
                    Some(known) => known.data.extend(intent.data),
                    None => intents.push(intent),
                }
            }
        }
        self.check_unused(&shared)?;
        for (name, range) in std::mem::take(&mut self.ranges) {
            lists.insert(name, List::from(range));
        }
        Ok(Grammar {
            language,
            intents,
            lists,
            skip_words,
        })
    }

    fn language(&self, root: &'a Node, file: &Fields<'a>) -> Result<Language, GrammarError> {
        let Some(language) = file.get("language") else {
            return self.error(
                root,
                "the file does not say its language",
                format!("add a line {}", Language::hint()),
            );
        };
        let Some(known) = language.text().and_then(Language::from_code) else {
            return self.error(
                language,
                format!(
                    "the language {} is not known",
                    language.text().unwrap_or("given here")
                ),
                format!("write {}", Language::hint()),
            );
        };
        Ok(known)
    }

    fn intent(
        &mut self,
        key: &'a Node,
        value: &'a Node,
        shared: &Shared<'_>,
        lists: &mut BTreeMap<String, List>,
    ) -> Result<Intent, GrammarError> {
        let intent = Fields::of(self, value, "an intent", &INTENT_KEYS)?;
        let Some(data) = intent.get("data") else {
            return self.error(
                key,
                format!("the intent {} has no sentences", key.key()),
                "add `data:` and below it `- sentences:` with a list of templates",
            );
        };
        let mut groups = Vec::new();
        for (index, group) in self.items(data, "data")?.iter().enumerate() {
            groups.push(self.data(key.key(), index, group, shared, lists)?);
        }
        Ok(Intent {
            name: key.key().to_owned(),
            data: groups,
        })
    }

    fn data(
        &mut self,
        intent: &str,
        index: usize,
        group: &'a Node,
        shared: &Shared<'_>,
        lists: &mut BTreeMap<String, List>,
    ) -> Result<IntentData, GrammarError> {
        let fields = Fields::of(self, group, "a group of sentences", &DATA_KEYS)?;
        let local_rules = self.rules(fields.get("expansion_rules"))?;
        let mut local_lists = BTreeMap::new();
        for (key, value) in self.entries(fields.get("lists"), "lists")? {
            let name = self.name(key, "list")?;
            let list = lists::list(self, value, &name, shared.rules)?;
            // A group's own list needs a name of its own where another list has that name.
            let free = !shared.lists.contains(&name)
                && lists.get(&name).is_none_or(|known| *known == list);
            let mut global = if free {
                name.clone()
            } else {
                format!("{intent}.{index}.{name}")
            };
            while !free && (shared.lists.contains(&global) || lists.contains_key(&global)) {
                global.push('_');
            }
            lists.insert(global.clone(), list);
            local_lists.insert(name, global);
        }
        let Some(sentences) = fields.get("sentences") else {
            return self.error(
                group,
                "the group has no sentences",
                "add `sentences:` with a list of templates",
            );
        };
        let mut parsed = Vec::new();
        for sentence in self.items(sentences, "sentences")? {
            parsed.push(self.template(sentence, "a sentence")?);
        }
        let sentences = self.resolve_all(shared, &local_rules, &local_lists, &parsed)?;
        let response = match fields.get("response") {
            None => None,
            Some(node) if node.is_null() => None,
            Some(node) => match node.text() {
                Some(text) => Some(text.to_owned()),
                None => {
                    return self.error(node, "the response is no text", "write the response's key");
                }
            },
        };
        Ok(IntentData {
            sentences,
            slots: self.values(fields.get("slots"), "slots")?,
            requires_context: self
                .conditions(fields.get("requires_context"), "requires_context")?,
            excludes_context: self
                .conditions(fields.get("excludes_context"), "excludes_context")?,
            metadata: self.values(fields.get("metadata"), "metadata")?,
            response,
        })
    }

    /// The rules of `expansion_rules` mappings, which may define each only once.
    fn rules(
        &mut self,
        sections: impl IntoIterator<Item = &'a Node>,
    ) -> Result<BTreeMap<String, Rule>, GrammarError> {
        let mut rules = BTreeMap::new();
        let mut first: BTreeMap<&str, &Node> = BTreeMap::new();
        for section in sections {
            for (key, value) in self.entries(Some(section), "expansion_rules")? {
                let name = self.name(key, "rule")?;
                if let Some(known) = first.insert(key.key(), key) {
                    return self.defined_twice(known, key, "rule");
                }
                let (origin, body) = self.template(value, "an expansion rule")?;
                rules.insert(name, Rule { origin, body });
            }
        }
        Ok(rules)
    }

    fn name(&self, key: &Node, what: &str) -> Result<String, GrammarError> {
        if template::is_name(key.key()) && InlineRange::from_name(key.key()).is_none() {
            return Ok(key.key().to_owned());
        }
        self.error(
            key,
            format!("“{}” cannot be the name of a {what}", key.key()),
            "use letters, digits and underscores",
        )
    }

    fn resolve_alone(
        &mut self,
        shared: &Shared<'_>,
        template: &(usize, template::Node),
    ) -> Result<Expr, GrammarError> {
        let mut resolved = self.resolve_all(
            shared,
            &BTreeMap::new(),
            &BTreeMap::new(),
            std::slice::from_ref(template),
        )?;
        Ok(resolved.pop().unwrap_or(Expr::Seq(Vec::new())))
    }

    fn resolve_all(
        &mut self,
        shared: &Shared<'_>,
        local_rules: &BTreeMap<String, Rule>,
        local_lists: &BTreeMap<String, String>,
        templates: &[(usize, template::Node)],
    ) -> Result<Vec<Expr>, GrammarError> {
        let scope = Scope {
            rules: shared.rules,
            local_rules,
            lists: shared.lists,
            local_lists,
            syntax: Syntax::Hassil,
        };
        let mut resolver = Resolver::new(scope, &mut self.budget, &mut self.ranges);
        let resolved: Result<Vec<Expr>, Located> = templates
            .iter()
            .map(|(origin, node)| resolver.obligatory(*origin, node))
            .collect();
        resolved.map_err(|error| self.located(error))
    }

    /// The error in the file of an error in one of its templates.
    fn located(&self, (origin, error): Located) -> GrammarError {
        match self.origins.get(origin) {
            Some(node) => self.files.template_error(node, error),
            None => self.files.error(0, error.message, error.hint),
        }
    }

    /// Refuses cycles in rules that no sentence uses. Their undefined references are only noted:
    /// sentences that use them may define what is missing.
    fn check_unused(&mut self, shared: &Shared<'_>) -> Result<(), GrammarError> {
        let found = {
            let (rules, lists) = (BTreeMap::new(), BTreeMap::new());
            let scope = Scope {
                rules: shared.rules,
                local_rules: &rules,
                lists: shared.lists,
                local_lists: &lists,
                syntax: Syntax::Hassil,
            };
            let (mut budget, mut ranges) = (MAX_EXPANDED_NODES, BTreeMap::new());
            Resolver::new(scope, &mut budget, &mut ranges)
                .check_rules(MAX_NOTES.saturating_sub(self.notes.len()))
        };
        for located in found.map_err(|located| self.located(located))? {
            let error = self.located(located);
            self.notes.push(Note {
                file: error.file,
                line: error.line,
                column: error.column,
                message: format!("no sentence can use this as it is: {}", error.message),
            });
        }
        Ok(())
    }

    /// As [`Loader::values`], of what a context is compared with.
    fn conditions(
        &self,
        node: Option<&'a Node>,
        what: &str,
    ) -> Result<BTreeMap<String, serde_json::Value>, GrammarError> {
        for (key, value) in self.entries(node, what)? {
            match &value.data {
                Data::Map(_) => {
                    Fields::of(self, value, "a condition", &CONDITION_KEYS)?;
                }
                Data::Seq(items) if items.is_empty() => {
                    return self.error(
                        value,
                        format!("`{}` is compared with a list of no values", key.key()),
                        "name the values, or write `null` where any value will do",
                    );
                }
                _ => {}
            }
        }
        self.values(node, what)
    }
}

/// What all sentences of a file share.
struct Shared<'r> {
    rules: &'r BTreeMap<String, Rule>,
    lists: &'r BTreeSet<String>,
}

#[cfg(test)]
#[path = "yaml_tests.rs"]
mod tests;
