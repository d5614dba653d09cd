//! What was confirmed today, and who was paid before.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use zahlwort_commands::Money;

use crate::policy::{Facts, PayeeKey};

/// The sums of the current local day and the payees that are known. It is saved between runs of
/// the device (serde), or its limits would start anew with each.
///
/// A date before the ledger's own counts towards the ledger's: setting the clock back, or flying
/// west, gives no new limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    day: Option<Date>,
    total: BTreeMap<String, Money>,
    payees: Vec<(PayeeKey, BTreeMap<String, Money>)>,
    known: BTreeSet<PayeeKey>,
}

impl Ledger {
    /// Counts a payee as known, such as one that the speaker paid from an app before.
    ///
    /// ```
    /// use zahlwort_commands::Party;
    /// use zahlwort_dialogue::policy::{Ledger, PayeeKey};
    /// let mut ledger = Ledger::default();
    /// let anna = PayeeKey::party(&Party::named("Anna Schmidt"));
    /// ledger.trust(anna.clone());
    /// assert!(ledger.knows(&anna));
    /// ```
    pub fn trust(&mut self, payee: PayeeKey) {
        if !matches!(payee, PayeeKey::Heard(_)) {
            self.known.insert(payee);
        }
    }

    /// Whether a payee was paid before or is trusted. A name that was only heard never is.
    pub fn knows(&self, payee: &PayeeKey) -> bool {
        !matches!(payee, PayeeKey::Heard(_)) && self.known.contains(payee)
    }

    /// How much of a currency was confirmed on a day.
    pub fn spent(&self, currency: &str, date: Date) -> Decimal {
        sum(self.is_current(date).then_some(&self.total), currency)
    }

    /// How much of a currency was confirmed for one payee on a day.
    pub fn spent_on(&self, payee: &PayeeKey, currency: &str, date: Date) -> Decimal {
        let sums = self.payees.iter().find(|(key, _)| key == payee);
        sum(
            sums.map(|(_, sums)| sums).filter(|_| self.is_current(date)),
            currency,
        )
    }

    /// Writes down what is being confirmed.
    pub(crate) fn record(&mut self, facts: &Facts, amount: Option<Money>, date: Date) {
        if !self.is_current(date) {
            self.day = Some(date);
            self.total.clear();
            self.payees.clear();
        }
        if let Some(amount) = amount {
            add(&mut self.total, amount);
            if let Some(payee) = &facts.payee {
                match self.payees.iter_mut().find(|(key, _)| key == payee) {
                    Some((_, sums)) => add(sums, amount),
                    None => {
                        let mut sums = BTreeMap::new();
                        add(&mut sums, amount);
                        self.payees.push((payee.clone(), sums));
                    }
                }
            }
        }
        if let Some(payee) = &facts.payee {
            self.trust(payee.clone());
        }
    }

    fn is_current(&self, date: Date) -> bool {
        self.day.is_some_and(|day| date <= day)
    }
}

fn sum(sums: Option<&BTreeMap<String, Money>>, currency: &str) -> Decimal {
    sums.and_then(|sums| sums.get(currency))
        .map_or(Decimal::ZERO, Money::amount)
}

fn add(sums: &mut BTreeMap<String, Money>, amount: Money) {
    let currency = amount.currency();
    let before = sums
        .get(currency.code())
        .map_or(Decimal::ZERO, Money::amount);
    // The policy refuses sums that overflow, so that this saturation is never what is compared.
    let after = before.checked_add(amount.amount()).unwrap_or(Decimal::MAX);
    if let Ok(money) = Money::new(after, currency) {
        sums.insert(currency.code().to_owned(), money);
    }
}
