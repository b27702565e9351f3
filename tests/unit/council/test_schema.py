"""Any input that the description allows, or does not: no 5xx, a documented answer of the documented shape, no way in
without a signature.

schemathesis makes the requests from ``/openapi.json``; a laptop signs them here, as only a laptop can.
"""

from __future__ import annotations

import json
from typing import Any

import hypothesis
import pytest
import requests
import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core import NotSet
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sf_council.app import create_app
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop
from tests.unit.council.conftest import Team, make_team
from tests.unit.council.test_cells import RULES

EXAMPLES, EXAMPLES_LONG = 1_000, 20_000  # over all endpoints and both databases
_DATABASES = 2
_CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
_FRESH = {"Accept-Encoding": "identity"}


@pytest.fixture(scope="module")
def sender(council: RunningCouncil) -> Team:
    return make_team(council, families=1)


@pytest.fixture(scope="module")
def schema(council: RunningCouncil) -> Any:
    return schemathesis.openapi.from_dict(requests.get(f"{council.url}/openapi.json", timeout=30).json())


def request_of(case: Case, laptop: PretendLaptop) -> requests.PreparedRequest:
    """Turn what was made up into a request that the laptop has signed."""
    kwargs = case.as_transport_kwargs(base_url=laptop.council.url)
    plain = requests.Request(case.method, kwargs["url"], params=kwargs.get("params")).prepare()
    path = str(plain.url).removeprefix(laptop.council.url)
    return laptop.prepare(case.method, path, _body(case.body), headers=_FRESH)


def _body(body: Any) -> bytes:
    if isinstance(body, NotSet):
        return b""
    return body if isinstance(body, bytes) else json.dumps(body).encode("utf-8", "surrogatepass")


def check(case: Case, laptop: PretendLaptop) -> None:
    """Ask as the laptop, then without its signature and with one that is not its own."""
    prepared = request_of(case, laptop)
    answer = laptop.http.send(prepared, timeout=30)
    case.validate_response(answer, checks=_CHECKS)
    if not case.operation.definition.raw.get("security"):
        return
    for header, value in (("Signature", None), ("Signature", "sf=:AAAA:"), ("Signature-Input", None)):
        spoiled = prepared.copy()
        spoiled.headers.pop(header, None)
        if value is not None:
            spoiled.headers[header] = value
        assert laptop.http.send(spoiled, timeout=30).status_code in (401, 413), header


@pytest.mark.parametrize(
    "examples",
    [pytest.param(EXAMPLES, id="suite"), pytest.param(EXAMPLES_LONG, id="full", marks=pytest.mark.long)],
)
@pytest.mark.parametrize("route", RULES, ids=" ".join)
def test_any_input_is_answered_as_described(schema: Any, sender: Team, route: tuple[str, str], examples: int) -> None:
    method, path = route
    operation = schema[path][method.lower()]
    cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes(operation)))

    @hypothesis.settings(
        max_examples=-(-examples // (_DATABASES * len(RULES))),
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
    )
    @hypothesis.given(case=cases)
    def try_it(case: Case) -> None:
        check(case, sender.practitioner)

    try_it()


def modes(operation: Any) -> tuple[GenerationMode, ...]:
    """What does not fit the description can be made up only where something is described."""
    has_input = bool(operation.body) or bool(operation.path_parameters) or bool(operation.query)
    return (GenerationMode.POSITIVE, GenerationMode.NEGATIVE) if has_input else (GenerationMode.POSITIVE,)


def test_the_description_is_what_the_program_serves(council: RunningCouncil, schema: Any) -> None:
    app = create_app(council.settings)
    served = app.openapi()["paths"].keys()
    app.state.council.database.close()
    assert {operation.ok().path for operation in schema.get_all_operations()} == served
