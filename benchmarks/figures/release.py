"""Release of one family file from a laptop, with its proof, against VACUUM and rekey of the same database."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from benchmarks.bench import Bench
from benchmarks.figure import Figure, Planned, seconds
from benchmarks.laptops import Laptop
from sf_desktop.ops.leaving.releasing import Releasing, Told
from sf_desktop.ops.opening import office_maker
from sf_desktop.store.changes import ChangeSet
from sf_desktop.store.connection import maintenance, open_connection
from sf_desktop.store.rounds import release
from sf_desktop.store.thread.transactions import Tx
from sf_record.dates import moment_text

RELEASE = Planned("release", "s", "at most 1.5 x VACUUM plus rekey of the database, with progress", most_ratio=1.5)
PLANNED = (RELEASE,)
LONGEST_S = 300.0


def measure(bench: Bench) -> Iterator[Figure]:
    taken: list[float] = []
    allowed: list[float] = []
    told = 0
    with bench.new_laptop(bench.one) as laptop:
        laptop.round(bench.council(bench.one).address)
        for row in laptop.query("SELECT family_id FROM family_cursor ORDER BY family_id LIMIT ?", bench.times(3)):
            if not allowed:  # the laptop's first key opens a copy as long as it has no other
                allowed.append(bare(bench, laptop))
            released = Released(laptop)
            taken.append(seconds(partial(released.leave, row[0])))
            told += len(released.parts)
            check(laptop, row[0])
    yield RELEASE.of(taken, allowed, f"pieces, a new key and the signed receipt; progress told {told} times")


def bare(bench: Bench, laptop: Laptop) -> float:
    """Return the seconds of VACUUM and rekey of a copy of the laptop's database."""
    path = bench.fresh("limit.db")
    shutil.copyfile(laptop.vault.home.database, path)
    connection = open_connection(path, bytearray(laptop.database_key), create=False)

    def work() -> None:
        with maintenance(connection):
            connection.execute("VACUUM")
            cast("Any", connection).reset_key(bytearray(b"x'" + b"72" * 32 + b"'"))

    took = seconds(work)
    connection.close()
    path.unlink()
    return took


@dataclass
class Released:
    """One release by the program's own hand, which does not wait for a quiet moment here."""

    laptop: Laptop
    parts: list[float] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def leave(self, family_id: str) -> None:
        """Tell the laptop that a family file leaves, and wait until its receipt is signed."""
        at = moment_text(self.laptop.clock.now())
        self.laptop.vault.do(lambda tx: release.told(tx.connection, family_id, "reallocated", "", at)).result()
        make_office = office_maker(self.laptop.clock)
        releasing = Releasing(self.laptop.vault, make_office, Told(self._on_changes, self._on_part), _at_once)
        releasing.look()
        if not self.is_over.wait(LONGEST_S):
            raise RuntimeError("the family file did not leave")

    def _on_changes(self, changes: ChangeSet) -> None:
        if "release" in changes.kinds:
            self.is_over.set()

    def _on_part(self, part: float | None) -> None:
        if part is not None:
            self.parts.append(part)


class _Begun:
    """What was begun at once and cannot be cancelled."""

    def cancel(self) -> None:
        return


def _at_once(_wait_s: float, happen: Callable[[], None]) -> _Begun:
    happen()
    return _Begun()


def check(laptop: Laptop, family_id: str) -> None:
    """RuntimeError where anything of the family file is left, or nothing proves that it left."""

    def left(tx: Tx) -> tuple[int, int]:
        here = tx.connection.execute("SELECT count(*) FROM record WHERE family_id = ?", (family_id,)).fetchone()
        return int(here[0]) if here else 0, len(release.receipts_to_send(tx.connection))

    records, receipts = laptop.vault.read(left).result()
    if records or not receipts:
        raise RuntimeError(f"{records} records are left, {receipts} receipts were made")
