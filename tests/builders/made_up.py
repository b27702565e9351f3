"""Asks a council what schemathesis makes up from its description, signed as a laptop does, and judges the answers."""

from __future__ import annotations

import json
from typing import Any

import hypothesis
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

from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop

_CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
_FRESH = {"Accept-Encoding": "identity"}


def description(council: RunningCouncil) -> Any:
    """Return what the council says of itself."""
    return schemathesis.openapi.from_dict(requests.get(f"{council.url}/openapi.json", timeout=30).json())


def ask(schema: Any, laptop: PretendLaptop, route: tuple[str, str], examples: int, seed: int | None = None) -> int:
    """Make up so many requests for a route, within its description and beside it; return how many were judged."""
    method, path = route
    operation = schema[path][method.lower()]
    cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes(operation)))
    asked = 0

    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
    )
    @hypothesis.given(case=cases)
    def try_it(case: Case) -> None:
        nonlocal asked
        judge(case, laptop)
        asked += 1

    if seed is not None:
        try_it = hypothesis.seed(seed)(try_it)
    try_it()
    return asked


def modes(operation: Any) -> tuple[GenerationMode, ...]:
    """What does not fit the description can be made up only where something is described."""
    has_input = bool(operation.body) or bool(operation.path_parameters) or bool(operation.query)
    return (GenerationMode.POSITIVE, GenerationMode.NEGATIVE) if has_input else (GenerationMode.POSITIVE,)


def judge(case: Case, laptop: PretendLaptop) -> None:
    """Ask as the laptop, then without its signature and with one that is not its own."""
    prepared = _request_of(case, laptop)
    answer = laptop.http.send(prepared, timeout=30)
    try:
        case.validate_response(answer, checks=_CHECKS)
    except BaseExceptionGroup as found:  # schemathesis's own, which is no Exception; its words would quote the request
        named = sorted({type(each).__name__ for each in found.exceptions})
        raise AssertionError(f"{answer.status_code}: {', '.join(named)}") from found
    if not case.operation.definition.raw.get("security"):
        return
    for header, value in (("Signature", None), ("Signature", "sf=:AAAA:"), ("Signature-Input", None)):
        spoiled = prepared.copy()
        spoiled.headers.pop(header, None)
        if value is not None:
            spoiled.headers[header] = value
        assert laptop.http.send(spoiled, timeout=30).status_code in (401, 413), f"a way in with another {header}"


def _request_of(case: Case, laptop: PretendLaptop) -> requests.PreparedRequest:
    """Turn what was made up into a request that the laptop has signed."""
    kwargs = case.as_transport_kwargs(base_url=laptop.council.url)
    plain = requests.Request(case.method, kwargs["url"], params=kwargs.get("params")).prepare()
    path = str(plain.url).removeprefix(laptop.council.url)
    return laptop.prepare(case.method, path, _body(case.body), headers=_FRESH)


def _body(body: Any) -> bytes:
    if isinstance(body, NotSet):
        return b""
    return body if isinstance(body, bytes) else json.dumps(body).encode("utf-8", "surrogatepass")
