"""Finds the records of a family file that another record may name, such as the goal that a score belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_desktop.ops.moments import local
from sf_desktop.ops.office import Office, day_of
from sf_desktop.store.tables import records
from sf_desktop.store.tables.rows import shown
from sf_record.description import KINDS, Field, Shape
from sf_record.record import Record
from sf_record.rules import agreements


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
    is_agreement = kind == agreements.KIND
    taken_back = _withdrawn(office, family_id) if is_agreement else {}
    for each in reversed(records.of_family(office.connection, family_id, (kind,))):
        if each.in_error is None:
            name = shown(each).title or KINDS[kind].label
            yield Linked(each.id, _with_its_day(each, name) + taken_back.get(each.id, "") if is_agreement else name)


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
