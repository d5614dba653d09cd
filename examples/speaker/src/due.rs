//! What was asked for a later day: transfers with a date, and standing orders.

use jiff::civil::Date;
use zahlwort::commands::Interval;
use zahlwort::dialogue::host::HostError;

use crate::carry_out::payer;
use crate::ledger::{Household, Movement, StoreError, post};

/// Days that one standing order is caught up on at once; the rest comes the next time.
const CATCH_UP: u32 = 400;

/// A payment whose day has come.
#[derive(Debug)]
pub struct Due {
    /// Who gets it.
    pub to: String,
    /// Whole cents.
    pub cents: i64,
    /// `None` if it was paid; else why not. It is tried again the next time.
    pub failed: Option<StoreError>,
}

impl Household {
    /// Pays what has fallen due up to a day, each payment once, however often this is called and
    /// whenever it is interrupted.
    ///
    /// # Errors
    /// If the database fails. That an account holds too little, or is blocked, is told in
    /// [`Due::failed`].
    pub fn pay_due(&mut self, today: Date) -> Result<Vec<Due>, StoreError> {
        let mut due = self.pay_dated(today)?;
        due.extend(self.pay_standing_orders(today)?);
        Ok(due)
    }

    fn pay_dated(&mut self, today: Date) -> Result<Vec<Due>, StoreError> {
        let day = today.to_string();
        let mut query = self.db.prepare(
            "SELECT key, kind, text, account, cents FROM dated WHERE day <= ?1 ORDER BY day, key",
        )?;
        let rows = query
            .query_map([&day], |r| {
                Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?))
            })?
            .collect::<Result<Vec<(String, String, String, String, i64)>, _>>()?;
        drop(query);
        let mut all = Vec::new();
        for (key, kind, to, account, cents) in rows {
            let once = format!("dated-{key}");
            let movement = Movement {
                key: &once,
                day: &day,
                kind: &kind,
                text: &to,
                account: &account,
                cents,
            };
            let done = self.once(&once, &kind, |tx| {
                post(tx, movement)?;
                tx.execute("DELETE FROM dated WHERE key = ?1", [&key])?;
                Ok(())
            });
            all.extend(told(done, &to, cents)?);
        }
        Ok(all)
    }

    fn pay_standing_orders(&mut self, today: Date) -> Result<Vec<Due>, StoreError> {
        let mut query = self.db.prepare(
            "SELECT key, recipient, cents, interval, start FROM standing_order ORDER BY key",
        )?;
        let rows = query
            .query_map([], |r| {
                Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?))
            })?
            .collect::<Result<Vec<(String, String, i64, String, String)>, _>>()?;
        drop(query);
        let damaged = |e: String| StoreError::Host(HostError::Unavailable(e));
        let mut all = Vec::new();
        for (key, to, cents, interval, start) in rows {
            let interval: Interval =
                serde_json::from_str(&interval).map_err(|e| damaged(e.to_string()))?;
            let start: Date = start
                .parse()
                .map_err(|e: jiff::Error| damaged(e.to_string()))?;
            // What its payments are counted by.
            let order = format!("standing {key}");
            let sql = "SELECT count(*) FROM done WHERE command = ?1";
            let paid: u32 = self.db.query_row(sql, [&order], |row| row.get(0))?;
            for nth in paid..paid.saturating_add(CATCH_UP) {
                let Some(day) = interval.day(start, nth).filter(|day| *day <= today) else {
                    break;
                };
                let once = format!("standing-{key}-{nth}");
                let done = self.once(&once, &order, |tx| {
                    let movement = Movement {
                        key: &once,
                        day: &day.to_string(),
                        kind: "create_standing_order",
                        text: &to,
                        account: &payer(tx, None)?,
                        cents,
                    };
                    post(tx, movement)
                });
                let failed = done.is_err();
                all.extend(told(done, &to, cents)?);
                // Its payments are made in order.
                if failed {
                    break;
                }
            }
        }
        Ok(all)
    }
}

/// What a payment came to, if it came to anything.
fn told(done: Result<(), StoreError>, to: &str, cents: i64) -> Result<Option<Due>, StoreError> {
    let failed = match done {
        Ok(()) => None,
        Err(StoreError::DoneBefore) => return Ok(None),
        Err(error @ StoreError::Database(_)) => return Err(error),
        Err(error) => Some(error),
    };
    Ok(Some(Due {
        to: to.to_owned(),
        cents,
        failed,
    }))
}
