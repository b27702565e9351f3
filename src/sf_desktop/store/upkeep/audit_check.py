"""Checks the laptop's own chain after each unlocking, in slices behind everything that a person waits for."""

from __future__ import annotations

import logging
from concurrent.futures import Future

from sf_desktop.clock import Clock
from sf_desktop.store.connection import Connection
from sf_desktop.store.tables import audit
from sf_desktop.store.vault import Vault
from sf_record.dates import moment_text
from sf_record.wire.audit import Head, Look, Looked, first_broken

SLICE = 500
_log = logging.getLogger(__name__)
Found = tuple[Head | None, int | None]  # where to go on, and the first row that is broken


class ChainCheck:
    """Reads the chain once. A row that is not as it was written is named in a row of its own, for the council too."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault, self._clock = vault, clock

    def start(self) -> None:
        """Begin; a vault that closes meanwhile ends it, until the next unlocking."""
        self._ask(None)

    def _ask(self, after: Head | None) -> None:
        self._vault.read(lambda tx: check_slice(tx.connection, after), urgent=False).add_done_callback(self._on_slice)

    def _on_slice(self, done: Future[Found]) -> None:
        if done.cancelled() or done.exception() is not None:
            return
        after, broken = done.result()
        if broken is not None:
            _log.error("audit_broken row=%d", broken)
            self._vault.enter([Looked(moment_text(self._clock.now()), Look.CHAIN_BROKEN, code=str(broken))])
        elif after is not None:
            self._ask(after)


def check_slice(connection: Connection, after: Head | None) -> Found:
    """Check the next rows; the last slice also that the chain ends where it must."""
    at = after or audit.base(connection)
    rows = audit.rows_after(connection, at.number, SLICE)
    is_last = len(rows) < SLICE
    ends = audit.head(connection) if is_last else Head(number=rows[-1].number, chain=rows[-1].chain)
    broken = first_broken(rows, at, ends, may_resume=True)
    return (None if is_last or broken is not None else ends), broken
