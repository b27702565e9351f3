"""Remembers where the worker was on each screen, so that after unlocking everything is as it was left."""

from __future__ import annotations

from typing import Any

from sf_desktop.store.coding import plain_text, read_plain
from sf_desktop.store.connection import Connection

MARKS = "register"  # marks of registers that are not saved yet, by register and day: ids, and who came


def keep(connection: Connection, name: str, value: dict[str, Any]) -> None:
    """Keep where somebody is: ``window`` for the whole window, else a screen's name."""
    connection.execute("INSERT OR REPLACE INTO place (name, value) VALUES (?, ?)", (name, plain_text(value)))


def get(connection: Connection, name: str) -> dict[str, Any]:
    """Return what was kept; empty where nothing was."""
    found = connection.execute("SELECT value FROM place WHERE name = ?", (name,)).fetchone()
    return {} if found is None else dict(read_plain(found[0]))


def forget(connection: Connection) -> None:
    """Forget every place: one may stand on what has left. Marks stay, but for those of whoever is not here any more."""
    marked = {key: _of_those_here(connection, marks) for key, marks in get(connection, MARKS).items()}
    connection.execute("DELETE FROM place")
    left = {key: marks for key, marks in marked.items() if marks}
    if left:
        keep(connection, MARKS, left)


def _of_those_here(connection: Connection, marks: dict[str, Any]) -> dict[str, Any]:
    is_here = "SELECT 1 FROM record WHERE id = ?"
    return {id_: came for id_, came in marks.items() if connection.execute(is_here, (id_,)).fetchone() is not None}
