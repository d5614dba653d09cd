//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

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
pub struct Args {
    #[command(subcommand)]
    pub task: Task,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Print the command in each recording, one JSON object a line
    Recognize(RecognizeArgs),
    /// Print the command in each text, in the same JSON
    Parse(ParseArgs),
    /// Print what is said in a stream of raw audio on standard input, while it is said
    Listen(ListenArgs),
    /// Measure accuracy, rejection and latency on labelled recordings
    Eval(Box<EvalArgs>),
    /// Write understood commands as JSON, schema.org, pain.001, EPC QR or Amazon Pay
    Export(Box<ExportArgs>),
    /// Check, sample and import grammars
    Grammar(GrammarArgs),
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

/// What may be said.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "What may be said")]
pub struct MeaningArgs {
    /// Language: de, en, or auto to recognise which
    #[arg(long, value_name = "LANG", default_value = "auto", value_parser = crate::setup::languages)]
    pub lang: zahlwort::Languages,
    /// Pack (payments, home) or grammar file, ours or a Rhino context; may be repeated [default: all packs]
    #[arg(long, value_name = "FILE|PACK")]
    pub grammar: Vec<String>,
    /// YAML file with the names of products, contacts, merchants, … [default: an example]
    #[arg(long, value_name = "FILE")]
    pub catalog: Option<PathBuf>,
    /// The answer to listen for, as behind a question, beside cancelling, repeating and help; without it, orders alone
    #[arg(long, value_enum, value_name = "ANSWER")]
    pub expect: Option<Answer>,
    /// The day that "heute" and "tomorrow" count from [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::setup::date)]
    pub date: Option<zahlwort::Date>,
    /// The currency where none is said, as an ISO 4217 code
    #[arg(long, value_name = "CODE", default_value = "EUR", value_parser = crate::setup::currency)]
    pub currency: zahlwort::Currency,
}

/// Answers to a question. With each but `any`, cancelling, repeating and help are heard as well, and no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Answer {
    /// "Ja", "no, that's wrong"
    YesNo,
    /// "Zwölf fünfzig", "twenty euros"
    Amount,
    /// "Drei Stück", "half a kilo"
    Quantity,
    /// "Meine PIN ist vier sieben eins eins"
    Pin,
    /// "An Anna", "my credit card": a contact or a payment method
    Name,
    /// "Die zweite", "number three"
    Option,
    /// "Jeden Monat", "every Friday"
    Interval,
    /// Every answer, and every order too
    Any,
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
    #[arg(long, value_name = "P", value_parser = crate::setup::probability)]
    pub strictness: Option<f32>,
    /// Which parts of the model search; a model without a CTC head only has attention
    #[arg(long, value_enum, value_name = "PARTS", default_value_t = SearchArg::Joint)]
    pub search: SearchArg,
    /// How much the CTC head counts beside the attention decoder, for those who measure
    #[arg(long, value_name = "W", hide = true)]
    pub ctc_weight: Option<f32>,
    /// From when on the CTC head's sentences suffice, for those who measure
    #[arg(long, value_name = "NATS", hide = true)]
    pub clear: Option<f32>,
    /// Longest recording accepted, in seconds
    #[arg(long, value_name = "S", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=30))]
    pub max_seconds: u64,
}

/// What searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SearchArg {
    /// Both, and their scores together decide
    Joint,
    /// The attention decoder alone
    Attention,
    /// The CTC head alone: quick, and its confidences are not calibrated
    Ctc,
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One JSON object a line
    Json,
    /// For people
    Text,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  zahlwort recognize a.wav b.flac c.mp3
  zahlwort recognize --lang de --catalog my-names.yaml *.wav > results.jsonl
  zahlwort recognize --grammar coffee.rhino.yaml --lang en order.ogg
  zahlwort recognize --expect yes-no answer.wav
  arecord -f S16_LE -r 16000 -d 4 | zahlwort recognize -

A file that cannot be processed gives an object with `error`, the others are still processed, and
the exit status is 1.")]
pub struct RecognizeArgs {
    /// WAV, FLAC, OGG Vorbis or MP3; - is WAV on standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub meaning: MeaningArgs,
    #[command(flatten)]
    pub hearing: HearingArgs,
    /// How results are written
    #[arg(long, value_enum, default_value = "json")]
    pub format: Format,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  zahlwort parse 'zahle 12,50 € an Bäckerei Müller' 'stop the music'
  zahlwort parse --date 2026-12-24 'Stromrechnung übermorgen bezahlen'
  zahlwort parse --expect option 'die zweite bitte'
  zahlwort parse --format text - < transcripts.txt")]
pub struct ParseArgs {
    /// Texts, each an argument; - reads one a line from standard input
    #[arg(required = true, value_name = "TEXT")]
    pub texts: Vec<String>,
    #[command(flatten)]
    pub meaning: MeaningArgs,
    /// How results are written
    #[arg(long, value_enum, default_value = "json")]
    pub format: Format,
}

/// How raw samples are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SampleFormat {
    /// 16-bit integers, little-endian
    S16le,
    /// 32-bit floats, little-endian, full scale ±1
    F32le,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  arecord -t raw -f S16_LE -c 1 -r 16000 | zahlwort listen
  zahlwort listen --microphone --partials
  arecord -t raw -f S16_LE -c 1 -r 16000 | zahlwort listen --expect amount
  sox commands.flac -t raw -e signed -b 16 -c 1 -r 16000 - | zahlwort listen --lang en
  ffmpeg -v error -i call.mp3 -f f32le -ac 1 -ar 48000 - | zahlwort listen --format f32le --rate 48000

Each line is an object with `event`: speech_started, partial, outcome, no_speech or overflow. An
outcome is what recognize prints, with start_ms and end_ms, all in milliseconds of the stream.")]
pub struct ListenArgs {
    /// Samples per second of the one channel on standard input
    #[arg(long, value_name = "HZ", default_value_t = 16_000)]
    pub rate: u32,
    /// How the samples are written
    #[arg(long, value_enum, default_value = "s16le")]
    pub format: SampleFormat,
    /// Listen to a microphone instead of standard input (needs a build with the feature `microphone`)
    #[arg(long, conflicts_with_all = ["rate", "format"])]
    pub microphone: bool,
    /// The name of the microphone [default: the system's]
    #[arg(long, value_name = "NAME", requires = "microphone")]
    pub device: Option<String>,
    /// Tell what was said so far while somebody speaks, some three times a second; never where a PIN may be said
    #[arg(long)]
    pub partials: bool,
    /// Tell when nobody has spoken for so long, once for each wait [default: never]
    #[arg(long, value_name = "S")]
    pub no_speech_after: Option<u64>,
    #[command(flatten)]
    pub meaning: MeaningArgs,
    #[command(flatten)]
    pub hearing: HearingArgs,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  zahlwort eval tests/audio/manifest.jsonl
  zahlwort eval labels.jsonl --grammar coffee_maker.rhino.yaml --lang en \\
      --noise kitchen-noise.flac --snr clean,12,6 --json report.json
  zahlwort eval transcripts.jsonl --non-commands --list accepted.jsonl
  zahlwort eval pins.jsonl --expect pin

Each line of the manifest is an object: `audio` (relative to the manifest), `intent` (null if it
must not be understood), `slots` (name to value or words; a money slot is compared to
{\"amount\":\"50.00\",\"currency\":\"EUR\"}), optionally `expect` (as --expect, for this recording
alone), `status`, `language` and `text`.")]
pub struct EvalArgs {
    /// JSON Lines with the recordings and what they say
    pub manifest: PathBuf,
    #[command(flatten)]
    pub meaning: MeaningArgs,
    #[command(flatten)]
    pub hearing: HearingArgs,
    /// Recording of noise to mix in
    #[arg(long, value_name = "FILE", requires = "snr")]
    pub noise: Option<PathBuf>,
    /// Signal-to-noise ratios in dB, or clean; one block of results each
    #[arg(long, value_name = "DB,…", value_delimiter = ',', value_parser = crate::setup::snr)]
    pub snr: Vec<crate::eval::Snr>,
    /// Take lines without `intent` as speech that must not be understood
    #[arg(long)]
    pub non_commands: bool,
    /// Only the first N recordings
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Seed of the places where noise is cut from
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub seed: u64,
    /// Write the results as JSON to a file
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Write the result of every recording as JSON Lines to a file
    #[arg(long, value_name = "FILE")]
    pub list: Option<PathBuf>,
    /// How the results are written to standard output
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}

/// Formats that commands can be exported in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Our own JSON, with what stands behind the command
    Json,
    /// A schema.org Action in JSON-LD
    SchemaOrg,
    /// ISO 20022 pain.001.001.09: a SEPA credit transfer for a bank
    #[value(name = "pain001")]
    Pain001,
    /// The text of an EPC QR code ("GiroCode")
    EpcQr,
    /// Amazon Pay's Create Charge request
    AmazonPay,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  zahlwort parse 'überweise 50 Euro an Anna' | zahlwort export --unconfirmed --format schema-org
  zahlwort recognize a.wav | zahlwort export --unconfirmed --format epc-qr \\
      --payee-name 'Anna Schmidt' --payee-iban AT611904300234573201
  zahlwort export --unconfirmed --format pain001 --context accounts.toml commands.jsonl

What recognize and parse print was understood, not authorised. Nobody has been asked, and no policy
has been consulted: that takes a program (see `zahlwort::dialogue::gate`). So --unconfirmed has to be
given, the output says that it is unconfirmed, and it has no idempotency key.

json, schema-org and amazon-pay are one object a line; pain001 and epc-qr are one command's.

accounts.toml:
  [account]                            # yours
  name = \"Erika Mustermann\"
  iban = \"DE89370400440532013000\"
  payment_methods = [\"Girokonto\"]      # what, where it is said, means this account
  [payees.\"Anna Schmidt\"]              # by the name or id in the command
  name = \"Anna Maria Schmidt\"          # the holder, if the bank knows another name
  iban = \"AT611904300234573201\"        # bic = \"…\" outside of the EEA
  reference = \"…\"                      # where the command has none
  [amazon_pay]
  charge_permission_id = \"B01-1234567-1234567\"
  price = {amount = \"12.50\", currency = \"EUR\"}
  # capture_now, soft_descriptor, reference, store_name, note_to_buyer, payment_methods")]
pub struct ExportArgs {
    /// What recognize, parse or listen printed, JSON Lines; - is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
    /// The format to write
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: ExportFormat,
    /// Say that nobody has confirmed these commands; they are marked so
    #[arg(long)]
    pub unconfirmed: bool,
    /// Only the command in this line of the input, counted from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub line: Option<u64>,
    /// TOML file with accounts and what a shop knows
    #[arg(long, value_name = "FILE")]
    pub context: Option<PathBuf>,
    /// Holder of the account that is paid to
    #[arg(long, value_name = "NAME", requires = "payee_iban")]
    pub payee_name: Option<String>,
    /// The account that is paid to; only for pain001 and epc-qr
    #[arg(long, value_name = "IBAN", requires = "payee_name", value_parser = crate::export::iban)]
    pub payee_iban: Option<zahlwort::commands::Iban>,
    /// Your name, as your bank knows you
    #[arg(long, value_name = "NAME")]
    pub own_name: Option<String>,
    /// Your account
    #[arg(long, value_name = "IBAN", requires = "own_name", value_parser = crate::export::iban)]
    pub own_iban: Option<zahlwort::commands::Iban>,
    /// The day of the export, on which what has no day of its own is paid [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::setup::date)]
    pub date: Option<zahlwort::Date>,
}

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
    /// Packs or grammar files
    #[arg(required = true, value_name = "FILE|PACK")]
    pub grammars: Vec<String>,
    /// Language: de, en or auto; a Rhino context needs it
    #[arg(long, value_name = "LANG", default_value = "auto", value_parser = crate::setup::languages)]
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
    #[arg(long, value_name = "LANG", value_parser = crate::setup::language)]
    pub lang: zahlwort::Language,
    /// Where to write it [default: standard output]
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
}
