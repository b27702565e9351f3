"""One person who was recorded twice: two records held beside one another, and read as one once a supervisor says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sf_desktop.ops import looks
from sf_desktop.ops.in_words import answer_in_words
from sf_desktop.ops.looks import Look
from sf_desktop.ops.office import Office, reads
from sf_desktop.ops.people import PersonView, people_of
from sf_desktop.ops.record_paper import Surroundings, surroundings
from sf_desktop.store import records
from sf_record.description import KINDS
from sf_record.permissions import hidden_fields
from sf_record.record import Record
from sf_record.sameness import KIND

NOTHING = "Not recorded"


@dataclass(frozen=True, slots=True)
class Together:
    """The people of a family file, and whether the worker may say that two records are of one."""

    people: tuple[PersonView, ...]
    may_merge: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that differs, as either record has it."""

    label: str
    duplicate: str
    kept: str


@reads
def people_together(office: Office, family_id: str) -> Together:
    """Return the people of a family file, each once."""
    may_merge = office.me.worker.role in KINDS[KIND].may_create
    return Together(people_of(office, family_id), may_merge)


@reads
def differences(office: Office, duplicate_id: str, kept_id: str) -> tuple[Difference, ...]:
    """Return what the two records say differently; none where one of them is not here or not a person's."""
    duplicate, kept = (records.get(office.connection, each) for each in (duplicate_id, kept_id))
    if duplicate is None or kept is None or duplicate.id == kept.id or {duplicate.kind, kept.kind} != {"person"}:
        return ()
    for each in (duplicate, kept):
        looks.record(office, Look.RECORD_OPENED, each.family_id, each.id)
    around = surroundings(office, kept.family_id, "person")
    hidden = hidden_fields(office.me.worker, "person")
    return tuple(_differences(duplicate, kept, around, hidden))


def _differences(duplicate: Record, kept: Record, around: Surroundings, hidden: frozenset[str]) -> Iterator[Difference]:
    for field in KINDS["person"].fields:
        if field.name in hidden:
            continue
        one, other = (answer_in_words(field, each.body.get(field.name), around) for each in (duplicate, kept))
        if one != other:
            yield Difference(field.label, one or NOTHING, other or NOTHING)
