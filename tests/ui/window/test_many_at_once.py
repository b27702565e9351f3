"""Five hundred records leave at once while somebody works: the window goes on being painted and answering."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer

from sf_council.database.family import stream
from sf_desktop.ops import writing
from sf_desktop.ops.office import Office
from sf_desktop.store.tables import families, records
from sf_record.dates import moment_text
from tests.ui.finding import at_work
from tests.ui.window.conftest import PATIENCE_MS, Table

MOST_S = 0.25  # of the window's own work between two turns of its loop; by processor time, whatever else runs here


class Pulse(QObject):
    """Notes how much the window's thread worked between two turns of its event loop."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_s, self.beats = 0.0, 0
        self._last_s = time.thread_time()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.beat)
        self._timer.start(5)

    def beat(self) -> None:
        now_s = time.thread_time()
        self.longest_s, self.beats = max(self.longest_s, now_s - self._last_s), self.beats + 1
        self._last_s = now_s


class Left:
    """Asks how much of a family file is here, and never waits for the answer: the window's thread must not."""

    def __init__(self, session: Any, family_id: str) -> None:
        self._session, self._family_id = session, family_id
        self._asked: Future[int] | None = None

    def is_all_gone(self) -> bool:
        if self._asked is None or self._asked.done():
            before, self._asked = self._asked, self._session.vault.read(self._count)
            return before is not None and before.result() == 0
        return False

    def _count(self, tx: Any) -> int:
        return len(records.ids_of_family(tx.connection, self._family_id))


def many(office: Office, family_id: str, count: int) -> None:
    for number in range(count):
        body: dict[str, Any] = {
            "type": "note",
            "happened_at": moment_text(office.clock.now()),
            "text": f"Note {number}.",
        }
        writing.create(office, "note", family_id, body)


@pytest.fixture
def own_garbage() -> Iterator[None]:
    """The window's collector goes over what the window makes, not over ten thousand tests that wait for their turn."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("own_garbage")
def test_story_17_the_window_stays_live_while_five_hundred_records_leave(table: Table) -> None:
    town = table.town
    town.council.seed(1, records_per_family=6, seed=8)
    desktop = table.start()
    table.unlock(desktop)
    _, session = at_work(table.qtbot, desktop)

    def here() -> set[str]:
        return set(session.vault.read(lambda tx: families.cursors(tx.connection)).result())

    table.qtbot.waitUntil(lambda: len(here()) == 2, timeout=PATIENCE_MS)
    family_id = min(here())
    session.submit(many, family_id, 500).result()
    session.send_now()
    table.qtbot.waitUntil(lambda: not unsent(session), timeout=PATIENCE_MS)
    council_id = town.council.council.id
    town.council.do(lambda c: stream.close(c, council_id, family_id, town.clock.now(), by=council_id))
    pulse, left = Pulse(), Left(session, family_id)
    session.send_now()
    table.qtbot.waitUntil(left.is_all_gone, timeout=PATIENCE_MS)
    pulse.beat()  # and what the window did last
    assert pulse.longest_s < MOST_S


def unsent(session: Any) -> int:
    asked = "SELECT count(*) FROM outbox WHERE receipt_seq IS NULL"
    return int(session.vault.read(lambda tx: tx.connection.execute(asked).fetchone()[0]).result())
