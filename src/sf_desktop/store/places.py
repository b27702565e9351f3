"""Remembers where the worker was on each screen, so that after unlocking everything is as it was left."""

from __future__ import annotations

from typing import Any

from sf_desktop.store.coding import plain_text, read_plain
from sf_desktop.store.connection import Connection


def keep(connection: Connection, name: str, value: dict[str, Any]) -> None:
    """Keep where somebody is: ``window`` for the whole window, else a screen's name."""
    connection.execute("INSERT OR REPLACE INTO place (name, value) VALUES (?, ?)", (name, plain_text(value)))


def get(connection: Connection, name: str) -> dict[str, Any]:
    """Return what was kept; empty where nothing was."""
    found = connection.execute("SELECT value FROM place WHERE name = ?", (name,)).fetchone()
    return {} if found is None else dict(read_plain(found[0]))
