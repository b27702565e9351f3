"""Two laptops and a council, cut, re-allocated, restored at random: they converge, every typed sentence is there."""

from __future__ import annotations

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.frame import Row, Tally, Task
from tests.machines.test_two_laptops import TwoLaptops, a_place, last_write_wins

_STEPS, _STEPS_IN_THE_SUITE = 50, 30


def run(task: Task) -> Tally:
    """Play so many examples of the machine; an example that fails is shrunk and told step by step."""
    with a_place(task.folder):
        with last_write_wins():
            found = task.outcome(lambda: _play(task, 200, phases=(Phase.generate,)))
        task.tally.control("last write wins", has_failed="AssertionError" in found)
        loss = task.outcome(lambda: _play(task, task.tries, phases=(Phase.generate, Phase.shrink)))
    if loss:
        task.tally.losses.append(loss)
    task.tally.tries += task.tries
    return task.tally


def _play(task: Task, examples: int, *, phases: tuple[Phase, ...]) -> None:
    settings = hypothesis.settings(
        max_examples=examples,
        stateful_step_count=_STEPS if task.tries > ROW.suite else _STEPS_IN_THE_SUITE,
        deadline=None,
        database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(hypothesis.seed(task.seed + task.first)(TwoLaptops), settings=settings)


ROW = Row(
    line=9,
    name="laptops",
    after="two laptops editing, marking in error, settling, re-allocated, cut; the council restored from a copy",
    holds="they converge; every typed sentence is in a value, a conflict, the tray or the history; the queue drains",
    full=10_000,
    suite=40,
    run=run,
)
