"""The shape of one piece of work on the vault thread, for everything that works inside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from sf_desktop.store.connection import Connection
from sf_record.wire.audit import Looked


class Work(Protocol):
    """One transaction: ``store.thread.transactions.Tx`` is one."""

    @property
    def connection(self) -> Connection: ...

    @property
    def attachments(self) -> Path:
        """The vault's folder of encrypted attachments."""
        ...

    def seal(self, event_id: str, payload: bytes, *, goes_first: bool = False) -> None:
        """Keep a copy that only the council can read, durably, before the transaction counts as done.

        ``goes_first``: a safeguarding concern, for which the wire is asked for a round at once.
        """
        ...

    def after_commit(self, fn: Callable[[], None]) -> None: ...

    def make_room(self) -> None:
        """Give a full disk the room back that is kept for the last save before a lock; the next opening takes it."""
        ...

    def look(self, looked: Looked) -> None:
        """Leave a row in the audit, also where this transaction only reads."""
        ...


def marks(count: int) -> str:
    """Return so many placeholders for an ``IN`` list."""
    return ",".join("?" * count)
