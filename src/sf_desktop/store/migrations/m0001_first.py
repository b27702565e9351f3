"""Makes the first tables of a vault."""

from __future__ import annotations

from typing import Any

_STATEMENTS = (
    # What is known of the vault itself: its head counter, the council's pinned keys, where the sync stands.
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID",
    "INSERT INTO meta (name, value) VALUES ('head', 0)",
)


def up(connection: Any) -> None:
    """Run inside the runner's transaction; commit nothing here."""
    for statement in _STATEMENTS:
        connection.execute(statement)
