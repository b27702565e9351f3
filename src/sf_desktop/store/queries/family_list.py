"""Finds the family files for the list of them: by words of names and addresses, in an order that the tables know."""

from __future__ import annotations

from enum import Enum

from sf_desktop.store.connection import Connection
from sf_desktop.store.queries import search


class By(Enum):
    """What the list is sorted by; where that is equal, by name."""

    NAME = "title COLLATE NOCASE, row"
    LAST_VISIT = (
        "(SELECT max(happened_at) FROM record AS v WHERE v.kind = 'visit' AND v.family_id = f.id), title COLLATE NOCASE"
    )
    LAST_CHANGE = (
        "(SELECT max(happened_at) FROM record AS v WHERE v.family_id = f.id) DESC, title COLLATE NOCASE"  # newest first
    )


def ids(connection: Connection, words: str = "", by: By = By.NAME) -> list[str]:
    """Return the family files that hold all the words in a name or an address; all of them where there are no words."""
    where, values = "", []
    if words.strip():
        if not (query := search.query(words)):
            return []
        where = (
            " AND id IN (SELECT r.family_id FROM name_fts JOIN record AS r ON r.row = name_fts.rowid"
            " WHERE name_fts MATCH ?)"
        )
        values.append(query)
    rows = connection.execute(f"SELECT id FROM record AS f WHERE kind = 'family'{where} ORDER BY {by.value}", values)
    return [str(each[0]) for each in rows]
