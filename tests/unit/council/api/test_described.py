"""The OpenAPI description is complete and true, the log and the metrics hold no names, and health says what is."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import select

from sf_council.api.problems import REASONS
from sf_council.database.tables import metadata
from tests.fakes.council import RunningCouncil
from tests.unit.council.conftest import Team, make_team


def described(council: RunningCouncil) -> dict[str, Any]:
    found: dict[str, Any] = requests.get(f"{council.url}/openapi.json", timeout=30).json()
    return found


def references(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*(references(each) for each in part.values())) if part else own
    return set().union(*(references(each) for each in part)) if isinstance(part, list) else set()


def test_every_reference_leads_somewhere(council: RunningCouncil) -> None:
    whole = described(council)
    names = {reference.removeprefix("#/components/schemas/") for reference in references(whole)}
    assert names <= whole["components"]["schemas"].keys()
    assert "HTTPValidationError" not in whole["components"]["schemas"]


def test_every_operation_says_what_it_takes_gives_and_declines(council: RunningCouncil) -> None:
    statuses = {str(reason.status) for reason in REASONS.values()}
    for path, methods in described(council)["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], path
            assert ("requestBody" in operation) == (method in {"post", "put"}), path
            for status, answer in operation["responses"].items():
                if not status.startswith("2"):
                    assert status in statuses, (path, status)
                    assert list(answer["content"]) == ["application/problem+json"], (path, status)
            open_ = {"/v1/greeting", "/v1/devices", "/v1/wipe-reports", "/v1/order-asks"}
            if path.startswith("/v1/") and path not in open_:
                assert operation["security"], path


def test_the_metrics_count_and_name_nobody(team: Team, council: RunningCouncil) -> None:
    team.practitioner.round(events=(team.practitioner.note(team.family, text="unmistakable-mark"),))
    counted = requests.get(f"{council.url}/metrics", timeout=10).text
    assert 'sf_requests_total{method="POST",route="/v1/rounds",status="200"}' in counted
    assert 'sf_events_total{code="",result="accepted"}' in counted
    for secret in (team.usernames[0], team.family, team.practitioner.device_id, "unmistakable-mark"):
        assert secret not in counted


def test_the_log_holds_no_names_and_no_text(
    team: Team, council: RunningCouncil, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    laptop = team.practitioner
    laptop.round(events=(laptop.note(team.family, text="unmistakable-mark"),))
    laptop.enrol(team.usernames[0], code="unmistakable-mark", password="unmistakable-mark")
    requests.get(f"{council.url}/unmistakable-mark?unmistakable-mark=1", timeout=10)
    said = "\n".join(str(record.__dict__) for record in caplog.records if record.name.startswith("sf_council"))
    assert "/v1/rounds" in said
    for secret in ("unmistakable-mark", team.usernames[0], "Pretend family"):
        assert secret not in said


def test_health_says_when_it_cannot_serve(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with RunningCouncil(tmp_path) as council:
        assert requests.get(f"{council.url}/health/ready", timeout=10).json() == {"status": "ready"}
        council.do(lambda c: c.exec_driver_sql("UPDATE alembic_version SET version_num = 'older'"))
        answer = requests.get(f"{council.url}/health/ready", timeout=10)
        assert (answer.status_code, answer.json()["code"]) == (503, "busy")
        assert requests.get(f"{council.url}/health/live", timeout=10).ok
        council.do(lambda c: c.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'"))


def test_a_database_that_somebody_holds_is_told_as_busy_and_what_was_shown_is_audited_later(tmp_path: Path) -> None:
    with RunningCouncil(tmp_path) as council:
        team = make_team(council, families=1)
        laptop = team.practitioner
        laptop.pull({})
        with closing(sqlite3.connect(tmp_path / "council.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            for _ in range(2):  # long enough for what was shown to be tried too
                asked = laptop.prepare("POST", "/v1/rounds", {"protocol": 1, "position": "", "cursors": {}})
                answer = laptop.http.send(asked, timeout=30)
                assert (answer.status_code, answer.json()["code"]) == (503, "busy")
            other.execute("ROLLBACK")
        council.restart()
        audit = metadata.tables["audit"]
        sent = select(audit.c.subject).where(audit.c.device_id == laptop.device_id, audit.c.what == "sent")
        assert council.do(lambda c: c.execute(sent).scalars().all()) == [team.family]


def test_what_nobody_foresaw_is_a_problem_without_detail(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with RunningCouncil(tmp_path) as council:
        laptop = make_team(council, families=1).practitioner
        asked = laptop.prepare("POST", "/v1/rounds", {"protocol": 1, "position": "", "cursors": {}})
        council.do(metadata.tables["configuration"].drop)
        for answer in (requests.get(f"{council.url}/v1/greeting", timeout=10), laptop.http.send(asked, timeout=10)):
            assert answer.status_code in {500, 503}
            assert answer.json()["code"] in {"failure", "busy"}
            assert "configuration" not in answer.text
    failed = [record for record in caplog.records if record.getMessage() == "failed"]
    assert len(failed) == 2
    assert "SELECT" not in str([record.__dict__ for record in failed])


def test_a_round_that_is_declined_is_counted_and_logged_like_any_other_request(
    team: Team, council: RunningCouncil, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "sf_council.requests")
    body = {"protocol": 1, "position": "", "cursors": {}}
    asked = team.practitioner.prepare("POST", "/v1/rounds", body)
    answers = [team.practitioner.http.send(asked, timeout=10) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 401]
    assert answers[1].json()["code"] == "replayed"
    assert answers[1].headers["content-type"] == "application/problem+json"
    counted = requests.get(f"{council.url}/metrics", timeout=10).text
    for line in (
        'sf_requests_total{method="POST",route="/v1/rounds",status="200"}',
        'sf_requests_total{method="POST",route="/v1/rounds",status="401"}',
        'sf_request_seconds_count{method="POST",route="/v1/rounds"}',
        'sf_declined_total{code="replayed"}',
    ):
        assert line in counted
    said = [record.__dict__ for record in caplog.records if record.name == "sf_council.requests"]
    assert [each["status"] for each in said if each["route"] == "/v1/rounds"] == [200, 401]


def test_what_a_rounds_address_is_asked_in_another_way_is_declined_as_everywhere(council: RunningCouncil) -> None:
    asked = {each: requests.request(each, f"{council.url}/v1/rounds", timeout=10) for each in ("GET", "PUT", "DELETE")}
    for answer in asked.values():
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
        assert answer.headers["Allow"] == "POST"
    elsewhere = requests.post(f"{council.url}/v1/rounds/", timeout=10, allow_redirects=False)
    assert elsewhere.status_code != 200
