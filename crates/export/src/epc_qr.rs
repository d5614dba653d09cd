//! EPC069-12, "Quick Response Code: Guidelines to Enable the Data Capture for the Initiation of a SEPA
//! Credit Transfer", version 002 of the data: what in Germany is called GiroCode.
//!
//! The text goes into a QR code of error correction level M and at most version 13. A banking app that reads it
//! fills in a transfer form and asks its user, who thereby authorises it. The code has no place for an
//! idempotency key: whoever scans it twice and agrees twice pays twice.

use zahlwort_commands::Order;
use zahlwort_commands::text::is_hidden;

use crate::sepa::{MAX_NAME, MAX_REFERENCE, Transfer, account, check_account, check_length, euros};
use crate::{Account, ExportError, Format, Instruction, Payee};

/// How many bytes a QR code of version 13 and level M holds (EPC069-12, section 2).
const MAX_BYTES: usize = 331;

/// The longest "beneficiary to originator information" (EPC069-12, the last element).
const MAX_NOTE: usize = 70;

/// What the payer reads of an unconfirmed instruction.
const UNCONFIRMED: &str = "UNCONFIRMED - check before you pay";

/// The content of the code, in UTF-8, lines ended by LF.
///
/// [`SendMoney`](zahlwort_commands::Order::SendMoney), [`PayBill`](zahlwort_commands::Order::PayBill) and
/// [`PayMerchant`](zahlwort_commands::Order::PayMerchant) pay `payee`. [`RequestMoney`](zahlwort_commands::Order::RequestMoney)
/// is paid to the speaker: `payee` is then the speaker's own account, and the code is for whoever is asked.
///
/// Names keep their letters: the code is in UTF-8, and the app that reads it spells them as its bank wants
/// them. An unconfirmed instruction says so in the last element, which apps show to the payer.
///
/// # Errors
/// Another command, currency, amount or account than SEPA carries, a day (the code has no place for one),
/// control characters and line ends in names, and more than 331 bytes.
pub fn payload(
    instruction: &Instruction<'_>,
    payee: Option<&Payee>,
) -> Result<String, ExportError> {
    let format = Format::EpcQr;
    let (to, amount, reference) = match instruction.command() {
        Order::RequestMoney {
            amount, reference, ..
        } => {
            let own = payee.ok_or_else(|| ExportError::NoAccount {
                payee: "your own account".to_owned(),
            })?;
            (own.account.clone(), *amount, reference.as_deref())
        }
        _ => {
            let transfer = Transfer::of(instruction, format)?;
            if let Some(date) = transfer.date.filter(|date| *date != instruction.now().date) {
                return Err(ExportError::Date { date, format });
            }
            let to = account(transfer.payee, payee)?;
            (to, transfer.amount, transfer.reference)
        }
    };
    let reference = reference.or_else(|| payee.and_then(|payee| payee.reference.as_deref()));
    check_account(&to)?;
    let Account { name, iban, bic } = to;
    let bic = bic.map(|bic| bic.to_string()).unwrap_or_default();
    let name = line("payee's name", &name, MAX_NAME)?;
    let amount = format!("EUR{}", euros(amount, format)?);
    let reference = reference
        .map(|text| line("reference", text, MAX_REFERENCE))
        .transpose()?
        .unwrap_or_default();
    let note = if instruction.is_authorised() {
        String::new()
    } else {
        line("note", UNCONFIRMED, MAX_NOTE)?
    };
    // Purpose and structured reference (ISO 11649) stay empty: nobody says them.
    let (purpose, creditor_reference) = (String::new(), String::new());
    let mut lines = vec![
        "BCD".to_owned(),
        "002".to_owned(),
        "1".to_owned(),
        "SCT".to_owned(),
        bic,
        name,
        iban.to_string(),
        amount,
        purpose,
        creditor_reference,
        reference,
        note,
    ];
    // Nothing follows the last element that is filled.
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let code = lines.join("\n");
    if code.len() > MAX_BYTES {
        return Err(ExportError::TooLarge(code.len()));
    }
    Ok(code)
}

/// Text on one line. A line end would begin another element: an account of somebody else's.
fn line(field: &'static str, text: &str, most: usize) -> Result<String, ExportError> {
    let format = Format::EpcQr;
    if let Some(character) = text.chars().find(|c| is_hidden(*c)) {
        return Err(ExportError::Character {
            field,
            character,
            format,
        });
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    check_length(field, &text, most, format)?;
    Ok(text)
}
