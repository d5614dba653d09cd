//! ISO 20022 pain.001.001.09, "CustomerCreditTransferInitiation": a SEPA credit transfer for a bank.
//!
//! Version 09 (ISO 20022 message definition of 2019) is what SEPA uses since November 2023: EPC132-08,
//! "SEPA Credit Transfer Scheme Customer-to-PSP Implementation Guidelines", and in Germany annex 3 of
//! the "DFÜ-Abkommen". One message carries one transfer.

use crate::sepa::{self, MAX_NAME, MAX_REFERENCE, Transfer, account, check_account, euros, latin};
use crate::{Bic, Debtor, ExportError, Format, Instruction, Payee};

/// What an unconfirmed transfer has instead of identifiers. A bank that receives such a message anyway takes
/// the second one for a duplicate of the first.
const UNCONFIRMED: &str = "UNCONFIRMED";

/// What a bank is told where there is no reference (EPC132-08, AT-T014) or no BIC.
const NOT_PROVIDED: &str = "NOTPROVIDED";

/// The transfer that [`SendMoney`](zahlwort_commands::Order::SendMoney), [`PayBill`](zahlwort_commands::Order::PayBill) or
/// [`PayMerchant`](zahlwort_commands::Order::PayMerchant) asks for, as an XML document in UTF-8.
///
/// * The idempotency key is message, payment and end-to-end identification (32 of the 35 characters that
///   these may have): a bank that gets the message twice finds the duplicate by it.
/// * `payee` may be `None` if the command names both a holder and an IBAN.
/// * The requested execution date is the command's, else the instruction's day.
/// * Names and references are written in the SEPA character set: `ä` as `ae`, `é` as `e`, `&` as `+`;
///   what has no Latin spelling is an error. No character that is left can be markup.
/// * An unconfirmed instruction begins with a comment that says so, and its identifications are
///   `UNCONFIRMED` and `NOTPROVIDED`.
///
/// # Errors
/// Whatever SEPA cannot carry: another command ([`ExportError::NoForm`]), currency or amount, an IBAN from
/// elsewhere, a missing account, a day that has passed, too long a name, a character of another script; and
/// a payment method that is not this account.
pub fn credit_transfer(
    instruction: &Instruction<'_>,
    debtor: &Debtor,
    payee: Option<&Payee>,
) -> Result<String, ExportError> {
    let format = Format::Pain001;
    let transfer = Transfer::of(instruction, format)?;
    if let Some(said) = transfer.payment_method
        && !debtor.payment_methods.contains(&said.name)
    {
        return Err(ExportError::OtherPaymentMethod {
            said: said.name.clone(),
        });
    }
    let creditor = account(transfer.payee, payee)?;
    check_account(&debtor.account)?;
    check_account(&creditor)?;
    let amount = euros(transfer.amount, format)?;
    let debtor_name = latin("payer's name", &debtor.account.name, MAX_NAME, format)?;
    let creditor_name = latin("payee's name", &creditor.name, MAX_NAME, format)?;
    let reference = transfer
        .reference
        .or_else(|| payee.and_then(|payee| payee.reference.as_deref()))
        .map(|text| latin("reference", text, MAX_REFERENCE, format))
        .transpose()?;
    let now = instruction.now();
    let date = transfer.date.unwrap_or(now.date);
    if date < now.date {
        let today = now.date;
        return Err(ExportError::PastDate { date, today });
    }
    let key = instruction.key().map(|key| key.to_string());
    let id = key.as_deref().unwrap_or(UNCONFIRMED);
    let end_to_end = key.as_deref().unwrap_or(NOT_PROVIDED);
    let comment = match key {
        Some(_) => "",
        None => "<!-- UNCONFIRMED: nobody has authorised this transfer. Do not send it. -->\n",
    };
    let created = now.at.strftime("%Y-%m-%dT%H:%M:%SZ");
    let (debtor_iban, creditor_iban) = (&debtor.account.iban, &creditor.iban);
    let debtor_bank = bank(debtor.account.bic.as_ref());
    let creditor_agent = creditor.bic.as_ref().map_or_else(String::new, |bic| {
        format!("<CdtrAgt>{}</CdtrAgt>\n        ", bank(Some(bic)))
    });
    let remittance = reference.map_or_else(String::new, |text: sepa::Latin| {
        format!("\n        <RmtInf><Ustrd>{text}</Ustrd></RmtInf>")
    });
    // Everything that is filled in is of a type without markup: Latin, Iban, Bic, digits.
    Ok(format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
{comment}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">
  <CstmrCdtTrfInitn>
    <GrpHdr>
      <MsgId>{id}</MsgId>
      <CreDtTm>{created}</CreDtTm>
      <NbOfTxs>1</NbOfTxs>
      <CtrlSum>{amount}</CtrlSum>
      <InitgPty><Nm>{debtor_name}</Nm></InitgPty>
    </GrpHdr>
    <PmtInf>
      <PmtInfId>{id}</PmtInfId>
      <PmtMtd>TRF</PmtMtd>
      <NbOfTxs>1</NbOfTxs>
      <CtrlSum>{amount}</CtrlSum>
      <PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>
      <ReqdExctnDt><Dt>{date}</Dt></ReqdExctnDt>
      <Dbtr><Nm>{debtor_name}</Nm></Dbtr>
      <DbtrAcct><Id><IBAN>{debtor_iban}</IBAN></Id></DbtrAcct>
      <DbtrAgt>{debtor_bank}</DbtrAgt>
      <ChrgBr>SLEV</ChrgBr>
      <CdtTrfTxInf>
        <PmtId><EndToEndId>{end_to_end}</EndToEndId></PmtId>
        <Amt><InstdAmt Ccy="EUR">{amount}</InstdAmt></Amt>
        {creditor_agent}<Cdtr><Nm>{creditor_name}</Nm></Cdtr>
        <CdtrAcct><Id><IBAN>{creditor_iban}</IBAN></Id></CdtrAcct>{remittance}
      </CdtTrfTxInf>
    </PmtInf>
  </CstmrCdtTrfInitn>
</Document>
"#
    ))
}

fn bank(bic: Option<&Bic>) -> String {
    match bic {
        Some(bic) => format!("<FinInstnId><BICFI>{bic}</BICFI></FinInstnId>"),
        None => format!("<FinInstnId><Othr><Id>{NOT_PROVIDED}</Id></Othr></FinInstnId>"),
    }
}
