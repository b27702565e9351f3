"""A new family file comes into being with its first allocation: a supervisor's, to one of the team, or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sf_record.description import Role
from sf_record.events import Action, Event
from sf_record.ids import new_id
from sf_record.outcomes import Outcome, Result
from tests.fakes.clock import FrozenClock
from tests.fakes.council import RunningCouncil
from tests.fakes.laptop import PretendLaptop
from tests.unit.council.conftest import Team, make_team

DAY = "2026-11-23"


def fresh(laptop: PretendLaptop) -> str:
    return new_id(laptop.council.clock.now(), secrets.token_bytes(10))


def allocation(laptop: PretendLaptop, family_id: str, worker_id: str, **more: Any) -> Event:
    fields: Mapping[str, Any] = {"worker": worker_id, "role": "lead", "began_on": DAY, **more}
    return laptop.event(family_id, kind="allocation", fields=fields)


def named(laptop: PretendLaptop, family_id: str) -> Event:
    return laptop.event(family_id, kind="family", record_id=family_id, fields={"name": "Pretend family Newly"})


def codes(outcomes: tuple[Outcome, ...]) -> list[str]:
    return ["" if each.result is Result.ACCEPTED else each.code for each in outcomes]


def test_a_supervisor_opens_a_file_and_its_worker_has_it(team: Team) -> None:
    boss, worker = team.supervisor, team.practitioner
    family_id = fresh(boss)
    events = (allocation(boss, family_id, worker.worker_id), named(boss, family_id), boss.note(family_id))
    outcomes = boss.round(events=events).outcomes
    assert codes(outcomes) == ["", "", ""]
    assert [each.receipt and each.receipt.seq for each in outcomes] == [1, 2, 3]
    assert team.cursors()[family_id] == 3
    assert boss.round(events=events).outcomes == outcomes
    assert codes(worker.round(events=(worker.note(family_id),)).outcomes) == [""]


def test_what_follows_may_come_in_a_later_round(team: Team) -> None:
    boss = team.supervisor
    family_id = fresh(boss)
    assert codes(boss.round(events=(allocation(boss, family_id, team.practitioner.worker_id),)).outcomes) == [""]
    assert codes(boss.round(events=(named(boss, family_id),)).outcomes) == [""]


def test_nobody_else_opens_one(team: Team) -> None:
    worker = team.practitioner
    family_id = fresh(worker)
    events = (allocation(worker, family_id, worker.worker_id), named(worker, family_id))
    assert codes(worker.round(events=events).outcomes) == ["not_yours", "not_yours"]
    assert family_id not in team.cursors()


def test_not_for_somebody_of_another_team_nor_for_a_later_day(team: Team, council: RunningCouncil) -> None:
    boss, other = team.supervisor, make_team(council)
    family_id = fresh(boss)
    for wrong in (
        allocation(boss, family_id, other.practitioner.worker_id),
        allocation(boss, family_id, team.practitioner.worker_id, began_on="2026-12-24"),
        allocation(boss, family_id, team.practitioner.worker_id, ended_on=DAY),
        allocation(boss, family_id, fresh(boss)),
        named(boss, family_id),
    ):
        assert codes(boss.round(events=(wrong,)).outcomes) == ["not_yours"]
    other.practitioner.http.close()
    other.supervisor.http.close()


def test_from_tomorrow_by_a_clock_a_day_ahead_it_is_theirs_at_once_and_from_the_day_after_it_is_not_opened(
    tmp_path: Path,
) -> None:
    with RunningCouncil(tmp_path, clock=FrozenClock(datetime(2027, 6, 10, 9, 0, tzinfo=UTC))) as council:
        team = make_team(council)
        boss, worker = team.supervisor, team.practitioner
        family_id = fresh(boss)
        for day, said in (("2027-06-12", "not_yours"), ("2027-06-11", "")):
            opening = allocation(boss, family_id, worker.worker_id, began_on=day)
            assert codes(boss.round(events=(opening,)).outcomes) == [said]
        for laptop in (boss, worker):
            assert family_id in {each.family_id for each in laptop.round(cursors={}).families}
            laptop.http.close()


def test_after_midnight_in_summer_it_is_the_day_on_the_laptops_wall_at_the_council_too(tmp_path: Path) -> None:
    """Until one in the morning "from today" was tomorrow to the council: the file was said not to be theirs."""
    with RunningCouncil(tmp_path, clock=FrozenClock(datetime(2027, 6, 10, 23, 30, tzinfo=UTC))) as council:
        team = make_team(council)
        boss, worker = team.supervisor, team.practitioner
        family_id = fresh(boss)
        today = allocation(boss, family_id, worker.worker_id, began_on="2027-06-11")
        assert codes(boss.round(events=(today, named(boss, family_id))).outcomes) == ["", ""]
        assert family_id in {each.family_id for each in worker.round(cursors={}).families}
        council.allocate(family_id, team.usernames[1])
        assert [each.family_id for each in worker.round(cursors={family_id: 2}).released] == [family_id]
        for laptop in (boss, worker):
            laptop.http.close()


def test_one_that_does_not_hold_opens_nothing_and_the_next_may(team: Team) -> None:
    boss = team.supervisor
    family_id = fresh(boss)
    wrong = allocation(boss, family_id, team.practitioner.worker_id, role="no such role")
    assert codes(boss.round(events=(wrong, named(boss, family_id))).outcomes) == ["invalid", "not_yours"]
    right = allocation(boss, family_id, team.practitioner.worker_id)
    assert codes(boss.round(events=(right,)).outcomes) == [""]


def test_a_file_that_is_there_is_not_taken_over(team: Team, council: RunningCouncil) -> None:
    other = make_team(council)
    boss = other.supervisor
    wrong = allocation(boss, team.family, other.practitioner.worker_id)
    a_record = team.practitioner.note(team.family)
    team.practitioner.round(events=(a_record,))
    as_record = allocation(boss, a_record.record_id, other.practitioner.worker_id)
    assert codes(boss.round(events=(wrong, as_record)).outcomes) == ["not_yours", "not_yours"]
    assert boss.event(team.family, action=Action.SIGN).family_id not in other.cursors()
    other.practitioner.http.close()
    other.supervisor.http.close()


def group(laptop: PretendLaptop, file_id: str) -> Event:
    fields = {"name": "Pretend Tuesday group", "activity": "play"}
    return laptop.event(file_id, kind="group", record_id=file_id, fields=fields)


def test_a_supervisor_opens_a_group_for_a_centre_s_staff_and_they_have_its_register(
    team: Team, council: RunningCouncil
) -> None:
    boss, keeper = team.supervisor, PretendLaptop(council)
    username = f"keeper-{secrets.token_hex(4)}"
    keeper_id = council.add_worker(username, Role.CENTRE, team="Pretend centre").id
    assert keeper.enrol(username).status_code == 200
    group_id = fresh(boss)
    first = allocation(boss, group_id, boss.worker_id)
    opening = (first, group(boss, group_id), allocation(boss, group_id, keeper_id))
    assert codes(boss.round(events=opening).outcomes) == ["", "", ""]
    assert {each.family_id for each in keeper.round(cursors={}).families} == {group_id}
    family_id = fresh(boss)
    straight = (allocation(boss, family_id, keeper_id), group(boss, family_id))
    assert codes(boss.round(events=straight).outcomes) == ["not_yours", "not_yours"]
    keeper.http.close()


def test_nobody_else_opens_a_group_or_changes_one(team: Team) -> None:
    boss, worker = team.supervisor, team.practitioner
    mine = fresh(worker)
    events = (allocation(worker, mine, worker.worker_id), group(worker, mine))
    assert codes(worker.round(events=events).outcomes) == ["not_yours", "not_yours"]
    group_id = fresh(boss)
    opening = (allocation(boss, group_id, worker.worker_id), group(boss, group_id))
    assert codes(boss.round(events=opening).outcomes) == ["", ""]
    renamed = worker.event(
        group_id, action=Action.CHANGE, kind="group", record_id=group_id, base_seq=2, fields={"closed_on": DAY}
    )
    more = allocation(worker, group_id, worker.worker_id)
    assert codes(worker.round(events=(renamed, more)).outcomes) == ["not_allowed", "not_allowed"]
