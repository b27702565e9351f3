"""A person recorded twice is read once wherever a family file is read; taken apart, all is as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.deadlines import due
from sf_desktop.ops.families import family
from sf_desktop.ops.household import maps, people
from sf_desktop.ops.household.maps import GENOGRAM
from sf_desktop.ops.office import Me, Office
from sf_desktop.ops.printing import papers
from sf_desktop.ops.printing.papers import Wanted
from sf_desktop.ops.reading import merging, timeline
from sf_desktop.ops.visiting import visits
from sf_desktop.store.queries.timelines import TimelineFilter
from sf_desktop.store.tables import records
from sf_desktop.store.tables.lists import Lists
from sf_record.description import Role
from sf_record.errors import InputError, SfError
from sf_record.rules.sameness import KIND
from tests.builders.written import write_note


@pytest.fixture
def boss(office: Office, family_id: str) -> Office:
    """The same laptop in the hands of a supervisor."""
    worker = replace(office.me.worker, role=Role.SUPERVISOR)
    return replace(office, me=Me(worker, "S. Example", office.me.device_id))


@pytest.fixture
def twice(boss: Office, family_id: str) -> tuple[str, str]:
    """The first child, and a second record of the child on which a note, a status and a rule about contact hang."""
    child = people.children_of(boss, family_id)[0]
    body = {"role": "child", "given_name": "Pretend-twin-record", "restriction": "Not with the neighbour"}
    other = writing.create(boss, "person", family_id, body).record_id
    writing.create(
        boss, "status_episode", family_id, {"person": other, "status": "CLA", "began_on": "2026-01-01"}
    )  # fmt: skip
    note = {
        "type": "note",
        "subject": "About her",
        "text": "Pretend words",
        "happened_at": boss.now(),
        "about": [other],
    }
    write_note(boss, family_id, note)
    return child.id, other


def merge(boss: Office, family_id: str, duplicate: str, kept: str) -> str:
    return writing.create(
        boss, KIND, family_id, {"duplicate": duplicate, "kept": kept, "reason": "Same NHS number"}
    ).record_id  # fmt: skip


def state(office: Office, family_id: str) -> object:
    """Everything that a worker reads of the family file, apart from the merge itself."""
    listed = timeline.timeline_ids(office, family_id)
    return (
        people.people(office, family_id), maps.draw(office, family_id, GENOGRAM).picture.lines,
        family.open_family(office, family_id).dues, visits.start_visit(office, family_id).body["children"],
        tuple(each for each in listed if records.get(office.connection, each).kind != KIND),  # type: ignore[union-attr]
        tuple(due.tasks_of_family(office, family_id)),
    )  # fmt: skip


def test_the_two_are_read_as_one_and_apart_again_exactly_as_before(
    boss: Office, family_id: str, twice: tuple[str, str]
) -> None:
    child, other = twice
    before = state(boss, family_id)
    written = {each: records.get(boss.connection, each) for each in records.ids_of_family(boss.connection, family_id)}
    merged = merge(boss, family_id, other, child)
    view = next(each for each in people.people(boss, family_id) if each.id == child)
    assert other not in {each.id for each in people.people(boss, family_id)}
    assert view.also == (other,)
    assert "CLA" in {each.code for each in view.statuses}
    assert view.restriction == "Not with the neighbour"
    assert other not in {spot.id for spot in maps.draw(boss, family_id, GENOGRAM).picture.spots}
    assert [each["person"] for each in visits.start_visit(boss, family_id).body["children"]].count(child) == 1
    about = timeline.timeline_ids(boss, family_id, TimelineFilter(person_id=child))
    assert any(records.get(boss.connection, each).body.get("subject") == "About her" for each in about)  # type: ignore[union-attr]
    for each, record in written.items():
        assert records.get(boss.connection, each) == record  # nothing was rewritten
    writing.enter_in_error(boss, merged, "They are two")
    assert state(boss, family_id) == before


def test_both_records_stay_readable_by_their_names(boss: Office, family_id: str, twice: tuple[str, str]) -> None:
    child, other = twice
    merge(boss, family_id, other, child)
    note = next(
        each
        for each in records.of_family(boss.connection, family_id, ("note",))
        if each.body.get("subject") == "About her"
    )
    name = next(each.name for each in people.people(boss, family_id) if each.id == child)
    assert name in papers.preview(boss, Wanted("record", family_id, note.id)).paper.words()
    assert "Pretend-twin-record" in papers.preview(boss, Wanted("record", family_id, other)).paper.words()


def test_a_note_about_the_other_record_may_be_changed_and_keeps_whom_it_names(
    boss: Office, family_id: str, twice: tuple[str, str]
) -> None:
    child, other = twice
    merge(boss, family_id, other, child)
    found = records.of_family(boss.connection, family_id, ("status_episode",))
    episode = next(each for each in found if each.body["status"] == "CLA")
    whole = writing.found(boss, episode.id).body
    assert (episode.body["person"], whole["person"]) == (child, other)
    writing.change(boss, episode.id, {**whole, "legal_status": "V2"})
    assert writing.found(boss, episode.id).body == {**whole, "legal_status": "V2"}


def test_a_record_entered_in_error_afterwards_takes_nobody_with_it(
    boss: Office, family_id: str, twice: tuple[str, str]
) -> None:
    child, other = twice
    merge(boss, family_id, other, child)
    writing.enter_in_error(boss, child, "Never lived here")
    assert other in {each.id for each in people.people(boss, family_id)}  # the other record stands for itself again
    assert child not in {each.id for each in people.people(boss, family_id)}


def test_what_is_due_is_the_same_read_file_by_file_or_all_at_once(
    boss: Office, family_id: str, twice: tuple[str, str]
) -> None:
    child, other = twice
    merge(boss, family_id, child, other)  # the one that is kept has no date of birth and no other status
    assert next(each for each in people.people(boss, family_id) if each.id == other).born_on
    lists = Lists(boss.connection)
    at_once = due.tasks_of_all(boss, due.children_of_all(boss, [family_id], lists), lists)
    assert at_once
    assert at_once == due.tasks_of_family(boss, family_id)
    assert {each.child_id for each in at_once} >= {other}
    assert child not in {each.child_id for each in at_once}


def test_what_the_two_say_differently_is_shown_before(boss: Office, family_id: str, twice: tuple[str, str]) -> None:
    child, other = twice
    found = {each.label: each for each in merging.differences(boss, other, child)}
    assert found["First names"].duplicate == "Pretend-twin-record"
    assert found["Date of birth"].duplicate == "Not recorded"
    assert "In this family" not in found
    assert merging.differences(boss, child, child) == ()
    assert merging.differences(boss, child, boss.new_id()) == ()


def test_the_same_record_is_not_merged_twice_nor_with_itself(
    boss: Office, family_id: str, twice: tuple[str, str]
) -> None:
    child, other = twice
    for duplicate, kept, field in ((child, child, "kept"), (other, child, "")):
        if field:
            with pytest.raises(InputError) as told:
                merge(boss, family_id, duplicate, kept)
            assert [each.field for each in told.value.fields] == [field]
        else:
            merge(boss, family_id, duplicate, kept)
    with pytest.raises(InputError):
        merge(boss, family_id, child, other)


def test_a_practitioner_may_not(office: Office, boss: Office, family_id: str, twice: tuple[str, str]) -> None:
    child, other = twice
    assert not merging.people_together(office, family_id).may_merge
    assert merging.people_together(boss, family_id).may_merge
    with pytest.raises(SfError) as told:
        merge(office, family_id, other, child)
    assert told.value.code == "not_allowed"
