"""A register kept at a centre with no signal: the group is told of a child, marked, and read in the family file."""

from __future__ import annotations

from pathlib import Path

import pytest

from sf_council.database.family import stream
from sf_desktop.ops import writing
from sf_desktop.ops.activities import groups, registering
from sf_desktop.ops.household.people import people
from sf_desktop.store.tables import records
from sf_record.configuration import Offered
from sf_record.description import Role
from sf_record.errors import InputError
from tests.builders.towns import Town

DAY = "2026-11-23"


def test_a_register_is_kept_offline_by_somebody_who_sees_no_family(town: Town, tmp_path: Path) -> None:
    council = town.council
    council.configure(activities=(Offered(code="play", label="Pretend stay and play"),))
    council.add_worker("keeper", Role.CENTRE, team="Pretend centre")
    ids = [council.worker(each).id for each in ("keeper", "practitioner")]
    body, now = {"name": "Tuesday group", "activity": "play"}, council.clock.now()
    group = council.do(lambda c: stream.open_group(c, council.council.id, body, ids, now, by=council.council.id))

    practitioner, keeper = town.laptop("practitioner"), town.laptop("keeper")
    practitioner.round()
    keeper.round()
    family = next(each for each in practitioner.families() if each != group)
    child = practitioner.do(people, family)[0]
    place = {
        "activity": "play", "person": child.id, "since": "2026-11-01", "called": "Bee", "must_know": "Nuts",
        "may_tell": True,
    }  # fmt: skip
    place_id = practitioner.do(writing.create, "activity_place", family, place).record_id
    practitioner.do(groups.put_on_register, place_id, group)
    practitioner.do(groups.put_on_register, place_id, group)
    practitioner.round()
    keeper.round()

    assert keeper.families() == (group,)
    assert [each.code for each in keeper.do(registering.catalogue).activities] == [group]
    (row,) = keeper.do(registering.register, group, DAY).rows
    assert (row.name, row.must_know, row.came) == ("Bee", "Nuts", None)
    with town.network.offline():
        keeper.do(registering.keep_register, group, DAY, {row.person_id: True})
        keeper.do(registering.keep_register, group, DAY, {row.person_id: True})
        assert keeper.try_round()
        assert len(keeper.vault.sealed) == len(keeper.waiting()) == 1
        with pytest.raises(InputError):
            keeper.note("Pretend note", group)
    keeper.round()
    practitioner.round()

    (link,) = practitioner.do(groups.links, family)
    assert (link.person, link.is_up_to_date, link.came) == (child.name, True, "came 1 of 1 times, last Today")
    held = keeper.read(lambda c: records.ids_of_family(c, family))
    assert held == []
    practitioner.change(place_id, until="2026-11-30")
    assert not practitioner.do(groups.links, family)[0].is_up_to_date
    practitioner.do(groups.put_on_register, place_id, group)
    practitioner.round()
    keeper.round()
    assert keeper.do(registering.register, group, "2026-12-01").rows == ()
