//! The command line: recordings and texts in, commands as JSON Lines out.

mod audio;
mod eval;
mod export;
mod grammar;
mod listen;
#[cfg(feature = "microphone")]
mod microphone;
mod output;
mod progress;
mod recognize;
mod setup;
mod values;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use output::{Out, Stop};

/// Spoken payment commands, German and English, entirely on this computer.
#[derive(Debug, Parser)]
#[command(
    name = "zahlwort",
    version,
    arg_required_else_help = true,
    max_term_width = 100
)]
#[command(after_help = "\
Examples:
  zahlwort recognize tests/audio/*.wav
  zahlwort recognize --format text command.flac
  zahlwort parse 'überweise fünfzig Euro an Anna'
  zahlwort grammar sample --grammar payments --lang en -n 20

Exit status: 0 if everything was processed, 1 if something could not be, 2 for wrong arguments.")]
struct Args {
    #[command(subcommand)]
    task: Task,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum Task {
    /// Print the command in each recording, one JSON object a line
    Recognize(recognize::RecognizeArgs),
    /// Print the command in each text, in the same JSON
    Parse(recognize::ParseArgs),
    /// Print what is said in a stream of raw audio on standard input, while it is said
    Listen(listen::ListenArgs),
    /// Measure accuracy, rejection and latency on labelled recordings
    Eval(Box<eval::EvalArgs>),
    /// Write understood commands as JSON, schema.org, pain.001, EPC QR or Amazon Pay
    Export(Box<export::ExportArgs>),
    /// Check, sample and import grammars
    Grammar(grammar::GrammarArgs),
    /// Print the JSON Schema of the output
    #[command(after_help = "\
Examples:
  zahlwort schema > zahlwort.schema.json
  zahlwort schema --orders")]
    Schema {
        /// Print instead what each order is: its intent, its type, what carrying it out can do, its slots
        #[arg(long)]
        orders: bool,
    },
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut out = Out::stdout();
    let done = match args.task {
        Task::Recognize(args) => recognize::recognize(&args, &mut out),
        Task::Parse(args) => recognize::parse(&args, &mut out),
        Task::Listen(args) => listen::listen(&args, &mut out),
        Task::Eval(args) => eval::run(&args, &mut out),
        Task::Export(args) => export::run(&args, &mut out),
        Task::Grammar(args) => grammar::run(&args.task, &mut out),
        Task::Schema { orders: true } => output::pretty(&zahlwort::commands::Descriptor::ALL)
            .and_then(|orders| out.line(&orders)),
        Task::Schema { orders: false } => {
            output::pretty(&zahlwort::schema()).and_then(|schema| out.line(&schema))
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // The reader has closed the pipe, which is no error.
        Err(Stop::BrokenPipe) => ExitCode::SUCCESS,
        Err(Stop::SomeFailed) => ExitCode::FAILURE,
        Err(Stop::Failed(message)) => {
            // Not eprintln!, which panics where standard error is closed.
            let _ = writeln!(std::io::stderr(), "zahlwort: {message}");
            ExitCode::FAILURE
        }
    }
}
