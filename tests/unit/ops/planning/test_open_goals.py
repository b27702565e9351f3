"""A fourth goal waits until one has ended; what two laptops made four of can still be mended and ended."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.drafts import drafting, finishing
from sf_desktop.ops.household import people
from sf_desktop.ops.office import Office
from sf_desktop.ops.reading.linked import linked_records
from sf_desktop.store.rounds import inbox
from sf_desktop.store.tables import records
from sf_record.errors import InputError
from sf_record.record import Record
from tests.builders.offices import answer

THREE = 3


def goal(want: str) -> dict[str, Any]:
    return {"want": want, "started_on": "2026-11-20"}


def refused(office: Office, family_id: str) -> tuple[str, ...]:
    with pytest.raises(InputError) as refusal:
        writing.create(office, "goal", family_id, goal("Pretend garden"))
    return tuple(each.field for each in refusal.value.fields)


@pytest.fixture
def goals(office: Office, family_id: str) -> list[Record]:
    found = records.of_family(office.connection, family_id, ("goal",))
    assert len(found) == THREE
    return found


def test_a_fourth_goal_is_refused_until_one_has_ended(office: Office, family_id: str, goals: list[Record]) -> None:
    assert refused(office, family_id) == ("want",)
    writing.change(office, goals[0].id, {**goals[0].body, "ended_on": "2026-11-21", "how": "reached"})
    made = writing.create(office, "goal", family_id, goal("Pretend garden"))
    assert linked_records(office, family_id, "goal_score")["goal"][0].id == made.record_id


def test_one_entered_in_error_does_not_count(office: Office, family_id: str, goals: list[Record]) -> None:
    writing.enter_in_error(office, goals[0].id, "Pretend slip")
    writing.create(office, "goal", family_id, goal("Pretend garden"))
    assert len(linked_records(office, family_id, "goal_score")["goal"]) == THREE


def test_the_draft_of_a_fourth_is_kept_with_what_to_mend(office: Office, family_id: str, goals: list[Record]) -> None:
    draft = drafting.begin(office, "goal", family_id, goal("Pretend garden"))
    (problem,) = finishing.problems(office, draft.id, sign=False)
    assert problem.field == "want"
    with pytest.raises(InputError):
        people.save_person(office, draft.id)
    assert drafting.get(office, draft.id).body["want"] == "Pretend garden"


def test_of_four_that_two_laptops_made_each_can_be_mended_and_ended(
    office: Office, family_id: str, goals: list[Record]
) -> None:
    fourth = replace(goals[0], id=office.new_id(), seq=goals[0].seq + 1_000, body=goal("Pretend garden"))
    inbox.apply(office.connection, answer((fourth,), families=()))
    assert refused(office, family_id) == ("want",)
    writing.change(office, fourth.id, {**fourth.body, "want": "A pretend garden"})
    writing.change(office, goals[1].id, {**goals[1].body, "ended_on": "2026-11-21", "how": "dropped"})
    assert refused(office, family_id) == ("want",)
