//! `grammar check`, `grammar sample` and `grammar import`.

use std::io::Write;
use std::path::Path;

use serde::Serialize;
use zahlwort::grammar::{Automaton, Sampler};
use zahlwort::{Catalog, Engine, Failure, Grammar, Language, Languages, Pack, Report};

use crate::args::{CheckArgs, Foreign, Format, GrammarTask, ImportArgs, SampleArgs};
use crate::output::{Out, Stop, json};
use crate::setup;

pub fn run(task: &GrammarTask, out: &mut Out) -> Result<(), Stop> {
    match task {
        GrammarTask::Check(args) => check(args, out),
        GrammarTask::Sample(args) => sample(args, out),
        GrammarTask::Import(args) => import(args, out),
    }
}

/// What a grammar is, or what is wrong with it.
#[derive(Serialize)]
struct Checked {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<Language>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<Sizes>,
    /// What loads but has no effect here, each `line:column: message`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure>,
}

#[derive(Serialize)]
struct Sizes {
    intents: usize,
    sentences: usize,
    states: usize,
    arcs: usize,
}

fn check(args: &CheckArgs, out: &mut Out) -> Result<(), Stop> {
    let catalog = args
        .catalog
        .as_deref()
        .map(zahlwort::load_catalog)
        .transpose()?;
    let mut failed = false;
    for name in &args.grammars {
        let results = match Pack::from_name(name) {
            Some(pack) => Language::ALL
                .into_iter()
                .filter(|language| args.lang.includes(*language))
                .map(|language| {
                    let file = pack.file_name(language).to_owned();
                    let loaded = zahlwort::load_pack(pack, language).map(|g| (g, Vec::new()));
                    checked(file, loaded, catalog.as_ref())
                })
                .collect(),
            None => {
                let loaded = load(Path::new(name), args.lang);
                vec![checked(name.clone(), loaded, catalog.as_ref())]
            }
        };
        for result in results {
            failed |= result.error.is_some();
            match args.format {
                Format::Json => out.line(&json(&result)?)?,
                Format::Text => out.line(&readable(&result))?,
            }
        }
    }
    if failed {
        Err(Stop::SomeFailed)
    } else {
        Ok(())
    }
}

type Loaded = Result<(Grammar, Vec<String>), zahlwort::Error>;

fn load(path: &Path, languages: Languages) -> Loaded {
    let (grammar, notes) = zahlwort::check_grammar(path, languages)?;
    let notes = notes
        .into_iter()
        .map(|n| format!("{}:{}: {}", n.line, n.column, n.message))
        .collect();
    Ok((grammar, notes))
}

fn checked(file: String, loaded: Loaded, catalog: Option<&Catalog>) -> Checked {
    let failed = |file, error: zahlwort::Error| {
        let failure = Failure {
            kind: error.kind().to_owned(),
            message: error.to_string(),
        };
        Checked {
            file,
            language: None,
            size: None,
            notes: Vec::new(),
            error: Some(failure),
        }
    };
    let (grammar, notes) = match loaded {
        Ok(loaded) => loaded,
        Err(error) => return failed(file, error),
    };
    let language = grammar.language;
    let intents = grammar.intents.len();
    let sentences = grammar
        .intents
        .iter()
        .flat_map(|i| &i.data)
        .map(|d| d.sentences.len())
        .sum();
    // Through the engine, so that what is checked is what will be used.
    let mut builder = Engine::builder().grammar(grammar);
    if let Some(catalog) = catalog {
        builder = builder.catalog(catalog.clone());
    }
    let automata = match builder.interpreter() {
        Ok(interpreter) => interpreter.automata(),
        Err(error) => return failed(file, error),
    };
    let size = |of: fn(&Automaton) -> usize| automata.iter().map(of).sum();
    let size = Sizes {
        intents,
        sentences,
        states: size(|a| a.size().states),
        arcs: size(|a| a.size().arcs),
    };
    Checked {
        file,
        language: Some(language),
        size: Some(size),
        notes,
        error: None,
    }
}

fn readable(checked: &Checked) -> String {
    let file = &checked.file;
    if let Some(error) = &checked.error {
        // Most messages begin with file, line and column already.
        let named = error.message.starts_with(file.as_str());
        return if named {
            format!("error: {}", error.message)
        } else {
            format!("error: {file}: {}", error.message)
        };
    }
    let mut text = format!("{file}: ok");
    if let (Some(language), Some(size)) = (checked.language, &checked.size) {
        text += &format!(
            ", {language}, {} intents, {} sentence templates, {} states, {} arcs",
            size.intents, size.sentences, size.states, size.arcs
        );
    }
    for note in &checked.notes {
        text += &format!("\nnote: {file}:{note}");
    }
    text
}

fn sample(args: &SampleArgs, out: &mut Out) -> Result<(), Stop> {
    let interpreter = setup::meaning(&args.meaning).interpreter()?;
    let automata = interpreter.automata();
    let mut samplers: Vec<Sampler> = automata
        .iter()
        .map(|a| Sampler::new(a, args.seed))
        .collect();
    for n in 0..args.number {
        let languages = samplers.len().max(1);
        let sentence = samplers.get_mut(n % languages).and_then(Iterator::next);
        let Some(sentence) = sentence else {
            return Err(Stop::Failed(
                "the grammar has no sentences; check that its lists have entries".to_owned(),
            ));
        };
        let report = Report::new(None, Ok(interpreter.parse(&sentence)));
        out.report(&report, args.format)?;
    }
    Ok(())
}

fn import(args: &ImportArgs, out: &mut Out) -> Result<(), Stop> {
    let name = args.file.display().to_string();
    let text = std::fs::read_to_string(&args.file).map_err(|e| {
        Stop::Failed(format!(
            "cannot read {name}: {e}; check the path and its permissions"
        ))
    })?;
    let grammar = match args.format {
        Foreign::Rhino => Grammar::from_rhino(&name, &text, args.lang),
    };
    let yaml = grammar.map_err(|e| Stop::Failed(e.to_string()))?.to_yaml();
    match &args.output {
        None => out.line(yaml.trim_end()),
        Some(path) => std::fs::File::create(path)
            .and_then(|mut file| file.write_all(yaml.as_bytes()))
            .map_err(|e| {
                Stop::Failed(format!(
                    "cannot write {}: {e}; check the folder given with -o",
                    path.display()
                ))
            }),
    }
}
