//! The command line: recordings and texts in, commands as JSON Lines out.

mod args;
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

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Task};
use output::{Out, Stop};

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
        // Whoever read our output has read enough of it.
        Err(Stop::BrokenPipe) => ExitCode::SUCCESS,
        Err(Stop::SomeFailed) => ExitCode::FAILURE,
        Err(Stop::Failed(message)) => {
            // Not eprintln!, which panics where standard error is closed.
            let _ = writeln!(std::io::stderr(), "zahlwort: {message}");
            ExitCode::FAILURE
        }
    }
}
