"""Two records of one person are read as one, and taken apart they stand exactly as they did, whatever was said when."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sf_record.description import Role
from sf_record.events import Action, Event
from sf_record.record import InError, Record
from sf_record.rules.permissions import Standing, Worker, may_do
from sf_record.rules.sameness import KIND, one_for_another, read_as_one
from sf_record.rules.validation import problems_among

AT = "2026-11-23T09:00:00.000000Z"
MISTAKE = InError(by="w", at=AT, reason="They are two")


def record(kind: str, id_: str, **body: Any) -> Record:
    return Record(id=id_, family_id="f", kind=kind, seq=1, author_id="w", written_at=AT, body=body)


def said(id_: str, duplicate: str, kept: str) -> Record:
    return record(KIND, id_, duplicate=duplicate, kept=kept, reason="Same NHS number")


def test_one_stands_for_the_other_and_chains_lead_to_the_last() -> None:
    assert one_for_another([said("1", "a", "b")], ()) == {"a": "b"}
    assert one_for_another([said("1", "a", "b"), said("2", "b", "c")], ()) == {"a": "c", "b": "c"}


def test_either_way_round_at_once_the_older_record_stands() -> None:
    both = [said("1", "b", "a"), said("2", "a", "b")]
    assert one_for_another(both, ()) == one_for_another(both[::-1], ()) == {"b": "a"}


def test_one_record_said_to_be_two_others_makes_them_all_one() -> None:
    assert one_for_another([said("1", "a", "c"), said("2", "a", "b")], ()) == {"a": "b", "c": "b"}


def test_what_was_taken_apart_and_who_is_entered_in_error_counts_for_nothing() -> None:
    assert one_for_another([replace(said("1", "a", "b"), in_error=MISTAKE)], ()) == {}
    assert one_for_another([said("1", "a", "b")], {"b"}) == {}  # nobody vanishes with a record entered in error
    assert one_for_another([said("1", "a", "b")], {"a"}) == {"a": "b"}


PEOPLE = [
    record("person", "a", role="child", given_name="Kathryn", born_on="2019-04-03", restriction="Not with Fergus",
           needs="Asthma.", disability=["HEAR"], addresses=[{"type": "home", "address": "1"}]),
    record("person", "b", role="child", given_name="Catherine", language="Polish", restriction="Supervised only",
           needs="Peanuts: allergic.", disability=["NONE"], addresses=[{"type": "post", "address": "2"}]),
]  # fmt: skip
OTHERS = [
    record(
        "visit", "v", present=["a", "b", "m"], children=[{"person": "a", "seen": True}, {"person": "b"}], type="planned"
    ),
    record("relationship", "r", person="m", type="mother", to_person="a"),
    record("relationship", "s", person="a", type="sibling", to_person="b"),
    record("status_episode", "e", person="a", status="CP"),
    record("hovercraft", "h", person="a"),
    said("z", "a", "b"),
]
STANDS = {"a": "b"}


def test_people_are_read_once_with_what_only_the_other_record_says() -> None:
    (person,) = read_as_one(PEOPLE, STANDS)
    assert person.id == "b"
    assert person.body["given_name"] == "Catherine"
    assert person.body["born_on"] == "2019-04-03"
    assert person.body["disability"] == ["NONE"]  # an answer of its own
    assert [each["address"] for each in person.body["addresses"]] == ["2", "1"]
    assert person.body["restriction"] == "Supervised only; Not with Fergus"  # neither may be overlooked
    assert person.body["needs"] == "Peanuts: allergic.\n\nAsthma."


def test_references_are_read_as_those_to_the_record_that_stands() -> None:
    read = {each.id: each.body for each in read_as_one(OTHERS, STANDS)}
    assert read["v"]["present"] == ["b", "m"]
    assert [each["person"] for each in read["v"]["children"]] == ["b", "b"]
    assert read["r"]["to_person"] == "b"
    assert read["e"]["person"] == "b"
    assert read["h"] == {"person": "a"}  # a newer program's: not known here, not touched
    assert read["z"] == OTHERS[-1].body
    assert "s" not in read  # nobody is their own brother or sister


def test_a_duplicate_entered_in_error_gives_nothing_and_stays_readable() -> None:
    gone = replace(PEOPLE[0], in_error=MISTAKE)
    read = read_as_one([gone, PEOPLE[1]], STANDS)
    assert read == [gone, PEOPLE[1]]


@given(
    st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), max_size=6),
    st.sets(st.sampled_from("abcde")),
)
def test_whatever_was_said_everybody_is_read_once_and_apart_again_as_before(
    pairs: list[tuple[str, str]], gone: set[str]
) -> None:
    people = [record("person", each, given_name=each) for each in "abcde"]
    merges = [said(str(number), one, other) for number, (one, other) in enumerate(pairs) if one != other]
    stands = one_for_another(merges, gone)
    assert not set(stands) & set(stands.values())  # nobody stands for others and is read with another
    read = {each.id for each in read_as_one(people, stands)}
    assert read == set("abcde") - set(stands)
    assert {stands.get(each, each) for each in "abcde"} == read  # nobody is lost
    apart = [replace(each, in_error=MISTAKE) for each in merges]
    assert read_as_one([*people, *OTHERS], one_for_another(apart, gone)) == [*people, *OTHERS]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"duplicate": "c", "kept": "d"}, set()),
        ({"duplicate": "b", "kept": "c"}, set()),
        ({"duplicate": "a", "kept": "c"}, {"duplicate"}),
        ({"duplicate": "b", "kept": "a"}, {"kept"}),
    ],
)
def test_nothing_goes_in_a_circle(body: dict[str, Any], fields: set[str]) -> None:
    standing = [{"duplicate": "a", "kept": "b", "reason": "x"}]
    assert {each.field for each in problems_among(KIND, {**body, "reason": "y"}, standing)} == fields


@pytest.mark.parametrize("action", [Action.CREATE, Action.ENTER_IN_ERROR])
def test_only_supervisors_merge_and_take_apart(action: Action) -> None:
    event = Event(
        id="e", action=action, family_id="f", record_id="z", kind=KIND, author_id="w", device_id="d", written_at=AT
    )
    kept = None if action is Action.CREATE else OTHERS[-1]
    assert may_do(Worker("w", Role.SUPERVISOR, "t"), Standing.TEAM, event, kept) is None
    assert may_do(Worker("w", Role.PRACTITIONER, "t"), Standing.ALLOCATED, event, kept) == "not_allowed"
