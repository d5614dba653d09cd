//! What commands cost: money in cents, goods and bills.

use iso_currency::Currency;
use rusqlite::{Connection, OptionalExtension, params};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use zahlwort::commands::{Product, Quantity, unit_name};
use zahlwort::dialogue::Templates;
use zahlwort::dialogue::host::HostError;
use zahlwort::{Money, Order};

use crate::store::database;
use crate::words::said;

/// Cents of a euro amount.
pub(crate) fn to_cents(money: Money, words: &Templates) -> Result<i64, HostError> {
    let only_euros = || said(words, "only_euros");
    if money.currency() != Currency::EUR {
        return Err(only_euros());
    }
    let cents = money.amount().checked_mul(Decimal::ONE_HUNDRED);
    cents.and_then(|c| c.to_i64()).ok_or_else(only_euros)
}

pub(crate) fn money(cents: i64) -> Result<Money, HostError> {
    Money::new(Decimal::new(cents, 2), Currency::EUR)
        .map_err(|error| HostError::Unavailable(error.to_string()))
}

/// How many packs: what is weighed or measured is not sold, nor half a pack.
pub(crate) fn count(quantity: Option<Quantity>, words: &Templates) -> Result<i64, HostError> {
    let Some(quantity) = quantity else {
        return Ok(1);
    };
    let each = match unit_name(quantity.unit()) {
        "piece" | "pack" | "bottle" | "carton" | "box" | "bag" | "can" | "jar" | "loaf" => 1,
        "pair" => 2,
        "dozen" => 12,
        _ => 0,
    };
    let packs = quantity.amount().checked_mul(each.into());
    packs
        .filter(|packs| packs.is_integer())
        .and_then(|packs| packs.to_i64())
        .filter(|count| (1..=1000).contains(count))
        .ok_or_else(|| said(words, "whole_packs"))
}

/// What is bought: product, count, cents altogether.
pub(crate) fn goods(
    db: &Connection,
    command: &Order,
    words: &Templates,
) -> Result<Vec<(String, i64, i64)>, HostError> {
    let price = |product: &str, count: i64| -> Result<(String, i64, i64), HostError> {
        let row = db
            .query_row(
                "SELECT cents, stock FROM product WHERE name = ?1",
                [product],
                |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
            )
            .optional()
            .map_err(database)?;
        let (cents, stock) = row.ok_or_else(|| HostError::NotFound(product.to_owned()))?;
        if stock < count {
            return Err(HostError::OutOfStock(product.to_owned()));
        }
        Ok((product.to_owned(), count, cents * count))
    };
    let rows = |sql: &str, product: Option<&Product>| -> Result<Vec<(String, i64)>, HostError> {
        let mut query = db.prepare(sql).map_err(database)?;
        let name = product.map(|p| p.name.as_str());
        let rows = query.query_map(params![name], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.and_then(Iterator::collect).map_err(database)
    };
    let wanted = match command {
        Order::BuyProduct {
            product, quantity, ..
        } => vec![(product.name.clone(), count(*quantity, words)?)],
        Order::Checkout { .. } => rows(
            "SELECT product, count FROM cart WHERE ?1 IS NULL ORDER BY product",
            None,
        )?,
        Order::Reorder { product } => rows(
            "SELECT product, count FROM purchase WHERE ?1 IS NULL OR product = ?1
             ORDER BY rowid DESC LIMIT 1",
            product.as_ref(),
        )?,
        _ => return Ok(Vec::new()),
    };
    if wanted.is_empty() {
        let is_cart = matches!(command, Order::Checkout { .. });
        let why = if is_cart {
            "empty_cart"
        } else {
            "nothing_bought"
        };
        return Err(said(words, why));
    }
    wanted
        .iter()
        .map(|(name, count)| price(name, *count))
        .collect()
}

/// What a command costs that names no amount: goods, or a bill that is open.
pub(crate) fn price(
    db: &Connection,
    command: &Order,
    words: &Templates,
) -> Result<Option<i64>, HostError> {
    if let Order::PayBill {
        biller,
        amount: None,
        ..
    } = command
    {
        let sql = "SELECT cents FROM bill WHERE biller = ?1";
        let open = db.query_row(sql, [&biller.name], |row| row.get(0));
        let open = open.optional().map_err(database)?;
        let none = || {
            let values = [("biller", biller.name.as_str())];
            HostError::Words(words.sentence("host.no_bill", &values))
        };
        return open.map(Some).ok_or_else(none);
    }
    let total: i64 = goods(db, command, words)?
        .iter()
        .map(|(_, _, cents)| cents)
        .sum();
    Ok(Some(total).filter(|total| *total > 0))
}
