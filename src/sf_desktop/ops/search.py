"""Search from anywhere: families, people and notes, as one types."""

from __future__ import annotations

from sf_desktop.ops.office import Office, reads
from sf_desktop.store import search as index
from sf_desktop.store.search import Found, Hit

__all__ = ["Found", "Hit", "search"]


@reads
def search(office: Office, words: str, limit: int = index.LIMIT) -> Found:
    """Return what holds all the words, newest first; the last word may be half typed."""
    return index.find(office.connection, words, limit)
