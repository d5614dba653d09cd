//! The household as a host.

use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use zahlwort::commands::{Effect, Instrument};
use zahlwort::dialogue::Dialogue;
use zahlwort::dialogue::gate::{Authorised, GateState};
use zahlwort::dialogue::host::{Answer, Host, HostError, Line};
use zahlwort::dialogue::policy::{Facts, Moment};
use zahlwort::grammar::builtin::speak_number;
use zahlwort::{AssistantState, Catalog, Command, Money};

use crate::carry_out::{carry_out, main_account, method_of, payer};
use crate::goods::{money, price, to_cents};
use crate::ledger::{Household, StoreError};
use crate::names;
use crate::words::said;

/// What this household has nothing for.
pub(crate) const CANNOT: [&str; 5] = [
    "book_rental_car",
    "top_up",
    "request_money",
    "track_order",
    "cancel_order",
];

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

pub(crate) fn database(error: rusqlite::Error) -> HostError {
    StoreError::from(error).into()
}

impl Household {
    /// What only has to be looked up; `None` for what is to be carried out.
    fn tell(&mut self, command: &Command, today: Date) -> Result<Option<Answer>, HostError> {
        Ok(Some(match command {
            Command::CheckBalance { account } => Answer::Balance(self.balance(account.as_ref())?),
            Command::ListTransactions { account, period } => {
                let (from, to) = match period {
                    Some(period) => period.days(today).unwrap_or((today, today)),
                    None => (Date::MIN, today),
                };
                let account = self.account(account.as_ref())?;
                let lines = self.transactions(&account, from, to)?;
                self.lines_or(lines, "no_transactions")
            }
            Command::ShowCart => {
                let lines = self.cart()?;
                self.lines_or(lines, "empty_cart")
            }
            Command::SearchProduct { product } => {
                let price = Command::BuyProduct {
                    product: product.clone(),
                    quantity: None,
                    merchant: None,
                    payment_method: None,
                    max_price: None,
                };
                Answer::Lines(vec![Line {
                    name: product.name.clone(),
                    amount: self.quote(&price)?,
                    is_outgoing: false,
                }])
            }
            Command::ReadMessages => Answer::Words(self.read_messages()?),
            _ => return Ok(None),
        }))
    }

    fn lines_or(&self, lines: Vec<Line>, none: &str) -> Answer {
        if lines.is_empty() {
            Answer::Words(self.words.sentence(&format!("host.{none}"), &[]))
        } else {
            Answer::Lines(lines)
        }
    }

    fn account(&self, named: Option<&Instrument>) -> Result<String, HostError> {
        named.map_or_else(
            || main_account(&self.db),
            |account| Ok(account.name.clone()),
        )
    }

    /// Why something cannot be, in the household's words.
    fn said(&self, why: &str) -> HostError {
        said(&self.words, why)
    }

    fn cart(&self) -> Result<Vec<Line>, HostError> {
        let sql = "SELECT product, count, count * cents FROM cart JOIN product ON name = product ORDER BY product";
        let mut query = self.db.prepare(sql).map_err(database)?;
        let rows = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .and_then(Iterator::collect::<Result<Vec<(String, u64, i64)>, _>>)
            .map_err(database)?;
        let line = |(product, count, cents): (String, u64, i64)| {
            let count = (count != 1).then(|| speak_number(count, self.words.language()) + " ");
            Ok(Line {
                name: count.unwrap_or_default() + &product,
                amount: Some(money(cents)?),
                is_outgoing: false,
            })
        };
        rows.into_iter().map(line).collect()
    }

    /// The names to listen for: contacts, products, accounts.
    ///
    /// # Errors
    /// If the database fails.
    pub fn catalog(&self) -> Result<Catalog, HostError> {
        names::catalog(&self.db)
    }

    fn balance(&self, account: Option<&Instrument>) -> Result<Money, HostError> {
        match self.cents(&self.account(account)?)? {
            0 => Err(self.said("empty_account")),
            cents => money(cents),
        }
    }

    /// What an earlier run saved; `None` on the first.
    ///
    /// # Errors
    /// If the database fails or what was saved is damaged.
    pub fn saved(&self) -> Result<Option<AssistantState>, HostError> {
        let json: Option<String> = self
            .db
            .query_row("SELECT json FROM state", [], |row| row.get(0))
            .optional()
            .map_err(database)?;
        json.map(|json| serde_json::from_str(&json))
            .transpose()
            .map_err(|e| HostError::Unavailable(e.to_string()))
    }
}

impl Host for Household {
    fn can(&self, command: &str) -> bool {
        !CANNOT.contains(&command)
    }

    fn quote(&self, command: &Command) -> Result<Option<Money>, HostError> {
        let price = price(&self.db, command, &self.words)?;
        price.map(money).transpose()
    }

    fn authorise(&self, command: &Command, amount: Option<Money>) -> Result<(), HostError> {
        let facts = Facts::of(command);
        if CANNOT.contains(&facts.name) {
            return Err(self.said(&format!("cannot_{}", facts.name)));
        }
        match command {
            Command::PayMerchant { amount: None, .. } => return Err(self.said("how_much")),
            Command::BlockCard {
                payment_method: None,
            } => return Err(self.said("which_card")),
            _ => {}
        }
        if facts.effect != Effect::Spend {
            return Ok(());
        }
        let account = payer(&self.db, method_of(command))?;
        match amount {
            Some(amount) if self.cents(&account)? < to_cents(amount, &self.words)? => {
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
        let limit = authorised.amount();
        let limit = limit.map(|limit| to_cents(limit, &self.words)).transpose();
        let (command, key) = authorised.redeem(now).map_err(|_| HostError::Expired)?;
        if let Some(answer) = self.tell(&command, now.date)? {
            return Ok(answer);
        }
        let limit = limit?;
        let key = key.to_string();
        let words = self.words.clone();
        let done = self.once(&key, Facts::of(&command).name, |tx| {
            carry_out(tx, &command, &key, now.date, limit, &words).map_err(StoreError::Host)
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
