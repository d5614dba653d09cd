//! `export`: what was understood, in the formats of banks, shops and assistants.

mod args;
mod context;
mod lines;

use std::io::Write;

use zahlwort::Order;
use zahlwort::commands::Party;
use zahlwort::dialogue::policy::Moment;
use zahlwort::export::{
    ExportError, Instruction, Payee, amazon_pay, epc_qr, json, pain001, schema_org,
};

use crate::output::{self, Out, Stop};
pub use args::ExportArgs;
use args::ExportFormat;
use context::Context;
use lines::Lines;

const NOT_AUTHORISED: &str = "these commands were understood, not authorised; add --unconfirmed to \
export them with a mark that says so (`zahlwort help export` tells more)";

pub fn run(args: &ExportArgs, out: &mut Out) -> Result<(), Stop> {
    if !args.unconfirmed {
        return Err(Stop::Failed(NOT_AUTHORISED.to_owned()));
    }
    let is_document = matches!(args.format, ExportFormat::Pain001 | ExportFormat::EpcQr);
    if args.payee_iban.is_some() && !is_document {
        let message = "--payee-iban is for --format pain001 and epc-qr; leave it out";
        return Err(Stop::Failed(message.to_owned()));
    }
    let context = Context::new(args)?;
    let now = Moment {
        at: jiff::Timestamp::now(),
        date: args
            .date
            .unwrap_or_else(|| jiff::ZonedDateTime::now().date()),
    };
    let mut lines = Lines::open(&args.file)?;
    // What a document would hold: there is only one, so that it is not printed before all is read.
    let mut document: Option<(u64, String)> = None;
    let (mut found, mut failed) = (false, false);
    while let Some((number, line)) = lines.next()? {
        if args.line.is_some_and(|wanted| wanted != number) {
            continue;
        }
        let written = match line.and_then(|line| lines::order(&line)) {
            Ok(None) => continue,
            Ok(Some(command)) => {
                found = true;
                write(&command, args, &context, now)
            }
            Err(message) => Err(message),
        };
        let text = match written {
            Ok(text) => text,
            Err(message) => {
                failed = true;
                complain(&format!("{}:{number}: {message}", lines.name()));
                continue;
            }
        };
        if !is_document {
            out.line(&text)?;
        } else if let Some((first, _)) = document {
            return Err(Stop::Failed(format!(
                "{}:{number}: a second command, the first is in line {first}; this format holds one, \
                 choose it with --line",
                lines.name()
            )));
        } else {
            document = Some((number, text));
        }
    }
    if let Some((_, text)) = document {
        out.line(text.trim_end())?;
    }
    if failed {
        Err(Stop::SomeFailed)
    } else if !found {
        let place = args
            .line
            .map_or_else(String::new, |n| format!(" in line {n}"));
        Err(Stop::Failed(format!(
            "{}: no command{place}; give what `zahlwort recognize` or `zahlwort parse` printed",
            lines.name()
        )))
    } else {
        Ok(())
    }
}

/// One command in the format, or what is wrong and which flag or key mends it.
fn write(
    command: &Order,
    args: &ExportArgs,
    context: &Context,
    now: Moment,
) -> Result<String, String> {
    let instruction = Instruction::unconfirmed(command, now);
    let flat = |stop: Stop| format!("{stop:?}");
    match args.format {
        ExportFormat::Json => output::json(&json::envelope(&instruction)).map_err(flat),
        ExportFormat::SchemaOrg => {
            let action = schema_org::action(&instruction, context.own_name()).map_err(mend)?;
            output::json(&action).map_err(flat)
        }
        ExportFormat::Pain001 => {
            let own = context.debtor().ok_or(
                "pain001 needs the account that is paid from; give --own-name and --own-iban, or \
                 [account] in --context",
            )?;
            let payee = payee_of(command).and_then(|party| payee(party, args, context));
            pain001::credit_transfer(&instruction, own, payee.as_ref()).map_err(mend)
        }
        ExportFormat::EpcQr => {
            let payee = match command {
                Order::RequestMoney { .. } => {
                    context.debtor().map(|own| Payee::new(own.account.clone()))
                }
                _ => payee_of(command).and_then(|party| payee(party, args, context)),
            };
            epc_qr::payload(&instruction, payee.as_ref()).map_err(mend)
        }
        ExportFormat::AmazonPay => {
            let merchant = context
                .merchant()
                .ok_or("amazon-pay needs [amazon_pay] with charge_permission_id in --context")?;
            let request = amazon_pay::charge(&instruction, merchant).map_err(mend)?;
            output::json(&request).map_err(flat)
        }
    }
}

fn payee_of(command: &Order) -> Option<&Party> {
    match command {
        Order::SendMoney { recipient, .. } => Some(recipient),
        Order::PayBill { biller, .. } => Some(biller),
        Order::PayMerchant { merchant, .. } => Some(merchant),
        _ => None,
    }
}

fn payee(party: &Party, args: &ExportArgs, context: &Context) -> Option<Payee> {
    match (&args.payee_name, &args.payee_iban) {
        (Some(name), Some(iban)) => Some(Payee::new(zahlwort::export::Account::new(
            name,
            iban.clone(),
        ))),
        _ => context.payee(party),
    }
}

/// The error with the flag or key that mends it.
fn mend(error: ExportError) -> String {
    let hint = match &error {
        ExportError::NoAccount { payee } if payee == "your own account" => {
            "give --own-name and --own-iban, or [account] in --context".to_owned()
        }
        ExportError::NoAccount { payee } => {
            format!("give --payee-name and --payee-iban, or [payees.{payee:?}] in --context")
        }
        ExportError::NoName(_) => "give --payee-name and --payee-iban".to_owned(),
        ExportError::NoBic(_) => "give `bic` in --context".to_owned(),
        ExportError::OtherPaymentMethod { .. } => {
            "the key is `payment_methods`, in --context".to_owned()
        }
        ExportError::NoAmount { .. } => {
            "with --format amazon-pay, `price` in --context serves too".to_owned()
        }
        ExportError::PastDate { .. } => "the day of the export is --date".to_owned(),
        _ => return error.to_string(),
    };
    format!("{error} ({hint})")
}

/// Tells of a line that could not be exported, while others are.
fn complain(message: &str) {
    let _ = writeln!(std::io::stderr(), "zahlwort: {message}");
}
