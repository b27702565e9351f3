"""Counts what the council has given of a family file on few pages, and lets a save write two pages less."""

from __future__ import annotations

from typing import Any

_STATEMENTS = (
    # --- Whether the council has given a record (and has not forgotten it since) changes once in a record's life, its
    # number with each version: an index of the former is written once. Its key is the end of a family file's id,
    # which is random in all of them: some two hundred rows lie on a page. A save, which the council has not seen,
    # writes nothing to it, nor to the one that it replaces, which is gone.
    "ALTER TABLE record ADD COLUMN is_given INTEGER NOT NULL DEFAULT 1",
    "UPDATE record SET is_given = 0 WHERE seq <= 0 OR is_forgotten <> 0",
    "DROP INDEX record_not_given",
    "CREATE INDEX record_given ON record (substr(family_id, -8)) WHERE is_given = 1",
    # --- Events are numbered after the highest that is here: only their order counts, and the count of all that there
    # ever were is a page of its own.
    """
    CREATE TABLE event_anew (
        number INTEGER PRIMARY KEY,
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
        event TEXT NOT NULL,
        may_have_left INTEGER NOT NULL DEFAULT 0,
        withdrawn TEXT,
        given_up TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    # Names, not places: whatever the order in which columns were added.
    """
    INSERT INTO event_anew (
        number, id, record_id, family_id, kind, action, previous, state, is_shown, saved_at, sent_at, answered_at,
        result, code, fields, receipt_seq, receipt_at, event, may_have_left, withdrawn, given_up
    ) SELECT
        number, id, record_id, family_id, kind, action, previous, state, is_shown, saved_at, sent_at, answered_at,
        result, code, fields, receipt_seq, receipt_at, event, may_have_left, withdrawn, given_up
    FROM outbox
    """,
    "DROP TABLE outbox",
    "ALTER TABLE event_anew RENAME TO outbox",
    "CREATE INDEX outbox_state ON outbox (state, number)",
    "CREATE INDEX outbox_record ON outbox (record_id, number)",
    "CREATE INDEX outbox_settled ON outbox (saved_at) WHERE state IN ('with_council', 'set_aside')",
    """
    CREATE TRIGGER decision_leaves AFTER DELETE ON outbox
    BEGIN DELETE FROM decision WHERE event_id = OLD.id; END
    """,
)


def up(connection: Any) -> None:
    """Run inside the runner's transaction; commit nothing here."""
    for statement in _STATEMENTS:
        connection.execute(statement)
