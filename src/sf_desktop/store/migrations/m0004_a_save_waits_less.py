"""Lets saves and answers write fewer pages, and has the index of notes put together between saves, not within one."""

from __future__ import annotations

from typing import Any

_STATEMENTS = (
    # --- The index of notes is made anew without the length of each note, which nobody asks: a save writes a page less.
    # What is there is built again in slices. What each save adds is joined where nobody asks for anything
    # (store/thread/joining.py); only where that has not been done for so many saves SQLite does it within one.
    "DROP TABLE record_fts",
    """
    CREATE VIRTUAL TABLE record_fts USING fts5 (
        words, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    "INSERT INTO record_fts (record_fts, rank) VALUES ('secure-delete', 0)",
    "INSERT INTO record_fts (record_fts, rank) VALUES ('pgsz', 3900)",
    "INSERT INTO record_fts (record_fts, rank) VALUES ('automerge', 0)",
    "INSERT INTO record_fts (record_fts, rank) VALUES ('crisismerge', 256)",
    "INSERT OR REPLACE INTO meta (name, value) SELECT 'index_built_to', '-1' WHERE EXISTS (SELECT 1 FROM record)",
    # --- Few records are not the council's as they are counted; those that are need no index of their own, which each
    # new number would write in two places.
    "DROP INDEX record_given",
    "CREATE INDEX record_not_given ON record (family_id) WHERE seq <= 0 OR is_forgotten <> 0",
    # --- Events that wait are found by that; by the day only what is settled.
    "DROP INDEX outbox_saved",
    "CREATE INDEX outbox_settled ON outbox (saved_at) WHERE state IN ('with_council', 'set_aside')",
    # --- The head stands where the audit's does, which moves with every change, too.
    "ALTER TABLE audit_state ADD COLUMN head INTEGER NOT NULL DEFAULT 0",
    "UPDATE audit_state SET head = (SELECT value FROM meta WHERE name = 'head')",
    "DELETE FROM meta WHERE name = 'head'",
)


def up(connection: Any) -> None:
    """Run inside the runner's transaction; commit nothing here."""
    for statement in _STATEMENTS:
        connection.execute(statement)
