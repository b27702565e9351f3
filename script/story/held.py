"""Holds what was typed, field by field, against the records that the council's database keeps."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from sf_record import body as bodies
from sf_record.description import Field, Shape
from sf_record.kinds import KINDS

Typed = Sequence[tuple[str, str, dict[str, Any]]]  # family, kind, answers


def differences(database: Path, typed: Typed) -> tuple[int, list[str]]:
    """Return how many answers were compared, and which differ: by kind and field, never by value."""
    records = _records(database)
    families = {each["body"].get("name"): each["family_id"] for each in records if each["kind"] == "family"}
    compared, found = 0, []
    for family, kind, answers in typed:
        inside = [each for each in records if each["family_id"] == families.get(family)]
        people = {_name(each): each["id"] for each in inside if each["kind"] == "person"}
        wanted = {name: _value(KINDS[kind].by_name[name], value, people) for name, value in answers.items()}
        held = [each["body"] for each in inside if each["kind"] == kind]
        nearest: dict[str, Any] = max(held, key=lambda each: _fit(each, wanted), default={})
        compared += sum(1 for _ in answers_in(wanted))
        found += [f"{kind}.{name}" for name, value in wanted.items() if not _holds(nearest.get(name), value)]
    return compared, found


def came_today(database: Path) -> int:
    """Count the people whom the council's registers of today say came."""
    today = datetime.now(UTC).astimezone().date().isoformat()
    kept = [each["body"] for each in _records(database) if each["kind"] == "attendance"]
    return sum(len(each.get("came") or ()) for each in kept if each.get("held_on") == today)


def _records(database: Path) -> list[dict[str, Any]]:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as opened:
        return [msgspec.json.decode(line) for (line,) in opened.execute("SELECT line FROM record")]


def _name(record: Mapping[str, Any]) -> str:
    return str(bodies.read("person", record["body"]).name)


def _value(field: Field, value: Any, people: Mapping[str, str]) -> Any:
    """What was typed as a body holds it: people by their ids."""
    match field.shape:
        case Shape.PERSON:
            return people.get(str(value), value)
        case Shape.PEOPLE:
            return [people.get(str(each), each) for each in value]
        case Shape.ROWS:
            by_name = {each.name: each for each in field.rows}
            return [{name: _value(by_name[name], each, people) for name, each in row.items()} for row in value]
    return value


def _fit(body: Mapping[str, Any], wanted: Mapping[str, Any]) -> int:
    return sum(body.get(name) == value for name, value in wanted.items())


def _holds(held: Any, wanted: Any) -> bool:
    """Whether everything wanted is held; people and rows in any order, for the window puts them in its own."""
    if isinstance(wanted, dict):
        return isinstance(held, dict) and all(_holds(held.get(name), value) for name, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(held, list) and all(any(_holds(each, one) for each in held) for one in wanted)
    return bool(held == wanted)


def answers_in(value: Any) -> Iterator[Any]:
    """Yield every single answer of what was typed."""
    if isinstance(value, dict):
        for each in value.values():
            yield from answers_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from answers_in(each)
    else:
        yield value
