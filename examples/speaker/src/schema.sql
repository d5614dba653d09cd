-- Amounts are whole cents. Every movement is one transfer with two entries that add up to zero.
CREATE TABLE IF NOT EXISTS account (
    name TEXT PRIMARY KEY,
    -- Ours, or the world outside, which may go below zero.
    is_own INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS transfer (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS entry (
    transfer INTEGER NOT NULL REFERENCES transfer (id),
    account TEXT NOT NULL REFERENCES account (name),
    cents INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS entries_of_account ON entry (account, cents);
CREATE TABLE IF NOT EXISTS contact (name TEXT PRIMARY KEY, say TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS merchant (name TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS biller (name TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS product (
    name TEXT PRIMARY KEY,
    say TEXT NOT NULL DEFAULT '',
    cents INTEGER NOT NULL CHECK (cents > 0),
    stock INTEGER NOT NULL CHECK (stock >= 0)
);
CREATE TABLE IF NOT EXISTS method (
    name TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (name),
    is_blocked INTEGER NOT NULL DEFAULT 0,
    is_default INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS cart (product TEXT PRIMARY KEY REFERENCES product (name), count INTEGER NOT NULL CHECK (count > 0));
CREATE TABLE IF NOT EXISTS purchase (key TEXT NOT NULL, product TEXT NOT NULL, count INTEGER NOT NULL, cents INTEGER NOT NULL, day TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS standing_order (
    key TEXT PRIMARY KEY, recipient TEXT NOT NULL, cents INTEGER NOT NULL, interval TEXT NOT NULL, start TEXT NOT NULL
);
-- Payments for a later day. When they are paid they are gone from here and in the ledger.
CREATE TABLE IF NOT EXISTS dated (
    key TEXT PRIMARY KEY, day TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, account TEXT NOT NULL,
    cents INTEGER NOT NULL CHECK (cents > 0)
);
-- Everything that was carried out, so that nothing is twice.
CREATE TABLE IF NOT EXISTS done (key TEXT PRIMARY KEY, command TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS state (id INTEGER PRIMARY KEY CHECK (id = 0), json TEXT NOT NULL);
-- What is still to be paid to a biller.
CREATE TABLE IF NOT EXISTS bill (biller TEXT PRIMARY KEY REFERENCES biller (name), cents INTEGER NOT NULL CHECK (cents > 0));
CREATE TABLE IF NOT EXISTS room (name TEXT PRIMARY KEY, is_lit INTEGER NOT NULL DEFAULT 0);
-- What plays: at most one row, without a title for any music.
CREATE TABLE IF NOT EXISTS music (id INTEGER PRIMARY KEY CHECK (id = 0), title TEXT);
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY, sender TEXT NOT NULL, text TEXT NOT NULL, is_read INTEGER NOT NULL DEFAULT 0
);
