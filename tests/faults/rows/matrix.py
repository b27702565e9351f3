"""Every endpoint x role x case state x device state: exactly the documented answer, and no id out of scope anywhere."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime
from pathlib import Path

from sf_council.api import scope
from sf_record.description import Role
from tests.fakes.clock import FrozenClock
from tests.fakes.council import RunningCouncil
from tests.faults.frame import Row, Tally, Task
from tests.unit.council.api.test_cells import CASES, DEVICES, ROLES, RULES, Cast, wrong

_CELLS = tuple(itertools.product(RULES, ROLES, CASES, DEVICES))
_HISTORY = ("GET", "/v1/families/{family_id}/records/{record_id}/history")


def run(task: Task) -> Tally:
    """Ask one cell in each try; on PostgreSQL the same cells are asked by ``test_cells``."""
    with RunningCouncil(task.folder, clock=FrozenClock(datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC))) as council:
        cast = Cast(council)

        def attempt(number: int, dice: random.Random, folder: Path) -> None:
            found = wrong(cast, *_CELLS[number % len(_CELLS)])
            assert not found, found

        def lets_everybody_see(_: Path) -> None:
            asked, scope.may_see = scope.may_see, lambda *_, **__: True
            try:
                found = wrong(cast, _HISTORY, Role.PRACTITIONER, "other", "active")
            finally:
                scope.may_see = asked
            assert not found, found

        task.control("a council that asks nobody's scope", lets_everybody_see, says="ids out of scope")
        return task.each(attempt)


ROW = Row(
    line=15,
    name="matrix",
    after=f"every endpoint x role x case state x device state: {len(_CELLS)} cells",
    holds="exactly the documented answer, no id out of scope anywhere",
    full=len(_CELLS),
    suite=len(_CELLS),
    run=run,
)
