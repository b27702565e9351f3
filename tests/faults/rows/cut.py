"""The connection is cut at each byte of a push and of a pull: applied exactly once, and drained in two rounds."""

from __future__ import annotations

import random
from contextlib import ExitStack
from math import gcd
from pathlib import Path

from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.faults.frame import Row, Tally, Task
from tests.faults.roundtown import Towns, drained

_GOLDEN = 0.618  # of all there is: so far apart, a few tries lie spread over all of it


def run(task: Task) -> Tally:
    """Cut at one byte in each try; a note goes up in it and somebody else's comes down."""
    with ExitStack() as stack:
        towns = Towns(task, stack)
        town, worker, supervisor = towns.now.town, towns.now.worker, towns.now.supervisor
        sizes = _sizes(town, worker, supervisor)
        stride = _stride(sum(sizes))

        def attempt(number: int, dice: random.Random, folder: Path) -> None:
            pair = towns.next()
            at = number * stride % sum(sizes)
            up, down = (at, None) if at < sizes[0] else (None, at - sizes[0])
            mine, theirs = _write(pair.worker, pair.supervisor, number)
            with pair.town.network.cut(up=up, down=down):
                pair.worker.try_round()
            _arrived_once(pair.worker, pair.supervisor, mine, theirs)

        task.control("a laptop that forgets what was cut", lambda _: _forgets(town, worker, supervisor))
        task.control("a laptop that sends it under another id", lambda _: _renames(town, worker, supervisor))
        return task.each(attempt)


def _stride(size: int) -> int:
    """Return how far one try's byte lies from the next one's: as many tries as there are bytes come to each once."""
    return next(far for far in range(round(size * _GOLDEN), size) if gcd(far, size) == 1)


def _sizes(town: Town, worker: Laptop, supervisor: Laptop) -> tuple[int, int]:
    """Return how many bytes such an exchange has each way."""
    _write(worker, supervisor, 0)
    with town.network.counted() as traffic:
        worker.connect()
        worker.round()
    return traffic.up, traffic.down


def _write(worker: Laptop, supervisor: Laptop, number: int) -> tuple[str, str]:
    theirs = supervisor.note(f"Pretend words of a supervisor, {number}.", worker.families()[0])
    supervisor.round()
    return worker.note(f"Pretend words of a visit, {number}."), theirs


def _arrived_once(worker: Laptop, supervisor: Laptop, mine: str, theirs: str) -> None:
    drained(worker)
    supervisor.round()
    told = [each for each in worker.events() if each.event.record_id == mine]
    assert all(each.receipt_seq for each in told), "its author is told that it was not taken"
    history = worker.session.history(worker.families()[0], mine)
    assert len(history) == 1, f"the council counted it {len(history)} times"
    assert supervisor.find(mine) is not None, "it did not reach the other laptop"
    assert worker.find(theirs) is not None, "what came down is not here"
    assert worker.held() == supervisor.held(), "the two laptops differ"


def _forgets(town: Town, worker: Laptop, supervisor: Laptop) -> None:
    mine, theirs = _write(worker, supervisor, -1)
    with town.network.cut(up=100):
        worker.try_round()
    worker.vault.do(lambda tx: tx.connection.execute("DELETE FROM outbox WHERE record_id = ?", (mine,))).result()
    try:
        _arrived_once(worker, supervisor, mine, theirs)
    finally:
        worker.vault.do(lambda tx: tx.connection.execute("DELETE FROM record WHERE id = ?", (mine,))).result()


def _renames(town: Town, worker: Laptop, supervisor: Laptop) -> None:
    """Amend a note, lose the answer, and send the amendment again as if it were another one."""
    mine, _ = _write(worker, supervisor, -2)
    with town.network.cut(down=10):
        worker.try_round()
    copied = worker.note("Pretend words of a visit, -2.")
    drained(worker)
    supervisor.round()
    texts = [str(supervisor.record(each).body["text"]) for each in (mine, copied)]
    assert len(set(texts)) == len(texts), "the same words are there twice"


ROW = Row(
    line=7,
    name="cut",
    after="connection cut at each byte of a push and a pull",
    holds="applied exactly once, drained in two rounds",
    full=6_000,
    suite=200,
    run=run,
)
