"""Has a place where many family files that are brought in lie whole before the first of them is seen."""

from __future__ import annotations

from typing import Any

# One row for each family file: the texts of its events and of its records, each a JSON list, and how many events.
# `meta` says under "arriving" how many there are once all lie there; without that, none of them ever comes in.
_STATEMENTS = (
    """
    CREATE TABLE arriving (
        number INTEGER PRIMARY KEY,
        family_id TEXT NOT NULL,
        size INTEGER NOT NULL,
        events TEXT NOT NULL,
        records TEXT NOT NULL
    )
    """,
)


def up(connection: Any) -> None:
    """Run inside the runner's transaction; commit nothing here."""
    for statement in _STATEMENTS:
        connection.execute(statement)
