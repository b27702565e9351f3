"""SIGKILL at every file call: what was acknowledged is there, nothing is there by half, and exactly one key opens."""

from __future__ import annotations

import random
from contextlib import ExitStack
from pathlib import Path

from tests.faults.children import Children, lacks_strace
from tests.faults.frame import Row, Tally, Task
from tests.faults.jobs import BOAST, JOBS, Bench
from tests.faults.stretching import stretched_once
from tests.faults.townjobs import town_jobs

_KILL = "signal=KILL"


def run(task: Task) -> Tally:
    """Kill the jobs in turn, each at a place of its own; a full run goes through all places of all jobs."""
    with stretched_once(), ExitStack() as stack:
        bench = Bench(task, stack.enter_context(Children()))
        jobs = (*JOBS, *town_jobs(task.folder / "town", stack))

        def attempt(number: int, _: random.Random, folder: Path) -> None:
            round_, turn = divmod(number, len(jobs))
            job = jobs[turn]
            nth = round_ * jobs.count(job) + jobs[:turn].count(job)
            bench.interrupted(job, folder, bench.place(job, nth), _KILL)

        def boasting(folder: Path) -> None:
            for number, place in enumerate(bench.places(BOAST)[:6]):
                bench.interrupted(BOAST, folder / str(number), place, _KILL)

        task.control("said before it was saved", boasting, says="not there")
        return task.each(attempt)


ROW = Row(
    line=1,
    name="kill",
    after="SIGKILL at every file call of save, round, release, migration, rekey, passphrase change, wipe",
    holds="acknowledged is present, nothing partial, exactly one key opens",
    full=3600,  # one job in eight has 445 places: so every place of every job is met at least once
    suite=50,
    run=run,
    lacks=lacks_strace,
)
