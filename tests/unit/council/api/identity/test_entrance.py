"""Who comes in and who does not: enrolment, signatures, tokens, throttling, revoked laptops, closed accounts."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import msgspec
import pytest
import requests

from sf_council.database import audit
from sf_council.database.tables import audit as audit_table
from sf_record.dates import read_moment
from sf_record.wire.rounds import Greeting, Problem, Tokens
from tests.fakes.clock import FrozenClock
from tests.fakes.council import PASSWORD, RunningCouncil
from tests.fakes.laptop import PretendLaptop
from tests.unit.council.conftest import Team

EMPTY = {"protocol": 1, "position": "", "cursors": {}}


def problem(answer: requests.Response) -> Problem:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return msgspec.json.decode(answer.content, type=Problem)


def declined(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, problem(answer).code


def sign_in(laptop: PretendLaptop, username: str, password: str = PASSWORD) -> requests.Response:
    body = {"protocol": 1, "username": username, "password": password}
    answer = laptop.send("POST", "/v1/sign-in", body, token="")
    if answer.status_code == 200:
        laptop.tokens = msgspec.json.decode(answer.content, type=Tokens)
    return answer


def refresh(laptop: PretendLaptop, token: str) -> requests.Response:
    return laptop.send("POST", "/v1/tokens", {"refresh_token": token}, token="")


def exchange(laptop: PretendLaptop, **more: object) -> requests.Response:
    return laptop.send("POST", "/v1/rounds", EMPTY, **more)


def test_anybody_is_greeted(council: RunningCouncil) -> None:
    answer = requests.get(f"{council.url}/v1/greeting", timeout=10)
    said = msgspec.json.decode(answer.content, type=Greeting)
    assert (said.council_id, said.council_name) == (council.council.id, "Pretend County Council")
    assert len({said.policy_key, said.sealing_key, said.recovery_key}) == 3
    assert read_moment(said.at) == council.clock.now()


def test_an_enrolment_says_what_will_be_on_the_laptop(team: Team) -> None:
    told = team.practitioner.enrolment
    assert told is not None
    assert told.families == 2
    assert told.records == sum(1 for line in team.practitioner.pull(dict.fromkeys(team.families, 0)) if "id" in line)
    assert told.size_bytes > 1_000
    assert told.worker.role == "practitioner"


def test_name_password_and_code_are_refused_alike(team: Team, council: RunningCouncil) -> None:
    username = team.usernames[0]
    answers = [
        PretendLaptop(council).enrol(f"{username}-x", code=council.code(username)),
        PretendLaptop(council).enrol(username, password="wrong-password-here"),
        PretendLaptop(council).enrol(username, code="AAAA-BBBB-CCCC-DDDD"),
        PretendLaptop(council).enrol(username, code=council.code(team.usernames[1])),
    ]
    assert len({(answer.status_code, answer.content) for answer in answers}) == 1
    assert declined(answers[0]) == (401, "sign_in_refused")


def test_a_code_works_once_but_its_laptop_may_ask_again(team: Team, council: RunningCouncil) -> None:
    code = council.code(team.usernames[0])
    first, other = PretendLaptop(council), PretendLaptop(council)
    assert first.enrol(team.usernames[0], code=code).status_code == 200
    device_id = first.device_id
    assert first.enrol(team.usernames[0], code=code.lower().replace("-", " ")).status_code == 200
    assert first.device_id == device_id
    assert declined(other.enrol(team.usernames[0], code=code)) == (401, "sign_in_refused")


def test_a_code_expires(team: Team, council: RunningCouncil, clock: FrozenClock) -> None:
    code = council.code(team.usernames[0])
    clock.forward(72 * 3600)
    assert declined(PretendLaptop(council).enrol(team.usernames[0], code=code)) == (401, "sign_in_refused")


def test_guessing_is_slowed_down_and_nobody_is_locked_out(
    team: Team, council: RunningCouncil, clock: FrozenClock
) -> None:
    username = team.usernames[0]
    for name in (username, f"{username}-nobody"):
        for _ in range(5):
            answer = PretendLaptop(council).enrol(name, code="X", password="wrong-password-here")
            assert declined(answer) == (401, "sign_in_refused")
        slowed = PretendLaptop(council).enrol(name, code="X", password="wrong-password-here")
        assert declined(slowed) == (429, "too_many_attempts")
        assert int(slowed.headers["Retry-After"]) == 1
    assert declined(PretendLaptop(council).enrol(username)) == (429, "too_many_attempts")  # even with the right one
    clock.forward(2)
    assert PretendLaptop(council).enrol(username).status_code == 200  # and then it is forgotten
    for _ in range(40):
        PretendLaptop(council).enrol(username, code="X", password="wrong-password-here")
        clock.forward(301)  # never longer than five minutes
    assert PretendLaptop(council).enrol(username).status_code == 200


def test_many_guesses_at_once_are_as_slow_as_one_after_the_other(team: Team, council: RunningCouncil) -> None:
    def guess(_: int) -> str:
        answer = PretendLaptop(council).enrol(team.usernames[0], code="X", password="wrong-password-here")
        return declined(answer)[1]

    with ThreadPoolExecutor(16) as at_once:
        said = list(at_once.map(guess, range(16)))
    assert said.count("sign_in_refused") == 5
    assert said.count("too_many_attempts") == 11


def test_a_worker_signs_in_again_on_the_known_laptop_only(team: Team) -> None:
    assert sign_in(team.practitioner, team.usernames[0]).status_code == 200
    assert exchange(team.practitioner).status_code == 200
    assert declined(sign_in(team.practitioner, team.usernames[1])) == (401, "sign_in_refused")


def test_the_short_pass_ends_after_fifteen_minutes_and_is_renewed(team: Team, clock: FrozenClock) -> None:
    laptop = team.practitioner
    assert laptop.tokens is not None
    old = laptop.tokens
    clock.forward(15 * 60 + 1)
    assert declined(exchange(laptop)) == (401, "token_expired")
    answer = refresh(laptop, old.refresh_token)
    laptop.tokens = msgspec.json.decode(answer.content, type=Tokens)
    assert exchange(laptop).status_code == 200
    assert laptop.tokens.refresh_token != old.refresh_token


def test_a_lost_answer_is_asked_for_again_and_the_lost_pair_is_worthless(team: Team) -> None:
    laptop = team.practitioner
    assert laptop.tokens is not None
    old = laptop.tokens.refresh_token
    lost = msgspec.json.decode(refresh(laptop, old).content, type=Tokens)
    laptop.tokens = msgspec.json.decode(refresh(laptop, old).content, type=Tokens)
    assert exchange(laptop).status_code == 200
    assert declined(exchange(laptop, token=lost.access_token)) == (401, "sign_in_expired")
    assert declined(refresh(laptop, lost.refresh_token)) == (401, "sign_in_expired")


def test_a_refresh_token_used_after_its_successor_ends_the_session(team: Team, clock: FrozenClock) -> None:
    laptop = team.practitioner
    assert laptop.tokens is not None
    old = laptop.tokens.refresh_token
    for _ in range(2):
        clock.forward(60)
        laptop.tokens = msgspec.json.decode(refresh(laptop, laptop.tokens.refresh_token).content, type=Tokens)
    assert declined(refresh(laptop, old)) == (401, "sign_in_expired")
    assert declined(exchange(laptop)) == (401, "sign_in_expired")
    assert declined(refresh(laptop, laptop.tokens.refresh_token)) == (401, "sign_in_expired")
    assert sign_in(laptop, team.usernames[0]).status_code == 200


def test_a_token_belongs_to_its_laptop(team: Team) -> None:
    assert team.supervisor.tokens is not None
    assert declined(exchange(team.practitioner, token=team.supervisor.tokens.access_token)) == (401, "sign_in_expired")
    stolen = team.supervisor.tokens.refresh_token
    assert declined(refresh(team.practitioner, stolen)) == (401, "sign_in_expired")
    assert exchange(team.supervisor).status_code == 200


def test_a_refresh_token_is_no_access_token(team: Team) -> None:
    assert team.practitioner.tokens is not None
    answer = exchange(team.practitioner, token=team.practitioner.tokens.refresh_token)
    assert declined(answer) == (401, "sign_in_expired")


def test_a_revoked_laptop_is_told_so_at_once(team: Team, council: RunningCouncil) -> None:
    council.revoke(team.practitioner.device_id)
    assert declined(exchange(team.practitioner)) == (403, "device_revoked")
    assert declined(sign_in(team.practitioner, team.usernames[0])) == (403, "device_revoked")
    assert team.practitioner.tokens is not None
    assert declined(refresh(team.practitioner, team.practitioner.tokens.refresh_token)) == (403, "device_revoked")


def test_a_closed_account_is_told_so_at_once(team: Team, council: RunningCouncil) -> None:
    council.disable(team.usernames[0])
    assert declined(exchange(team.practitioner)) == (403, "worker_disabled")
    assert declined(PretendLaptop(council).enrol(team.usernames[0])) == (401, "sign_in_refused")


def test_a_request_is_answered_once(team: Team) -> None:
    prepared = team.practitioner.prepare("POST", "/v1/rounds", EMPTY)
    assert team.practitioner.http.send(prepared, timeout=10).status_code == 200
    assert declined(team.practitioner.http.send(prepared, timeout=10)) == (401, "replayed")


def test_a_request_sent_eight_times_at_once_is_answered_once(team: Team) -> None:
    prepared = team.practitioner.prepare("POST", "/v1/rounds", EMPTY)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: requests.Session().send(prepared, timeout=10), range(8)))
    assert sorted(each.status_code for each in answers) == [200, *[401] * 7]
    assert {problem(each).code for each in answers if not each.ok} == {"replayed"}


def test_a_round_that_is_declined_for_what_it_says_is_not_declined_twice(team: Team) -> None:
    prepared = team.practitioner.prepare("POST", "/v1/rounds", {"protocol": 1})
    assert declined(team.practitioner.http.send(prepared, timeout=10)) == (422, "body_invalid")
    assert declined(team.practitioner.http.send(prepared, timeout=10)) == (401, "replayed")


def test_a_nonce_is_remembered_over_a_restart(team: Team, council: RunningCouncil) -> None:
    prepared = team.practitioner.prepare("POST", "/v1/rounds", EMPTY)
    assert team.practitioner.http.send(prepared, timeout=10).status_code == 200
    council.restart()
    assert declined(team.practitioner.http.send(prepared, timeout=10)) == (401, "replayed")


@pytest.mark.parametrize("minutes", [-60 * 24, -6, 6, 60 * 24])
def test_a_wrong_clock_is_told_the_time(team: Team, council: RunningCouncil, minutes: int) -> None:
    answer = exchange(team.practitioner, created=council.clock.now() + timedelta(minutes=minutes))
    assert declined(answer) == (401, "clock_astray")
    assert read_moment(problem(answer).at) == council.clock.now()


def test_a_clock_that_is_a_little_wrong_does_not_matter(team: Team, council: RunningCouncil) -> None:
    for minutes in (-4, 4):
        assert exchange(team.practitioner, created=council.clock.now() + timedelta(minutes=minutes)).ok


def _other_body(prepared: requests.PreparedRequest) -> None:
    prepared.body = b'{"protocol":1,"position":"x","cursors":{}}'
    prepared.headers["Content-Length"] = str(len(prepared.body))


def _other_body_and_digest(prepared: requests.PreparedRequest) -> None:
    from base64 import b64encode

    _other_body(prepared)
    assert isinstance(prepared.body, bytes)
    prepared.headers["Content-Digest"] = f"sha-256=:{b64encode(hashlib.sha256(prepared.body).digest()).decode()}:"


def _other_header(name: str, old: str, new: str) -> object:
    def change(prepared: requests.PreparedRequest) -> None:
        assert old in prepared.headers[name]
        prepared.headers[name] = prepared.headers[name].replace(old, new)

    return change


def _without(name: str) -> object:
    def change(prepared: requests.PreparedRequest) -> None:
        del prepared.headers[name]

    return change


def _other_url(old: str, new: str) -> object:
    def change(prepared: requests.PreparedRequest) -> None:
        assert prepared.url is not None
        prepared.url = prepared.url.replace(old, new)

    return change


def _host(prepared: requests.PreparedRequest) -> None:
    prepared.headers["Host"] = "elsewhere.example"


TAMPERED = {
    "another body": _other_body,
    "another body and its digest": _other_body_and_digest,
    "another path": _other_url("/v1/rounds", "/v1/pull"),
    "a query added": _other_url("/v1/rounds", "/v1/rounds?x=1"),
    "another host": _host,
    "no digest": _without("Content-Digest"),
    "no signature": _without("Signature"),
    "no signature input": _without("Signature-Input"),
    "no authorization": _without("Authorization"),
    "another nonce": _other_header("Signature-Input", 'nonce="', 'nonce="x'),
    "an algorithm of its own": _other_header("Signature-Input", "ed25519", "hmac-sha256"),
    "less covered": _other_header("Signature-Input", '"@path" ', ""),
}


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED.keys())
def test_a_request_that_was_tampered_with_is_refused(team: Team, tamper: object) -> None:
    prepared = team.practitioner.prepare("POST", "/v1/rounds", EMPTY)
    tamper(prepared)  # type: ignore[operator]
    assert declined(team.practitioner.http.send(prepared, timeout=10)) == (401, "signature_refused")


def test_every_part_must_be_covered_by_the_signature(team: Team) -> None:
    from sf_record.wire.rounds import SIGNED_WITH_TOKEN

    for left_out in SIGNED_WITH_TOKEN:
        if left_out == "content-digest":
            continue  # the signing library adds it whenever there is a body
        covered = tuple(each for each in SIGNED_WITH_TOKEN if each != left_out)
        assert declined(exchange(team.practitioner, covered=covered)) == (401, "signature_refused"), left_out


def test_another_laptops_key_does_not_fit(team: Team) -> None:
    answer = exchange(team.practitioner, key_id=team.supervisor.device_id)
    assert declined(answer) == (401, "signature_refused")


def test_a_short_nonce_is_refused(team: Team) -> None:
    assert declined(exchange(team.practitioner, nonce="short")) == (401, "signature_refused")


def test_the_audit_is_a_chain_that_shows_its_first_broken_row(team: Team, council: RunningCouncil) -> None:
    team.practitioner.send("GET", f"/v1/families/{team.family}/records/{team.family}/history")
    council_id = council.council.id
    assert council.do(lambda c: audit.first_broken(c, council_id)) is None
    rows = council.do(lambda c: c.execute(audit_table.select().order_by(audit_table.c.number)).all())
    assert {"enrolled", "sign_in", "looked_at_history"} & {row.what for row in rows}
    middle = rows[len(rows) // 2]

    def spoil(what: str) -> int | None:
        def work(connection: object) -> int | None:
            changed = audit_table.update().where(audit_table.c.number == middle.number).values(what=what)
            connection.execute(changed)  # type: ignore[attr-defined]
            return audit.first_broken(connection, council_id)  # type: ignore[arg-type]

        return council.do(work)

    assert spoil("nothing") == middle.number
    assert spoil(middle.what) is None
