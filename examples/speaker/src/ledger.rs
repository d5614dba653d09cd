//! The household's books: double entry, whole cents, one database transaction for each command.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use zahlwort::dialogue::Templates;

/// The other side of every payment.
pub(crate) const WORLD: &str = "*world";

/// What the books cannot do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database.
    #[error("the database: {0}; is the file one of this program, on a disk with space?")]
    Database(#[from] rusqlite::Error),
    /// Not enough money.
    #[error("the account does not hold enough")]
    InsufficientFunds,
    /// No such thing.
    #[error("there is no {0}")]
    NotFound(String),
    /// It was carried out before.
    #[error("this key was carried out before")]
    DoneBefore,
    /// What is told to the speaker.
    #[error(transparent)]
    Host(#[from] zahlwort::dialogue::host::HostError),
}

/// A household in a database file.
#[derive(Debug)]
pub struct Household {
    pub(crate) db: Connection,
    pub(crate) words: Templates,
}

/// A movement of money, from an own account to the world.
#[derive(Clone, Copy, Debug)]
pub struct Movement<'a> {
    /// What makes it unique.
    pub key: &'a str,
    /// The day that the books show.
    pub day: &'a str,
    /// The command's name.
    pub kind: &'a str,
    /// Who or what for.
    pub text: &'a str,
    /// From where.
    pub account: &'a str,
    /// How much; negative comes in.
    pub cents: i64,
}

impl Household {
    /// Opens a household; a new file gets an example one in the language of the words.
    ///
    /// # Errors
    /// If the file is no database or cannot be written.
    pub fn open(path: &Path, words: Templates) -> Result<Self, StoreError> {
        let mut db = Connection::open(path)?;
        db.busy_timeout(std::time::Duration::from_secs(5))?;
        db.pragma_update(None, "journal_mode", "WAL")?;
        // A commit is on the disk before anybody is told.
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "foreign_keys", true)?;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(include_str!("schema.sql"))?;
        let is_new: bool = tx.query_row("SELECT count(*) = 0 FROM account", [], |r| r.get(0))?;
        if is_new {
            tx.execute_batch(match words.language().code() {
                "de" => include_str!("seed/de.sql"),
                _ => include_str!("seed/en.sql"),
            })?;
        }
        tx.commit()?;
        Ok(Self { db, words })
    }

    /// Pays out of an account once for a key.
    ///
    /// # Errors
    /// [`StoreError::DoneBefore`] for a key that was used, and if the account holds too little.
    pub fn pay(&mut self, movement: Movement<'_>) -> Result<(), StoreError> {
        self.once(movement.key, movement.kind, |tx| post(tx, movement))
    }

    /// Does something completely or not at all, once for a key.
    pub(crate) fn once(
        &mut self,
        key: &str,
        command: &str,
        act: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let tx = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let is_new = tx.execute(
            "INSERT OR IGNORE INTO done (key, command) VALUES (?1, ?2)",
            [key, command],
        )?;
        if is_new == 0 {
            return Err(StoreError::DoneBefore);
        }
        act(&tx)?;
        tx.commit()?;
        Ok(())
    }

    /// The cents in an account.
    ///
    /// # Errors
    /// If there is no such account.
    pub fn cents(&self, account: &str) -> Result<i64, StoreError> {
        cents(&self.db, account)
    }

    /// The sum of all entries, which is zero or money was lost, and how many payments there are.
    ///
    /// # Errors
    /// If the database fails.
    pub fn audit(&self) -> Result<(i64, i64), StoreError> {
        let sum = "SELECT coalesce(sum(cents), 0) FROM entry";
        let count = "SELECT count(*) FROM transfer WHERE kind <> 'opening'";
        let one = |sql| self.db.query_row(sql, [], |row| row.get(0));
        Ok((one(sum)?, one(count)?))
    }

    /// Transfers whose two entries do not add up to zero: always none.
    ///
    /// # Errors
    /// If the database fails.
    pub fn unbalanced(&self) -> Result<i64, StoreError> {
        Ok(self.db.query_row(
            "SELECT count(*) FROM transfer t LEFT JOIN
             (SELECT transfer, count(*) AS entries, sum(cents) AS cents FROM entry GROUP BY transfer) e
             ON e.transfer = t.id WHERE e.entries IS NOT 2 OR e.cents IS NOT 0",
            [],
            |row| row.get(0),
        )?)
    }
}

pub(crate) fn cents(db: &Connection, account: &str) -> Result<i64, StoreError> {
    let known = db
        .query_row(
            "SELECT (SELECT coalesce(sum(cents), 0) FROM entry WHERE account = name)
             FROM account WHERE name = ?1 AND is_own",
            [account],
            |row| row.get(0),
        )
        .optional()?;
    known.ok_or_else(|| StoreError::NotFound(account.to_owned()))
}

/// The two entries of a movement, within a transaction.
pub(crate) fn post(tx: &Transaction<'_>, m: Movement<'_>) -> Result<(), StoreError> {
    if cents(tx, m.account)? < m.cents {
        return Err(StoreError::InsufficientFunds);
    }
    tx.execute(
        "INSERT INTO transfer (key, day, kind, text) VALUES (?1, ?2, ?3, ?4)",
        params![m.key, m.day, m.kind, m.text],
    )?;
    let id = tx.last_insert_rowid();
    let entry = "INSERT INTO entry (transfer, account, cents) VALUES (?1, ?2, ?3)";
    tx.execute(entry, params![id, m.account, -m.cents])?;
    tx.execute(entry, params![id, WORLD, m.cents])?;
    Ok(())
}
