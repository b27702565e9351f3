"""Whoever may be known already is told with why, from files that the worker may see; nobody is kept from saving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sf_desktop.ops import writing
from sf_desktop.ops.drafts.drafting import save
from sf_desktop.ops.household import people
from sf_desktop.ops.household.duplicates import Alike, Looking, look_on
from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Office
from sf_desktop.store.tables import families
from sf_record.record import Record

MARY = {"role": "child", "given_name": "Kathryn", "family_name": "Pretend-Quillfeather", "born_on": "2019-04-03"}


@pytest.fixture
def elsewhere(office: Office, held: tuple[Record, ...]) -> str:
    """The family file in which she is already."""
    family_ids = list(dict.fromkeys(each.family_id for each in held))
    writing.create(office, "person", family_ids[1], {**MARY, "lives_here": True, "nhs_number": "943 476 5870"})
    return family_ids[1]


def alike(office: Office, family_id: str, body: Mapping[str, Any], person_id: str = "") -> tuple[Alike, ...]:
    looking = Looking(family_id, body, person_id)
    while not looking.is_done:
        looking = look_on(office, looking)
    return looking.found


def found(office: Office, family_id: str, **body: Any) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.name, each.why) for each in alike(office, family_id, body)]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (MARY, ("the same name", "the same date of birth")),
        ({**MARY, "given_name": "Kathrin"}, ("nearly the same name", "the same date of birth")),
        ({**MARY, "given_name": "Catherine"}, ("a name that sounds the same", "the same date of birth")),
        ({**MARY, "family_name": "Pretend-Other"}, ("a first name that sounds the same", "the same date of birth")),
        ({**MARY, "born_on": "2019-03-04"}, ("the same name", "nearly the same date of birth")),
        ({**MARY, "born_on": "2019"}, ("the same name",)),
        ({**MARY, "born_on": ""}, ("the same name",)),
        ({"given_name": "Zed", "nhs_number": "9434765870"}, ("the same NHS number",)),
    ],
)
def test_who_may_be_the_same_is_told_with_why(
    office: Office, family_id: str, elsewhere: str, body: dict[str, Any], why: tuple[str, ...]
) -> None:
    assert ("Kathryn Pretend-Quillfeather", why) in found(office, family_id, **body)


def test_somebody_who_is_known_as_something_else_is_told_with_the_name_that_was_typed(
    office: Office, family_id: str, held: tuple[Record, ...]
) -> None:
    family_ids = list(dict.fromkeys(each.family_id for each in held))
    writing.create(office, "person", family_ids[1], {**MARY, "known_as": "Kit"})
    assert ("Kit Pretend-Quillfeather (Kathryn)", ("the same name", "the same date of birth")) in found(
        office, family_id, **MARY
    )


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"given_name": "", "family_name": "Pretend-Quillfeather"},
        {**MARY, "born_on": "1971-11-30"},  # the mother of the same name
        {**MARY, "given_name": "Tom"},
        {"given_name": "Kathryn"},
        {**MARY, "given_name": "Tess", "born_on": "12/0"},  # half typed
    ],
)
def test_who_is_not_is_not_told(office: Office, family_id: str, elsewhere: str, body: dict[str, Any]) -> None:
    assert not found(office, family_id, **body)


def test_the_same_house_counts_across_family_files(office: Office, family_id: str, elsewhere: str) -> None:
    family = writing.found(office, elsewhere).body
    home = {"type": "home", "address": family["address"], "postcode": str(family["postcode"]).lower()}
    assert found(office, family_id, **{**MARY, "born_on": "", "addresses": [home]}) == [
        ("Kathryn Pretend-Quillfeather", ("the same name", "the same address"))
    ]


def test_one_is_not_told_of_oneself(office: Office, family_id: str) -> None:
    child = people.children_of(office, family_id)[0]
    body = writing.found(office, child.id).body
    assert child.id in {each.id for each in alike(office, family_id, body)}
    assert child.id not in {each.id for each in alike(office, family_id, body, child.id)}


def test_nobody_is_told_from_a_file_that_leaves(office: Office, family_id: str, elsewhere: str) -> None:
    office.connection.execute("UPDATE family_cursor SET released = 'moved' WHERE family_id = ?", (elsewhere,))
    assert not found(office, family_id, **MARY)


def test_whose_names_were_shown_is_noted_and_nothing_that_was_typed(
    office: Office, family_id: str, elsewhere: str
) -> None:
    looks = office.tx.looks  # type: ignore[attr-defined]
    looks.clear()
    found(office, family_id, given_name="Nobody-of-this-name", family_name="Pretend")
    assert not looks
    found(office, family_id, **MARY)
    assert [(each.what, each.ids) for each in looks] == [(Look.SEARCHED, (elsewhere,))]


def test_no_more_than_some_files_are_looked_through_in_one_go_and_none_is_left_out(
    office: Office, family_id: str, elsewhere: str
) -> None:
    looks = office.tx.looks  # type: ignore[attr-defined]
    looks.clear()
    looking, times = Looking(family_id, MARY, at_once=1), 0
    while not looking.is_done:
        assert not looks  # nobody is shown before all were looked through
        looking, times = look_on(office, looking), times + 1
    assert times == len(families.standings(office.connection)) > 1
    assert [each.family_id for each in looking.found] == [elsewhere]
    assert [(each.what, each.ids) for each in looks] == [(Look.SEARCHED, (elsewhere,))]


def test_nobody_is_kept_from_saving(office: Office, family_id: str, elsewhere: str) -> None:
    draft = people.start_person(office, family_id)
    save(office, draft.id, dict(MARY))
    assert found(office, family_id, **MARY)
    assert people.save_person(office, draft.id).record_id == draft.id
