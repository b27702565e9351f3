"""Puts together, a little after saves and a bounded piece at a time, what each of them added to the search index."""

from __future__ import annotations

import logging
import time

from sf_desktop.store.tables import index
from sf_desktop.store.thread.transactions import Transactions
from sf_record.errors import SfError

CALM_S = 1.0  # after the last write: who saves one thing after the other does not wait for it
LEAST_WRITES = 4  # fewer leave nothing to put together
_log = logging.getLogger(__name__)


class Joining:
    """When that is due in an open vault. Where it is not done in time SQLite does it, within the 256th save."""

    def __init__(self) -> None:
        self._writes = 0
        self._since = 0.0

    def touched(self) -> None:
        """Something was written, perhaps to the index."""
        self._writes += 1
        self._since = time.monotonic()

    def wait_s(self) -> float | None:
        """Return how long it may still wait; None where there is nothing to do."""
        return max(0.0, self._since + CALM_S - time.monotonic()) if self._writes >= LEAST_WRITES else None

    def step(self, transactions: Transactions) -> None:
        """Do a piece. What cannot be written now is tried after the next saves."""
        try:
            has_more = transactions.tend(index.join_small)
        except SfError as cause:
            _log.warning("index_not_joined code=%s", cause.code)
            has_more = False
        self._since = time.monotonic()
        if not has_more:
            self._writes = 0
