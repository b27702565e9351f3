"""Remembers where the worker was on each screen, so that after unlocking everything is as it was left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sf_desktop.store.coding import plain_text, read_plain
from sf_desktop.store.connection import Connection
from sf_desktop.store.sql import marks as marks_of_sql
from sf_desktop.store.tables import families

WINDOW = "window"  # where the window is, with what is typed and has no draft: `words`, by screen and what about
MARKS = "register"  # marks of registers that are not saved yet, by register and day: ids, and who came
MARKED = "register_at"  # when somebody was marked last
_STAYS = (MARKS, MARKED)


def keep(connection: Connection, name: str, value: Mapping[str, Any]) -> None:
    """Keep where somebody is: ``window`` for the whole window, else a screen's name."""
    connection.execute("INSERT OR REPLACE INTO place (name, value) VALUES (?, ?)", (name, plain_text(value)))


def get(connection: Connection, name: str) -> dict[str, Any]:
    """Return what was kept; empty where nothing was."""
    found = connection.execute("SELECT value FROM place WHERE name = ?", (name,)).fetchone()
    return {} if found is None else dict(read_plain(found[0]))


def forget(connection: Connection) -> None:
    """Forget every place: one may stand on what has left.

    Marks stay, but for those of whoever is not here any more; so do words, but for those of a file that is not here.
    """
    typed = words_of_those_here(connection, get(connection, WINDOW))
    marked = {key: _of_those_here(connection, marks) for key, marks in get(connection, MARKS).items()}
    connection.execute(f"DELETE FROM place WHERE name NOT IN ({marks_of_sql(len(_STAYS))})", _STAYS)
    keep(connection, MARKS, {key: marks for key, marks in marked.items() if marks})
    if typed:
        keep(connection, WINDOW, {"words": typed})


def words_of_those_here(connection: Connection, place: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return a window's words, without those about a family file that is not on this laptop."""
    found = {}
    for screen, words in place.get("words", {}).items():
        here = {about: each for about, each in words.items() if _is_here(connection, each["family"])}
        if here:
            found[screen] = here
    return found


def marks_in(connection: Connection, family_id: str) -> dict[str, dict[str, bool | None]]:
    """Return the marks that are not saved yet of whoever is in one file, by register and day.

    None where a mark was taken away, which is as little saved as one that was put.
    """
    found = {}
    for key, marks in get(connection, MARKS).items():
        sql = f"SELECT id FROM record WHERE family_id = ? AND id IN ({marks_of_sql(len(marks))})"
        here = [str(each[0]) for each in connection.execute(sql, (family_id, *marks))]
        if here:
            found[str(key)] = {each: marks[each] for each in here}
    return found


def _is_here(connection: Connection, family_id: str) -> bool:
    return not family_id or families.standing(connection, family_id) is not None


def _of_those_here(connection: Connection, marks: dict[str, Any]) -> dict[str, Any]:
    is_here = "SELECT 1 FROM record WHERE id = ?"
    return {id_: came for id_, came in marks.items() if connection.execute(is_here, (id_,)).fetchone() is not None}
