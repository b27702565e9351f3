"""Audits what rounds and pulls show, without making them wait: which laptop was sent how much of which family file.

A row for each round would cost each round a wait for the disk, and most rounds send nothing. So what was sent is
gathered for ``PATIENCE_S`` and written by a thread of its own, one row for each laptop and family file; a round with
nothing to say leaves none. A server that is killed loses what those seconds gathered; one that stops loses nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping

from sqlalchemy.exc import SQLAlchemyError

from sf_council.api.scope import Caller
from sf_council.database import audit
from sf_council.database.audit import Note
from sf_council.database.engine import Database

PATIENCE_S = 2.0
_LOG = logging.getLogger("sf_council.audit")


class Sendings:
    """What was sent and is not written yet. ``add`` may be called from any thread and never waits for the disk."""

    def __init__(self, database: Database, council_id: str, at: Callable[[], str]) -> None:
        self._database, self._council_id, self._at = database, council_id, at
        self._waiting: dict[tuple[str, str, str], int] = {}
        self._door = threading.Lock()
        self._ends = threading.Event()
        self._wanted = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, caller: Caller, records: Mapping[str, int]) -> None:
        """Note how many records of each family file a laptop was sent."""
        if not records:
            return
        with self._door:
            for family_id, count in records.items():
                key = (caller.worker.id, caller.device_id, family_id)
                self._waiting[key] = self._waiting.get(key, 0) + count
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="sendings", daemon=True)
                self._thread.start()
        self._wanted.set()

    def flush(self) -> None:
        """Write what was gathered; what cannot be written now is kept for the next time."""
        with self._door:
            taken, self._waiting = self._waiting, {}
        if not taken:
            return
        notes = [
            Note("sent", worker_id=worker_id, device_id=device_id, subject=family_id, code=str(count))
            for (worker_id, device_id, family_id), count in taken.items()
        ]
        try:
            self._database.write(lambda connection: audit.note_all(connection, self._council_id, self._at(), notes))
        except SQLAlchemyError as error:
            _LOG.warning("sendings_wait", extra={"error": type(error).__name__, "count": len(notes)})
            with self._door:
                for key, count in taken.items():
                    self._waiting[key] = self._waiting.get(key, 0) + count

    def close(self) -> None:
        """End the thread and write what is left."""
        self._ends.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()
        self.flush()

    def _run(self) -> None:
        while not self._ends.is_set():
            self._wanted.wait()
            self._wanted.clear()
            self._ends.wait(PATIENCE_S)
            self.flush()
