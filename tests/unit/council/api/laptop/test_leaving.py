"""What leaves laptops, as the council sees it: why, what is held, visit packs, and receipts that carry a signature."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from sf_council.cli.device_page import Page, lines, page
from sf_council.database import audit
from sf_council.database import tables as t
from sf_council.database.family import allocations, holds, packs, stream
from sf_council.database.identity import workers
from sf_council.database.laptop import devices, wipe_receipts
from sf_record.dates import moment_text
from sf_record.description import Role
from sf_record.events import Action
from sf_record.wire.leaving import FOR_GOOD, WIPE_RECEIPT
from sf_record.wire.orders import AT_LEASE_END, BY_ORDER_LOCKED, WIPED, Signed, Wiped, to_sign
from sf_record.wire.packs import MOST_DAYS
from sf_record.wire.rounds import PROTOCOL, RoundAnswer
from tests.fakes.clock import FrozenClock
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop, plain
from tests.unit.council.conftest import Team


@pytest.fixture
def colleague(team: Team) -> PretendLaptop:
    """A practitioner of the same team without any family."""
    username = f"{team.usernames[0]}-colleague"
    of = team.council.worker(team.usernames[0])
    name = next(name for id_, name in _teams(team.council).items() if id_ == of.team_id)
    team.council.add_worker(username, Role.PRACTITIONER, team=name)
    laptop = PretendLaptop(team.council)
    assert laptop.enrol(username).status_code == 200
    return laptop


def _teams(council: RunningCouncil) -> dict[str, str]:
    return council.do(lambda c: {row.team_id: row.name for row in c.execute(t.team.select())})


def day(team: Team, days: int = 0) -> str:
    return (team.council.clock.now() + timedelta(days=days)).date().isoformat()


def take(laptop: PretendLaptop, family_id: str, until: str, reason: str = "duty") -> Any:
    body = {"protocol": 1, "family_id": family_id, "until": until, "reason": reason}
    return laptop.send("POST", "/v1/visit-packs", body)


def released(laptop: PretendLaptop, *, protocol: int = PROTOCOL, **more: Any) -> list[tuple[str, str, str]]:
    body = {"protocol": protocol, "position": "", "cursors": {}, **more}
    answer = msgspec.json.decode(plain(laptop.send("POST", "/v1/rounds", body)), type=RoundAnswer)
    return [(each.family_id, each.reason, each.hold_until) for each in answer.released]


def why(laptop: PretendLaptop, family_id: str, **more: Any) -> list[tuple[str, str]]:
    gone = released(laptop, cursors={family_id: 1}, **more)
    return [(reason, hold_until) for each, reason, hold_until in gone if each == family_id]


def noted(council: RunningCouncil, what: str) -> list[tuple[str | None, str]]:
    asked = t.audit.select().where(t.audit.c.what == what).order_by(t.audit.c.number)
    return council.do(lambda c: [(row.subject, row.code) for row in c.execute(asked)])


def test_a_file_leaves_because_it_moved_was_closed_or_its_pack_ended(team: Team, colleague: PretendLaptop) -> None:
    moved, closed = team.families
    assert take(colleague, moved, day(team)).status_code == 200
    council_id, now = team.council.council.id, team.council.clock.now()
    team.council.do(lambda c: stream.close(c, council_id, closed, now, by=council_id))
    assert why(team.practitioner, closed) == [("closed", "")]
    own = team.council.worker(team.usernames[0]).team_id
    for other, its_team in (("own", _teams(team.council)[own or ""]), ("other", "Pretend team")):
        team.council.add_worker(f"{team.usernames[0]}-{other}", Role.PRACTITIONER, team=its_team)
        team.council.allocate(moved, f"{team.usernames[0]}-{other}")
        assert why(team.practitioner, moved) == [("reallocated", "")]
        assert why(colleague, moved) == ([] if other == "own" else [("pack_ended", "")]), "a pack is of the team"
    past = {"until": day(team, -1), "reason": "duty", "at": "x"}
    team.council.do(lambda c: packs.take(c, council_id, colleague.worker_id, moved, **past))
    assert why(colleague, moved) == [("pack_ended", "")]


def test_what_is_held_is_said_while_it_leaves_and_again_when_the_laptop_asks(team: Team) -> None:
    council_id, family_id = team.council.council.id, team.family
    values = {"reason_code": "court_order", "until": FOR_GOOD, "at": "x"}
    team.council.do(lambda c: holds.place(c, council_id, family_id, **values))
    now = team.council.clock.now()
    team.council.do(lambda c: stream.close(c, council_id, family_id, now, by=council_id))
    assert why(team.practitioner, family_id) == [("closed", FOR_GOOD)]
    assert why(team.practitioner, family_id, protocol=1) == []  # a laptop that knows no holds keeps it
    here = {state.family_id: state.seq for state in team.practitioner.round(cursors={}).families}
    assert released(team.practitioner, cursors=here, leaving=[family_id]) == [(family_id, "closed", FOR_GOOD)]
    team.council.do(lambda c: holds.lift(c, council_id, family_id))
    assert released(team.practitioner, cursors=here, leaving=[family_id]) == [(family_id, "closed", "")]


def test_a_hold_on_a_family_file_never_seen_tells_nothing(team: Team, colleague: PretendLaptop) -> None:
    values = {"reason_code": "court_order", "until": FOR_GOOD, "at": "x"}
    team.council.do(lambda c: holds.place(c, team.council.council.id, team.family, **values))
    assert why(colleague, team.family) == [("reallocated", "")]
    said = released(colleague, leaving=["nonsense\x00", team.family])
    assert {(reason, hold_until) for _, reason, hold_until in said} == {("reallocated", "")}


def test_a_colleague_finds_takes_reads_writes_and_loses_a_family_of_the_team(
    team: Team, colleague: PretendLaptop
) -> None:
    found = msgspec.json.decode(plain(colleague.send("POST", "/v1/team-families", {"words": "pretend"})))
    assert {each["family_id"] for each in found} == set(team.families)
    rows = noted(team.council, "looked_for_cover")[-1 - len(team.families) :]
    assert rows[0] == (None, str(len(team.families)))
    assert {subject for subject, _ in rows[1:]} == set(team.families), "each name that was shown is a look"
    assert not colleague.round(cursors={}).families
    until = day(team, 1)
    assert take(colleague, team.family, until).json() == {"family_id": team.family, "until": until}
    assert noted(team.council, "pack_taken")[-1] == (team.family, "duty")
    (state,) = colleague.round(cursors={}).families
    assert (state.family_id, state.until) == (team.family, until)
    ends = [each["end"]["until"] for each in colleague.pull({}) if "end" in each]
    assert ends == [until]
    note = colleague.note(team.family, text="Pretend words of a duty visit.")
    assert colleague.round(events=(note,)).outcomes[0].receipt.seq > 0  # type: ignore[union-attr]
    past = {"until": day(team, -1), "reason": "duty", "at": "x"}
    worker_id, council_id = colleague.worker_id, team.council.council.id
    team.council.do(lambda c: packs.take(c, council_id, worker_id, team.family, **past))
    late = colleague.note(team.family, text="Written when it had left.")
    assert colleague.round(events=(late,)).outcomes[0].code == "family_moved"
    assert not colleague.round(cursors={}).families


def test_nobody_takes_along_what_is_not_the_teams_too_long_or_without_a_reason(
    team: Team, colleague: PretendLaptop
) -> None:
    stranger = f"{team.usernames[0]}-stranger"
    team.council.add_worker(stranger, Role.PRACTITIONER, team=f"Far from {team.usernames[0]}")
    far = PretendLaptop(team.council)
    assert far.enrol(stranger).status_code == 200
    assert take(far, team.family, day(team)).status_code == 404
    assert msgspec.json.decode(plain(far.send("POST", "/v1/team-families", {"words": "pretend"}))) == []
    assert take(colleague, team.council.new_id(), day(team)).status_code == 404
    for until, reason in (
        (day(team, MOST_DAYS + 1), "duty"),
        (day(team, -1), "duty"),
        ("never", "duty"),
        (day(team), ""),
    ):
        assert take(colleague, team.family, until, reason).status_code == 422
    assert take(team.practitioner, team.family, day(team)).json()["until"] == ""
    assert take(team.supervisor, team.family, day(team)).json()["until"] == ""
    assert not colleague.round(cursors={}).families


def test_a_receipt_is_kept_once_and_only_with_its_laptops_signature(team: Team) -> None:
    laptop, council = team.practitioner, team.council
    left = {"family_id": team.family, "reason": "closed", "records": 12}
    said = {"id": council.new_id(), "device_id": laptop.device_id, "at": "x", "key_generation": 3, "families": [left]}
    text = msgspec.json.encode(said).decode()
    forged = base64.b64encode(Ed25519PrivateKey.generate().sign(to_sign(WIPE_RECEIPT, text))).decode()
    good = base64.b64encode(laptop.key.sign(to_sign(WIPE_RECEIPT, text))).decode()
    for signature, status in ((forged, 422), ("none", 422), (good, 204), (good, 204)):
        answer = laptop.send("POST", "/v1/wipe-receipts", {"text": text, "signature": signature})
        assert answer.status_code == status
    (kept,) = council.do(lambda c: wipe_receipts.of_device(c, council.council.id, laptop.device_id))
    assert (kept.receipt.families[0].family_id, kept.receipt.key_generation) == (team.family, 3)
    assert [code for subject, code in noted(council, "copies_destroyed") if subject == said["id"]] == ["1"]
    anothers = {**said, "device_id": team.supervisor.device_id}
    text = msgspec.json.encode(anothers).decode()
    signed = base64.b64encode(laptop.key.sign(to_sign(WIPE_RECEIPT, text))).decode()
    assert laptop.send("POST", "/v1/wipe-receipts", {"text": text, "signature": signed}).status_code == 422
    assert council.do(lambda c: audit.first_broken(c, council.council.id)) is None


def test_a_pack_taken_again_on_the_day_on_which_it_had_left_may_be_there_until_its_receipt(
    team: Team, colleague: PretendLaptop
) -> None:
    council, now = team.council, team.council.clock.now()
    assert take(colleague, team.family, day(team)).status_code == 200

    def not_released() -> tuple[str, ...]:
        def asked(connection: Connection) -> tuple[str, ...]:
            row = devices.get(connection, council.council.id, colleague.device_id)
            assert row is not None
            return page(connection, council.council.id, row, now + timedelta(days=1)).not_released

        return council.do(asked)

    receive(colleague, team, now.replace(hour=0, minute=0, second=0, microsecond=0))
    assert not_released() == (team.family,)
    receive(colleague, team, now + timedelta(minutes=1))
    assert not_released() == ()


def test_a_file_that_left_came_back_and_was_ended_on_one_day_may_be_there_until_its_receipt(
    team: Team, clock: FrozenClock
) -> None:
    council, laptop, council_id = team.council, team.practitioner, team.council.council.id

    def end() -> None:
        clock.forward(60)
        council.do(lambda c: stream.close(c, council_id, team.family, clock.now(), by=council_id))

    def may_be_there() -> bool:
        def asked(connection: Connection) -> bool:
            row = devices.get(connection, council_id, laptop.device_id)
            assert row is not None
            return team.family in page(connection, council_id, row, clock.now()).not_released

        return council.do(asked)

    end()
    assert may_be_there()
    clock.forward(60)
    receive(laptop, team, clock.now())
    assert not may_be_there()
    council.allocate(team.family, team.usernames[0])
    signed_before = clock.now()
    end()
    assert may_be_there()
    receive(laptop, team, signed_before)  # of the first time, and late
    assert may_be_there()
    ahead = clock.now() + timedelta(hours=1)
    clock.forward(60)
    receive(laptop, team, ahead)  # by a clock that is wrong
    assert not may_be_there()
    council.allocate(team.family, team.usernames[0])
    end()
    assert may_be_there()


def shown(team: Team, laptop: PretendLaptop) -> Page:
    """What the council's administrator is shown of a laptop."""
    council, council_id = team.council, team.council.council.id
    council.council.sendings.flush()

    def asked(connection: Connection) -> Page:
        row = devices.get(connection, council_id, laptop.device_id)
        assert row is not None
        return page(connection, council_id, row, council.clock.now())

    return council.do(asked)


def test_what_a_supervisor_had_with_a_team_that_they_left_may_be_there(team: Team, clock: FrozenClock) -> None:
    supervisor, council = team.supervisor, team.council
    assert {each.family_id for each in supervisor.round(cursors={}).families} == set(team.families)
    assert shown(team, supervisor).not_released == ()

    def move(connection: Connection) -> None:
        other = workers.add_team(connection, council.council.id, clock.now(), f"other than {team.usernames[1]}'s")
        workers.set_team(connection, council.council.id, supervisor.worker_id, other)

    clock.forward(60)
    council.do(move)
    here = shown(team, supervisor)
    assert here.families_in_scope == ()
    assert here.not_released == tuple(sorted(team.families))
    clock.forward(60)
    receive(supervisor, team, clock.now())
    assert shown(team, supervisor).not_released == tuple(sorted(set(team.families) - {team.family}))


def test_what_a_worker_took_to_another_team_may_be_with_the_supervisor_whom_they_left(
    team: Team, clock: FrozenClock
) -> None:
    supervisor, council = team.supervisor, team.council
    supervisor.round(cursors={})

    def move(connection: Connection) -> None:
        other = workers.add_team(connection, council.council.id, clock.now(), f"other than {team.usernames[0]}'s")
        workers.set_team(connection, council.council.id, team.practitioner.worker_id, other)

    council.do(move)
    assert shown(team, supervisor).not_released == tuple(sorted(team.families))
    assert shown(team, team.practitioner).not_released == ()  # still theirs


def test_a_file_whose_allocation_was_entered_in_error_may_be_there(team: Team, clock: FrozenClock) -> None:
    laptop, council, council_id = team.practitioner, team.council, team.council.council.id
    laptop.round(cursors={})
    (row,) = council.do(lambda c: allocations.open_of(c, council_id, team.family, clock.now().date().isoformat()))
    mistake = laptop.event(
        team.family, action=Action.ENTER_IN_ERROR, kind="allocation", record_id=row.allocation_id, reason="another"
    )
    council.do(lambda c: stream.put(c, council_id, team.family, (mistake,), clock.now()))
    here = shown(team, laptop)
    assert team.family not in here.families_in_scope
    assert here.not_released == (team.family,)


def test_files_that_a_laptop_holds_and_the_council_cannot_name_are_counted(team: Team, clock: FrozenClock) -> None:
    laptop = team.practitioner

    def say(held: int) -> None:
        body = {"protocol": 2, "position": "", "cursors": {}, "report": {"families": held, "unsent": 0}}
        assert laptop.send("POST", "/v1/rounds", body).status_code == 200

    say(len(team.families))
    assert shown(team, laptop).not_named == 0
    say(len(team.families) + 2)
    assert shown(team, laptop).not_named == 2
    said = "\n".join(lines(shown(team, laptop)))
    assert "not named     2 files more than are named here: opened there and not sent yet, or forgotten" in said
    team.council.do(lambda c: stream.close(c, team.council.council.id, team.family, clock.now(), by=laptop.worker_id))
    say(len(team.families))
    clock.forward(60)
    receive(laptop, team, clock.now())  # it left since the laptop said how many it holds
    assert shown(team, laptop).not_named == 0


def receive(laptop: PretendLaptop, team: Team, at: datetime) -> None:
    left = {"family_id": team.family, "reason": "pack_over", "records": 12}
    said = {
        "id": team.council.new_id(), "device_id": laptop.device_id, "at": moment_text(at), "key_generation": 3,
        "families": [left],
    }  # fmt: skip
    text = msgspec.json.encode(said).decode()
    signature = base64.b64encode(laptop.key.sign(to_sign(WIPE_RECEIPT, text))).decode()
    assert laptop.send("POST", "/v1/wipe-receipts", {"text": text, "signature": signature}).status_code == 204


def say_wiped(laptop: PretendLaptop, why: str, number: int) -> None:
    """Send the word that a laptop was wiped, which it signed in advance and which lies beside its vault."""
    text = msgspec.json.encode(Wiped(device_id=laptop.device_id, number=number, why=why)).decode()
    signature = base64.b64encode(laptop.key.sign(to_sign(WIPED, text))).decode()
    body = msgspec.json.encode(Signed(text=text, signature=signature))
    assert requests.post(f"{laptop.council.url}/v1/wipe-reports", data=body, timeout=30).status_code == 204


@pytest.mark.parametrize("why", [AT_LEASE_END, BY_ORDER_LOCKED])
def test_a_word_that_a_laptop_was_wiped_is_not_believed_before_it_is_due(
    team: Team, clock: FrozenClock, why: str
) -> None:
    """Whoever has the disk and the keyring has these words too: a thief would have nothing looked for any more."""
    laptop, council = team.practitioner, team.council
    body = {"protocol": PROTOCOL, "position": "", "cursors": {}, "report": {"families": 2, "unsent": 0}}
    assert laptop.send("POST", "/v1/rounds", body).status_code == 200
    clock.forward(60)
    council.allocate(team.family, team.usernames[1])
    say_wiped(laptop, why, 1)
    here = shown(team, laptop)
    assert not here.is_cleared
    assert here.not_released == (team.family,)
    said = "\n".join(lines(here))
    assert "files held    2 (" in said
    assert ("before that by the council's clock" in said) is (why == AT_LEASE_END)


def test_a_word_at_the_end_of_a_lease_is_believed_once_it_has_ended_here_too(team: Team, clock: FrozenClock) -> None:
    laptop = team.practitioner
    laptop.send("POST", "/v1/rounds", {"protocol": PROTOCOL, "position": "", "cursors": {}})
    clock.forward(31 * 86_400)
    say_wiped(laptop, AT_LEASE_END, 1)
    here = shown(team, laptop)
    assert here.is_cleared
    assert not [line for line in lines(here) if "by the council's clock" in line]
