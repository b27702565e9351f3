"""Finds the records of a family file that another record may name, such as the goal that a score belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import cast

from sf_desktop.ops.household.people import name_of
from sf_desktop.ops.moments import local
from sf_desktop.ops.office import Office, day_of
from sf_desktop.store.tables import records
from sf_desktop.store.tables.rows import shown
from sf_record import body as bodies
from sf_record.description import Field, Shape
from sf_record.kinds import KINDS
from sf_record.kinds.concern import Concern
from sf_record.record import Record
from sf_record.rules import agreements

CONCERN, FIRST_WORDS = "concern", 60  # characters


@dataclass(frozen=True, slots=True)
class Linked:
    """One record that may be named: its id, and what it is called."""

    id: str
    name: str


def linked_records(office: Office, family_id: str, kind: str = "") -> dict[str, tuple[Linked, ...]]:
    """Return what the fields of a kind (or of any) may name, by kind, newest first; without those entered in error."""
    asked = [each for each in KINDS.values() if kind in ("", each.name)]
    named = {field.of for each in asked for field in _naming(each.fields)}
    return {of: tuple(_of_kind(office, family_id, of)) for of in named if of in KINDS}


def _naming(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        if field.shape is Shape.RECORD:
            yield field
        yield from _naming(field.rows)


def _of_kind(office: Office, family_id: str, kind: str) -> Iterator[Linked]:
    found = [each for each in records.of_family(office.connection, family_id, (kind,)) if each.in_error is None]
    names = _names(office, family_id, kind, found)
    alike = Counter(names.values())
    for each in reversed(found):
        name = names[each.id]
        yield Linked(each.id, name if alike[name] == 1 else f"{name}, {_written(each)}")


def _names(office: Office, family_id: str, kind: str, found: Sequence[Record]) -> dict[str, str]:
    """Return what each is called, by id; an agreement and a concern by what tells them from others of their day."""
    named = {each.id: shown(each).title or KINDS[kind].label for each in found}
    if kind == agreements.KIND:
        taken_back = _withdrawn(office, family_id)
        return {each.id: _with_its_day(each, named[each.id]) + taken_back.get(each.id, "") for each in found}
    if kind == CONCERN:
        children = records.get_many(
            office.connection, [str(one) for each in found for one in each.body.get("about") or ()]
        )
        called = {key: name_of(each) for key, each in children.items()}
        return {each.id: _concern(each, called) for each in found}
    return named


def _concern(record: Record, called: Mapping[str, str]) -> str:
    """Say of a concern when it was, about whom, and how its words begin."""
    concern = cast("Concern", bodies.read(CONCERN, record.body))
    at = local(concern.happened_at or record.written_at)
    children = [called[each] for each in concern.about if each in called]
    about = ", ".join([*children, *([concern.about_other] if concern.about_other else [])]) or "a child"
    when = f"{at.day} {at:%B %Y, %H:%M}, " if at is not None else ""
    words = shorten(concern.summary(), FIRST_WORDS, placeholder="…")
    return f"{when}about {about}{f': {words}' if words else ''}"


def _written(record: Record) -> str:
    at = local(record.written_at)
    return f"written {at.day} {at:%b} {at.year}, {at:%H:%M}" if at is not None else "another"


def _with_its_day(agreement: Record, name: str) -> str:
    """Say of an agreement when it was given, first: two of them may be about the same."""
    at = local(str(agreement.body.get("agreed_at") or ""))
    unsigned = "" if agreement.signed is not None else ", not signed yet"
    called = name.removeprefix("Agreement: ")
    return (f"{at.day} {at:%B %Y}: {called}" if at is not None else name) + unsigned


def _withdrawn(office: Office, family_id: str) -> dict[str, str]:
    """Return what the name of each agreement that was withdrawn goes on with."""
    kept = records.of_family(office.connection, family_id, agreements.KINDS_OF_AGREEMENT)
    days = {key: day_of(each.body.get("withdrawn_at")) for key, each in agreements.withdrawals(kept).items()}
    return {key: f", withdrawn on {day.day} {day:%B %Y}" if day else ", withdrawn" for key, day in days.items()}
