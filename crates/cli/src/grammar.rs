//! `grammar check`, `grammar sample` and `grammar import`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use serde::Serialize;
use zahlwort::grammar::source::Note;
use zahlwort::grammar::{Automaton, Sampler};
use zahlwort::{Catalog, Engine, Failure, Grammar, Language, Report};

use crate::output::{Out, Stop, json};
use crate::setup::{self, MeaningArgs};
use crate::values::Format;

#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub struct GrammarArgs {
    #[command(subcommand)]
    pub task: GrammarTask,
}

/// What to do with a grammar.
#[derive(Debug, Subcommand)]
pub enum GrammarTask {
    /// Load and compile grammars, and say what is wrong with them, with line and column
    Check(CheckArgs),
    /// Print random sentences with their commands
    Sample(SampleArgs),
    /// Convert a grammar of another program
    Import(ImportArgs),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  zahlwort grammar check my-grammar.yaml
  zahlwort grammar check payments home --format json")]
pub struct CheckArgs {
    /// Packs, grammar files or folders of them
    #[arg(required = true, value_name = "PACK|PATH")]
    pub grammars: Vec<String>,
    /// Language: de, en or auto; a Rhino context needs it
    #[arg(long, value_name = "LANG", default_value = "auto", value_parser = crate::values::languages)]
    pub lang: zahlwort::Languages,
    /// YAML file with the names that fill the grammar's lists
    #[arg(long, value_name = "FILE")]
    pub catalog: Option<PathBuf>,
    /// How results are written
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  zahlwort grammar sample -n 20 --seed 7
  zahlwort grammar sample --grammar home --lang de --format text
  zahlwort grammar sample --expect any -n 100")]
pub struct SampleArgs {
    /// How many sentences
    #[arg(short, long, value_name = "N", default_value_t = 10)]
    pub number: usize,
    /// The same seed draws the same sentences
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub seed: u64,
    #[command(flatten)]
    pub meaning: MeaningArgs,
    /// How results are written
    #[arg(long, value_enum, default_value = "json")]
    pub format: Format,
}

/// Formats that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Foreign {
    /// A Picovoice Rhino context in YAML
    Rhino,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  zahlwort grammar import coffee.rhino.yaml --lang en -o coffee.yaml")]
pub struct ImportArgs {
    /// The grammar to convert
    pub file: PathBuf,
    /// Its format
    #[arg(long, value_enum, default_value = "rhino")]
    pub format: Foreign,
    /// Its language: de or en
    #[arg(long, value_name = "LANG", value_parser = crate::values::language)]
    pub lang: zahlwort::Language,
    /// Where to write it [default: standard output]
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
}

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
    /// What loads but has no effect here, each `file:line:column: message`.
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
        let results = match setup::pack(name) {
            Some(pack) => pack
                .languages()
                .into_iter()
                .filter(|language| args.lang.includes(*language))
                .map(|language| {
                    let folder = pack.folder(language).display().to_string();
                    let loaded = pack.check(language).map_err(zahlwort::Error::from);
                    checked(folder, loaded, catalog.as_ref())
                })
                .collect(),
            None => {
                let loaded = zahlwort::check_grammar(Path::new(name), args.lang);
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

type Loaded = Result<(Grammar, Vec<Note>), zahlwort::Error>;

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
    let notes = notes
        .into_iter()
        .map(|n| format!("{}:{}:{}: {}", n.file, n.line, n.column, n.message))
        .collect();
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
        text += &format!("\nnote: {note}");
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
