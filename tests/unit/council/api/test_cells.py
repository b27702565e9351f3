"""Every endpoint x role x case state x device state: exactly the documented answer, and no id out of scope anywhere.

The endpoints are read from the program itself; one without a rule here fails. What a cell must answer follows from its
rule, from whether the role may see a case in that state, and from whether the device may speak for the worker at all.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest
import requests
from sqlalchemy import Connection, delete, insert, select

from sf_council.api.problems import REASONS
from sf_council.app import create_app
from sf_council.database import tables as t
from sf_council.database.family import holds, stream
from sf_record.description import Role
from sf_record.wire.leaving import FOR_GOOD
from tests.fakes.council import PASSWORD, RunningCouncil
from tests.fakes.laptop import PretendLaptop, attachment_fields, plain
from tests.unit.council.api.test_matrix import all_routes

ROLES = (Role.PRACTITIONER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.CENTRE)
CASES = ("own", "team", "other", "moved", "closed", "held")
DEVICES = ("active", "revoked", "others", "unknown")

_CONTENT = b"A pretend photograph."
_SHA = hashlib.sha256(_CONTENT).hexdigest()
_SEEN = {
    Role.PRACTITIONER: {"own", "held"},
    Role.SUPERVISOR: {"own", "team", "held"},
    Role.ADMINISTRATOR: set(),
    Role.CENTRE: set(),
}


def sees(role: Role, case: str) -> bool:
    return case in _SEEN[role]


# --- what each endpoint answers a laptop that may speak, by role and case ---

Rule = Callable[[Role, str], int]


def always(status: int) -> Rule:
    return lambda _role, _case: status


def scoped(role: Role, case: str) -> int:
    return 200 if sees(role, case) else 404


def packing(role: Role, case: str) -> int:
    """A practitioner may also take along what is the team's."""
    return 200 if sees(role, case) or (role is Role.PRACTITIONER and case == "team") else 404


def placing(role: Role, case: str) -> int:
    """Only a supervisor decides, and here only by the family file: its author is another team's."""
    return 200 if role is Role.SUPERVISOR and sees(role, case) else 404


def listing(role: Role, _case: str) -> int:
    return 200 if role is Role.SUPERVISOR else 404


OPEN, SIGNED, TOKEN = "open", "signed", "token"
# method, path: what proves the caller, and the rule
RULES: dict[tuple[str, str], tuple[str, Rule]] = {
    ("GET", "/v1/greeting"): (OPEN, always(200)),
    ("GET", "/health/live"): (OPEN, always(200)),
    ("GET", "/health/ready"): (OPEN, always(200)),
    ("GET", "/metrics"): (OPEN, always(200)),
    ("POST", "/v1/devices"): (OPEN, always(401)),
    ("POST", "/v1/order-asks"): (OPEN, always(401)),
    ("POST", "/v1/wipe-reports"): (OPEN, always(401)),
    ("POST", "/v1/sign-in"): (SIGNED, always(200)),
    ("POST", "/v1/tokens"): (SIGNED, always(200)),
    ("GET", "/v1/devices/me/orders"): (SIGNED, always(200)),
    ("POST", "/v1/rounds"): (TOKEN, always(200)),
    ("POST", "/v1/pull"): (TOKEN, always(200)),
    ("POST", "/v1/audit"): (TOKEN, always(200)),
    ("POST", "/v1/wipe-receipts"): (TOKEN, always(422)),
    ("POST", "/v1/team-families"): (TOKEN, always(200)),
    ("POST", "/v1/visit-packs"): (TOKEN, packing),
    ("PUT", "/v1/devices/me/recovery-slot"): (TOKEN, always(204)),
    ("GET", "/v1/families/{family_id}/records/{record_id}/history"): (TOKEN, scoped),
    ("GET", "/v1/families/{family_id}/attachments/{sha256}"): (TOKEN, scoped),  # of what others wrote
    ("PUT", "/v1/families/{family_id}/attachments/{sha256}"): (TOKEN, scoped),
    ("GET", "/v1/families/{family_id}/attachments/{sha256}/content"): (TOKEN, scoped),
    ("GET", "/v1/holding"): (TOKEN, listing),
    ("POST", "/v1/holding/{event_id}/decision"): (TOKEN, placing),
}
_OF_TEAM = {("POST", "/v1/team-families"), ("POST", "/v1/visit-packs")}  # a practitioner chooses one of the team's
_ORDERS = ("GET", "/v1/devices/me/orders")  # proved by the laptop alone, a revoked one too: it is told its order


def expected(route: tuple[str, str], role: Role, case: str, device: str) -> int:
    """What one cell must answer."""
    proof, rule = RULES[route]
    if proof == OPEN or device == "active":
        return rule(role, case)
    if device == "revoked":
        return 200 if route == _ORDERS else 403
    if device == "others":
        return 200 if route == _ORDERS else 401
    return 401


@dataclass
class Person:
    """Somebody of one role, with a family file in each state and a device in each state."""

    council: RunningCouncil
    role: Role
    username: str
    families: dict[str, str] = field(default_factory=dict)
    devices: dict[str, PretendLaptop] = field(default_factory=dict)
    ids: dict[str, set[str]] = field(default_factory=dict)  # what is in each family file

    def foreign(self, route: tuple[str, str]) -> set[str]:
        """Every id of every family file that this person may not see, by this route."""
        chosen = self.families["team"] if route in _OF_TEAM and self.role is Role.PRACTITIONER else ""
        every = set().union(*(ids for case, ids in self.ids.items() if not sees(self.role, case)))
        return every - {chosen}


class Cast:
    """A person of each role; the same colleagues around each."""

    def __init__(self, council: RunningCouncil) -> None:
        self.council = council
        self.mate = council.add_worker("cell-mate", Role.PRACTITIONER, team="Pretend cell team")
        council.add_worker("cell-stranger", Role.PRACTITIONER, team="Pretend other cell team")
        council.add_worker("cell-lead", Role.SUPERVISOR, team="Pretend other cell team")
        self.stranger = self._enrolled("cell-stranger")
        self.people = {role: self._person(role, seed) for seed, role in enumerate(ROLES, start=500)}

    def _enrolled(self, username: str) -> PretendLaptop:
        laptop = PretendLaptop(self.council)
        assert laptop.enrol(username).status_code == 200
        return laptop

    def _person(self, role: Role, seed: int) -> Person:
        council, username = self.council, f"cell-{role.value}"
        council.add_worker(username, role, team="Pretend cell team")
        made = council.seed(len(CASES), records_per_family=4, seed=seed, usernames=("cell-stranger", "cell-lead"))
        person = Person(council, role, username, dict(zip(CASES, made, strict=True)))
        for family_id in made:
            note = self.stranger.event(family_id, kind="attachment", fields=attachment_fields(_CONTENT))
            self.stranger.round(events=(note,))
            url = f"/v1/families/{family_id}/attachments/{_SHA}?offset=0&size={len(_CONTENT)}"
            assert self.stranger.send("PUT", url, _CONTENT).status_code == 200
        self._settle(person)
        person.devices = {state: self._enrolled(username) for state in ("active", "revoked", "unknown")}
        person.devices["others"] = PretendLaptop(council, key=self.stranger.key, enrolment=self.stranger.enrolment)
        council.revoke(person.devices["revoked"].device_id)
        return person

    def _settle(self, person: Person) -> None:
        """Bring each family file into its state."""
        council = self.council
        for case in ("own", "moved", "closed", "held"):
            council.allocate(person.families[case], person.username)
        council.allocate(person.families["team"], "cell-mate")
        council.allocate(person.families["moved"], "cell-stranger")
        closed, held, council_id = person.families["closed"], person.families["held"], council.council.id
        now, at = council.clock.now(), council.council.at()
        council.do(lambda c: stream.close(c, council_id, closed, now, by=council_id))
        council.do(lambda c: holds.place(c, council_id, held, reason_code="pretend", until=FOR_GOOD, at=at))
        for case, family_id in person.families.items():
            person.ids[case] = self._record_ids(family_id) | {family_id}

    def _record_ids(self, family_id: str) -> set[str]:
        asked = select(t.record.c.record_id).where(t.record.c.family_id == family_id)

        def ids(connection: Connection) -> set[str]:
            return set(connection.execute(asked).scalars())

        return self.council.do(ids)

    # --- one cell ---

    def ask(self, route: tuple[str, str], role: Role, case: str, device: str) -> requests.Response:
        """Send the request of one cell, and undo what it changed."""
        method, path = route
        person = self.people[role]
        family_id = person.families[case]
        event_id = self._in_tray(family_id) if "{event_id}" in path else ""
        url = path.format(family_id=family_id, record_id=family_id, sha256=_SHA, event_id=event_id)
        if method == "PUT" and "{sha256}" in path:
            url += f"?offset=0&size={len(_CONTENT)}"
        sender, owner = person.devices[device], person.devices["active" if device == "others" else device]
        assert owner.tokens is not None
        has_token = RULES[route][0] == TOKEN
        answer = sender.send(
            method,
            url,
            self._body(path, person, owner, family_id),
            token=owner.tokens.access_token if has_token else "",
            key_id="01935808-ec00-7440-9df3-39289570e9d2" if device == "unknown" else None,
        )
        if answer.ok and path in ("/v1/sign-in", "/v1/tokens"):
            owner.tokens = msgspec.convert(answer.json(), type=type(owner.tokens))
        self._undo()
        return answer

    def _undo(self) -> None:
        def undo(connection: Connection) -> None:
            for table in (t.attempt, t.visit_pack, t.holding):
                connection.execute(delete(table))

        self.council.do(undo)

    def _in_tray(self, family_id: str) -> str:
        """Put work of another team's on this family file into the tray."""
        note = self.stranger.note(family_id)
        row = {
            "council_id": self.council.council.id,
            "event_id": note.id,
            "family_id": family_id,
            "record_id": note.record_id,
            "author_id": note.author_id,
            "at": self.council.council.at(),
            "line": msgspec.json.encode(note),
            "place": 1,
        }
        self.council.do(lambda c: c.execute(insert(t.holding).values(**row)))
        return note.id

    def _body(self, path: str, person: Person, owner: PretendLaptop, family_id: str) -> Any:
        assert owner.tokens is not None
        nobody = {"text": "", "signature": ""}
        until = self.council.clock.now().date().isoformat()
        wiped = {"device_id": owner.device_id, "number": 1, "why": "order"}
        bodies: dict[str, Any] = {
            "/v1/devices": {
                "protocol": 1, "username": person.username, "password": PASSWORD, "code": "none",
                "device_key": owner.device_key,
            },
            "/v1/order-asks": {"text": msgspec.json.encode(wiped).decode(), "signature": "none"},
            "/v1/wipe-reports": {"text": msgspec.json.encode(wiped).decode(), "signature": "none"},
            "/v1/sign-in": {"protocol": 1, "username": person.username, "password": PASSWORD},
            "/v1/tokens": {"refresh_token": owner.tokens.refresh_token},
            "/v1/rounds": {"protocol": 1, "position": "", "cursors": {}},
            "/v1/pull": {"protocol": 1, "cursors": {}},
            "/v1/audit": {"protocol": 1, "head": nobody},
            "/v1/wipe-receipts": nobody,
            "/v1/team-families": {"words": "pretend"},
            "/v1/visit-packs": {"protocol": 1, "family_id": family_id, "until": until, "reason": "duty"},
            "/v1/devices/me/recovery-slot": b"slot",
            "/v1/families/{family_id}/attachments/{sha256}": _CONTENT,
            "/v1/holding/{event_id}/decision": {"is_accepted": False, "comment": "Pretend comment."},
        }  # fmt: skip
        return bodies.get(path, b"")


@pytest.fixture(scope="module")
def cast(council: RunningCouncil) -> Cast:
    return Cast(council)


def test_every_route_has_a_rule(council: RunningCouncil) -> None:
    app = create_app(council.settings)
    found = {(method, route.path) for route in all_routes(app.routes) for method in route.methods or ()}
    app.state.council.database.close()
    assert found == set(RULES)


def wrong(cast: Cast, route: tuple[str, str], role: Role, case: str, device: str) -> str:
    """Say what is not as documented about the answer of one cell, or nothing."""
    answer = cast.ask(route, role, case, device)
    wanted = expected(route, role, case, device)
    problem = answer.json()["code"] if not answer.ok else ""
    is_documented = answer.ok or REASONS[problem].status == answer.status_code
    said, asked = plain(answer).decode(), answer.request.url or ""
    leaked = [each for each in cast.people[role].foreign(route) if each in said and each not in asked]
    if answer.status_code == wanted and is_documented and not leaked:
        return ""
    where = f"{' '.join(route)}, {role.value}, {case}, {device}"
    return f"{where}: {answer.status_code} {problem}, not {wanted}; {len(leaked)} ids out of scope"


@pytest.mark.parametrize("council", ["postgresql"], indirect=True)  # on SQLite: tests/faults/rows/matrix.py
@pytest.mark.parametrize("route", RULES, ids=" ".join)
def test_every_cell_is_answered_as_documented(cast: Cast, route: tuple[str, str]) -> None:
    cells = itertools.product(ROLES, CASES, DEVICES)
    assert [said for cell in cells if (said := wrong(cast, route, *cell))] == []


def brought(laptop: PretendLaptop) -> set[str]:
    """Return the family files that rounds bring, until there is no more: a page holds only so many records."""
    cursors: dict[str, int] = {}
    while True:
        answer = laptop.round(cursors=cursors)
        cursors |= {each.family_id: each.cursor for each in answer.families}
        if not answer.more:
            return set(cursors)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.value)
def test_a_round_and_a_pull_bring_exactly_what_the_role_may_see(cast: Cast, role: Role) -> None:
    person = cast.people[role]
    seen = {family_id for case, family_id in person.families.items() if sees(role, case)}
    mine = set(person.families.values())
    laptop = person.devices["active"]
    assert brought(laptop) & mine == seen
    assert {line["end"]["family_id"] for line in laptop.pull({}) if "end" in line} & mine == seen
