//! The household as a host: what each command does to the books.

use std::fmt::Write as _;

use iso_currency::Currency;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use zahlwort::commerce::dialogue::Dialogue;
use zahlwort::commerce::gate::{Authorised, GateState, IdempotencyKey};
use zahlwort::commerce::host::{Answer, Host, HostError, Line};
use zahlwort::commerce::policy::{Facts, Moment};
use zahlwort::commerce::{Instrument, Product, Quantity};
use zahlwort::{AssistantState, Catalog, Command, Money};

use crate::ledger::{Household, Movement, StoreError, post};

const MAIN: &str = "Girokonto";

impl From<StoreError> for HostError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Host(error) => error,
            StoreError::InsufficientFunds => HostError::InsufficientFunds,
            StoreError::NotFound(name) => HostError::NotFound(name),
            other => HostError::Unavailable(other.to_string()),
        }
    }
}

fn database(error: rusqlite::Error) -> HostError {
    StoreError::from(error).into()
}

/// Cents of a euro amount.
fn to_cents(money: Money) -> Result<i64, HostError> {
    if money.currency() != Currency::EUR {
        return Err(HostError::Unsupported);
    }
    let cents = money.amount().checked_mul(Decimal::ONE_HUNDRED);
    cents.and_then(|c| c.to_i64()).ok_or(HostError::Unsupported)
}

fn money(cents: i64) -> Result<Money, HostError> {
    Money::new(Decimal::new(cents, 2), Currency::EUR)
        .map_err(|error| HostError::Unavailable(error.to_string()))
}

fn count(quantity: Option<Quantity>) -> Result<i64, HostError> {
    let Some(quantity) = quantity else {
        return Ok(1);
    };
    let amount = quantity.amount();
    // Half a pack is not sold.
    (amount.fract() == Decimal::ZERO)
        .then(|| amount.to_i64())
        .flatten()
        .filter(|count| (1..=1000).contains(count))
        .ok_or(HostError::Unsupported)
}

/// What is bought: product, count, cents altogether.
fn goods(db: &Connection, command: &Command) -> Result<Vec<(String, i64, i64)>, HostError> {
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
        Command::BuyProduct {
            product, quantity, ..
        } => vec![(product.name.clone(), count(*quantity)?)],
        Command::Checkout { .. } => rows(
            "SELECT product, count FROM cart WHERE ?1 IS NULL ORDER BY product",
            None,
        )?,
        Command::Reorder { product } => rows(
            "SELECT product, count FROM purchase WHERE ?1 IS NULL OR product = ?1
             ORDER BY rowid DESC LIMIT 1",
            product.as_ref(),
        )?,
        _ => return Ok(Vec::new()),
    };
    if wanted.is_empty() {
        return Err(HostError::NotFound("Warenkorb".to_owned()));
    }
    wanted
        .iter()
        .map(|(name, count)| price(name, *count))
        .collect()
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
        (None, None) => Ok(MAIN.to_owned()),
    }
}

fn method_of(command: &Command) -> Option<&Instrument> {
    match command {
        Command::BuyProduct { payment_method, .. }
        | Command::Checkout { payment_method }
        | Command::PayMerchant { payment_method, .. }
        | Command::PayBill { payment_method, .. }
        | Command::SendMoney { payment_method, .. }
        | Command::CreateStandingOrder { payment_method, .. } => payment_method.as_ref(),
        _ => None,
    }
}

impl Household {
    fn lines(&self, sql: &str) -> Result<Vec<Line>, HostError> {
        let mut query = self.db.prepare(sql).map_err(database)?;
        let rows = query
            .query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))
            .and_then(Iterator::collect::<Result<Vec<(String, i64)>, _>>)
            .map_err(database)?;
        let line = |(name, cents): (String, i64)| {
            let amount = match cents {
                0 => None,
                cents => Some(money(cents.abs())?),
            };
            Ok(Line {
                name,
                amount,
                is_outgoing: cents < 0,
            })
        };
        rows.into_iter().map(line).collect()
    }

    /// What an earlier run saved.
    ///
    /// # Errors
    /// If the database fails or what was saved is damaged.
    pub fn saved(&self) -> Result<AssistantState, HostError> {
        let json: Option<String> = self
            .db
            .query_row("SELECT json FROM state", [], |row| row.get(0))
            .optional()
            .map_err(database)?;
        let Some(json) = json else {
            return Ok(AssistantState::default());
        };
        serde_json::from_str(&json).map_err(|e| HostError::Unavailable(e.to_string()))
    }
}

impl Host for Household {
    fn catalog(&self) -> Result<Catalog, HostError> {
        let mut yaml = String::new();
        for (list, sql) in [
            ("products", "SELECT name, say FROM product"),
            ("contacts", "SELECT name, say FROM contact"),
            ("merchants", "SELECT name, '' FROM merchant"),
            ("billers", "SELECT name, '' FROM biller"),
            ("payment_methods", "SELECT name, '' FROM method"),
            (
                "accounts",
                "SELECT name, CASE name WHEN 'Sparkonto' THEN 'savings account' ELSE 'checking account' END FROM account WHERE is_own",
            ),
        ] {
            let mut query = self.db.prepare(sql).map_err(database)?;
            let rows = query
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
                .and_then(Iterator::collect::<Result<Vec<(String, String)>, _>>)
                .map_err(database)?;
            let _ = writeln!(yaml, "{list}:");
            for (name, say) in rows {
                // JSON is YAML.
                let say: Vec<&str> = say.split('|').filter(|s| !s.is_empty()).collect();
                let entry = serde_json::json!({ "name": name, "say": say });
                let _ = writeln!(yaml, "  - {entry}");
            }
        }
        Catalog::parse("household", &yaml).map_err(|e| HostError::Unavailable(e.to_string()))
    }

    fn quote(&self, command: &Command) -> Result<Option<Money>, HostError> {
        let total: i64 = goods(&self.db, command)?
            .iter()
            .map(|(_, _, cents)| cents)
            .sum();
        (total > 0).then(|| money(total)).transpose()
    }

    fn balance(&self, account: Option<&Instrument>) -> Result<Money, HostError> {
        let name = account.map_or(MAIN, |account| &account.name);
        money(self.cents(name)?)
    }

    fn authorise(&self, command: &Command, amount: Option<Money>) -> Result<(), HostError> {
        use zahlwort::commerce::policy::Effect;
        if Facts::of(command).effect != Effect::Spend {
            return Ok(());
        }
        let account = payer(&self.db, method_of(command))?;
        match amount {
            Some(amount) if self.cents(&account)? < to_cents(amount)? => {
                Err(HostError::InsufficientFunds)
            }
            _ => Ok(()),
        }
    }

    fn save(&mut self, dialogue: &Dialogue, gate: &GateState) -> Result<(), HostError> {
        let json = serde_json::json!({ "dialogue": dialogue, "gate": gate }).to_string();
        let sql =
            "INSERT INTO state (id, json) VALUES (0, ?1) ON CONFLICT (id) DO UPDATE SET json = ?1";
        self.db.execute(sql, [json]).map_err(database)?;
        Ok(())
    }

    fn execute(&mut self, authorised: Authorised, now: Moment) -> Result<Answer, HostError> {
        let limit = authorised.amount().map(to_cents).transpose();
        let (command, key) = authorised.redeem(now).map_err(|_| HostError::Expired)?;
        match &command {
            Command::CheckBalance { account } => {
                return Ok(Answer::Balance(self.balance(account.as_ref())?));
            }
            Command::ListTransactions { account, period } => {
                let all = (now.date, now.date);
                let (from, to) = match period {
                    Some(period) => period.days(now.date).unwrap_or(all),
                    None => (Date::MIN, now.date),
                };
                let account = account.as_ref().map_or(MAIN, |a| &a.name);
                return Ok(Answer::Lines(self.transactions(account, from, to)?));
            }
            Command::ShowCart => {
                let sql = "SELECT count || ' × ' || product, count * cents FROM cart JOIN product ON name = product";
                return Ok(Answer::Lines(self.lines(sql)?));
            }
            Command::SearchProduct { product } => {
                let price = Command::BuyProduct {
                    product: product.clone(),
                    quantity: None,
                    merchant: None,
                    payment_method: None,
                    max_price: None,
                };
                let amount = self.quote(&price)?;
                let name = product.name.clone();
                return Ok(Answer::Lines(vec![Line {
                    name,
                    amount,
                    is_outgoing: false,
                }]));
            }
            _ => {}
        }
        let limit = limit?;
        let key = key.to_string();
        let done = self.once(&key, Facts::of(&command).name, |tx| {
            carry_out(tx, &command, &key, now.date, limit).map_err(StoreError::Host)
        });
        match done {
            Ok(()) => Ok(Answer::Done),
            Err(StoreError::DoneBefore) => Ok(Answer::DoneBefore),
            Err(error) => Err(error.into()),
        }
    }

    fn undo(&mut self, key: IdempotencyKey) -> Result<Answer, HostError> {
        let (key, undo) = (key.to_string(), format!("undo-{key}"));
        let row: Option<(String, i64)> = self
            .db
            .query_row(
                "SELECT e.account, e.cents FROM transfer t JOIN entry e ON e.transfer = t.id
                 WHERE t.key = ?1 AND e.cents < 0",
                [&key],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .map_err(database)?;
        let (account, cents) = row.ok_or(HostError::NotFound(key.clone()))?;
        let day = jiff::ZonedDateTime::now().date().to_string();
        let done = self.once(&undo, "undo", |tx| {
            post(
                tx,
                Movement {
                    key: &undo,
                    day: &day,
                    kind: "undo",
                    text: &key,
                    account: &account,
                    cents,
                },
            )?;
            let bought =
                "UPDATE product SET stock = stock + (SELECT coalesce(sum(count), 0) FROM purchase
                          WHERE key = ?1 AND product = name)";
            tx.execute(bought, [&key])?;
            tx.execute("DELETE FROM purchase WHERE key = ?1", [&key])?;
            Ok(())
        });
        match done {
            Ok(()) => Ok(Answer::Done),
            Err(StoreError::DoneBefore) => Ok(Answer::DoneBefore),
            Err(error) => Err(error.into()),
        }
    }
}

impl Household {
    fn transactions(&self, account: &str, from: Date, to: Date) -> Result<Vec<Line>, HostError> {
        let mut query = self
            .db
            .prepare(
                "SELECT t.text, e.cents FROM transfer t JOIN entry e ON e.transfer = t.id
                 WHERE e.account = ?1 AND t.day BETWEEN ?2 AND ?3 ORDER BY t.id DESC LIMIT 5",
            )
            .map_err(database)?;
        let rows = query
            .query_map(params![account, from.to_string(), to.to_string()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .and_then(Iterator::collect::<Result<Vec<(String, i64)>, _>>)
            .map_err(database)?;
        let line = |(name, cents): (String, i64)| {
            Ok(Line {
                name,
                amount: Some(money(cents.abs())?),
                is_outgoing: cents < 0,
            })
        };
        rows.into_iter().map(line).collect()
    }
}

/// What a command does to the books, within one transaction.
fn carry_out(
    tx: &Transaction<'_>,
    command: &Command,
    key: &str,
    today: Date,
    limit: Option<i64>,
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
    match command {
        Command::SendMoney {
            recipient: payee,
            amount,
            execution_date: Some(date),
            ..
        }
        | Command::PayBill {
            biller: payee,
            amount: Some(amount),
            due_date: Some(date),
            ..
        } if *date != today => {
            // It was read back for a day that is over, perhaps only since midnight.
            if *date < today {
                return Err(HostError::Expired);
            }
            let account = payer(tx, method_of(command))?;
            run(
                "INSERT INTO dated VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                &[
                    &key,
                    &date.to_string(),
                    &kind,
                    &payee.name,
                    &account,
                    &to_cents(*amount)?,
                ],
            )?;
        }
        Command::SendMoney {
            recipient, amount, ..
        } => pay(&recipient.name, to_cents(*amount)?)?,
        Command::PayMerchant {
            merchant: payee,
            amount: Some(amount),
            ..
        }
        | Command::PayBill {
            biller: payee,
            amount: Some(amount),
            ..
        } => {
            pay(&payee.name, to_cents(*amount)?)?;
        }
        Command::BuyProduct { .. } | Command::Checkout { .. } | Command::Reorder { .. } => {
            let goods = goods(tx, command)?;
            let total = goods.iter().map(|(_, _, cents)| cents).sum();
            if limit.is_none_or(|limit| total > limit) {
                return Err(HostError::PriceChanged);
            }
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
            if matches!(command, Command::Checkout { .. }) {
                run("DELETE FROM cart", &[])?;
            }
        }
        Command::CreateStandingOrder {
            recipient,
            amount,
            interval,
            start_date,
            ..
        } => {
            let interval = serde_json::to_string(interval)
                .map_err(|e| HostError::Unavailable(e.to_string()))?;
            let start = start_date.unwrap_or(today).to_string();
            let cents = to_cents(*amount)?;
            run(
                "INSERT INTO standing_order VALUES (?1, ?2, ?3, ?4, ?5)",
                &[&key, &recipient.name, &cents, &interval, &start],
            )?;
        }
        Command::AddToCart { product, quantity } => {
            let count = count(*quantity)?;
            let known = run(
                "INSERT INTO cart SELECT name, ?2 FROM product WHERE name = ?1
                 ON CONFLICT (product) DO UPDATE SET count = count + ?2",
                &[&product.name, &count],
            )?;
            if known == 0 {
                return Err(HostError::NotFound(product.name.clone()));
            }
        }
        Command::RemoveFromCart { product } => {
            if run("DELETE FROM cart WHERE product = ?1", &[&product.name])? == 0 {
                return Err(HostError::NotFound(product.name.clone()));
            }
        }
        Command::BlockCard {
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
        Command::SetPaymentMethod { payment_method } => {
            payer(tx, Some(payment_method))?;
            run(
                "UPDATE method SET is_default = (name = ?1)",
                &[&payment_method.name],
            )?;
        }
        _ => return Err(HostError::Unsupported),
    }
    Ok(())
}
