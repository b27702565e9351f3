"""All problems of a body are found at once, and no body that JSON can hold breaks the looking."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sf_desktop.resources import code_sets
from sf_record import body as bodies
from sf_record.ids import is_id, new_id
from sf_record.kinds import KINDS
from sf_record.rules.validation import Rules, problems, to_mend

if TYPE_CHECKING:
    from sf_record.kinds.service import Service

CODES = code_sets()
TODAY = date(2026, 11, 23)
FROM_1970 = st.integers(1, 7_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
JSON: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=8,
)


@st.composite
def kinds_and_bodies(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    kind = draw(st.sampled_from(sorted(KINDS)))
    names = st.sampled_from(sorted(KINDS[kind].by_name))
    return kind, draw(st.dictionaries(names, JSON, max_size=6))


@given(kinds_and_bodies(), st.booleans())
def test_whoever_writes_is_told_of_all_that_is_found_and_of_more_only_with_it(
    drawn: tuple[str, dict[str, Any]], is_signing: bool
) -> None:
    kind, body = drawn
    rules = Rules(CODES, TODAY, is_signing)
    found, told = problems(kind, body, rules), to_mend(kind, body, rules)
    assert set(found) <= set(told)
    assert bool(found) == bool(told)
    assert all(each.field.split(".")[0] in KINDS[kind].by_name for each in told)


def test_what_does_not_fit_together_is_told_with_what_is_missing() -> None:
    """Who had mended all that was named was told of two more things."""
    body = {
        "agency": "Pretend landlord", "what": "Arrears", "reason": "Eviction", "is_lawful": True, "is_necessary": False,
        "power": "s17", "sought": "given", "outcome": "shared", "decided_on": "2026-11-23",
    }  # fmt: skip
    told = to_mend("information_shared", body, Rules(CODES, TODAY, is_signing=True))
    assert [each.field for each in told] == ["is_necessary", "way", "authorised_by"]


@given(kinds_and_bodies(), st.booleans())
def test_no_body_breaks_the_looking(drawn: tuple[str, dict[str, Any]], is_signing: bool) -> None:
    kind, body = drawn
    found = problems(kind, body, Rules(CODES, TODAY, is_signing))
    for each in found:
        assert each.field.split(".")[0] in KINDS[kind].by_name
        assert each.message
    if not found:  # what passes can be read, titled and searched
        record = bodies.read(kind, body)
        assert isinstance(record.title() + record.summary(), str)
        assert isinstance(bodies.search_text(kind, body), str)
        assert bodies.read(kind, bodies.write(record)) == record


def test_all_problems_of_a_visit_are_named_with_their_places() -> None:
    body = {
        "started_at": "yesterday",
        "children": [{"seen": "perhaps"}],
        "observed": "x" * 200_001,
        "type": ["planned"],
    }
    found = {each.field: each.message for each in problems("visit", body, Rules(CODES, TODAY, is_signing=True))}
    assert set(found) == {"type", "place", "started_at", "children.0.person", "children.0.seen", "observed"}
    assert "200,000" in found["observed"]


@pytest.mark.parametrize("text", ["\x00", "a\nb", "x" * 501])
def test_one_line_is_one_line(text: str) -> None:
    body = {"type": "note", "happened_at": "2026-11-23T09:00:00Z", "subject": text}
    assert [each.field for each in problems("note", body, Rules(CODES, TODAY))] == ["subject"]


TOMORROW = datetime(2026, 11, 24, tzinfo=UTC)
TO_COME = Rules(CODES, TODAY, tomorrow=TOMORROW)
BIRTH = {"role": "child", "given_name": "Pretend", "born_on": "2091-04-03"}
BORN_LATE = "Date of birth: this day has not come yet"
NOT_YET = "this day has not come yet"


@pytest.mark.parametrize("born_on", ["2026-11-24", "2026-12", "2027"])
def test_a_birth_still_to_come_is_a_slip(born_on: str) -> None:
    assert [each.message for each in problems("person", {**BIRTH, "born_on": born_on}, TO_COME)] == [BORN_LATE]


@pytest.mark.parametrize("born_on", ["2026-11-23", "2026-11", "2026"])
def test_a_birth_of_today_or_of_this_year_is_none(born_on: str) -> None:
    assert problems("person", {**BIRTH, "born_on": born_on}, TO_COME) == ()


def test_a_child_that_is_expected_has_a_day_to_come() -> None:
    body = {"role": "unborn", "expected_on": "2027-01-30", "restriction_review_on": "2027-02-01"}
    assert problems("person", body, TO_COME) == ()


def test_the_hour_of_today_is_not_held_against_a_clock() -> None:
    for moment, message in (("2026-11-23T23:59:00Z", ()), ("2026-11-24T00:00:00Z", (f"When: {NOT_YET}",))):
        body = {"type": "note", "happened_at": moment, "subject": "Pretend"}
        assert tuple(each.message for each in problems("note", body, TO_COME)) == message


YEARS = "the year must be from 1900 to 2100"


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("service", "until", "9999-12-31"),
        ("service", "until", "2101-01-01"),
        ("service", "since", "1899-12-31"),
        ("person", "born_on", "0019"),
        ("note", "happened_at", "0202-11-23T09:00:00Z"),
        ("planned_visit", "planned_at", "9999-12-31T23:59:00Z"),
    ],
)
def test_a_year_that_no_record_may_name_is_a_slip(kind: str, field: str, value: str) -> None:
    said = [each.message for each in problems(kind, {field: value}, TO_COME) if each.field == field]
    assert [each.rpartition(": ")[2] for each in said] == [YEARS]


def test_a_year_that_stood_so_before_keeps_nobody_from_changing_something_else() -> None:
    before = {"what": "Pretend", "who": [new_id(datetime(2026, 11, 1, tzinfo=UTC), bytes(10))], "since": "0026-11-01"}
    assert problems("service", {**before, "how_often": "Weekly"}, replace(TO_COME, before=before)) == ()
    assert [
        each.field for each in problems("service", {**before, "since": "0025-11-01"}, replace(TO_COME, before=before))
    ]


def test_the_end_of_a_service_and_of_somebody_s_work_with_a_family_may_be_known_before() -> None:
    who = [new_id(datetime(2026, 11, 1, tzinfo=UTC), bytes(10))]
    service = {"what": "Pretend", "who": who, "since": "2026-11-01", "until": "2026-12-18"}
    worker = {"name": "Pretend", "role": "Teacher", "agency": "Pretend School", "until": "2027-07-21"}
    assert problems("service", service, TO_COME) == problems("professional", worker, TO_COME) == ()
    known = cast("Service", bodies.read("service", service))
    assert [known.is_open_on(day) for day in ("2026-12-17", "2026-12-18", "2026-12-19")] == [True, True, False]


def test_rows_are_asked_too() -> None:
    row = {"type": "home", "address": "1 Pretend Street", "began_on": "2027"}  # a move that is known already
    assert problems("person", {"role": "child", "addresses": [row]}, TO_COME) == ()
    told = {"who": "Pretend School", "told_on": "2027-01-01", "how": "phone"}
    found = problems("withdrawal", {"told": [told], "withdrawn_at": "2026-11-23T09:00:00Z"}, TO_COME)
    assert f"Told on: {NOT_YET}" in [each.message for each in found]


def test_what_stood_so_before_keeps_nobody_from_changing_something_else() -> None:
    changed = replace(TO_COME, before=BIRTH)
    assert problems("person", {**BIRTH, "family_name": "Example"}, changed) == ()
    assert [each.field for each in problems("person", {**BIRTH, "born_on": "2091-05"}, changed)] == ["born_on"]
    assert [each.field for each in problems("person", BIRTH, replace(changed, is_signing=True))] == ["born_on"]


def _may_be_future() -> set[str]:
    found = set()
    for kind in KINDS.values():
        for field in kind.fields:
            found |= {f"{kind.name}.{field.name}" for each in (field, *field.rows) if each.may_be_future}
    return found


def test_no_day_on_which_something_happened_may_be_to_come() -> None:
    """What is planned, promised or agreed may lie ahead; when a record happened only where it is itself a plan."""
    plans = {"activity_place", "allocation", "planned_visit", "timescale_override"}
    happened = {f"{each.name}.{each.happened}" for each in KINDS.values() if each.happened and each.name not in plans}
    assert not happened & _may_be_future()
    assert {f"{name}.{KINDS[name].happened}" for name in plans} <= _may_be_future()


def test_what_a_newer_program_wrote_is_not_judged() -> None:
    assert problems("hovercraft", {"eels": object()}, Rules(CODES, TODAY)) == ()
    body = {"type": "note", "happened_at": "2026-11-23T09:00:00Z", "shoe_size": []}
    assert problems("note", body, Rules(CODES, TODAY)) == ()


@given(FROM_1970, st.binary(min_size=10, max_size=10))
def test_ids_are_of_version_7_and_sort_by_time(at: datetime, noise: bytes) -> None:
    made = new_id(at, noise)
    assert is_id(made)
    assert made[14] == "7"
    assert made[19] in "89ab"
    later = new_id(at.replace(year=at.year + 1, day=1), bytes(10))
    assert made[:13] < later[:13]


@pytest.mark.parametrize(
    "text", ["", "x" * 36, "0192A7A2-3280-7000-8000-000000000000", "0192a7a2-3280-7000-8000-00000000000"]
)
def test_what_is_no_id(text: str) -> None:
    assert not is_id(text)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"role": "unborn"}, "expected_on"),
        ({"role": "unborn", "expected_on": "2027-01-30", "sex": "F"}, "sex"),
        ({"role": "child", "disability": ["NONE", "MOB"]}, "disability"),
    ],
)
def test_a_person_whose_answers_do_not_fit_together(body: dict[str, Any], field: str) -> None:
    assert [each.field for each in problems("person", body, Rules(CODES, TODAY))] == [field]


def test_an_unborn_child_needs_no_name() -> None:
    assert problems("person", {"role": "unborn", "expected_on": "2027-01-30", "sex": "U"}, Rules(CODES, TODAY)) == ()
