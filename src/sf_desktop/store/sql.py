"""The shape of one piece of work on the vault thread, for everything that works inside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sf_desktop.store.connection import Connection


class Work(Protocol):
    """One transaction: ``store.vault.Tx`` is one."""

    @property
    def connection(self) -> Connection: ...

    def seal(self, event_id: str, payload: bytes) -> None:
        """Keep a copy that only the council can read, durably, before the transaction counts as done."""
        ...

    def after_commit(self, fn: Callable[[], None]) -> None: ...


def marks(count: int) -> str:
    """Return so many placeholders for an ``IN`` list."""
    return ",".join("?" * count)
