"""Search from anywhere: families, people and notes, as one types."""

from __future__ import annotations

from sf_desktop.ops import looks
from sf_desktop.ops.office import Office, reads
from sf_desktop.store.queries import search as index
from sf_desktop.store.queries.search import Found, Hit
from sf_record.wire.audit import Look

__all__ = ["Found", "Hit", "search"]


@reads
def search(office: Office, words: str, limit: int = index.LIMIT) -> Found:
    """Return what holds all the words, newest first; the last word may be half typed.

    A result that shows a name is a look: whose names were shown is noted, never what was looked for.
    """
    found = index.find(office.connection, words, limit)
    shown = dict.fromkeys(each.family_id for each in (*found.families, *found.people, *found.notes))
    if words.strip():
        looks.record(office, Look.SEARCHED, code=str(len(shown)), ids=shown)
    return found
