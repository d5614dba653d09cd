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
use super::lists;
use super::loader::{Fields, LoadOptions, Loader, MAX_NOTES};
use super::node::{self, Data, MAX_FILE_BYTES, Node, Source};
use super::range::InlineRange;
use super::resolve::{Located, MAX_EXPANDED_NODES, Resolver, Rule, Scope, Syntax, slot_at};
use super::template;
use super::{Grammar, Intent, IntentData, List};
use crate::{Expr, Language};

impl Grammar {
    /// Loads a grammar from the text of a YAML file; `name` stands in errors for the file.
    pub fn from_yaml(
        name: &str,
        text: &str,
        options: &LoadOptions,
    ) -> Result<Grammar, GrammarError> {
        Self::check_yaml(name, text, options).map(|(grammar, _)| grammar)
    }

    /// As [`Grammar::from_yaml`], and tells what of the file has no effect here.
    pub fn check_yaml(
        name: &str,
        text: &str,
        options: &LoadOptions,
    ) -> Result<(Grammar, Vec<Note>), GrammarError> {
        let source = Source::new(name, text)?;
        let root = node::parse(&source)?;
        let mut loader = Loader::new(&source, options);
        let grammar = loader.grammar(&root)?;
        Ok((grammar, loader.notes))
    }

    /// Loads a grammar from a YAML file.
    pub fn load(path: impl AsRef<Path>, options: &LoadOptions) -> Result<Grammar, GrammarError> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let text = read(path, &name)?;
        Self::from_yaml(&name, &text, options)
    }
}

/// The text of a file, if it is one and not too long.
pub(super) fn read(path: &Path, name: &str) -> Result<String, GrammarError> {
    let error = |message: String, hint: &str| GrammarError {
        file: name.to_owned(),
        line: 0,
        column: 0,
        message,
        hint: hint.into(),
    };
    let cannot = |e: std::io::Error| {
        error(
            format!("the file cannot be read: {e}"),
            "check the path and its permissions",
        )
    };
    let length = std::fs::metadata(path).map_err(cannot)?.len();
    if length > MAX_FILE_BYTES as u64 {
        return Err(error(
            format!("the file is {length} bytes long; {MAX_FILE_BYTES} are allowed"),
            "split it, or give long lists through a catalog",
        ));
    }
    let bytes = std::fs::read(path).map_err(cannot)?;
    String::from_utf8(bytes).map_err(|e| {
        let valid = String::from_utf8_lossy(
            e.as_bytes()
                .get(..e.utf8_error().valid_up_to())
                .unwrap_or_default(),
        )
        .into_owned();
        let hint = "save the file as UTF-8";
        match Source::new(name, &valid) {
            Ok(source) => source.error(valid.len(), "the file is not UTF-8 from here on", hint),
            Err(error) => error,
        }
    })
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
    fn grammar(&mut self, root: &'a Node) -> Result<Grammar, GrammarError> {
        let file = Fields::of(self, root, "the file", &FILE_KEYS)?;
        let Some(language) = file.get("language") else {
            return self.error(
                root,
                "the file does not say its language",
                format!("add a line {}", Language::hint()),
            );
        };
        let Some(language) = language.text().and_then(Language::from_code) else {
            return self.error(
                language,
                format!(
                    "the language {} is not known",
                    language.text().unwrap_or("given here")
                ),
                format!("write {}", Language::hint()),
            );
        };
        let rules = self.rules(file.get("expansion_rules"))?;
        let mut lists = BTreeMap::new();
        for (key, value) in self.entries(file.get("lists"), "lists")? {
            let name = self.name(key, "list")?;
            lists.insert(name, lists::list(self, value, key.key(), &rules)?);
        }
        let mut known: BTreeSet<String> = lists.keys().cloned().collect();
        known.extend(self.options.external_lists.iter().cloned());
        let shared = Shared {
            rules: &rules,
            lists: &known,
        };

        let mut skip_words = Vec::new();
        if let Some(words) = file.get("skip_words") {
            for word in self.items(words, "skip_words")? {
                let template = self.template(word, "a skip word")?;
                if let Some(at) = slot_at(&template.1, &rules) {
                    let error = template::TemplateError::new(
                        at,
                        "a skip word refers to a list",
                        "skip words mean nothing, so they cannot fill a slot: write the words out, or \
                         put the list into the sentences, as in [{list}]",
                    );
                    return Err(self.source.template_error(word, error));
                }
                skip_words.push(self.resolve_alone(&shared, &template)?);
            }
        }
        let mut intents = Vec::new();
        for (key, value) in self.entries(file.get("intents"), "intents")? {
            intents.push(self.intent(key, value, &shared, &mut lists)?);
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

    /// The rules of an `expansion_rules` mapping.
    fn rules(&mut self, node: Option<&'a Node>) -> Result<BTreeMap<String, Rule>, GrammarError> {
        let mut rules = BTreeMap::new();
        for (key, value) in self.entries(node, "expansion_rules")? {
            let name = self.name(key, "rule")?;
            let (origin, body) = self.template(value, "an expansion rule")?;
            rules.insert(name, Rule { origin, body });
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
            Some(node) => self.source.template_error(node, error),
            None => self.source.error(0, error.message, error.hint),
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
