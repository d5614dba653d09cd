//! The names that are listened for.

use std::fmt::Write as _;

use rusqlite::Connection;
use zahlwort::Catalog;
use zahlwort::dialogue::host::HostError;

use crate::store::database;

const LISTS: [(&str, &str); 6] = [
    ("products", "SELECT name, say FROM product"),
    ("contacts", "SELECT name, say FROM contact"),
    ("merchants", "SELECT name, '' FROM merchant"),
    ("billers", "SELECT name, '' FROM biller"),
    ("payment_methods", "SELECT name, '' FROM method"),
    ("accounts", "SELECT name, '' FROM account WHERE is_own"),
];

pub(crate) fn catalog(db: &Connection) -> Result<Catalog, HostError> {
    let mut yaml = String::new();
    for (list, sql) in LISTS {
        let mut query = db.prepare(sql).map_err(database)?;
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
