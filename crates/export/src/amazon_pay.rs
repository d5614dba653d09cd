//! Amazon Pay, API version 2: the request "Create Charge" (`POST …/v2/charges`).
//!
//! Its parts are what Amazon's SDKs take (`createCharge(payload, headers)`); they sign and send it. Limits are
//! those of the API reference, pages "Charge", "Idempotency" and "Common types" (`merchantMetadata`).

use iso_currency::Currency;
use rust_decimal::Decimal;
use serde::Serialize;
use zahlwort_commands::text::is_hidden;
use zahlwort_commands::{Instrument, Money, Order};
use zahlwort_dialogue::gate::IdempotencyKey;
use zahlwort_dialogue::policy::Facts;

use crate::{ExportError, Format, Instruction};

const MAX_SOFT_DESCRIPTOR: usize = 16;
const MAX_REFERENCE: usize = 256;
const MAX_STORE_NAME: usize = 50;
const MAX_NOTE: usize = 255;

/// What the merchant knows about a charge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merchant {
    /// The buyer's consent to be charged, from the checkout in which it was given.
    pub charge_permission_id: String,
    /// What it costs. Needed where the command only has a limit or says nothing; never above what the speaker
    /// agreed to.
    pub price: Option<Money>,
    /// When the money is taken.
    pub capture: Capture,
    /// The merchant's order number; the idempotency key where there is none.
    pub reference: Option<String>,
    /// The shop's name.
    pub store_name: Option<String>,
    /// What the buyer reads in mails about the order.
    pub note_to_buyer: Option<String>,
    /// The names of the payment methods that are Amazon Pay, as in the catalog. A command that names another
    /// is not exported.
    pub payment_methods: Vec<String>,
}

/// When the money of a charge is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Capture {
    /// Later, by another request; for now it is only authorised.
    #[default]
    Later,
    /// At once.
    Now {
        /// What the buyer's statement shows, at most 16 bytes.
        soft_descriptor: Option<String>,
    },
}

/// The request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChargeRequest {
    /// Says that nobody has confirmed it. Amazon does not know the field, and takes no charge without the key
    /// that such a request lacks.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unconfirmed: bool,
    /// HTTP headers.
    pub headers: Headers,
    /// The body.
    pub payload: Payload,
}

/// The HTTP headers that are not the SDK's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Headers {
    /// At most 32 of the characters a–z, A–Z, 0–9, `-` and `_`: exactly what a key is.
    #[serde(
        rename = "x-amz-pay-idempotency-key",
        skip_serializing_if = "Option::is_none"
    )]
    pub idempotency_key: Option<IdempotencyKey>,
}

/// The body of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Payload {
    /// See [`Merchant`].
    pub charge_permission_id: String,
    /// How much.
    pub charge_amount: Price,
    /// See [`Capture`].
    pub capture_now: bool,
    /// See [`Capture`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub soft_descriptor: Option<String>,
    /// Never: the speaker waits for an answer.
    pub can_handle_pending_authorization: bool,
    /// What the merchant and the buyer see of it.
    pub merchant_metadata: MerchantMetadata,
}

/// An amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Price {
    /// A decimal string with the places of the currency.
    pub amount: String,
    /// ISO 4217.
    pub currency_code: &'static str,
}

/// What the merchant and the buyer see of a charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MerchantMetadata {
    /// See [`Merchant`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merchant_reference_id: Option<String>,
    /// See [`Merchant`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merchant_store_name: Option<String>,
    /// See [`Merchant`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note_to_buyer: Option<String>,
}

/// The charge that [`PayMerchant`](Order::PayMerchant), [`BuyProduct`](Order::BuyProduct),
/// [`Checkout`](Order::Checkout) or [`Reorder`](Order::Reorder) asks for.
///
/// # Errors
/// Another command; another payment method; no price, or one above what was agreed to; a currency without an
/// Amazon Pay region (EUR, GBP, USD, JPY) or more than its limit; texts that are too long.
pub fn charge(
    instruction: &Instruction<'_>,
    merchant: &Merchant,
) -> Result<ChargeRequest, ExportError> {
    check_method(instruction, merchant)?;
    let price = price(instruction, merchant.price)?;
    let key = instruction.key();
    let reference = merchant
        .reference
        .clone()
        .or_else(|| key.map(|key| key.to_string()));
    let id = Some(merchant.charge_permission_id.clone());
    text("charge permission", id.as_ref(), MAX_REFERENCE)?;
    let (capture_now, soft_descriptor) = match &merchant.capture {
        Capture::Later => (false, None),
        Capture::Now { soft_descriptor } => (true, soft_descriptor.clone()),
    };
    text(
        "soft descriptor",
        soft_descriptor.as_ref(),
        MAX_SOFT_DESCRIPTOR,
    )?;
    text("reference", reference.as_ref(), MAX_REFERENCE)?;
    text("shop's name", merchant.store_name.as_ref(), MAX_STORE_NAME)?;
    text(
        "note to the buyer",
        merchant.note_to_buyer.as_ref(),
        MAX_NOTE,
    )?;
    Ok(ChargeRequest {
        unconfirmed: !instruction.is_authorised(),
        headers: Headers {
            idempotency_key: key,
        },
        payload: Payload {
            charge_permission_id: merchant.charge_permission_id.clone(),
            charge_amount: price,
            capture_now,
            soft_descriptor,
            can_handle_pending_authorization: false,
            merchant_metadata: MerchantMetadata {
                merchant_reference_id: reference,
                merchant_store_name: merchant.store_name.clone(),
                note_to_buyer: merchant.note_to_buyer.clone(),
            },
        },
    })
}

fn check_method(instruction: &Instruction<'_>, merchant: &Merchant) -> Result<(), ExportError> {
    let said: Option<&Instrument> = match instruction.command() {
        Order::PayMerchant { payment_method, .. }
        | Order::BuyProduct { payment_method, .. }
        | Order::Checkout { payment_method } => payment_method.as_ref(),
        Order::Reorder { .. } => None,
        _ => {
            return Err(ExportError::NoForm {
                command: instruction.name(),
                format: Format::AmazonPay,
            });
        }
    };
    match said.filter(|said| !merchant.payment_methods.contains(&said.name)) {
        Some(said) => Err(ExportError::OtherPaymentMethod {
            said: said.name.clone(),
        }),
        None => Ok(()),
    }
}

/// What is charged: what the command says, else the price, never above what was agreed to.
fn price(instruction: &Instruction<'_>, price: Option<Money>) -> Result<Price, ExportError> {
    let format = Format::AmazonPay;
    let said = Facts::of(instruction.command()).amount;
    let agreed = match instruction.authorisation() {
        Some(by) => by.amount,
        None => said,
    };
    let is_limit = matches!(
        instruction.command(),
        Order::BuyProduct {
            max_price: Some(_),
            ..
        }
    );
    let exact = agreed.filter(|_| !is_limit);
    let charged = price.or(exact).ok_or(ExportError::NoAmount {
        command: instruction.name(),
        format,
    })?;
    match (said.filter(|_| !is_limit), agreed) {
        (Some(said), _) if charged != said => {
            return Err(ExportError::OtherPrice {
                said: said.to_string(),
                price: charged.to_string(),
            });
        }
        (_, Some(limit))
            if charged.currency() != limit.currency() || charged.amount() > limit.amount() =>
        {
            return Err(ExportError::AboveLimit {
                price: charged.to_string(),
                limit: limit.to_string(),
            });
        }
        (_, None) if instruction.is_authorised() => {
            return Err(ExportError::PriceNotAgreed {
                price: charged.to_string(),
            });
        }
        _ => {}
    }
    let amount = charged.amount_string();
    let currency_code = charged.currency().code();
    // The largest charge of each region.
    let (most, written) = match charged.currency() {
        Currency::EUR | Currency::GBP | Currency::USD => (Decimal::from(150_000), "150000"),
        Currency::JPY => (Decimal::from(10_000_000), "10000000"),
        _ => {
            return Err(ExportError::Currency {
                currency: currency_code,
                format,
                accepted: "EUR, GBP, USD and JPY",
            });
        }
    };
    if charged.amount() > most {
        return Err(ExportError::AmountRange {
            amount,
            format,
            least: "the smallest coin",
            most: written,
        });
    }
    Ok(Price {
        amount,
        currency_code,
    })
}

/// Amazon counts "characters/bytes"; bytes are the stricter.
fn text(field: &'static str, text: Option<&String>, most: usize) -> Result<(), ExportError> {
    let format = Format::AmazonPay;
    let Some(text) = text else { return Ok(()) };
    if let Some(character) = text.chars().find(|c| is_hidden(*c)) {
        return Err(ExportError::Character {
            field,
            character,
            format,
        });
    }
    match text.trim().len() {
        0 => Err(ExportError::Empty { field }),
        length if length > most => Err(ExportError::TooLong {
            field,
            length,
            most,
            format,
        }),
        _ => Ok(()),
    }
}
