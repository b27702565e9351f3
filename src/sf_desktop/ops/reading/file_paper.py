"""The paper of a whole family file: every record as it stands, in the order in which things happened."""

from __future__ import annotations

from collections.abc import Iterator

from sf_desktop.ops.moments import counted
from sf_desktop.ops.office import Office
from sf_desktop.ops.reading.in_words import parts_in_words
from sf_desktop.ops.reading.record_paper import (
    Surroundings,
    amendments_of,
    family_name,
    marks_of,
    not_said,
    sections_of,
    standing_words,
    surroundings,
)
from sf_desktop.papers.paper import Paper, Section
from sf_desktop.store.tables import records
from sf_desktop.store.tables.rows import shown
from sf_record.kinds import KINDS
from sf_record.record import Record

_FIRST = ("family", "person", "relationship", "status_episode", "allocation")
_AT_A_TIME = 500


def file_paper(office: Office, family_id: str, _about: str = "") -> Paper:
    """Return it; InputError ``family_gone`` where the file is not here."""
    name = family_name(office, family_id)
    kept = every_record(office, family_id)
    around = {each: surroundings(office, family_id, each) for each in {record.kind for record in kept}}
    return Paper(
        title="Family file",
        heading=name,
        under=(
            f"{counted(len(kept), 'record', 'records')}, as they stood. What was changed before is at the council.",
        ),
        sections=tuple(part for each in kept for part in _record(office, each, around[each.kind])),
        family_id=family_id,
    )


def every_record(office: Office, family_id: str) -> list[Record]:
    """Return every record of a family file: the family and its people first, then as things happened."""
    ids = records.ids_of_family(office.connection, family_id)
    found: list[Record] = []
    for start in range(0, len(ids), _AT_A_TIME):
        found += records.get_many(office.connection, ids[start : start + _AT_A_TIME]).values()
    rank = {kind: place for place, kind in enumerate(_FIRST)}
    return sorted(found, key=lambda each: (rank.get(each.kind, len(rank)), shown(each).happened_at, each.id))


def _record(office: Office, record: Record, around: Surroundings) -> Iterator[Section]:
    kind = KINDS.get(record.kind)
    if kind is None:
        yield Section(record.kind, empty="This program does not know this kind of record.")
        return
    title = shown(record).title
    said = tuple(f"{each.lead}. {each.text}" for each in marks_of(office, record, kind, around))
    yield Section(
        f"{kind.label}: {title}" if title and title != kind.label else kind.label,
        items=(*said, *standing_words(office, record, kind)),
    )
    yield from sections_of(kind, parts_in_words(kind, record.body, around, hidden=not_said(office, kind)))
    yield from amendments_of(office, record)
