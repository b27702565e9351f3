"""Counts the copies that were taken on paper or as files on this laptop: each has a number of its own."""

from __future__ import annotations

from sf_desktop.store.connection import Connection
from sf_desktop.store.tables import meta

_LAST_COPY = "last_copy"


def next_copy(connection: Connection) -> int:
    """Return the number of the copy that is taken now; it is never given again."""
    number = int(meta.read(connection, _LAST_COPY) or 0) + 1
    meta.write(connection, _LAST_COPY, str(number))
    return number
