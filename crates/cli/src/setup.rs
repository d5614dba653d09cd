//! From arguments to an engine.

use std::str::FromStr;
use std::time::Duration;

use zahlwort::commands::Expectation;
use zahlwort::{Currency, Date, Engine, EngineBuilder, Language, Languages, Limits, Pack, Search};

use crate::args::{Answer, HearingArgs, MeaningArgs, SearchArg};
use crate::eval::Snr;

/// The builder with what may be said.
pub fn meaning(args: &MeaningArgs) -> EngineBuilder {
    let mut builder = Engine::builder()
        .languages(args.lang)
        .currency(args.currency);
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
    let mut options = builder.decoding();
    options.ctc_weight = args.ctc_weight.unwrap_or(options.ctc_weight);
    options.clear = args.clear.unwrap_or(options.clear);
    builder = builder.decode_options(options);
    builder.limits(limits(args))
}

/// What recordings are accepted.
pub fn limits(args: &HearingArgs) -> Limits {
    Limits {
        max_duration: Duration::from_secs(args.max_seconds),
    }
}

pub fn language(text: &str) -> Result<Language, String> {
    Language::from_code(text).ok_or_else(|| "write de for German or en for English".to_owned())
}

pub fn languages(text: &str) -> Result<Languages, String> {
    if text.eq_ignore_ascii_case("auto") {
        return Ok(Languages::Auto);
    }
    language(text)
        .map(Languages::Only)
        .map_err(|_| "write de, en or auto".to_owned())
}

pub fn date(text: &str) -> Result<Date, String> {
    Date::from_str(text)
        .map_err(|_| "write a day that exists as YYYY-MM-DD, such as 2026-12-24".to_owned())
}

pub fn currency(text: &str) -> Result<Currency, String> {
    Currency::from_code(&text.to_ascii_uppercase())
        .ok_or_else(|| "write a currency code of ISO 4217, such as EUR".to_owned())
}

pub fn probability(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(p) if (0.0..=1.0).contains(&p) => Ok(p),
        _ => Err("write a number from 0 to 1, such as 0.5".to_owned()),
    }
}

pub fn snr(text: &str) -> Result<Snr, String> {
    if text.eq_ignore_ascii_case("clean") {
        return Ok(Snr::Clean);
    }
    match text.parse::<f64>() {
        Ok(db) if (-60.0..=100.0).contains(&db) => Ok(Snr::Decibels(db)),
        _ => Err("write decibels from -60 to 100, or clean".to_owned()),
    }
}
