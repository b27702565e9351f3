"""Small values of the vault by name: what it last heard, how far its index is, what the program must remember."""

from __future__ import annotations

from sf_desktop.store.connection import Connection

HEARD_AT = "heard_at"  # the council's time of its last answer


def read(connection: Connection, name: str) -> str | None:
    """Return a value, or None where it was never written."""
    found = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if found is None else str(found[0])


def write(connection: Connection, name: str, value: str | None) -> None:
    """Keep a value; None forgets it."""
    if value is None:
        connection.execute("DELETE FROM meta WHERE name = ?", (name,))
    else:
        connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))
