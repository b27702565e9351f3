"""Safeguarding answers never merge by themselves, whatever the kind of record; other answers beside them do."""

from __future__ import annotations

from typing import Any

import pytest

from sf_record.description import Field, Shape
from sf_record.events import Action, Event
from sf_record.kinds import KINDS
from sf_record.merge import apply
from sf_record.outcomes import Result
from sf_record.record import Record

AT = "2026-11-23T09:00:00.000000Z"
SAFE = [(kind.name, field.name) for kind in KINDS.values() for field in kind.fields if field.is_safeguarding]
PAIRS = [(kind, one, other) for kind, one in SAFE for other_kind, other in SAFE if kind == other_kind and one != other]


def value(field: Field, number: int) -> Any:
    """Return a value of a field's shape; merging does not ask whether it is a good one."""
    if field.shape is Shape.YES_NO:
        return bool(number % 2)
    return [{"text": f"Pretend {number}"}] if field.is_list else f"Pretend {number}"


def change(kind: str, by: str, number: int, *names: str) -> Event:
    fields = KINDS[kind].by_name
    return Event(
        id=f"e{number}", action=Action.CHANGE, family_id="f", record_id="r", kind=kind, author_id=by, device_id="d",
        written_at=AT, base_seq=1, fields={name: value(fields[name], number) for name in names},
        was={name: value(fields[name], 0) for name in names},
    )  # fmt: skip


def both(kind: str, mine: tuple[str, ...], theirs: tuple[str, ...], *, by: str = "me") -> tuple[Result, Record]:
    """Two people (or one, on two laptops) change a record that both saw at number 1; mine comes second."""
    body = {name: value(field, 0) for name, field in KINDS[kind].by_name.items()}
    record = Record(id="r", family_id="f", kind=kind, seq=1, author_id="other", written_at=AT, body=body)
    first = apply(record, change(kind, "other", 1, *theirs), 2).record
    applied = apply(first, change(kind, by, 3, *mine), 3)
    assert applied.record is not None
    return applied.result, applied.record


def test_what_keeps_a_child_safe_is_named_so() -> None:
    named: dict[str, set[str]] = {}
    for kind, field in SAFE:
        named.setdefault(kind, set()).add(field)
    assert named["status_episode"] >= {"person", "status", "began_on", "ended_on", "category", "legal_status"}
    assert named["person"] >= {"restriction"}
    assert named["relationship"] >= {"person", "type", "to_person", "has_parental_responsibility"}
    assert named["family"] >= {"warnings"}
    assert named["visit"] >= {"worries"}


@pytest.mark.parametrize(("kind", "field"), SAFE)
def test_the_same_answer_changed_by_two_is_kept_for_somebody_to_settle(kind: str, field: str) -> None:
    described = KINDS[kind].by_name[field]
    result, record = both(kind, (field,), (field,))
    if value(described, 1) == value(described, 3):
        return  # a yes or no that both changed the same way
    assert result is Result.CONFLICT
    assert record.body[field] == value(described, 1)
    assert [each.mine for each in record.conflicts] == [value(described, 3)]


@pytest.mark.parametrize(("kind", "mine", "theirs"), PAIRS)
def test_two_safeguarding_answers_of_one_record_are_read_together(kind: str, mine: str, theirs: str) -> None:
    described = KINDS[kind].by_name[mine]
    result, record = both(kind, (mine,), (theirs,))
    assert result is Result.CONFLICT
    assert record.body[mine] == value(described, 0)
    assert [(each.field, each.mine) for each in record.conflicts] == [(mine, value(described, 3))]


@pytest.mark.parametrize("kind", sorted({kind for kind, _ in SAFE}))
def test_an_ordinary_answer_beside_them_merges(kind: str) -> None:
    safe = next(field for name, field in SAFE if name == kind)
    ordinary = next((f.name for f in KINDS[kind].fields if not f.is_safeguarding and not f.is_list), None)
    if ordinary is None:
        return
    result, record = both(kind, (ordinary,), (safe,))
    assert (result, record.conflicts) == (Result.MERGED, ())


def test_ones_own_two_laptops_do_not_quarrel() -> None:
    result, record = both("status_episode", ("category",), ("ended_on",), by="other")
    assert (result, record.conflicts) == (Result.MERGED, ())
