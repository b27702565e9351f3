"""Adds what "nothing lost, nothing leaked" keeps on the laptop; each room appends its own statements."""

from __future__ import annotations

from typing import Any

_STATEMENTS = (
    # Attachments: what is known of a file's content, its own random key, and how much of it the council has.
    # `state`: held (with a draft), waiting, with_council, wanted (to be fetched), elsewhere (only the council has it).
    """
    CREATE TABLE attachment (
        id TEXT PRIMARY KEY,
        family_id TEXT NOT NULL,
        draft_id TEXT,
        state TEXT NOT NULL,
        file TEXT NOT NULL,
        key BLOB,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        reached INTEGER NOT NULL DEFAULT 0,
        saved_at TEXT NOT NULL,
        used_at TEXT NOT NULL,
        received_at TEXT,
        removed_at TEXT,
        code TEXT NOT NULL DEFAULT '',
        body TEXT NOT NULL DEFAULT '{}'
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX attachment_state ON attachment (state, saved_at)",
    "CREATE INDEX attachment_draft ON attachment (draft_id)",
    "CREATE INDEX attachment_family ON attachment (family_id)",
)


def up(connection: Any) -> None:
    """Run inside the runner's transaction; commit nothing here."""
    for statement in _STATEMENTS:
        connection.execute(statement)
