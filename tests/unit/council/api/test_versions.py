"""A program of an older protocol version still works, word for word as it spoke; a newer one is told what to do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sf_council.api.problems import REASONS
from sf_record.wire.rounds import OLDEST_PROTOCOL, PROTOCOL
from tests.fakes.laptop import PretendLaptop, plain
from tests.unit.council.conftest import Team, make_team

# What a laptop of version 1 sent, as it was spelled, with this test's ids put in.
ROUND = (
    '{"protocol":1,"position":"00000000000000000000000000000000","config":0,"cursors":{"%(family)s":0},"events":'
    '[{"id":"%(event)s","action":"create","family_id":"%(family)s","record_id":"%(record)s","kind":"note",'
    '"author_id":"%(author)s","device_id":"%(device)s","written_at":"2026-11-23T09:00:00.000000Z","previous":null,'
    '"base_seq":0,"fields":{"type":"note","happened_at":"2026-11-23T08:55:00.000000Z","text":"Pretend words of old."},'
    '"was":{},"is_signing":true,"text":"","reason":"","conflict_id":null}]}'
)
PULL = '{"protocol":1,"cursors":{"%(family)s":0}}'
REFRESH = '{"refresh_token":"%(refresh)s"}'

# Everything that version 1's answers held; a part that is not named here must not come to it.
ANSWER = {
    "at", "position", "cursors_wanted", "more", "outcomes", "families", "records", "released", "configuration",
}  # fmt: skip
OUTCOME = {"event_id", "result", "receipt", "code", "fields"}
RESULTS = {"accepted", "merged", "conflict", "refused", "held"}
RECORD = {
    "id", "family_id", "kind", "seq", "author_id", "written_at", "body", "changes", "signed", "amendments", "in_error",
    "conflicts",
}  # fmt: skip


def old(laptop: PretendLaptop, shape: str, path: str, **ids: str) -> bytes:
    answer = laptop.send("POST", path, (shape % ids).encode())
    assert answer.status_code == 200, answer.content
    return plain(answer)


def old_round(team: Team, family_id: str) -> dict[str, Any]:
    laptop = team.practitioner
    note = laptop.note(family_id)
    ids = {"family": family_id, "event": note.id, "record": note.record_id}
    said: dict[str, Any] = json.loads(
        old(laptop, ROUND, "/v1/rounds", author=laptop.worker_id, device=laptop.device_id, **ids)
    )
    assert set(said) <= ANSWER
    for outcome in said.get("outcomes", ()):
        assert set(outcome) <= OUTCOME
        assert outcome["result"] in RESULTS
    for record in said.get("records", ()):
        assert set(record) <= RECORD
    return said


def test_a_round_of_version_1_works(team: Team) -> None:
    said = old_round(team, team.family)
    assert [each["result"] for each in said["outcomes"]] == ["accepted"]
    assert "Pretend words of old." in json.dumps(said["records"])


def test_a_pull_and_a_renewal_of_version_1_work(team: Team) -> None:
    lines = old(team.practitioner, PULL, "/v1/pull", family=team.family).splitlines()
    # It leaves out what it does not know in a part that it knows; what it needs must be there.
    assert set(json.loads(lines[-1])["end"]) >= {"family_id", "cursor", "seq", "count", "digest"}
    tokens = team.practitioner.tokens
    assert tokens is not None
    answer = team.practitioner.send(
        "POST", "/v1/tokens", (REFRESH % {"refresh": tokens.refresh_token}).encode(), token=""
    )
    assert set(answer.json()) == {"access_token", "access_until", "refresh_token"}


@pytest.mark.parametrize("protocol", [OLDEST_PROTOCOL, 2])
def test_an_older_program_is_streamed_nothing_that_it_does_not_know(team: Team, protocol: int) -> None:
    def parts(protocol: int) -> set[str]:
        body = {"protocol": protocol, "cursors": dict.fromkeys(team.families, 0)}
        lines = plain(team.practitioner.send("POST", "/v1/pull", body)).splitlines()
        return {next(iter(json.loads(line))) for line in lines}

    assert parts(protocol) == {"id", "end"}
    assert parts(PROTOCOL) == {"id", "end", "proof"}


def test_version_1_hears_of_the_tray_as_it_always_did(team: Team) -> None:
    others = make_team(team.council, families=1)
    team.council.allocate(team.family, others.usernames[0])
    said = old_round(team, team.family)
    assert [(each["result"], each["code"]) for each in said["outcomes"]] == [("held", "family_moved")]
    decision = f"/v1/holding/{said['outcomes'][0]['event_id']}/decision"
    body = {"is_accepted": False, "comment": "Pretend comment."}
    assert team.supervisor.send("POST", decision, body).status_code == 200
    assert "decisions" not in old_round(team, team.families[1])


def test_version_1_is_told_which_files_leave_and_nothing_of_a_lease_or_an_order(team: Team) -> None:
    others = make_team(team.council, families=1)
    team.council.allocate(team.family, others.usernames[0])
    assert [each["family_id"] for each in old_round(team, team.family)["released"]] == [team.family]


@pytest.mark.parametrize("path", ["/v1/rounds", "/v1/pull", "/v1/sign-in"])
@pytest.mark.parametrize(
    ("protocol", "code"), [(PROTOCOL + 1, "version_ahead"), (OLDEST_PROTOCOL - 1, "version_refused")]
)
def test_another_version_is_told_which_side_has_to_be_updated(team: Team, path: str, protocol: int, code: str) -> None:
    body = {"protocol": protocol, "position": "", "cursors": {}, "username": "nobody", "password": "nothing"}
    answer = team.practitioner.send("POST", path, body)
    assert (answer.status_code, answer.json()["code"]) == (426, code)
    assert answer.json()["advice"] == REASONS[code].advice
