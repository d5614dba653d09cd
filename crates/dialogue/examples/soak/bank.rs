//! Carries commands out and records each twice: in accounts whose balances must sum to zero, and in a book of
//! the day that must agree with the gate's ledger.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;
use zahlwort_commands::{Money, Order};
use zahlwort_dialogue::gate::IdempotencyKey;

use crate::rules::{payee, spends};

/// What was agreed to, by day.
#[derive(Default)]
pub struct Book {
    pub day: Option<Date>,
    sums: BTreeMap<&'static str, Decimal>,
    payees: BTreeMap<(String, &'static str), Decimal>,
    pub known: BTreeSet<String>,
}

impl Book {
    /// An earlier date is still the book's day: turning the clock back gives no new limit.
    pub fn is_current(&self, date: Date) -> bool {
        self.day.is_some_and(|day| date <= day)
    }

    pub fn spent(&self, code: &str, date: Date) -> Decimal {
        let sum = self.sums.get(code).copied().unwrap_or_default();
        if self.is_current(date) {
            sum
        } else {
            Decimal::ZERO
        }
    }

    pub fn spent_on(&self, payee: &str, code: &str, date: Date) -> Decimal {
        let found = self
            .payees
            .iter()
            .find(|((name, of), _)| name == payee && *of == code);
        match found {
            Some((_, sum)) if self.is_current(date) => *sum,
            _ => Decimal::ZERO,
        }
    }

    pub fn write(&mut self, command: &Order, amount: Option<Money>, date: Date) {
        if !spends(command) {
            return;
        }
        if !self.is_current(date) {
            self.day = Some(date);
            self.sums.clear();
            self.payees.clear();
        }
        let payee = payee(command);
        if let Some(amount) = amount {
            let code = amount.currency().code();
            *self.sums.entry(code).or_default() += amount.amount();
            if let Some(payee) = payee.clone() {
                *self.payees.entry((payee, code)).or_default() += amount.amount();
            }
        }
        self.known
            .extend(payee.filter(|payee| !payee.starts_with("heard ")));
    }
}

/// Accounts with a balance in each currency.
#[derive(Default)]
pub struct Bank {
    balances: BTreeMap<(String, &'static str), Decimal>,
    done: BTreeSet<IdempotencyKey>,
}

impl Bank {
    /// Carries a command out.
    ///
    /// # Errors
    /// If its key was carried out before.
    pub fn execute(
        &mut self,
        command: &Order,
        key: IdempotencyKey,
        amount: Option<Money>,
    ) -> Result<(), String> {
        if !self.done.insert(key) {
            return Err(format!("carried out twice: {key} {command:?}"));
        }
        if let Some(amount) = amount.filter(|_| spends(command)) {
            let code = amount.currency().code();
            let to = payee(command).unwrap_or_else(|| "shop".to_owned());
            *self.balances.entry(("own".to_owned(), code)).or_default() -= amount.amount();
            *self.balances.entry((to, code)).or_default() += amount.amount();
        }
        Ok(())
    }

    /// What the balances sum to: nothing is lost and nothing appears.
    pub fn sum(&self) -> Decimal {
        self.balances.values().sum()
    }

    /// What was paid in all.
    pub fn paid(&self, code: &str) -> Decimal {
        let own = self
            .balances
            .iter()
            .find(|((name, of), _)| name == "own" && *of == code);
        own.map_or(Decimal::ZERO, |(_, balance)| -*balance)
    }

    pub fn has_done(&self, key: IdempotencyKey) -> bool {
        self.done.contains(&key)
    }
}
