"""SIGKILL at every file call while what is begun is sealed: the sealed copy is whole, and no older than was said."""

from __future__ import annotations

import random
from pathlib import Path

from sf_desktop.store.sealed.outbox import read_entries, replace_entries
from sf_desktop.store.sealed.sealing import open_sealed
from tests.builders.vaults import BuiltVault, save_note
from tests.faults.child import BEGUN, body, pretend_begun
from tests.faults.children import Children, Ran, lacks_strace
from tests.faults.frame import Row, Tally, Task
from tests.faults.jobs import Bench, Job
from tests.faults.pristine import BEFORE, Pristine

_KILL = "signal=KILL"
_COUNT = 4


def run(task: Task) -> Tally:
    """Kill it at a place of its own in each try; a full run goes through every place."""
    with Children() as children:
        bench = Bench(task, children)

        def attempt(number: int, _: random.Random, folder: Path) -> None:
            bench.interrupted(BEGIN, folder, bench.place(BEGIN, number), _KILL)

        def promising(folder: Path) -> None:
            for number, place in enumerate(bench.places(PROMISE)):
                bench.interrupted(PROMISE, folder / str(number), place, _KILL)

        task.control("said before it was sealed", promising, says="older than was said")
        return task.each(attempt)


def _check(pristine: Pristine, copy: BuiltVault, ran: Ran) -> None:
    """What was begun before is there; what is written on at is there as it was last said, or as the next."""
    _is_whole(copy, len(ran.acknowledged))
    vault = copy.open(pristine.keys())
    vault.keep_drafts_sealed(pretend_begun).result()
    save_note(vault, "after")
    assert vault.close()
    assert set(_texts(copy)) - {BEGUN} == BEFORE | {"after"}, "the next start does not seal all that is begun"


def _is_whole(copy: BuiltVault, said: int) -> None:
    path = copy.home.sealed_drafts
    if not path.exists():
        assert not said, "there is no file, and it was said to be sealed"
        return
    again = path.with_name("again")
    replace_entries(again, [entry.packed() for entry in read_entries(path)])
    assert again.read_bytes() == path.read_bytes(), "part of an entry is there"
    again.unlink()
    texts = _texts(copy)
    assert set(texts) >= BEFORE, "what was begun before is not there"
    reached = [number for number in range(_COUNT) if texts.get(BEGUN) == body(number)]
    assert not said or reached, "older than was said: nothing of it is there"
    assert not reached or reached[0] >= said - 1, "older than was said"


def _texts(copy: BuiltVault) -> dict[str, str]:
    return {
        entry.event_id: open_sealed(copy.council, entry.sealed, entry.event_id.encode()).decode()
        for entry in read_entries(copy.home.sealed_drafts)
    }


BEGIN = Job("begin", {"count": _COUNT}, _check)
PROMISE = Job("promise", {"count": _COUNT}, _check)

ROW = Row(
    line=1,
    name="begun",
    after="SIGKILL at every file call while what is begun is sealed again and again",
    holds="the sealed copy is whole, has all that was begun before, and is no older than was said",
    full=200,
    suite=10,
    run=run,
    lacks=lacks_strace,
)
