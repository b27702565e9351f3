"""What comes from outside: bounded, decoded whole, or refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sf_desktop.sync import bodies, checks
from sf_desktop.sync.bodies import UnreadableError
from sf_record.record import Record
from sf_record.wire.rounds import FamilyState, RoundAnswer

FAMILY = "01935808-ec00-70f9-a1cd-c4bb86c32710"
RECORD = "01935808-ec00-7747-b31c-e795cda5f5ea"
STATE = {"family_id": FAMILY, "cursor": 3, "seq": 3, "count": 1, "digest": "0" * 32}
LINE = {
    "id": RECORD, "family_id": FAMILY, "kind": "note", "seq": 3, "author_id": RECORD,
    "written_at": "2026-11-23T09:00:00.000000Z", "body": {},
}  # fmt: skip
GOOD: dict[str, Any] = {"at": "2026-11-23T09:00:00.000000Z", "families": [STATE], "records": [LINE]}


def believe(answer: dict[str, Any], sent: tuple[str, ...] = ()) -> None:
    checks.check_answer(bodies.decode(json.dumps(answer).encode(), RoundAnswer), sent)


def test_a_good_page_is_believed() -> None:
    believe(GOOD)


HOSTILE: dict[str, dict[str, Any]] = {
    "no time": {"at": "yesterday"},
    "a family twice": {"families": [STATE, STATE]},
    "a cursor beyond the file": {"families": [{**STATE, "cursor": 4}]},
    "more records than numbers": {"families": [{**STATE, "count": 9}]},
    "a negative number": {"families": [{**STATE, "cursor": -1}]},
    "a number beyond all reason": {"families": [{**STATE, "seq": 2**60, "cursor": 2**60}]},
    "a digest that is none": {"families": [{**STATE, "digest": "x"}]},
    "an id with a path": {"families": [{**STATE, "family_id": "../../etc"}], "records": []},
    "a record of no family": {"families": []},
    "a record from the future": {"records": [{**LINE, "seq": 4}]},
    "a record without a number": {"records": [{**LINE, "seq": 0}]},
    "a record without a kind": {"records": [{**LINE, "kind": ""}]},
    "an id that is none": {"records": [{**LINE, "id": "1 OR 1=1"}]},
    "an outcome that nobody asked for": {"outcomes": [{"event_id": RECORD, "result": "accepted"}]},
    "a family that comes and goes": {"released": [{"family_id": FAMILY, "reason": "closed"}]},
    "a pack that ends on no day": {"families": [{**STATE, "until": "soon"}]},
    "a hold that ends on no day": {
        "families": [],
        "records": [],
        "released": [{"family_id": FAMILY, "reason": "closed", "hold_until": "9999-99-99T"}],
    },
    "another type": {"records": {}},
    "a body that is a list": {"records": [{**LINE, "body": []}]},
    "an unknown result": {"outcomes": [{"event_id": RECORD, "result": "deleted"}]},
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_is_refused_whole(change: dict[str, Any]) -> None:
    with pytest.raises(UnreadableError):
        believe({**GOOD, **change})


def test_an_outcome_twice_is_refused() -> None:
    outcome = {"event_id": RECORD, "result": "accepted"}
    believe({**GOOD, "outcomes": [outcome]}, (RECORD,))
    with pytest.raises(UnreadableError):
        believe({**GOOD, "outcomes": [outcome, outcome]}, (RECORD,))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=300)
@given(key=st.sampled_from([*GOOD, "outcomes", "released", "configuration", "more", "position"]), value=JSON)
def test_whatever_stands_in_a_page_it_is_believed_or_refused(key: str, value: Any) -> None:
    try:
        believe({**GOOD, key: value})
    except UnreadableError:
        return


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_whatever_bytes_come_they_are_read_or_refused(content: bytes) -> None:
    for shape in (RoundAnswer, Record, FamilyState):
        try:
            bodies.decode(content, shape)
        except UnreadableError:
            continue


@settings(max_examples=200)
@given(
    st.lists(st.binary(min_size=1, max_size=50).map(lambda each: each.replace(b"\n", b" ")), max_size=20),
    st.integers(1, 40),
)
def test_lines_are_the_same_however_they_are_cut(lines: list[bytes], size: int) -> None:
    whole = b"".join(each + b"\n" for each in lines)
    pieces = [whole[start : start + size] for start in range(0, len(whole), size)]
    assert list(bodies.lines(pieces)) == lines


def test_a_line_cut_short_is_no_line() -> None:
    assert list(bodies.lines([b"one\n"])) == [b"one"]
    with pytest.raises(UnreadableError):
        list(bodies.lines([b"one\ntw"]))


def test_a_line_without_end_is_given_up() -> None:
    with pytest.raises(UnreadableError):
        list(bodies.lines([b"x" * 60, b"x" * 60], limit=100))


def test_errors_carry_nothing_of_what_came() -> None:
    with pytest.raises(UnreadableError) as caught:
        bodies.decode(b'{"at": 5, "Pretend family Alder": 1}', RoundAnswer)
    assert "Alder" not in repr(caught.value)
    assert caught.value.__cause__ is None
