"""Every endpoint against everybody who may come: a route without a row here fails."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import requests
from fastapi.routing import APIRoute

from sf_council.api.problems import REASONS
from sf_council.app import create_app
from sf_council.database.family import stream
from sf_record.description import Role
from tests.fakes.council import PASSWORD, RunningCouncil
from tests.fakes.laptop import PretendLaptop, attachment_fields, plain
from tests.unit.council.conftest import Team, make_team

CALLERS = ("practitioner", "supervisor", "administrator", "centre", "stranger", "revoked", "disabled", "unsigned")
_CONTENT = b"A pretend photograph."
_ROUND = {"protocol": 1, "position": "", "cursors": {}}
_SEEN_BY_TEAM = {"practitioner": 200, "supervisor": 200, "administrator": 404, "centre": 404, "stranger": 404}
_SHUT = {"revoked": 403, "disabled": 403, "unsigned": 401}
_ANYBODY = dict.fromkeys(CALLERS, 200)
_SIGNED_IN = {**dict.fromkeys(CALLERS, 200), **_SHUT}

# method, path: what each caller gets
MATRIX: dict[tuple[str, str], dict[str, int]] = {
    ("GET", "/v1/greeting"): _ANYBODY,
    ("GET", "/health/live"): _ANYBODY,
    ("GET", "/health/ready"): _ANYBODY,
    ("GET", "/metrics"): _ANYBODY,
    ("POST", "/v1/devices"): dict.fromkeys(CALLERS, 401),  # nobody without a code
    ("POST", "/v1/sign-in"): _SIGNED_IN,
    ("POST", "/v1/tokens"): _SIGNED_IN,
    ("POST", "/v1/rounds"): _SIGNED_IN,
    ("GET", "/v1/devices/me/orders"): {**_ANYBODY, "unsigned": 401},  # a revoked laptop too: it is told its order
    ("POST", "/v1/order-asks"): dict.fromkeys(CALLERS, 401),  # nobody without what the laptop signed in advance
    ("POST", "/v1/wipe-reports"): dict.fromkeys(CALLERS, 401),  # nobody without the wiped laptop's own signature
    ("POST", "/v1/pull"): _SIGNED_IN,
    ("POST", "/v1/wipe-receipts"): {**dict.fromkeys(CALLERS, 422), **_SHUT},  # signed by another laptop's key
    ("POST", "/v1/team-families"): _SIGNED_IN,
    ("POST", "/v1/visit-packs"): {**_SEEN_BY_TEAM, **_SHUT},
    ("POST", "/v1/audit"): _SIGNED_IN,
    ("PUT", "/v1/devices/me/recovery-slot"): {**dict.fromkeys(CALLERS, 204), **_SHUT},
    ("GET", "/v1/families/{family_id}/records/{record_id}/history"): {**_SEEN_BY_TEAM, **_SHUT},
    ("GET", "/v1/families/{family_id}/attachments/{sha256}"): {**_SEEN_BY_TEAM, **_SHUT},
    ("PUT", "/v1/families/{family_id}/attachments/{sha256}"): {**_SEEN_BY_TEAM, **_SHUT},
    ("GET", "/v1/families/{family_id}/attachments/{sha256}/content"): {**_SEEN_BY_TEAM, **_SHUT},
    ("GET", "/v1/holding"): {**dict.fromkeys(CALLERS, 404), "supervisor": 200, **_SHUT},
    ("POST", "/v1/holding/{event_id}/decision"): {**dict.fromkeys(CALLERS, 404), "supervisor": 200, **_SHUT},
}


class Cast:
    """One laptop of each caller, all facing the same team's families."""

    def __init__(self, council: RunningCouncil) -> None:
        self.team = make_team(council, families=1)
        self.others = make_team(council, families=1)
        self.passed_on = ""
        self.names = {
            "practitioner": self.team.usernames[0],
            "supervisor": self.team.usernames[1],
            "administrator": "administrator",
            "centre": self._of_centre(council),
            "stranger": self.others.usernames[0],
            "revoked": self.team.usernames[0],
        }
        self.laptops = {caller: self._enrolled(council, name) for caller, name in self.names.items()}
        leaver = make_team(council, families=1)
        self.names["disabled"] = leaver.usernames[0]
        self.laptops["disabled"] = leaver.practitioner
        self.names["unsigned"] = self.team.usernames[0]
        self.laptops["unsigned"] = self.laptops["practitioner"]
        council.disable(leaver.usernames[0])
        council.revoke(self.laptops["revoked"].device_id)
        author, fields = self.laptops["practitioner"], attachment_fields(_CONTENT)
        author.round(events=(author.event(self.team.family, kind="attachment", fields=fields),))
        path = "/v1/families/{family_id}/attachments/{sha256}"
        assert self.ask("practitioner", "PUT", path).status_code == 200

    def _of_centre(self, council: RunningCouncil) -> str:
        """Somebody of a centre who was allocated to the family's file, by mistake."""
        username = f"centre-{self.team.usernames[0]}"
        worker_id = council.add_worker(username, Role.CENTRE, team="Pretend centre").id
        family_id, council_id, now = self.team.family, council.council.id, council.clock.now()
        council.do(lambda c: stream.allow(c, council_id, family_id, worker_id, now, by=council_id))
        return username

    def _enrolled(self, council: RunningCouncil, username: str) -> PretendLaptop:
        laptop = PretendLaptop(council)
        assert laptop.enrol(username).status_code == 200
        return laptop

    def ask(self, caller: str, method: str, path: str) -> requests.Response:
        laptop = self.laptops[caller]
        event_id = self._in_tray() if "{event_id}" in path else ""
        ids = {"family_id": self.team.family, "record_id": self.team.family, "event_id": event_id}
        url = path.format(**ids, sha256=hashlib.sha256(_CONTENT).hexdigest())
        if method == "PUT" and "{sha256}" in path:
            url += f"?offset=0&size={len(_CONTENT)}"
        body, token = self._body(caller, path)
        prepared = laptop.prepare(method, url, body, token=token)
        if caller == "unsigned":
            for header in ("Signature", "Signature-Input"):
                del prepared.headers[header]
        answer = laptop.http.send(prepared, timeout=30)
        if answer.ok and path in ("/v1/sign-in", "/v1/tokens"):
            laptop.tokens = msgspec.convert(answer.json(), type=type(laptop.tokens))
        return answer

    def _in_tray(self) -> str:
        """Return work of the practitioner's that now lies in the tray: on a file that came and went again."""
        author = self.laptops["practitioner"]
        if self.passed_on == "":
            usernames = self.team.usernames
            seed = 9_000 + int(usernames[0][13:])  # make_team has the numbers below
            (self.passed_on,) = self.team.council.seed(1, records_per_family=3, seed=seed, usernames=usernames)
            elsewhere = make_team(self.team.council, families=1)
            self.team.council.allocate(self.passed_on, elsewhere.usernames[0])
        note = author.note(self.passed_on)
        assert author.round(events=(note,)).outcomes[0].code == "family_moved"
        return note.id

    def _body(self, caller: str, path: str) -> tuple[Any, str | None]:
        laptop = self.laptops[caller]
        assert laptop.tokens is not None
        if path == "/v1/devices":
            body = {"protocol": 1, "username": self.names[caller], "password": PASSWORD, "code": "none"}
            return body | {"device_key": laptop.device_key}, None
        if path == "/v1/sign-in":
            return {"protocol": 1, "username": self.names[caller], "password": PASSWORD}, ""
        if path in {"/v1/wipe-reports", "/v1/order-asks"}:
            text = msgspec.json.encode({"device_id": laptop.device_id, "number": 1, "why": "order"}).decode()
            return {"text": text, "signature": "none"}, ""
        if path == "/v1/devices/me/orders":
            return b"", ""
        if path == "/v1/tokens":
            return {"refresh_token": laptop.tokens.refresh_token}, ""
        if path.endswith("{sha256}"):
            return _CONTENT, None
        if path == "/v1/wipe-receipts":
            said = {
                "id": laptop.device_id,
                "device_id": laptop.device_id,
                "at": "",
                "key_generation": 2,
                "families": [],
            }
            return {"text": msgspec.json.encode(said).decode(), "signature": "none"}, None
        if path == "/v1/visit-packs":
            until = self.team.council.clock.now().date().isoformat()
            return {"protocol": 1, "family_id": self.team.family, "until": until, "reason": "duty"}, None
        nobody = {"protocol": 1, "head": {"text": "", "signature": ""}}
        bodies = {"/v1/rounds": _ROUND, "/v1/pull": {"protocol": 1, "cursors": {}}, "/v1/audit": nobody}
        bodies["/v1/team-families"] = {"words": "pretend"}
        bodies["/v1/holding/{event_id}/decision"] = {"is_accepted": False, "comment": "Pretend comment."}
        return bodies.get(path, b"slot" if path.endswith("slot") else b""), None


@pytest.fixture(scope="module")
def cast(council: RunningCouncil) -> Cast:
    return Cast(council)


def routes(council: RunningCouncil) -> set[tuple[str, str]]:
    described = requests.get(f"{council.url}/openapi.json", timeout=30).json()
    return {(method.upper(), path) for path, methods in described["paths"].items() for method in methods}


def test_no_words_travel_in_an_address(council: RunningCouncil) -> None:
    """Addresses are written down by proxies and web servers that are not ours; a body is not."""
    described = requests.get(f"{council.url}/openapi.json", timeout=30).json()
    asked = {
        each["name"]
        for methods in described["paths"].values()
        for operation in methods.values()
        for each in operation.get("parameters", ())
        if each["in"] == "query"
    }
    assert asked == {"offset", "size", "length"}


def test_no_route_is_without_a_row(council: RunningCouncil) -> None:
    app = create_app(council.settings)
    found = {(method, route.path) for route in all_routes(app.routes) for method in route.methods or ()}
    app.state.council.database.close()
    assert found == set(MATRIX) == routes(council)


def all_routes(routes: Any) -> Iterator[APIRoute]:
    """Every API route, also those of routers that were included."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif (inner := getattr(route, "original_router", None) or getattr(route, "router", None)) is not None:
            yield from all_routes(inner.routes)


def test_every_row_says_what_everybody_gets() -> None:
    assert all(set(row) == set(CALLERS) for row in MATRIX.values())


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("route", MATRIX, ids=" ".join)
def test_everybody_gets_what_the_matrix_says(cast: Cast, route: tuple[str, str], caller: str) -> None:
    answer = cast.ask(caller, *route)
    assert answer.status_code == MATRIX[route][caller], answer.content
    if not answer.ok:
        assert answer.json()["code"] in REASONS
        assert REASONS[answer.json()["code"]].status == answer.status_code


def test_no_id_out_of_scope_is_in_any_answer(cast: Cast) -> None:
    foreign = {
        "stranger": ids_of(cast.team),
        "practitioner": ids_of(cast.others),
        "supervisor": ids_of(cast.others),
        "administrator": ids_of(cast.team) | ids_of(cast.others),
        "centre": ids_of(cast.team) | ids_of(cast.others),
    }
    for (caller, ids), route in itertools.product(foreign.items(), MATRIX):
        answer = cast.ask(caller, *route)
        said = plain(answer).decode()
        asked = answer.request.url or ""
        assert not [each for each in ids if each in said and each not in asked], (caller, route)


def ids_of(team: Team) -> set[str]:
    return {line["id"] for line in team.practitioner.pull({}) if "id" in line} | set(team.families)
