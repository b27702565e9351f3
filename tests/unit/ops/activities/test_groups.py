"""A group's register on the laptop: told of a place once, with no more than it needs, and kept day by day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.activities import groups, registering
from sf_desktop.ops.drafts import drafting
from sf_desktop.ops.leaving.laptop import on_this_laptop
from sf_desktop.ops.office import Me, Office
from sf_desktop.ops.worker.ready import ready_on
from sf_desktop.ops.worker.today import today
from sf_desktop.store.rounds import release
from sf_desktop.store.tables import records
from sf_record.description import Role
from sf_record.errors import InputError
from sf_record.events import Action
from sf_record.record import Record
from sf_record.rules.permissions import Worker
from tests.builders.groups import a_group
from tests.builders.written import save_unsigned

DAY = "2026-11-23"


@pytest.fixture
def group_id(office: Office, held: tuple[Record, ...]) -> str:
    return a_group(office, "cooking", "Pretend Friday group")


def of_centre(office: Office) -> Office:
    return replace(office, me=Me(Worker(office.new_id(), Role.CENTRE, None), "Pretend keeper", office.me.device_id))


def told(office: Office, family_id: str, group_id: str) -> Record:
    (link,) = groups.links(office, family_id)
    groups.put_on_register(office, link.place_id, group_id)
    (member,) = records.of_family(office.connection, group_id, ("group_member",))
    return member


def test_the_group_is_told_a_first_name_an_age_group_and_what_it_must_know(
    office: Office, family_id: str, group_id: str
) -> None:
    member = told(office, family_id, group_id)
    assert set(member.body) == {"called", "age_group", "must_know", "since"}
    assert member.body["must_know"] == "Nuts bring out a rash"
    assert "Pretend-" not in str(member.body)
    assert family_id not in str(member)


def test_what_nobody_agreed_to_tell_is_not_told(office: Office, family_id: str, group_id: str) -> None:
    (place,) = records.of_family(office.connection, family_id, ("activity_place",))
    body = {name: value for name, value in place.body.items() if name != "must_know"}
    writing.change(office, place.id, {**body, "may_tell": False})
    assert "must_know" not in told(office, family_id, group_id).body


def test_telling_it_again_changes_one_record_and_only_where_something_changed(
    office: Office, family_id: str, group_id: str
) -> None:
    member = told(office, family_id, group_id)
    (link,) = groups.links(office, family_id)
    assert link.is_up_to_date
    (place,) = records.of_family(office.connection, family_id, ("activity_place",))
    writing.change(office, place.id, {**place.body, "called": "Bee"})
    assert not groups.links(office, family_id)[0].is_up_to_date
    assert told(office, family_id, group_id).id == member.id
    assert groups.links(office, family_id)[0].is_up_to_date


def test_two_registers_of_one_day_become_one_and_whoever_was_not_shown_stays(
    office: Office, family_id: str, group_id: str
) -> None:
    member = told(office, family_id, group_id)
    other = writing.create(office, "group_member", group_id, {"called": "Wren", "since": DAY}).record_id
    for marks in (
        [{"member": member.id, "came": False}],
        [{"member": member.id, "came": False}, {"member": other, "came": True}],
        [{"member": other, "came": False}],
    ):
        writing.create(office, "group_session", group_id, {"held_on": DAY, "marks": marks})
    assert [
        each.is_disputed for each in registering.register(office, group_id, DAY).rows if each.person_id == other
    ] == [True]
    (link,) = groups.links(office, family_id)
    assert link.came == "came 0 of 1 times"
    registering.keep_register(office, group_id, DAY, {member.id: True})
    rows = registering.register(office, group_id, DAY).rows
    assert {each.person_id for each in rows if each.is_disputed} == {other}  # of whom nobody has said it yet
    registering.keep_register(office, group_id, DAY, {member.id: True, other: True})
    kept = records.of_kind(office.connection, "group_session")
    assert [{row["member"]: row["came"] for row in each.body["marks"]} for each in kept] == [
        {member.id: True, other: True}
    ]
    assert [each.came for each in registering.register(office, group_id, DAY).rows] == [True, True]
    registering.keep_register(office, group_id, DAY, {member.id: None, other: None})
    assert records.of_kind(office.connection, "group_session") == []


def test_marking_alike_what_stands_joins_two_registers_of_one_day_and_loses_nobody(
    office: Office, family_id: str, group_id: str
) -> None:
    member = told(office, family_id, group_id)
    other = writing.create(office, "group_member", group_id, {"called": "Wren", "since": DAY}).record_id
    for who in (member.id, other):
        body = {"held_on": DAY, "marks": [{"member": who, "came": True}]}
        writing.create(office, "group_session", group_id, body)
    registering.keep_register(office, group_id, DAY, {member.id: True})
    (session,) = records.of_kind(office.connection, "group_session")
    assert {each["member"] for each in session.body["marks"]} == {member.id, other}


def test_a_mark_of_a_group_that_was_taken_away_is_taken_away_before_the_group_leaves(
    office: Office, family_id: str, group_id: str
) -> None:
    member = told(office, family_id, group_id)
    other = writing.create(office, "group_member", group_id, {"called": "Wren", "since": DAY}).record_id
    registering.keep_register(office, group_id, DAY, {member.id: True, other: True})
    registering.keep_unsaved(office, {f"{group_id}|{DAY}": {member.id: None}})
    (sealed,) = registering.would_send(office, f"{group_id}|{DAY}", {member.id: None})
    assert sealed.fields == {"marks": [{"member": other, "came": True}]}
    assert release.waits(office.connection, group_id).registers == 1
    registering.save_marks_of(office, group_id)
    assert {each.person_id: each.came for each in registering.register(office, group_id, DAY).rows} == {
        member.id: None,
        other: True,
    }
    assert release.waits(office.connection, group_id).registers == 0
    (emptied,) = registering.would_send(office, f"{group_id}|{DAY}", {member.id: None, other: None})
    assert emptied.action is Action.ENTER_IN_ERROR


def test_a_keeper_is_offered_groups_only_and_writes_registers_only(
    office: Office, family_id: str, group_id: str
) -> None:
    member = told(office, family_id, group_id)
    keeper = of_centre(office)
    assert [each.code for each in registering.catalogue(keeper).activities] == [group_id]
    registering.keep_register(keeper, group_id, DAY, {member.id: True})
    with pytest.raises(InputError) as refusal:
        writing.change(keeper, member.id, {**member.body, "called": "Pretend"})
    assert refusal.value.code == "not_allowed"


def test_a_group_of_another_activity_is_not_offered(office: Office, family_id: str, held: tuple[Record, ...]) -> None:
    a_group(office, "bumps", "Pretend Thursday group")
    assert groups.links(office, family_id) == ()


def test_what_a_group_must_know_is_for_those_who_run_it_or_have_the_family(
    office: Office, family_id: str, group_id: str
) -> None:
    told(office, family_id, group_id)
    stranger = {"called": "Wren", "since": DAY, "must_know": "Pretend: carries an inhaler"}
    writing.create(office, "group_member", group_id, stranger)

    def known(who: Office, runs: bool = False) -> dict[str, tuple[str, bool]]:
        shown = registering.register(who, group_id, DAY, runs).rows
        return {each.name: (each.must_know, each.is_kept_back) for each in shown}

    before = known(office)
    assert before.pop("Wren") == ("", True)
    assert list(before.values()) == [("Nuts bring out a rash", False)]  # a child of the practitioner's own families
    assert known(office, runs=True)["Wren"] == ("Pretend: carries an inhaler", False)
    assert known(of_centre(office))["Wren"] == ("Pretend: carries an inhaler", False)


def test_what_changes_in_the_family_file_reaches_the_group_by_itself(
    office: Office, family_id: str, group_id: str
) -> None:
    member = told(office, family_id, group_id)
    (place,) = records.of_family(office.connection, family_id, ("activity_place",))
    draft = drafting.begin_change(office, place.id)
    drafting.save(office, draft.id, {**draft.body, "must_know": "Pretend: nuts and eggs"})
    done = save_unsigned(office, draft.id)
    assert writing.found(office, member.id).body["must_know"] == "Pretend: nuts and eggs"
    assert {family_id, group_id} <= done.families
    assert groups.links(office, family_id)[0].is_up_to_date


def test_a_groups_register_is_counted_as_no_familys_file(office: Office) -> None:
    before, here = today(office), on_this_laptop(office)
    a_group(office, "cooking", "Pretend Friday group")
    after = today(office)
    assert (after.families, after.incomplete) == (before.families, before.incomplete)
    assert "Pretend Friday group" not in {each.name for each in ready_on(office).others}
    now = on_this_laptop(office)
    assert len(now.families) == len(here.families) + 1
    assert [each.name for each in now.families if each.is_register] == ["Pretend Friday group"]


def test_whom_a_group_knows_is_not_told_to_it_again_by_another_record_of_theirs(
    office: Office, family_id: str, group_id: str
) -> None:
    (place,) = records.of_family(office.connection, family_id, ("activity_place",))
    body = {"role": "child", "given_name": "Pretend-other"}
    other = writing.create(office, "person", family_id, body).record_id
    again = writing.create(office, "activity_place", family_id, {**place.body, "person": other}).record_id
    boss = replace(office, me=replace(office.me, worker=replace(office.me.worker, role=Role.SUPERVISOR)))
    same = {"duplicate": other, "kept": place.body["person"], "reason": "Same NHS number"}
    merged = writing.create(boss, "same_person", family_id, same).record_id
    assert len(groups.links(office, family_id)) == 1
    told(office, family_id, group_id)
    (link,) = groups.links(office, family_id)
    assert (link.is_known, link.is_twice) == (True, False)
    writing.enter_in_error(boss, merged, "They are two")
    groups.put_on_register(office, again, group_id)
    writing.create(boss, "same_person", family_id, same)
    assert [each.is_twice for each in groups.links(office, family_id)] == [True, True]
    writing.change(office, again, {**writing.found(office, again).body, "until": DAY})
    assert [each.is_twice for each in groups.links(office, family_id)] == [False, False]
