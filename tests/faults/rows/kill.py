"""SIGKILL at every file call: what was acknowledged is there, nothing is there by half, and exactly one key opens."""

from __future__ import annotations

import random
from pathlib import Path

from tests.faults.children import Children, lacks_strace
from tests.faults.frame import Row, Tally, Task
from tests.faults.jobs import BOAST, JOBS, Bench

_KILL = "signal=KILL"


def run(task: Task) -> Tally:
    """Kill the jobs in turn, each at a place of its own; a full run goes through all places of all jobs."""
    with Children() as children:
        bench = Bench(task, children)

        def attempt(number: int, _: random.Random, folder: Path) -> None:
            job = JOBS[number % len(JOBS)]
            bench.interrupted(job, folder, bench.place(job, number // 2), _KILL)

        def boasting(folder: Path) -> None:
            for number, place in enumerate(bench.places(BOAST)[:6]):
                bench.interrupted(BOAST, folder / str(number), place, _KILL)

        task.control("said before it was saved", boasting)
        return task.each(attempt)


ROW = Row(
    line=1,
    name="kill",
    after="SIGKILL at every file call of save, rekey, passphrase change",
    holds="acknowledged is present, nothing partial, exactly one key opens",
    full=1000,
    suite=50,
    run=run,
    lacks=lacks_strace,
)
