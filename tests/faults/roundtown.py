"""A council, its network and laptops for the rows of the way between them: made once for a hundred tries."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.fakes.clock import FrozenClock
from tests.faults.frame import Task

TRIES_IN_A_TOWN = 100
"""Each leaves notes in a family file and looks at all of it: in one town each try would cost more than the last."""
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@contextmanager
def a_town(folder: Path) -> Iterator[Town]:
    """Serve a council with two pretend families behind a network that can be cut."""
    with ExitStack() as stack:
        folder.mkdir(parents=True, exist_ok=True)
        town = Town(folder, FrozenClock(NOW), stack)
        town.council.seed(2, records_per_family=12)
        yield town


@dataclass(frozen=True)
class Pair:
    """A town with a practitioner's and a supervisor's laptop, both loaded."""

    town: Town
    worker: Laptop
    supervisor: Laptop


class Towns:
    """Gives each try a town: the one of the try before it, or a new one when a hundred have been in that."""

    def __init__(self, task: Task, stack: ExitStack) -> None:
        self._task, self._count, self._tries = task, 0, 0
        self._here = stack.enter_context(ExitStack())
        self.now = self._made()

    def next(self) -> Pair:
        """Return where the next try is made."""
        if self._tries == TRIES_IN_A_TOWN:
            self._here.close()
            self.now, self._tries = self._made(), 0
        self._tries += 1
        return self.now

    def _made(self) -> Pair:
        self._count += 1
        folder = self._task.folder / f"town-{self._count}"
        self._here.callback(shutil.rmtree, folder, ignore_errors=True)
        town = self._here.enter_context(a_town(folder))
        return Pair(town, town.loaded(), town.loaded("supervisor"))


_STATE = (
    "SELECT * FROM record ORDER BY id",
    "SELECT * FROM paper ORDER BY 1",
    "SELECT * FROM family_cursor ORDER BY family_id",
    "SELECT id, state, receipt_seq, event FROM outbox ORDER BY number",
)


def state_of(laptop: Laptop) -> object:
    """Return what must not move when nothing may be believed: records, cursors, ledger, who works here, sign-in."""
    rows = laptop.read(lambda c: [c.execute(each).fetchall() for each in _STATE])
    return rows, laptop.identity, laptop.ledger.sign_in_state().tokens


def drained(laptop: Laptop) -> None:
    """Exchange two rounds as a program that was just started would; nothing may wait afterwards."""
    laptop.connect()
    laptop.round()
    laptop.round()
    assert not laptop.waiting(), "something still waits after two rounds"
