"""Gathers looks that reading verbs leave, so that they are written with the next save or a second later, never lost.

A look must not wait for the disk before the person sees what they opened. So what a read leaves stays in memory, on
the vault thread only, until one of these comes: a save (it takes them along in its own transaction), ``PATIENCE_S``,
or closing.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sf_desktop.store.connection import Connection
from sf_desktop.store.tables import attachments, audit
from sf_record.wire.audit import Look, Looked, parted

PATIENCE_S = 1.0
SAME_LOOK_S = 300.0  # screens read again what they show whenever it changes: that is the same look
_STANDING = frozenset({Look.FAMILY_OPENED, Look.RECORD_OPENED, Look.HISTORY_READ, Look.ATTACHMENT_VIEWED})


class Trail:
    """What was looked at and is not written yet. Used on the vault thread only."""

    def __init__(self) -> None:
        self._waiting: list[Looked] = []
        self._since = 0.0
        self._seen: dict[tuple[Look, str, str], float] = {}

    def add(self, looks: Iterable[Looked]) -> None:
        """Take what a read left behind."""
        now = time.monotonic()
        for look in looks:
            if self._is_same(look, now):
                continue
            if not self._waiting:
                self._since = now
            if look.what is Look.SEARCHED:
                self._search(look)
            else:
                self._waiting.append(look)

    def _search(self, look: Looked) -> None:
        """A search is asked with every letter that is typed: what it showed on the way stands once, all of it."""
        before: list[Looked] = []
        while self._waiting and self._waiting[-1].what is Look.SEARCHED:
            before.insert(0, self._waiting.pop())
        ids = tuple(dict.fromkeys(each for one in (*before, look) for each in one.ids))
        self._waiting += parted(replace(look, ids=ids, code=str(len(ids))))

    def _is_same(self, look: Looked, now: float) -> bool:
        if look.what not in _STANDING:
            return False
        key = (look.what, look.family_id, look.record_id)
        is_same = now - self._seen.get(key, -SAME_LOOK_S) < SAME_LOOK_S
        if not is_same:
            self._seen[key] = now
        return is_same

    @property
    def waiting(self) -> int:
        """How many looks are not written yet."""
        return len(self._waiting)

    def enter(self, connection: Connection, looks: Sequence[Looked] = (), event_ids: Sequence[str] = ()) -> int:
        """Put what waits into the chain, then what a transaction did itself; return how many had waited.

        They wait on until the commit has been told with :meth:`written`.
        """
        done = audit.changes(connection, event_ids) if event_ids else ()
        audit.append(connection, (*self._waiting, *looks, *done))
        for look in (*self._waiting, *looks):
            if look.what is Look.ATTACHMENT_VIEWED:
                attachments.used(connection, look.record_id, look.at)
        return len(self._waiting)

    def written(self, count: int) -> None:
        """Say that so many of what waited are durable now."""
        del self._waiting[:count]
        self._since = time.monotonic()

    def wait_s(self) -> float | None:
        """Return how long what waits may still wait; None where nothing does."""
        return max(0.0, self._since + PATIENCE_S - time.monotonic()) if self._waiting else None

    def postpone(self) -> None:
        """It could not be written now: try again after the usual time."""
        self._since = time.monotonic()
