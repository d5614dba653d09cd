//! The options that say what may be said and how it is heard, and the engine that they make.

use std::path::PathBuf;
use std::time::Duration;

use zahlwort::commands::Expectation;
use zahlwort::{Engine, EngineBuilder, Limits, Pack, Search};

use crate::values::{Answer, ReadingArg, SearchArg};

/// What may be said.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "What may be said")]
pub struct MeaningArgs {
    /// Language: de, en, or auto to recognise which
    #[arg(long, value_name = "LANG", default_value = "auto", value_parser = crate::values::languages)]
    pub lang: zahlwort::Languages,
    /// Pack (payments, home), or a grammar: a file, ours or a Rhino context, or a folder of files; may be repeated
    /// [default: all packs]
    #[arg(long, value_name = "PACK|PATH")]
    pub grammar: Vec<String>,
    /// YAML file with the names of products, contacts, merchants, … [default: an example]
    #[arg(long, value_name = "FILE")]
    pub catalog: Option<PathBuf>,
    /// The answer to listen for, as after a question; cancelling, repeating and help are always heard too.
    /// Without it, only orders are heard
    #[arg(long, value_enum, value_name = "ANSWER")]
    pub expect: Option<Answer>,
    /// The day that "heute" and "tomorrow" count from [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::values::date)]
    pub date: Option<zahlwort::Date>,
    /// What reads: the grammar; the learned reading, which understands people's own words and errs more often; or the
    /// grammar, and where it reads nothing, the learned reading [default: both; without a learned reading in the model's
    /// directory, the grammar]
    #[arg(long, value_enum, value_name = "READER")]
    pub reading: Option<ReadingArg>,
    /// So many words between those of a sentence may be unknown, at the price of some confidence
    /// [default: 2 where all grammars are your own; 0 with a pack, whose orders are read to the letter]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=2))]
    pub unknown_words: Option<u8>,
    /// The currency where none is said, as an ISO 4217 code
    #[arg(long, value_name = "CODE", default_value = "EUR", value_parser = crate::values::currency)]
    pub currency: zahlwort::Currency,
}

/// How it is heard.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "How it is heard")]
pub struct HearingArgs {
    /// Directory of the model [default: $ZAHLWORT_MODEL, else models/default beside or above the program or here]
    #[arg(long, value_name = "DIR")]
    pub model: Option<PathBuf>,
    /// Threads to compute with [default: one a core, at most 4]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Confidence from which a sentence counts as understood, 0 to 1
    #[arg(long, value_name = "P", value_parser = crate::values::probability)]
    pub strictness: Option<f32>,
    /// Which parts of the model search; a model without a CTC head only has attention
    #[arg(long, value_enum, value_name = "PARTS", default_value_t = SearchArg::Joint)]
    pub search: SearchArg,
    /// Longest recording accepted, in seconds
    #[arg(long, value_name = "S", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=30))]
    pub max_seconds: u64,
}

/// The builder with what may be said.
pub fn meaning(args: &MeaningArgs) -> EngineBuilder {
    let mut builder = Engine::builder()
        .languages(args.lang)
        .currency(args.currency);
    if let Some(reading) = args.reading {
        builder = builder.read_with(reading.into());
    }
    if let Some(most) = args.unknown_words {
        builder = builder.unknown_words(most);
    }
    for grammar in &args.grammar {
        builder = match pack(grammar) {
            Some(pack) => builder.pack(pack),
            None => builder.grammar_file(grammar),
        };
    }
    if let Some(answer) = args.expect {
        builder = builder.expect(expectation(answer));
    }
    if let Some(catalog) = &args.catalog {
        builder = builder.catalog_file(catalog);
    }
    match args.date {
        Some(date) => builder.reference_date(date),
        None => builder,
    }
}

/// The pack of a name or in a folder; `None` if it is a grammar.
pub fn pack(name: &str) -> Option<Pack> {
    Pack::from_name(name).or_else(|| Pack::in_folder(name))
}

/// What is listened for where this is asked.
pub fn expectation(answer: Answer) -> Expectation {
    match answer {
        Answer::YesNo => Expectation::yes_no(),
        Answer::Amount => Expectation::amount(),
        Answer::Quantity => Expectation::quantity(),
        Answer::Pin => Expectation::pin(),
        Answer::Name => Expectation::name(),
        Answer::Option => Expectation::option(),
        Answer::Interval => Expectation::interval(),
        Answer::Any => Expectation::any(),
    }
}

/// The builder with how it is heard as well.
pub fn hearing(args: &HearingArgs, mut builder: EngineBuilder) -> EngineBuilder {
    if let Some(model) = &args.model {
        builder = builder.model(model);
    }
    if let Some(threads) = args.threads {
        builder = builder.threads(threads.into());
    }
    if let Some(strictness) = args.strictness {
        builder = builder.strictness(strictness);
    }
    builder = builder.search(match args.search {
        SearchArg::Joint => Search::Joint,
        SearchArg::Attention => Search::Attention,
        SearchArg::Ctc => Search::Ctc,
    });
    builder.limits(limits(args))
}

/// What recordings are accepted.
pub fn limits(args: &HearingArgs) -> Limits {
    Limits {
        max_duration: Duration::from_secs(args.max_seconds),
    }
}
