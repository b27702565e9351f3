"""Keeps which families were put on a day's list, or taken off it."""

from __future__ import annotations

from datetime import date

from sf_desktop.store.connection import Connection


def put(connection: Connection, day: date, family_id: str, *, is_wanted: bool) -> None:
    """Put a family on a day's list, or take it off."""
    connection.execute(
        "INSERT OR REPLACE INTO ready (day, family_id, is_wanted) VALUES (?, ?, ?)",
        (day.isoformat(), family_id, int(is_wanted)),
    )


def of_day(connection: Connection, day: date) -> dict[str, bool]:
    """Return the families of which somebody said whether they are wanted on a day."""
    rows = connection.execute("SELECT family_id, is_wanted FROM ready WHERE day = ?", (day.isoformat(),))
    return {str(each[0]): bool(each[1]) for each in rows}


def forget_before(connection: Connection, day: date) -> None:
    """Forget the lists of earlier days."""
    connection.execute("DELETE FROM ready WHERE day < ?", (day.isoformat(),))
