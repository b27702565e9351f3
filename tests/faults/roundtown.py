"""A council, its network and laptops for the rows of the way between them: made once a row, used by every try."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.fakes.clock import FrozenClock

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@contextmanager
def a_town(folder: Path) -> Iterator[Town]:
    """Serve a council with two pretend families behind a network that can be cut."""
    with ExitStack() as stack:
        folder.mkdir(parents=True, exist_ok=True)
        town = Town(folder, FrozenClock(NOW), stack)
        town.council.seed(2, records_per_family=12)
        yield town


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
