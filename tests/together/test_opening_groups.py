"""A supervisor opens a group with no signal: the centre's laptop has it by a round, changed and closed as she says."""

from __future__ import annotations

import pytest

from sf_council.database.family import stream
from sf_desktop.ops import writing
from sf_desktop.ops.activities import groups, registering
from sf_desktop.ops.families import group_files
from sf_desktop.ops.household.people import people
from sf_desktop.store.tables import records
from sf_record.configuration import Offered
from sf_record.description import Role
from sf_record.errors import InputError
from tests.builders.laptops import Laptop
from tests.builders.towns import Town
from tests.together.weathers import EVERY, Exchange

BODY = {"name": "Tuesday group", "activity": "play", "about": "Pretend centre, Tuesdays"}
DAY = "2026-11-23"


@pytest.fixture
def centre(town: Town) -> Town:
    council = town.council
    council.add_worker("keeper", Role.CENTRE, team="Pretend centre")
    council.configure(activities=(Offered(code="play", label="Pretend stay and play"),))
    return town


def opened(supervisor: Laptop, *keepers: Laptop) -> str:
    group_id = supervisor.new_id()
    supervisor.do(group_files.open_group, group_id, BODY, [each.me.worker.id for each in keepers])
    return group_id


def file_of(supervisor: Laptop, group_id: str) -> group_files.GroupFile:
    return next(each for each in supervisor.do(group_files.group_files).groups if each.id == group_id)


def codes(laptop: Laptop) -> list[str]:
    return [each.code for each in laptop.do(registering.catalogue).activities if each.is_group]


@EVERY
def test_a_group_opened_here_is_kept_at_the_centre(centre: Town, exchange: Exchange) -> None:
    practitioner, supervisor = centre.loaded("practitioner"), centre.loaded("supervisor")
    keeper = centre.laptop("keeper")
    keeper.round()
    group_id = opened(supervisor, keeper, practitioner)
    assert codes(supervisor) == [group_id]
    exchange(centre, supervisor)
    supervisor.round()
    assert supervisor.counts().needs_you == 0
    assert not supervisor.waiting()
    keeper.round()
    practitioner.round()
    assert keeper.families() == (group_id,)
    assert keeper.record(group_id).body == BODY

    family = next(each for each in practitioner.families() if each != group_id)
    child = practitioner.do(people, family)[0]
    place = {"activity": "play", "person": child.id, "since": "2026-11-01", "called": "Bee"}
    place_id = practitioner.do(writing.create, "activity_place", family, place).record_id
    practitioner.do(groups.put_on_register, place_id, group_id)
    practitioner.round()
    keeper.round()
    (row,) = keeper.do(registering.register, group_id, DAY).rows
    keeper.do(registering.keep_register, group_id, DAY, {row.person_id: True})
    keeper.round()

    supervisor.round()
    seen = file_of(supervisor, group_id)
    assert set(seen.keepers) == {keeper.me.worker.id, practitioner.me.worker.id}
    supervisor.do(group_files.change_group, seen, {**BODY, "name": "Wednesday group"}, seen.keepers)
    exchange(centre, supervisor)
    supervisor.round()
    keeper.round()
    assert keeper.record(group_id).body["name"] == "Wednesday group"

    supervisor.do(group_files.close_group, group_id)
    exchange(centre, supervisor)
    supervisor.round()
    keeper.round()
    practitioner.round()
    assert group_id not in keeper.families()
    assert codes(practitioner) == codes(supervisor) == []
    (link,) = practitioner.do(groups.links, family)
    assert (link.came, link.is_closed) == ("came 1 of 1 times, last Today", True)
    with pytest.raises(InputError) as told:
        practitioner.do(groups.put_on_register, place_id, group_id)
    assert told.value.code == "group_closed"

    practitioner.change(place_id, must_know="Nuts", may_tell=True)  # while there was nobody to tell
    practitioner.round()
    supervisor.round()
    seen = file_of(supervisor, group_id)
    assert seen.closed_on
    assert seen.kept_until == (keeper.me.worker.id,)
    supervisor.do(group_files.change_group, seen, BODY, [*seen.keepers, keeper.me.worker.id])
    exchange(centre, supervisor)
    supervisor.round()
    keeper.round()
    assert keeper.families() == (group_id,)
    assert codes(keeper) == [group_id]
    assert [each.must_know for each in keeper.do(registering.register, group_id, DAY).rows] == ["Nuts"]


def test_somebody_who_is_taken_off_has_the_register_no_more_and_the_others_keep_it(centre: Town) -> None:
    centre.council.add_worker("second", Role.CENTRE, team="Pretend centre")
    supervisor, keeper, second = centre.loaded("supervisor"), centre.laptop("keeper"), centre.laptop("second")
    group_id = opened(supervisor, keeper, second)
    supervisor.round()
    keeper.round()
    second.round()
    assert keeper.families() == second.families() == (group_id,)
    supervisor.do(group_files.change_group, file_of(supervisor, group_id), BODY, [second.me.worker.id])
    supervisor.round()
    keeper.round()
    second.round()
    assert group_id not in keeper.families()
    assert second.families() == (group_id,)
    assert supervisor.counts().needs_you == 0


def test_a_group_that_the_council_opened_is_kept_by_whoever_closes_it(centre: Town) -> None:
    council, boss = centre.council, centre.council.worker("supervisor")
    team = council.worker("practitioner").team_id
    assert team == boss.team_id
    supervisor, practitioner = centre.loaded("supervisor"), centre.loaded("practitioner")
    ids, now = [practitioner.me.worker.id], council.clock.now()
    group_id = council.do(lambda c: stream.open_group(c, council.council.id, BODY, ids, now, by=council.council.id))
    supervisor.round()
    supervisor.do(group_files.change_group, file_of(supervisor, group_id), BODY, [centre.laptop("keeper").me.worker.id])
    supervisor.round()
    assert supervisor.counts().needs_you == 0
    assert group_id in supervisor.families()
    practitioner.round()
    assert group_id not in practitioner.families()


def test_nobody_but_a_supervisor_opens_one(centre: Town) -> None:
    practitioner, keeper = centre.loaded("practitioner"), centre.laptop("keeper")
    assert not practitioner.do(group_files.group_files).may_open
    with pytest.raises(InputError) as told:
        opened(practitioner, keeper)
    assert told.value.code == "may_not_open_groups"


def test_what_is_missing_is_named_and_nothing_is_opened(centre: Town) -> None:
    supervisor = centre.loaded("supervisor")
    group_id = supervisor.new_id()
    with pytest.raises(InputError) as told:
        supervisor.do(group_files.open_group, group_id, {"about": "Pretend"}, [])
    assert [each.field for each in told.value.fields] == ["name", "activity", "keepers"]
    assert group_id not in supervisor.families()
    with pytest.raises(InputError) as told:
        supervisor.do(group_files.open_group, group_id, {"name": "Pretend", "activity": "none"}, [])
    assert [each.field for each in told.value.fields] == ["activity", "keepers"]
    assert supervisor.read(lambda connection: records.of_kind(connection, "group")) == []
