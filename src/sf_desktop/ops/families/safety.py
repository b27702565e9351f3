"""What keeps the children of a family file safe: its concerns, whom to ring, restrictions and warnings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sf_desktop.ops import looks
from sf_desktop.ops.families.families import family_ids
from sf_desktop.ops.families.family import WarningView, warnings_of
from sf_desktop.ops.household.people import people_of
from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.records import concerns, recording
from sf_desktop.ops.records.concerns import ConcernView, PhoneNow
from sf_desktop.ops.sending.conflicts import family_names
from sf_desktop.store.tables import records
from sf_desktop.store.tables.drafts import Draft
from sf_desktop.wording import error
from sf_record.configuration import ContactNumber
from sf_record.description import Shape
from sf_record.kinds import KINDS
from sf_record.wire.audit import Look

MOST_CHOICES = 8


@dataclass(frozen=True, slots=True)
class SafetyView:
    """The part of a family file that is about safety."""

    family_id: str
    concerns: tuple[ConcernView, ...]  # open ones first
    phone: tuple[PhoneNow, ...]
    numbers: tuple[ContactNumber, ...]
    restrictions: tuple[tuple[str, str], ...]  # (words, whom they are about)
    warnings: tuple[WarningView, ...]
    today: date
    now: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """A family file in which a concern can be recorded."""

    family_id: str
    family_name: str
    children: str


@reads
def choices(office: Office, words: str) -> tuple[Choice, ...]:
    """Return the first :data:`MOST_CHOICES` family files on this laptop whose names hold all the words, by name."""
    found = family_ids(office, words)[:MOST_CHOICES]
    names = family_names(office, set(found))
    if words.strip():
        looks.record(office, Look.SEARCHED, code=str(len(found)), ids=found)
    return tuple(
        Choice(each, names.get(each, ""), ", ".join(child.name for child in people_of(office, each) if child.is_child))
        for each in found
    )


def start_about(office: Office, kind: str, family_id: str) -> Draft:
    """Begin a record about the children who have a status: one row for each, or the only one where it asks for one."""
    children = [
        each.id for each in people_of(office, family_id) if each.is_child and each.statuses and not each.has_died
    ]
    body: dict[str, Any] = {}
    for field in KINDS[kind].fields:
        row = next((each for each in field.rows if each.is_a_child), None)
        if row is not None and field.is_required:
            body[field.name] = [{row.name: child} for child in children]
        elif field.is_a_child and field.shape is Shape.PEOPLE:
            body[field.name] = children
        elif field.is_a_child and len(children) == 1:
            body[field.name] = children[0]
    return recording.start(office, kind, family_id, body)


@reads
def safety(office: Office, family_id: str) -> SafetyView:
    """Return it; InputError ``family_gone`` where the file is not on this laptop."""
    record = records.get(office.connection, family_id)
    if record is None:
        raise error("family_gone")
    return SafetyView(
        family_id=family_id,
        concerns=concerns.of_family(office, family_id),
        phone=concerns.phone_now(office, family_id),
        numbers=office.configuration.numbers,
        restrictions=tuple((each.restriction, each.name) for each in people_of(office, family_id) if each.restriction),
        warnings=warnings_of(record),
        today=office.today(),
        now=office.clock.now(),
    )
