"""Reads the records of one person that was recorded twice as one: pure, from what was said of them, and undone with it.

Nothing is rewritten. A reference to the record that is one too many is read as one to the record that is kept, and what
only the former says is read with the latter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sf_record.description import Field, Shape
from sf_record.kinds import KINDS
from sf_record.record import Record

KIND = "same_person"
# Both are read, with this between them: neither may be overlooked.
_JOINED = {"restriction": "; ", "restriction_reason": "; ", "needs": "\n\n"}


def one_for_another(merges: Iterable[Record], gone: Collection[str]) -> dict[str, str]:
    """Return which record stands for which. ``gone`` are people entered in error: nobody is read with them.

    Two supervisors who merged either way round, or one record with two others, have said that all of them are one: the
    record that nobody called one too many stands for them, else the oldest.
    """
    said = [
        (str(each.body.get("duplicate")), str(each.body.get("kept")))
        for each in sorted(merges, key=lambda each: each.id)
        if each.in_error is None and each.body.get("duplicate") and each.body.get("kept")
    ]
    groups: list[set[str]] = []
    for pair in said:
        if pair[1] in gone:
            continue
        joined = [each for each in groups if each & set(pair)]
        groups = [each for each in groups if each not in joined]
        groups.append(set(pair).union(*joined))
    too_many = {duplicate for duplicate, _ in said}
    found: dict[str, str] = {}
    for group in groups:
        standing = min(group, key=lambda each: (each in gone, each in too_many, each))
        found |= dict.fromkeys(group - {standing}, standing)
    return found


def read_as_one(records: Sequence[Record], stands: Mapping[str, str]) -> list[Record]:
    """Return records as they are read: people once, references to those who stand for others, in the same order."""
    if not stands:
        return list(records)
    spare: dict[str, list[Record]] = {}
    for each in records:
        if each.kind == "person" and each.id in stands and each.in_error is None:
            spare.setdefault(stands[each.id], []).append(each)
    read = []
    for each in records:
        if each.kind == "person":
            if each.id not in stands or each.in_error is not None:
                read.append(_together(each, spare.get(each.id, ())))
        elif each.kind == KIND:
            read.append(each)
        elif not _is_of_itself(changed := _with_references(each, stands)):
            read.append(changed)
    return read


def _is_of_itself(record: Record) -> bool:
    """Say whether a relationship joins two records that are one person."""
    return record.kind == "relationship" and record.body.get("person") == record.body.get("to_person")


def _together(kept: Record, others: Sequence[Record]) -> Record:
    """Return a person with what only the other records of them say."""
    body = dict(kept.body)
    for other in others:
        for name, value in other.body.items():
            mine = body.get(name)
            if mine in (None, "", []):
                body[name] = value
            elif _are_rows(mine) and _are_rows(value):
                body[name] = [*mine, *(each for each in value if each not in mine)]
            elif name in _JOINED and value != mine:
                body[name] = f"{mine}{_JOINED[name]}{value}"
    return replace(kept, body=body) if others else kept


def _are_rows(value: Any) -> bool:
    """Say whether these are rows, such as addresses: a list of codes is an answer of its own."""
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _with_references(record: Record, stands: Mapping[str, str]) -> Record:
    described = KINDS.get(record.kind)
    if described is None:
        return record
    body = _read(described.fields, record.body, stands)
    return record if body == record.body else replace(record, body=body)


def _read(fields: Iterable[Field], body: Mapping[str, Any], stands: Mapping[str, str]) -> dict[str, Any]:
    read = dict(body)
    for field in fields:
        value = body.get(field.name)
        if not value:
            continue
        if field.shape is Shape.PERSON and isinstance(value, str):
            read[field.name] = stands.get(value, value)
        elif field.shape is Shape.PEOPLE:
            read[field.name] = list(dict.fromkeys(stands.get(each, each) for each in value))
        elif field.shape is Shape.ROWS:
            read[field.name] = [_read(field.rows, row, stands) for row in value]
    return read
