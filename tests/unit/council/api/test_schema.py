"""Any input that the description allows, or does not: no 5xx, a documented answer of the documented shape, no way in
without a signature. Here on PostgreSQL; on SQLite it is a row of the fault table, ``tests/faults/rows/api.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sf_council.app import create_app
from tests.builders.made_up import ask, description
from tests.fakes.council import RunningCouncil
from tests.unit.council.api.test_cells import RULES
from tests.unit.council.conftest import Team, make_team

EXAMPLES, EXAMPLES_LONG = 500, 10_000  # over all endpoints

pytestmark = pytest.mark.parametrize("council", ["postgresql"], indirect=True)


@pytest.fixture(scope="module")
def sender(council: RunningCouncil) -> Team:
    return make_team(council, families=1)


@pytest.fixture(scope="module")
def schema(council: RunningCouncil) -> Any:
    return description(council)


@pytest.mark.parametrize("route", RULES, ids=" ".join)
def test_any_input_is_answered_as_described(
    schema: Any, sender: Team, route: tuple[str, str], run_count: Callable[[int, int], int]
) -> None:
    ask(schema, sender.practitioner, route, -(-run_count(EXAMPLES, EXAMPLES_LONG) // len(RULES)))


def test_the_description_is_what_the_program_serves(council: RunningCouncil, schema: Any) -> None:
    app = create_app(council.settings)
    served = app.openapi()["paths"].keys()
    app.state.council.database.close()
    assert {operation.ok().path for operation in schema.get_all_operations()} == served
