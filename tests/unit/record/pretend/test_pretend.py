"""Invented families are valid, told apart, the same from the same seed, and as large as a caseload is."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sf_record import pretend
from sf_record.codes import CodeSets
from sf_record.dates import read_moment
from sf_record.description import Role
from sf_record.ids import is_id, new_id
from sf_record.kinds import KINDS
from sf_record.merge import apply
from sf_record.outcomes import Result
from sf_record.record import Record
from sf_record.rules.permissions import Standing, Worker, may_do
from sf_record.rules.validation import Rules, problems

TODAY = date(2026, 11, 23)
CODES = Path(__file__).parents[4] / "resources" / "codes"
GROUPS = {"group", "group_member", "group_session"}  # they lie in files of groups, not of families


def worker(role: Role, number: int) -> Worker:
    return Worker(new_id(datetime(2024, 1, 1, tzinfo=UTC), bytes([number] * 10)), role, "team")


PRACTITIONER, OTHER, SUPERVISOR = worker(Role.PRACTITIONER, 1), worker(Role.PRACTITIONER, 2), worker(Role.SUPERVISOR, 3)
WORKERS = {each.id: each for each in (PRACTITIONER, OTHER, SUPERVISOR)}


def some(count: int = 6, *, seed: int = 1, thick: int = 60, workers=(PRACTITIONER, SUPERVISOR)):
    made = pretend.families(random.Random(seed), count, workers, TODAY, records_per_family=thick)
    return list(made)


def bodies(family: pretend.PretendFamily, kind: str):
    return [record.body for record in pretend.records(family.events) if record.kind == kind]


def test_every_kind_is_there_and_every_body_is_valid() -> None:
    codes = CodeSets.read({path.stem: path.read_text("utf-8") for path in CODES.glob("*.csv")})
    records = [record for family in some() for record in pretend.records(family.events)]
    assert {record.kind for record in records} == set(KINDS) - {
        "attachment",
        "same_person",
        *GROUPS,
    }  # a file cannot be invented from words
    for record in records:
        rules = Rules(codes, TODAY, is_signing=record.signed is not None)
        assert problems(record.kind, record.body, rules) == (), record.kind


def test_its_author_may_do_every_event_in_the_order_it_comes() -> None:
    for family in some():
        held: dict[str, Record] = {}
        for seq, event in enumerate(family.events, 1):
            author = WORKERS[event.author_id]
            standing = Standing.TEAM if author is SUPERVISOR else Standing.ALLOCATED
            record = held.get(event.record_id)
            assert may_do(author, standing, event, record) is None
            applied = apply(record, event, seq)
            assert applied.result in {Result.ACCEPTED, Result.MERGED}, (event.kind, applied.code)
            assert applied.record is not None
            held[event.record_id] = applied.record


def test_the_same_seed_makes_the_same_families_and_another_seed_others() -> None:
    assert some(2) == some(2)
    assert some(2) != some(2, seed=2)


def test_ids_are_ids_and_each_is_used_once() -> None:
    events = [event for family in some() for event in family.events]
    assert all(is_id(event.id) and is_id(event.record_id) and is_id(event.family_id) for event in events)
    assert len({event.id for event in events}) == len(events)


def test_nothing_happens_in_the_future_but_what_is_planned() -> None:
    midnight = datetime.combine(TODAY, datetime.min.time(), UTC)
    assert all(read_moment(event.written_at) < midnight for family in some() for event in family.events)


def test_four_visits_are_planned_for_today_each_after_a_visit_with_open_promises() -> None:
    planned = [
        family
        for family in some(8)
        if any(plan["planned_at"].startswith(TODAY.isoformat()) for plan in bodies(family, "planned_visit"))
    ]
    assert len(planned) == 4
    for family in planned:
        last = max(bodies(family, "visit"), key=lambda visit: visit["started_at"])
        assert any(not action.get("is_done") for action in last["agreed"])


def test_exactly_one_child_on_a_protection_plan_is_overdue() -> None:
    overdue = []
    for family in some(20):
        last = max(date.fromisoformat(visit["started_at"][:10]) for visit in bodies(family, "visit"))
        on_plan = any(each["status"] == "CP" and not each.get("ended_on") for each in bodies(family, "status_episode"))
        if on_plan and TODAY - last > timedelta(days=14):
            overdue.append(family)
    assert len(overdue) == 1


def test_the_first_files_hold_what_a_form_must_be_able_to_show() -> None:
    first, unborn, fostered, warned, interpreted, *_ = some()
    assert any("unsupervised" in person.get("restriction", "") for person in bodies(first, "person"))
    fathers = [each for each in bodies(first, "relationship") if each["type"] == "father"]
    assert len({each["person"] for each in fathers}) == 2
    assert any(each["type"] == "half_sibling" for each in bodies(first, "relationship"))
    assert any(person["role"] == "unborn" and person["sex"] == "U" for person in bodies(unborn, "person"))
    assert any(each["status"] == "CLA" for each in bodies(fostered, "status_episode"))
    assert any(each["type"] == "foster_carer" for each in bodies(fostered, "relationship"))
    assert "dog" in bodies(warned, "family")[0]["warnings"][0]["text"]
    assert bodies(interpreted, "family")[0]["interpreter"]


def test_nobody_can_take_them_for_real() -> None:
    for family in some(20):
        (file,) = bodies(family, "family")
        assert file["name"].startswith("Pretend family ")
        assert file["postcode"].startswith("ZZ")
        for person in bodies(family, "person"):
            assert person["family_name"].startswith("Pretend-")
            numbers = [each["value"] for each in person.get("contacts", ()) if each["way"] in {"mobile", "phone"}]
            assert all(number.startswith(("07700 900", "01632 960")) for number in numbers)


def test_they_are_dealt_out_among_practitioners() -> None:
    dealt = Counter(family.worker_id for family in some(9, thick=5, workers=(PRACTITIONER, OTHER, SUPERVISOR)))
    assert dealt == {PRACTITIONER.id: 5, OTHER.id: 4}
    with pytest.raises(ValueError, match="supervisor"):
        some(1, workers=(PRACTITIONER,))


def test_hundreds_of_families_have_different_names() -> None:
    names = [bodies(family, "family")[0]["name"] for family in some(400, thick=5)]
    assert len(set(names)) == 400


def test_records_come_by_family_file_in_the_order_of_their_numbers() -> None:
    (family,) = some(1)
    seqs = [record.seq for record in pretend.records(family.events)]
    assert seqs == sorted(set(seqs))
    assert seqs[-1] == len(family.events)


def test_a_canary_is_nobody_else() -> None:
    made = pretend.canaries(200)
    assert len({each.mark for each in made}) == 200
    assert all(each.mark in text for each in made for text in (each.name, each.address, each.sentence))
    assert made[:3] == pretend.canaries(3)


def test_notes_are_as_long_as_notes_are() -> None:
    notes = [body for family in some(20, thick=333) for body in bodies(family, "note") if body["type"] == "note"]
    words = sorted(len(note["text"].split()) for note in notes)
    assert 190 < words[len(words) // 2] < 235
    assert 700 < words[len(words) * 95 // 100] < 960
    assert words[-1] <= 2_720
