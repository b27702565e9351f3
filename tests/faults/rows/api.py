"""Any input of any endpoint, made up from the description and beside it: no 5xx, documented answers, no way in."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

from sf_council.api import scope
from sf_council.api.identity import signatures
from tests.builders.made_up import ask, description
from tests.fakes.clock import FrozenClock
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop
from tests.faults.frame import Row, Tally, Task
from tests.unit.council.api.test_cells import RULES

_ROUNDS = ("POST", "/v1/rounds")


def run(task: Task) -> Tally:
    """Share the tries among the endpoints; each is asked well signed, unsigned and badly signed."""
    with RunningCouncil(task.folder, clock=FrozenClock()) as council:
        council.seed(1)
        laptop = PretendLaptop(council)
        assert laptop.enrol("practitioner").status_code == 200
        asking = partial(ask, description(council), laptop)
        task.control("a council that takes any signature", lambda _: _unverified(council, asking), says="a way in")
        task.control("a council that fails", lambda _: _failing(asking), says="ServerError")
        each = -(-task.tries // len(RULES))
        for place, route in enumerate(RULES):
            if loss := task.outcome(partial(asking, route, each, task.seed + task.first + place)):
                task.tally.losses.append(f"{' '.join(route)}: {loss}")
            task.tally.tries += each
        return task.tally


def _unverified(council: RunningCouncil, asking: Any) -> None:
    def believes(_proof: object, _key: str) -> dict[str, object]:
        return {"created": int(council.clock.now().timestamp()), "nonce": secrets.token_urlsafe(18)}

    asked = signatures.Proof._verified
    signatures.Proof._verified = believes  # type: ignore[assignment,method-assign]
    try:
        asking(_ROUNDS, 5, 1)
    finally:
        signatures.Proof._verified = asked  # type: ignore[method-assign]


def _failing(asking: Any) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError

    asked = scope.team_families
    scope.team_families = fails  # type: ignore[assignment]
    try:
        asking(("POST", "/v1/team-families"), 20, 1)
    finally:
        scope.team_families = asked


ROW = Row(
    line=14,
    name="api",
    after="any input of any endpoint: what its description allows, and what it does not",
    holds="no 5xx, documented answers of the documented shape, no way in without the laptop's own signature",
    full=20_000,
    suite=1_000,
    run=run,
)
