//! What each command does to the books.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Transaction};
use zahlwort::Order;
use zahlwort::commands::Instrument;
use zahlwort::dialogue::Templates;
use zahlwort::dialogue::host::HostError;
use zahlwort::dialogue::policy::Facts;

use crate::goods::{count, goods, price, to_cents};
use crate::home::switch;
use crate::ledger::{Movement, post};
use crate::store::database;

/// The account that is meant where none is named.
pub(crate) fn main_account(db: &Connection) -> Result<String, HostError> {
    let sql = "SELECT name FROM account WHERE is_own ORDER BY rowid LIMIT 1";
    db.query_row(sql, [], |row| row.get(0)).map_err(database)
}

/// The account that pays.
pub(crate) fn payer(db: &Connection, method: Option<&Instrument>) -> Result<String, HostError> {
    let row = match method {
        Some(method) => db.query_row(
            "SELECT name, account, is_blocked FROM method WHERE name = ?1",
            [&method.name],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        ),
        None => db.query_row(
            "SELECT name, account, is_blocked FROM method WHERE is_default",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        ),
    };
    let row: Option<(String, String, bool)> = row.optional().map_err(database)?;
    match (row, method) {
        (Some((name, _, true)), _) => Err(HostError::Blocked(name)),
        (Some((_, account, false)), _) => Ok(account),
        (None, Some(method)) => Err(HostError::NotFound(method.name.clone())),
        (None, None) => main_account(db),
    }
}

pub(crate) fn method_of(command: &Order) -> Option<&Instrument> {
    match command {
        Order::BuyProduct { payment_method, .. }
        | Order::Checkout { payment_method }
        | Order::PayMerchant { payment_method, .. }
        | Order::PayBill { payment_method, .. }
        | Order::SendMoney { payment_method, .. }
        | Order::CreateStandingOrder { payment_method, .. } => payment_method.as_ref(),
        _ => None,
    }
}

/// What a command does to the books, within one transaction.
pub(crate) fn carry_out(
    tx: &Transaction<'_>,
    command: &Order,
    key: &str,
    today: Date,
    limit: Option<i64>,
    words: &Templates,
) -> Result<(), HostError> {
    let kind = Facts::of(command).name;
    let day = today.to_string();
    let pay = |text: &str, cents: i64| -> Result<(), HostError> {
        let account = payer(tx, method_of(command))?;
        Ok(post(
            tx,
            Movement {
                key,
                day: &day,
                kind,
                text,
                account: &account,
                cents,
            },
        )?)
    };
    let run =
        |sql: &str, values: &[&dyn rusqlite::ToSql]| tx.execute(sql, values).map_err(database);
    let pay_on = |payee: &str, cents: i64, date: Option<Date>| match date {
        // It was read back for a day that is over, perhaps only since midnight.
        Some(date) if date < today => Err(HostError::Expired),
        Some(date) if date > today => {
            let account = payer(tx, method_of(command))?;
            let date = date.to_string();
            let sql = "INSERT INTO dated VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            run(sql, &[&key, &date, &kind, &payee, &account, &cents]).map(drop)
        }
        _ => pay(payee, cents),
    };
    match command {
        Order::SendMoney {
            recipient: payee,
            amount,
            execution_date: day,
            ..
        } => pay_on(&payee.name, to_cents(*amount, words)?, *day)?,
        Order::PayMerchant {
            merchant: payee,
            amount: Some(amount),
            ..
        } => pay(&payee.name, to_cents(*amount, words)?)?,
        Order::PayBill {
            biller,
            amount,
            due_date: day,
            ..
        } => {
            let cents = match amount {
                Some(amount) => to_cents(*amount, words)?,
                None => within(limit, price(tx, command, words)?.unwrap_or(0))?,
            };
            pay_on(&biller.name, cents, *day)?;
            let values: [&dyn rusqlite::ToSql; 2] = [&biller.name, &cents];
            run(
                "DELETE FROM bill WHERE biller = ?1 AND cents <= ?2",
                &values,
            )?;
            run(
                "UPDATE bill SET cents = cents - ?2 WHERE biller = ?1",
                &values,
            )?;
        }
        Order::BuyProduct { .. } | Order::Checkout { .. } | Order::Reorder { .. } => {
            let goods = goods(tx, command, words)?;
            let total = within(limit, goods.iter().map(|(_, _, cents)| cents).sum())?;
            let names: Vec<&str> = goods.iter().map(|(name, ..)| name.as_str()).collect();
            pay(&names.join(", "), total)?;
            for (product, count, cents) in &goods {
                run(
                    "UPDATE product SET stock = stock - ?2 WHERE name = ?1",
                    &[product, count],
                )?;
                run(
                    "INSERT INTO purchase VALUES (?1, ?2, ?3, ?4, ?5)",
                    &[&key, product, count, cents, &day],
                )?;
            }
            if matches!(command, Order::Checkout { .. }) {
                run("DELETE FROM cart", &[])?;
            }
        }
        Order::CreateStandingOrder {
            recipient,
            amount,
            interval,
            start_date,
            ..
        } => {
            let interval = serde_json::to_string(interval)
                .map_err(|e| HostError::Unavailable(e.to_string()))?;
            let start = start_date.unwrap_or(today).to_string();
            let cents = to_cents(*amount, words)?;
            run(
                "INSERT INTO standing_order VALUES (?1, ?2, ?3, ?4, ?5)",
                &[&key, &recipient.name, &cents, &interval, &start],
            )?;
        }
        Order::AddToCart { product, quantity } => {
            let count = count(*quantity, words)?;
            let known = run(
                "INSERT INTO cart SELECT name, ?2 FROM product WHERE name = ?1
                 ON CONFLICT (product) DO UPDATE SET count = count + ?2",
                &[&product.name, &count],
            )?;
            if known == 0 {
                return Err(HostError::NotFound(product.name.clone()));
            }
        }
        Order::RemoveFromCart { product } => {
            if run("DELETE FROM cart WHERE product = ?1", &[&product.name])? == 0 {
                let values = [("product", product.name.as_str())];
                return Err(HostError::Words(
                    words.sentence("host.not_in_cart", &values),
                ));
            }
        }
        Order::BlockCard {
            payment_method: Some(card),
        } => {
            if run(
                "UPDATE method SET is_blocked = 1 WHERE name = ?1",
                &[&card.name],
            )? == 0
            {
                return Err(HostError::NotFound(card.name.clone()));
            }
        }
        Order::SetPaymentMethod { payment_method } => {
            payer(tx, Some(payment_method))?;
            run(
                "UPDATE method SET is_default = (name = ?1)",
                &[&payment_method.name],
            )?;
        }
        command => switch(tx, command, words)?,
    }
    Ok(())
}

/// A price that is not above what was authorised.
fn within(limit: Option<i64>, price: i64) -> Result<i64, HostError> {
    match limit {
        Some(limit) if price <= limit => Ok(price),
        _ => Err(HostError::PriceChanged),
    }
}
