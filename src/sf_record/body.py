"""Turns a record's body (JSON values by field name) into its kind's dataclass and back, and into words to search."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from sf_record.description import Field, Shape
from sf_record.kinds import KINDS

Body = Mapping[str, Any]


def read(kind: str, body: Body) -> Any:
    """Return the kind's dataclass; fields unknown to this program are left out here (and kept in the body)."""
    described = KINDS[kind]
    return _build(described.type, described.fields, body)


def write(record: Any) -> dict[str, Any]:
    """Return the body of a described dataclass, without its empty fields."""
    return {
        each.name: plain
        for each in dataclasses.fields(record)
        if (plain := _plain(getattr(record, each.name))) not in (None, "", [])
    }


def search_text(kind: str, body: Body) -> str:
    """Return the words of a record that a search finds, in the order of its fields; empty for an unknown kind."""
    described = KINDS.get(kind)
    return "" if described is None else "\n".join(_words(described.fields, body))


def people_of(kind: str, body: Body) -> frozenset[str]:
    """Return the ids of the people whom a record concerns."""
    described = KINDS.get(kind)
    return frozenset() if described is None else frozenset(_people(described.fields, body))


def _build(described_type: type, fields: tuple[Field, ...], body: Body) -> Any:
    values = {each.name: _rich(each, body[each.name]) for each in fields if body.get(each.name) is not None}
    return described_type(**values)


def _rich(field: Field, value: Any) -> Any:
    if field.shape is Shape.ROWS and field.row_type is not None:
        return tuple(_build(field.row_type, field.rows, row) for row in value)
    return tuple(value) if field.is_list else value


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return write(value)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value


def _words(fields: tuple[Field, ...], body: Body) -> Iterator[str]:
    for field in fields:
        value = body.get(field.name)
        if not value:
            continue
        if field.shape is Shape.ROWS:
            for row in value:
                yield from _words(field.rows, row)
        elif field.is_searchable:
            yield str(value)


def _people(fields: tuple[Field, ...], body: Body) -> Iterator[str]:
    for field in fields:
        value = body.get(field.name)
        if not value:
            continue
        if field.shape is Shape.PERSON:
            yield value
        elif field.shape is Shape.PEOPLE:
            yield from value
        elif field.shape is Shape.ROWS:
            for row in value:
                yield from _people(field.rows, row)
