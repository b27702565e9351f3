"""Two or three laptops and a council, cut, re-allocated, put back at random: they converge, no sentence is lost.

A run is made of slices of a hundred examples, each with luck of its own that its first number gives: runs whose numbers
are not the same, one after the other or side by side, play different examples, and their counts add up.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import RULE_MARKER, run_state_machine_as_test

from tests.faults.frame import Row, Tally, Task
from tests.machines.machine import Laptops
from tests.machines.place import Place, a_place
from tests.machines.test_laptops import last_write_wins

_STEPS, _STEPS_IN_THE_SUITE = 50, 30
_SLICE = 100
_OBJECTS = 20_000
"""Each statement of SQLAlchemy leaves many behind; looking for them at every 700 takes an eighth of a run."""


def run(task: Task) -> Tally:
    """Play so many examples of the machine; an example that fails is shrunk and told step by step."""
    with last_write_wins(), a_place(task.folder):
        found = task.outcome(lambda: _play(task, task.first, 200, phases=(Phase.generate,), machine=_only_writing()))
    task.tally.control("last write wins", has_failed="AssertionError" in found)
    with a_place(task.folder, task.seed + task.first), _tidied_seldom():
        for first in task.numbers[::_SLICE]:
            held = Place.held
            count = min(_SLICE, task.numbers.stop - first)
            if loss := task.outcome(partial(_play, task, first, count, phases=(Phase.generate, Phase.shrink))):
                task.tally.losses.append(f"--first {first} --tries {count}: {loss}")
            task.tally.tries += min(count, Place.held - held)
            task.tell(first)
    return task.tally


def _only_writing() -> type[Laptops]:
    """Return the machine with the rules alone that last-write-wins breaks: among all of them two edits seldom meet."""

    def plainly(name: str) -> Any:
        def act(self: Laptops, *given: Any, **named: Any) -> Any:
            return getattr(Laptops, name)(self, *given, **named)  # still there to be called, no rule any more

        return act

    rules = {each for each in dir(Laptops) if hasattr(getattr(Laptops, each), RULE_MARKER)}
    others = rules - {"write", "change", "meet", "restart"}
    return type("OnlyWriting", (Laptops,), {name: plainly(name) for name in others})


def _play(
    task: Task, first: int, examples: int, *, phases: tuple[Phase, ...], machine: type[Laptops] = Laptops
) -> None:
    settings = hypothesis.settings(
        max_examples=examples,
        stateful_step_count=_STEPS_IN_THE_SUITE if task.tries == ROW.suite else _STEPS,
        deadline=None,
        database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,  # the first is told step by step; two together are told by their number only
    )
    run_state_machine_as_test(hypothesis.seed(task.seed + first)(machine), settings=settings)


@contextmanager
def _tidied_seldom() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


ROW = Row(
    line=9,
    name="laptops",
    after="two or three laptops editing, settling, undoing, re-allocated, closed, let go, cut; council, disk put back",
    holds="they converge; every typed sentence is in a value, conflict, draft, the tray or history; the queue drains",
    full=10_000,
    suite=200,
    run=run,
)
