"""Lets records of a kind be read from its index and their texts alone."""

from __future__ import annotations

from typing import Any

_STATEMENTS = (
    "DROP INDEX record_kind",
    "CREATE INDEX record_kind ON record (kind, family_id, happened_at, paper)",
)


def up(connection: Any) -> None:
    """Run inside the runner's transaction; commit nothing here."""
    for statement in _STATEMENTS:
        connection.execute(statement)
