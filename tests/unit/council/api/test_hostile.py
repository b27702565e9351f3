"""Bodies that mean harm, and bodies that mean nothing: a documented answer to each, never a 5xx, never an echo."""

from __future__ import annotations

import gzip
import json
from typing import Any

import hypothesis
import pytest
import requests
import zstandard
from hypothesis import strategies as st

from sf_council.api.problems import REASONS
from sf_record.ids import new_id
from sf_record.wire.rounds import BODY_BYTES, PROTOCOL
from tests.fakes.council import RunningCouncil
from tests.unit.council.conftest import Team, make_team

PATHS = ("/v1/devices", "/v1/sign-in", "/v1/tokens", "/v1/rounds", "/v1/pull")
MARK = "unmistakable-mark"


@pytest.fixture(scope="module")
def hostile(council: RunningCouncil) -> Team:
    return make_team(council, families=1)


def ask(team: Team, path: str, data: bytes, **headers: str) -> requests.Response:
    return team.practitioner.send("POST", path, data, headers=headers)


def is_documented(answer: requests.Response) -> bool:
    return answer.ok or REASONS[answer.json()["code"]].status == answer.status_code


BOMB = zstandard.ZstdCompressor().compress(b" " * (BODY_BYTES * 20))
WIDE = zstandard.ZstdCompressor(
    compression_params=zstandard.ZstdCompressionParameters.from_level(3, window_log=27, source_size=2**27)
).compress(b"x" * 2**27)
BODIES: dict[str, tuple[bytes, dict[str, str], int]] = {
    "nothing": (b"", {}, 400),
    "no JSON": (b"{", {}, 400),
    "no UTF-8": (b'{"protocol":1,"position":"\xff"}', {}, 400),
    "another shape": (b"[]", {}, 422),
    "a number for a text": (b'{"protocol":1,"position":7}', {}, 422),
    "a newer protocol": (b'{"protocol":%d,"position":"","cursors":{}}' % (PROTOCOL + 1), {}, 426),
    "an older protocol": (b'{"protocol":0,"position":"","cursors":{}}', {}, 426),
    "deep": (b"[" * 100_000, {}, 422),
    "deep in what nobody reads": (b'{"x":' + b"[" * 100_000, {}, 400),
    "too large": (b" " * (BODY_BYTES + 1), {}, 413),
    "a bomb": (BOMB, {"Content-Encoding": "zstd"}, 413),
    "a bomb of two frames": (BOMB + BOMB, {"Content-Encoding": "zstd"}, 413),
    "no zstd": (b"none", {"Content-Encoding": "zstd"}, 400),
    "half a frame": (BOMB[:-40], {"Content-Encoding": "zstd"}, 413),
    "a frame that wants much memory": (WIDE, {"Content-Encoding": "zstd"}, 400),
    "gzip": (gzip.compress(b"{}"), {"Content-Encoding": "gzip"}, 415),
    "packed twice": (b"{}", {"Content-Encoding": "zstd, zstd"}, 415),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_hostile_body_is_declined(hostile: Team, body: tuple[bytes, dict[str, str], int]) -> None:
    data, headers, status = body
    answer = ask(hostile, "/v1/rounds", data, **headers)
    assert answer.status_code == status, answer.content
    assert is_documented(answer)
    assert hostile.practitioner.round(cursors={}).families  # and the next one is answered


def test_nothing_that_was_sent_is_echoed(hostile: Team) -> None:
    body = {"protocol": 1, "position": [MARK], "cursors": {MARK: MARK}}
    for path in PATHS:
        for data in (body, {MARK: 1}, {"protocol": MARK}, {"protocol": 1, "cursors": {MARK: MARK}}):
            answer = ask(hostile, path, json.dumps(data).encode())
            assert MARK.encode() not in answer.content, path
    answer = hostile.practitioner.send("GET", f"/v1/families/{MARK}/records/{MARK}/history")
    assert (answer.status_code, MARK.encode() in answer.content) == (404, False)
    assert MARK.encode() not in requests.get(f"{hostile.council.url}/{MARK}?{MARK}", timeout=10).content


@pytest.mark.parametrize("cursor", [-1, -(10**30), 2**63, 10**30])
def test_a_cursor_that_no_database_knows_is_answered(hostile: Team, cursor: int) -> None:
    for path in ("/v1/rounds", "/v1/pull"):
        body = {"protocol": 1, "position": "", "cursors": {hostile.family: cursor}, "config": cursor}
        answer = ask(hostile, path, json.dumps(body).encode())
        assert answer.status_code in (200, 422), (path, answer.content)


@pytest.mark.parametrize("number", [-1, -(10**30), 2**31, 2**63, 10**30])
def test_a_number_that_no_database_knows_is_answered(hostile: Team, number: int) -> None:
    for more in ({"decisions": number}, {"report": {"families": number, "unsent": 0}},
                 {"report": {"families": 0, "unsent": number}}):  # fmt: skip
        body = {"protocol": 2, "position": "", "cursors": {}, **more}
        answer = ask(hostile, "/v1/rounds", json.dumps(body).encode())
        assert answer.status_code in (200, 422), (more, answer.content)


def test_more_family_files_than_a_database_takes_at_once_are_declined(hostile: Team) -> None:
    at = hostile.council.clock.now()
    ids = [new_id(at, number.to_bytes(10, "big")) for number in range(40_000)]
    body = {"protocol": 2, "position": "", "cursors": dict.fromkeys(ids[:20_000], 1), "leaving": ids[20_000:]}
    assert ask(hostile, "/v1/rounds", json.dumps(body).encode()).status_code == 413
    assert ask(hostile, "/v1/rounds", json.dumps(body | {"leaving": []}).encode()).status_code == 200


SIGNATURES = {
    "two labels": {"Signature-Input": "{0}, two={0}", "Signature": "{1}, two={1}"},
    "no dictionary": {"Signature-Input": '("@method" ;keyid="{2}"', "Signature": "{1}"},
    "no base64": {"Signature": "sf=:****:"},
    "an empty signature": {"Signature": "sf=::"},
    "a number for the signature": {"Signature": "sf=1"},
    "no nonce's text": {"Signature-Input": 'sf=("@method");created=1;nonce=7;keyid="{2}"'},
    "a created that is none": {"Signature-Input": 'sf=("@method");created="now";nonce="x";keyid="{2}"'},
    "an unknown component": {"Signature-Input": 'sf=("@nothing" "x-none");created=1;keyid="{2}"'},
    "no ASCII": {"Signature-Input": 'sf=("\xe9");keyid="{2}"'},
    "a digest of no bytes": {"Content-Digest": "sha-256=7"},
    "no digest at all": {"Content-Digest": ";;;"},
    "another scheme": {"Authorization": "Basic eDp4"},
    "a token of no ASCII": {"Authorization": "Bearer \xe9"},
}


@pytest.mark.parametrize("headers", SIGNATURES.values(), ids=SIGNATURES.keys())
def test_a_signature_that_means_nothing_is_declined(hostile: Team, headers: dict[str, str]) -> None:
    laptop = hostile.practitioner
    prepared = laptop.prepare("POST", "/v1/rounds", {"protocol": 1, "position": "", "cursors": {}})
    values = (prepared.headers["Signature-Input"].removeprefix("sf="), prepared.headers["Signature"], laptop.device_id)
    for name, text in headers.items():
        prepared.headers[name] = text.format(*values).encode("latin-1")  # type: ignore[assignment]  # bytes as they are
    answer = laptop.http.send(prepared, timeout=10)
    assert answer.status_code in (401, 422), answer.content
    assert is_documented(answer)


def test_a_wrong_method_is_a_problem_too(council: RunningCouncil) -> None:
    answer = requests.delete(f"{council.url}/v1/rounds", timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


def test_a_recovery_slot_is_bounded(hostile: Team) -> None:
    for size, status in ((0, 422), (1, 204), (65_536, 204), (65_537, 413)):
        answer = hostile.practitioner.send("PUT", "/v1/devices/me/recovery-slot", b"s" * size)
        assert answer.status_code == status


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ("protocol", "position", "config", "cursors", "events", "username", "password", "code", "device_key")
)
EVENT_NAMES = st.sampled_from(
    "id action family_id record_id kind author_id written_at previous base_seq fields was is_signing text reason"
    " conflict_id device_id".split()
)


@hypothesis.settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
)
@hypothesis.given(path=st.sampled_from(PATHS), body=st.dictionaries(NAMES, JSON, max_size=5), known=st.booleans())
def test_any_body_gets_a_documented_answer(hostile: Team, path: str, body: dict[str, Any], known: bool) -> None:
    plain = {"protocol": 1, "position": "", "cursors": {}, **body} if known else body
    assert is_documented(ask(hostile, path, json.dumps(plain).encode()))


@hypothesis.settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
)
@hypothesis.given(
    spoiled=st.dictionaries(EVENT_NAMES, JSON, max_size=3),
    fields=st.dictionaries(st.sampled_from(("type", "happened_at", "about", "subject", "text", "more")), JSON),
    kind=st.sampled_from(("note", "visit", "person", "family", "allocation", "nothing")),
    action=st.sampled_from(("create", "change", "sign", "amend", "enter_in_error", "settle")),
)
def test_any_event_gets_an_outcome_and_the_next_one_is_taken(
    hostile: Team, spoiled: dict[str, Any], fields: dict[str, Any], kind: str, action: str
) -> None:
    laptop = hostile.practitioner
    event = {
        "id": hostile.council.new_id(),
        "action": action,
        "family_id": hostile.family,
        "record_id": hostile.council.new_id(),
        "kind": kind,
        "author_id": laptop.worker_id,
        "device_id": laptop.device_id,
        "written_at": "2026-11-23T09:00:00.000000Z",
        "fields": fields,
        **spoiled,
    }
    outcomes = laptop.round(events=(event, laptop.note(hostile.family))).outcomes  # type: ignore[arg-type]
    assert len(outcomes) == 2
    assert outcomes[1].result == "accepted"
