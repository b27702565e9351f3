"""The file of one family is written whole, or nothing of it: by a supervisor, for somebody of the team."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sf_desktop.ops.bringing_in.new_file import Begun, keep_begun, new_file, open_file, throw_away
from sf_desktop.ops.drafts.begun import begun as to_seal
from sf_desktop.ops.drafts.drafting import take_back
from sf_desktop.ops.drafts.unfinished import unfinished
from sf_desktop.ops.families.families import family_ids
from sf_desktop.ops.household.duplicates import Looking, look_on
from sf_desktop.ops.household.people import people
from sf_desktop.ops.office import Me, Office
from sf_desktop.ops.worker.today import draft_rows
from sf_desktop.store.queries import entries
from sf_desktop.store.tables import places, records
from sf_record.configuration import WorkerName
from sf_record.description import Role
from sf_record.errors import InputError
from tests.builders.offices import an_id

FAMILY = {"name": "Pretend family Sandpiper", "address": "1 Pretend Lane", "postcode": "ZZ1 1AA"}
PERSON = {"role": "parent", "given_name": "Pretend Robin", "family_name": "Pretend-Sandpiper"}


@pytest.fixture
def boss(office: Office, seed: random.Random) -> Office:
    """The office of a supervisor with one colleague in the team, and one in another."""
    team = office.me.worker.team_id
    workers = tuple(
        WorkerName(id=an_id(seed), name=name, role="practitioner", team_id=team_id)
        for name, team_id in (("P. Colleague", team), ("P. Other", an_id(seed)))
    )
    me = Me(replace(office.me.worker, role=Role.SUPERVISOR), "S. Example", office.me.device_id)
    return replace(office, me=me, configuration=replace(office.configuration, workers=workers))


def begun(boss: Office, **given: Mapping[str, Any]) -> Begun:
    allocation = {"worker": boss.configuration.workers[0].id, "began_on": boss.today().isoformat()}
    return {"family": FAMILY, "person": PERSON, "allocation": allocation, **given}


def wrong(boss: Office, **given: Mapping[str, Any]) -> list[str]:
    with pytest.raises(InputError) as told:
        open_file(boss, boss.new_id(), begun(boss, **given))
    assert family_ids(boss) == ()
    return [each.field for each in told.value.fields]


def test_it_is_allocated_first_then_named_then_has_its_first_person(boss: Office) -> None:
    family_id = new_file(boss).family_id
    assert open_file(boss, family_id, begun(boss)).record_id == family_id
    found = records.of_family(boss.connection, family_id, ("allocation", "family", "person"))
    events = sorted(
        (each.number, each.event.kind) for record in found for each in entries.of_record(boss.connection, record.id)
    )
    assert [kind for _, kind in events] == ["allocation", "family", "person"]
    assert [each.name for each in people(boss, family_id)] == ["Pretend Robin Pretend-Sandpiper"]
    with pytest.raises(InputError) as told:
        open_file(boss, family_id, begun(boss))
    assert told.value.code == "family_here_already"


def test_it_is_given_from_the_day_that_was_written(boss: Office) -> None:
    since = (boss.today() - timedelta(days=3)).isoformat()
    allocation = {"worker": boss.configuration.workers[0].id, "began_on": since}
    done = open_file(boss, boss.new_id(), begun(boss, allocation=allocation))
    (allocated,) = records.of_family(boss.connection, done.record_id, ("allocation",))
    assert allocated.body == {"worker": allocation["worker"], "role": "lead", "began_on": since}


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_written(boss: Office) -> None:
    team, other = boss.configuration.workers
    tomorrow = (boss.today() + timedelta(days=1)).isoformat()
    assert wrong(boss, family={}, person={}, allocation={}) == ["name", "role", "worker", "began_on"]
    assert wrong(boss, allocation={"worker": other.id, "began_on": tomorrow}) == ["worker", "began_on"]
    assert wrong(boss, allocation={"worker": team.id, "began_on": "31/2"}) == ["began_on"]
    assert wrong(boss, person={"role": "unborn"}) == ["expected_on"]


def test_only_a_supervisor_opens_one(boss: Office, office: Office) -> None:
    assert not new_file(office).may_open
    with pytest.raises(InputError) as told:
        open_file(office, office.new_id(), begun(boss))
    assert told.value.code == "may_not_open_files"
    assert family_ids(office) == ()


def test_what_is_begun_is_kept_until_it_is_opened_also_while_other_files_leave(boss: Office) -> None:
    family_id = new_file(boss).family_id
    keep_begun(boss, family_id, {"family": FAMILY})
    places.forget(boss.connection)
    assert (new_file(boss).family_id, new_file(boss).begun) == (family_id, {"family": FAMILY})
    open_file(boss, family_id, begun(boss))
    assert new_file(boss).begun == {}


def test_what_is_begun_stands_among_the_drafts_and_is_taken_back_beside_another(boss: Office) -> None:
    first = new_file(boss).family_id
    keep_begun(boss, first, {"family": FAMILY, "person": PERSON})
    (draft,) = unfinished(boss).begun
    assert (draft.label, draft.family) == ("New family file", FAMILY["name"])
    assert draft.beginning == "Pretend Robin Pretend-Sandpiper · 1 Pretend Lane"
    assert [(each.kind_label, each.family_name) for each in draft_rows(boss)] == [("New family file", FAMILY["name"])]
    assert len(list(to_seal(boss))) == 1
    throw_away(boss, first, {"family": FAMILY})
    assert new_file(boss).begun == {}
    assert [each.family for each in unfinished(boss).thrown_away] == [FAMILY["name"]]
    second = new_file(boss).family_id
    keep_begun(boss, second, {"person": PERSON})
    take_back(boss, first)
    assert new_file(boss, first).begun == {"family": FAMILY}
    assert new_file(boss, second).begun == {"person": PERSON}
    assert {each.family for each in unfinished(boss).begun} == {FAMILY["name"], "not named yet"}
    keep_begun(boss, second, {})
    assert [each.draft.id for each in unfinished(boss).begun] == [first]


def test_somebody_known_is_found_before_there_is_a_file(boss: Office) -> None:
    open_file(boss, boss.new_id(), begun(boss, person={**PERSON, "lives_here": True}))
    home = {"address": "1, Pretend Lane", "postcode": "ZZ11AA"}
    looked = look_on(boss, Looking("", {**PERSON, "addresses": [home]}))
    assert [each.why for each in looked.found] == [("the same name", "the same address")]
