"""Makes the first tables of a vault: records, their index, the outbox, drafts, cursors and small values."""

from __future__ import annotations

from typing import Any

_STATEMENTS = (
    # What is known of the vault itself: its head counter, the council's pinned keys, how far the index is.
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID",
    "INSERT INTO meta (name, value) VALUES ('head', 0)",
    # A record's small columns, in the order of time. `seq` is always the council's number.
    """
    CREATE TABLE record (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        family_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        seq INTEGER NOT NULL,
        happened_at TEXT NOT NULL,
        written_at TEXT NOT NULL,
        author_id TEXT NOT NULL,
        is_signed INTEGER NOT NULL,
        is_in_error INTEGER NOT NULL,
        has_conflicts INTEGER NOT NULL,
        is_waiting INTEGER NOT NULL,
        is_forgotten INTEGER NOT NULL DEFAULT 0,
        title TEXT NOT NULL,
        about TEXT NOT NULL,
        paper INTEGER NOT NULL
    ) STRICT
    """,
    # Its long texts, in the order in which they came: a family file's lie together, and a first load writes each page
    # once. `wire` is the record as shown. `truth` is NULL where that is what the council holds, else the council's
    # version (or '' where it has none yet) while events wait. `words` are kept so that they can be taken out of the
    # index exactly as they were put in.
    """
    CREATE TABLE paper (
        id INTEGER PRIMARY KEY,
        wire TEXT NOT NULL,
        truth TEXT,
        words TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX record_family ON record (family_id, happened_at)",
    "CREATE INDEX record_kind ON record (kind, family_id, happened_at)",
    "CREATE VIRTUAL TABLE record_fts USING fts5 (words, content = '', tokenize = 'unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE name_fts USING fts5 (words, content = '', tokenize = 'unicode61 remove_diacritics 2')",
    # The words of the index one by one, for finding those that begin like a half-typed one.
    "CREATE VIRTUAL TABLE record_term USING fts5vocab ('record_fts', 'instance')",
    "INSERT INTO record_fts (record_fts, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO name_fts (name_fts, rank) VALUES ('secure-delete', 1)",
    # Events. `state`: waiting, with_council, needs_you, set_aside. `is_shown`: still laid over the council's version.
    """
    CREATE TABLE outbox (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        record_id TEXT NOT NULL,
        family_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        action TEXT NOT NULL,
        previous TEXT,
        state TEXT NOT NULL,
        is_shown INTEGER NOT NULL,
        saved_at TEXT NOT NULL,
        sent_at TEXT,
        answered_at TEXT,
        result TEXT NOT NULL DEFAULT '',
        code TEXT NOT NULL DEFAULT '',
        fields TEXT NOT NULL DEFAULT '[]',
        receipt_seq INTEGER,
        receipt_at TEXT,
        event TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX outbox_state ON outbox (state, number)",
    "CREATE INDEX outbox_record ON outbox (record_id, number)",
    "CREATE INDEX outbox_saved ON outbox (saved_at)",
    """
    CREATE TABLE family_cursor (
        family_id TEXT PRIMARY KEY,
        cursor INTEGER NOT NULL DEFAULT 0,
        seq INTEGER NOT NULL DEFAULT 0,
        count INTEGER NOT NULL DEFAULT 0,
        digest TEXT NOT NULL DEFAULT '',
        is_complete INTEGER NOT NULL DEFAULT 0,
        went_back INTEGER NOT NULL DEFAULT 0,
        as_of TEXT,
        released TEXT
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE draft (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        family_id TEXT NOT NULL,
        record_id TEXT,
        base_seq INTEGER NOT NULL,
        started_at TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        discarded_at TEXT,
        place TEXT NOT NULL,
        base TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX draft_family ON draft (family_id)",
    "CREATE TABLE configuration (version INTEGER PRIMARY KEY, received_at TEXT NOT NULL, wire TEXT NOT NULL) STRICT",
    "CREATE TABLE place (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID",
)


def up(connection: Any) -> None:
    """Run inside the runner's transaction; commit nothing here."""
    for statement in _STATEMENTS:
        connection.execute(statement)
