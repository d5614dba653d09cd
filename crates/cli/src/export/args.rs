//! The options of `export`.

use std::path::PathBuf;

use clap::ValueEnum;

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
    /// State that nobody has confirmed these commands; the output is marked accordingly
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
    #[arg(long, value_name = "IBAN", requires = "payee_name", value_parser = crate::values::iban)]
    pub payee_iban: Option<zahlwort::commands::Iban>,
    /// Your name, as your bank knows you
    #[arg(long, value_name = "NAME")]
    pub own_name: Option<String>,
    /// Your account
    #[arg(long, value_name = "IBAN", requires = "own_name", value_parser = crate::values::iban)]
    pub own_iban: Option<zahlwort::commands::Iban>,
    /// The day of the export, on which payments without a day of their own are made [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = crate::values::date)]
    pub date: Option<zahlwort::Date>,
}
