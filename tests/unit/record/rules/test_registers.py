"""What a register says of a person and no more, and what a place and a register must hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sf_desktop.resources import code_sets
from sf_record.kinds.person import Person
from sf_record.rules.registers import age_group, first_names
from sf_record.rules.validation import Rules, problems

ON = date(2026, 11, 24)
ONE, OTHER = "0193a3a1-8c4e-7000-8000-000000000001", "0193a3a1-8c4e-7000-8000-000000000002"


def faults(kind: str, body: dict[str, Any]) -> set[str]:
    return {each.field for each in problems(kind, body, Rules(code_sets(), ON))}


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (Person(role="child", born_on="2026-01-05"), "under 1 year old"),
        (Person(role="child", born_on="2025-11-24"), "1 to 4 years old"),
        (Person(role="child", born_on="2014-11-25"), "5 to 11 years old"),
        (Person(role="child", born_on="2014-11-24"), "12 to 17 years old"),
        (Person(role="child", born_on="2008"), "adult"),
        (Person(role="child"), "age not known"),
        (Person(role="parent"), "adult"),
        (Person(role="parent_to_be", born_on="2009-01-01"), "parent-to-be"),
        (Person(role="unborn", expected_on="2027-01-01"), "not yet born"),
    ],
)
def test_an_age_is_said_as_a_group(person: Person, words: str) -> None:
    assert age_group(person, ON) == words


def test_first_names_are_enough_unless_two_are_alike() -> None:
    people = {
        "a": Person(role="child", given_name="Robin", family_name="Pretend-Alder"),
        "b": Person(role="child", given_name="Robin", family_name="Pretend-Birch", known_as="Rob"),
        "c": Person(role="child", given_name="Wren", family_name="Pretend-Cedar"),
        "d": Person(role="child", given_name="Robin", family_name="Example"),
    }
    assert first_names(people, {"c": "Wrennie"}) == {"a": "Robin P", "b": "Rob", "c": "Wrennie", "d": "Robin E"}


def test_a_group_is_told_only_what_somebody_agreed_to_tell() -> None:
    place = {"activity": "stay_and_play", "person": ONE, "since": "2026-11-01"}
    assert faults("activity_place", place) == set()
    assert faults("activity_place", {**place, "must_know": "Nuts"}) == {"may_tell"}
    assert faults("activity_place", {**place, "must_know": "Nuts", "may_tell": False}) == {"may_tell"}
    assert faults("activity_place", {**place, "must_know": "Nuts", "may_tell": True}) == set()
    assert faults("activity_place", {**place, "until": "2026-10-01"}) == {"until"}


def test_nobody_both_came_and_did_not() -> None:
    kept = {"activity": "stay_and_play", "held_on": "2026-11-24"}
    assert faults("attendance", kept) == {"came"}
    assert faults("attendance", {**kept, "came": [ONE], "away": [ONE]}) == {"away"}
    assert faults("attendance", {**kept, "came": [ONE], "away": [OTHER]}) == set()
