//! Lamps, music and messages.

use rusqlite::{OptionalExtension, Transaction, params};
use zahlwort::Order;
use zahlwort::dialogue::Templates;
use zahlwort::dialogue::host::HostError;

use crate::ledger::{Household, StoreError};
use crate::store::database;

impl Household {
    /// What a visitor would see and hear: a line for each lamp, and one for the music.
    ///
    /// # Errors
    /// If the database fails.
    pub fn status(&self) -> Result<Vec<String>, StoreError> {
        let mut query = self
            .db
            .prepare("SELECT name, is_lit FROM room ORDER BY rowid")?;
        let rooms = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<Vec<(String, bool)>, _>>()?;
        let lamp = |(room, is_lit): &(String, bool)| {
            let name = if *is_lit { "host.lit" } else { "host.dark" };
            self.words.sentence(name, &[("room", room)])
        };
        let mut status: Vec<String> = rooms.iter().map(lamp).collect();
        let title: Option<Option<String>> = self
            .db
            .query_row("SELECT title FROM music", [], |row| row.get(0))
            .optional()?;
        status.push(match title {
            Some(Some(title)) => self.words.sentence("host.plays", &[("title", &title)]),
            Some(None) => self.words.sentence("host.plays_any", &[]),
            None => self.words.sentence("host.quiet", &[]),
        });
        Ok(status)
    }

    /// Every new message, once.
    pub(crate) fn read_messages(&mut self) -> Result<String, HostError> {
        let sql = "UPDATE message SET is_read = 1 WHERE NOT is_read RETURNING sender, text";
        let mut query = self.db.prepare(sql).map_err(database)?;
        let new = query
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .and_then(Iterator::collect::<Result<Vec<(String, String)>, _>>)
            .map_err(database)?;
        if new.is_empty() {
            return Ok(self.words.sentence("host.no_messages", &[]));
        }
        let message = |(sender, text): &(String, String)| {
            let values = [("sender", sender.as_str()), ("text", text)];
            self.words.sentence("host.message", &values)
        };
        Ok(new.iter().map(message).collect::<Vec<_>>().join(" "))
    }
}

/// Switches lamps and music.
pub(crate) fn switch(
    tx: &Transaction<'_>,
    command: &Order,
    words: &Templates,
) -> Result<(), HostError> {
    let (room, is_lit) = match command {
        Order::PlayMusic { query } => {
            let sql = "INSERT OR REPLACE INTO music (id, title) VALUES (0, ?1)";
            return tx.execute(sql, [query]).map(drop).map_err(database);
        }
        Order::StopMusic => {
            let sql = "DELETE FROM music";
            return tx.execute(sql, []).map(drop).map_err(database);
        }
        Order::LightOn { room } => (room, true),
        Order::LightOff { room } => (room, false),
        _ => return Err(HostError::Unsupported),
    };
    // Without a room all of them are meant.
    let sql = "UPDATE room SET is_lit = ?2 WHERE ?1 IS NULL OR name = ?1";
    let switched = tx.execute(sql, params![room, is_lit]).map_err(database)?;
    if switched == 0 {
        let room = room.as_deref().unwrap_or_default();
        let none = words.sentence("host.no_lamp", &[("room", room)]);
        return Err(HostError::Words(none));
    }
    Ok(())
}
